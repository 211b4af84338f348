import { Hourglass } from "lucide-react";
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { failureOf, useAnswer, type Opening, type SetupView } from "../../bridge";
import { Banner, Button, ComboBox, DateField, Failed, isCivil, KeyedForm, movedBy, SideFlyout } from "../../kit";
import { civilText, shortDayText, timeText, todayCivil } from "../../words";
import { leftText, useCountdown, useHolding, type Held } from "./useHolding";
import { NO_WISHES, choicesFor, limitsOf, type Wishes } from "./wishes";
import { WishFields } from "./WishFields";

export interface OpeningsStart {
  product?: string;
  patient?: string | null;
  resources?: string[];
}

export interface OpeningsPanelProps {
  /** The day that is looked at; the search begins there. */
  from: string | null;
  start?: OpeningsStart;
  /** A time is held: the booking can be made. */
  onHeld: (held: Held) => void;
  onClose: () => void;
}

const NOTHING: OpeningsStart = {};
const DAYS = 60;
const LIMIT = 12;

/** The first times that have everybody and everything a service needs. Enter holds one. */
export function OpeningsPanel({ from, start = NOTHING, onHeld, onClose }: OpeningsPanelProps) {
  const { t } = useTranslation();
  const setup = useAnswer("scheduling.setup", {});
  const [product, setProduct] = useState(start.product ?? "");
  const [first, setFirst] = useState(from ?? "");
  const [wishes, setWishes] = useState<Wishes>({ ...NO_WISHES, resources: start.resources ?? [] });
  const holding = useHolding(onHeld);
  const input = { product, patient: start.patient ?? null, resources: wishes.resources, from: isCivil(first) ? first : null, days: DAYS, weekdays: wishes.weekdays, ...limitsOf(wishes), limit: LIMIT };
  const found = useAnswer("scheduling.openings", input, { enabled: product !== "", keepPrevious: true });
  return (
    <SideFlyout title={t("scheduling.openings.title")} sub={t("scheduling.openings.words")} onClose={onClose} testId="openings">
      {setup.error ? <Failed failure={failureOf(setup.error)} /> : null}
      {setup.data ? <Asked setup={setup.data} product={product} onProduct={(next) => { setProduct(next); setWishes((before) => ({ ...before, resources: [] })); }} first={first} onFirst={setFirst} wishes={wishes} onWishes={(change) => setWishes((before) => ({ ...before, ...change }))} /> : null}
      {holding.held ? <HeldLine held={holding.held} onAgain={onHeld} onLetGo={() => void holding.letGo()} onOver={holding.forget} /> : null}
      {holding.wrong ? <Banner tone="danger" testId="openings-refused">{holding.wrong}</Banner> : null}
      {found.error ? <Failed failure={failureOf(found.error)} /> : null}
      {found.data && product !== "" ? <Found rows={found.data.rows} until={found.data.searched_until} busy={holding.busy || found.isPlaceholderData} onHold={(opening) => void holding.hold(opening, product)} /> : null}
    </SideFlyout>
  );
}

interface AskedProps {
  setup: SetupView;
  product: string;
  onProduct: (product: string) => void;
  first: string;
  onFirst: (date: string) => void;
  wishes: Wishes;
  onWishes: (change: Partial<Wishes>) => void;
}

function Asked({ setup, product, onProduct, first, onFirst, wishes, onWishes }: AskedProps) {
  const { t } = useTranslation();
  const chosen = setup.products.find((one) => one.product === product);
  const choices = useMemo(() => choicesFor(setup, chosen), [setup, chosen]);
  const frame = useRef<HTMLDivElement>(null);
  // What for is asked first; everything else may stay as it is.
  useEffect(() => frame.current?.querySelector("input")?.focus(), []);
  const focusFirst = () => frame.current?.closest("aside")?.querySelector<HTMLElement>(".sc-opening")?.focus();
  return (
    <div className="sc-form" ref={frame}>
      <KeyedForm onSave={focusFirst} enterSaves label={t("scheduling.openings.title")}>
        <ComboBox label={t("scheduling.openings.product")} options={setup.products.filter((one) => !one.ended).map((one) => ({ value: one.product, label: `${one.label}, ${t("scheduling.minutes", { count: one.minutes })}` }))} value={product} onChange={onProduct} testId="openings-product" />
      </KeyedForm>
      <details className="sc-more" open={wishes.resources.length > 0}>
        <summary data-testid="openings-more">{t("scheduling.openings.more")}</summary>
        <div className="sc-form">
          <WishFields wishes={wishes} choices={choices} onChange={onWishes} />
          <DateField label={t("scheduling.openings.from")} value={first} onChange={onFirst} today={`${Number(todayCivil().slice(0, 4)) + 5}-12-31`} testId="openings-from" />
        </div>
      </details>
    </div>
  );
}

interface FoundProps {
  rows: readonly Opening[];
  until: string;
  busy: boolean;
  onHold: (opening: Opening) => void;
}

/** What was found, first come first. Arrows go through it, Enter holds. */
function Found({ rows, until, busy, onHold }: FoundProps) {
  const { t } = useTranslation();
  const list = useRef<HTMLUListElement>(null);
  const keys = (event: KeyboardEvent) => {
    const stops = [...(list.current?.querySelectorAll<HTMLElement>("button") ?? [])];
    const next = movedBy(event.key, stops.indexOf(event.target as HTMLElement), stops.length);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    stops[next]?.focus();
  };
  return (
    <section className="kw-tight" aria-label={t("scheduling.openings.found")}>
      <p className="kw-sub" role="status" data-testid="openings-count">{rows.length === 0 ? t("scheduling.openings.none", { until: civilText(until) }) : t("scheduling.openings.count", { count: rows.length })}</p>
      {/* The arrows go from one to the next; each is a button of its own. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <ul className="sc-openings" ref={list} onKeyDown={keys} aria-label={t("scheduling.openings.found")} aria-busy={busy}>
        {rows.map((one) => (
          <li key={`${one.date}-${one.minute}-${one.resources.join("+")}`}>
            <button type="button" className="sc-opening" onClick={() => onHold(one)} disabled={busy} data-testid="opening">
              <span className="kw-hidden">{t("scheduling.openings.hold", { day: shortDayText(one.date), time: one.time, names: one.names.join(", ") })}</span><span className="kw-seen" aria-hidden="true">
                <span className="sc-opening-day">{shortDayText(one.date)}</span>
                <b>{one.time}</b>
                <span className="kw-sub sc-opening-names">{one.names.join(", ")}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The time that is held, how long still, and the way on. */
export function HeldLine({ held, onAgain, onLetGo, onOver }: { held: Held; onAgain: (held: Held) => void; onLetGo: () => void; onOver: () => void }) {
  const { t } = useTranslation();
  const left = useCountdown(held, onOver);
  return (
    <div className="sc-held" data-testid="held">
      <Hourglass size={14} aria-hidden="true" />
      <span className="kw-grow">
        <b>{shortDayText(held.opening.date)}, {held.opening.time}</b>
        {/* The clock runs on for the eye; a voice would read out nothing else. */}
        <span className="kw-sub kw-block">{t("scheduling.openings.heldUntil", { time: timeText(held.held.until) })} <span className="sc-left" aria-hidden="true" data-testid="held-left">{leftText(left)}</span></span>
      </span>
      <Button variant="primary" onPress={() => onAgain(held)} testId="held-book">{t("scheduling.openings.book")}</Button>
      <Button variant="quiet" onPress={onLetGo} testId="held-release">{t("scheduling.openings.letGo")}</Button>
    </div>
  );
}
