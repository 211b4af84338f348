import { Archive, CalendarCog, CalendarDays, ChartColumn, FolderOutput, Handshake, HardDrive, ListChecks, ListTree, MailQuestion, Settings, UserRound, Users } from "lucide-react";
import type { ReactNode } from "react";

export interface Destination {
  id: "day" | "patients" | "hours" | "figures" | "checks" | "staff" | "log" | "backups" | "associates" | "accountings" | "retained" | "deidentified" | "settings";
  path: string;
  keys: string;
  shown: string;
  /** Any one of these opens the door; none means that everybody may. */
  operations: readonly string[];
  icon: ReactNode;
  apart?: boolean;
}

export const DESTINATIONS: readonly Destination[] = [
  { id: "day", path: "/day", keys: "g c", shown: "G C", operations: ["scheduling.day"], icon: <CalendarDays size={16} aria-hidden="true" /> },
  { id: "patients", path: "/patients", keys: "g p", shown: "G P", operations: ["patients.search"], icon: <UserRound size={16} aria-hidden="true" /> },
  { id: "checks", path: "/checks", keys: "g q", shown: "G Q", operations: ["scheduling.gates_ahead"], icon: <ListChecks size={16} aria-hidden="true" /> },
  { id: "staff", path: "/staff", keys: "g s", shown: "G S", operations: ["identity.staff"], icon: <Users size={16} aria-hidden="true" /> },
  { id: "log", path: "/log", keys: "g l", shown: "G L", operations: ["log.entries"], icon: <ListTree size={16} aria-hidden="true" /> },
  { id: "backups", path: "/backups", keys: "g b", shown: "G B", operations: ["exchange.backups"], icon: <HardDrive size={16} aria-hidden="true" /> },
  { id: "associates", path: "/associates", keys: "g a", shown: "G A", operations: ["compliance.associates"], icon: <Handshake size={16} aria-hidden="true" /> },
  { id: "accountings", path: "/accountings", keys: "g d", shown: "G D", operations: ["compliance.accountings"], icon: <MailQuestion size={16} aria-hidden="true" /> },
  { id: "retained", path: "/retained", keys: "g k", shown: "G K", operations: ["compliance.retained"], icon: <Archive size={16} aria-hidden="true" /> },
  { id: "deidentified", path: "/deidentified", keys: "g i", shown: "G I", operations: ["exchange.deidentify"], icon: <FolderOutput size={16} aria-hidden="true" /> },
  { id: "hours", path: "/schedule-setup", keys: "g h", shown: "G H", operations: ["scheduling.keep_resource"], icon: <CalendarCog size={16} aria-hidden="true" /> },
  { id: "figures", path: "/figures", keys: "g f", shown: "G F", operations: ["scheduling.figures"], icon: <ChartColumn size={16} aria-hidden="true" /> },
  { id: "settings", path: "/settings", keys: "g ,", shown: "G ,", operations: [], icon: <Settings size={16} aria-hidden="true" />, apart: true },
];

export function open(destinations: readonly Destination[], operations: readonly string[]): Destination[] {
  return destinations.filter((one) => one.operations.length === 0 || one.operations.some((name) => operations.includes(name)));
}

/** The first screen of a session: the day, for whoever may see it. */
export function home(operations: readonly string[]): string {
  return operations.includes("scheduling.day") ? "/day" : "/patients";
}
