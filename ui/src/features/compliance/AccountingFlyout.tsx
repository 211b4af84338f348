import { FileText } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useMay, type AccountingRow } from "../../bridge";
import { Button, SideFlyout, useGo } from "../../kit";
import { civilText, dollarsText, type Translate } from "../../words";
import { waits } from "./clock";
import { Facts, type Fact } from "./Facts";
import { AccountingBadge } from "./requestParts";

export type AccountingAction = "deliver" | "extend" | "withdraw";

const ACTIONS: readonly { what: AccountingAction; operation: string }[] = [
  { what: "deliver", operation: "compliance.deliver_accounting" },
  { what: "extend", operation: "compliance.extend_accounting" },
  { what: "withdraw", operation: "compliance.withdraw_accounting" },
];

/** One request, with everything that can be done with it. */
export function AccountingFlyout({ row, onClose, onDo }: { row: AccountingRow; onClose: () => void; onDo: (what: AccountingAction) => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const { go } = useGo();
  const offered = ACTIONS.filter(({ what, operation }) => waits(row) && may(operation) && (what !== "extend" || row.can_extend));
  const foot = (
    <>
      <Button variant="primary" icon={<FileText size={14} aria-hidden="true" />} onPress={() => go(`/accountings/${row.accounting}/letter`)} testId="accounting-letter">{t("compliance.accountings.letter")}</Button>
      {offered.map(({ what }) => <Button key={what} onPress={() => onDo(what)} testId={`accounting-${what}`}>{t(`compliance.accountings.${what}`)}</Button>)}
    </>
  );
  return (
    <SideFlyout title={row.display_name} sub={<>{t("compliance.requests.kind.accounting")} · <span className="kw-mono">{row.mrn}</span></>} onClose={onClose} footer={may("compliance.accounting_letter") ? foot : undefined} testId="accounting">
      <div><AccountingBadge row={row} /></div>
      <Facts facts={factsOf(row, t)} />
      {waits(row) && !row.can_extend ? <p className="kw-sub">{t("compliance.accountings.cannotExtend")}</p> : null}
      {may("compliance.disclosures") ? <div><Button variant="quiet" className="kw-start" onPress={() => go(`/patients/${row.patient}/disclosures`)} testId="accounting-ledger">{t("compliance.accountings.toLedger")}</Button></div> : null}
    </SideFlyout>
  );
}

function factsOf(row: AccountingRow, t: Translate): Fact[] {
  const word = (name: string) => t(`compliance.accountings.fact.${name}`);
  const facts: (Fact | null)[] = [
    { name: word("received"), value: civilText(row.received_on) },
    { name: word("covers"), value: t("compliance.accountings.period", { from: civilText(row.from), to: civilText(row.to) }) },
    { name: word("due"), value: civilText(row.due_on) },
    { name: word("fee"), value: row.fee_cents === 0 ? t("compliance.accountings.noFee") : dollarsText(row.fee_cents) },
    row.extension ? { name: word("extension"), value: t("compliance.accountings.extended", { date: civilText(row.extension.sent_on), reason: row.extension.reason }) } : null,
    row.delivered_on === null ? null : { name: word("delivered"), value: civilText(row.delivered_on) },
    row.withdrawn_on === null ? null : { name: word("withdrawn"), value: civilText(row.withdrawn_on) },
  ];
  return facts.filter((fact) => fact !== null);
}
