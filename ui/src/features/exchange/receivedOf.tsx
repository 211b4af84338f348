import type { ReactNode } from "react";
import { useMay } from "../../bridge";
import { ReceivedList } from "./ReceivedList";
import { useReceived } from "./useReceived";

/** What other systems sent about one patient, for the chart. Nothing where there is none, or for whoever may not see it. */
export function useReceivedOf(patient: string): ReactNode | null {
  const may = useMay();
  const received = useReceived({ patient }, may("exchange.received") && may("patients.chart"));
  const any = received.error !== null || (received.pages ?? []).some((page) => page.rows.length > 0);
  return any ? <ReceivedList received={received} narrowed={false} /> : null;
}
