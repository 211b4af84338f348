import { useTranslation } from "react-i18next";
import { useChange, type AccountingRow } from "../../bridge";
import { toast, useStore } from "../../kit";
import { todayCivil } from "../../words";
import { ActionDialog } from "./ActionDialog";
import { savedLetters } from "./savedLetters";
import { DateOf, TextOf, useTyped } from "./typing";

const OLD = ["compliance.accountings", "compliance.due", "compliance.accounting_letter"] as const;

interface DialogProps {
  row: Pick<AccountingRow, "accounting">;
  onClose: () => void;
}

/** The letter was handed over; where it was saved as a file, that file is named. */
export function DeliverDialog({ row, onClose }: DialogProps) {
  const { t } = useTranslation();
  const deliver = useChange("compliance.deliver_accounting", OLD);
  const saved = useStore(savedLetters)[row.accounting];
  const form = useTyped({
    screen: `/accountings#deliver-${row.accounting}`,
    initial: { delivered_on: todayCivil() },
    labelOf: () => "",
    send: async ({ delivered_on }) => {
      await deliver.mutateAsync({ input: { accounting: row.accounting, delivered_on, ...(saved ? { letter_sha256: saved.sha256 } : {}) } });
      toast(t("compliance.accountings.deliverDialog.done"));
      onClose();
    },
  });
  return (
    <ActionDialog title={t("compliance.accountings.deliverDialog.title")} words={t("compliance.accountings.deliverDialog.words")} act={t("compliance.accountings.deliverDialog.save")} form={form} fields={["delivered_on"]} onClose={onClose} testId="deliver-dialog">
      <DateOf form={form} name="delivered_on" label={t("compliance.accountings.deliverDialog.on")} required autoFocus testId="deliver-on" />
      <p className="kw-sub">{saved ? t("compliance.accountings.deliverDialog.withFile", { name: saved.name }) : t("compliance.accountings.deliverDialog.withoutFile")}</p>
    </ActionDialog>
  );
}

export function ExtendDialog({ row, onClose }: DialogProps) {
  const { t } = useTranslation();
  const extend = useChange("compliance.extend_accounting", OLD);
  const form = useTyped({
    screen: `/accountings#extend-${row.accounting}`,
    initial: { sent_on: todayCivil(), reason: "" },
    labelOf: () => "",
    send: async ({ sent_on, reason }) => {
      await extend.mutateAsync({ input: { accounting: row.accounting, sent_on, reason: reason.trim() } });
      toast(t("compliance.accountings.extendDialog.done"));
      onClose();
    },
  });
  return (
    <ActionDialog title={t("compliance.accountings.extendDialog.title")} words={t("compliance.accountings.extendDialog.words")} act={t("compliance.accountings.extendDialog.save")} form={form} fields={["sent_on", "reason"]} onClose={onClose} testId="extend-dialog">
      <DateOf form={form} name="sent_on" label={t("compliance.accountings.extendDialog.sent_on")} required autoFocus testId="extend-on" />
      <TextOf form={form} name="reason" label={t("compliance.accountings.extendDialog.reason")} required lines={2} testId="extend-reason" />
    </ActionDialog>
  );
}

/** A withdrawn request cannot be taken up again, so it is asked about. */
export function WithdrawDialog({ row, onClose }: DialogProps) {
  const { t } = useTranslation();
  const withdraw = useChange("compliance.withdraw_accounting", OLD);
  const form = useTyped({
    screen: "/accountings#withdraw",
    initial: {},
    labelOf: () => "",
    send: async () => {
      await withdraw.mutateAsync({ input: { accounting: row.accounting } });
      toast(t("compliance.accountings.withdrawDialog.done"));
      onClose();
    },
  });
  return <ActionDialog title={t("compliance.accountings.withdrawDialog.title")} words={t("compliance.accountings.withdrawDialog.words")} act={t("compliance.accountings.withdrawDialog.save")} form={form} fields={[]} onClose={onClose} testId="withdraw-dialog" />;
}
