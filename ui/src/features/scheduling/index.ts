import "./setup.css";

export { SetupScreen } from "./SetupScreen";
