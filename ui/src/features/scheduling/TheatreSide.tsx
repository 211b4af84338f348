import { useMay, type TheatreBoardView } from "../../bridge";
import { CaseFlyout } from "./CaseFlyout";
import type { PatientWays } from "./PatientPart";
import type { Placing } from "./theatre";
import { PlaceFlyout } from "./PlaceFlyout";
import { GoneFlyout, ReservationFlyout } from "./ReservationFlyout";
import { caseOn, reservationOn, type TheatreDoing } from "./theatreDoing";
import { UnplacedPanel } from "./UnplacedPanel";
import type { TheatreActs } from "./useTheatreActs";

export interface TheatreSideProps extends PatientWays {
  board: TheatreBoardView;
  doing: TheatreDoing;
  setDoing: (doing: TheatreDoing) => void;
  acts: TheatreActs;
  onDate: (date: string) => void;
  onPatient: ((patient: string) => void) | null;
}

/** The column beside the board: one thing at a time, and the board stays in view. */
export function TheatreSide({ board, doing, setDoing, acts, onDate, onPatient, ...ways }: TheatreSideProps) {
  const may = useMay();
  const close = () => setDoing(null);
  if (doing?.what === "reservation") {
    const reservation = reservationOn(board, doing.reservation);
    if (!reservation) return <GoneFlyout onClose={close} />;
    return <ReservationFlyout key={reservation.reservation} board={board} reservation={reservation} changes={acts.changes} missing={doing.missing ?? []} releasing={acts.releasing} onClose={close} onMove={acts.beginMove} onCase={acts.openCase} onPatient={onPatient} />;
  }
  if (doing?.what === "place") {
    const { placing } = doing;
    // Back to what was moved: its flyout is where one came from.
    const done = () => setDoing(placing.reservation === null ? null : { what: "reservation", reservation: placing.reservation });
    const move = async (next: Placing, override?: string) => {
      const outcome = await acts.move(next, override);
      // Where somebody else was quicker, that was said, and the next try is on what they left.
      if (outcome === "failed") setDoing({ what: "place", placing: { ...next, version: acts.changes.versionOf(next.reservation ?? "") ?? next.version } });
      return outcome;
    };
    return <PlaceFlyout key={placing.reservation ?? "new"} board={board} placing={placing} onChange={(next) => setDoing({ what: "place", placing: next })} onDate={onDate} onClose={done} onMove={move} onReserved={acts.open} onUndo={(made) => { setDoing(null); acts.changes.unreserve(made); }} onNewCase={acts.newCase ? () => setDoing({ what: "case", case: null, at: { theatre: placing.theatre, minute: placing.minute } }) : null} />;
  }
  if (doing?.what === "case") {
    const planned = caseOn(board, doing.case);
    if (doing.case !== null && !planned) return <GoneFlyout onClose={close} />;
    return <CaseFlyout key={doing.case ?? "new"} {...ways} board={board} planned={planned} releasing={acts.releasing} onClose={close} reopen={() => setDoing(doing)} onKept={(kept) => (planned === null && acts.reserve ? acts.placeCase(kept, doing.at) : close())} />;
  }
  return <UnplacedPanel rows={board.unplaced} onPlace={acts.reserve ? (planned) => acts.placeCase(planned, null) : null} onCase={may("scheduling.keep_case") ? (planned) => acts.openCase(planned.case) : null} />;
}
