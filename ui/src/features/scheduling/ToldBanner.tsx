import { useTranslation } from "react-i18next";
import { useMay, type DayView, type LeftInPlace } from "../../bridge";
import { Banner, Button, useStore } from "../../kit";
import type { Translate } from "../../words";
import { resettleShown, resettling } from "./resettle";
import { isAhead } from "./status";
import { ToldDialog } from "./ToldDialog";

/** How many visits and operations of the day stand elsewhere than people were told. What is over, or never came to be, has nobody who could still come at the wrong time. */
function elsewhere(day: DayView): { visits: number; operations: number } {
  const visits = day.visits.filter((one) => one.told !== null && isAhead(one)).length;
  // An operation takes a stretch of each of its team, and is still one.
  const operations = new Set(day.reserved.filter((one) => one.told !== null).map((one) => one.reservation)).size;
  return { visits, operations };
}

function bannerText({ visits, operations }: ReturnType<typeof elsewhere>, t: Translate): string {
  if (operations === 0) return t("scheduling.told.banner", { count: visits });
  if (visits === 0) return t("scheduling.told.bannerOperations", { count: operations });
  return t("scheduling.told.bannerBoth", { visits: t("scheduling.told.visits", { count: visits }), operations: t("scheduling.told.operations", { count: operations }) });
}

/** Says that something of the day stands elsewhere than people were told, and is the way to put it back. */
export function ToldBanner({ day, onLeft }: { day: DayView; onLeft: (row: LeftInPlace) => void }) {
  const { t } = useTranslation();
  const may = useMay()("scheduling.resettle");
  const shown = useStore(resettleShown);
  const run = useStore(resettling);
  const counts = elsewhere(day);
  const left = run?.left.length ?? 0;
  const actions = may ? (
    <>
      {run && !run.running && left > 0 ? <Button variant="quiet" onPress={() => resettleShown.set(true)} testId="told-left-open">{t("scheduling.told.leftOpen", { count: left })}</Button> : null}
      <Button onPress={() => { if (!run?.running) resettling.set(null); resettleShown.set(true); }} testId="told-open">{t("scheduling.told.open")}</Button>
    </>
  ) : undefined;
  return (
    <>
      {counts.visits + counts.operations > 0 ? <Banner tone="warn" edge actions={actions} testId="told">{bannerText(counts, t)} {may ? null : t("scheduling.told.ask")}</Banner> : null}
      {may && shown ? <ToldDialog day={day} onLeft={onLeft} /> : null}
    </>
  );
}
