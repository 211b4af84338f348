import { CalendarPlus } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef, useState, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import { failureOf, useAnswer, useMay, type LeftInPlace, type VisitView } from "../../bridge";
import { Banner, Button, EmptyState, Failed, useGo, useStore } from "../../kit";
import { failureWords } from "../../words";
import type { PatientWays } from "./PatientPart";
import { useColumnSets } from "./columnSets";
import { DayBar } from "./DayBar";
import { DayNumbers } from "./DayNumbers";
import { daySeen, isMode, plusDays, plusMonths, type DayMode, type ShownAs } from "./daySeen";
import { DaySide } from "./DaySide";
import { useBegun, type Doing } from "./doing";
import { makeGridState } from "./gridState";
import { MoveDialog } from "./MoveDialog";
import { OTHER_VIEWS, OtherView } from "./otherViews";
import { Pinboard } from "./Pinboard";
import { ResourceDayGrid, type GridHandle } from "./ResourceDayGrid";
import { showReservation } from "./theatreDoing";
import { ToldBanner } from "./ToldBanner";
import { useDayActs } from "./useDayActs";
import { useDayShortcuts } from "./useDayShortcuts";
import { useBookingFacts } from "./useBooking";
import { usePins } from "./usePins";

export interface DayScreenProps extends PatientWays {
  /** How the day is shown, where the way here says so. */
  view?: string | undefined;
  /** Opens the chart or the card of a patient; null where this session opens none. */
  patientPath: ((patient: string) => string) | null;
}

/** How often the day is asked for anew while somebody looks at it: others book, too. */
const EVERY_MS = 20_000;

/** The first screen: the day as it stands, and everything one does about it. */
export function DayScreen({ view, patientPath, ...ways }: DayScreenProps) {
  const may = useMay();
  const { go } = useGo();
  const seen = useStore(daySeen);
  useEffect(() => {
    if (isMode(view)) daySeen.set((before) => ({ ...before, mode: view }));
  }, [view]);
  const [visit] = useState(() => crypto.randomUUID());
  const answer = useAnswer("scheduling.day", { date: seen.date, visit }, { keepPrevious: true, every: EVERY_MS });
  const day = answer.data;
  const sets = useColumnSets(day);
  const [state] = useState(makeGridState);
  const [doing, setDoing] = useState<Doing>(useBegun());
  const [moving, setMoving] = useState<VisitView | null>(null);
  const pins = usePins();
  const grid = useRef<GridHandle>(null);
  const canBook = may("scheduling.book") && may("scheduling.move");
  const acts = useDayActs({ day, state, grid, doing, setDoing, pins });
  const booking = doing?.what === "book" ? doing.booking : null;
  const facts = useBookingFacts(booking, day);
  const date = seen.date ?? day?.today ?? "";
  const mode: DayMode = seen.mode !== "day" && OTHER_VIEWS[seen.mode] ? seen.mode : "day";
  const onDate = useCallback((next: string) => daySeen.set((before) => ({ ...before, date: day && next === day.today ? null : next })), [day]);
  const onReserved = may("scheduling.theatre_board") ? (reservation: string, on = date) => { showReservation(reservation, on); go("/day/theatre"); } : null;
  const onTurn = (step: 1 | -1) => onDate(mode === "month" ? plusMonths(date, step) : plusDays(date, step * (mode === "week" ? 7 : 1)));
  const onMode = (next: ShownAs) => (next === "theatre" ? go("/day/theatre") : daySeen.set((before) => ({ ...before, mode: next })));
  const onDay = (next: string) => { onDate(next); onMode("day"); };
  useDayShortcuts({ today: day?.today, canBook, sets, acts, grid, placing: pins.placing, onDate, onTurn });
  useBackToGrid(doing, grid);
  const slot = useMemo(() => (booking && booking.resource !== null && booking.date === day?.date ? { resource: booking.resource, minute: booking.minute } : null), [booking, day?.date]);
  const pinned = useMemo(() => new Set(pins.list.map((one) => one.unit)), [pins.list]);
  if (answer.error && !day) return <Failed failure={failureOf(answer.error)} />;
  if (!day) return <div className="screen" aria-busy="true" />;
  if (day.columns.length === 0) return <NothingYet />;
  const modes: ShownAs[] = ["day", ...(Object.keys(OTHER_VIEWS) as DayMode[]), ...(may("scheduling.theatre_board") ? (["theatre"] as const) : [])];
  return (
    <div className="screen sd-screen" data-testid="day">
      <DayBar date={date} today={day.today} mode={mode} modes={modes} day={day} sets={sets} onDate={onDate} onTurn={onTurn} onMode={onMode} onFind={acts.find} onNew={canBook ? acts.newHere : null} />
      <DayNumbers day={day} onWaitlist={acts.waitlist} onReminders={acts.reminders} />
      {answer.error ? <Banner tone="warn" edge>{failureWords(failureOf(answer.error))}</Banner> : null}
      <ToldBanner day={day} onLeft={leftOpener({ onReserved, onDay, onOpen: acts.open })} />
      <div className="screen-split">
        <div className="screen-main sd-main" aria-busy={answer.isPlaceholderData} data-turning={answer.isPlaceholderData || undefined}>
          {mode === "day" ? (
            <ResourceDayGrid ref={grid} day={day} columns={sets.columns} seenAt={answer.dataUpdatedAt} state={state} selected={doing?.what === "visit" ? doing.unit : null} slot={slot} slotMinutes={facts?.minutes ?? 30} pinned={pinned} canBook={canBook} onOpen={acts.open} onHold={acts.openHold} onReserved={onReserved} onNew={acts.newAt} onDrop={acts.drop} onPark={acts.park} />
          ) : (
            <OtherView mode={mode} date={date} visit={visit} selected={doing?.what === "visit" ? doing.unit : null} onOpen={acts.open} onReserved={onReserved} onDay={onDay} onNew={(at) => { onDate(at.date); acts.newOn(at); }} />
          )}
          {canBook && mode === "day" ? <Pinboard pins={pins.list} placing={pins.placing} onPlace={pins.arm} onDrop={(pin) => pins.drop(pin.unit)} /> : null}
        </div>
        <DaySide {...ways} day={day} doing={doing} facts={facts} acts={acts} setDoing={setDoing} onDate={onDate} onMove={setMoving} onPatient={patientPath ? (patient) => go(patientPath(patient)) : null} />
      </div>
      {moving ? <MoveDialog visit={moving} day={day} onClose={() => setMoving(null)} onMove={(going) => { setMoving(null); void acts.moveTo(going, moving); }} /> : null}
    </div>
  );
}

