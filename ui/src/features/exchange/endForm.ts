import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAnswer, type Failure } from "../../bridge";
import { fieldId, useDraft, useGo, useStore, type FieldProblem } from "../../kit";
import { failureWords, refusalWords, type Translate } from "../../words";
import { endPractice, ending, endingStopped, forgetEnding } from "./ending";

const PATH = "/settings/end";

/** What is on the label of the computer or drive; a line left empty is filled in by hand. */
export const LABELS = ["manufacturer", "model", "serial", "property_number", "kind", "source"] as const;
export type Labels = Record<(typeof LABELS)[number], string>;

export interface EndTyped {
  custodian: string;
  labels: Labels;
}

/** What says that somebody means it. It is no draft: after a lock it is said again. */
export interface Sure {
  practice_name: string;
  kit: boolean;
}

export interface EndForm {
  typed: EndTyped;
  sure: Sure;
  practice: string;
  busy: boolean;
  set: (change: Partial<EndTyped>) => void;
  setSure: (change: Partial<Sure>) => void;
  wrong: (field: string) => string | undefined;
}

const START: EndTyped = { custodian: "", labels: { manufacturer: "", model: "", serial: "", property_number: "", kind: "", source: "" } };
const UNSURE: Sure = { practice_name: "", kit: false };
const FIELDS: ReadonlySet<string> = new Set(["practice_name", "custodian"]);

/** What is typed, what stands in its way, and the sending of it. */
export function useEndForm(away: () => void) {
  const { t } = useTranslation();
  const { go } = useGo();
  const { running, failure } = useStore(ending);
  const practice = useAnswer("shell.status", {}).data?.practice_name ?? "";
  const [typed, setTyped] = useState(START);
  const [sure, setSure] = useState(UNSURE);
  const [shown, setShown] = useState<readonly FieldProblem[]>([]);
  const [attempt, setAttempt] = useState(0);
  // A practice that has ended has nothing unfinished.
  const content = () => (ending.get().over !== null || JSON.stringify(typed) === JSON.stringify(START) ? null : JSON.stringify(typed));
  const settle = useDraft(PATH, content, (kept) => setTyped({ ...START, ...(JSON.parse(kept) as Partial<EndTyped>) }));
  const problems = shown.length > 0 ? shown : problemsIn(failure);
  const end = () => {
    if (running) return;
    const found = problemsOf(typed, sure, practice, t);
    setShown(found);
    setAttempt((before) => before + 1);
    if (found.length > 0) return;
    const media = Object.fromEntries(LABELS.map((name) => [name, typed.labels[name].trim()])) as Labels;
    void endPractice(t, { practice_name: sure.practice_name.trim(), custodian: typed.custodian.trim(), media }, () => go(PATH));
  };
  // What somebody is mending is no longer said to be wrong; the next try looks again.
  const mended = (field: string | null) => {
    const id = field === null ? null : fieldId(field);
    setShown((before) => before.filter((one) => one.id !== id));
    if (failure?.kind === "refused" && failure.field !== null && failure.field === field) forgetEnding();
  };
  const leave = () => {
    settle();
    away();
  };
  const form: EndForm = {
    typed,
    sure,
    practice,
    busy: running,
    set: (change) => {
      setTyped((before) => ({ ...before, ...change }));
      if (change.custodian !== undefined) mended("custodian");
    },
    setSure: (change) => {
      setSure((before) => ({ ...before, ...change }));
      mended(change.kit === undefined ? "practice_name" : null);
    },
    wrong: (field) => problems.find((one) => one.id === fieldId(field))?.words,
  };
  return { form, problems, attempt, end, leave };
}

function problemAt(field: string, words: string): FieldProblem {
  return { id: fieldId(field), label: "", words };
}

/** What can be said before a backup of everything is made in vain. Rust asks for the same again. */
function problemsOf(typed: EndTyped, sure: Sure, practice: string, t: Translate): FieldProblem[] {
  return [
    ...(typed.custodian.trim() === "" ? [problemAt("custodian", refusalWords("exchange.custodian_missing", ""))] : []),
    ...(sure.practice_name.trim() !== practice.trim() ? [problemAt("practice_name", refusalWords("exchange.name_differs", ""))] : []),
    ...(sure.kit ? [] : [{ id: null, label: "", words: t("exchange.ending.kitNeeded") }]),
  ];
}

/** What Rust said. A stop is no problem, and is said beside the button. */
function problemsIn(failure: Failure | null): FieldProblem[] {
  if (failure === null || endingStopped(failure)) return [];
  const words = failureWords(failure);
  if (failure.kind === "refused" && failure.field !== null && FIELDS.has(failure.field)) return [problemAt(failure.field, words)];
  return [{ id: null, label: "", words }];
}
