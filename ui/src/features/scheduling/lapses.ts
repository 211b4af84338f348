import type { BoardReservation, TheatreLapse } from "../../bridge";
import type { Translate } from "../../words";

/** What of an operation has ended and nobody waived: as long as there is any, the patient is not brought in. */
export function openLapses(of: Pick<BoardReservation, "lapsed">): TheatreLapse[] {
  return of.lapsed.filter((one) => one.waived === null);
}

/** Whose it is, and what of it has ended. */
export function lapseName(of: TheatreLapse, t: Translate): string {
  return t("scheduling.theatre.lapse.of", { name: of.name, what: of.what === "license" ? t("scheduling.theatre.lapse.license") : of.what });
}

/** All of it in a sentence; null where nothing is open. */
export function lapsedText(of: Pick<BoardReservation, "lapsed">, t: Translate): string | null {
  const open = openLapses(of).map((one) => lapseName(one, t));
  return open.length === 0 ? null : t("scheduling.theatre.lapse.mark", { what: open.join("; ") });
}
