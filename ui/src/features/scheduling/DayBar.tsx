import { ChevronLeft, ChevronRight, Columns3 } from "lucide-react";
import { useState, type ReactNode } from "react";
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { useMay, type DayView } from "../../bridge";
import { Button, Checkbox, Kbd, TextField } from "../../kit";
import { dayTitle, monthTitle, parseTypedDate, weekOf } from "../../words";
import { SET_NUMBERS, type useColumnSets } from "./columnSets";
import { MODES, jumpTo, type ShownAs } from "./daySeen";
import { PaperMenu } from "./PaperMenu";
import { useFocusBack } from "./useFocusBack";

export interface DayBarProps {
  date: string;
  today: string;
  mode: ShownAs;
  modes: readonly ShownAs[];
  day: DayView | undefined;
  sets: ReturnType<typeof useColumnSets> | null;
  onDate: (date: string) => void;
  onTurn: (step: 1 | -1) => void;
  onMode: (mode: ShownAs) => void;
  onFind: (() => void) | null;
  onNew: (() => void) | null;
  /** What is new here, where it is no booking, and what else one begins. */
  newWords?: string;
  more?: ReactNode;
}

/** Which day, how it is shown, and what one begins from here. */
export function DayBar(props: DayBarProps) {
  const { date, today, mode, modes, sets, onDate, onTurn, onMode, onFind, onNew } = props;
  const { t } = useTranslation();
  return (
    <div className="screen-bar sd-bar">
      <Jump date={date} today={today} onDate={onDate} mode={mode} />
      <span className="kw-sub">{t("scheduling.day.week", { year: date.slice(0, 4), week: weekOf(date) })}</span>
      <Button shortcut="T" onPress={() => onDate(today)} testId="day-today">{t("scheduling.day.today")}</Button>
      <Button variant="quiet" aria-label={t("scheduling.day.before")} icon={<ChevronLeft size={16} aria-hidden="true" />} onPress={() => onTurn(-1)} testId="day-before" />
      <Button variant="quiet" aria-label={t("scheduling.day.after")} icon={<ChevronRight size={16} aria-hidden="true" />} onPress={() => onTurn(1)} testId="day-after" />
      <span className="kw-grow" />
      {props.day ? <PaperMenu day={props.day} /> : null}
      {mode === "day" && props.day && sets ? <ColumnsMenu day={props.day} sets={sets} /> : null}
      {modes.length > 1 ? (
        <nav className="sd-modes" aria-label={t("scheduling.day.mode.label")}>
          {MODES.filter((one) => modes.includes(one)).map((one) => (
            <AriaButton key={one} className="sd-mode" aria-current={one === mode ? "page" : undefined} onPress={() => onMode(one)} data-testid={`mode-${one}`}>{t(`scheduling.day.mode.${one}`)}</AriaButton>
          ))}
        </nav>
      ) : null}
      {onFind ? <Button shortcut="F" onPress={onFind} testId="day-find">{t("scheduling.day.find")}</Button> : null}
      {props.more}
      {onNew ? <Button variant="primary" shortcut="N" onPress={onNew} testId="day-new">{props.newWords ?? t("scheduling.day.new")}</Button> : null}
    </div>
  );
}

/** The title is the way to another day: press it and type one. */
function Jump({ date, today, mode, onDate }: Pick<DayBarProps, "date" | "today" | "mode" | "onDate">) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState(false);
  const go = () => {
    const found = jumpTo(typed, today) ?? parseTypedDate(typed, today);
    setWrong(found === null);
    if (found === null) return;
    setOpen(false);
    setTyped("");
    onDate(found);
  };
  return (
    <h1>
      <DialogTrigger isOpen={open} onOpenChange={setOpen}>
        <AriaButton className="sd-title" data-testid="day-title">{mode === "month" ? monthTitle(date) : dayTitle(date)}</AriaButton>
        <Popover className="kw-popover sd-jump" placement="bottom start">
          <Dialog className="kw-plain" aria-label={t("scheduling.jump.label")}>
            <form onSubmit={(event) => { event.preventDefault(); go(); }}>
              <TextField label={t("scheduling.jump.label")} value={typed} onChange={(text) => { setTyped(text); setWrong(false); }} hint={t("scheduling.jump.hint")} error={wrong ? t("scheduling.jump.unreadable") : undefined} autoFocus testId="jump" />
              <Button type="submit" variant="primary" testId="jump-go">{t("scheduling.jump.go")}</Button>
            </form>
          </Dialog>
        </Popover>
      </DialogTrigger>
    </h1>
  );
}

function ColumnsMenu({ day, sets }: { day: DayView; sets: ReturnType<typeof useColumnSets> }) {
  const { t } = useTranslation();
  return (
    <DialogTrigger>
      <AriaButton className="kw-btn kw-btn-quiet" aria-label={t("scheduling.day.columns.open")} data-testid="columns-open"><Columns3 size={16} aria-hidden="true" /></AriaButton>
      <Popover className="kw-popover sd-columns" placement="bottom end">
        <Dialog className="kw-plain" aria-label={t("scheduling.day.columns.title")}>
          <ColumnChoice day={day} sets={sets} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

/** Sets on keys, and the columns one puts a set together from. */
function ColumnChoice({ day, sets }: { day: DayView; sets: ReturnType<typeof useColumnSets> }) {
  const { t } = useTranslation();
  const keeps = useMay()("scheduling.keep_column_sets");
  const [picked, setPicked] = useState<readonly string[]>(() => sets.columns.map((one) => one.resource));
  const free = SET_NUMBERS.find((number) => number > 3 && !sets.sets.some((one) => one.number === number)) ?? 8;
  const target = sets.chosen > 3 ? sets.chosen : free;
  // The button that removes a set goes with it, and must not take the focus along: Escape would close nothing then.
  const part = useFocusBack<HTMLDivElement>(String(sets.chosen > 3));
  return (
    <div ref={part} className="kw-tight">
      <div className="kw-tight sd-sets">
        {sets.sets.map((one) => (
          <Button key={one.number} variant="quiet" aria-pressed={one.number === sets.chosen} onPress={() => { sets.choose(one.number); setPicked(one.resources); }} testId={`columns-${one.number}`}>
            <span className="kw-grow">{one.name}</span><Kbd>{one.number}</Kbd>
          </Button>
        ))}
      </div>
      <div className="kw-tight" role="group" aria-label={t("scheduling.day.columns.title")}>
        <span className="kw-label">{t("scheduling.day.columns.title")}</span>
        {day.columns.map((one) => (
          <Checkbox key={one.resource} label={one.name} value={picked.includes(one.resource)} onChange={(on) => setPicked(on ? [...picked, one.resource] : picked.filter((id) => id !== one.resource))} testId={`column-${one.resource}`} />
        ))}
      </div>
      {keeps ? <Button isDisabled={picked.length === 0} onPress={() => void sets.keep(target, picked)} testId="columns-keep">{t("scheduling.day.columns.save", { number: target })}</Button> : null}
      {keeps && sets.chosen > 3 ? <Button variant="quiet" onPress={() => void sets.drop(sets.chosen)} testId="columns-drop">{t("scheduling.day.columns.drop", { number: sets.chosen })}</Button> : null}
      {picked.length === 0 ? <span className="kw-sub">{t("scheduling.day.columns.none")}</span> : null}
    </div>
  );
}
