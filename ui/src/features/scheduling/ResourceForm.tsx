import { Plus, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useAnswer, useChange, useMay, type ResourceKind, type ResourceView, type SetupView } from "../../bridge";
import { Button, ComboBox, DateField, FieldGroup, RadioGroup, TextField, fieldId, toast } from "../../kit";
import { todayCivil } from "../../words";
import { CheckOf, DateOf, FormFlyout, SelectOf, TextOf, orNull, useSetupForm, wholeOf, type Typed } from "./setupForm";
import { capabilityNames, standingOf } from "./setupWords";
import { Standing } from "./ResourcesTab";

const KINDS: readonly ResourceKind[] = ["practitioner", "room", "theatre", "equipment"];

interface CanTyped {
  name: string;
  until: string;
}

export interface ResourceTyped {
  kind: ResourceKind;
  staff: string;
  name: string;
  note: string;
  department: string;
  number: string;
  expires: string;
  specialization: string;
  can: CanTyped[];
  capacity: string;
  ended: boolean;
}

function typedOf(row: ResourceView | null, setup: SetupView): ResourceTyped {
  return {
    kind: row?.kind ?? "practitioner",
    staff: row?.staff ?? "",
    name: row?.name ?? "",
    note: row?.note ?? "",
    // Where there is only one department, everything stands in it.
    department: row ? (row.department ?? "") : setup.departments.length === 1 ? (setup.departments[0]?.department ?? "") : "",
    number: row?.practitioner?.license_number ?? "",
    expires: row?.practitioner?.license_expires ?? "",
    specialization: row?.practitioner?.specialization ?? "",
    can: (row?.capabilities ?? []).map((one) => ({ name: one.name, until: one.valid_until ?? "" })),
    capacity: String(row?.capacity ?? 1),
    ended: row?.ended ?? false,
  };
}

/** Paths of Rust's refusals as this form names its fields. */
function fieldOf(path: string): string {
  const can = /^capabilities\.(\d+)\.(name|valid_until)$/.exec(path);
  if (can) return `can-${can[1]}-${can[2] === "name" ? "name" : "until"}`;
  return { "practitioner.license_number": "number", "practitioner.license_expires": "expires", "practitioner.specialization": "specialization" }[path] ?? path;
}

interface ResourceFormProps {
  setup: SetupView;
  row: ResourceView | null;
  onClose: () => void;
  reopen: () => void;
}

/** A person, a room or a device that can be booked. */
export function ResourceForm({ setup, row, onClose, reopen }: ResourceFormProps) {
  const { t } = useTranslation();
  const keep = useChange("scheduling.keep_resource", ["scheduling.setup", "scheduling.day"]);
  const form = useSetupForm<ResourceTyped>({
    about: `people:${row?.resource ?? "new"}`,
    initial: typedOf(row, setup),
    reopen,
    fieldOf,
    send: async (typed) => {
      const person = typed.kind === "practitioner";
      const capacity = wholeOf(typed.capacity, "capacity", t("scheduling.setup.wholeNumber"));
      const capabilities = typed.can.filter((one) => one.name.trim() !== "").map((one) => ({ name: one.name.trim(), valid_until: orNull(one.until) }));
      const practitioner = person ? { license_number: typed.number.trim(), license_expires: orNull(typed.expires), specialization: typed.specialization.trim() } : null;
      const { kind, ended } = typed;
      await keep.mutateAsync({ input: { ...(row ? { resource: row.resource } : {}), kind, ended, name: typed.name.trim(), note: typed.note.trim(), department: orNull(typed.department), staff: person ? orNull(typed.staff) : null, practitioner, capabilities, capacity } });
      toast(t(row ? "scheduling.setup.kept" : "scheduling.setup.keptNewResource", { name: typed.name.trim() }));
      onClose();
    },
  });
  const { kind } = form.values;
  return (
    <FormFlyout title={row ? row.name : t("scheduling.setup.newResource")} sub={row ? t(`scheduling.kind.${row.kind}`) : undefined} form={form} onClose={onClose} testId="resource-form">
      {row ? <div><Standing of={standingOf(row, t)} /></div> : null}
      {row ? null : <RadioGroup label={t("scheduling.setup.field.kind")} options={KINDS.map((one) => ({ value: one, label: t(`scheduling.kind.${one}`) }))} value={kind} onChange={(next) => form.set({ kind: next as ResourceKind })} row testId="resource-kind" />}
      {kind === "practitioner" ? <StaffOf form={form} fills={row === null} /> : null}
      <TextOf form={form} name="name" label={t("scheduling.setup.field.name")} hint={t(`scheduling.setup.hint.name.${kind}`)} required testId="resource-name" />
      <TextOf form={form} name="note" label={t("scheduling.setup.field.note")} hint={t("scheduling.setup.hint.note")} testId="resource-note" />
      {setup.departments.length > 0 ? <SelectOf form={form} name="department" label={t("scheduling.setup.field.department")} options={setup.departments.map((one) => ({ value: one.department, label: one.name }))} testId="resource-department" /> : null}
      {kind === "practitioner" ? <LicenseOf form={form} /> : null}
      <CanOf form={form} names={capabilityNames(setup)} />
      {kind === "practitioner" ? null : <TextOf form={form} name="capacity" label={t("scheduling.setup.field.capacity")} hint={t("scheduling.setup.hint.capacity")} inputMode="numeric" testId="resource-capacity" />}
      {row ? <CheckOf form={form} name="ended" label={t("scheduling.setup.field.ended")} hint={t("scheduling.setup.hint.ended")} testId="resource-ended" /> : null}
    </FormFlyout>
  );
}

