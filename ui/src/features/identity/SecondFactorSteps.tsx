import { Printer } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, type SecondFactor } from "../../bridge";
import { Banner, Button, Checkbox, CodeField, KeyedForm, SvgImage } from "../../kit";
import { useAttempt } from "./useAttempt";

/** Shows the secret and the recovery codes once, and asks for a code to prove that the authenticator works. */
export function SecondFactorSteps({ factor, onConfirmed }: { factor: SecondFactor; onConfirmed: () => void }) {
  const { t } = useTranslation();
  const attempt = useAttempt();
  const [code, setCode] = useState("");
  const [kept, setKept] = useState(false);
  const confirm = () =>
    attempt.run(async () => {
      await call("identity.confirm_second_factor", { code });
      onConfirmed();
    });
  return (
    <KeyedForm onSave={() => void confirm()} enterSaves className="kw-stack" label={t("identity.factor.title")}>
      <p>{t("identity.factor.why")}</p>
      <div className="id-factor">
        <SvgImage svg={factor.qr_svg} alt={t("identity.factor.qr")} size={176} />
        <div className="kw-tight">
          <h2>{t("identity.factor.scan")}</h2>
          <p className="kw-quiet">{t("identity.factor.orType")}</p>
          <span className="kw-mono id-key" data-testid="factor-secret">{grouped(factor.secret)}</span>
        </div>
      </div>
      <section className="id-sheet" aria-label={t("identity.factor.codesTitle")}>
        <header>
          <h2>{t("identity.factor.codesTitle")}</h2>
          <Button variant="quiet" icon={<Printer size={14} aria-hidden="true" />} onPress={() => void call("shell.print", {})}>{t("common.print")}</Button>
        </header>
        <ol className="id-codes" data-testid="factor-recovery-codes">
          {factor.recovery_codes.map((one) => (
            <li key={one} className="kw-mono">{one}</li>
          ))}
        </ol>
        <p className="kw-hint">{t("identity.factor.codesHint")}</p>
      </section>
      <Checkbox label={t("identity.factor.kept")} value={kept} onChange={setKept} testId="factor-kept" />
      <CodeField
        label={t("identity.factor.code")}
        value={code}
        onChange={setCode}
        error={attempt.fieldWords("code") ?? attempt.words([]) ?? undefined}
        id="factor-code"
        testId="factor-code"
      />
      {kept ? null : <Banner tone="info">{t("identity.factor.keepFirst")}</Banner>}
      <div className="kw-row">
        <Button variant="primary" tall type="submit" isDisabled={attempt.busy || !kept || code.length < 6} testId="factor-confirm">{t("identity.factor.confirm")}</Button>
      </div>
    </KeyedForm>
  );
}

/** Splits a long secret into fours, as one reads it out. */
export function grouped(secret: string): string {
  return secret.replace(/\s+/g, "").replace(/(.{4})(?=.)/g, "$1 ");
}
