import { Outlet, useRouter, useRouterState } from "@tanstack/react-router";
import { Lock, LogOut, Search, ShieldAlert, ShieldCheck, ShieldQuestion } from "lucide-react";
import { useContext, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay, useSession } from "../bridge";
import { useDueCounts } from "../features/compliance";
import { backingUp, useBackupWork } from "../features/exchange";
import { KeysCare, KeysDue, OpenedBackupDialog } from "../features/identity";
import { verifyLog } from "../features/log";
import { Banner, Brand, Button, Face, JobsTray, Kbd, NavigationContext, Toasts, undoLatest, useGo, useShortcuts, useStore, waitingDrafts } from "../kit";
import { dateTimeText, initials, numberText, timeText } from "../words";
import { DESTINATIONS, home, open, type Destination } from "./destinations";
import { DoorContext } from "./door";
import { useIdle } from "./idle";
import { Palette } from "./Palette";
import { ShortcutsOverlay } from "./ShortcutsOverlay";
import { useShellStatus } from "./status";

/** The first screen comes first; the check begins when it is there. */
const AFTER_OPENING_MS = 3_000;

/** The frame around every screen of an open practice. */
export function Frame() {
  const router = useRouter();
  const here = useRouterState({ select: (state) => state.location.pathname });
  const door = useContext(DoorContext);
  const session = useSession();
  const readOnly = useShellStatus()?.read_only ?? null;
  const [palette, setPalette] = useState(false);
  const [help, setHelp] = useState(false);
  const idle = useIdle(session.idle_minutes, () => void door.lock());
  const navigation = useMemo(
    () => ({
      here,
      go: (path: string) => router.history.push(path),
      back: () => (router.history.canGoBack() ? router.history.back() : router.history.push(home(session.operations))),
    }),
    [here, router, session.operations],
  );
  door.remember(here);
  useFrameShortcuts(navigation.go, () => setPalette(true), () => setHelp(true));
  useVerifiedAfterOpening();
  return (
    <NavigationContext value={navigation}>
      <div className={idle.closing ? "app app-closing" : "app"}>
        <Announcements />
        {readOnly ? null : <KeysCare />}
        <TopBar onFind={() => setPalette(true)} />
        <Nav here={here} go={navigation.go} />
        <main className="app-main" id="main"><Outlet /></main>
        <TrustLine minutesLeft={idle.minutesLeft} />
      </div>
      {idle.closing ? <ClosingNotice /> : null}
      <Palette isOpen={palette} onClose={() => setPalette(false)} go={navigation.go} onHelp={() => { setPalette(false); setHelp(true); }} />
      <ShortcutsOverlay isOpen={help} onClose={() => setHelp(false)} />
      <OpenedHere />
      <Toasts />
    </NavigationContext>
  );
}

/** A backup that was opened while somebody is signed in can be proved, by whoever may. */
function OpenedHere() {
  const status = useShellStatus();
  const may = useMay();
  const { proveFolder } = useBackupWork();
  const { running } = useStore(backingUp);
  if (!status) return null;
  return <OpenedBackupDialog status={status} onProve={may("exchange.prove_backup") && !running ? ({ folder }) => proveFolder(folder) : undefined} />;
}

/** Checks the log in the background once the practice has been opened, for those who may read it. */
function useVerifiedAfterOpening() {
  const { t } = useTranslation();
  const may = useSession().operations.includes("log.entries");
  useEffect(() => {
    if (!may) return undefined;
    const later = setTimeout(() => void verifyLog(t, true), AFTER_OPENING_MS);
    return () => clearTimeout(later);
  }, [may, t]);
}

function useFrameShortcuts(go: (path: string) => void, find: () => void, help: () => void) {
  const { t } = useTranslation();
  const session = useSession();
  const door = useContext(DoorContext);
  useShortcuts([
    { keys: "$mod+k", shown: "Ctrl K", words: t("shell.palette.open"), run: find },
    { keys: "$mod+l", shown: "Ctrl L", words: t("shell.lock"), run: () => void door.lock() },
    { keys: "$mod+z", shown: "Ctrl Z", words: t("shell.undo"), run: () => void undoLatest() },
    { keys: "Shift+?", shown: "?", words: t("shell.shortcuts"), run: help },
    ...open(DESTINATIONS, session.operations).map((one) => ({ keys: one.keys, shown: one.shown, words: t("shell.goTo", { where: t(`shell.nav.${one.id}`) }), run: () => go(one.path) })),
  ]);
}

