import { useLayoutEffect, useState, type CSSProperties, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { DayColumn, DayLabel } from "../../bridge";
import { fitHead } from "./names";

/** A day as far as its hours are drawn. */
export interface Hourly {
  first: number;
  last: number;
  labels: readonly DayLabel[];
}

/** The width of the hours at the left, in pixels. */
export const GUTTER = 52;
/** The height of the heads of the columns. */
export const HEAD = 44;
/** What stands beside the name of a column, in pixels. */
const HEAD_PADDING = 17;

/** What the columns are called. */
export function Heads({ columns, width }: { columns: readonly DayColumn[]; width: number }) {
  return (
    <div className="sd-heads" aria-hidden="true">
      <div className="sd-corner" />
      {columns.map((one) => <div key={one.resource} className="sd-head" title={`${one.name}, ${one.note}`}><b>{fitHead(one.name, width - HEAD_PADDING)}</b><span>{one.note}</span></div>)}
    </div>
  );
}

/** The hours beside the columns. */
export function Hours({ day }: { day: Hourly }) {
  const { t } = useTranslation();
  return (
    <div className="sd-hours" aria-hidden="true">
      {day.labels.filter((one) => one.minute >= day.first && one.minute < day.last).map((one) => (
        <span key={one.minute} style={{ "--from": one.minute } as CSSProperties}>{one.text}{one.again ? <i title={t("scheduling.grid.again")}>2</i> : null}</span>
      ))}
    </div>
  );
}

/** The lines of the hours and half hours, through all columns. */
export function Rules({ day }: { day: Hourly }) {
  const hours = day.labels.filter((one) => one.minute >= day.first && one.minute < day.last);
  return hours.flatMap((one) => [
    <i key={one.minute} className="sd-rule" style={{ "--from": one.minute } as CSSProperties} aria-hidden="true" />,
    <i key={one.minute + 30} className="sd-rule sd-half" style={{ "--from": one.minute + 30 } as CSSProperties} aria-hidden="true" />,
  ]);
}

/** The room there is for the grid. */
export function useSize(scroller: RefObject<HTMLDivElement | null>): { width: number; height: number } {
  const [size, setSize] = useState({ width: 1000, height: 600 });
  useLayoutEffect(() => {
    const frame = scroller.current;
    if (!frame) return undefined;
    const measure = () => setSize({ width: frame.clientWidth, height: frame.clientHeight });
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(frame);
    return () => watch.disconnect();
  }, [scroller]);
  return size;
}
