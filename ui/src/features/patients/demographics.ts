import * as v from "valibot";
import type { AddressUse, ChannelKind, ChannelUse, Demographics, Insurance, NameUse } from "../../bridge";
import { isCivil } from "../../kit";

/** The form's own shape: given names in one field, addresses in lines, what is optional always present. */
export interface DemographicsForm {
  name: { family: string; given: string; prefix: string; suffix: string };
  goes_by: string;
  other_names: { use: NameUse; family: string; given: string }[];
  date_of_birth: string;
  birth_unknown: boolean;
  administrative_sex: string;
  gender_identity: string;
  pronouns: string;
  channels: { kind: ChannelKind; use: ChannelUse; value: string; consent: boolean; voicemail_allowed: boolean; preferred: boolean }[];
  confidential_communication: string;
  addresses: { use: AddressUse; line1: string; line2: string; city: string; state: string; postal_code: string }[];
  language: string;
  emergency_contacts: { name: string; relationship: string; phone: string }[];
  guarantor: { name: string; relationship: string; phone: string };
  insurance: { rank: Insurance["rank"]; provider: string; policy_number: string; group_number: string }[];
  flags: string;
  ehr_link: string;
}

export const NO_CHANNEL: DemographicsForm["channels"][number] = { kind: "phone", use: "mobile", value: "", consent: true, voicemail_allowed: false, preferred: false };
export const NO_ADDRESS: DemographicsForm["addresses"][number] = { use: "home", line1: "", line2: "", city: "", state: "", postal_code: "" };

export const EMPTY_FORM: DemographicsForm = {
  name: { family: "", given: "", prefix: "", suffix: "" },
  goes_by: "",
  other_names: [],
  date_of_birth: "",
  birth_unknown: false,
  administrative_sex: "",
  gender_identity: "",
  pronouns: "",
  channels: [{ ...NO_CHANNEL, preferred: true }],
  confidential_communication: "",
  addresses: [{ ...NO_ADDRESS }],
  language: "",
  emergency_contacts: [],
  guarantor: { name: "", relationship: "", phone: "" },
  insurance: [],
  flags: "",
  ehr_link: "",
};

/** Hints while typing; Rust validates. The messages are keys of words. */
export const demographicsHints = v.pipe(
  v.looseObject({
    name: v.looseObject({
      family: v.pipe(v.string(), v.trim(), v.minLength(1, "patients.form.familyNeeded")),
      given: v.pipe(v.string(), v.trim(), v.minLength(1, "patients.form.givenNeeded")),
    }),
    date_of_birth: v.string(),
    birth_unknown: v.boolean(),
    administrative_sex: v.pipe(v.string(), v.minLength(1, "patients.form.sexNeeded")),
  }),
  v.forward(
    v.partialCheck([["date_of_birth"], ["birth_unknown"]], (form) => form.birth_unknown || isCivil(form.date_of_birth), "patients.form.birthUnreadable"),
    ["date_of_birth"],
  ),
);

/** What is sent, and the way back from a path in a refusal to the field it was typed in. */
export interface Outgoing {
  demographics: Demographics;
  fieldOf: (path: string) => string;
}

export function toDemographics(form: DemographicsForm): Outgoing {
  const kept = {
    other_names: keptPlaces(form.other_names, (one) => one.family + one.given),
    channels: keptPlaces(form.channels, (one) => one.value),
    addresses: keptPlaces(form.addresses, (one) => one.line1 + one.line2 + one.city + one.postal_code),
    emergency_contacts: keptPlaces(form.emergency_contacts, (one) => one.name + one.phone),
    insurance: keptPlaces(form.insurance, (one) => one.provider + one.policy_number),
  };
  const goesBy = words(form.goes_by);
  const preferred = goesBy.length > 0 ? [{ use: "preferred" as const, family: form.name.family.trim(), given: goesBy, prefix: null, suffix: null }] : [];
  const demographics: Demographics = {
    name: { family: form.name.family.trim(), given: words(form.name.given), prefix: orNull(form.name.prefix), suffix: orNull(form.name.suffix) },
    other_names: [...preferred, ...pick(form.other_names, kept.other_names).map((one) => ({ use: one.use, family: one.family.trim(), given: words(one.given), prefix: null, suffix: null }))],
    date_of_birth: form.birth_unknown ? null : form.date_of_birth,
    administrative_sex: form.administrative_sex as Demographics["administrative_sex"],
    gender_identity: orNull(form.gender_identity),
    pronouns: orNull(form.pronouns),
    addresses: pick(form.addresses, kept.addresses).map((one) => ({
      use: one.use,
      lines: [one.line1, one.line2].map((line) => line.trim()).filter(Boolean),
      city: one.city.trim(),
      state: one.state.trim().toUpperCase(),
      postal_code: one.postal_code.trim(),
      country: "US",
    })),
    channels: pick(form.channels, kept.channels).map((one) => ({ ...one, value: one.value.trim() })),
    confidential_communication: orNull(form.confidential_communication),
    language: orNull(form.language),
    emergency_contacts: pick(form.emergency_contacts, kept.emergency_contacts).map((one) => ({ name: one.name.trim(), relationship: one.relationship.trim(), phone: one.phone.trim() })),
    guarantor: form.guarantor.name.trim() === "" ? null : { name: form.guarantor.name.trim(), relationship: form.guarantor.relationship.trim(), phone: orNull(form.guarantor.phone), address: null },
    insurance: pick(form.insurance, kept.insurance).map((one) => ({ rank: one.rank, provider: one.provider.trim(), policy_number: one.policy_number.trim(), group_number: orNull(one.group_number) })),
    flags: form.flags.split(",").map((flag) => flag.trim()).filter(Boolean),
    ehr_link: orNull(form.ehr_link),
  };
  return { demographics, fieldOf: (path) => formField(path, kept, preferred.length) };
}

