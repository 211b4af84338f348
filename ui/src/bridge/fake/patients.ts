import type { ChartHeader, Demographics, PossibleDuplicate, SearchRow } from "../generated";
import { refuse, type Answers } from "./answers";
import { dice, mrn } from "./people";
import { TODAY, instant, versionsOf, type FakePatient, type World } from "./world";

function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/ø/g, "o");
}

function newest(patient: FakePatient): Demographics {
  const last = patient.versions[patient.versions.length - 1];
  return last ? last.record : refuse("patients.unknown", null, "Search again.");
}

function find(world: World, id: string): FakePatient {
  return world.patients.find((one) => one.id === id) ?? refuse("patients.unknown", "patient", "Search for the patient again.");
}

function shown(record: Demographics): string {
  return `${record.name.family}, ${record.name.given.join(" ")}`;
}

function preferred(record: Demographics): string | null {
  return record.other_names?.find((one) => one.use === "preferred")?.given.join(" ") ?? null;
}

function age(birth: string | null): string | null {
  if (birth === null) return null;
  const years = Number(TODAY.slice(0, 4)) - Number(birth.slice(0, 4)) - (TODAY.slice(5) < birth.slice(5) ? 1 : 0);
  return `${years} years`;
}

function last4(record: Demographics): string | null {
  return record.channels?.find((one) => one.kind !== "email")?.value.replace(/\D/g, "").slice(-4) ?? null;
}

function row(patient: FakePatient, similar: boolean): SearchRow {
  const record = newest(patient);
  return {
    patient: patient.id,
    mrn: patient.mrn,
    name: shown(record),
    preferred_name: preferred(record),
    date_of_birth: record.date_of_birth,
    age: age(record.date_of_birth),
    administrative_sex: record.administrative_sex,
    phone_last4: last4(record),
    deceased: patient.deceased !== null,
    similar_name: similar,
  };
}

function matches(patient: FakePatient, words: readonly string[]): boolean {
  const record = newest(patient);
  const hay = fold(`${shown(record)} ${preferred(record) ?? ""} ${patient.mrn} ${record.date_of_birth ?? ""} ${(record.channels ?? []).map((one) => one.value.replace(/\D/g, "")).join(" ")}`);
  return words.every((word) => hay.split(/[\s,]+/).some((part) => part.startsWith(word)) || (word.length > 3 && hay.includes(word)));
}

function check(demographics: Demographics): void {
  if (demographics.date_of_birth !== null && demographics.date_of_birth > TODAY) refuse("patients.birth_in_future", "date_of_birth", "Check the year of birth.");
  for (const [index, channel] of (demographics.channels ?? []).entries()) {
    if (channel.kind !== "email" && channel.value.replace(/\D/g, "").length < 10) refuse("patients.bad_phone", `channels.${index}.value`, "Type the number with its area code.");
    if (channel.kind === "email" && !channel.value.includes("@")) refuse("patients.bad_email", `channels.${index}.value`, "Type the whole e-mail address.");
  }
}

function duplicates(world: World, typed: Demographics): PossibleDuplicate[] {
  return world.patients
    .filter((one) => fold(newest(one).name.family) === fold(typed.name.family) && newest(one).date_of_birth === typed.date_of_birth)
    .map((one) => {
      const record = newest(one);
      const same = fold(record.name.given[0] ?? "") === fold(typed.name.given[0] ?? "");
      return { patient: one.id, mrn: one.mrn, display_name: shown(record), date_of_birth: record.date_of_birth, administrative_sex: record.administrative_sex, phone_last4: last4(record), score: same ? 0.96 : 0.82, verdict: same ? "same" : "likely", agrees: same ? ["name", "date_of_birth", "administrative_sex"] : ["family", "date_of_birth"], differs: ["channels"] };
    });
}

function header(patient: FakePatient, version: number | null, world: World): ChartHeader {
  const current = patient.versions.length;
  const wanted = version ?? current;
  const kept = patient.versions[wanted - 1];
  if (!kept) return refuse("patients.unknown_version", "version", "Choose a version from the list.");
  const record = kept.record;
  return {
    patient: patient.id,
    mrn: patient.mrn,
    version: wanted,
    current_version: current,
    as_of: kept.at,
    demographics: record,
    display_name: shown(record),
    preferred_name: preferred(record),
    age: age(record.date_of_birth),
    deceased: patient.deceased,
    restrictions: patient.restrictions,
    merged_into: patient.mergedInto,
    merged_from: world.patients.filter((one) => one.mergedInto === patient.id).map((one) => one.id),
    has_photo: patient.photo !== null,
    similar_patients: 0,
    registered_at: patient.versions[0]?.at ?? kept.at,
  };
}

const random = dice(99);

