import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useGo } from "../../kit";
import { backUp, backingUp, proveBackup, proveFolder } from "./backupJobs";

/** Writing and proving, with the list asked for anew once either is over. */
export function useBackupWork(associate: string | null = null) {
  const { t } = useTranslation();
  const { go } = useGo();
  const cache = useQueryClient();
  const show = () => go("/backups");
  const after = async (work: Promise<void>) => {
    await work;
    await Promise.all([["exchange.backups"], ["shell.status"]].map((queryKey) => cache.invalidateQueries({ queryKey })));
  };
  return {
    write: () => void after(backUp(t, show, associate)),
    prove: () => void after(proveBackup(t, show)),
    proveWritten: () => void after(proveBackup(t, show, backingUp.get().written)),
    /** Goes to where the proof says how it went, and begins it. */
    proveFolder: (folder: string) => {
      show();
      void after(proveFolder(t, show, folder));
    },
  };
}
