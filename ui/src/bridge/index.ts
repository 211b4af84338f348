export type * from "./generated";
export { call, carryBy, onFailure, type CallName, type CallOptions, type Input, type Output } from "./call";
export { CallFailure, failureOf, refusalCode } from "./failure";
export { callAs, purposeFor } from "./purpose";
export { onPreferences, prefer, preferences, type Density, type Language, type Preferences, type Theme } from "./preferences";
export { answersCache, useAnswer, useChange } from "./queries";
export { lookingOnly, looks } from "./looking";
export { stoppable } from "./stoppable";
export { SessionContext, useMay, useSession } from "./session";