interface LeftWays {
  onReserved: ((reservation: string, date: string) => void) | null;
  onDay: (date: string) => void;
  onOpen: (unit: string) => void;
}

/** Opens what stays where people were not told to come: an operation in its theatre, a visit on its day. */
function leftOpener({ onReserved, onDay, onOpen }: LeftWays): (row: LeftInPlace) => void {
  return ({ unit, reservation, date }) => {
    if (reservation !== null && onReserved) return onReserved(reservation, date);
    onDay(date);
    return unit === null ? undefined : onOpen(unit);
  };
}

/** When the column beside the day closes and the focus has nowhere to go back to, the day has it: the next key means a visit. */
function useBackToGrid(doing: Doing, grid: RefObject<GridHandle | null>): void {
  const had = useRef(doing !== null);
  useEffect(() => {
    if (doing === null && had.current && document.activeElement === document.body) grid.current?.focus();
    had.current = doing !== null;
  }, [doing, grid]);
}

function NothingYet() {
  const { t } = useTranslation();
  const may = useMay();
  const { go } = useGo();
  const setUp = may("scheduling.keep_resource") ? <Button variant="primary" onPress={() => go("/schedule-setup")} testId="day-set-up">{t("scheduling.empty.setUp")}</Button> : null;
  return (
    <div className="screen" data-testid="day-empty">
      <div className="screen-bar"><h1>{t("scheduling.day.title")}</h1></div>
      <EmptyState icon={<CalendarPlus size={28} />} title={t("scheduling.empty.title")} actions={setUp}>{t(setUp ? "scheduling.empty.words" : "scheduling.empty.ask")}</EmptyState>
    </div>
  );
}

