import { Pencil } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useMay, type AssociateRow } from "../../bridge";
import { Banner, Button, SideFlyout, useGo, useShortcuts } from "../../kit";
import { civilText, type Translate } from "../../words";
import { AgreementBadge } from "./AgreementBadge";
import { Facts, type Fact } from "./Facts";
import { SaveAgreement } from "./SaveAgreement";

/** One associate: how its agreement stands, what it lacks, and everything that was entered. */
export function AssociateFlyout({ row, onClose, onEnd }: { row: AssociateRow; onClose: () => void; onEnd: () => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const { go } = useGo();
  const ended = row.ended_on !== null;
  const change = () => go(`/associates/${row.associate}/change`);
  const mayChange = may("compliance.keep_associate") && !ended;
  useShortcuts(mayChange ? [{ keys: "e", shown: "E", words: t("compliance.associates.change"), run: change }] : []);
  const foot = (
    <>
      {mayChange ? <Button variant="primary" shortcut="E" icon={<Pencil size={14} aria-hidden="true" />} onPress={change} testId="associate-change">{t("compliance.associates.change")}</Button> : null}
      {may("compliance.end_associate") && !ended ? <Button onPress={onEnd} testId="associate-end">{t("compliance.associates.end")}</Button> : null}
    </>
  );
  return (
    <SideFlyout title={row.name} sub={row.services} onClose={onClose} testId="associate" footer={may("compliance.keep_associate") && !ended ? foot : undefined}>
      <div><AgreementBadge row={row} /></div>
      {row.missing_clauses.length > 0 && !ended ? (
        <Banner tone="warn" testId="associate-missing">
          {t("compliance.associates.missingTitle", { count: row.missing_clauses.length })}
          <ul className="cp-missing">{row.missing_clauses.map((clause) => <li key={clause}>{t(`compliance.clause.${clause}`)}</li>)}</ul>
        </Banner>
      ) : null}
      <Facts facts={factsOf(row, t)} />
      {row.agreement_sha256 !== null && may("compliance.agreement_file") ? <SaveAgreement associate={row.associate} /> : null}
    </SideFlyout>
  );
}

function factsOf(row: AssociateRow, t: Translate): Fact[] {
  const word = (name: string) => t(`compliance.associates.fact.${name}`);
  const on = (name: "signed_on" | "effective_on" | "expires_on" | "review_on" | "ended_on"): Fact | null => (row[name] === null ? null : { name: word(name), value: civilText(row[name]) });
  const text = (name: "phone" | "email" | "phi_categories" | "returned"): Fact | null => (row[name] === null ? null : { name: word(name), value: row[name] });
  const facts: (Fact | null)[] = [
    { name: word("contact"), value: row.contact },
    text("phone"),
    text("email"),
    text("phi_categories"),
    row.subcontractors.length > 0 ? { name: word("subcontractors"), value: row.subcontractors.join(", ") } : null,
    on("signed_on"),
    on("effective_on"),
    on("expires_on"),
    on("review_on"),
    { name: word("incident_notice_hours"), value: t("compliance.associates.within", { count: row.incident_notice_hours }) },
    { name: word("return_or_destroy"), value: row.return_or_destroy },
    on("ended_on"),
    text("returned"),
    row.agreement_sha256 === null ? { name: word("file"), value: t("compliance.associates.fileMissing") } : { name: word("file"), value: t("compliance.associates.fileKept", { sha256: row.agreement_sha256 }) },
  ];
  return facts.filter((fact) => fact !== null);
}
