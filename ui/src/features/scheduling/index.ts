import "./day.css";
import "./setup.css";
import "./views.css";

export { DayScreen } from "./DayScreen";
export { forgetDay } from "./daySeen";
export { showVisit } from "./doing";
export { useVisitsOf } from "./PatientVisits";
export { SetupScreen } from "./SetupScreen";
