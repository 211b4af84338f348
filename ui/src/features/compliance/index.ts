import "./compliance.css";

export { AccessRequestScreen } from "./AccessRequestScreen";
export { AmendmentRequestScreen } from "./AmendmentRequestScreen";
export { useAmendmentsOf } from "./amendmentsOf";
export { ChangeAssociateScreen, NewAssociateScreen } from "./AssociateScreens";
export { AssociatesScreen } from "./AssociatesScreen";
export { CorrectDisclosureScreen, RecordDisclosureScreen } from "./DisclosureScreens";
export { useDueCounts } from "./due";
export { HandOutScreen } from "./HandOutScreen";
export { LedgerScreen } from "./LedgerScreen";
export { LetterScreen } from "./LetterScreen";
export { PopulationScreen } from "./PopulationScreen";
export { forgetHandedOutAll } from "./handOutAll";
export { NewRequestScreen } from "./NewRequestScreen";
export { PatientRequestScreen } from "./RequestScreen";
export { PatientRequestsScreen, RequestsScreen } from "./RequestsScreen";
export { RetainedScreen } from "./RetainedScreen";
export { forgetLetters } from "./savedLetters";