/** Rust counts only the rows that were sent; this finds the row on the screen again. */
function formField(path: string, kept: Record<string, number[]>, preferred: number): string {
  const parts = path.split(".");
  const [list = "", place = "", ...rest] = parts;
  if (list === "flags") return "flags";
  if (list === "name" && place === "given") return "name.given";
  const places = kept[list];
  if (!places || !/^\d+$/.test(place)) return path;
  const sent = Number(place) - (list === "other_names" ? preferred : 0);
  if (sent < 0) return "goes_by";
  const row = places[sent] ?? sent;
  const field = list === "addresses" && rest[0] === "lines" ? (rest[1] === "1" ? "line2" : "line1") : (rest[0] ?? "");
  return `${list}.${row}.${field || firstFieldOf(list)}`;
}

function firstFieldOf(list: string): string {
  const first: Record<string, string> = { channels: "value", addresses: "line1", other_names: "family", emergency_contacts: "name", insurance: "provider" };
  return first[list] ?? "";
}

export function fromDemographics(record: Demographics): DemographicsForm {
  const names = record.other_names ?? [];
  const goesBy = names.find((one) => one.use === "preferred" && (one.family === record.name.family || one.family === ""));
  return {
    ...EMPTY_FORM,
    name: { family: record.name.family, given: record.name.given.join(" "), prefix: record.name.prefix ?? "", suffix: record.name.suffix ?? "" },
    goes_by: goesBy?.given.join(" ") ?? "",
    other_names: names.filter((one) => one !== goesBy).map((one) => ({ use: one.use, family: one.family, given: one.given.join(" ") })),
    date_of_birth: record.date_of_birth ?? "",
    birth_unknown: record.date_of_birth === null,
    administrative_sex: record.administrative_sex,
    gender_identity: record.gender_identity ?? "",
    pronouns: record.pronouns ?? "",
    channels: (record.channels ?? []).map((one) => ({ ...one })),
    confidential_communication: record.confidential_communication ?? "",
    addresses: (record.addresses ?? []).map((one) => ({ use: one.use, line1: one.lines[0] ?? "", line2: one.lines.slice(1).join(", "), city: one.city, state: one.state, postal_code: one.postal_code })),
    language: record.language ?? "",
    emergency_contacts: (record.emergency_contacts ?? []).map((one) => ({ ...one })),
    guarantor: { name: record.guarantor?.name ?? "", relationship: record.guarantor?.relationship ?? "", phone: record.guarantor?.phone ?? "" },
    insurance: (record.insurance ?? []).map((one) => ({ ...one, group_number: one.group_number ?? "" })),
    flags: (record.flags ?? []).join(", "),
    ehr_link: record.ehr_link ?? "",
  };
}

function keptPlaces<T>(rows: readonly T[], content: (row: T) => string): number[] {
  return rows.flatMap((row, place) => (content(row).trim() === "" ? [] : [place]));
}

function pick<T>(rows: readonly T[], places: readonly number[]): T[] {
  return places.flatMap((place) => {
    const row = rows[place];
    return row === undefined ? [] : [row];
  });
}

function words(text: string): string[] {
  return text.trim().split(/\s+/).filter(Boolean);
}

function orNull(text: string): string | null {
  const trimmed = text.trim();
  return trimmed === "" ? null : trimmed;
}
