import { Check } from "lucide-react";
import { useEffect, useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Brand } from "../../kit";

/** The steps at the left, the one in hand at the right. Focus goes to the title of each new step. */
export function WizardFrame({ step, steps, children }: { step: string; steps: readonly string[]; children: ReactNode }) {
  const { t } = useTranslation();
  const title = useRef<HTMLHeadingElement>(null);
  const at = steps.indexOf(step);
  useEffect(() => {
    if (document.activeElement === document.body || document.activeElement === null) title.current?.focus();
  }, [step]);
  return (
    <div className="id-wizard">
      <aside className="id-wizard-side">
        <Brand large />
        <ol className="id-steps" aria-label={t("identity.setup.steps")}>
          {steps.map((one, index) => (
            <li key={one} data-state={index < at ? "past" : index === at ? "here" : "later"} aria-current={index === at ? "step" : undefined}>
              <span className="id-step-sign" aria-hidden="true">{index < at ? <Check size={12} strokeWidth={3} /> : index + 1}</span>
              {t(`identity.setup.${one}`)}
            </li>
          ))}
        </ol>
        <p className="kw-sub">{t("identity.setup.promise")}</p>
      </aside>
      <main className="id-wizard-main">
        <div className="id-wizard-column" data-testid={`setup-step-${step}`}>
          <h1 ref={title} tabIndex={-1}>{t(`identity.setup.${step}Title`)}</h1>
          {children}
        </div>
      </main>
    </div>
  );
}
