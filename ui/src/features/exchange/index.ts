import "./exchange.css";

export { BackupsScreen } from "./BackupsScreen";
export { ImportScreen } from "./ImportScreen";
export { forgetBackups } from "./backupJobs";
export { forgetImport } from "./importJob";
