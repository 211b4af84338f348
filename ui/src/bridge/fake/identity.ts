import type { RecoveryKit, SecondFactor, SessionView, StaffCard } from "../generated";
import { pretendQr, refuse, type Answers } from "./answers";
import { TODAY, WORDS, instant, sessionOf, type World } from "./world";

const CODES = ["4K7M-QX2P", "9TRW-H3NC", "B6VD-8JYE", "Z2FS-P4KA", "7HQN-M5XT", "C3WG-R9BV", "K8EY-2DSJ", "P5AX-T7MF", "W4NB-6QHC", "V9JR-3EKZ"];
const KEY = "KW1-7QPF-M2XD-9RTA-H4VN-C8KS-3JWE-6YBG-Z5QM-T2PX";

function kit(): RecoveryKit {
  return { vault_id: "018f-4c2e-77a1", words: WORDS, recovery_key: KEY, qr_svg: pretendQr("kit"), made_on: TODAY };
}

function factor(): SecondFactor {
  return { totp_uri: "otpauth://totp/Keepwell", secret: "JBSWY3DPEHPK3PXPQK7A2MNEW4QRT5UV", qr_svg: pretendQr("factor"), recovery_codes: CODES };
}

function wrong(world: World): never {
  world.failures += 1;
  if (world.failures >= 4) refuse("identity.wait", null, "Wait 30 seconds, then try again.");
  return refuse("identity.sign_in_failed", null, "The user name, the passphrase or the code is not right. Check them and try again.");
}

function enter(world: World): SessionView {
  world.state = "signed_in";
  world.failures = 0;
  world.session = sessionOf(world);
  return world.session;
}

function one(world: World, staff: string): StaffCard {
  const card = world.staff.find((row) => row.staff === staff);
  return card ?? refuse("identity.staff_unknown", "staff", "Choose somebody from the list.");
}

/** New keys count from when everything is under them; sealing for a role that was taken makes none. */
export function sealedAnew(world: World): void {
  const made = world.keys.cause === "yearly" || world.keys.cause === "suspected_leak";
  world.keys = { ...world.keys, ...(made ? { since: TODAY, due_on: "2027-11-21", due: false } : {}), old_keys: false, cause: null, values: 4_210 };
}