function Announcements() {
  const { t } = useTranslation();
  const status = useShellStatus();
  // A copy has a bar of its own, and what is due in the practice is no matter of the copy.
  const copy = (status?.copy_made_at ?? null) !== null;
  return (
    <div className="app-announcements">
      {status?.demonstration ? <Banner tone="info" edge testId="demonstration">{t("shell.demonstration")}</Banner> : null}
      {status?.backup?.broken && !copy ? <BackupBroken /> : null}
      {status?.backup?.missed && !copy ? <BackupMissed last={status.backup.last} /> : null}
      {status?.downtime_missed && !copy ? <DowntimeMissed /> : null}
      {copy ? null : <KeysDue />}
      {status?.read_only && !copy ? <Banner tone="danger" edge testId="read-only">{t("shell.readOnly", { why: status.read_only })}</Banner> : null}
    </div>
  );
}

/** Said to everybody until a proof holds again: whoever reads it may be the one who has another drive. */
function BackupBroken() {
  const { t } = useTranslation();
  // Where backups are shown, the screen itself says it.
  if (useGo().here === "/backups") return null;
  return <Banner tone="danger" edge actions={<WayToBackups testId="backup-broken-open" />} testId="backup-broken">{t("shell.backupBroken")}</Banner>;
}

function WayToBackups({ testId }: { testId: string }) {
  const { t } = useTranslation();
  const may = useMay();
  const { go } = useGo();
  return may("exchange.backups") ? <Button onPress={() => go("/backups")} testId={testId}>{t("shell.nav.backups")}</Button> : null;
}

/** The plan asked for a backup and there is none: said to everybody, because anybody may be the one who pulled the drive. */
function BackupMissed({ last }: { last: string | null }) {
  const { t } = useTranslation();
  return <Banner tone="warn" edge actions={<WayToBackups testId="backup-missed-open" />} testId="backup-missed">{last === null ? t("shell.backupNever") : t("shell.backupMissed", { when: dateTimeText(last) })}</Banner>;
}

/** The plan asked for a downtime pack and there is none: said to everybody, for the same reason. */
function DowntimeMissed() {
  const { t } = useTranslation();
  const may = useMay();
  const { go, here } = useGo();
  // Where the pack is shown, the screen itself says it.
  if (here === "/backups/downtime") return null;
  const way = may("exchange.downtime") ? <Button onPress={() => go("/backups/downtime")} testId="downtime-missed-open">{t("exchange.downtime.title")}</Button> : null;
  return <Banner tone="warn" edge actions={way} testId="downtime-missed">{t("shell.downtimeMissed")}</Banner>;
}

function TopBar({ onFind }: { onFind: () => void }) {
  const { t } = useTranslation();
  const session = useSession();
  const door = useContext(DoorContext);
  const [role] = session.roles;
  return (
    <header className="app-top">
      <Brand />
      <button type="button" className="app-find" onClick={onFind} data-testid="palette-open" aria-keyshortcuts="Control+K">
        <Search size={14} aria-hidden="true" />
        <span className="kw-clip">{t("shell.find")}</span>
        <Kbd>Ctrl K</Kbd>
      </button>
      <span className="kw-grow" />
      <JobsTray />
      <span className="app-who" data-testid="who">
        <span className="kw-clip">{session.display_name}{role ? ` · ${t(`common.role.${role}`)}` : ""}</span>
        <Face small letters={initials(session.display_name)} />
      </span>
      <Button variant="quiet" onPress={() => void door.lock()} aria-label={t("shell.lock")} icon={<Lock size={16} aria-hidden="true" />} testId="lock" />
      <Button variant="quiet" onPress={() => void door.signOut()} aria-label={t("shell.signOut")} icon={<LogOut size={16} aria-hidden="true" />} testId="sign-out" />
    </header>
  );
}

function Nav({ here, go }: { here: string; go: (path: string) => void }) {
  const { t } = useTranslation();
  const session = useSession();
  const due: Partial<Record<Destination["id"], number>> = useDueCounts();
  const under = (path: string) => here.startsWith(path) || (path === "/patients" && (here === "/" || here.startsWith("/import") || here.startsWith("/received") || here === "/merges"));
  return (
    <nav className="app-nav" aria-label={t("shell.nav.label")}>
      {open(DESTINATIONS, session.operations).map((one) => <NavItem key={one.id} one={one} on={under(one.path)} due={due[one.id] ?? 0} go={go} />)}
      <Unfinished here={here} go={go} />
    </nav>
  );
}

