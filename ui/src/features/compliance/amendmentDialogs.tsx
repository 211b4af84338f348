import { useTranslation } from "react-i18next";
import { useChange, type AmendmentGround } from "../../bridge";
import { RadioGroup, toast } from "../../kit";
import { todayCivil } from "../../words";
import { ActionDialog } from "./ActionDialog";
import { AMENDMENT_OLD, type AmendmentDialogProps } from "./extendDialogs";
import { AMENDMENT_GROUNDS } from "./grounds";
import { DateOf, SelectOf, TextOf, Unready, orNull, useTyped } from "./typing";
import { useVersions } from "./versions";

/** No version of the record carries it: what was added stands beside the record. */
const NONE = "none";

function acceptField(path: string): string {
  if (!path.startsWith("persons")) return path;
  return path.endsWith(".told_on") ? "persons_on" : "persons";
}

/** What was done about it, and who was told: the patient, those the patient named, and those who may rely on what was wrong. */
export function AcceptDialog({ row, onClose }: AmendmentDialogProps) {
  const { t } = useTranslation();
  const accept = useChange("compliance.accept_amendment", AMENDMENT_OLD);
  const versions = useVersions(row.patient);
  const word = (name: string) => t(`compliance.amendment.acceptDialog.${name}`);
  const form = useTyped({
    screen: `/accountings#accept-${row.amendment}`,
    initial: { appended: "", version: NONE, told_on: todayCivil(), persons: "", persons_on: todayCivil() },
    labelOf: () => "",
    fieldOf: acceptField,
    send: async ({ appended, version, told_on, persons, persons_on }) => {
      const names = persons.split("\n").flatMap((line) => orNull(line) ?? []);
      await accept.mutateAsync({
        input: { amendment: row.amendment, appended: orNull(appended), ...(version === NONE ? {} : { version: Number(version) }), told_on, persons: names.map((name) => ({ name, told_on: persons_on })) },
      });
      toast(word("done"));
      onClose();
    },
  });
  const later = versions.options.filter((option) => Number(option.value) > row.target.version);
  return (
    <ActionDialog title={word("title")} words={word("words")} act={word("save")} form={form} fields={["appended", "version", "told_on", "persons", "persons_on"]} onClose={onClose} testId="accept-dialog">
      <TextOf form={form} name="appended" label={word("appended")} hint={word("appendedHint")} lines={3} autoFocus testId="accept-appended" />
      <SelectOf form={form} name="version" label={word("version")} hint={word(later.length === 0 ? "noLater" : "versionHint")} options={[{ value: NONE, label: word("none") }, ...later]} testId="accept-version" />
      <DateOf form={form} name="told_on" label={word("told_on")} required testId="accept-told" />
      <TextOf form={form} name="persons" label={word("persons")} hint={word("personsHint")} lines={2} testId="accept-persons" />
      {form.values.persons.trim() === "" ? null : <DateOf form={form} name="persons_on" label={word("persons_on")} required testId="accept-persons-on" />}
    </ActionDialog>
  );
}

/** One of the four grounds of the law, and the basis in plain words. */
export function DenyAmendmentDialog({ row, onClose }: AmendmentDialogProps) {
  const { t } = useTranslation();
  const deny = useChange("compliance.deny_amendment", AMENDMENT_OLD);
  const word = (name: string) => t(`compliance.amendment.denyDialog.${name}`);
  const form = useTyped({
    screen: `/accountings#deny-${row.amendment}`,
    initial: { ground: "", basis: "", told_on: todayCivil() },
    labelOf: () => "",
    send: async ({ ground, basis, told_on }) => {
      if (ground === "") throw new Unready("ground", word("chooseGround"));
      await deny.mutateAsync({ input: { amendment: row.amendment, ground: ground as AmendmentGround, basis: basis.trim(), told_on } });
      toast(word("done"));
      onClose();
    },
  });
  const grounds = AMENDMENT_GROUNDS.map((value) => ({ value, label: t(`compliance.amendmentGround.${value}`), hint: t(`compliance.amendmentGroundMeans.${value}`) }));
  return (
    <ActionDialog title={word("title")} words={word("words")} act={word("save")} form={form} fields={["ground", "basis", "told_on"]} onClose={onClose} testId="deny-dialog">
      <RadioGroup label={word("ground")} options={grounds} value={form.values.ground} onChange={(ground) => form.set({ ground })} error={form.wrong("ground")} required testId="deny-ground" />
      <TextOf form={form} name="basis" label={word("basis")} hint={word("basisHint")} required lines={3} testId="deny-basis" />
      <DateOf form={form} name="told_on" label={word("told_on")} required testId="deny-told" />
    </ActionDialog>
  );
}

