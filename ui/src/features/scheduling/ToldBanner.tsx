import { useTranslation } from "react-i18next";
import { useMay, type DayView } from "../../bridge";
import { Banner, Button, useStore } from "../../kit";
import { resettleShown, resettling } from "./resettle";
import { isAhead } from "./status";
import { ToldDialog } from "./ToldDialog";

/** Says that visits of the day stand elsewhere than people were told, and is the way to put them back. */
export function ToldBanner({ day, onDay }: { day: DayView; onDay: (date: string) => void }) {
  const { t } = useTranslation();
  const may = useMay()("scheduling.resettle");
  const shown = useStore(resettleShown);
  const run = useStore(resettling);
  // What is over, or never came to be, has nobody who could still come at the wrong time.
  const count = day.visits.filter((one) => one.told !== null && isAhead(one)).length;
  const left = run?.left.length ?? 0;
  const actions = may ? (
    <>
      {run && !run.running && left > 0 ? <Button variant="quiet" onPress={() => resettleShown.set(true)} testId="told-left-open">{t("scheduling.told.leftOpen", { count: left })}</Button> : null}
      <Button onPress={() => { if (!run?.running) resettling.set(null); resettleShown.set(true); }} testId="told-open">{t("scheduling.told.open")}</Button>
    </>
  ) : undefined;
  return (
    <>
      {count > 0 ? <Banner tone="warn" edge actions={actions} testId="told">{t("scheduling.told.banner", { count })} {may ? null : t("scheduling.told.ask")}</Banner> : null}
      {may && shown ? <ToldDialog day={day} onDay={onDay} /> : null}
    </>
  );
}
