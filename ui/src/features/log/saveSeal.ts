import { call, failureOf } from "../../bridge";
import { toast } from "../../kit";
import { failureWords, numberText, type Translate } from "../../words";

/** Lets the person choose a folder and writes the month's seal there: one page that is printed and locked away. */
export async function saveSeal(t: Translate): Promise<void> {
  try {
    const chosen = await call("shell.choose_folder", {});
    if (chosen === null) return;
    const { name, log_size } = await call("shell.save_monthly_seal", { folder: chosen.folder });
    toast(t("log.seal.saved", { name, entries: numberText(log_size) }));
  } catch (thrown) {
    toast(failureWords(failureOf(thrown)), { tone: "danger" });
  }
}
