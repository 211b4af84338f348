import { useContext, useEffect, useId, useMemo, useState, type KeyboardEvent, type ReactNode } from "react";
import { Dialog, Modal, ModalOverlay } from "react-aria-components";
import { FolderInput, FolderOutput, Inbox, Keyboard, LifeBuoy, Lock, LogOut, MailQuestion, Scissors, Search, UserPlus, UserRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useAnswer, useMay, useSession } from "../bridge";
import { Kbd } from "../kit";
import { civilText } from "../words";
import { DESTINATIONS, open } from "./destinations";
import { DoorContext } from "./door";

export interface PaletteProps {
  isOpen: boolean;
  onClose: () => void;
  go: (path: string) => void;
  onHelp: () => void;
}

interface Choice {
  id: string;
  group: "screens" | "actions" | "patients";
  words: string;
  aside?: ReactNode;
  shown?: string;
  icon: ReactNode;
  run: () => void;
}

/** Go to a screen, find a patient, do a thing: all by typing. It opens without any movement. */
export function Palette(props: PaletteProps) {
  const { t } = useTranslation();
  return (
    <ModalOverlay className="kw-veil pal-veil" isOpen={props.isOpen} onOpenChange={(next) => (next ? undefined : props.onClose())} isDismissable>
      <Modal className="pal">
        <Dialog className="kw-plain" aria-label={t("shell.palette.open")}>
          <Inside {...props} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Inside({ onClose, go, onHelp }: PaletteProps) {
  const { t } = useTranslation();
  const list = useId();
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  const fixed = useFixedChoices(go, onHelp);
  const patients = usePatients(query, go);
  const sought = query.trim().toLowerCase();
  const shown = useMemo(() => [...patients, ...fixed.filter((one) => sought === "" || one.words.toLowerCase().includes(sought))], [patients, fixed, sought]);
  const take = (choice: Choice | undefined) => {
    if (!choice) return;
    onClose();
    choice.run();
  };
  const keys = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setActive((active + step + shown.length) % Math.max(1, shown.length));
    }
    if (event.key === "Enter") {
      event.preventDefault();
      take(shown[active]);
    }
  };
  return (
    <>
      <div className="pal-field">
        <Search size={16} aria-hidden="true" />
        <input
          role="combobox"
          aria-label={t("shell.find")}
          aria-expanded="true"
          aria-controls={list}
          aria-activedescendant={shown[active] ? `${list}-${active}` : undefined}
          placeholder={t("shell.find")}
          value={query}
          onChange={(event) => { setQuery(event.target.value); setActive(0); }}
          onKeyDown={keys}
          // Opening the palette is asking for its field.
          autoFocus
          spellCheck={false}
          autoComplete="off"
          data-testid="palette-input"
        />
        <Kbd>Esc</Kbd>
      </div>
      <div className="pal-list" role="listbox" id={list} aria-label={t("shell.palette.results")}>
        {shown.map((choice, index) => (
          <Line key={choice.id} id={`${list}-${index}`} choice={choice} first={choice.group !== shown[index - 1]?.group} active={index === active} onTake={() => take(choice)} />
        ))}
        {shown.length === 0 ? <div className="pal-none">{t("shell.palette.none")}</div> : null}
      </div>
    </>
  );
}

function Line({ id, choice, first, active, onTake }: { id: string; choice: Choice; first: boolean; active: boolean; onTake: () => void }) {
  const { t } = useTranslation();
  return (
    <>
      {first ? <div className="pal-group" role="presentation">{t(`shell.palette.${choice.group}`)}</div> : null}
      {/* The field above takes the keys. */}
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus */}
      <div id={id} role="option" aria-selected={active} className="pal-line" onClick={onTake} data-testid="palette-row" ref={(line) => { if (active) line?.scrollIntoView?.({ block: "nearest" }); }}>
        {choice.icon}
        <span className="kw-clip">{choice.words}</span>
        {choice.aside}
        <span className="kw-grow" />
        {choice.shown ? <Kbd>{choice.shown}</Kbd> : null}
      </div>
    </>
  );
}

