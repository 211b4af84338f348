import { refuse, type Answers } from "./answers";
import { hoursAgo, whole } from "./backups";

const ROWS = 8120;

/** A backup opened beside the practice, for looking only, and closed again. */
export const copies: Pick<Answers<"shell">, "shell.open_copy" | "shell.close_copy" | "shell.opened_backup"> = {
  "shell.open_copy": async (world, input, asked) => {
    if (input.folder === "") return refuse("shell.folder_not_chosen", "folder", "Choose the folder again.");
    if (world.state === "signed_in" || world.state === "locked") return refuse("shell.copy_somebody_is_here", null, "Sign out first.");
    if (!input.recovery_key.startsWith("KW1") && input.recovery_key !== world.kitWords.join(" ")) return refuse("exchange.backup_other_key", "recovery_key", "Check the key.");
    if (!(await whole("job-copy", world, asked))) return refuse("shell.copy_stopped", null, "It was stopped.");
    world.copy = { madeAt: hoursAgo(20), beneath: world.state };
    world.state = "signed_out";
    return { made_at: world.copy.madeAt, rows: ROWS, entries: world.log[0]?.sequence ?? 0, seconds: 12 };
  },
  // It is handed out once, as the program does.
  "shell.opened_backup": (world) => {
    const opened = world.openedBackup;
    world.openedBackup = null;
    return opened;
  },
  "shell.close_copy": (world) => {
    if (!world.copy) return refuse("shell.copy_not_open", null, "No copy is open.");
    world.state = world.copy.beneath;
    world.session = null;
    world.copy = null;
    return null;
  },
};
