import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAnswer, useMay } from "../../bridge";
import { Button, Checkbox, ComboBox, ErrorSummary, KeyedForm, Progress, TextField, fieldId, toast, useGo, waitingDrafts } from "../../kit";
import { clockTyped } from "./clock";
import { setUpFirstHour, type Made } from "./firstHour";
import { ClockOf, SETUP_SCREEN, Unready, TextOf, minuteOf, orNull, useSetupForm, wholeOf, type Typed } from "./setupForm";

interface FirstTyped {
  site: string;
  staff: string;
  person: string;
  license: string;
  room: string;
  opens: string;
  lunch: string;
  back: string;
  closes: string;
  services: { label: string; minutes: string; room: boolean; on: boolean }[];
  /** What stands already, where it was stopped on the way: kept with what is typed, so that neither a lock nor another screen makes it a second time. */
  made: Made;
}

/** What the draft of this page is called. */
const FIRST = "first";

/** Whether the page was left half done: by then some of it stands, and the rest is still to be made. */
export function isFirstHourWaiting(): boolean {
  return waitingDrafts.get().some((one) => one.screen === `${SETUP_SCREEN}#${FIRST}`);
}

const NOTHING: Made = { rules: [], products: [] };

type Part = { form: Typed<FirstTyped> };

/** Holds what is typed, and sets everything up once it is sent. */
function useFirstHour(onAgain: () => void) {
  const { t } = useTranslation();
  const { go } = useGo();
  const cache = useQueryClient();
  const practice = useAnswer("identity.practice", {});
  const [step, setStep] = useState<readonly [number, number] | null>(null);
  const usual = (name: string, minutes: number, room: boolean) => ({ label: t(`scheduling.first.usual.${name}`), minutes: String(minutes), room, on: true });
  // A refusal is met in the middle of a run, when what stands by then is not drawn yet.
  const latest = useRef<Made>(NOTHING);
  const form: Typed<FirstTyped> = useSetupForm<FirstTyped>({
    about: FIRST,
    initial: { site: "", staff: "", person: "", license: "", room: t("scheduling.first.roomName"), opens: clockTyped(540), lunch: clockTyped(720), back: clockTyped(780), closes: clockTyped(1_020), services: [usual("followUp", 30, false), usual("newPatient", 45, true), usual("annual", 45, true)], made: NOTHING },
    reopen: onAgain,
    fieldOf: (path) => (path === "name" ? nameField(latest.current) : path),
    send: async (typed) => {
      const name = typed.site.trim() || (practice.data?.name ?? "");
      const address = practice.data?.address ? [...practice.data.address.lines, practice.data.address.city].join(", ") : "";
      const wishes = { site: { name, address }, person: { name: typed.person.trim(), staff: orNull(typed.staff), license: typed.license.trim() }, room: typed.room.trim(), roomNote: t("scheduling.first.roomNote"), hours: hoursOf(typed, t("scheduling.setup.clockWords")), service: t("scheduling.first.service"), services: servicesOf(typed, t("scheduling.setup.wholeNumber")) };
      if (wishes.person.name === "") throw new Unready("person", t("scheduling.first.personNeeded"));
      latest.current = typed.made;
      try {
        await setUpFirstHour(wishes, structuredClone(typed.made), (done, of, made) => {
          setStep([done, of]);
          latest.current = made;
          form.set({ made });
        });
      } catch (thrown) {
        setStep(null);
        throw thrown;
      }
      toast(t("scheduling.first.done"));
      await cache.invalidateQueries({ queryKey: ["scheduling.setup"] });
      go("/day");
    },
  });
  return { form, step, practice: practice.data?.name ?? "" };
}

/** All that a first booking needs, on one page: a site, a person, a room, hours and three usual services. */
export function FirstHour({ onOwn, onAgain }: { onOwn: () => void; onAgain: () => void }) {
  const { t } = useTranslation();
  const { form, step, practice } = useFirstHour(onAgain);
  const own = () => {
    form.discard();
    onOwn();
  };
  return (
    <KeyedForm onSave={form.save} className="kw-scroll" label={t("scheduling.first.title")} testId="first-hour">
      <div className="sc-first">
        <header>
          <h2>{t("scheduling.first.title")}</h2>
          <p className="kw-quiet">{t("scheduling.first.words")}</p>
        </header>
        <ErrorSummary problems={form.problems} attempt={form.attempt} />
        <Where form={form} practice={practice} />
        <WhenOpen form={form} />
        <What form={form} />
        {step ? <Progress label={t("scheduling.first.title")} phase={t("scheduling.first.running")} done={step[0]} total={step[1]} /> : null}
        <div className="kw-row">
          <Button variant="primary" tall shortcut="Ctrl Enter" type="submit" isDisabled={form.busy} testId="first-save">{t("scheduling.first.save")}</Button>
          <Button variant="quiet" tall onPress={own} testId="first-own">{t("scheduling.first.own")}</Button>
        </div>
      </div>
    </KeyedForm>
  );
}

