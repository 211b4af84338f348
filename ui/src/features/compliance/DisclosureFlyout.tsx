import { Pencil } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useMay, type DisclosureRow } from "../../bridge";
import { Button, SideFlyout, useGo } from "../../kit";
import { civilText, dateTimeText, type Translate } from "../../words";
import { Facts, type Fact } from "./Facts";
import { Marks, type Mark } from "./ledgerParts";

export interface DisclosureFlyoutProps {
  patient: string;
  row: DisclosureRow;
  marks: readonly Mark[];
  onClose: () => void;
  onTakeBack: () => void;
}

/** One row of the ledger, whole. Only the newest of a chain can be corrected. */
export function DisclosureFlyout({ patient, row, marks, onClose, onTakeBack }: DisclosureFlyoutProps) {
  const { t } = useTranslation();
  const may = useMay();
  const { go } = useGo();
  const changeable = may("compliance.correct_disclosure") && row.corrected_by === null && !row.void;
  const foot = changeable ? (
    <>
      <Button icon={<Pencil size={14} aria-hidden="true" />} onPress={() => go(`/patients/${patient}/disclosures/${row.disclosure}/correct`)} testId="disclosure-correct">{t("compliance.ledger.correct")}</Button>
      <Button onPress={onTakeBack} testId="disclosure-take-back">{t("compliance.ledger.takeBack")}</Button>
    </>
  ) : undefined;
  return (
    <SideFlyout title={row.recipient.name} sub={civilText(row.disclosed_on)} onClose={onClose} footer={foot} testId="disclosure">
      {marks.length > 0 ? <div><Marks marks={marks} /></div> : null}
      {row.corrected_by === null ? null : <p className="kw-sub">{t("compliance.ledger.replaced")}</p>}
      <Facts facts={factsOf(row, t)} />
    </SideFlyout>
  );
}

function factsOf(row: DisclosureRow, t: Translate): Fact[] {
  const word = (name: string) => t(`compliance.ledger.fact.${name}`);
  const text = (name: string, value: string | null, mono = false): Fact | null => (value === null ? null : { name: word(name), value, mono });
  const paper = row.authorization;
  const until = paper ? (paper.expires_on ? civilText(paper.expires_on) : paper.expires_with) : null;
  const facts: (Fact | null)[] = [
    { name: word("recipient"), value: `${row.recipient.name} (${t(`compliance.recipientKind.${row.recipient.kind}`)})` },
    text("address", row.recipient.address),
    { name: word("what"), value: row.description },
    { name: word("purpose"), value: row.purpose },
    { name: word("basis"), value: `${t(`compliance.basis.${row.basis}`)}, 45 CFR ${row.cite}` },
    paper ? { name: word("authorization"), value: t("compliance.ledger.authorizationUntil", { signed: civilText(paper.signed_on), until: until ?? "" }) } : null,
    { name: word("accountable"), value: accountableWords(row, t) },
    text("verification", row.verification),
    text("request", row.request_reference),
    text("correction", row.correction),
    { name: word("released"), value: row.released_by, mono: true },
    { name: word("recorded"), value: dateTimeText(row.recorded_at) },
    text("file", row.file_sha256, true),
  ];
  return facts.filter((fact) => fact !== null);
}

function accountableWords(row: DisclosureRow, t: Translate): string {
  if (row.accountable) return t(row.suspended ? "compliance.ledger.hiddenNow" : "compliance.ledger.inAccounting");
  return t(row.corrected_by === null ? "compliance.ledger.notInAccounting" : "compliance.ledger.notInAccountingCorrected");
}
