import type { AccountingLetter, AccountingRow, Extension, LetterItem } from "../generated";
import { dueAccess } from "./access";
import { dueAgreements } from "./agreements";
import { dueAmendments } from "./amendments";
import { refuse, type Answers } from "./answers";
import { day, past, plus, real, required, today } from "./calendar";
import { nameOf, rowsOf } from "./ledger";
import type { World } from "./world";

const DAYS = 60;
const EXTENSION_DAYS = 30;
const FEE_MAX = 1_000_000;

export interface FakeAccounting {
  id: string;
  patient: string;
  received_on: string;
  from: string;
  to: string;
  fee_cents: number;
  extension: Extension | null;
  withdrawn_on: string | null;
  delivered_on: string | null;
  letter_sha256: string | null;
}

export function madeUpAccounting(change: Partial<FakeAccounting> & { id: string }): FakeAccounting {
  const received = change.received_on ?? day(-20);
  return { patient: "00000000-0000-7000-8000-000000000001", received_on: received, from: sixYearsBefore(received), to: received, fee_cents: 0, extension: null, withdrawn_on: null, delivered_on: null, letter_sha256: null, ...change };
}

export function madeUpAccountings(): FakeAccounting[] {
  return [
    madeUpAccounting({ id: "accounting-1", received_on: day(-12) }),
    madeUpAccounting({ id: "accounting-2", received_on: day(-66), patient: "00000000-0000-7000-8000-000000000003" }),
    madeUpAccounting({ id: "accounting-3", received_on: day(-200), patient: "00000000-0000-7000-8000-000000000005", delivered_on: day(-180), fee_cents: 1250 }),
    madeUpAccounting({ id: "accounting-4", received_on: day(-240), patient: "00000000-0000-7000-8000-000000000007", withdrawn_on: day(-235) }),
  ];
}

function sixYearsBefore(on: string): string {
  return `${Number(on.slice(0, 4)) - 6}${on.slice(4)}`;
}

function dueOn(of: FakeAccounting): string {
  return plus(of.received_on, of.extension ? DAYS + EXTENSION_DAYS : DAYS);
}

function isOpen(of: FakeAccounting): boolean {
  return of.withdrawn_on === null && of.delivered_on === null;
}

function rowOf(world: World, of: FakeAccounting): AccountingRow {
  const { display_name, mrn } = nameOf(world, of.patient);
  const { id, letter_sha256: _sha, ...kept } = of;
  const due = dueOn(of);
  return { ...kept, accounting: id, display_name, mrn, due_on: due, overdue: isOpen(of) && today() > due, can_extend: isOpen(of) && of.extension === null && today() <= plus(of.received_on, DAYS) };
}

function find(world: World, id: string): FakeAccounting {
  return world.accountings.find((one) => one.id === id) ?? refuse("compliance.unknown_accounting", "accounting", "Choose one from the list.");
}

function takeUp(world: World, id: string): FakeAccounting {
  const found = find(world, id);
  return isOpen(found) ? found : refuse("compliance.accounting_closed", "accounting", "Enter a new one.");
}

function itemsOf(world: World, of: FakeAccounting): LetterItem[] {
  const rows = rowsOf(world, of.patient).filter((row) => row.accountable && !row.suspended && of.from <= row.disclosed_on && row.disclosed_on <= of.to).toReversed();
  return rows.map((row) => ({ disclosed_on: row.disclosed_on, recipient: row.recipient.name, address: row.recipient.address, description: row.description, purpose: row.purpose, cite: row.cite, times: 1, last_on: row.disclosed_on }));
}

function letter(world: World, of: FakeAccounting): AccountingLetter {
  return { practice: world.practice, date: of.delivered_on ?? today(), ...nameOf(world, of.patient), mail_to: ["100 Willow Lane", "Madison WI 53703"], received_on: of.received_on, from: of.from, to: of.to, fee_cents: of.fee_cents, items: itemsOf(world, of) };
}

