import "./compliance.css";

export { AccountingsScreen } from "./AccountingsScreen";
export { ChangeAssociateScreen, NewAssociateScreen } from "./AssociateScreens";
export { AssociatesScreen } from "./AssociatesScreen";
export { CorrectDisclosureScreen, RecordDisclosureScreen } from "./DisclosureScreens";
export { useDueCounts } from "./due";
export { HandOutScreen } from "./HandOutScreen";
export { LedgerScreen } from "./LedgerScreen";
export { LetterScreen } from "./LetterScreen";
export { PopulationScreen } from "./PopulationScreen";
export { forgetHandedOutAll } from "./handOutAll";
export { NewRequestScreen, PatientRequestScreen } from "./RequestScreen";
export { RetainedScreen } from "./RetainedScreen";
export { forgetLetters } from "./savedLetters";
