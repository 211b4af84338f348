import "./exchange.css";

export { BackupsScreen } from "./BackupsScreen";
export { DeidentifiedScreen } from "./DeidentifiedScreen";
export { ImportScreen } from "./ImportScreen";
export { forgetBackups } from "./backupJobs";
export { forgetDeidentified } from "./deidentify";
export { forgetImport } from "./importJob";
