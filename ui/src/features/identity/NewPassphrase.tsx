import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, type Output } from "../../bridge";
import { PassphraseField } from "../../kit";

type Advice = Output<"shell.passphrase_advice">;

export interface NewPassphraseProps {
  label?: string;
  value: string;
  onChange: (value: string) => void;
  /** Words a guesser would try first: the person's and the practice's own names. */
  hints: string[];
  error?: string | undefined;
  id?: string;
  testId?: string;
}

/** A passphrase to be, with advice from Rust as one types. There are no rules of composition, only strength. */
export function NewPassphrase({ label, value, onChange, hints, error, id, testId }: NewPassphraseProps) {
  const { t } = useTranslation();
  const advice = useAdvice(value, hints);
  return (
    <PassphraseField
      label={label ?? t("identity.passphrase.label")}
      value={value}
      onChange={onChange}
      autoComplete="new-password"
      error={error}
      {...(id ? { id } : {})}
      {...(testId ? { testId } : {})}
      required
      hint={t("identity.passphrase.hint")}
      meter={advice ? <Meter advice={advice} /> : null}
    />
  );
}

function Meter({ advice }: { advice: Advice }) {
  const { t } = useTranslation();
  return (
    <div className="id-meter" role="status" data-acceptable={advice.acceptable} data-testid="passphrase-advice">
      <meter min={0} max={4} value={advice.score} aria-hidden="true" />
      <span>
        {t(advice.acceptable ? "identity.passphrase.good" : "identity.passphrase.weak")}
        {advice.advice ? ` ${advice.advice}` : ""}
      </span>
    </div>
  );
}

function useAdvice(passphrase: string, hints: string[]): Advice | null {
  const [advice, setAdvice] = useState<Advice | null>(null);
  const joined = hints.join("\n");
  useEffect(() => {
    if (passphrase === "") {
      setAdvice(null);
      return undefined;
    }
    let wanted = true;
    const ask = async () => {
      try {
        const answer = await call("shell.passphrase_advice", { passphrase, hints: joined.split("\n").filter(Boolean) });
        if (wanted) setAdvice(answer);
      } catch {
        // Advice is only a hint; the operation itself refuses a weak passphrase.
        if (wanted) setAdvice(null);
      }
    };
    const timer = setTimeout(() => void ask(), 200);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [passphrase, joined]);
  return advice;
}
