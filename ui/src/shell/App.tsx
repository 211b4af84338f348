import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { SessionContext, answersCache, call, callAs, failureOf, lookingOnly, onFailure, type Failure, type SessionView, type ShellStatus } from "../bridge";
import { Banner, Button, jobs, useStore } from "../kit";
import { EndedPage, closeEnding, ending } from "../features/exchange";
import { DoorFrame, FinishSetup, LockScreen, LookWizard, OpenedBackupDialog, SetupWizard, SignInScreen, SupportOffer, useOpenedBackup, type FoundBackup } from "../features/identity";
import { failureWords, keepPracticeClock } from "../words";
import { CopyWindow } from "./CopyWindow";
import { home } from "./destinations";
import { DoorContext } from "./door";
import { forgetEverything } from "./leave";
import { makeRouter } from "./routes";
import { StatusContext } from "./status";
import { useLook } from "./theme";
import { useDoor, type DoorParts, type DoorState } from "./useDoor";

/** The window: what state the practice is in decides what is shown. Where `start` is given, that is the first screen; otherwise the session's own is. */
export function App({ start }: { start?: string }) {
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
  const turned = useCallback(async () => {
    forgetEverything(cache);
    jobs.set([]);
    await refresh();
  }, [cache, refresh]);
  if (failed && !status) return <div className="app-start"><Banner tone="danger">{failureWords(failed)}</Banner></div>;
  if (!status) return <div className="app-start" aria-busy="true" />;
  return (
    <QueryClientProvider client={cache}>
      <StatusContext value={status}>
        <CopyWindow madeAt={status.copy_made_at} onClosed={turned}>
          {/* A copy and the practice have nothing in common here: neither what was typed nor where somebody was. */}
          <Practice key={status.copy_made_at ?? "own"} cache={cache} status={status} setStatus={setStatus} refresh={refresh} onTurned={turned} {...(start ? { start } : {})} />
        </CopyWindow>
      </StatusContext>
    </QueryClientProvider>
  );
}

/** What stands behind the window: the practice, or a copy of it. */
function Practice({ onTurned, start, ...parts }: DoorParts & { onTurned: () => Promise<void>; start?: string }) {
  const { status } = parts;
  const { door, entered, closed, factor, place, kept } = useDoor(parts);
  // Creating the practice signs the owner in at once, but the wizard has more to show before the practice opens.
  const [settingUp, setSettingUp] = useState(status.state === "absent");
  const { refresh } = parts;
  const over = useOver(closed);
  useOpenedBackup();
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
  // And today is today where the practice is, wherever this computer stands.
  keepPracticeClock(session?.signed_in_at ?? null);
  if (over) {
    const toFirstScreen = () => {
      setSettingUp(true);
      closeEnding();
    };
    return <EndedPage over={over} onDone={toFirstScreen} />;
  }
  if (session && !settingUp) return <Inside status={status} session={session} door={door} factor={factor} entered={entered} start={place() ?? start ?? home(session.operations)} />;
  return <Outside status={status} settingUp={settingUp} onSetUp={() => setSettingUp(false)} refresh={refresh} door={door} entered={entered} kept={kept()} onTurned={onTurned} />;
}

/** What to do with a backup; none is chosen yet where there is no folder. */
interface Way {
  to: "look" | "restore";
  found: FoundBackup | null;
  /** The same folder a second time begins anew, too. */
  turn: number;
}

interface OutsideProps extends Pick<DoorState, "door" | "entered"> {
  status: ShellStatus;
  settingUp: boolean;
  onSetUp: () => void;
  refresh: () => Promise<void>;
  kept: number;
  onTurned: () => Promise<void>;
}

/** What is shown where nobody is signed in, and the question about a backup that was opened there. */
function Outside(props: OutsideProps) {
  const [way, setWay] = useState<Way | null>(null);
  const take = (to: Way["to"], found: FoundBackup | null) => setWay((before) => ({ to, found, turn: (before?.turn ?? 0) + 1 }));
  const { status, onTurned } = props;
  return (
    <>
      {way?.to === "look" && status.state !== "signed_in" ? (
        <LookWizard key={way.turn} start={way.found} onBack={() => setWay(null)} onOpened={onTurned} />
      ) : (
        <Entrance {...props} key={way?.turn} restoreFrom={way?.found ?? null} onLook={() => take("look", null)} />
      )}
      <OpenedBackupDialog status={status} onLook={(found) => take("look", found)} onRestore={(found) => take("restore", found)} />
    </>
  );
}

function Entrance({ status, settingUp, onSetUp, refresh, door, entered, kept, restoreFrom, onLook }: OutsideProps & { restoreFrom: FoundBackup | null; onLook: () => void }) {
  if (settingUp) {
    return (
      <SetupWizard
        restoreFrom={restoreFrom}
        onFinished={(view) => {
          onSetUp();
          entered(view);
        }}
        onRestored={() => void refresh().then(onSetUp)}
        onLook={onLook}
      />
    );
  }
  if (status.state === "unopenable") return <Unopenable status={status} onLook={onLook} />;
  if (status.state === "locked") return <LockScreen status={status} kept={kept} onEntered={(view) => entered(view)} onSignOut={() => void door.signOut()} />;
  return <SignInScreen status={status} onEntered={entered} onLook={onLook} />;
}

interface InsideProps extends Pick<DoorState, "door" | "factor" | "entered"> {
  status: ShellStatus;
  session: SessionView;
  start: string;
}

/** The screens of an open practice, once what is left of the set-up is done. */
function Inside({ status, session: own, door, factor, entered, start }: InsideProps) {
  const copy = status.copy_made_at !== null;
  const session = useMemo(() => (copy ? lookingOnly(own) : own), [copy, own]);
  // Whoever may not make a recovery kit cannot be held up by its absence.
  const kitIsDone = session.recovery_kit_confirmed || !session.operations.includes("identity.new_recovery_kit");
  // Nothing can be made up for in a copy, so nobody is held up there at all.
  if (!copy && (!kitIsDone || !session.second_factor_confirmed)) {
    return <FinishSetup session={{ ...session, recovery_kit_confirmed: kitIsDone }} practice={status.practice_name ?? ""} factor={factor} onFinished={(view) => entered(view)} />;
  }
  return (
    <SessionContext value={session}>
      <DoorContext value={door}>
        <OpenPractice start={start} />
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

function Unopenable({ status, onLook }: { status: ShellStatus; onLook: () => void }) {
  const { t } = useTranslation();
  return (
    <DoorFrame status={{ ...status, problem: null }}>
      <h1>{t("shell.unopenable.title")}</h1>
      <Banner tone="danger" testId="unopenable">
        {status.problem ? failureWords({ kind: "refused", code: status.problem.code, field: null, remedy: status.problem.remedy }) : t("shell.unopenable.words")}
      </Banner>
      <p className="kw-quiet">{t("shell.unopenable.safe")}</p>
      <SupportOffer />
      <div>
        <Button variant="quiet" className="kw-start" onPress={onLook} testId="look-open">{t("identity.copy.open")}</Button>
      </div>
    </DoorFrame>
  );
}
