import "./day.css";
import "./setup.css";

export { DayScreen } from "./DayScreen";
export { forgetDay } from "./daySeen";
export { SetupScreen } from "./SetupScreen";
