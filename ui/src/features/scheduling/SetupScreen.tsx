import { useState } from "react";
import { useTranslation } from "react-i18next";
import { failureOf, useAnswer, type SetupView } from "../../bridge";
import { Failed, TabSet, waitingDrafts } from "../../kit";
import { FirstHour, isFirstHourWaiting } from "./FirstHour";
import { HoursTab } from "./HoursTab";
import { ResourcesTab } from "./ResourcesTab";
import { ServicesTab } from "./ServicesTab";
import { SETUP_SCREEN } from "./setupForm";

type Tab = "people" | "hours" | "services";
interface Place {
  tab: Tab;
  open: string | null;
}

/** Where a form was left half typed, so that an unlock opens it again. */
function leftOpen(): Place {
  const draft = waitingDrafts.get().find((one) => one.screen.startsWith(`${SETUP_SCREEN}#`));
  const [, tab, open] = /#(people|hours|services):(.+)$/.exec(draft?.screen ?? "") ?? [];
  if (tab === undefined || open === undefined) return { tab: "people", open: null };
  if (tab === "people") return { tab, open: /^(site|department)-/.test(open) ? "places" : open };
  // A form of hours stands within the column of its calendar.
  return tab === "hours" ? { tab, open: open.replace(/-(steps|open|closed|time_off|holiday|maintenance|rule-.*)$/, "") } : { tab: "services", open };
}

/** Who and what can be booked, when, and for what. */
export function SetupScreen() {
  const { t } = useTranslation();
  const answer = useAnswer("scheduling.setup", {});
  const [own, setOwn] = useState(false);
  // Whoever locked or left in the middle finds the page again, although a part of it stands already.
  const [halfway] = useState(isFirstHourWaiting);
  const setup = answer.data;
  const first = !own && setup !== undefined && (halfway || (setup.resources.length === 0 && setup.products.length === 0));
  return (
    <div className="screen">
      <div className="screen-bar screen-bar-plain"><h1>{t("scheduling.setup.title")}</h1></div>
      {answer.error ? <Failed failure={failureOf(answer.error)} /> : null}
      {first ? <FirstHour onOwn={() => setOwn(true)} onAgain={() => setOwn(false)} /> : null}
      {setup && !first ? <Tabs setup={setup} /> : null}
    </div>
  );
}

function Tabs({ setup }: { setup: SetupView }) {
  const { t } = useTranslation();
  const [place, setPlace] = useState<Place>(leftOpen);
  const tab = (id: Tab, Content: typeof ResourcesTab) => ({
    id,
    label: t(`scheduling.setup.tab.${id}`),
    content: <Content setup={setup} open={place.tab === id ? place.open : null} onOpen={(open) => setPlace({ tab: id, open })} />,
  });
  return <TabSet label={t("scheduling.setup.title")} items={[tab("people", ResourcesTab), tab("hours", HoursTab), tab("services", ServicesTab)]} selected={place.tab} onSelect={(id) => setPlace({ tab: id as Tab, open: null })} />;
}
