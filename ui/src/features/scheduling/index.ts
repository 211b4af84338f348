import "./setup.css";
import "./views.css";

export { useVisitsOf } from "./PatientVisits";
export { SetupScreen } from "./SetupScreen";
