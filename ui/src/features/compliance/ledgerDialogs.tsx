import { useTranslation } from "react-i18next";
import { useChange, type DisclosureRow, type SuspensionRow } from "../../bridge";
import { RadioGroup, toast } from "../../kit";
import { todayCivil } from "../../words";
import { ActionDialog } from "./ActionDialog";
import { DateOf, TextOf, orNull, useTyped } from "./typing";

const OLD = ["compliance.disclosures"] as const;

interface DialogProps {
  patient: string;
  onClose: () => void;
}

/** For a row that should not be there at all. */
export function TakeBackDialog({ patient, row, onClose }: DialogProps & { row: DisclosureRow }) {
  const { t } = useTranslation();
  const correct = useChange("compliance.correct_disclosure", OLD);
  const form = useTyped({
    screen: `/patients/${patient}/disclosures#back-${row.disclosure}`,
    initial: { correction: "" },
    labelOf: () => "",
    send: async ({ correction }) => {
      await correct.mutateAsync({ input: { disclosure: row.disclosure, correction: correction.trim(), details: null } });
      toast(t("compliance.ledger.takeBackDialog.done"));
      onClose();
    },
  });
  return (
    <ActionDialog title={t("compliance.ledger.takeBackDialog.title")} words={t("compliance.ledger.takeBackDialog.words")} act={t("compliance.ledger.takeBackDialog.save")} form={form} fields={["correction"]} onClose={onClose} testId="take-back-dialog">
      <TextOf form={form} name="correction" label={t("compliance.ledger.takeBackDialog.reason")} required autoFocus lines={2} testId="take-back-reason" />
    </ActionDialog>
  );
}

/** Hides an agency's rows from the patient for as long as its statement holds. */
export function SuspendDialog({ patient, onClose }: DialogProps) {
  const { t } = useTranslation();
  const suspend = useChange("compliance.suspend_accounting", OLD);
  const words = (name: string) => t(`compliance.ledger.suspendDialog.${name}`);
  const form = useTyped({
    screen: `/patients/${patient}/disclosures#suspend`,
    initial: { agency: "", stated_on: todayCivil(), how: "written", until: "", statement: "" },
    labelOf: () => "",
    send: async ({ agency, stated_on, how, until, statement }) => {
      const spoken = how === "spoken";
      const last = spoken ? null : orNull(until);
      await suspend.mutateAsync({ input: { patient, agency: agency.trim(), stated_on, spoken, statement: statement.trim(), ...(last === null ? {} : { until: last }) } });
      toast(t("compliance.ledger.suspendDialog.done", { agency: agency.trim() }));
      onClose();
    },
  });
  return (
    <ActionDialog title={words("title")} words={words("words")} act={words("save")} form={form} fields={["agency", "stated_on", "until", "statement"]} onClose={onClose} testId="suspend-dialog">
      <TextOf form={form} name="agency" label={words("agency")} hint={words("agencyHint")} required autoFocus testId="suspend-agency" />
      <DateOf form={form} name="stated_on" label={words("stated_on")} required testId="suspend-stated" />
      <RadioGroup label={words("how")} options={["written", "spoken"].map((value) => ({ value, label: words(value), hint: words(`${value}Hint`) }))} value={form.values.how} onChange={(how) => form.set({ how })} testId="suspend-how" />
      {form.values.how === "written" ? <DateOf form={form} name="until" ahead label={words("until")} required testId="suspend-until" /> : null}
      <TextOf form={form} name="statement" label={words("statement")} required lines={2} testId="suspend-statement" />
    </ActionDialog>
  );
}

/** Shows the patient again what an agency received. */
export function LiftDialog({ patient, suspension, onClose }: DialogProps & { suspension: SuspensionRow }) {
  const { t } = useTranslation();
  const lift = useChange("compliance.lift_suspension", OLD);
  const form = useTyped({
    screen: `/patients/${patient}/disclosures#lift`,
    initial: {},
    labelOf: () => "",
    send: async () => {
      await lift.mutateAsync({ input: { suspension: suspension.suspension } });
      toast(t("compliance.ledger.liftDialog.done", { agency: suspension.agency }));
      onClose();
    },
  });
  return <ActionDialog title={t("compliance.ledger.liftDialog.title")} words={t("compliance.ledger.liftDialog.words", { agency: suspension.agency })} act={t("compliance.ledger.liftDialog.save")} form={form} fields={[]} onClose={onClose} testId="lift-dialog" />;
}
