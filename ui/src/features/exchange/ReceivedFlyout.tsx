import { Copy } from "lucide-react";
import { useMemo, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { ReceivedRow } from "../../bridge";
import { Button, SideFlyout } from "../../kit";
import { dateTimeText } from "../../words";
import { prettyJson } from "./prettyJson";

export interface ReceivedFlyoutProps {
  row: ReceivedRow;
  onClose: () => void;
  onOpenPatient?: (patient: string) => void;
}

/** One resource, laid out in lines and otherwise as it came. It is text and nothing but text, whatever stands in it. */
export function ReceivedFlyout({ row, onClose, onOpenPatient }: ReceivedFlyoutProps) {
  const { t } = useTranslation();
  const text = useMemo(() => prettyJson(row.json), [row.json]);
  const [said, setSaid] = useState("");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid(t("exchange.received.copied"));
    } catch {
      setSaid(t("exchange.received.notCopied"));
    }
  };
  const { patient } = row;
  const chart = patient !== null && onOpenPatient ? <Button onPress={() => onOpenPatient(patient)} testId="received-chart">{t("exchange.received.chart")}</Button> : null;
  const footer = (
    <>
      <Button icon={<Copy size={14} aria-hidden="true" />} onPress={() => void copy()} testId="received-copy">{t("exchange.received.copy")}</Button>
      {chart}
      <span className="kw-sub ex-said" role="status" data-testid="received-said">{said}</span>
    </>
  );
  return (
    <SideFlyout title={row.resource_type} sub={<span className="kw-mono">{row.resource_id}</span>} onClose={onClose} footer={footer} testId="received-flyout">
      <dl className="kw-kv ex-json-facts">
        <dt>{t("exchange.received.column.source")}</dt><dd>{row.source}</dd>
        <dt>{t("exchange.received.column.at")}</dt><dd>{dateTimeText(row.received_at)}</dd>
        {patient === null ? <><dt /><dd className="kw-quiet">{t("exchange.received.nobody")}</dd></> : null}
      </dl>
      <h3 className="ex-json-title">{t("exchange.received.json")} <span className="kw-sub">{t("exchange.received.jsonHint")}</span></h3>
      {/* What scrolls, and is copied by the keyboard, takes the focus. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <pre className="ex-json kw-mono" tabIndex={0} role="region" aria-label={t("exchange.received.json")} onKeyDown={markAll} data-testid="received-json">{text}</pre>
    </SideFlyout>
  );
}

/** Marks this text alone, where the browser would mark the whole window. */
function markAll(event: KeyboardEvent<HTMLPreElement>): void {
  if (event.key.toLowerCase() !== "a" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  window.getSelection()?.selectAllChildren(event.currentTarget);
}
