import { useState } from "react";
import { useTranslation } from "react-i18next";
import { failureOf, refusalCode, useAnswer, useChange, type AssociateRow } from "../../bridge";
import { Banner, Button, EmptyState, Failed, toast, useGo } from "../../kit";
import { failureWords } from "../../words";
import { AgreementFileField, type ChosenFile } from "./AgreementFileField";
import { NEW_ASSOCIATE, associateField, recordOf, typedOf, type AssociateTyped } from "./associate";
import { AssociateForm } from "./AssociateForm";
import { useTyped } from "./typing";

const OLD = ["compliance.associates", "compliance.due"] as const;

export function NewAssociateScreen() {
  const { t } = useTranslation();
  return (
    <div className="screen">
      <div className="screen-bar"><h1>{t("compliance.associate.newTitle")}</h1></div>
      <Editor screen="/associates/new" row={null} newest={async () => null} />
    </div>
  );
}

export function ChangeAssociateScreen({ associate }: { associate: string }) {
  const { t } = useTranslation();
  const list = useAnswer("compliance.associates", {}, { fresh: true });
  // The form keeps the row it started from: a later answer must not overwrite what is being typed.
  const [start, setStart] = useState<AssociateRow | null>(null);
  const find = (rows: readonly AssociateRow[] | undefined) => rows?.find((row) => row.associate === associate) ?? null;
  const found = find(list.data?.rows);
  if (start === null && found && !list.isFetching) setStart(found);
  if (list.error && !start) return <Failed failure={failureOf(list.error)} />;
  const newest = async () => find((await list.refetch()).data?.rows);
  return (
    <div className="screen">
      <div className="screen-bar">
        <h1>{t("compliance.associate.changeTitle")}</h1>
        <span className="kw-sub">{start?.name}</span>
      </div>
      {start ? <Editor screen={`/associates/${associate}/change`} row={start} newest={newest} /> : null}
      {!start && list.data && !list.isFetching ? <EmptyState title={t("compliance.associate.gone")} /> : null}
    </div>
  );
}

interface EditorProps {
  screen: string;
  row: AssociateRow | null;
  newest: () => Promise<AssociateRow | null>;
}

function Editor({ screen, row, newest }: EditorProps) {
  const { t } = useTranslation();
  const { go } = useGo();
  const [version, setVersion] = useState(row?.version);
  const [stale, setStale] = useState<string | null>(null);
  const [file, setFile] = useState<ChosenFile | null>(null);
  const keep = useKeeping(row, file);
  const send = async (typed: AssociateTyped) => {
    setStale(null);
    try {
      await keep(typed, version);
      go("/associates");
    } catch (thrown) {
      if (refusalCode(thrown) === "compliance.stale") setStale(failureWords(failureOf(thrown)));
      throw thrown;
    }
  };
  const form = useTyped<AssociateTyped>({ screen, initial: row ? typedOf(row) : NEW_ASSOCIATE, labelOf: (field) => t(`compliance.associate.field.${field}`, { defaultValue: "" }), fieldOf: associateField, send });
  const takeNewest = async () => {
    const now = await newest();
    if (now) setVersion(now.version);
    setStale(null);
  };
  const cancel = () => {
    form.discard();
    go("/associates");
  };
  const notice = stale ? (
    <Banner tone="warn" testId="stale" actions={<Button onPress={() => void takeNewest()} testId="stale-again">{t("compliance.associate.staleDo")}</Button>}>{stale} {t("compliance.associate.staleKept")}</Banner>
  ) : null;
  return (
    <AssociateForm
      form={{ ...form, problems: stale ? [] : form.problems }}
      label={t(row ? "compliance.associate.changeTitle" : "compliance.associate.newTitle")}
      notice={notice}
      file={<AgreementFileField file={file} onFile={setFile} kept={row !== null && row.agreement_sha256 !== null} error={form.wrong("agreement_base64")} />}
      onCancel={cancel}
    />
  );
}

/** Keeps what was typed and says so. A change can be taken back; what replaced a file cannot, because the old file is gone. */
function useKeeping(row: AssociateRow | null, file: ChosenFile | null) {
  const { t } = useTranslation();
  const change = useChange("compliance.keep_associate", OLD);
  return async (typed: AssociateTyped, version: number | undefined) => {
    const place = row && version !== undefined ? { associate: row.associate, expected_version: version } : {};
    const kept = await change.mutateAsync({ input: { ...recordOf(typed), ...place, ...(file ? { agreement_base64: file.base64 } : {}) } });
    const back = async () => {
      if (!row || version === undefined) return;
      try {
        await change.mutateAsync({ input: { ...recordOf(typedOf(row)), associate: row.associate, expected_version: version + 1 } });
      } catch (thrown) {
        toast(failureWords(failureOf(thrown)), { tone: "danger" });
      }
    };
    const missing = kept.missing_clauses.length;
    toast(t(missing > 0 ? "compliance.associate.keptMissing" : "compliance.associate.kept", { name: typed.name.trim(), count: missing }), row && !file ? { undo: () => void back() } : {});
  };
}