function useFixedChoices(go: (path: string) => void, onHelp: () => void): Choice[] {
  const { t } = useTranslation();
  const session = useSession();
  const may = useMay();
  const door = useContext(DoorContext);
  const screens: Choice[] = open(DESTINATIONS, session.operations).map((one) => ({ id: one.id, group: "screens", words: t(`shell.nav.${one.id}`), shown: one.shown, icon: one.icon, run: () => go(one.path) }));
  const actions: (Choice | null)[] = [
    may("patients.register") ? { id: "new", group: "actions", words: t("patients.search.new"), shown: "N", icon: <UserPlus size={16} aria-hidden="true" />, run: () => go("/patients/new") } : null,
    may("scheduling.theatre_board") ? { id: "theatre", group: "actions", words: t("scheduling.theatre.title"), icon: <Scissors size={16} aria-hidden="true" />, run: () => go("/day/theatre") } : null,
    may("exchange.import_patients") ? { id: "import", group: "actions", words: t("exchange.title"), icon: <UserPlus size={16} aria-hidden="true" />, run: () => go("/import") } : null,
    may("exchange.take_back") ? { id: "take-back", group: "actions", words: t("exchange.takeBack.title"), icon: <FolderInput size={16} aria-hidden="true" />, run: () => go("/import/records") } : null,
    may("exchange.received") ? { id: "received", group: "actions", words: t("exchange.received.open"), icon: <Inbox size={16} aria-hidden="true" />, run: () => go("/received") } : null,
    may("exchange.export_population") ? { id: "population", group: "actions", words: t("compliance.population.title"), icon: <FolderOutput size={16} aria-hidden="true" />, run: () => go("/backups/records") } : null,
    may("exchange.downtime") ? { id: "downtime", group: "actions", words: t("exchange.downtime.title"), icon: <LifeBuoy size={16} aria-hidden="true" />, run: () => go("/backups/downtime") } : null,
    may("compliance.request_access") ? { id: "access", group: "actions", words: t("compliance.access.title"), icon: <MailQuestion size={16} aria-hidden="true" />, run: () => go("/accountings/new/access") } : null,
    may("compliance.request_amendment") ? { id: "amendment", group: "actions", words: t("compliance.amendment.title"), icon: <MailQuestion size={16} aria-hidden="true" />, run: () => go("/accountings/new/amendment") } : null,
    may("compliance.request_accounting") ? { id: "accounting", group: "actions", words: t("compliance.request.title"), icon: <MailQuestion size={16} aria-hidden="true" />, run: () => go("/accountings/new") } : null,
    { id: "lock", group: "actions", words: t("shell.lock"), shown: "Ctrl L", icon: <Lock size={16} aria-hidden="true" />, run: () => void door.lock() },
    { id: "sign-out", group: "actions", words: t("shell.signOut"), icon: <LogOut size={16} aria-hidden="true" />, run: () => void door.signOut() },
    { id: "help", group: "actions", words: t("shell.shortcuts"), shown: "?", icon: <Keyboard size={16} aria-hidden="true" />, run: onHelp },
  ];
  return [...screens, ...actions.filter((one) => one !== null)];
}

function usePatients(query: string, go: (path: string) => void): Choice[] {
  const may = useMay();
  const [settled, setSettled] = useState("");
  const [visit] = useState(() => crypto.randomUUID());
  useEffect(() => {
    const timer = setTimeout(() => setSettled(query.trim()), 120);
    return () => clearTimeout(timer);
  }, [query]);
  const search = useAnswer("patients.search", { query: settled, limit: 6, visit }, { enabled: settled.length > 1 && may("patients.search") });
  if (query.trim().length < 2) return [];
  return (search.data?.rows ?? []).map((row) => ({
    id: row.patient,
    group: "patients",
    words: row.name,
    aside: <span className="kw-sub">{civilText(row.date_of_birth)} · <span className="kw-mono">{row.mrn}</span></span>,
    icon: <UserRound size={16} aria-hidden="true" />,
    run: () => go(`/patients/${row.patient}`),
  }));
}
