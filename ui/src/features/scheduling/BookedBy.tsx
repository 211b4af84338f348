import { useState } from "react";
import { useTranslation } from "react-i18next";
import { failureOf, useAnswer, useMay, type ContactRow } from "../../bridge";
import { Button, Failed, Select } from "../../kit";
import { ContactForm, isContactWaiting } from "./ContactForm";
import { useFocusBack } from "./useFocusBack";
import type { Translate } from "../../words";

const PATIENT = "patient";
const NEW = "new";
/** A booking is made on the day. */
const PLACE = "/day";

export interface BookedByProps {
  patient: string;
  contact: string | null;
  onContact: (contact: string | null) => void;
}

/** Who acts for a patient, and what they are to them where that is known. */
export function contactName({ name, relationship }: Pick<ContactRow, "name" | "relationship">, t: Translate): string {
  return relationship === "" ? name : t("scheduling.contacts.named", { name, relationship });
}

/** Who accepts the time: the patient, or somebody who acts for them. Who that could be is asked only where it is somebody else. */
export function BookedBy({ patient, contact, onContact }: BookedByProps) {
  const { t } = useTranslation();
  const may = useMay();
  const [making, setMaking] = useState(() => isContactWaiting(PLACE, null, patient));
  const [asking, setAsking] = useState(contact !== null || making);
  const part = useFocusBack(`${asking} ${making}`);
  const answer = useAnswer("scheduling.contacts", { patient }, { enabled: asking && may("scheduling.contacts") });
  if (!may("scheduling.contacts")) return null;
  if (!asking) {
    return (
      <div className="sq-by">
        <span className="kw-sub">{t("scheduling.contacts.thePatient")}</span>
        <Button variant="quiet" onPress={() => setAsking(true)} testId="booked-by-other">{t("scheduling.contacts.somebodyElse")}</Button>
      </div>
    );
  }
  const options = [
    { value: PATIENT, label: t("scheduling.contacts.patient") },
    ...(answer.data?.rows ?? []).map((row) => ({ value: row.contact, label: contactName(row, t) })),
    ...(may("scheduling.keep_contact") ? [{ value: NEW, label: t("scheduling.contacts.newOne") }] : []),
  ];
  const choose = (value: string) => {
    setMaking(value === NEW);
    if (value !== NEW) onContact(value === PATIENT ? null : value);
  };
  const kept = (made: string) => {
    setMaking(false);
    onContact(made);
  };
  return (
    <section ref={part} className="kw-tight" aria-label={t("scheduling.contacts.bookedBy")}>
      {answer.error ? <Failed failure={failureOf(answer.error)} /> : null}
      <Select label={t("scheduling.contacts.bookedBy")} options={options} value={making ? NEW : (contact ?? PATIENT)} onChange={choose} testId="booked-by" />
      {making ? <ContactForm patient={patient} row={null} place={PLACE} onKept={kept} onClose={() => setMaking(false)} reopen={() => setMaking(true)} /> : null}
    </section>
  );
}
