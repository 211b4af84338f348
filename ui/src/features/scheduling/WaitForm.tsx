import { X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useChange, type SetupView } from "../../bridge";
import { Button, fieldId, toast } from "../../kit";
import { spoken } from "./names";
import { DateOf, FormFlyout, Unready, SelectOf, TextOf, orNull, useSetupForm } from "./setupForm";
import { NO_WISHES, choicesFor, limitsOf, type Wishes } from "./wishes";
import { WishFields } from "./WishFields";

interface WaitTyped extends Wishes {
  patient: string;
  patientLabel: string;
  product: string;
  until: string;
  note: string;
}

interface WaitFormProps {
  setup: SetupView;
  pickPatient: (onPick: (id: string, label: string) => void) => ReactNode;
  onClose: () => void;
  reopen: () => void;
}

/** Puts somebody on the waitlist, with what they wish. */
export function WaitForm({ setup, pickPatient, onClose, reopen }: WaitFormProps) {
  const { t } = useTranslation();
  const wait = useChange("scheduling.wait", ["scheduling.waitlist", "scheduling.day"]);
  const offered = setup.products.filter((one) => !one.ended);
  const form = useSetupForm<WaitTyped>({
    about: "wait",
    place: "/day",
    initial: { ...NO_WISHES, patient: "", patientLabel: "", product: offered[0]?.product ?? "", until: "", note: "" },
    reopen,
    send: async (typed) => {
      if (typed.patient === "") throw new Unready("patient", t("scheduling.waitlist.patientNeeded"));
      const { patient, product, resources, weekdays } = typed;
      await wait.mutateAsync({ input: { patient, product, resources, weekdays, ...limitsOf(typed), until: orNull(typed.until), note: typed.note.trim() } });
      toast(t("scheduling.waitlist.added", { name: spoken(typed.patientLabel.split(" · ")[0] ?? "") }));
      onClose();
    },
  });
  const { values } = form;
  const choices = choicesFor(setup, offered.find((one) => one.product === values.product));
  return (
    <FormFlyout title={t("scheduling.waitlist.add")} form={form} onClose={onClose} testId="wait-form">
      <div id={fieldId("patient")} tabIndex={-1}>
        {values.patient === "" ? (
          pickPatient((patient, patientLabel) => form.set({ patient, patientLabel }))
        ) : (
          <div className="sc-line" data-testid="wait-patient">
            <span className="kw-grow"><span className="kw-sub kw-block">{t("scheduling.waitlist.patient")}</span><b>{values.patientLabel}</b></span>
            <Button variant="quiet" aria-label={t("scheduling.waitlist.otherPatient")} icon={<X size={14} aria-hidden="true" />} onPress={() => form.set({ patient: "", patientLabel: "" })} />
          </div>
        )}
        {form.wrong("patient") ? <span className="kw-error">{form.wrong("patient")}</span> : null}
      </div>
      <SelectOf form={form} name="product" label={t("scheduling.openings.product")} options={offered.map((one) => ({ value: one.product, label: one.label }))} testId="wait-product" />
      <WishFields wishes={values} choices={choices} onChange={(change) => form.set(change)} />
      <DateOf form={form} name="until" label={t("scheduling.waitlist.until")} hint={t("scheduling.waitlist.untilHint")} testId="wait-until" />
      <TextOf form={form} name="note" label={t("scheduling.waitlist.note")} hint={t("scheduling.waitlist.noteHint")} lines={2} testId="wait-note" />
    </FormFlyout>
  );
}
