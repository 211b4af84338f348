import { waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { WORDS } from "../src/bridge/fake/world";
import { twoPlaces } from "../src/features/identity/RecoveryKitSheet";
import { PASSPHRASE, at, expectAccessible, gone, openChart, openWindow, press, typeInto, type Opened } from "./window";

async function answerWords(opened: Opened, wrong = false): Promise<void> {
  for (const number of [1, 2]) {
    // Fields are filled in one after the other.
    // oxlint-disable-next-line no-await-in-loop
    const field = (await at(`kit-answer-${number}`)) as HTMLInputElement;
    const position = Number(/\d+/.exec(field.labels?.[0]?.textContent ?? "")?.[0]);
    // oxlint-disable-next-line no-await-in-loop
    await typeInto(opened, `kit-answer-${number}`, wrong ? "nothing" : (WORDS[position - 1] ?? ""));
  }
  await press(opened, "kit-confirm");
}

async function confirmFactor(opened: Opened): Promise<void> {
  await press(opened, "factor-kept");
  await typeInto(opened, "factor-code", "409 118");
  await press(opened, "factor-confirm");
}

describe("the set-up wizard", () => {
  it("goes from nothing to an open practice", async () => {
    const opened = openWindow("absent");
    await press(opened, "setup-begin");
    await typeInto(opened, "practice-name", "Lakeside Family Medicine");
    await typeInto(opened, "practice-npi", "1234567890");
    await press(opened, "setup-practice-next");
    expect(await at("error-summary")).toHaveTextContent("not a valid NPI");
    await expectAccessible();
    await typeInto(opened, "practice-npi", "1234567893");
    await press(opened, "setup-practice-next");
    await press(opened, "setup-create");
    expect(await at("error-summary")).toHaveTextContent("3 things stand in the way");
    await typeInto(opened, "owner-name", "Naomi Rae Ito");
    await typeInto(opened, "owner-user-name", "n.ito");
    await opened.user.click(await at("owner-passphrase"));
    await opened.user.paste(PASSPHRASE);
    expect(await at("passphrase-advice")).toHaveTextContent("Good");
    await press(opened, "setup-create");
    expect(await at("kit-word-24")).toHaveTextContent(WORDS[23] ?? "");
    await expectAccessible();
    const created = opened.fake.calls.find((one) => one.operation === "identity.create_practice")?.input;
    expect(created).toMatchObject({ practice: { npi: "1234567893", time_zone: "America/Chicago", address: null }, owner: { user_name: "n.ito", name: { family: "Ito", given: ["Naomi", "Rae"] } }, suite: "xchacha20-poly1305" });
    await press(opened, "kit-continue");
    await answerWords(opened, true);
    expect(await at("kit-refused")).toHaveTextContent("These are not the words");
    await answerWords(opened);
    expect((await at("factor-confirm")).hasAttribute("data-disabled")).toBe(true);
    await confirmFactor(opened);
    await press(opened, "setup-finish");
    await at("patient-search");
  });

  it("takes a refusal of the practice back to its field", async () => {
    const opened = openWindow("absent", undefined, (fake) => fake.failNext("identity.create_practice", { kind: "refused", code: "identity.npi_check_digit", field: "practice.npi", remedy: "Check the NPI." }));
    await press(opened, "setup-begin");
    await typeInto(opened, "practice-name", "Lakeside");
    await press(opened, "setup-practice-next");
    await typeInto(opened, "owner-name", "Naomi Ito");
    await typeInto(opened, "owner-user-name", "n.ito");
    await typeInto(opened, "owner-passphrase", PASSPHRASE);
    await press(opened, "setup-create");
    await at("setup-step-practice");
    expect((await at("practice-npi")).closest(".kw-field")).toHaveTextContent("This is not a valid NPI. It has ten digits");
  });

  it("asks nobody for a recovery kit that is not theirs to make", async () => {
    openWindow("signed_in", ["receptionist"], ({ world }) => Object.assign(world.session ?? {}, { recovery_kit_confirmed: false }));
    await at("patient-search");
  });

  it("asks for what was left undone after a restart", async () => {
    const opened = openWindow("signed_in", ["owner"], ({ world }) => Object.assign(world.session ?? {}, { recovery_kit_confirmed: false, second_factor_confirmed: false }));
    await press(opened, "kit-new");
    await press(opened, "kit-continue");
    await answerWords(opened);
    await typeInto(opened, "factor-passphrase", PASSPHRASE);
    await press(opened, "factor-new");
    await confirmFactor(opened);
    await at("patient-search");
  });

  it("picks two different places", () => {
    for (let round = 0; round < 200; round += 1) {
      const [low, high] = twoPlaces(24);
      expect([low >= 1, low < high, high <= 24]).toEqual([true, true, true]);
    }
    expect(twoPlaces(24, () => 0.999)).toEqual([23, 24]);
  });
});

describe("signing in", () => {
  it("refuses plainly, forgets the code, then opens", async () => {
    const opened = openWindow("signed_out");
    await typeInto(opened, "sign-in-user", "n.ito");
    await typeInto(opened, "sign-in-passphrase", PASSPHRASE);
    await typeInto(opened, "sign-in-code", "000000");
    await press(opened, "sign-in-submit");
    expect(await at("sign-in-refused")).toHaveTextContent("is not right");
    expect(((await at("sign-in-code")) as HTMLInputElement).value).toBe("");
    await expectAccessible();
    await opened.user.type(await at("sign-in-code"), "409118{Enter}");
    await at("patient-search");
    expect(opened.fake.calls.find((one) => one.operation === "identity.sign_in" && (one.input as { code: string }).code === "409118")).toBeDefined();
  });

  it("says how long to wait", async () => {
    const opened = openWindow("signed_out", undefined, (fake) => fake.failNext("identity.sign_in", { kind: "refused", code: "identity.wait", field: null, remedy: "Wait 30 seconds, then try again." }));
    await typeInto(opened, "sign-in-user", "n.ito");
    await typeInto(opened, "sign-in-passphrase", PASSPHRASE);
    await press(opened, "sign-in-submit");
    expect(await at("sign-in-refused")).toHaveTextContent("to 15 minutes at most");
  });

  it("opens with an invitation and then asks for an authenticator", async () => {
    const opened = openWindow("signed_out");
    await press(opened, "sign-in-lost");
    await expectAccessible();
    await press(opened, "lost-invitation");
    await typeInto(opened, "invitation-user", "t.haddad");
    await typeInto(opened, "invitation-code", "7QPF-M2XD-9RTA");
    await typeInto(opened, "invitation-passphrase", PASSPHRASE);
    await press(opened, "invitation-submit");
    await confirmFactor(opened);
    await at("patient-search");
  });

  it("opens with the recovery key and then makes a new kit", async () => {
    const opened = openWindow("signed_out");
    await press(opened, "sign-in-lost");
    await press(opened, "lost-recover");
    await typeInto(opened, "recover-key", "KW1-7QPF");
    await typeInto(opened, "recover-user", "n.ito");
    await typeInto(opened, "recover-passphrase", PASSPHRASE);
    await press(opened, "recover-submit");
    await at("kit-new");
  });
});

describe("locking", () => {
  it("keeps what was typed, forgets the rest, and comes back to the same place", async () => {
    const opened = openWindow();
    await press(opened, "patients-new");
    await typeInto(opened, "form-family", "Unsaved");
    await opened.user.keyboard("{Control>}l{/Control}");
    await at("lock-screen");
    await expectAccessible();
    const locked = opened.fake.calls.find((one) => one.operation === "identity.lock")?.input as { drafts: { screen: string; content: string }[] };
    expect(locked.drafts.map((draft) => draft.screen)).toEqual(["/patients/new"]);
    expect(locked.drafts[0]?.content).toContain("Unsaved");
    expect(document.body.innerHTML).not.toContain("Unsaved");
    await typeInto(opened, "unlock-passphrase", "wrong");
    await press(opened, "unlock-submit");
    await at("unlock-refused");
    await typeInto(opened, "unlock-passphrase", PASSPHRASE);
    await press(opened, "unlock-submit");
    await waitFor(async () => expect(((await at("form-family")) as HTMLInputElement).value).toBe("Unsaved"));
  });

  it("asks for the code too when Rust wants it", async () => {
    const opened = openWindow("locked", undefined, (fake) => fake.failNext("identity.unlock", { kind: "refused", code: "identity.code_needed", field: "code", remedy: "Type the code." }));
    await typeInto(opened, "unlock-passphrase", PASSPHRASE);
    await press(opened, "unlock-submit");
    await typeInto(opened, "unlock-code", "409118");
    await press(opened, "unlock-submit");
    await at("patient-search");
    expect(opened.fake.calls.findLast((one) => one.operation === "identity.unlock")?.input).toEqual({ passphrase: PASSPHRASE, code: "409118" });
  });

  it("shows the lock when Rust locks by itself, and keeps the typing in memory", async () => {
    const opened = openWindow();
    await press(opened, "patients-new");
    await typeInto(opened, "form-family", "Kept");
    await typeInto(opened, "form-given", "Well");
    opened.fake.world.state = "locked";
    opened.fake.failNext("patients.register", { kind: "locked" });
    await typeInto(opened, "form-birth", "1/1/1980");
    await press(opened, "form-sex-U");
    await press(opened, "form-save");
    expect(await at("lock-screen")).toHaveTextContent("What you typed is kept");
    await typeInto(opened, "unlock-passphrase", PASSPHRASE);
    await press(opened, "unlock-submit");
    await waitFor(async () => expect(((await at("form-family")) as HTMLInputElement).value).toBe("Kept"));
  });

  it("leaves nothing of a chart behind", async () => {
    const opened = openWindow();
    await openChart(opened, "gra hall");
    expect(document.body.textContent).toContain("Hallorán");
    await press(opened, "lock");
    await at("lock-screen");
    expect(document.body.textContent).not.toContain("Hallorán");
    expect(document.title).not.toContain("Hallorán");
    await typeInto(opened, "unlock-passphrase", PASSPHRASE);
    await press(opened, "unlock-submit");
    expect(await at("chart-name")).toHaveTextContent("Hallorán");
    await gone("patient-search");
  });
});
