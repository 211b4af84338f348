import "./patients.css";

export { ChartScreen } from "./ChartScreen";
export { CorrectScreen } from "./CorrectScreen";
export { MergeScreen, MergesScreen } from "./MergeScreens";
export { PatientPicker } from "./PatientPicker";
export { RegisterScreen } from "./RegisterScreen";
export { SearchScreen } from "./SearchScreen";
export { forgetSearch } from "./sought";