function checkFee(world: World, input: { patient: string; received_on: string; fee_cents: number; fee_notice_sent_on?: string }): void {
  if (input.fee_cents < 0 || input.fee_cents > FEE_MAX) refuse("compliance.fee_range", "fee_cents", "Enter a fee between 0 and 10,000 dollars.");
  if (input.fee_cents === 0) return;
  const yearBefore = `${Number(input.received_on.slice(0, 4)) - 1}${input.received_on.slice(4)}`;
  const earlier = world.accountings.some((one) => one.patient === input.patient && one.withdrawn_on === null && one.received_on <= input.received_on && one.received_on > yearBefore);
  if (!earlier) refuse("compliance.first_is_free", "fee_cents", "Leave the fee empty.");
  if (!input.fee_notice_sent_on) return refuse("compliance.fee_notice", "fee_notice_sent_on", "Enter the day you did.");
  past(input.fee_notice_sent_on, "fee_notice_sent_on");
}

type Requests = "compliance.request_accounting" | "compliance.extend_accounting" | "compliance.withdraw_accounting" | "compliance.accounting_letter" | "compliance.deliver_accounting" | "compliance.accountings" | "compliance.due";

export const requests: Pick<Answers<"compliance">, Requests> = {
  "compliance.request_accounting": (world, input) => {
    nameOf(world, input.patient);
    const received = past(input.received_on, "received_on");
    const to = input.to ? real(input.to, "to") : received;
    const from = input.from ? real(input.from, "from") : sixYearsBefore(received);
    if (from < sixYearsBefore(received)) refuse("compliance.six_years", "from", "Choose a later first day.");
    if (to < from || to > received) refuse("compliance.date_order", "to", "Check both.");
    checkFee(world, input);
    const made = madeUpAccounting({ id: `accounting-${world.accountings.length + 1}`, patient: input.patient, received_on: received, from, to, fee_cents: input.fee_cents });
    world.accountings.push(made);
    return { accounting: made.id, due_on: dueOn(made) };
  },
  "compliance.extend_accounting": (world, input) => {
    const request = takeUp(world, input.accounting);
    if (request.extension) refuse("compliance.extended_before", "accounting", "The law allows one extension.");
    if (past(input.sent_on, "sent_on") > plus(request.received_on, DAYS)) refuse("compliance.extended_late", "sent_on", "Answer it now.");
    if (input.sent_on < request.received_on) refuse("compliance.date_order", "sent_on", "Check both.");
    request.extension = { sent_on: input.sent_on, reason: required(input.reason, "reason") };
    return null;
  },
  "compliance.withdraw_accounting": (world, input) => {
    takeUp(world, input.accounting).withdrawn_on = today();
    return null;
  },
  "compliance.accounting_letter": (world, input) => letter(world, find(world, input.accounting)),
  "compliance.deliver_accounting": (world, input) => {
    const request = takeUp(world, input.accounting);
    if (past(input.delivered_on, "delivered_on") < request.received_on) refuse("compliance.date_order", "delivered_on", "Check both.");
    Object.assign(request, { delivered_on: input.delivered_on, letter_sha256: input.letter_sha256 ?? null });
    return null;
  },
  "compliance.accountings": (world) => {
    const rows = world.accountings.map((one) => rowOf(world, one));
    const waits = (row: AccountingRow) => row.withdrawn_on === null && row.delivered_on === null;
    return { rows: [...rows.filter(waits).toSorted((a, b) => a.due_on.localeCompare(b.due_on)), ...rows.filter((row) => !waits(row)).toSorted((a, b) => b.received_on.localeCompare(a.received_on))] };
  },
  "compliance.due": (world) => {
    const may = world.session?.operations.includes("compliance.accountings");
    const waiting = may ? world.accountings.filter(isOpen).map((one) => ({ kind: "accounting" as const, on: dueOn(one), overdue: dueOn(one) < today(), associate: null })) : [];
    const asked = may ? [...dueAccess(world), ...dueAmendments(world)] : [];
    return { rows: [...dueAgreements(world), ...waiting, ...asked].toSorted((a, b) => (a.on ?? "").localeCompare(b.on ?? "")) };
  },
};
