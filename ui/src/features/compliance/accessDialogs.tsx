import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { useChange, type FeeKind } from "../../bridge";
import { Banner, toast, useStore } from "../../kit";
import { centsOf, dollarsText, todayCivil } from "../../words";
import { ActionDialog } from "./ActionDialog";
import { ACCESS_OLD, type AccessDialogProps } from "./extendDialogs";
import { FEE_KINDS } from "./grounds";
import { writtenRecords } from "./savedLetters";
import { DateOf, TextOf, Unready, orNull, useTyped } from "./typing";

type FeeTyped = Record<FeeKind | "agreed_on", string>;

/** What is typed of a fee; several lines of one kind stand together as their sum. */
function typedFee(row: AccessDialogProps["row"]): FeeTyped {
  const sum = (kind: FeeKind) => row.fee_lines.filter((line) => line.kind === kind).reduce((total, line) => total + line.cents, 0);
  const amounts = FEE_KINDS.map((kind) => [kind, sum(kind) === 0 ? "" : dollarsText(sum(kind)).slice(1)] as const);
  return { ...(Object.fromEntries(amounts) as Record<FeeKind, string>), agreed_on: row.fee_lines.find((line) => line.agreed_on !== null)?.agreed_on ?? "" };
}

/** The field of the form for a place in the lines that were sent. */
function feeField(path: string, sent: readonly FeeKind[]): string {
  const [, place, part] = /^lines\.(\d+)\.(\w+)$/u.exec(path) ?? [];
  if (place === undefined) return "";
  return part === "agreed_on" ? "agreed_on" : (sent[Number(place)] ?? "");
}

/** What the copy costs: the four things the law allows, and what they come to. */
export function FeeDialog({ row, onClose }: AccessDialogProps) {
  const { t } = useTranslation();
  const charge = useChange("compliance.charge_access", ACCESS_OLD);
  const word = (name: string) => t(`compliance.access.feeDialog.${name}`);
  const sent = useRef<readonly FeeKind[]>([]);
  const form = useTyped<FeeTyped>({
    screen: `/accountings#fee-${row.access}`,
    initial: typedFee(row),
    labelOf: () => "",
    fieldOf: (path) => feeField(path, sent.current),
    send: async (typed) => {
      const kinds = FEE_KINDS.filter((kind) => typed[kind].trim() !== "");
      sent.current = kinds;
      const lines = kinds.map((kind) => {
        const cents = centsOf(typed[kind]);
        if (cents === null) throw new Unready(kind, t("compliance.request.feeUnreadable"));
        const agreed_on = kind === "summary" ? orNull(typed.agreed_on) : null;
        return { kind, cents, ...(agreed_on === null ? {} : { agreed_on }) };
      });
      await charge.mutateAsync({ input: { access: row.access, lines } });
      toast(word("done"));
      onClose();
    },
  });
  const total = FEE_KINDS.reduce((sum, kind) => sum + (centsOf(form.values[kind]) ?? 0), 0);
  return (
    <ActionDialog title={word("title")} words={word("words")} act={word("save")} form={form} fields={[...FEE_KINDS, "agreed_on"]} onClose={onClose} testId="fee-dialog">
      <Banner tone="info">{word("never")}</Banner>
      <div className="cp-two">
        {FEE_KINDS.map((kind) => <TextOf key={kind} form={form} name={kind} label={t(`compliance.feeKind.${kind}`)} hint={word(`hint.${kind}`)} autoFocus={kind === "copying_labor"} testId={`fee-${kind}`} />)}
      </div>
      {form.values.summary.trim() === "" ? null : <DateOf form={form} name="agreed_on" label={word("agreed_on")} hint={word("agreedHint")} required testId="fee-agreed" />}
      <p className="cp-total" role="status" data-testid="fee-total"><span>{word("total")}</span><b>{dollarsText(total)}</b></p>
    </ActionDialog>
  );
}

/** What was granted was handed over; records that were written here since the sign-in are named by their digest. */
export function HandOverDialog({ row, onClose }: AccessDialogProps) {
  const { t } = useTranslation();
  const deliver = useChange("compliance.deliver_access", ACCESS_OLD);
  const word = (name: string) => t(`compliance.access.deliverDialog.${name}`);
  const written = useStore(writtenRecords)[row.patient];
  const form = useTyped({
    screen: `/accountings#deliver-${row.access}`,
    initial: { delivered_on: todayCivil() },
    labelOf: () => "",
    send: async ({ delivered_on }) => {
      await deliver.mutateAsync({ input: { access: row.access, delivered_on, ...(written ? { sha256: written.sha256 } : {}) } });
      toast(word("done"));
      onClose();
    },
  });
  return (
    <ActionDialog title={word("title")} words={word("words")} act={word("save")} form={form} fields={["delivered_on"]} onClose={onClose} testId="deliver-dialog">
      <DateOf form={form} name="delivered_on" label={word("on")} required autoFocus testId="deliver-on" />
      <p className="kw-sub">{written ? t("compliance.access.deliverDialog.withFile", { name: written.name }) : word("withoutFile")}</p>
    </ActionDialog>
  );
}

/** A withdrawn request cannot be taken up again, so it is asked about. */
export function WithdrawAccessDialog({ row, onClose }: AccessDialogProps) {
  const { t } = useTranslation();
  const withdraw = useChange("compliance.withdraw_access", ACCESS_OLD);
  const word = (name: string) => t(`compliance.access.withdrawDialog.${name}`);
  const form = useTyped({
    screen: "/accountings#withdraw-access",
    initial: {},
    labelOf: () => "",
    send: async () => {
      await withdraw.mutateAsync({ input: { access: row.access } });
      toast(word("done"));
      onClose();
    },
  });
  return <ActionDialog title={word("title")} words={word("words")} act={word("save")} form={form} fields={[]} onClose={onClose} testId="withdraw-dialog" />;
}
