import { Plus, X } from "lucide-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { useChange, type ChannelOfContact, type ContactChannelKind, type ContactRow } from "../../bridge";
import { Banner, Button, Checkbox, KeyedForm, Select, TextField, fieldId, toast, waitingDrafts } from "../../kit";
import { TextOf, Unready, useSetupForm, type Typed } from "./setupForm";

interface ContactTyped {
  name: string;
  relationship: string;
  channels: ChannelOfContact[];
}

export interface ContactFormProps {
  patient: string;
  /** Whom to change; a new one where there is none. */
  row: ContactRow | null;
  /** The screen on which it is typed: there it is found again after a lock. */
  place: string;
  onKept: (contact: string) => void;
  onClose: () => void;
  reopen: () => void;
}

const KINDS: readonly ContactChannelKind[] = ["phone", "sms", "email"];
const USUAL = ["mother", "father", "spouse", "daughter", "son", "carer"] as const;
/** The most ways of reaching somebody that are kept. */
const MOST = 10;

const aboutOf = (row: ContactRow | null, patient: string) => `contact-${row?.contact ?? "new"}-${patient}`;

/** Whether the form was half typed when the practice locked or the screen was left. */
export function isContactWaiting(place: string, row: ContactRow | null, patient: string): boolean {
  return waitingDrafts.get().some((one) => one.screen === `${place}#${aboutOf(row, patient)}`);
}

/** For whom a contact acts: keeping one replaces the list, so nobody is left out of it. */
export function patientsOf(row: ContactRow | null, patient: string): string[] {
  return [...new Set([...(row?.patients ?? []), patient])];
}

function useContactForm({ patient, row, place, onKept, reopen }: ContactFormProps) {
  const { t } = useTranslation();
  const keep = useChange("scheduling.keep_contact", ["scheduling.contacts"]);
  // What is left empty is not sent, so the places in a refusal are not those on the screen.
  const sent = useRef<number[]>([]);
  return useSetupForm<ContactTyped>({
    about: aboutOf(row, patient),
    place,
    initial: { name: row?.name ?? "", relationship: row?.relationship ?? "", channels: row && row.channels.length > 0 ? row.channels : [{ kind: "phone", value: "", preferred: true }] },
    reopen,
    fieldOf: (path) => path.replace(/^channels\.(\d+)(\..*)?$/, (_, index: string) => `channel-${sent.current[Number(index)] ?? index}`),
    send: async ({ name, relationship, channels }) => {
      if (name.trim() === "") throw new Unready("name", t("scheduling.contacts.nameNeeded"));
      sent.current = channels.flatMap((one, index) => (one.value.trim() === "" ? [] : [index]));
      const ways = sent.current.flatMap((index) => channels[index] ?? []).map((one) => ({ ...one, value: one.value.trim() }));
      const { contact } = await keep.mutateAsync({ input: { ...(row ? { contact: row.contact } : {}), name: name.trim(), relationship: relationship.trim(), patients: patientsOf(row, patient), channels: ways, ended: false } });
      toast(t("scheduling.contacts.kept", { name: name.trim() }));
      onKept(contact);
    },
  });
}

/** Somebody who books for a patient, and how to reach them. */
export function ContactForm(props: ContactFormProps) {
  const { row, onClose } = props;
  const { t } = useTranslation();
  const form = useContactForm(props);
  const title = row ? t("scheduling.contacts.change", { name: row.name }) : t("scheduling.contacts.new");
  const elsewhere = form.problems.find((one) => one.id === null);
  const close = () => {
    form.discard();
    onClose();
  };
  return (
    <KeyedForm onSave={form.save} className="kw-tight sq-contact-form" label={title} testId="contact-form">
      {elsewhere ? <Banner tone="danger" testId="contact-refused">{elsewhere.words}</Banner> : null}
      <TextOf form={form} name="name" label={t("scheduling.contacts.name")} required autoFocus testId="contact-name" />
      <TextOf form={form} name="relationship" label={t("scheduling.contacts.relationship")} hint={t("scheduling.contacts.relationshipHint")} testId="contact-relationship" />
      <div className="sc-chips">
        {USUAL.map((one) => <Button key={one} className="sc-chip" onPress={() => form.set({ relationship: t(`scheduling.contacts.usual.${one}`) })} testId={`contact-is-${one}`}>{t(`scheduling.contacts.usual.${one}`)}</Button>)}
      </div>
      <Ways form={form} />
      <div className="kw-row">
        <Button type="submit" variant="primary" shortcut="Ctrl Enter" isDisabled={form.busy} testId="contact-save">{t("common.save")}</Button>
        <Button variant="quiet" onPress={close} testId="contact-cancel">{t("common.cancel")}</Button>
      </div>
    </KeyedForm>
  );
}

/** How the contact is reached; one of the ways is tried first. */
function Ways({ form }: { form: Typed<ContactTyped> }) {
  const { t } = useTranslation();
  const { channels } = form.values;
  const change = (place: number, part: Partial<ChannelOfContact>) => form.set({ channels: channels.map((one, index) => (index === place ? { ...one, ...part } : part.preferred ? { ...one, preferred: false } : one)) });
  return (
    <div className="kw-tight" role="group" aria-label={t("scheduling.contacts.reached")}>
      {channels.map((one, place) => (
        // The ways have nothing else that tells them apart while they are typed.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={place} className="sq-way">
          <Select label={t("scheduling.contacts.kind")} options={KINDS.map((kind) => ({ value: kind, label: t(`scheduling.contacts.kinds.${kind}`) }))} value={one.kind} onChange={(kind) => change(place, { kind: kind as ContactChannelKind })} testId={`contact-kind-${place}`} />
          <TextField label={t("scheduling.contacts.value")} value={one.value} onChange={(value) => change(place, { value })} id={fieldId(`channel-${place}`)} error={form.wrong(`channel-${place}`)} inputMode={one.kind === "email" ? "email" : "tel"} testId={`contact-value-${place}`} />
          <Button variant="quiet" aria-label={t("scheduling.contacts.removeChannel")} icon={<X size={14} aria-hidden="true" />} onPress={() => form.set({ channels: channels.filter((_, index) => index !== place) })} testId={`contact-less-${place}`} />
          {channels.length > 1 ? <Checkbox label={t("scheduling.contacts.first")} value={one.preferred} onChange={(preferred) => change(place, { preferred })} testId={`contact-first-${place}`} /> : null}
        </div>
      ))}
      {channels.length < MOST ? <div><Button variant="quiet" className="kw-start" icon={<Plus size={14} aria-hidden="true" />} onPress={() => form.set({ channels: [...channels, { kind: "phone", value: "", preferred: channels.length === 0 }] })} testId="contact-more">{t("scheduling.contacts.addChannel")}</Button></div> : null}
    </div>
  );
}
