import "./day.css";
import "./setup.css";
import "./theatre.css";
import "./views.css";

export { DayScreen, type DayScreenProps } from "./DayScreen";
export { forgetDay } from "./daySeen";
export { showVisit } from "./doing";
export { useVisitsOf } from "./PatientVisits";
export { SetupScreen } from "./SetupScreen";
export { TheatreScreen } from "./TheatreScreen";
