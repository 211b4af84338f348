import "./identity.css";

export { FinishSetup } from "./FinishSetup";
export { KeysCare, KeysDue } from "./keysCare";
export { LookWizard } from "./LookWizard";
export { OpenedBackupDialog } from "./OpenedBackupDialog";
export { forgetOpenedBackup, useOpenedBackup } from "./openedBackup";
export type { FoundBackup } from "./restoreJob";
export { LockScreen } from "./LockScreen";
export { DoorFrame } from "./DoorFrame";
export { forgetReseal } from "./reseal";
export { SettingsScreen } from "./SettingsScreen";
export { SetupWizard } from "./SetupWizard";
export { SignInScreen } from "./SignInScreen";
export { SupportOffer } from "./SupportText";
export { StaffScreen } from "./StaffScreen";