/** One way to a screen, with how many things are due there. */
function NavItem({ one, on, due, go }: { one: Destination; on: boolean; due: number; go: (path: string) => void }) {
  const { t } = useTranslation();
  const words = t(`shell.nav.${one.id}`);
  return (
    <Button
      variant="quiet"
      className={`app-nav-item${on ? " app-nav-on" : ""}${one.apart ? " app-nav-apart" : ""}`}
      aria-label={due > 0 ? t("compliance.due.nav", { where: words, due: t("compliance.due.count", { count: due }) }) : words}
      aria-current={on ? "page" : undefined}
      icon={one.icon}
      onPress={() => go(one.path)}
      testId={`nav-${one.id}`}
    >
      <span className="app-nav-word">{words}</span>{" "}
      {due > 0 ? <span className="app-nav-count" data-testid={`due-count-${one.id}`}>{due}</span> : null}
    </Button>
  );
}

/** Work that was left half typed, one press away. */
function Unfinished({ here, go }: { here: string; go: (path: string) => void }) {
  const { t } = useTranslation();
  const drafts = useStore(waitingDrafts).filter((draft) => !draft.screen.endsWith("#query") && draft.screen.split("#")[0] !== here);
  if (drafts.length === 0) return null;
  return (
    <div className="app-unfinished">
      <h2 className="kw-sub">{t("shell.unfinished")}</h2>
      {drafts.map((draft) => (
        <Button key={draft.screen} variant="quiet" className="app-nav-item" onPress={() => go(draft.screen.split("#")[0] ?? "/")} testId="unfinished">
          <span className="kw-clip">{t(`shell.draft.${draftKind(draft.screen)}`)}</span>
        </Button>
      ))}
    </div>
  );
}

export function draftKind(screen: string): "new" | "correct" | "settings" | "associate" | "disclosure" | "accounting" | "records" | "deidentified" | "ending" | "retained" | "hours" | "booking" | "pinboard" | "theatre" | "other" {
  const [start = ""] = screen.split("#");
  if (start.startsWith("/associates")) return "associate";
  if (start.includes("/disclosures")) return "disclosure";
  if (start.endsWith("/accounting") || start.startsWith("/accountings")) return "accounting";
  if (start.endsWith("/retained")) return "retained";
  if (start.endsWith("/records")) return "records";
  if (screen === "/day#pinboard") return "pinboard";
  if (screen === "/day#paper") return "other";
  if (start === "/day") return "booking";
  if (start === "/day/theatre") return "theatre";
  if (start === "/schedule-setup") return "hours";
  if (start === "/deidentified") return "deidentified";
  if (start === "/settings/end") return "ending";
  if (screen === "/patients/new") return "new";
  if (screen.endsWith("/correct")) return "correct";
  return screen.startsWith("/settings") ? "settings" : "other";
}

function TrustLine({ minutesLeft }: { minutesLeft: number }) {
  const { t } = useTranslation();
  const status = useShellStatus();
  const seen = status?.last_verification ?? null;
  const Sign = seen === null ? ShieldQuestion : seen.ok ? ShieldCheck : ShieldAlert;
  const entries = status?.log_entries;
  return (
    <footer className="app-trust">
      <span className={seen && !seen.ok ? "app-trust-bad" : "app-trust-words"} data-testid="trust-line">
        <Sign size={14} aria-hidden="true" />
        {seen
          ? t(seen.ok ? "shell.trust.intact" : "shell.trust.broken", { entries: numberText(entries ?? seen.entries), time: timeText(seen.at) })
          : t("shell.trust.unverified", { entries: numberText(entries ?? 0) })}
      </span>
      <span className="kw-grow" />
      <span className="app-trust-practice kw-clip">{status?.practice_name}</span>
      <span data-testid="locks-in">{t("shell.locksIn", { count: minutesLeft })}</span>
    </footer>
  );
}

function ClosingNotice() {
  const { t } = useTranslation();
  return <div className="app-closing-words" role="alert">{t("shell.closing")}</div>;
}
