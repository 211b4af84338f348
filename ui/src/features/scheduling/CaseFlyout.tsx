import { useQueryClient } from "@tanstack/react-query";
import { CalendarX } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, failureOf, useAnswer, useChange, useMay, type CaseRow, type StandReason, type TheatreBoardView, type Urgency } from "../../bridge";
import { RadioGroup, Select, fieldId, put, toast } from "../../kit";
import { failureWords } from "../../words";
import { CaseClinical, ClinicalFields, NOTHING_CLINICAL, trimmed, type Clinical } from "./CaseClinical";
import { spoken } from "./names";
import { PatientPart, type Chosen, type PatientWays } from "./PatientPart";
import { ReasonTaps } from "./ReasonTaps";
import { FormFlyout, SelectOf, Unready, useSetupForm, type Typed } from "./setupForm";
import { REASONS } from "./status";
import { LengthPick } from "./TimePick";
import { SCHEDULE_ANSWERS, refreshSchedule } from "./useDayChanges";
import type { Releasing } from "./useReleasing";

interface CaseTyped extends Clinical {
  patient: Chosen | null;
  surgeon: string;
  department: string;
  urgency: Urgency;
  minutes: number;
}

export interface CaseFlyoutProps extends PatientWays {
  board: TheatreBoardView;
  /** The case that is changed; none for a new one. */
  planned: CaseRow | null;
  releasing: Releasing;
  onClose: () => void;
  onKept: (kept: CaseRow) => void;
  reopen: () => void;
}

export const CASE_DRAFT = "/day/theatre#case";
const URGENCIES: readonly Urgency[] = ["elective", "urgent", "emergency"];
export const CASE_LENGTHS: readonly number[] = [15, 20, 30, 45, 60, 75, 90, 120, 150, 180, 240, 300, 360, 480];
const HOUR = 60;
/** What stands in a list for nobody and nothing. */
const NONE = "none";

const orNull = (chosen: string) => (chosen === NONE ? null : chosen);

/** A case: whose, by whom, how urgent and how long; and, for whoever treats, what is done. */
export function CaseFlyout(props: CaseFlyoutProps) {
  const { board, planned, releasing, onClose, pickPatient, newPatient } = props;
  const { t } = useTranslation();
  const may = useMay();
  const form = useCaseForm(props);
  const title = planned ? t("scheduling.theatre.changeOf", { name: spoken(planned.patient_name) }) : t("scheduling.theatre.newCase");
  const surgeons = board.allocatable.filter((one) => one.kind === "practitioner");
  const departments = useAnswer("scheduling.setup", {}).data?.departments ?? [];
  return (
    <FormFlyout title={title} form={form} onClose={onClose} testId="case-flyout" {...(planned ? { after: <After board={board} planned={planned} releasing={releasing} onClose={onClose} /> } : { more: <span className="kw-sub th-then">{t("scheduling.theatre.then")}</span> })}>
      {planned ? null : (
        <div id={fieldId("patient")} tabIndex={-1}>
          <PatientPart chosen={form.values.patient} pickPatient={pickPatient} newPatient={newPatient} onPicked={(patient) => form.set({ patient })} onChosen={() => document.getElementById(fieldId("surgeon"))?.focus()} error={form.wrong("patient")} testId="case" />
        </div>
      )}
      <SelectOf form={form} name="surgeon" label={t("scheduling.theatre.surgeon")} options={[{ value: NONE, label: t("scheduling.theatre.noSurgeon") }, ...surgeons.map((one) => ({ value: one.resource, label: one.name }))]} testId="case-surgeon" />
      <RadioGroup label={t("scheduling.theatre.howUrgent")} row options={URGENCIES.map((one) => ({ value: one, label: t(`scheduling.theatre.urgency.${one}`) }))} value={form.values.urgency} onChange={put(form, "urgency")} error={form.wrong("urgency")} testId="case-urgency" />
      <div className="sd-two" id={fieldId("minutes")} tabIndex={-1}>
        <LengthPick label={t("scheduling.theatre.procedureLength")} lengths={CASE_LENGTHS} minutes={form.values.minutes} onChange={(minutes) => form.set({ minutes })} testId="case-minutes" />
        {departments.length > 0 ? <Select id={fieldId("department")} label={t("scheduling.setup.field.department")} options={[{ value: NONE, label: t("scheduling.theatre.noDepartment") }, ...departments.map((one) => ({ value: one.department, label: one.name }))]} value={form.values.department} onChange={put(form, "department")} error={form.wrong("department")} testId="case-department" /> : null}
      </div>
      {form.wrong("minutes") ? <span className="kw-error">{form.wrong("minutes")}</span> : null}
      {!planned && may("scheduling.note_case") ? (
        <section className="sd-clinical" aria-label={t("scheduling.theatre.clinical")}>
          <h3>{t("scheduling.theatre.clinical")}</h3>
          <p className="kw-sub">{t("scheduling.theatre.clinicalHint")}</p>
          <ClinicalFields typed={form.values} onChange={(part) => form.set(part)} error={form.wrong("procedure")} />
        </section>
      ) : null}
    </FormFlyout>
  );
}

