import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import common from "./en-US/common.json";
import compliance from "./en-US/compliance.json";
import exchange from "./en-US/exchange.json";
import identity from "./en-US/identity.json";
import log from "./en-US/log.json";
import patients from "./en-US/patients.json";
import refusal from "./en-US/refusal.json";
import scheduling from "./en-US/scheduling.json";
import shell from "./en-US/shell.json";
import esCommon from "./es-US/common.json";
import esCompliance from "./es-US/compliance.json";
import esExchange from "./es-US/exchange.json";
import esIdentity from "./es-US/identity.json";
import esLog from "./es-US/log.json";
import esPatients from "./es-US/patients.json";
import esRefusal from "./es-US/refusal.json";
import esScheduling from "./es-US/scheduling.json";
import esShell from "./es-US/shell.json";

export const WORDS = {
  "en-US": { common, compliance, exchange, identity, log, patients, refusal, scheduling, shell },
  "es-US": { common: esCommon, compliance: esCompliance, exchange: esExchange, identity: esIdentity, log: esLog, patients: esPatients, refusal: esRefusal, scheduling: esScheduling, shell: esShell },
} as const;

/** Loads the words of every language; they are bundled, so nothing is fetched. */
export async function loadWords(language: string): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: "en-US",
    resources: {
      "en-US": { translation: WORDS["en-US"] },
      "es-US": { translation: WORDS["es-US"] },
    },
    // React escapes what it shows.
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = language;
}

export async function speak(language: string): Promise<void> {
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

export { centsOf, dollarsText, durationText, sizeText, stepOf } from "./amounts";
export { failureWords, refusalWords } from "./failure";
export { civilText, dateTimeText, dayText, dayTitle, daysBetween, initials, keepPracticeClock, monthTitle, numberText, parseTypedDate, shortDayText, timeText, todayCivil, weekOf } from "./dates";
export { relativeText } from "./relative";

/** The function that turns a key into words, as plain helpers take it. */
export type Translate = (key: string, options?: Record<string, unknown>) => string;
