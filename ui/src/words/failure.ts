import i18next from "i18next";
import type { Failure } from "../bridge/generated";

/** Returns the words for a refusal: ours for the code when there are any, otherwise the remedy that came with it. */
export function refusalWords(code: string, remedy: string): string {
  const key = `refusal.${code}`;
  return i18next.exists(key) ? i18next.t(key, { remedy }) : remedy;
}

/** Returns one plain sentence for any failure. */
export function failureWords(failure: Failure): string {
  switch (failure.kind) {
    case "refused":
      return refusalWords(failure.code, failure.remedy);
    case "fault":
      return i18next.t("common.failure.fault", { reference: failure.reference });
    default:
      return i18next.t(`common.failure.${failure.kind}`);
  }
}
