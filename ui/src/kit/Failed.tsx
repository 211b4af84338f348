import type { ReactNode } from "react";
import { failureWords } from "../words";
import { Banner } from "./Banner";

/** Says in plain words why something could not be shown. */
export function Failed({ failure, actions }: { failure: Parameters<typeof failureWords>[0]; actions?: ReactNode }) {
  return (
    <div className="kw-pad">
      <Banner tone="danger" actions={actions}>{failureWords(failure)}</Banner>
    </div>
  );
}
