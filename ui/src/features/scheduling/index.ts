import "./day.css";
import "./desk.css";
import "./figures.css";
import "./setup.css";
import "./theatre.css";
import "./views.css";

export { ChecksScreen } from "./ChecksScreen";
export { DayScreen, type DayScreenProps } from "./DayScreen";
export { forgetDay } from "./daySeen";
export { showVisit } from "./doing";
export { FiguresScreen } from "./FiguresScreen";
export { forgetResettling } from "./resettle";
export { useVisitsOf } from "./PatientVisits";
export { SetupScreen } from "./SetupScreen";
export { TheatreScreen } from "./TheatreScreen";
