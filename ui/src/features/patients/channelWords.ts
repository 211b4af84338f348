import type { Translate } from "../../words";
import type { ContactChannel } from "../../bridge";

/** Says in a few words how this patient wants to be reached: "Call mobile, no voicemail". */
export function preferredChannelWords(channels: readonly ContactChannel[], t: Translate): string {
  const chosen = channels.find((one) => one.preferred);
  if (!chosen) return "";
  const how = t(`patients.reach.${chosen.kind}`, { use: t(`patients.channelUse.${chosen.use}`).toLowerCase() });
  return chosen.kind === "phone" && !chosen.voicemail_allowed ? t("patients.reach.noVoicemail", { how }) : how;
}
