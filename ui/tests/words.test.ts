import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import i18next from "i18next";
import { WORDS } from "../src/words";
import { refusalWords } from "../src/words/failure";

const SRC = resolve(import.meta.dirname, "../src");
const sources = (readdirSync(SRC, { recursive: true }) as string[]).filter((name) => /\.tsx?$/.test(name));

function flat(tree: unknown, path = ""): Map<string, string> {
  if (typeof tree === "string") return new Map([[path, tree]]);
  return new Map(Object.entries(tree as object).flatMap(([key, value]) => [...flat(value, path ? `${path}.${key}` : key)]));
}

const LABELS = ["manufacturer", "model", "serial", "property_number", "kind", "source"];
const english = flat(WORDS["en-US"]);
const spanish = flat(WORDS["es-US"]);
const contract = readFileSync(join(SRC, "bridge/generated.ts"), "utf8");
/** The members of a union of the contract. */
const union = (name: string) => [...(new RegExp(`export type ${name} = ([^;]*);`).exec(contract)?.[1] ?? "").matchAll(/"([^"]+)"/g)].map((one) => one[1] ?? "");
/** The names of a record of the contract. */
const fields = (name: string) => [...(new RegExp(`export type ${name} = \\{([^}]*)\\}`).exec(contract)?.[1] ?? "").matchAll(/^(\w+)\??:/gm)].map((one) => one[1] ?? "");
const has = (key: string) => english.has(key) || english.has(`${key}_other`);

