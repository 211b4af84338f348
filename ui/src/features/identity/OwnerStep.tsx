import type { Translate } from "../../words";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Operations } from "../../bridge";

type Suite = Operations["identity.create_practice"]["input"]["suite"];
import { Banner, Button, ErrorSummary, KeyedForm, RadioGroup, TextField, type FieldProblem } from "../../kit";
import { NewPassphrase } from "./NewPassphrase";
import type { Attempt } from "./useAttempt";

export interface Owner {
  name: string;
  user_name: string;
  passphrase: string;
  suite: Suite;
}

export interface OwnerStepProps {
  owner: Owner;
  onChange: (owner: Owner) => void;
  practice: string;
  attempt: Attempt;
  onBack: () => void;
  onCreate: () => void;
}

const FIELDS = ["owner.name", "owner.user_name", "passphrase"];

export function OwnerStep({ owner, onChange, practice, attempt, onBack, onCreate }: OwnerStepProps) {
  const { t } = useTranslation();
  const [missing, setMissing] = useState<FieldProblem[]>([]);
  const [tries, setTries] = useState(0);
  const set = (change: Partial<Owner>) => onChange({ ...owner, ...change });
  const create = () => {
    const problems = missingOf(owner, t);
    setMissing(problems);
    setTries(tries + 1);
    if (problems.length === 0) onCreate();
  };
  const wordsFor = (id: string, ...paths: string[]) =>
    missing.find((one) => one.id === id)?.words ?? paths.map((path) => attempt.fieldWords(path)).find((words) => words !== undefined);
  const other = attempt.words([...FIELDS, "user_name", "name", "owner.name.family"]);
  return (
    <KeyedForm onSave={create} className="kw-stack" label={t("identity.setup.owner")}>
      <Top missing={missing} tries={tries} other={other} />
      <div className="id-pair">
        <TextField
          id="owner-name"
          label={t("identity.owner.name")}
          hint={t("identity.owner.nameHint")}
          value={owner.name}
          onChange={(name) => set({ name })}
          autoComplete="name"
          autoFocus
          required
          error={wordsFor("owner-name", "owner.name", "owner.name.family", "name")}
          testId="owner-name"
        />
        <TextField
          id="owner-user-name"
          label={t("identity.owner.userName")}
          hint={t("identity.owner.userNameHint")}
          value={owner.user_name}
          onChange={(name) => set({ user_name: name })}
          autoComplete="username"
          required
          error={wordsFor("owner-user-name", "owner.user_name", "user_name")}
          testId="owner-user-name"
        />
      </div>
      <NewPassphrase
        id="owner-passphrase"
        value={owner.passphrase}
        onChange={(passphrase) => set({ passphrase })}
        hints={[owner.name, owner.user_name, practice]}
        error={wordsFor("owner-passphrase", "passphrase")}
        testId="owner-passphrase"
      />
      <Advanced suite={owner.suite} onChange={(suite) => set({ suite })} />
      <div className="kw-row">
        <Button variant="primary" tall type="submit" isDisabled={attempt.busy} testId="setup-create">
          {t(attempt.busy ? "identity.owner.creating" : "identity.owner.create")}
        </Button>
        <Button variant="quiet" tall onPress={onBack} isDisabled={attempt.busy} testId="setup-back">{t("common.back")}</Button>
      </div>
    </KeyedForm>
  );
}

function Top({ missing, tries, other }: { missing: FieldProblem[]; tries: number; other: string | null }) {
  const { t } = useTranslation();
  return (
    <>
      <p>{t("identity.owner.why")}</p>
      <ErrorSummary problems={missing} attempt={tries} />
      {other ? <Banner tone="danger" testId="setup-refused">{other}</Banner> : null}
    </>
  );
}

function Advanced({ suite, onChange }: { suite: Suite; onChange: (suite: Suite) => void }) {
  const { t } = useTranslation();
  return (
    <details className="id-advanced">
      <summary data-testid="setup-advanced">{t("identity.owner.advanced")}</summary>
      <RadioGroup
        label={t("identity.owner.suite")}
        value={suite}
        onChange={(next) => onChange(next as Suite)}
        testId="owner-suite"
        options={[
          { value: "xchacha20-poly1305", label: t("identity.owner.suiteXchacha"), hint: t("identity.owner.suiteXchachaHint") },
          { value: "aes-256-gcm", label: t("identity.owner.suiteAes"), hint: t("identity.owner.suiteAesHint") },
        ]}
      />
    </details>
  );
}

function missingOf(owner: Owner, t: Translate): FieldProblem[] {
  const checks: [string, string, boolean, string][] = [
    ["owner-name", t("identity.owner.name"), owner.name.trim() === "", t("identity.owner.nameNeeded")],
    ["owner-user-name", t("identity.owner.userName"), owner.user_name.trim() === "", t("identity.owner.userNameNeeded")],
    ["owner-passphrase", t("identity.passphrase.label"), [...owner.passphrase].length < 8, t("identity.passphrase.tooShort")],
  ];
  return checks.filter(([, , wrong]) => wrong).map(([id, label, , words]) => ({ id, label, words }));
}
