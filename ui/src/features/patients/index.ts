import "./patients.css";

export { ChartScreen } from "./ChartScreen";
export { CorrectScreen } from "./CorrectScreen";
export { MergeScreen, MergesScreen } from "./MergeScreens";
export { PatientPicker } from "./PatientPicker";
export type { PatientWay } from "./MoreMenu";
export { QuickRegister } from "./QuickRegister";
export { RegisterScreen } from "./RegisterScreen";
export { SearchScreen } from "./SearchScreen";
export { forgetSearch } from "./sought";