/** A further person was told of an amendment. */
export function TellDialog({ row, onClose }: AmendmentDialogProps) {
  const { t } = useTranslation();
  const tell = useChange("compliance.tell_amendment", AMENDMENT_OLD);
  const word = (name: string) => t(`compliance.amendment.tellDialog.${name}`);
  const form = useTyped({
    screen: `/accountings#tell-${row.amendment}`,
    initial: { name: "", told_on: todayCivil() },
    labelOf: () => "",
    fieldOf: (path) => path.replace(/^person\./u, ""),
    send: async ({ name, told_on }) => {
      await tell.mutateAsync({ input: { amendment: row.amendment, person: { name: name.trim(), told_on } } });
      toast(word("done"));
      onClose();
    },
  });
  return (
    <ActionDialog title={word("title")} words={word("words")} act={word("save")} form={form} fields={["name", "told_on"]} onClose={onClose} testId="tell-dialog">
      <TextOf form={form} name="name" label={word("name")} required autoFocus testId="tell-name" />
      <DateOf form={form} name="told_on" label={word("told_on")} required testId="tell-on" />
    </ActionDialog>
  );
}

/** The patient's statement against the denial, word for word. */
export function DisagreeDialog({ row, onClose }: AmendmentDialogProps) {
  const { t } = useTranslation();
  const state = useChange("compliance.state_disagreement", AMENDMENT_OLD);
  const word = (name: string) => t(`compliance.amendment.disagreeDialog.${name}`);
  const form = useTyped({
    screen: `/accountings#disagree-${row.amendment}`,
    initial: { text: "", received_on: todayCivil() },
    labelOf: () => "",
    send: async ({ text, received_on }) => {
      await state.mutateAsync({ input: { amendment: row.amendment, text: text.trim(), received_on } });
      toast(word("done"));
      onClose();
    },
  });
  return (
    <ActionDialog title={word("title")} words={word("words")} act={word("save")} form={form} fields={["text", "received_on"]} onClose={onClose} testId="disagree-dialog">
      <TextOf form={form} name="text" label={word("text")} hint={word("textHint")} required autoFocus lines={5} testId="disagree-text" />
      <DateOf form={form} name="received_on" label={word("received_on")} required testId="disagree-on" />
    </ActionDialog>
  );
}

/** The patient wishes that request and denial go along with what is disclosed. */
export function AccompanyDialog({ row, onClose }: AmendmentDialogProps) {
  const { t } = useTranslation();
  const accompany = useChange("compliance.accompany_disclosures", AMENDMENT_OLD);
  const word = (name: string) => t(`compliance.amendment.accompanyDialog.${name}`);
  const form = useTyped({
    screen: `/accountings#accompany-${row.amendment}`,
    initial: { asked_on: todayCivil() },
    labelOf: () => "",
    send: async ({ asked_on }) => {
      await accompany.mutateAsync({ input: { amendment: row.amendment, asked_on } });
      toast(word("done"));
      onClose();
    },
  });
  return (
    <ActionDialog title={word("title")} words={word("words")} act={word("save")} form={form} fields={["asked_on"]} onClose={onClose} testId="accompany-dialog">
      <DateOf form={form} name="asked_on" label={word("asked_on")} required autoFocus testId="accompany-on" />
    </ActionDialog>
  );
}

/** The practice's answer to the statement; a copy of it goes to whoever made the statement. */
export function RebutDialog({ row, onClose }: AmendmentDialogProps) {
  const { t } = useTranslation();
  const rebut = useChange("compliance.rebut_disagreement", AMENDMENT_OLD);
  const word = (name: string) => t(`compliance.amendment.rebutDialog.${name}`);
  const form = useTyped({
    screen: `/accountings#rebut-${row.amendment}`,
    initial: { text: "", sent_on: todayCivil() },
    labelOf: () => "",
    send: async ({ text, sent_on }) => {
      await rebut.mutateAsync({ input: { amendment: row.amendment, text: text.trim(), sent_on } });
      toast(word("done"));
      onClose();
    },
  });
  return (
    <ActionDialog title={word("title")} words={word("words")} act={word("save")} form={form} fields={["text", "sent_on"]} onClose={onClose} testId="rebut-dialog">
      <TextOf form={form} name="text" label={word("text")} required autoFocus lines={5} testId="rebut-text" />
      <DateOf form={form} name="sent_on" label={word("sent_on")} required testId="rebut-on" />
    </ActionDialog>
  );
}
