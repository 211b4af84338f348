import type { Demographics } from "../generated";
import type { FakePatient } from "./world";

const FAMILY = "Hallorán Okonkwo Brandt Castellanos Rahimi Lindqvist Quintero Park Abara Sørensen Nguyễn Romero O’Leary Adeyemi Feldman Whitehorse Haddad Hall Garcia Smith Johnson Kowalski Tanaka Müller Rossi Silva Novak Dubois Ibrahim Cohen".split(" ");
const GIVEN = "Grace Amara Samuel Ivy Noor Theo Marisol Leo June Milo Ada Felix Zoë Henry Ruth Cora Omar Graham Maria Robert Elena Jonas Keiko Lukas Giulia Rafael Petra Luc Amina Daniel Sofia Hugo Mei Ines Arthur".split(" ");

/** Makes the same sequence of numbers every time, so that pictures and tests can be compared. */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

const TAIL = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

export function mrn(random: () => number, year = 2021 + Math.floor(random() * 6)): string {
  const tail = Array.from({ length: 5 }, () => TAIL.charAt(Math.floor(random() * 32))).join("");
  return `MRN-${year}-${tail}`;
}

export function madeUpPatients(count = 240): FakePatient[] {
  const random = dice(7);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  return Array.from({ length: count }, (_, index): FakePatient => {
    const family = index < FAMILY.length ? (FAMILY[index] ?? "") : pick(FAMILY);
    const given = index < GIVEN.length ? (GIVEN[index] ?? "") : pick(GIVEN);
    const year = 1932 + Math.floor(random() * 92);
    const record = person(index, family, given, `${year}-${two(1 + Math.floor(random() * 12))}-${two(1 + Math.floor(random() * 28))}`, random);
    const at = `2026-0${1 + (index % 9)}-1${index % 10}T10:3${index % 10}:00-05:00`;
    const first = { record: { ...record, channels: (record.channels ?? []).slice(0, 1) }, at, by: "Dana Whitfield", changed: [] };
    const versions = index % 3 === 0 ? [first, { record, at: `2026-10-0${1 + (index % 9)}T14:05:00-05:00`, by: "Dr. Naomi Ito", changed: ["channels", "language"] }] : [first];
    return {
      id: `00000000-0000-7000-8000-${String(index + 1).padStart(12, "0")}`,
      mrn: index === 0 ? "MRN-2024-07KX3" : mrn(random),
      versions,
      deceased: index % 41 === 40 ? { on: "2026-03-02" } : null,
      restrictions: index === 0 ? [{ text: "No disclosure to health plan, paid in full", noted_at: "2026-05-02T11:20:00-05:00" }] : [],
      mergedInto: null,
      photo: null,
    };
  });
}

function person(index: number, family: string, given: string, birth: string, random: () => number): Demographics {
  const four = String(1000 + Math.floor(random() * 9000));
  const known = index === 0;
  return {
    name: { family, given: known ? ["Grace", "Ann"] : [given], prefix: null, suffix: null },
    other_names: known ? [{ use: "preferred", family, given: ["Gracie"], prefix: null, suffix: null }, { use: "previous", family: "Marsh", given: ["Grace"], prefix: null, suffix: null }] : [],
    date_of_birth: known ? "1961-04-02" : index % 29 === 28 ? null : birth,
    administrative_sex: known || index % 2 === 0 ? "F" : "M",
    gender_identity: known ? "Woman" : null,
    pronouns: known ? "she/her" : null,
    addresses: [{ use: "home", lines: [`${100 + index} Willow Lane`], city: "Madison", state: "WI", postal_code: "53703", country: "US" }],
    channels: [
      { kind: "phone", use: "mobile", value: `(608) 555-${four}`, consent: true, voicemail_allowed: false, preferred: true },
      ...(known ? [{ kind: "email" as const, use: "home" as const, value: "gracie@example.org", consent: false, voicemail_allowed: false, preferred: false }] : []),
    ],
    confidential_communication: known ? "Call mobile only" : null,
    language: known ? "English" : null,
    emergency_contacts: known ? [{ name: "Thomas Hallorán", relationship: "Spouse", phone: "(608) 555-0188" }] : [],
    guarantor: null,
    insurance: known ? [{ rank: "primary", provider: "Badger Mutual Health", policy_number: "BMH-2207714", group_number: "G-118" }] : [],
    flags: known ? ["Hard of hearing"] : [],
    ehr_link: null,
  };
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