export const patients: Answers<"patients"> = {
  "patients.register": (world, input) => {
    const { duplicate_override: override, ...record } = input;
    check(record);
    if (!override && duplicates(world, record).length > 0) refuse("patients.possible_duplicate", null, "Look at the patients who may be the same person.");
    const id = `00000000-0000-7000-8000-${String(world.patients.length + 1).padStart(12, "0")}`;
    const number = mrn(random, 2026);
    world.patients.push({ id, mrn: number, versions: [{ record, at: instant(), by: "Dr. Naomi Ito", changed: [] }], deceased: null, restrictions: [], mergedInto: null, photo: null });
    return { patient: id, mrn: number };
  },
  "patients.correct": (world, input) => {
    const { patient: id, expected_version: expected, ...record } = input;
    const patient = find(world, id);
    check(record);
    if (patient.versions.length !== expected) refuse("patients.stale", null, "Somebody changed this record meanwhile. Look at the newest version, then save again.");
    const before = newest(patient);
    const changed = Object.keys(record).filter((key) => JSON.stringify(record[key as keyof Demographics]) !== JSON.stringify(before[key as keyof Demographics]));
    patient.versions.push({ record, at: instant(), by: "Dr. Naomi Ito", changed });
    return { version: patient.versions.length };
  },
  "patients.search": (world, input) => {
    const words = fold(input.query).split(/[\s,]+/).filter(Boolean);
    const hits = world.patients.filter((one) => one.mergedInto === null && matches(one, words)).slice(0, input.limit);
    const names = hits.map((one) => fold(newest(one).name.family + (newest(one).name.given[0] ?? "").slice(0, 3)));
    return { rows: hits.map((one, index) => row(one, names.filter((name) => name === names[index]).length > 1)) };
  },
  "patients.chart": (world, input) => header(find(world, input.patient), input.version ?? null, world),
  "patients.front_desk_card": (world, input) => {
    const chart = header(find(world, input.patient), null, world);
    const record = chart.demographics;
    return { patient: chart.patient, mrn: chart.mrn, display_name: chart.display_name, preferred_name: chart.preferred_name, pronouns: record.pronouns ?? null, date_of_birth: record.date_of_birth, age: chart.age, administrative_sex: record.administrative_sex, language: record.language ?? null, addresses: record.addresses ?? [], channels: record.channels ?? [], confidential_communication: record.confidential_communication ?? null, emergency_contacts: record.emergency_contacts ?? [], flags: record.flags ?? [], deceased: chart.deceased !== null, version: chart.version };
  },
  "patients.billing_card": (world, input) => {
    const chart = header(find(world, input.patient), null, world);
    const record = chart.demographics;
    return { patient: chart.patient, mrn: chart.mrn, display_name: chart.display_name, date_of_birth: record.date_of_birth, administrative_sex: record.administrative_sex, addresses: record.addresses ?? [], guarantor: record.guarantor ?? null, insurance: record.insurance ?? [] };
  },
  "patients.versions": (world, input) => ({ rows: versionsOf(find(world, input.patient)) }),
  "patients.possible_duplicates": (world, input) => ({ rows: duplicates(world, input) }),
  "patients.propose_merge": (world, input, asked) => {
    const [from, into] = [find(world, input.from), find(world, input.into)];
    const merge = `merge-${world.merges.length + 1}`;
    world.merges.unshift({ merge, from: from.id, from_name: shown(newest(from)), from_mrn: from.mrn, into: into.id, into_name: shown(newest(into)), into_mrn: into.mrn, reason: asked.reason ?? "", proposed_by: "Rosa Alvarez", proposed_at: instant(), state: "proposed" });
    return { merge };
  },
  "patients.merges": (world) => ({ rows: structuredClone(world.merges) }),
  "patients.confirm_merge": (world, input) => setMerge(world, input.merge, "confirmed"),
  "patients.unmerge": (world, input) => setMerge(world, input.merge, "undone"),
  "patients.mark_deceased": (world, input) => {
    find(world, input.patient).deceased = { on: input.on };
    return null;
  },
  "patients.note_restriction": (world, input) => {
    const patient = find(world, input.patient);
    patient.restrictions = [...patient.restrictions, { text: input.text, noted_at: instant() }];
    return null;
  },
  "patients.set_photo": (world, input) => {
    find(world, input.patient).photo = input.jpeg_base64;
    return null;
  },
  "patients.photo": (world, input) => ({ jpeg_base64: find(world, input.patient).photo ?? "" }),
};

function setMerge(world: World, id: string, state: "confirmed" | "undone"): null {
  const merge = world.merges.find((one) => one.merge === id);
  if (merge) {
    merge.state = state;
    find(world, merge.from).mergedInto = state === "confirmed" ? merge.into : null;
  }
  return null;
}
