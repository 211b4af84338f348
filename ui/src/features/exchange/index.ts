import "./exchange.css";

export { BackupsScreen } from "./BackupsScreen";
export { DowntimeScreen } from "./DowntimeScreen";
export { forgetDowntime } from "./downtimeJob";
export { DeidentifiedScreen } from "./DeidentifiedScreen";
export { ImportScreen } from "./ImportScreen";
export { ReceivedScreen } from "./ReceivedScreen";
export { TakeBackScreen } from "./TakeBackScreen";
export { forgetTakeBack } from "./takeBackJob";
export { useReceivedOf } from "./receivedOf";
export { backingUp, forgetBackups } from "./backupJobs";
export { useBackupWork } from "./useBackupWork";
export { forgetDeidentified } from "./deidentify";
export { forgetImport } from "./importJob";
export { EndPracticeScreen } from "./EndPracticeScreen";
export { EndedPage } from "./EndedPage";
export { closeEnding, ending, forgetEnding } from "./ending";
