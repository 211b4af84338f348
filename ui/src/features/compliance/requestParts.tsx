import { CheckCircle2, Hourglass, OctagonAlert, Scale, Undo2, XCircle } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { AccountingRow } from "../../bridge";
import { Badge, type Column, type Tone } from "../../kit";
import { civilText, daysBetween, dollarsText, todayCivil, type Translate } from "../../words";
import { clockRuns, type Asked } from "./clock";

/** Days left that still leave time. */
const SOON = 14;

type Sign = typeof Hourglass;

interface Standing {
  tone: Tone;
  sign: Sign;
  words: string;
}

/** How a request stands: colour, sign and word. */
export function RequestBadge({ asked }: { asked: Asked }) {
  const { t } = useTranslation();
  const { tone, sign: SignOf, words } = standingOf(asked, t);
  return <Badge tone={tone} icon={<SignOf size={12} aria-hidden="true" />} title={words}>{words}</Badge>;
}

export function AccountingBadge({ row }: { row: AccountingRow }) {
  return <RequestBadge asked={{ kind: "accounting", id: row.accounting, row }} />;
}

export function standingOf(asked: Asked, t: Translate): Standing {
  if (clockRuns(asked)) return ofClock(asked, t);
  const word = (name: string, on: string | null) => t(`compliance.requests.${name}`, { date: on === null ? "" : civilText(on) });
  if (asked.kind === "amendment") {
    const { accepted, denied } = asked.row;
    return accepted ? { tone: "ok", sign: CheckCircle2, words: word("accepted", accepted.told_on) } : { tone: "plain", sign: XCircle, words: word("denied", denied?.told_on ?? null) };
  }
  if (asked.row.withdrawn_on !== null) return { tone: "plain", sign: Undo2, words: word("withdrawn", asked.row.withdrawn_on) };
  if (asked.kind === "accounting") return { tone: "ok", sign: CheckCircle2, words: word("delivered", asked.row.delivered_on) };
  const { state, decision, deliveries } = asked.row;
  if (state === "to_deliver") return { tone: "warn", sign: Hourglass, words: word("toHandOver", null) };
  if (state === "in_review") return { tone: "warn", sign: Scale, words: word("inReview", null) };
  if (state === "denied") return { tone: "plain", sign: XCircle, words: word("denied", decision?.decided_on ?? null) };
  return { tone: "ok", sign: CheckCircle2, words: word("delivered", deliveries.at(-1)?.delivered_on ?? null) };
}

/** What the days of the law say. What is granted keeps its days until it is handed over. */
function ofClock(asked: Asked, t: Translate): Standing {
  const left = daysBetween(todayCivil(), asked.row.due_on);
  const late = asked.row.overdue || left < 0;
  const granted = asked.kind === "access" && asked.row.state === "to_deliver";
  const name = granted ? (late ? "grantedLate" : "grantedLeft") : late ? "late" : "left";
  const words = t(`compliance.requests.${name}`, { count: late ? Math.max(1, -left) : left });
  return { tone: late ? "danger" : left <= SOON ? "warn" : "info", sign: late ? OctagonAlert : Hourglass, words };
}

/** The days a request is about, where it names any. */
export function spanOf(from: string | null, to: string | null, t: Translate): string | null {
  if (from !== null && to !== null) return t("compliance.requests.span", { from: civilText(from), to: civilText(to) });
  if (from !== null) return t("compliance.requests.spanFrom", { from: civilText(from) });
  return to === null ? null : t("compliance.requests.spanTo", { to: civilText(to) });
}

/** What is asked for, in one line. */
export function whatOf(asked: Asked, t: Translate): string {
  if (asked.kind === "amendment") return asked.row.text;
  const span = spanOf(asked.row.from, asked.row.to, t);
  if (asked.kind === "accounting") return span ?? "";
  return [asked.row.scope ?? t("compliance.requests.whole"), span].filter((one) => one !== null).join(", ");
}

function Fee({ asked }: { asked: Asked }) {
  const { t } = useTranslation();
  if (asked.kind === "amendment") return null;
  return asked.row.fee_cents === 0 ? <span className="kw-quiet">{t("compliance.accountings.noFee")}</span> : <>{dollarsText(asked.row.fee_cents)}</>;
}

/** Where all rows are of one patient, the name is said once above them and not again in each. */
export function requestColumns(t: Translate, ofOne: boolean): Column<Asked>[] {
  const column = (key: string) => t(`compliance.requests.column.${key}`);
  const patient: Column<Asked> = { key: "patient", header: column("patient"), width: "minmax(256px,1.3fr)", cell: ({ row }) => <span title={row.display_name}><b>{row.display_name}</b> <span className="kw-sub kw-mono">{row.mrn}</span></span> };
  return [
    ...(ofOne ? [] : [patient]),
    { key: "kind", header: column("kind"), width: "108px", cell: (asked) => t(`compliance.requests.kind.${asked.kind}`) },
    { key: "state", header: column("state"), width: "196px", cell: (asked) => <RequestBadge asked={asked} /> },
    { key: "due", header: column("due"), width: "116px", cell: (asked) => (clockRuns(asked) ? civilText(asked.row.due_on) : "") },
    { key: "received", header: column("received"), width: "116px", cell: ({ row }) => civilText(row.received_on), spare: true },
    { key: "what", header: column("what"), width: "minmax(150px,1.2fr)", cell: (asked) => <span title={whatOf(asked, t)}>{whatOf(asked, t)}</span>, spare: true },
    { key: "fee", header: column("fee"), width: "78px", cell: (asked) => <Fee asked={asked} />, spare: true },
  ];
}
