import "./exchange.css";

export { ImportScreen } from "./ImportScreen";
export { forgetImport } from "./importJob";
