import { Pencil, Plus, UserX } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { failureOf, useAnswer, useChange, useMay, type ContactRow } from "../../bridge";
import { Button, Failed, toast } from "../../kit";
import { failureWords } from "../../words";
import { ContactForm, isContactWaiting, patientsOf } from "./ContactForm";
import { useFocusBack } from "./useFocusBack";

const NEW = "new";

/** Who acts for a patient: a parent, a carer. Nothing where this session may not see it. */
export function ContactsPart({ patient }: { patient: string }) {
  const may = useMay();
  const answer = useAnswer("scheduling.contacts", { patient }, { enabled: may("scheduling.contacts") });
  if (!may("scheduling.contacts")) return null;
  // A list that cannot be read is not shown as one that is empty.
  if (answer.error) return <Failed failure={failureOf(answer.error)} />;
  return answer.data ? <Contacts patient={patient} rows={answer.data.rows} /> : null;
}

function Contacts({ patient, rows }: { patient: string; rows: readonly ContactRow[] }) {
  const { t } = useTranslation();
  const may = useMay();
  const place = `/patients/${patient}`;
  const [open, setOpen] = useState<string | null>(() => [null, ...rows].find((row) => isContactWaiting(place, row, patient))?.contact ?? (isContactWaiting(place, null, patient) ? NEW : null));
  const part = useFocusBack(String(open));
  const close = () => setOpen(null);
  const form = (row: ContactRow | null) => <ContactForm patient={patient} row={row} place={place} onKept={close} onClose={close} reopen={() => setOpen(row?.contact ?? NEW)} />;
  const keeps = may("scheduling.keep_contact");
  return (
    <section ref={part} className="kw-tight" aria-label={t("scheduling.contacts.title")} data-testid="contacts">
      <h2 className="kw-h3">{t("scheduling.contacts.title")}</h2>
      {rows.length === 0 && open !== NEW ? <p className="kw-quiet">{t("scheduling.contacts.teach")}</p> : null}
      <ul className="sq-contacts">
        {rows.map((row) => <li key={row.contact}>{open === row.contact ? form(row) : <Contact patient={patient} row={row} onChange={keeps ? () => setOpen(row.contact) : null} />}</li>)}
      </ul>
      {open === NEW ? form(null) : null}
      {keeps && open !== NEW ? <div><Button variant="quiet" className="kw-start" icon={<Plus size={14} aria-hidden="true" />} onPress={() => setOpen(NEW)} testId="contact-add">{t("scheduling.contacts.add")}</Button></div> : null}
    </section>
  );
}

function Contact({ patient, row, onChange }: { patient: string; row: ContactRow; onChange: (() => void) | null }) {
  const { t } = useTranslation();
  const end = useEnding(patient, row);
  return (
    <div className="sq-contact" data-testid="contact-row">
      <b>{row.name}</b>
      <span className="kw-quiet">{row.relationship}</span>
      <span className="sq-ways">{row.channels.map((one) => <span key={`${one.kind}-${one.value}`}><span className="kw-sub">{t(`scheduling.contacts.kinds.${one.kind}`)}</span> {one.value}{one.preferred && row.channels.length > 1 ? <span className="kw-sub"> ({t("scheduling.contacts.firstMark")})</span> : null}</span>)}</span>
      {onChange ? (
        <span className="sq-contact-acts">
          <Button variant="quiet" aria-label={t("scheduling.contacts.change", { name: row.name })} icon={<Pencil size={14} aria-hidden="true" />} onPress={onChange} testId="contact-change" />
          <Button variant="quiet" aria-label={t("scheduling.contacts.remove", { name: row.name })} icon={<UserX size={14} aria-hidden="true" />} onPress={() => void end()} testId="contact-remove" />
        </span>
      ) : null}
    </div>
  );
}

/** Ends that somebody acts for the patient; for ten seconds it can be taken back. */
function useEnding(patient: string, row: ContactRow) {
  const { t } = useTranslation();
  const keep = useChange("scheduling.keep_contact", ["scheduling.contacts"]);
  const failed = (thrown: unknown) => toast(failureWords(failureOf(thrown)), { tone: "danger" });
  const { contact, name, relationship, channels } = row;
  const send = (ended: boolean) => keep.mutateAsync({ input: { contact, name, relationship, channels, patients: patientsOf(row, patient), ended } });
  return async () => {
    try {
      await send(true);
      toast(t("scheduling.contacts.removed", { name }), { undo: () => void send(false).catch(failed) });
    } catch (thrown) {
      failed(thrown);
    }
  };
}
