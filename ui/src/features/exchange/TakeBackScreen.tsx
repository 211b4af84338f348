import { useQueryClient } from "@tanstack/react-query";
import { FileText, Folder } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Failure } from "../../bridge";
import { Banner, Button, JobLine, KeyedForm, PassphraseField, useGo, useStore } from "../../kit";
import { failureWords, sizeText } from "../../words";
import { TakeBackReport } from "./TakeBackReport";
import { TAKE_BACK_JOB, chooseRecords, showTakeBack, takeBack, takingBack, type ChosenRecords } from "./takeBackJob";

const PATH = "/import/records";

/** Brings records in again that this program once handed out: from one file, or from a folder with those of everybody. */
export function TakeBackScreen() {
  const { t } = useTranslation();
  const { go } = useGo();
  const { report, running } = useStore(takingBack);
  useEffect(() => showTakeBack(), []);
  return (
    <div className="screen">
      <div className="screen-bar">
        <h1>{t("exchange.takeBack.title")}</h1>
        <span className="kw-grow" />
        <Button variant="quiet" onPress={() => go("/patients")} testId="take-back-leave">{t("exchange.toPatients")}</Button>
      </div>
      <TakeBackForm />
      <JobLine id={TAKE_BACK_JOB} testId="take-back" className="ex-run" />
      {report && !running ? <TakeBackReport report={report} /> : null}
    </div>
  );
}

function TakeBackForm() {
  const { t } = useTranslation();
  const { go } = useGo();
  const cache = useQueryClient();
  const { chosen, failure, running, report } = useStore(takingBack);
  const [passphrase, setPassphrase] = useState("");
  const run = async () => {
    if (!chosen || running) return;
    if (await takeBack(t, passphrase, () => go(PATH))) setPassphrase("");
    await Promise.all([["patients.search"], ["exchange.received"]].map((queryKey) => cache.invalidateQueries({ queryKey })));
  };
  const atPassphrase = failure?.kind === "refused" && failure.field === "passphrase";
  return (
    <KeyedForm onSave={() => void run()} enterSaves className="ex-back" label={t("exchange.takeBack.title")} testId="take-back-form">
      <p className="kw-quiet">{t("exchange.takeBack.words")}</p>
      <div className="ex-back-ways">
        <Way kind="file" />
        <Way kind="folder" />
      </div>
      <Chosen chosen={chosen} />
      <PassphraseField
        label={t("exchange.takeBack.passphrase")}
        hint={t("exchange.takeBack.passphraseHint")}
        value={passphrase}
        onChange={setPassphrase}
        error={atPassphrase && failure ? failureWords(failure) : undefined}
        testId="take-back-passphrase"
      />
      {failure && !atPassphrase ? <Wrong failure={failure} /> : null}
      <div>
        <Button variant={report ? "plain" : "primary"} type="submit" shortcut="Ctrl Enter" isDisabled={!chosen || running} testId="take-back-run">{t("exchange.takeBack.run")}</Button>
      </div>
    </KeyedForm>
  );
}

function Way({ kind }: { kind: "file" | "folder" }) {
  const { t } = useTranslation();
  const { chosen, running } = useStore(takingBack);
  const Sign = kind === "file" ? FileText : Folder;
  return (
    <div className="ex-back-way">
      {/* The first thing to do here is to choose, unless something is chosen. */}
      <Button icon={<Sign size={14} aria-hidden="true" />} autoFocus={kind === "file" && chosen === null} isDisabled={running} onPress={() => void chooseRecords(kind)} testId={`take-back-${kind}`}>{t(`exchange.takeBack.${kind}`)}</Button>
      <span className="kw-sub">{t(`exchange.takeBack.${kind}Words`)}</span>
    </div>
  );
}

function Chosen({ chosen }: { chosen: ChosenRecords | null }) {
  const { t } = useTranslation();
  const aside = chosen?.bytes === null ? t("exchange.takeBack.folderChosen") : sizeText(chosen?.bytes ?? 0);
  return (
    <div aria-live="polite" data-testid="take-back-chosen">
      <dl className="kw-kv">
        <dt>{t("exchange.takeBack.chosen")}</dt>
        <dd>{chosen ? <><b>{chosen.name}</b> <span className="kw-sub">{aside}</span></> : <span className="kw-quiet">{t("exchange.takeBack.none")}</span>}</dd>
      </dl>
    </div>
  );
}

/** Where nothing could be taken, the refusal names the part of the records that is at fault. */
function Wrong({ failure }: { failure: Failure }) {
  const part = failure.kind === "refused" && failure.field !== null && failure.field !== "file" ? failure.field : null;
  return (
    <Banner tone="danger" testId="take-back-refused">
      {failureWords(failure)}{part ? <> <span className="kw-mono">{part}</span></> : null}
    </Banner>
  );
}