/** What else there is of a case that is planned. */
function After({ board, planned, releasing, onClose }: Pick<CaseFlyoutProps, "board" | "releasing" | "onClose"> & { planned: CaseRow }) {
  const { t } = useTranslation();
  const may = useMay();
  const cancel = async (reason: StandReason) => {
    const placed = board.reservations.find((one) => one.case?.case === planned.case) ?? null;
    if (await releasing.cancel(planned, spoken(planned.patient_name), reason, placed)) onClose();
  };
  return (
    <>
      {may("scheduling.clinical_case") ? <CaseClinical id={planned.case} /> : null}
      {may("scheduling.cancel_case") ? <ReasonTaps name="cancel-case" icon={<CalendarX size={14} aria-hidden="true" />} words={t("scheduling.theatre.cancel")} ask={t("scheduling.theatre.whyCancel")} reasons={REASONS.cancelled} onReason={cancel} /> : null}
    </>
  );
}

/** Keeps a case, and then what is done in it. Where only the second fails, the next try goes on with the case that is there. */
function useCaseForm({ planned, board, onKept, reopen }: CaseFlyoutProps): Typed<CaseTyped> {
  const { t } = useTranslation();
  const keep = useChange("scheduling.keep_case", SCHEDULE_ANSWERS);
  const cache = useQueryClient();
  const [made, setMade] = useState<{ case: string; version: number } | null>(null);
  return useSetupForm<CaseTyped>({
    about: planned ? `case-${planned.case}` : "case",
    place: "/day/theatre",
    initial: { patient: planned ? { id: planned.patient, name: planned.patient_name, mrn: "" } : null, surgeon: planned?.surgeon ?? NONE, department: planned?.department ?? NONE, urgency: planned?.urgency ?? "elective", minutes: planned?.minutes ?? HOUR, ...NOTHING_CLINICAL },
    reopen,
    send: async (typed) => {
      const { patient, urgency, minutes } = typed;
      if (!patient) throw new Unready("patient", t("scheduling.book.patientNeeded"));
      const [surgeon, department] = [orNull(typed.surgeon), orNull(typed.department)];
      const there = planned ?? made;
      // What was typed stays; where somebody else was quicker, the next try is on what they left.
      const kept = await keep.mutateAsync({ input: { ...(there ? { case: there.case, version: there.version } : {}), patient: patient.id, surgeon, department, urgency, minutes } }).catch(async (thrown: unknown) => { await refreshSchedule(cache); throw thrown; });
      setMade(kept);
      const clinical = trimmed(typed);
      const surgeon_name = board.allocatable.find((one) => one.resource === surgeon)?.name ?? null;
      const row: CaseRow = { ...kept, patient: patient.id, patient_name: patient.name, surgeon, surgeon_name, department, urgency, minutes, since: planned?.since ?? board.today };
      if (!planned && (clinical.procedure !== "" || clinical.anaesthesia !== "" || clinical.note !== "" || clinical.laterality !== "none")) await noteClinical(row, clinical, t("scheduling.theatre.plannedOnly"));
      toast(t(planned ? "scheduling.theatre.changed" : "scheduling.theatre.planned", { name: spoken(patient.name) }));
      onKept(row);
    },
  });
}

/** Writes what is done. Where that fails, it is said that the case itself is kept. */
async function noteClinical(row: CaseRow, clinical: Clinical, kept: string): Promise<void> {
  try {
    await call("scheduling.note_case", { case: row.case, ...clinical });
  } catch (thrown) {
    throw new Unready("procedure", `${kept} ${failureWords(failureOf(thrown))}`);
  }
}
