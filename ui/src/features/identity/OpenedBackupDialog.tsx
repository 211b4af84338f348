import { useTranslation } from "react-i18next";
import type { ShellStatus } from "../../bridge";
import { Banner, Button, Dialog, useStore } from "../../kit";
import { failureWords } from "../../words";
import { Offer } from "./Offer";
import { forgetOpenedBackup, openedBackup, type OpenedBackup } from "./openedBackup";
import { WhatItSays } from "./RestoreSteps";
import type { FoundBackup } from "./restoreJob";

export interface OpenedBackupDialogProps {
  status: ShellStatus;
  /** What this place of the window can do with it; what the practice's state forbids is not offered. */
  onLook?: (found: FoundBackup) => void;
  onRestore?: (found: FoundBackup) => void;
  onProve?: ((found: FoundBackup) => void) | undefined;
}

type Standing = "copy" | "absent" | "closed" | "here";

/** Asks what to do with a backup that was opened with a double click. Nothing happens by itself. */
export function OpenedBackupDialog({ status, ...ways }: OpenedBackupDialogProps) {
  const { t } = useTranslation();
  const opened = useStore(openedBackup);
  if (!opened) return null;
  return (
    <Dialog title={t("identity.opened.title")} isOpen onClose={forgetOpenedBackup} testId="opened-backup" footer={<Button onPress={forgetOpenedBackup} testId="opened-close">{t("common.close")}</Button>}>
      {opened.failure ? (
        <div className="kw-stack">
          <b className="id-opened-name">{opened.name}</b>
          <Banner tone="danger" testId="opened-refused">{failureWords(opened.failure)}</Banner>
        </div>
      ) : null}
      {opened.found ? <Found found={opened.found} standing={standingOf(status, opened)} {...ways} /> : null}
    </Dialog>
  );
}

function standingOf(status: ShellStatus, opened: OpenedBackup): Standing {
  if (status.copy_made_at !== null) return "copy";
  const state = status.state === "absent" ? opened.practice : status.state;
  if (state === "absent") return "absent";
  return state === "signed_in" || state === "locked" ? "here" : "closed";
}

function Found({ found, standing, onLook, onRestore, onProve }: Omit<OpenedBackupDialogProps, "status"> & { found: FoundBackup; standing: Standing }) {
  const { t } = useTranslation();
  const take = (way: (found: FoundBackup) => void) => () => {
    forgetOpenedBackup();
    way(found);
  };
  const mayLook = standing === "absent" || standing === "closed";
  const blocked = standing === "copy" ? t("identity.opened.closeCopy") : standing === "here" ? t("identity.opened.signOut") : null;
  return (
    <div className="kw-stack">
      <WhatItSays found={found} />
      <div className="id-opened-ways">
        {onLook && mayLook ? <Offer label={t("identity.opened.look")} words={t("identity.opened.lookWords")} act={t("identity.opened.lookAct")} onPress={take(onLook)} testId="opened-look" /> : null}
        {onRestore && standing === "absent" ? <Offer label={t("identity.opened.restore")} words={t("identity.opened.restoreWords")} act={t("identity.opened.restoreAct")} onPress={take(onRestore)} testId="opened-restore" /> : null}
        {onProve && standing === "here" ? <Offer label={t("identity.opened.prove")} words={t("identity.opened.proveWords")} act={t("identity.opened.proveAct")} onPress={take(onProve)} testId="opened-prove" /> : null}
      </div>
      {blocked ? <p className="kw-quiet" data-testid="opened-blocked">{blocked}</p> : null}
      <p className="kw-sub">{t("identity.opened.nothing")}</p>
    </div>
  );
}
