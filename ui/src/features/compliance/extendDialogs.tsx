import { useTranslation } from "react-i18next";
import { useChange, type AccessRow, type AmendmentRow, type CallName } from "../../bridge";
import { toast } from "../../kit";
import { civilText, todayCivil } from "../../words";
import { ActionDialog } from "./ActionDialog";
import { MORE_DAYS, daysAfter } from "./clock";
import { DateOf, TextOf, useTyped } from "./typing";

export const ACCESS_OLD: readonly CallName[] = ["compliance.access_requests", "compliance.due"];
export const AMENDMENT_OLD: readonly CallName[] = ["compliance.amendment_requests", "compliance.due"];

export interface AccessDialogProps {
  row: AccessRow;
  onClose: () => void;
}

export interface AmendmentDialogProps {
  row: AmendmentRow;
  onClose: () => void;
}

interface ExtendProps {
  id: string;
  dueOn: string;
  send: (told: { sent_on: string; reason: string }) => Promise<unknown>;
  onClose: () => void;
}

export function ExtendAccessDialog({ row, onClose }: AccessDialogProps) {
  const extend = useChange("compliance.extend_access", ACCESS_OLD);
  return <Extend id={row.access} dueOn={row.due_on} send={(told) => extend.mutateAsync({ input: { access: row.access, ...told } })} onClose={onClose} />;
}

export function ExtendAmendmentDialog({ row, onClose }: AmendmentDialogProps) {
  const extend = useChange("compliance.extend_amendment", AMENDMENT_OLD);
  return <Extend id={row.amendment} dueOn={row.due_on} send={(told) => extend.mutateAsync({ input: { amendment: row.amendment, ...told } })} onClose={onClose} />;
}

/** Thirty more days, once. It says until when before anybody decides. */
function Extend({ id, dueOn, send, onClose }: ExtendProps) {
  const { t } = useTranslation();
  const word = (name: string) => t(`compliance.requests.extendDialog.${name}`);
  const dates = { due: civilText(dueOn), until: civilText(daysAfter(dueOn, MORE_DAYS)) };
  const form = useTyped({
    screen: `/accountings#extend-${id}`,
    initial: { sent_on: todayCivil(), reason: "" },
    labelOf: () => "",
    send: async ({ sent_on, reason }) => {
      await send({ sent_on, reason: reason.trim() });
      toast(t("compliance.requests.extendDialog.done", dates));
      onClose();
    },
  });
  return (
    <ActionDialog title={word("title")} words={t("compliance.requests.extendDialog.words", dates)} act={t("compliance.requests.extendDialog.save", dates)} form={form} fields={["sent_on", "reason"]} onClose={onClose} testId="extend-dialog">
      <DateOf form={form} name="sent_on" label={word("sent_on")} required autoFocus testId="extend-on" />
      <TextOf form={form} name="reason" label={word("reason")} hint={word("reasonHint")} required lines={2} testId="extend-reason" />
    </ActionDialog>
  );
}
