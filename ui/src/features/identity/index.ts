import "./identity.css";

export { FinishSetup } from "./FinishSetup";
export { LockScreen } from "./LockScreen";
export { DoorFrame } from "./DoorFrame";
export { SettingsScreen } from "./SettingsScreen";
export { SetupWizard } from "./SetupWizard";
export { SignInScreen } from "./SignInScreen";
export { StaffScreen } from "./StaffScreen";
