import { render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import type { PatientVisitRow } from "../src/bridge";
import { PatientVisits } from "../src/features/scheduling/PatientVisits";

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
