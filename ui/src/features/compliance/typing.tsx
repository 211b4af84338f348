import { useTranslation } from "react-i18next";
import { failureOf } from "../../bridge";
import { Button, useGo, useTypedForm, type Typed, type TypedOptions } from "../../kit";

export { DateOf, SelectOf, TextOf, Unready, orNull, type Typed } from "../../kit";

/** A form that stands on a screen of its own, to which whoever wants back what was thrown away is taken. */
export function useTyped<T extends object>(options: Omit<TypedOptions<T>, "failureOf" | "discarded" | "reopen">): Typed<T> {
  const { t } = useTranslation();
  const { go } = useGo();
  const reopen = () => go(options.screen.split("#")[0] ?? options.screen);
  return useTypedForm({ ...options, failureOf, discarded: t("compliance.discarded"), reopen });
}

/** The foot of a long form: save, leave, and how the keys go. */
export function FormFoot({ words, busy, keys, onCancel }: { words: string; busy: boolean; keys: string; onCancel: () => void }) {
  const { t } = useTranslation();
  return (
    <footer className="cp-form-foot">
      <Button variant="primary" tall shortcut="Ctrl Enter" type="submit" isDisabled={busy} testId="form-save">{words}</Button>
      <Button variant="quiet" tall onPress={onCancel} testId="form-cancel">{t("common.cancel")}</Button>
      <span className="kw-grow" />
      <span className="kw-sub cp-foot-hint">{keys}</span>
    </footer>
  );
}

export function Section({ title, hint, children }: { title: string; hint?: string; children: React.ReactNode }) {
  return (
    <section className="cp-section" aria-label={title}>
      <header>
        <h2>{title}</h2>
        {hint ? <p className="kw-hint">{hint}</p> : null}
      </header>
      <div className="cp-section-body">{children}</div>
    </section>
  );
}
