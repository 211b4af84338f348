import { useTranslation } from "react-i18next";
import { useChange, type CalendarView, type KeepRule, type RuleKind, type RuleView, type SetupView } from "../../bridge";
import { Checkbox, FieldGroup, toast } from "../../kit";
import { todayCivil } from "../../words";
import { DAY_ENDS, clockTyped } from "./clock";
import { CheckOf, ClockOf, DateOf, FormFlyout, SelectOf, TextOf, minuteOf, orNull, useSetupForm, wholeOf, type Typed } from "./setupForm";
import { WeekdayToggles } from "./WeekdayToggles";

interface RuleTyped {
  label: string;
  weekdays: number[];
  every: string;
  from: string;
  until: string;
  from_minute: string;
  to_minute: string;
  whole: boolean;
  products: string[];
  capacity: string;
  everybody: boolean;
}

/** What repeats by the week; the others are stretches of days. */
const BY_WEEK: ReadonlySet<RuleKind> = new Set(["open", "closed", "maintenance"]);

function typedOf(kind: RuleKind, row: RuleView | null): RuleTyped {
  const open = kind === "open";
  return {
    label: row?.label ?? "",
    weekdays: row?.weekdays ?? (open ? [1, 2, 3, 4, 5] : []),
    every: String(row?.every_weeks ?? 1),
    from: row?.from ?? todayCivil(),
    until: row ? (row.until ?? "") : open || kind === "closed" ? "" : todayCivil(),
    from_minute: clockTyped(row?.from_minute ?? (open ? 540 : 720)),
    to_minute: clockTyped(row?.to_minute ?? (open ? 1_020 : 780)),
    whole: row ? row.from_minute === 0 && row.to_minute === DAY_ENDS : kind === "time_off" || kind === "holiday",
    products: row?.products ?? [],
    capacity: row?.capacity ? String(row.capacity) : "",
    everybody: row === null && kind === "holiday",
  };
}

interface RuleFormProps {
  setup: SetupView;
  calendar: CalendarView;
  kind: RuleKind;
  row: RuleView | null;
  onClose: () => void;
  reopen: () => void;
}

/** One rule of a calendar: hours of the week, or a stretch of days on which they do not hold. */
export function RuleForm({ setup, calendar, kind, row, onClose, reopen }: RuleFormProps) {
  const { t } = useTranslation();
  const keep = useChange("scheduling.keep_rule", ["scheduling.setup", "scheduling.day"]);
  const form = useSetupForm<RuleTyped>({
    about: `hours:${calendar.calendar}-${row?.rule ?? kind}`,
    initial: typedOf(kind, row),
    reopen,
    fieldOf: (path) => ({ every_weeks: "every" })[path] ?? path,
    send: async (typed) => {
      const clock = (field: "from_minute" | "to_minute") => minuteOf(typed[field], field, t("scheduling.setup.clockWords"));
      const [from_minute, to_minute] = typed.whole ? [0, DAY_ENDS] : [clock("from_minute"), clock("to_minute")];
      const capacity = typed.capacity.trim() === "" ? null : wholeOf(typed.capacity, "capacity", t("scheduling.setup.wholeNumber"));
      const same: Omit<KeepRule, "calendar" | "rule"> = { kind, label: typed.label.trim(), weekdays: BY_WEEK.has(kind) ? typed.weekdays : [], every_weeks: Number(typed.every), from: typed.from, until: orNull(typed.until), from_minute, to_minute, products: typed.products, capacity };
      const calendars = typed.everybody ? setup.calendars.map((one) => one.calendar) : [calendar.calendar];
      // One after the other: where one is refused, those before it stand and the words say what is wrong.
      // oxlint-disable-next-line no-await-in-loop
      for (const one of calendars) await keep.mutateAsync({ input: { ...same, calendar: one, ...(row ? { rule: row.rule } : {}) } });
      toast(t(typed.everybody ? "scheduling.setup.ruleKeptAll" : "scheduling.setup.kept", { name: calendar.name }));
      onClose();
    },
  });
  return (
    <FormFlyout title={t(`scheduling.setup.${row ? "rule" : "addRule"}.${kind}`)} sub={calendar.name} form={form} onClose={onClose} testId="rule-form">
      <TextOf form={form} name="label" label={t("scheduling.setup.field.label")} hint={t(`scheduling.setup.hint.label.${kind}`)} testId="rule-label" />
      {BY_WEEK.has(kind) ? <WeekdayToggles label={t("scheduling.setup.field.weekdays")} value={form.values.weekdays} onChange={(weekdays) => form.set({ weekdays })} hint={t("scheduling.setup.hint.weekdays")} testId="rule-weekdays" /> : null}
      {kind === "open" ? null : <CheckOf form={form} name="whole" label={t("scheduling.setup.field.whole")} testId="rule-whole" />}
      {form.values.whole ? null : (
        <div className="sc-two">
          <ClockOf form={form} name="from_minute" label={t("scheduling.setup.field.from_minute")} required testId="rule-from-minute" />
          <ClockOf form={form} name="to_minute" label={t("scheduling.setup.field.to_minute")} required testId="rule-to-minute" />
        </div>
      )}
      {BY_WEEK.has(kind) ? <SelectOf form={form} name="every" label={t("scheduling.setup.field.every_weeks")} hint={form.values.every === "2" ? t("scheduling.setup.hint.every_weeks") : ""} options={["1", "2"].map((value) => ({ value, label: t(`scheduling.setup.every.${value}`) }))} testId="rule-every" /> : null}
      <div className="sc-two">
        <DateOf form={form} name="from" label={t("scheduling.setup.field.from")} required testId="rule-from" />
        <DateOf form={form} name="until" label={t("scheduling.setup.field.until")} hint={t("scheduling.setup.hint.until")} testId="rule-until" />
      </div>
      {kind === "open" ? <Only form={form} setup={setup} /> : null}
      {kind === "holiday" && row === null ? <CheckOf form={form} name="everybody" label={t("scheduling.setup.field.everybody")} testId="rule-everybody" /> : null}
    </FormFlyout>
  );
}

/** Hours that are kept for some services only. */
function Only({ form, setup }: { form: Typed<RuleTyped>; setup: SetupView }) {
  const { t } = useTranslation();
  const { products } = form.values;
  const tick = (product: string, on: boolean) => form.set({ products: on ? [...products, product] : products.filter((one) => one !== product) });
  const offered = setup.products.filter((one) => !one.ended);
  return (
    <details className="sc-more" open={products.length > 0}>
      <summary>{t("scheduling.setup.only")}</summary>
      <div className="sc-form">
        <FieldGroup label={t("scheduling.setup.field.products")} hint={t("scheduling.setup.hint.products")}>
          {offered.map((one) => <Checkbox key={one.product} label={one.label} value={products.includes(one.product)} onChange={(on) => tick(one.product, on)} />)}
        </FieldGroup>
        <TextOf form={form} name="capacity" label={t("scheduling.setup.field.atOnce")} hint={t("scheduling.setup.hint.atOnce")} inputMode="numeric" testId="rule-capacity" />
      </div>
    </details>
  );
}
