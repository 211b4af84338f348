import { render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import type { PatientOperationRow, PatientVisitRow } from "../src/bridge";
import { makeTheatres } from "../src/bridge/fake/theatre";
import { PatientVisits } from "../src/features/scheduling/PatientVisits";
import { answered, expectAccessible, openChart, openWindow, press } from "./window";

const row = (unit: string, elsewhere: boolean): PatientVisitRow => ({
  unit, date: "2026-03-09", time: "9:30 to 10:00", label: "Follow-up", names: ["Dr. Naomi Ito"], status: "checked_out", coming: false, elsewhere,
});

it("a visit from another practice's records is a line to be read, and says where it is from", () => {
  const onOpen = vi.fn<(visit: PatientVisitRow) => void>();
  render(<PatientVisits rows={[row("a", false), row("b", true)]} operations={[]} onOpen={onOpen} />);
  const [own, other] = screen.getAllByTestId("patient-visit");
  own!.click();
  other!.click();
  expect(onOpen.mock.calls.map(([opened]) => opened.unit)).toEqual(["a"]);
  expect(own).not.toHaveTextContent("another practice");
  expect(other).toHaveTextContent("Dr. Naomi Ito · From another practice’s records");
});

const operation = (id: string, change: Partial<PatientOperationRow>): PatientOperationRow => ({
  case: id, state: "reserved", urgency: "elective", surgeon_name: "Dr. Lena Vale", theatre_name: "Theatre 1", date: "2026-03-09", time: "8:00 to 9:10", elsewhere: false, ...change,
});

it("operations stand below the visits, each with how it stands, and not at all where there is none", () => {
  const rows = [
    operation("a", { state: "planned", urgency: "emergency", surgeon_name: null, theatre_name: null, date: null, time: null }),
    operation("b", {}),
    operation("c", { state: "under_way", urgency: "urgent" }),
    operation("d", { state: "over", elsewhere: true }),
    operation("e", { state: "cancelled", theatre_name: null, date: null, time: null }),
  ];
  const { rerender } = render(<PatientVisits rows={[]} operations={rows} />);
  const shown = screen.getAllByTestId("patient-operation");
  expect(shown.map((one) => one.textContent)).toEqual([
    "No day yetEmergencyNo surgeon yetPlanned",
    "Mon, Mar 98:00 to 9:10ElectiveDr. Lena Vale · Theatre 1Reserved",
    "Mon, Mar 98:00 to 9:10UrgentDr. Lena Vale · Theatre 1Under way",
    "Mon, Mar 98:00 to 9:10ElectiveDr. Lena Vale · Theatre 1 · at another practiceOver",
    "No day yetElectiveDr. Lena ValeCancelled",
  ]);
  // How it stands is a sign as well as a colour and a word.
  expect(shown.every((one) => one.querySelector(".sc-agenda-status svg"))).toBe(true);
  rerender(<PatientVisits rows={[]} operations={[]} />);
  expect(screen.queryByTestId("patient-operations")).toBeNull();
});

it("operations stand on the chart of whoever has one", { timeout: 60_000 }, async () => {
  const opened = openWindow("signed_in", ["owner", "physician"], ({ world }) => makeTheatres(world));
  await openChart(opened, "dubois, luc");
  await press(opened, "tab-visits");
  await answered("patient-operation", "10:00 to 11:30UrgentDr. Lena Vale · Theatre 1Under way");
  await expectAccessible();
});
