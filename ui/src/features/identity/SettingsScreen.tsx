import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { useState, useSyncExternalStore } from "react";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { call, failureOf, onPreferences, prefer, preferences, useAnswer, useChange, useMay, useSession, type Density, type Language, type PracticeDetails, type RecoveryKit, type SecondFactor, type Theme } from "../../bridge";
import { Banner, Button, Dialog, ErrorSummary, Failed, KeyedForm, PassphraseField, RadioGroup, TabSet, fieldId, toast, useDraft, useGo } from "../../kit";
import { failureWords } from "../../words";
import { NewFactor, NewKit } from "./FinishSetup";
import { KeysPage } from "./KeysPage";
import { NewPassphrase } from "./NewPassphrase";
import { Offer } from "./Offer";
import { fromPractice, practiceField, practiceHints, toPractice, type PracticeForm } from "./practice";
import { PracticeFields } from "./PracticeFields";
import { RecoveryKitSheet, TypeBackWords } from "./RecoveryKitSheet";
import { SupportText } from "./SupportText";
import { SecondFactorSteps } from "./SecondFactorSteps";
import { useAttempt } from "./useAttempt";

export function SettingsScreen({ version, start = "look" }: { version: string; start?: string }) {
  const { t } = useTranslation();
  const may = useMay();
  const [tab, setTab] = useState(start);
  const items = [
    { id: "look", label: t("identity.settings.look"), content: <Look /> },
    { id: "me", label: t("identity.settings.me"), content: <Me /> },
    ...(may("identity.practice") ? [{ id: "practice", label: t("identity.settings.practice"), content: <Practice /> }] : []),
    ...(may("identity.key_status") ? [{ id: "keys", label: t("identity.keys.title"), content: <KeysPage /> }] : []),
    { id: "help", label: t("identity.support.help"), content: <div className="settings-help"><SupportText /></div> },
    { id: "about", label: t("identity.settings.about"), content: <About version={version} /> },
  ];
  return (
    <div className="screen">
      <div className="screen-bar screen-bar-plain"><h1>{t("identity.settings.title")}</h1></div>
      <TabSet label={t("identity.settings.title")} items={items} selected={tab} onSelect={setTab} />
    </div>
  );
}

function Look() {
  const { t } = useTranslation();
  const now = useSyncExternalStore(onPreferences, preferences);
  const options = (names: readonly string[], part: string) => names.map((value) => ({ value, label: t(`identity.settings.${part}.${value}`) }));
  return (
    <div className="settings-page kw-stack">
      <RadioGroup label={t("identity.settings.themeLabel")} options={options(["system", "light", "dark", "contrast"], "theme")} value={now.theme} onChange={(theme) => prefer({ theme: theme as Theme })} testId="theme" />
      <RadioGroup label={t("identity.settings.densityLabel")} options={options(["comfortable", "compact"], "density")} value={now.density} onChange={(density) => prefer({ density: density as Density })} testId="density" />
      <RadioGroup label={t("identity.settings.languageLabel")} options={options(["en-US", "es-US"], "language")} value={now.language} onChange={(language) => prefer({ language: language as Language })} testId="language" />
      <p className="kw-hint">{t("identity.settings.zoom")}</p>
    </div>
  );
}

type Doing = "passphrase" | "factor" | "kit" | null;

function Me() {
  const { t } = useTranslation();
  const may = useMay();
  const session = useSession();
  const [doing, setDoing] = useState<Doing>(null);
  const close = () => setDoing(null);
  return (
    <div className="settings-page kw-stack">
      <dl className="kw-kv">
        <dt>{t("identity.settings.signedInAs")}</dt><dd>{session.display_name}</dd>
        <dt>{t("identity.signIn.userName")}</dt><dd className="kw-mono">{session.user_name}</dd>
        <dt>{t("identity.staff.roles")}</dt><dd>{session.roles.map((role) => t(`common.role.${role}`)).join(", ")}</dd>
      </dl>
      <Offer words={t("identity.settings.passphraseWords")} label={t("identity.settings.passphrase")} onPress={() => setDoing("passphrase")} testId="settings-passphrase" />
      <Offer words={t("identity.settings.factorWords")} label={t("identity.settings.factor")} onPress={() => setDoing("factor")} testId="settings-factor" />
      {may("identity.new_recovery_kit") ? <Offer words={t("identity.settings.kitWords")} label={t("identity.settings.kit")} onPress={() => setDoing("kit")} testId="settings-kit" /> : null}
      <ChangePassphrase isOpen={doing === "passphrase"} onClose={close} />
      <Dialog title={t("identity.settings.factor")} isOpen={doing === "factor"} onClose={close} wide><Factor onDone={close} /></Dialog>
      <Dialog title={t("identity.settings.kit")} isOpen={doing === "kit"} onClose={close} wide><Kit onDone={close} /></Dialog>
    </div>
  );
}

