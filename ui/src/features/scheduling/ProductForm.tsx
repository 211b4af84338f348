import { Plus, X } from "lucide-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { useChange, type GateKind, type ProductView, type Requirement, type ResourceKind, type SetupView } from "../../bridge";
import { Button, Checkbox, FieldGroup, Select, TextField, fieldId, toast } from "../../kit";
import { centsOf, dollarsText } from "../../words";
import { CheckOf, FormFlyout, Unready, SelectOf, TextOf, useSetupForm, wholeOf, type Typed } from "./setupForm";
import { capabilityNames, needsWords, noticeWords } from "./setupWords";

const GATES: readonly GateKind[] = ["npp_acknowledged", "consent_signed", "eligibility_snapshot", "payer_authorization", "license_valid", "calibration_valid"];
const KINDS: readonly ResourceKind[] = ["practitioner", "room", "theatre", "equipment"];
/** Chosen where a service is not in the list yet. */
const NEW = "new";

export interface ProductTyped {
  service: string;
  serviceName: string;
  label: string;
  minutes: string;
  before: string;
  after: string;
  preparation: string;
  sensitive: boolean;
  notice: string;
  needs: Requirement[];
  gates: GateKind[];
  price: string;
  ended: boolean;
}

function typedOf(row: ProductView | null, setup: SetupView): ProductTyped {
  return {
    service: row?.service ?? setup.services[0]?.service ?? NEW,
    serviceName: "",
    label: row?.label ?? "",
    minutes: String(row?.minutes ?? 30),
    before: String(row?.before ?? 0),
    after: String(row?.after ?? 0),
    preparation: row?.preparation ?? "",
    sensitive: row?.sensitive ?? false,
    notice: String(row ? row.notice_minutes / 60 : 0),
    needs: row?.requirements ?? [{ kind: "practitioner", capability: null, resource: null, count: 1 }],
    gates: row?.gates ?? ["npp_acknowledged", "license_valid"],
    price: row?.price_cents ? dollarsText(row.price_cents).slice(1) : "",
    ended: row?.ended ?? false,
  };
}

function fieldOf(path: string): string {
  return { notice_minutes: "notice", price_cents: "price", name: "serviceName" }[path] ?? (path.startsWith("requirements") ? "needs" : path);
}

interface ProductFormProps {
  setup: SetupView;
  row: ProductView | null;
  onClose: () => void;
  reopen: () => void;
}

/** What can be booked, how long it takes and what it needs. A change makes a new version; what was booked keeps the one it was booked under. */
export function ProductForm({ setup, row, onClose, reopen }: ProductFormProps) {
  const { t } = useTranslation();
  const send = useKeeping(row, onClose);
  const form = useSetupForm<ProductTyped>({ about: `services:${row?.product ?? "new"}`, initial: typedOf(row, setup), reopen, fieldOf, send });
  const services = [...setup.services.map((one) => ({ value: one.service, label: one.name })), { value: NEW, label: t("scheduling.setup.newService") }];
  const hours = Number(form.values.notice.replace(",", "."));
  return (
    <FormFlyout title={row ? row.label : t("scheduling.setup.newProduct")} sub={row ? t("scheduling.setup.versionLong", { version: row.offer_version }) : undefined} form={form} onClose={onClose} testId="product-form">
      <TextOf form={form} name="label" label={t("scheduling.setup.field.productLabel")} hint={t("scheduling.setup.hint.productLabel")} required testId="product-label" />
      <SelectOf form={form} name="service" label={t("scheduling.setup.field.service")} options={services} testId="product-service" />
      {form.values.service === NEW ? <TextOf form={form} name="serviceName" label={t("scheduling.setup.field.serviceName")} hint={t("scheduling.setup.hint.serviceName")} required testId="product-service-name" /> : null}
      <div className="sc-three">
        <TextOf form={form} name="minutes" label={t("scheduling.setup.field.minutes")} inputMode="numeric" required testId="product-minutes" />
        <TextOf form={form} name="before" label={t("scheduling.setup.field.before")} inputMode="numeric" testId="product-before" />
        <TextOf form={form} name="after" label={t("scheduling.setup.field.after")} inputMode="numeric" testId="product-after" />
      </div>
      <Needs form={form} setup={setup} />
      <CheckOf form={form} name="sensitive" label={t("scheduling.setup.field.sensitive")} hint={t("scheduling.setup.neutral")} testId="product-sensitive" />
      <TextOf form={form} name="preparation" label={t("scheduling.setup.field.preparation")} hint={t("scheduling.setup.hint.preparation")} lines={2} testId="product-preparation" />
      <div className="sc-two">
        <TextOf form={form} name="notice" label={t("scheduling.setup.field.notice")} hint={Number.isFinite(hours) ? noticeWords(Math.round(hours * 60), t) : ""} inputMode="numeric" testId="product-notice" />
        <TextOf form={form} name="price" label={t("scheduling.setup.field.price")} hint={t("scheduling.setup.hint.price")} testId="product-price" />
      </div>
      <Gates form={form} />
      {row ? <CheckOf form={form} name="ended" label={t("scheduling.setup.field.endedProduct")} hint={t("scheduling.setup.hint.endedProduct")} testId="product-ended" /> : null}
    </FormFlyout>
  );
}

