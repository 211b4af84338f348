import { useTranslation } from "react-i18next";
import type { FigureResource, FigureWeek } from "../../bridge";
import { civilText, numberText } from "../../words";
import { dayName } from "./clock";
import { shareText, topOf, usedOf } from "./figures";

const shortDay = (date: string) => dayName(date, { month: "short", day: "numeric" });

/** The share of missed visits as one bar for each week. What is seen here is heard in the table below. */
export function RateChart({ weeks }: { weeks: readonly FigureWeek[] }) {
  const { t } = useTranslation();
  const top = topOf(weeks);
  return (
    <figure className="sf-part">
      <figcaption><h2>{t("scheduling.figures.rateTitle")}</h2><p className="kw-sub">{t("scheduling.figures.rateWords")}</p></figcaption>
      <div className="sf-chart" aria-hidden="true" data-testid="figures-rate">
        <div className="sf-scale">{[top, top / 2, 0].map((mark) => <span key={mark}>{t("scheduling.figures.percent", { value: mark })}</span>)}</div>
        <ol className="sf-bars">
          {weeks.map((week) => (
            <li key={week.from}>
              <span className="sf-bar-place">
                <span className="sf-bar-value">{week.no_show_rate === null ? "–" : shareText(week.no_show_rate / 100)}</span>
                <span className="sf-bar" data-none={week.no_show_rate === null || undefined} style={{ height: `${Math.min(100, ((week.no_show_rate ?? 0) / 100 / top) * 100)}%` }} />
              </span>
              <span className="sf-bar-name">{shortDay(week.from)}</span>
            </li>
          ))}
        </ol>
      </div>
    </figure>
  );
}

type WeekColumn = "visits" | "took_place" | "no_show" | "cancelled" | "no_show_rate" | "lead_days" | "waited_minutes";
const COLUMNS: readonly WeekColumn[] = ["visits", "took_place", "no_show", "no_show_rate", "cancelled", "lead_days", "waited_minutes"];

/** Every figure of every week: what the charts show, to read and to copy. */
export function WeekTable({ weeks }: { weeks: readonly FigureWeek[] }) {
  const { t } = useTranslation();
  const text = (week: FigureWeek, column: WeekColumn) => {
    const value = week[column];
    if (value === null) return <span className="kw-quiet">{t("scheduling.figures.none")}</span>;
    return column === "no_show_rate" ? t("scheduling.figures.percent", { value: shareText(value / 100) }) : numberText(value);
  };
  return (
    <div className="sf-part">
      <h2>{t("scheduling.figures.weeksTitle")}</h2>
      <div className="sf-wide" role="region" aria-label={t("scheduling.figures.weeksTitle")} tabIndex={0}>
        <table className="sf-table" data-testid="figures-weeks">
          <thead>
            <tr><th scope="col">{t("scheduling.figures.week")}</th>{COLUMNS.map((column) => <th key={column} scope="col">{t(`scheduling.figures.column.${column}`)}</th>)}</tr>
          </thead>
          <tbody>
            {weeks.map((week) => (
              <tr key={week.from}><th scope="row">{civilText(week.from)}</th>{COLUMNS.map((column) => <td key={column}>{text(week, column)}</td>)}</tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

/** How much of the open time of each was booked, week by week: a number, and a bar as long as it. */
export function UseTable({ weeks, resources }: { weeks: readonly FigureWeek[]; resources: readonly FigureResource[] }) {
  const { t } = useTranslation();
  return (
    <div className="sf-part">
      <h2>{t("scheduling.figures.useTitle")}</h2>
      <p className="kw-sub">{t("scheduling.figures.useWords")}</p>
      <div className="sf-wide" role="region" aria-label={t("scheduling.figures.useTitle")} tabIndex={0}>
        <table className="sf-table sf-use" data-testid="figures-use">
          <thead>
            <tr>
              <th scope="col">{t("scheduling.figures.useWho")}</th>
              {weeks.map((week) => <th key={week.from} scope="col"><span className="kw-hidden">{t("scheduling.figures.weekFrom", { day: shortDay(week.from) })}</span><span className="kw-seen" aria-hidden="true">{shortDay(week.from)}</span></th>)}
              <th scope="col">{t("scheduling.figures.useAll")}</th>
            </tr>
          </thead>
          <tbody>
            {resources.map((one) => (
              <tr key={one.resource}>
                <th scope="row">{one.name} <span className="kw-sub">{t(`scheduling.kind.${one.kind}`)}</span></th>
                {one.weeks.map((use, place) => <UseCell key={weeks[place]?.from ?? place} used={usedOf([use])} />)}
                <UseCell used={usedOf(one.weeks)} whole />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function UseCell({ used, whole }: { used: number | null; whole?: boolean }) {
  const { t } = useTranslation();
  if (used === null) return <td className="sf-cell"><span aria-hidden="true">–</span><span className="kw-hidden">{t("scheduling.figures.closedCell")}</span></td>;
  return (
    <td className="sf-cell" data-whole={whole || undefined} data-over={used > 100 || undefined}>
      <span className="sf-cell-bar" style={{ width: `${Math.min(100, used)}%` }} aria-hidden="true" />
      <span className="sf-cell-words">{t("scheduling.figures.percent", { value: used })}{used > 100 ? <span className="kw-hidden">, {t("scheduling.figures.over")}</span> : null}</span>
    </td>
  );
}