function ChangePassphrase({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const session = useSession();
  const attempt = useAttempt();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const close = () => {
    setCurrent("");
    setNext("");
    attempt.clear();
    onClose();
  };
  const save = () =>
    attempt.run(async () => {
      await call("identity.change_passphrase", { current, new: next });
      toast(t("identity.settings.passphraseChanged"));
      close();
    });
  const wrong = attempt.words(["current", "new"]);
  return (
    <Dialog title={t("identity.settings.passphrase")} isOpen={isOpen} onClose={close}>
      <KeyedForm onSave={() => void save()} enterSaves className="kw-stack" label={t("identity.settings.passphrase")}>
        {wrong ? <Banner tone="danger">{wrong}</Banner> : null}
        <PassphraseField label={t("identity.passphrase.current")} value={current} onChange={setCurrent} autoFocus error={attempt.fieldWords("current")} />
        <NewPassphrase label={t("identity.passphrase.new")} value={next} onChange={setNext} hints={[session.display_name, session.user_name]} error={attempt.fieldWords("new")} />
        <div><Button variant="primary" type="submit" isDisabled={attempt.busy || current === "" || next === ""}>{t("identity.settings.passphrase")}</Button></div>
      </KeyedForm>
    </Dialog>
  );
}

function Factor({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const [factor, setFactor] = useState<SecondFactor | null>(null);
  const done = () => {
    toast(t("identity.settings.factorChanged"));
    onDone();
  };
  return factor ? <SecondFactorSteps factor={factor} onConfirmed={done} /> : <NewFactor onMade={setFactor} />;
}

function Kit({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const [kit, setKit] = useState<RecoveryKit | null>(null);
  const [typing, setTyping] = useState(false);
  const practice = useAnswer("shell.status", {}).data?.practice_name ?? "";
  const done = () => {
    toast(t("identity.settings.kitChanged"));
    onDone();
  };
  if (!kit) return <NewKit onMade={setKit} />;
  return typing ? <TypeBackWords count={kit.words.length} onConfirmed={done} onBack={() => setTyping(false)} /> : <RecoveryKitSheet kit={kit} practice={practice} onNext={() => setTyping(true)} />;
}

function Practice() {
  const practice = useAnswer("identity.practice", {});
  if (practice.error) return <Failed failure={failureOf(practice.error)} />;
  return practice.data ? <PracticeEditor practice={practice.data} /> : null;
}

function PracticeEditor({ practice }: { practice: PracticeDetails }) {
  const { t } = useTranslation();
  const may = useMay();
  const attempt = useAttempt();
  const change = useChange("identity.change_practice", ["identity.practice", "shell.status"]);
  const form = useForm<PracticeForm>({ defaultValues: fromPractice(practice), resolver: standardSchemaResolver(practiceHints) as never, mode: "onBlur", reValidateMode: "onBlur", shouldFocusError: false });
  const { isDirty, errors, submitCount } = form.formState;
  const settle = useDraft("/settings#practice", () => (isDirty ? JSON.stringify(form.getValues()) : null), (content) => form.reset(JSON.parse(content) as PracticeForm, { keepDefaultValues: true }));
  const save = form.handleSubmit((values) =>
    attempt.run(async () => {
      try {
        await change.mutateAsync({ input: toPractice(values) });
        form.reset(values);
        settle();
        toast(t("common.saved"));
      } catch (thrown) {
        const failure = failureOf(thrown);
        const field = failure.kind === "refused" && failure.field ? practiceField(failure.field) : null;
        if (field === null) throw thrown;
        form.setError(field, { message: failureWords(failure) });
      }
    }),
  );
  const problems = Object.entries(errors).flatMap(([name, error]) => {
    const message = (error as { message?: string }).message;
    return message && submitCount > 0 ? [{ id: fieldId(name), label: "", words: t(message, { defaultValue: message }) }] : [];
  });
  const wrong = attempt.words([]);
  return (
    <div className="kw-scroll">
      <KeyedForm onSave={() => void save()} className="settings-page kw-stack" label={t("identity.settings.practice")}>
        <ErrorSummary problems={problems} attempt={submitCount} />
        {wrong ? <Banner tone="danger">{wrong}</Banner> : null}
        <PracticeFields control={form.control} settings />
        {may("identity.change_practice") ? (
          <div><Button variant="primary" type="submit" shortcut="Ctrl Enter" isDisabled={!isDirty || attempt.busy} testId="practice-save">{t("common.save")}</Button></div>
        ) : (
          <Banner tone="info">{t("identity.settings.readOnly")}</Banner>
        )}
      </KeyedForm>
      {may("exchange.decommission") ? <EndOffer /> : null}
    </div>
  );
}

/** The last thing anybody does here, so it stands last and draws no eye. */
function EndOffer() {
  const { t } = useTranslation();
  const { go } = useGo();
  return (
    <div className="settings-last">
      <Offer label={t("identity.settings.end")} words={t("identity.settings.endWords")} act={t("identity.settings.endOpen")} onPress={() => go("/settings/end")} testId="settings-end" />
    </div>
  );
}

function About({ version }: { version: string }) {
  const { t } = useTranslation();
  const status = useAnswer("shell.status", {});
  return (
    <div className="settings-page kw-stack">
      <dl className="kw-kv">
        <dt>{t("identity.settings.version")}</dt><dd className="kw-mono" data-testid="about-version">{version}</dd>
        <dt>{t("identity.settings.vault")}</dt><dd className="kw-mono">{status.data?.vault_id ?? ""}</dd>
        <dt>{t("identity.settings.keychain")}</dt><dd>{status.data ? t(`identity.settings.keychainIs.${status.data.keychain}`) : ""}</dd>
        <dt>{t("identity.settings.timeZones")}</dt><dd className="kw-mono" data-testid="about-time-zones">{status.data?.time_zones ?? ""}</dd>
        <dt>{t("identity.settings.licence")}</dt><dd>Apache-2.0 OR MIT</dd>
      </dl>
      <p className="kw-quiet">{t("identity.settings.aboutWords")}</p>
    </div>
  );
}
