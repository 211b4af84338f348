import { Handshake } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { failureOf, useAnswer, useMay, type AssociateRow } from "../../bridge";
import { Badge, Button, DataGrid, EmptyState, Failed, useGo, useShortcuts, type Column } from "../../kit";
import { civilText, type Translate } from "../../words";
import { AgreementBadge } from "./AgreementBadge";
import { AssociateFlyout } from "./AssociateFlyout";
import { DueList } from "./due";
import { EndDialog } from "./EndDialog";

/** The register of business associates, with what is due on top. */
export function AssociatesScreen() {
  const { t } = useTranslation();
  const may = useMay();
  const { go } = useGo();
  const list = useAnswer("compliance.associates", {});
  const [active, setActive] = useState(-1);
  const [open, setOpen] = useState<string | null>(null);
  const [ending, setEnding] = useState<AssociateRow | null>(null);
  const mayKeep = may("compliance.keep_associate");
  const add = () => go("/associates/new");
  useShortcuts(mayKeep ? [{ keys: "n", shown: "N", words: t("compliance.associates.new"), run: add }] : []);
  const columns = useMemo(() => associateColumns(t), [t]);
  const rows = list.data?.rows ?? [];
  const shown = rows.find((row) => row.associate === open);
  const show = useCallback((row: AssociateRow) => setOpen(row.associate), []);
  const addButton = mayKeep ? <Button variant="primary" shortcut="N" onPress={add} testId="associate-new">{t("compliance.associates.new")}</Button> : null;
  return (
    <div className="screen">
      <div className="screen-bar">
        <h1>{t("compliance.associates.title")}</h1>
        <span className="kw-sub">{rows.length > 0 ? t("compliance.associates.count", { count: rows.length }) : ""}</span>
        <span className="kw-grow" />
        {rows.length > 0 ? addButton : null}
      </div>
      <div className="screen-split">
        <div className="screen-main">
          {list.error ? <Failed failure={failureOf(list.error)} /> : null}
          <DueList onOpen={(name) => setOpen(rows.find((row) => row.name === name)?.associate ?? null)} />
          {list.data && rows.length === 0 ? (
            <EmptyState icon={<Handshake size={28} />} title={t("compliance.associates.teach")} actions={addButton}>
              <p>{t("compliance.associates.teachWords")}</p>
              <p className="kw-quiet cp-also">{t("compliance.associates.notThese")}</p>
            </EmptyState>
          ) : null}
          {rows.length > 0 ? <DataGrid label={t("compliance.associates.title")} columns={columns} rows={rows} active={active} onActive={setActive} onOpen={show} testId="associate-rows" rowTestId="associate-row" /> : null}
        </div>
        {shown ? <AssociateFlyout key={shown.associate} row={shown} onClose={() => setOpen(null)} onEnd={() => setEnding(shown)} /> : null}
      </div>
      {ending ? <EndDialog row={ending} onClose={() => setEnding(null)} /> : null}
    </div>
  );
}

function associateColumns(t: Translate): Column<AssociateRow>[] {
  return [
    { key: "name", header: t("compliance.associates.column.name"), width: "minmax(170px,1.3fr)", cell: (row) => <b title={row.name}>{row.name}</b> },
    { key: "state", header: t("compliance.associates.column.state"), width: "172px", cell: (row) => <AgreementBadge row={row} /> },
    { key: "contact", header: t("compliance.associates.column.contact"), width: "minmax(110px,.8fr)", cell: (row) => row.contact, spare: true },
    { key: "services", header: t("compliance.associates.column.services"), width: "minmax(150px,1.4fr)", cell: (row) => <span title={row.services}>{row.services}</span>, spare: true },
    { key: "ends", header: t("compliance.associates.column.ends"), width: "124px", cell: endsOn(t) },
    { key: "terms", header: t("compliance.associates.column.terms"), width: "116px", cell: (row) => <Terms row={row} /> },
  ];
}

function endsOn(t: Translate) {
  return (row: AssociateRow) => {
    const on = row.ended_on ?? row.expires_on;
    if (on !== null) return civilText(on);
    return <span className="kw-quiet">{row.state === "unsigned" ? "" : t("compliance.associates.noEnd")}</span>;
  };
}

function Terms({ row }: { row: AssociateRow }) {
  const { t } = useTranslation();
  const count = row.missing_clauses.length;
  return count === 0 ? <span className="kw-quiet">{t("compliance.associates.allTerms")}</span> : <Badge tone={row.state === "ended" ? "plain" : "warn"}>{t("compliance.associates.missing", { count })}</Badge>;
}
