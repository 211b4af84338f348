import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { SessionContext, answersCache, call, callAs, failureOf, onFailure, type Failure, type ShellStatus } from "../bridge";
import { Banner, useStore } from "../kit";
import { EndedPage, closeEnding, ending } from "../features/exchange";
import { DoorFrame, FinishSetup, LockScreen, SetupWizard, SignInScreen, SupportOffer } from "../features/identity";
import { failureWords } from "../words";
import { DoorContext } from "./door";
import { makeRouter } from "./routes";
import { StatusContext } from "./status";
import { useLook } from "./theme";
import { useDoor, type DoorParts } from "./useDoor";

/** The window: what state the practice is in decides what is shown. */
export function App() {
  useLook();
  const [cache] = useState(answersCache);
  const [status, setStatus] = useState<ShellStatus | null>(null);
  const [failed, setFailed] = useState<Failure | null>(null);
  const refresh = useCallback(async () => {
    try {
      setStatus(await call("shell.status", {}));
      setFailed(null);
    } catch (thrown) {
      setFailed(failureOf(thrown));
    }
  }, []);
  useEffect(() => void refresh(), [refresh]);
  if (failed && !status) return <div className="app-start"><Banner tone="danger">{failureWords(failed)}</Banner></div>;
  if (!status) return <div className="app-start" aria-busy="true" />;
  return (
    <QueryClientProvider client={cache}>
      <StatusContext value={status}>
        <Practice cache={cache} status={status} setStatus={setStatus} refresh={refresh} />
      </StatusContext>
    </QueryClientProvider>
  );
}

function Practice(parts: DoorParts) {
  const { status } = parts;
  const { door, entered, closed, factor, place, kept } = useDoor(parts);
  // Creating the practice signs the owner in at once, but the wizard has more to show before the practice opens.
  const [settingUp, setSettingUp] = useState(status.state === "absent");
  const [restored, setRestored] = useState(false);
  const { refresh } = parts;
  const over = useOver(closed);
  useEffect(
    () =>
      onFailure((failure) => {
        if (!settingUp || (failure.kind !== "locked" && failure.kind !== "signed_out")) return;
        // The practice exists already; what is left of the set-up is asked for after the next way in.
        setSettingUp(false);
        void refresh();
      }),
    [settingUp, refresh],
  );
  const session = status.state === "signed_in" ? status.session : null;
  // Before anything below asks for something: the purpose a call states depends on whose session it is.
  callAs(session?.roles ?? []);
  if (over) {
    const toFirstScreen = () => {
      setSettingUp(true);
      closeEnding();
    };
    return <EndedPage over={over} onDone={toFirstScreen} />;
  }
  if (settingUp) {
    return (
      <SetupWizard
        onFinished={(view) => {
          setSettingUp(false);
          entered(view);
        }}
        onRestored={() => {
          setRestored(true);
          void refresh().then(() => setSettingUp(false));
        }}
      />
    );
  }
  if (status.state === "unopenable") return <Unopenable status={status} />;
  if (status.state === "locked") return <LockScreen status={status} kept={kept()} onEntered={(view) => entered(view)} onSignOut={() => void door.signOut()} />;
  if (!session) return <SignInScreen status={status} recovering={restored} onEntered={(view, second) => { setRestored(false); entered(view, second); }} />;
  // Whoever may not make a recovery kit cannot be held up by its absence.
  const kitIsDone = session.recovery_kit_confirmed || !session.operations.includes("identity.new_recovery_kit");
  if (!kitIsDone || !session.second_factor_confirmed) {
    return <FinishSetup session={{ ...session, recovery_kit_confirmed: kitIsDone }} practice={status.practice_name ?? ""} factor={factor} onFinished={(view) => entered(view)} />;
  }
  return (
    <SessionContext value={session}>
      <DoorContext value={door}>
        <OpenPractice start={place()} />
      </DoorContext>
    </SessionContext>
  );
}

/** What became of a practice that has just been ended: it is told when there is neither session nor practice any more. */
function useOver(closed: () => void) {
  const { over } = useStore(ending);
  useEffect(() => {
    if (over) closed();
  }, [over, closed]);
  return over;
}

function OpenPractice({ start }: { start: string }) {
  const [router] = useState(() => makeRouter(start));
  return <RouterProvider router={router as never} />;
}

function Unopenable({ status }: { status: ShellStatus }) {
  const { t } = useTranslation();
  return (
    <DoorFrame status={{ ...status, problem: null }}>
      <h1>{t("shell.unopenable.title")}</h1>
      <Banner tone="danger" testId="unopenable">
        {status.problem ? failureWords({ kind: "refused", code: status.problem.code, field: null, remedy: status.problem.remedy }) : t("shell.unopenable.words")}
      </Banner>
      <p className="kw-quiet">{t("shell.unopenable.safe")}</p>
      <SupportOffer />
    </DoorFrame>
  );
}