describe("words", () => {
  it.each(sources)("%s uses only keys that have words", (name) => {
    const text = readFileSync(join(SRC, name), "utf8");
    const keys = [...text.matchAll(/\bt\(\s*"([a-z]\w*\.[\w.-]+)"/g), ...text.matchAll(/"((?:identity|patients|log|compliance|exchange|scheduling|shell|common)(?:\.\w+){1,3})" :/g), ...text.matchAll(/\? "((?:identity|patients|log|compliance|exchange|scheduling|shell|common)(?:\.\w+){1,3})"/g)].map((one) => one[1] ?? "");
    const operations = /^(identity|patients|log|compliance|exchange|scheduling|shell)\.[a-z]+(_[a-z]+)*$/;
    const missing = keys.filter((key) => !has(key) && !(operations.test(key) && /useAnswer|call|operation/.test(text) && key.includes("_")));
    expect(missing).toEqual([]);
  });

  it("the families of computed keys are whole", () => {
    const families: Record<string, string[]> = {
      "common.role": ["owner", "physician", "nurse", "receptionist", "biller", "it_support", "department_manager", "privacy_officer", "security_officer", "auditor"],
      "common.sealing": ["sealed", "sealedHint", "plain", "plainHint"],
      "identity.keys": ["does1", "does2", "does3", "does4", "stays1", "stays2"],
      "identity.keys.standing": ["fresh", "due", "older", "leak"],
      "identity.keys.cause": union("RotationCause"),
      "exchange.deidentified": ["k", "kWrong", "epsilon", "epsilonWrong"],
      "exchange.ending": ["step1", "step2", "step3", "step4"].flatMap((step) => [step, `${step}Words`]),
      "exchange.ending.label": LABELS,
      "exchange.ending.example": ["kind", "source"],
      "exchange.deidentified.removed": ["title", ...fields("Removed")],
      "exchange.deidentified.groups": ["k_before", "k_asked", "k_reached", "left_out", "l_of_died_year", "none"],
      "exchange.deidentified.counts": ["F", "M", "unknown"],
      "log.outcome": ["done", "refused", "denied", "fault"],
      "log.purpose": ["treatment", "payment", "operations", "patient_request", "emergency", "public_health", "legal", "system"],
      "patients.sex": ["F", "M", "U"],
      "identity.staff.is": ["invited", "active", "suspended", "terminated"],
      "identity.setup": ["welcome", "practice", "owner", "kit", "words", "factor", "done", "backup", "key", "restored", "look", "lookKey"].flatMap((step) => [step, `${step}Title`]),
      "shell.nav": ["day", "checks", "figures", "patients", "staff", "log", "backups", "associates", "accountings", "retained", "deidentified", "hours", "settings"],
      "shell.draft": ["new", "correct", "settings", "associate", "disclosure", "accounting", "records", "retained", "deidentified", "ending", "hours", "booking", "pinboard", "theatre", "other"],
      "compliance.associates.state": union("AgreementState"),
      "compliance.due": union("DueKind"),
      "compliance.clause": union("Clause"),
      "compliance.clauseMeans": union("Clause"),
      "compliance.basis": union("DisclosureBasis"),
      "compliance.basisGroup": ["everyday", "public", "state", "slip"],
      "compliance.recipientKind": union("RecipientKind"),
      "compliance.verify": ["known", "photoId", "calledBack", "letterhead", "order", "badge"],
      "compliance.retained.kind": union("RetainedKind"),
      "compliance.retained.state": ["inEffect", "kept", "held", "mayGo"],
      "compliance.retained.means": ["inEffect", "kept", "held", "mayGo"],
      "compliance.ledger.mark": ["corrected", "takenBack", "takesBack", "correction", "suspended"],
      "compliance.accountings": ["deliver", "extend", "withdraw"],
      "compliance.requests": ["left", "late", "grantedLeft", "grantedLate", "toHandOver", "inReview", "denied", "accepted", "delivered", "withdrawn", "answerBy", "handOverBy"],
      "compliance.requests.kind": ["access", "amendment", "accounting"],
      "compliance.requests.take": ["access", "amendment", "accounting"],
      "compliance.requests.asks": ["access", "amendment", "accounting"],
      "compliance.requests.tab": ["all", "access", "amendment", "accounting"],
      "compliance.requests.teachWords": ["all", "access", "amendment", "accounting"],
      "compliance.access.step": ["decide", "deliver", "review", "reviewed", "fee", "extend", "withdraw"],
      "compliance.access.decided": union("AccessOutcome"),
      "compliance.access.decideDialog.choice": union("AccessOutcome"),
      "compliance.access.decideDialog.done": union("AccessOutcome"),
      "compliance.access.decideDialog.hint": union("AccessOutcome"),
      "compliance.access.decideDialog.save": union("AccessOutcome"),
      "compliance.access.reviewOutcome": union("ReviewOutcome"),
      "compliance.access.reviewDialog.choice": ["running", ...union("ReviewOutcome")],
      "compliance.access.reviewDialog.done": ["running", ...union("ReviewOutcome")],
      "compliance.access.feeDialog.hint": union("FeeKind"),
      "compliance.access.forms": ["pdf", "files", "paper", "look"],
      "compliance.access.channels": ["pickedUp", "mailed", "emailed", "portal"],
      "compliance.accessGround": union("AccessGround"),
      "compliance.feeKind": union("FeeKind"),
      "compliance.amendment.step": ["accept", "deny", "extend", "tell", "disagree", "accompany", "rebut"],
      "compliance.amendmentGround": union("AmendmentGround"),
      "compliance.amendmentGroundMeans": union("AmendmentGround"),
      "compliance.decisionLetter": union("DecisionLetterKind"),
      "scheduling.operations.state": union("OperationState"),
      "scheduling.told": ["leftOpen", "moved", "reached", "nothingReached", "openVisit", "openVisitOf", "openOperation", "openOperationOf"],
      "scheduling.told.far": ["week", "weeks"],
      "scheduling.kind": union("ResourceKind"),
      "scheduling.gate": union("GateKind"),
      "scheduling.status": union("VisitStatus"),
      "scheduling.reason": union("StandReason"),
      "scheduling.gateState": union("GateState"),
      "scheduling.conflict.kind": union("ConflictKind"),
      "scheduling.repeat.against": union("ConflictKind"),
      "scheduling.repeat.every": ["week", "twoWeeks", "fourWeeks", "month"],
      "scheduling.figures": ["missed", "lead", "waited", "used", "fromNeeded", "untilNeeded", "untilBefore", "tooLong", "missedWords", "usedWords", "leadValue"],
      "scheduling.figures.periods": ["month", "four", "thirteen", "own"],
      "scheduling.figures.column": fields("FigureWeek").filter((name) => name !== "from" && name !== "until"),
      "scheduling.contacts.kinds": union("ContactChannelKind"),
      "scheduling.contacts.usual": ["mother", "father", "spouse", "daughter", "son", "carer"],
      "scheduling.paper": ["visits", "people", "events", "leftOut"],
      "scheduling.paper.kind": ["practitioner", "desk", "list", "letters", "downtime", "calendar"],
      "scheduling.paper.title": ["practitioner", "desk", "list", "letters", "downtime", "calendar"],
      "scheduling.paper.words": ["practitioner", "desk", "list", "letters", "downtime", "calendar"],
      "scheduling.wishes.times": ["any", "morning", "afternoon", "own"],
      "scheduling.setup.rule": union("RuleKind"),
      "scheduling.setup.addRule": union("RuleKind"),
      "scheduling.setup.hint.label": union("RuleKind"),
      "scheduling.setup.hint.name": union("ResourceKind"),
      "scheduling.setup.hint.can": union("ResourceKind"),
      "scheduling.setup.need": union("ResourceKind"),
      "scheduling.setup.needWith": union("ResourceKind"),
      "scheduling.setup.tab": ["people", "hours", "services"],
      "scheduling.setup.every": ["1", "2"],
      "scheduling.theatre.step": union("TheatreStep"),
      "scheduling.theatre.urgency": union("Urgency"),
      "scheduling.theatre.purpose": union("ReservationPurpose"),
      "scheduling.theatre.purposeLong": ["maintenance", "block"],
      "scheduling.theatre.side": union("Laterality"),
      "scheduling.theatre": ["setupOf", "turnoverOf"],
      "scheduling.theatre.numbers": ["reserved", "underWay", "over"],
      "scheduling.day.mode": ["day", "week", "month", "theatre", "list"],
      "scheduling.first.usual": ["followUp", "newPatient", "annual"],
      "exchange.plan": ["hour", "day", "week"],
      "exchange.plan.each": ["hour", "day", "week"],
      "exchange.downtime.plan": ["hour", "day", "week"],
      "exchange.downtime.advice": ["paper", "drive", "who", "inside"].flatMap((one) => [one, `${one}Words`]),
      "exchange.backups.standing": ["none", "broken", "old", "oldUnproved", "unproved", "fresh"],
      "identity.copy": ["point1", "point2", "point3", "point4"],
      "exchange.takeBack": ["file", "fileWords", "folder", "folderWords"],
      "common.backupPhase": ["writing", "reading", "restoring", "checking"],
      "common.failure": ["denied", "locked", "signed_out", "fault"],
    };
    const missing = Object.entries(families).flatMap(([family, members]) => members.map((member) => `${family}.${member}`)).filter((key) => !has(key));
    expect(missing).toEqual([]);
  });

  it("every operation has words in the log", () => {
    const operations = [...contract.matchAll(/^\s+"((?:identity|patients|log|compliance|exchange|scheduling)\.\w+)":/gm)].map((one) => one[1] ?? "");
    expect(operations.length).toBeGreaterThan(40);
    expect(operations.filter((name) => !has(`log.operation.${name.replace(".", "_")}`))).toEqual([]);
  });

  it("every refusal code has words", () => {
    const codesOf = /export type RefusalCode\s*=([^;]*);/.exec(contract)?.[1] ?? "";
    const used = sources.flatMap((name) => [...readFileSync(join(SRC, name), "utf8").matchAll(/(?:refuse\(|[cC]ode(?:\(\w+\))? [!=]== )"((?:identity|patients|log|compliance|exchange|scheduling|vault|kernel)\.\w+)"/g)].map((one) => one[1] ?? ""));
    const codes = [...new Set([...[...codesOf.matchAll(/"([^"]+)"/g)].map((one) => one[1] ?? ""), ...used])];
    expect(codes.length).toBeGreaterThan(10);
    expect(codes.filter((code) => !english.has(`refusal.${code}`))).toEqual([]);
  });

  it("Spanish has the same keys and the same places to fill", () => {
    const places = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((one) => one[1]).toSorted();
    expect([...spanish.keys()].toSorted()).toEqual([...english.keys()].toSorted());
    const differ = [...english].filter(([key, text]) => JSON.stringify(places(text)) !== JSON.stringify(places(spanish.get(key) ?? "")));
    expect(differ.map(([key]) => key)).toEqual([]);
  });

  it("is plain: no exclamation marks, no jargon of ours", () => {
    const loud = [...english, ...spanish].filter(([, text]) => /[!¡]|\b(oops|invalid input|error code|ciphertext|payload|endpoint)\b/i.test(text));
    expect(loud).toEqual([]);
  });

  it("falls back to the remedy for a code without words", () => {
    expect(refusalWords("patients.never_heard_of", "Do this instead.")).toBe("Do this instead.");
    expect(refusalWords("identity.wait", "Wait 30 seconds.")).toContain("to 15 minutes at most");
    expect(i18next.t("patients.search.found", { count: 1 })).toBe("1 patient");
  });

  it("never say that zero of something was done", () => {
    expect([0, 1, 2].map((count) => i18next.t("exchange.doneToast", { count }))).toEqual(["Nothing was imported", "1 patient imported", "2 patients imported"]);
    expect(i18next.t("exchange.takeBack.doneToast", { count: 0 })).toBe("No record was taken back in");
  });
});
