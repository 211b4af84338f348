import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useAnswer, useMay, useSession, type KeyStatus } from "../../bridge";
import { Banner, Button, useGo } from "../../kit";
import { civilText } from "../../words";
import { reseal, resealing } from "./reseal";

export const KEYS_PATH = "/settings/keys";

/** Says whether new keys were made and older records still wait for them: then the day by which keys are due is that of the old ones. */
export function isRotating({ cause }: KeyStatus): boolean {
  return cause === "yearly" || cause === "suspected_leak";
}

/** Asked for once in a session and again after a change, because every screen wants to know. */
export function useKeyStatus(): KeyStatus | null {
  const may = useMay();
  return useAnswer("identity.key_status", {}, { enabled: may("identity.key_status"), kept: true }).data ?? null;
}

/** Gives a function that seals older records anew and then asks how the keys stand. */
export function useReseal(): (quiet?: boolean) => void {
  const { t } = useTranslation();
  const { go } = useGo();
  const cache = useQueryClient();
  const session = useSession().signed_in_at;
  return (quiet = false) => {
    const after = () => cache.invalidateQueries({ queryKey: ["identity.key_status"] });
    void reseal(t, { session, quiet, open: () => go(KEYS_PATH) }).then(after);
  };
}

/** Begins the sealing by itself where older records wait for it, unless somebody has stopped it in this session. */
export function KeysCare() {
  const may = useMay();
  const session = useSession().signed_in_at;
  const begin = useReseal();
  const waits = useKeyStatus()?.old_keys === true && may("identity.reseal");
  useEffect(() => {
    const { running, stoppedIn } = resealing.get();
    if (waits && !running && stoppedIn !== session) begin(true);
    // The function is made anew at each look at the screen; what counts is that records wait.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [waits, session]);
  return null;
}

/** The keys are older than a year: said on every screen, with the way to where that is mended. */
export function KeysDue() {
  const { t } = useTranslation();
  const { go, here } = useGo();
  const status = useKeyStatus();
  if (!status?.due || isRotating(status) || here === KEYS_PATH) return null;
  return (
    <Banner tone="warn" edge actions={<Button onPress={() => go(KEYS_PATH)} testId="keys-due-open">{t("identity.keys.dueDo")}</Button>} testId="keys-due">
      {t("identity.keys.dueLine", { due: civilText(status.due_on) })}
    </Banner>
  );
}