/** Keeps the service first where it is new, then what is offered of it. */
function useKeeping(row: ProductView | null, onClose: () => void) {
  const { t } = useTranslation();
  const keepService = useChange("scheduling.keep_service", ["scheduling.setup"]);
  const keep = useChange("scheduling.keep_product", ["scheduling.setup"]);
  // A service that was made before the rest was refused is not made twice.
  const made = useRef<string | null>(null);
  return async (typed: ProductTyped) => {
    const whole = (field: "minutes" | "before" | "after") => wholeOf(typed[field], field, t("scheduling.setup.wholeNumber"));
    const [minutes, before, after] = [whole("minutes"), whole("before"), whole("after")];
    const hours = Number(typed.notice.trim().replace(",", "."));
    if (!Number.isFinite(hours) || hours < 0) throw new Unready("notice", t("scheduling.setup.wholeNumber"));
    const price_cents = typed.price.trim() === "" ? null : centsOf(typed.price);
    if (typed.price.trim() !== "" && price_cents === null) throw new Unready("price", t("scheduling.setup.priceWords"));
    if (typed.service === NEW) made.current = (await keepService.mutateAsync({ input: { ...(made.current ? { service: made.current } : {}), name: typed.serviceName.trim() } })).service;
    const service = typed.service === NEW ? (made.current ?? NEW) : typed.service;
    const { sensitive, gates, ended } = typed;
    const kept = await keep.mutateAsync({
      input: { ...(row ? { product: row.product } : {}), service, label: typed.label.trim(), minutes, before, after, preparation: typed.preparation.trim(), sensitive, notice_minutes: Math.round(hours * 60), requirements: typed.needs, gates, price_cents, ended },
    });
    toast(t(row ? "scheduling.setup.keptVersion" : "scheduling.setup.kept", { name: typed.label.trim(), version: kept.offer_version }));
    onClose();
  };
}

type Part = { form: Typed<ProductTyped> };

/** Who and what it takes, as a list that reads as a sentence below. */
function Needs({ form, setup }: Part & { setup: SetupView }) {
  const { t } = useTranslation();
  const { needs } = form.values;
  const change = (place: number, next: Partial<Requirement>) => form.set({ needs: needs.map((one, index) => (index === place ? { ...one, ...next } : one)) });
  return (
    <FieldGroup label={t("scheduling.setup.field.needs")} hint={needsWords({ requirements: needs }, setup.resources, t)}>
      {needs.map((one, place) => (
        // Needs have no name of their own.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={place} className="sc-need">
          <TextField label={t("scheduling.setup.field.count")} value={String(one.count)} onChange={(count) => change(place, { count: Math.max(1, Number(count.replace(/\D/g, "").slice(-1)) || 1) })} inputMode="numeric" {...(place === 0 ? { id: fieldId("needs") } : {})} testId={`need-${place}-count`} />
          <Select label={t("scheduling.setup.field.needKind")} options={KINDS.map((kind) => ({ value: kind, label: t(`scheduling.kind.${kind}`) }))} value={one.kind} onChange={(kind) => change(place, { kind: kind as ResourceKind, capability: null, resource: null })} testId={`need-${place}-kind`} />
          <NeedWhat need={one} place={place} setup={setup} onChange={(next) => change(place, next)} />
          <Button variant="quiet" aria-label={t("scheduling.setup.removeNeed")} icon={<X size={14} aria-hidden="true" />} onPress={() => form.set({ needs: needs.filter((_, index) => index !== place) })} testId={`need-${place}-remove`} />
        </div>
      ))}
      <div className="sc-chips"><Button className="sc-chip" icon={<Plus size={12} aria-hidden="true" />} onPress={() => form.set({ needs: [...needs, { kind: "room", capability: null, resource: null, count: 1 }] })} testId="need-add">{t("scheduling.setup.addNeed")}</Button></div>
      {form.wrong("needs") ? <span className="kw-error">{form.wrong("needs")}</span> : null}
    </FieldGroup>
  );
}

/** Any of its kind, one that can do something, or this very one. */
function NeedWhat({ need, place, setup, onChange }: { need: Requirement; place: number; setup: SetupView; onChange: (next: Partial<Requirement>) => void }) {
  const { t } = useTranslation();
  const fitting = setup.resources.filter((one) => one.kind === need.kind && !one.ended);
  const options = [
    { value: "any", label: t("scheduling.setup.anyOne") },
    ...capabilityNames({ ...setup, resources: fitting }).map((name) => ({ value: `can ${name}`, label: name })),
    ...fitting.map((one) => ({ value: `is ${one.resource}`, label: t("scheduling.setup.thisOne", { name: one.name }) })),
  ];
  const value = need.resource !== null ? `is ${need.resource}` : need.capability !== null ? `can ${need.capability}` : "any";
  const pick = (next: string) => onChange({ capability: next.startsWith("can ") ? next.slice(4) : null, resource: next.startsWith("is ") ? next.slice(3) : null });
  return <Select label={t("scheduling.setup.field.needWhat")} options={options} value={value} onChange={pick} testId={`need-${place}-what`} />;
}

/** What is looked at before the visit can go on. */
function Gates({ form }: Part) {
  const { t } = useTranslation();
  const { gates } = form.values;
  return (
    <FieldGroup label={t("scheduling.setup.field.gates")} hint={t("scheduling.setup.hint.gates")}>
      {GATES.map((gate) => <Checkbox key={gate} label={t(`scheduling.gate.${gate}`)} value={gates.includes(gate)} onChange={(on) => form.set({ gates: GATES.filter((one) => (one === gate ? on : gates.includes(one))) })} testId={`gate-${gate}`} />)}
    </FieldGroup>
  );
}
