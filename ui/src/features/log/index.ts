import "./log.css";

export { LogScreen, WhoLooked } from "./LogScreen";
export { fold } from "./fold";
export { verifyLog } from "./verify";