/** Whose name was refused: what is made next. */
function nameField(made: Made): string {
  if (made.site === undefined) return "site";
  return made.person === undefined ? "person" : "room";
}

function hoursOf(typed: FirstTyped, words: string): (readonly [number, number])[] {
  const at = (field: "opens" | "lunch" | "back" | "closes") => minuteOf(typed[field], field, words);
  return typed.lunch.trim() === "" ? [[at("opens"), at("closes")]] : [[at("opens"), at("lunch")], [at("back"), at("closes")]];
}

function servicesOf(typed: FirstTyped, words: string) {
  return typed.services.filter((one) => one.on).map((one, place) => ({ label: one.label.trim(), minutes: wholeOf(one.minutes, `service-${place}`, words), room: one.room }));
}

function Where({ form, practice }: Part & { practice: string }) {
  const { t } = useTranslation();
  const may = useMay();
  const staff = useAnswer("identity.staff", {}, { enabled: may("identity.staff") });
  const rows = (staff.data?.rows ?? []).filter((one) => one.status === "active");
  const pick = (id: string) => form.set({ staff: id, person: rows.find((one) => one.staff === id)?.display_name ?? "" });
  return (
    <section className="sc-first-part" aria-label={t("scheduling.first.who")}>
      <h3>{t("scheduling.first.who")}</h3>
      <div className="sc-first-who">
        {rows.length > 0 ? <ComboBox label={t("scheduling.first.staff")} options={rows.map((one) => ({ value: one.staff, label: one.display_name }))} value={form.values.staff} onChange={pick} testId="first-staff" /> : null}
        <TextOf form={form} name="person" label={t("scheduling.first.person")} required testId="first-person" />
        <TextOf form={form} name="license" label={t("scheduling.setup.field.license_number")} mono testId="first-license" />
        <TextOf form={form} name="room" label={t("scheduling.first.room")} required testId="first-room" />
        <TextOf form={form} name="site" label={t("scheduling.first.site")} hint={t("scheduling.first.siteHint")} placeholder={practice} testId="first-site" />
      </div>
    </section>
  );
}

function WhenOpen({ form }: Part) {
  const { t } = useTranslation();
  return (
    <section className="sc-first-part" aria-label={t("scheduling.first.when")}>
      <h3>{t("scheduling.first.when")}</h3>
      <div className="sc-four">
        <ClockOf form={form} name="opens" label={t("scheduling.first.opens")} required testId="first-opens" />
        <ClockOf form={form} name="lunch" label={t("scheduling.first.lunch")} hint={t("scheduling.first.lunchHint")} testId="first-lunch" />
        <ClockOf form={form} name="back" label={t("scheduling.first.back")} testId="first-back" />
        <ClockOf form={form} name="closes" label={t("scheduling.first.closes")} required testId="first-closes" />
      </div>
    </section>
  );
}

function What({ form }: Part) {
  const { t } = useTranslation();
  const { services } = form.values;
  const change = (place: number, next: Partial<FirstTyped["services"][number]>) => form.set({ services: services.map((one, index) => (index === place ? { ...one, ...next } : one)) });
  return (
    <section className="sc-first-part" aria-label={t("scheduling.first.what")}>
      <h3>{t("scheduling.first.what")}</h3>
      {services.map((one, place) => (
        // The three stay where they are.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={place} className="sc-usual">
          <Checkbox label={<span className="kw-hidden">{one.label}</span>} value={one.on} onChange={(on) => change(place, { on })} testId={`first-service-${place}-on`} />
          <TextField label={t("scheduling.setup.field.productLabel")} hiddenLabel={place > 0} value={one.label} onChange={(label) => change(place, { label })} disabled={!one.on} testId={`first-service-${place}`} />
          <TextField label={t("scheduling.setup.field.minutes")} hiddenLabel={place > 0} value={one.minutes} onChange={(minutes) => change(place, { minutes })} disabled={!one.on} inputMode="numeric" id={fieldId(`service-${place}`)} error={form.wrong(`service-${place}`)} testId={`first-service-${place}-minutes`} />
          <span className="kw-sub">{t(one.room ? "scheduling.first.withRoom" : "scheduling.first.withoutRoom")}</span>
        </div>
      ))}
    </section>
  );
}