export const identity: Answers<"identity"> = {
  "identity.create_practice": (world, input) => {
    if (world.state !== "absent") refuse("door.practice_exists", null, "A practice is already here.");
    if (input.passphrase.toLowerCase().includes("password")) refuse("identity.passphrase_short", "passphrase", "Choose a longer passphrase of several words.");
    world.practice = input.practice;
    world.passphrase = input.passphrase;
    const session = { ...enter(world), recovery_kit_confirmed: false, second_factor_confirmed: false, display_name: [...input.owner.name.given, input.owner.name.family].join(" "), user_name: input.owner.user_name };
    world.session = session;
    return { vault_id: "018f-4c2e-77a1", kit: kit(), second_factor: factor(), session };
  },
  "identity.sign_in": (world, input) => {
    if (input.user_name !== "n.ito" || input.passphrase !== world.passphrase || input.code === "000000") wrong(world);
    if (input.code === "") refuse("identity.code_needed", "code", "Type the code from your authenticator.");
    return enter(world);
  },
  "identity.sign_out": (world) => {
    world.state = "signed_out";
    world.session = null;
    return null;
  },
  "identity.lock": (world, input) => {
    world.state = "locked";
    world.drafts = input.drafts.map((draft) => ({ ...draft, saved_at: instant() }));
    return null;
  },
  "identity.unlock": (world, input) => {
    if (input.passphrase !== world.passphrase) wrong(world);
    if (input.passphrase === "needs code" && input.code === null) refuse("identity.code_needed", "code", "Type the code too.");
    return enter(world);
  },
  "identity.accept_invitation": (world, input) => {
    if (input.invitation_code.length < 6) refuse("identity.invitation_wrong", "invitation_code", "Check the code, or ask for a new one.");
    return { second_factor: factor(), session: Object.assign(enter(world), { second_factor_confirmed: false }) };
  },
  "identity.recover": (world, input) => {
    if (!input.recovery_key.startsWith("KW1")) refuse("door.wrong_recovery_key", "recovery_key", "Type the key as it is printed on the kit.");
    return { second_factor: factor(), session: Object.assign(enter(world), { recovery_kit_confirmed: false, second_factor_confirmed: false }) };
  },
  "identity.confirm_recovery_kit": (world, input) => {
    if (input.answers.some((answer) => world.kitWords[answer.position - 1] !== answer.word)) refuse("identity.kit_words_wrong", null, "Those are not the words of the kit. Look at the sheet and type them again.");
    if (world.session) world.session.recovery_kit_confirmed = true;
    return null;
  },
  "identity.new_recovery_kit": () => kit(),
  "identity.key_status": (world) => structuredClone(world.keys),
  "identity.rotate_keys": (world, input) => {
    if (world.keys.cause !== null && !input.suspected_leak) refuse("identity.resealing_runs", null, "Let the sealing end first.");
    world.keys = { ...world.keys, old_keys: true, cause: input.suspected_leak ? "suspected_leak" : "yearly", values: 0 };
    return null;
  },
  "identity.reseal": (world) => {
    sealedAnew(world);
    return { values: 4_210, done: true };
  },
  "identity.confirm_second_factor": (world, input) => {
    if (input.code === "000000") refuse("identity.code_wrong", "code", "Wait for the next code and type that.");
    if (world.session) world.session.second_factor_confirmed = true;
    return null;
  },
  "identity.new_second_factor": (world, input) => (input.passphrase === world.passphrase ? factor() : refuse("identity.sign_in_failed", "passphrase", "Type your present passphrase.")),
  "identity.change_passphrase": (world, input) => {
    if (input.current !== world.passphrase) refuse("identity.sign_in_failed", "current", "Type your present passphrase.");
    world.passphrase = input.new;
    return null;
  },
  "identity.discard_draft": (world, input) => {
    world.drafts = world.drafts.filter((draft) => draft.screen !== input.screen);
    return null;
  },
  "identity.practice": (world) => world.practice,
  "identity.change_practice": (world, input) => {
    world.practice = input;
    return null;
  },
  "identity.staff": (world) => ({ rows: structuredClone(world.staff) }),
  "identity.invite": (world, input) => {
    if (world.staff.some((row) => row.user_name === input.user_name)) refuse("identity.user_name_taken", "user_name", "Choose another user name.");
    const staff = `staff-${world.staff.length + 1}`;
    world.staff.push({
      staff,
      user_name: input.user_name,
      name: input.name,
      display_name: [...input.name.given, input.name.family].join(" "),
      status: "invited",
      roles: input.roles.map((role, index) => ({ assignment: `${staff}-${index}`, role: role.role, valid_from: instant(), valid_until: role.valid_until, revoked_at: null, active: true })),
      training_completed_on: null,
      invited_until: "2026-11-24T09:00:00-05:00",
      termination: null,
    });
    return { staff, invitation_code: "7QPF-M2XD-9RTA", expires_at: "2026-11-24T09:00:00-05:00" };
  },
  "identity.assign_role": (world, input) => {
    const assignment = `assignment-${Date.now()}`;
    one(world, input.staff).roles.push({ assignment, role: input.role, valid_from: input.valid_from ?? instant(), valid_until: input.valid_until, revoked_at: null, active: true });
    return { assignment };
  },
  "identity.revoke_role": (world, input) => {
    const role = one(world, input.staff).roles.find((row) => row.assignment === input.assignment);
    if (role) Object.assign(role, { active: false, revoked_at: instant() });
    return null;
  },
  "identity.suspend": (world, input) => {
    one(world, input.staff).status = "suspended";
    return null;
  },
  "identity.reinstate": (world, input) => {
    one(world, input.staff).status = "active";
    return null;
  },
  "identity.reset_sign_in": (_world, input) => ({ staff: input.staff, invitation_code: "H4VN-C8KS-3JWE", expires_at: "2026-11-24T09:00:00-05:00" }),
  "identity.record_training": (world, input) => {
    one(world, input.staff).training_completed_on = input.completed_on;
    return null;
  },
  "identity.terminate": (world, input) => {
    Object.assign(one(world, input.staff), { status: "terminated", termination: input.checklist });
    return null;
  },
};