/** Who of the staff it is, for whoever may see the staff; the name follows. */
function StaffOf({ form, fills }: { form: Typed<ResourceTyped>; fills: boolean }) {
  const { t } = useTranslation();
  const may = useMay();
  const staff = useAnswer("identity.staff", {}, { enabled: may("identity.staff") });
  const rows = (staff.data?.rows ?? []).filter((one) => one.status === "active" || one.staff === form.values.staff);
  if (rows.length === 0) return null;
  const pick = (id: string) => {
    const name = rows.find((one) => one.staff === id)?.display_name ?? "";
    form.set({ staff: id, ...(fills ? { name } : {}) });
  };
  return <ComboBox label={t("scheduling.setup.field.staff")} hint={t("scheduling.setup.hint.staff")} options={rows.map((one) => ({ value: one.staff, label: one.display_name }))} value={form.values.staff} onChange={pick} id={fieldId("staff")} error={form.wrong("staff")} testId="resource-staff" />;
}

function LicenseOf({ form }: { form: Typed<ResourceTyped> }) {
  const { t } = useTranslation();
  return (
    <>
      <TextOf form={form} name="specialization" label={t("scheduling.setup.field.specialization")} testId="resource-specialization" />
      <div className="sc-two">
        <TextOf form={form} name="number" label={t("scheduling.setup.field.license_number")} mono testId="resource-license" />
        <DateOf form={form} name="expires" label={t("scheduling.setup.field.license_expires")} testId="resource-expires" />
      </div>
    </>
  );
}

/** What it can do, each with the day to which that holds. */
function CanOf({ form, names }: { form: Typed<ResourceTyped>; names: readonly string[] }) {
  const { t } = useTranslation();
  const { can, kind } = form.values;
  const change = (place: number, next: Partial<CanTyped>) => form.set({ can: can.map((one, index) => (index === place ? { ...one, ...next } : one)) });
  const unused = names.filter((name) => !can.some((one) => one.name === name)).slice(0, 6);
  const add = (name: string) => form.set({ can: [...can, { name, until: "" }] });
  return (
    <FieldGroup label={t("scheduling.setup.field.can")} hint={t(`scheduling.setup.hint.can.${kind}`)}>
      {can.map((one, place) => (
        // Rows have no name of their own until somebody types it.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={place} className="sc-can">
          <TextField label={t("scheduling.setup.field.canName")} value={one.name} onChange={(name) => change(place, { name })} error={form.wrong(`can-${place}-name`)} id={fieldId(`can-${place}-name`)} testId={`can-${place}-name`} />
          <DateField label={t("scheduling.setup.field.canUntil")} value={one.until} onChange={(until) => change(place, { until })} today={`${Number(todayCivil().slice(0, 4)) + 30}-12-31`} error={form.wrong(`can-${place}-until`)} id={fieldId(`can-${place}-until`)} testId={`can-${place}-until`} />
          <Button variant="quiet" aria-label={t("scheduling.setup.removeCan", { name: one.name })} icon={<X size={14} aria-hidden="true" />} onPress={() => form.set({ can: can.filter((_, index) => index !== place) })} testId={`can-${place}-remove`} />
        </div>
      ))}
      <div className="sc-chips">
        {unused.map((name) => <Button key={name} className="sc-chip" icon={<Plus size={12} aria-hidden="true" />} onPress={() => add(name)}>{name}</Button>)}
        <Button className="sc-chip" icon={<Plus size={12} aria-hidden="true" />} onPress={() => add("")} testId="can-add">{t("scheduling.setup.addCan")}</Button>
      </div>
    </FieldGroup>
  );
}
