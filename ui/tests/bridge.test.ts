import { describe, expect, it, vi } from "vitest";
import { call, callAs, carryBy, failureOf, onFailure, purposeFor, type CallFailure, type Role } from "../src/bridge";
import { fakeBackend } from "../src/bridge/fake";
import { EMPTY_FORM, NO_ADDRESS, NO_CHANNEL, fromDemographics, toDemographics, type DemographicsForm } from "../src/features/patients/demographics";
import { practiceField } from "../src/features/identity/practice";
import { idleAt } from "../src/shell/idle";
import { themeFor } from "../src/shell/theme";
import { startOf } from "../src/features/identity/StaffFlyout";
import { toQuery, NO_FILTERS } from "../src/features/log/filters";

describe("call", () => {
  it("rejects with a failure and tells the shell", async () => {
    const heard = vi.fn<(failure: unknown, operation: string) => void>();
    const stop = onFailure(heard);
    carryBy(() => Promise.reject({ kind: "refused", code: "patients.stale", field: null, remedy: "Look again." }));
    await expect(call("identity.staff", {})).rejects.toMatchObject({ failure: { code: "patients.stale" } });
    expect(heard).toHaveBeenCalledWith({ kind: "refused", code: "patients.stale", field: null, remedy: "Look again." }, "identity.staff");
    stop();
  });

  it("turns anything strange into a fault without a word of it", async () => {
    carryBy(() => Promise.reject("Grace Hallorán was not found"));
    const thrown = (await call("identity.staff", {}).catch((error: unknown) => error)) as CallFailure;
    expect(failureOf(thrown)).toEqual({ kind: "fault", reference: "window" });
    expect(thrown.message).toBe("fault");
  });

  it.each([
    [["physician"], "patients.chart", "treatment"],
    [["nurse"], "patients.search", "treatment"],
    [["receptionist"], "patients.search", "operations"],
    [["owner"], "patients.chart", "operations"],
    [["biller"], "patients.billing_card", "payment"],
    [["physician"], "patients.billing_card", "payment"],
    [["physician"], "log.entries", null],
    [["owner"], "identity.confirm_second_factor", null],
    [["physician"], "shell.status", null],
  ] as [Role[], string, string | null][])("%s calling %s states %s", (roles, operation, purpose) => {
    callAs(roles);
    expect(purposeFor(operation)).toBe(purpose);
    callAs([]);
  });

  it("carries purpose, reason and progress", async () => {
    const fake = fakeBackend();
    const progress = vi.fn<(seen: unknown) => void>();
    await call("patients.chart", { patient: fake.world.patients[0]?.id ?? "" }, { purpose: "legal", reason: "Subpoena" });
    expect(fake.calls.at(-1)).toMatchObject({ purpose: "legal", reason: "Subpoena" });
    await call("shell.run_import", { file: "file-1" }, { onProgress: progress });
    expect(progress).toHaveBeenCalled();
  });
});

const FILLED: DemographicsForm = {
  ...EMPTY_FORM,
  name: { family: "Hall", given: "Grace Ann", prefix: "", suffix: "" },
  goes_by: "Gracie",
  other_names: [{ use: "previous", family: "", given: "" }, { use: "previous", family: "Marsh", given: "Grace" }],
  date_of_birth: "1961-04-02",
  administrative_sex: "F",
  channels: [{ ...NO_CHANNEL }, { ...NO_CHANNEL, value: " 608 555 0142 " }],
  addresses: [{ ...NO_ADDRESS }, { ...NO_ADDRESS, line1: "1 Lake", line2: "Apt 2", city: "Madison", state: "wi" }],
  flags: "wheelchair,  hard of hearing ,",
};

describe("demographics", () => {
  it("leaves empty rows out and tidies the rest", () => {
    const { demographics } = toDemographics(FILLED);
    expect(demographics.channels).toHaveLength(1);
    expect(demographics.channels?.[0]?.value).toBe("608 555 0142");
    expect(demographics.addresses?.[0]).toMatchObject({ lines: ["1 Lake", "Apt 2"], state: "WI" });
    expect(demographics.other_names?.map((one) => one.use)).toEqual(["preferred", "previous"]);
    expect(demographics.flags).toEqual(["wheelchair", "hard of hearing"]);
    expect(toDemographics({ ...FILLED, birth_unknown: true }).demographics.date_of_birth).toBeNull();
  });

  it.each([
    ["channels.0.value", "channels.1.value"],
    ["channels.0", "channels.1.value"],
    ["addresses.0.lines.0", "addresses.1.line1"],
    ["addresses.0.lines.1", "addresses.1.line2"],
    ["addresses.0.city", "addresses.1.city"],
    ["other_names.0.given.0", "goes_by"],
    ["other_names.1.family", "other_names.1.family"],
    ["name.given.0", "name.given"],
    ["name.family", "name.family"],
    ["date_of_birth", "date_of_birth"],
    ["flags.1", "flags"],
    ["guarantor.phone", "guarantor.phone"],
  ])("a refusal of %s lands on %s", (path, field) => {
    expect(toDemographics(FILLED).fieldOf(path)).toBe(field);
  });

  it("comes back the same from the record", () => {
    const { demographics } = toDemographics(FILLED);
    expect(toDemographics(fromDemographics(demographics)).demographics).toEqual(demographics);
  });
});

describe("small things", () => {
  it.each([["practice.npi", "npi"], ["npi", "npi"], ["practice.address.lines.0", "line1"], ["address.lines.1", "line2"], ["address.city", "city"], ["practice.hours.2.opens", "hours"], ["owner.user_name", null]])("the practice's %s is the field %s", (path, field) => {
    expect(practiceField(path)).toBe(field);
  });

  it.each([[0, 15, false, false], [14 * 60_000 + 31_000, 1, true, false], [15 * 60_000, 0, false, true], [9 * 3_600_000, 0, false, true], [60_000, 14, false, false]])("after %i ms idle, %i minutes are left", (idle, minutesLeft, closing, over) => {
    expect(idleAt(1_000_000 + idle, 1_000_000, 15)).toEqual({ minutesLeft, closing, over });
  });

  it("finds the theme", () => {
    expect(themeFor("system", true, false)).toBe("dark");
    expect(themeFor("system", true, true)).toBe("contrast");
    expect(themeFor("light", true, true)).toBe("light");
  });

  it("sends days at the session's own offset", () => {
    expect(startOf("2026-03-08", "2026-11-21T09:12:00-06:00")).toBe("2026-03-08T00:00:00-06:00");
    expect(startOf("soon", "2026-11-21T09:12:00-06:00")).toBeNull();
    expect(toQuery({ ...NO_FILTERS, to: "2026-11-20", actor: "staff-1" }, "2026-11-21T09:12:00Z")).toMatchObject({ to: "2026-11-20T23:59:59Z", from: null, actor: "staff-1", outcome: null });
  });
});
