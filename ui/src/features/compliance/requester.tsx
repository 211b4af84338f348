import { useTranslation } from "react-i18next";
import type { Requester } from "../../bridge";
import { Button, RadioGroup } from "../../kit";
import type { Translate } from "../../words";
import { Suggestions } from "./DisclosureFields";
import { Section, TextOf, type Typed } from "./typing";

/** Who asks, as it is typed. */
export interface RequesterTyped {
  asks: string;
  name: string;
  relation: string;
  verification: string;
}

export const NO_REQUESTER: RequesterTyped = { asks: "patient", name: "", relation: "", verification: "" };

export function requesterOf(typed: RequesterTyped): Requester {
  const representative = typed.asks === "patient" ? null : { name: typed.name.trim(), relation: typed.relation.trim() };
  return { representative, verification: typed.verification.trim() };
}

/** The field of a form for a path in a refusal. */
export function requesterField(path: string): string {
  return path.replace(/^requester\.(?:representative\.)?/u, "");
}

/** Who asked, in a few words. */
export function askedBy(requester: Requester, t: Translate): string {
  return requester.representative ? t("compliance.requester.by", { ...requester.representative }) : t("compliance.requester.byPatient");
}

export function RequesterSection<T extends RequesterTyped>({ form }: { form: Typed<T> }) {
  const { t } = useTranslation();
  const field = (name: string) => t(`compliance.requester.field.${name}`);
  const who = (["patient", "representative"] as const).map((value) => ({ value, label: t(`compliance.requester.${value}`) }));
  return (
    <Section title={t("compliance.requester.title")} hint={t("compliance.requester.hint")}>
      <RadioGroup label={field("asks")} row options={who} value={form.values.asks} onChange={(asks) => form.set({ asks } as Partial<T>)} testId="request-asks" />
      {form.values.asks === "patient" ? null : (
        <div className="cp-two">
          <TextOf form={form} name="name" label={field("name")} required testId="request-name" />
          <TextOf form={form} name="relation" label={field("relation")} hint={t("compliance.requester.relationHint")} required testId="request-relation" />
        </div>
      )}
      <TextOf form={form} name="verification" label={field("verification")} required testId="request-verification" />
      <Suggestions onTake={(verification) => form.set({ verification } as Partial<T>)} />
    </Section>
  );
}

export interface Chip {
  id: string;
  words: string;
  take: () => void;
}

/** What is written most often, one press away; anything else is typed. */
export function Chips({ chips, testId }: { chips: readonly Chip[]; testId: string }) {
  const { t } = useTranslation();
  return (
    <div className="cp-suggestions" role="group" aria-label={t("compliance.disclosure.suggest")}>
      {chips.map((chip) => <Button key={chip.id} className="cp-suggestion" onPress={chip.take} testId={`${testId}-${chip.id}`}>{chip.words}</Button>)}
    </div>
  );
}
