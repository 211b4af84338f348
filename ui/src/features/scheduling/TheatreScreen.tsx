import { CalendarPlus, List } from "lucide-react";
import { useCallback, useEffect, useRef, useState, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import { failureOf, useAnswer, useMay, type TheatreBoardView } from "../../bridge";
import { Banner, Button, EmptyState, Failed, store, useGo, useShortcuts, useStore, type Shortcut } from "../../kit";
import { failureWords } from "../../words";
import { DayBar } from "./DayBar";
import type { DayScreenProps } from "./DayScreen";
import { MODES, daySeen, plusDays, type ShownAs } from "./daySeen";
import { numbersOf } from "./theatre";
import { TheatreBoard, type BoardHandle } from "./TheatreBoard";
import { useTheatreDoing, type TheatreDoing } from "./theatreDoing";
import { TheatreList } from "./TheatreList";
import { TheatreSide } from "./TheatreSide";
import { makeBoardState } from "./useBoardPointer";
import { arrowsAreTaken } from "./useDayShortcuts";
import { useTheatreActs, type TheatreActs } from "./useTheatreActs";

/** How often the board is asked for anew while somebody looks at it: others work with it, too. */
const EVERY_MS = 20_000;

/** Whether the board is read as lists. Coming back to the screen finds it as it was. */
const asLists = store(false);

/** The theatres of a day: what is reserved, how far it is, and what still needs a theatre. */
export function TheatreScreen({ patientPath, ...ways }: Omit<DayScreenProps, "view">) {
  const { t } = useTranslation();
  const may = useMay();
  const { go } = useGo();
  const seen = useStore(daySeen);
  const lists = useStore(asLists);
  const [visit] = useState(() => crypto.randomUUID());
  const answer = useAnswer("scheduling.theatre_board", { date: seen.date, visit }, { keepPrevious: true, every: EVERY_MS });
  const board = answer.data;
  const [state] = useState(makeBoardState);
  const [doing, setDoing] = useTheatreDoing(board);
  const handle = useRef<BoardHandle>(null);
  const acts = useTheatreActs({ board, handle, doing, setDoing });
  const date = seen.date ?? board?.today ?? "";
  const onDate = useCallback((next: string) => {
    daySeen.set((before) => ({ ...before, date: board && next === board.today ? null : next }));
    // What is open of this day is not on the other one. What was typed in it waits as a draft.
    if (doing?.what === "reservation" || (doing?.what === "case" && doing.case !== null)) setDoing(null);
  }, [board, doing, setDoing]);
  const onMode = (next: ShownAs) => {
    if (next === "theatre") return;
    daySeen.set((before) => ({ ...before, mode: next }));
    go("/day");
  };
  useTheatreShortcuts({ today: board?.today, acts, handle, date, onDate });
  useBackToBoard(doing, handle);
  if (answer.error && !board) return <Failed failure={failureOf(answer.error)} />;
  if (!board) return <div className="screen" aria-busy="true" />;
  if (board.theatres.length === 0) return <NoTheatre onDay={() => onMode("day")} />;
  const modes = may("scheduling.day") ? MODES : (["theatre"] as const);
  const selected = doing?.what === "reservation" ? doing.reservation : null;
  return (
    <div className="screen sd-screen" data-testid="theatre">
      <DayBar date={date} today={board.today} mode="theatre" modes={modes} day={undefined} sets={null} onDate={onDate} onTurn={(step) => onDate(plusDays(date, step))} onMode={onMode} onFind={null} onNew={acts.newCase} more={<More acts={acts} />} newWords={t("scheduling.theatre.newCase")} />
      <Strip board={board} lists={lists} />
      {answer.error ? <Banner tone="warn" edge>{failureWords(failureOf(answer.error))}</Banner> : null}
      <div className="screen-split">
        <div className="screen-main sd-main" aria-busy={answer.isPlaceholderData} data-turning={answer.isPlaceholderData || undefined}>
          {board.reservations.length === 0 ? <NothingReserved can={acts.reserve !== null} /> : null}
          {lists ? <TheatreList board={board} selected={selected} onOpen={acts.open} /> : <TheatreBoard ref={handle} board={board} state={state} selected={selected} placing={doing?.what === "place" ? doing.placing : null} canReserve={acts.reserve !== null} onOpen={acts.open} onFree={acts.placeAt} onDrop={acts.drop} />}
        </div>
        <TheatreSide {...ways} board={board} doing={doing} setDoing={setDoing} acts={acts} onDate={onDate} onPatient={patientPath ? (patient) => go(patientPath(patient)) : null} />
      </div>
    </div>
  );
}

/** When the column beside the board closes and the focus has nowhere to go back to, the board has it. */
function useBackToBoard(doing: TheatreDoing, board: RefObject<BoardHandle | null>): void {
  const had = useRef(doing !== null);
  useEffect(() => {
    if (doing === null && had.current && document.activeElement === document.body) board.current?.focus();
    had.current = doing !== null;
  }, [doing, board]);
}

function More({ acts }: { acts: TheatreActs }) {
  const { t } = useTranslation();
  return acts.reserve ? <Button shortcut="R" onPress={acts.reserve} testId="theatre-reserve">{t("scheduling.theatre.place")}</Button> : null;
}

/** How the theatres stand in numbers, what the patterns mean, and the way to read it all as lists. */
function Strip({ board, lists }: { board: TheatreBoardView; lists: boolean }) {
  const { t } = useTranslation();
  const numbers = numbersOf(board);
  return (
    <section className="screen-strip sd-numbers" aria-label={t("scheduling.theatre.numbers.label")} data-testid="theatre-numbers">
      {(["reserved", "underWay", "over"] as const).map((one) => <span key={one}><b>{numbers[one]}</b>{t(`scheduling.theatre.numbers.${one}`)}</span>)}
      <span className={numbers.pressing > 0 ? "sd-longest" : undefined}><b>{numbers.unplaced}</b>{t("scheduling.theatre.numbers.unplaced")}{numbers.pressing > 0 ? t("scheduling.theatre.numbers.pressing", { count: numbers.pressing }) : ""}</span>
      <span className="kw-grow" />
      {lists ? null : (
        <span className="th-legend" aria-hidden="true">
          <i className="th-setup" />{t("scheduling.theatre.setup")}
          <i className="th-turnover" />{t("scheduling.theatre.turnover")}
        </span>
      )}
      <Button variant="quiet" className="sd-waitlist" aria-pressed={lists} icon={<List size={14} aria-hidden="true" />} onPress={() => asLists.set(!lists)} testId="theatre-lists">{t("scheduling.theatre.asLists")}</Button>
    </section>
  );
}

function NothingReserved({ can }: { can: boolean }) {
  const { t } = useTranslation();
  return <div className="th-nothing" role="status" data-testid="theatre-nothing">{t(can ? "scheduling.theatre.nothingCan" : "scheduling.theatre.nothing")}</div>;
}

function NoTheatre({ onDay }: { onDay: () => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const { go } = useGo();
  const setUp = may("scheduling.keep_resource");
  const ways = (
    <>
      {setUp ? <Button variant="primary" onPress={() => go("/schedule-setup")} testId="theatre-set-up">{t("scheduling.empty.setUp")}</Button> : null}
      {may("scheduling.day") ? <Button onPress={onDay} testId="theatre-to-day">{t("scheduling.theatre.toDay")}</Button> : null}
    </>
  );
  return (
    <div className="screen" data-testid="theatre-empty">
      <div className="screen-bar"><h1>{t("scheduling.theatre.title")}</h1></div>
      <EmptyState icon={<CalendarPlus size={28} />} title={t("scheduling.theatre.none")} actions={ways}>{t(setUp ? "scheduling.theatre.noneWords" : "scheduling.theatre.noneAsk")}</EmptyState>
    </div>
  );
}

interface ShortcutParts {
  today: string | undefined;
  acts: TheatreActs;
  handle: RefObject<BoardHandle | null>;
  date: string;
  onDate: (date: string) => void;
}

/** One key for each thing one does often. What belongs to a reservation is done to the one somebody stands on. */
function useTheatreShortcuts({ today, acts, handle, date, onDate }: ShortcutParts): void {
  const { t } = useTranslation();
  const turn = (step: 1 | -1) => () => {
    if (!arrowsAreTaken()) onDate(plusDays(date, step));
  };
  const all: (Shortcut | null)[] = [
    { keys: "t", shown: "T", words: t("scheduling.day.today"), run: () => { if (today) onDate(today); } },
    { keys: "ArrowLeft", shown: "←", words: t("scheduling.day.before"), run: turn(-1) },
    { keys: "ArrowRight", shown: "→", words: t("scheduling.day.after"), run: turn(1) },
    { keys: "d", shown: "D", words: t("scheduling.theatre.keys.focus"), run: () => handle.current?.focus() },
    { keys: "l", shown: "L", words: t("scheduling.theatre.asLists"), run: () => asLists.set((before) => !before) },
    acts.newCase ? { keys: "n", shown: "N", words: t("scheduling.theatre.newCase"), run: acts.newCase } : null,
    acts.reserve ? { keys: "r", shown: "R", words: t("scheduling.theatre.place"), run: acts.reserve } : null,
    acts.moveHere ? { keys: "m", shown: "M", words: t("scheduling.theatre.keys.move"), run: acts.moveHere } : null,
    acts.advanceHere ? { keys: "o", shown: "O", words: t("scheduling.theatre.keys.advance"), run: acts.advanceHere } : null,
  ];
  useShortcuts(all.filter((one) => one !== null));
}
