import { Inbox } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { failureOf, type ReceivedRow } from "../../bridge";
import { Button, DataGrid, EmptyState, type Column } from "../../kit";
import { dateTimeText, failureWords, numberText, type Translate } from "../../words";
import { ReceivedFlyout } from "./ReceivedFlyout";
import type { useReceived } from "./useReceived";

export interface ReceivedListProps {
  received: ReturnType<typeof useReceived>;
  /** One type alone is asked for. */
  narrowed: boolean;
  /** Opens a chart; nothing where it is open, or may not be. */
  onOpenPatient?: (patient: string) => void;
}

/** The rows of what was received, with the one that is open beside them. */
export function ReceivedList({ received, narrowed, onOpenPatient }: ReceivedListProps) {
  const { t } = useTranslation();
  const [active, setActive] = useState(-1);
  const [open, setOpen] = useState(-1);
  const columns = useMemo(() => columnsOf(t), [t]);
  const { pages, error, hasNextPage, isFetching, more } = received;
  const rows = useMemo(() => (pages ?? []).flatMap((page) => page.rows), [pages]);
  const openAt = useCallback((_row: ReceivedRow, index: number) => setOpen(index), []);
  const close = () => setOpen(-1);
  const shown = rows[open];
  if (error) return <Closed words={failureWords(failureOf(error))} />;
  const none = pages !== undefined && rows.length === 0 && !isFetching;
  return (
    <div className="screen-split">
      <div className="screen-main">
        {none ? <Nothing narrowed={narrowed} further={hasNextPage} /> : null}
        {rows.length > 0 ? <DataGrid label={t("exchange.received.title")} columns={columns} rows={rows} active={active} onActive={setActive} onOpen={openAt} onReachEnd={more} total={-1} rowTestId="received-row" testId="received-rows" /> : null}
        {pages ? (
          <div className="ex-foot kw-sub" data-testid="received-foot">
            <span role="status">{t(hasNextPage ? "exchange.received.shownMore" : "exchange.received.shownAll", { count: rows.length, number: numberText(rows.length) })}</span>
            {hasNextPage ? <Button variant="quiet" isDisabled={isFetching} onPress={more} testId="received-more">{t("exchange.received.more")}</Button> : null}
          </div>
        ) : null}
      </div>
      {shown ? <ReceivedFlyout key={open} row={shown} onClose={close} {...(onOpenPatient ? { onOpenPatient } : {})} /> : null}
    </div>
  );
}

/** Whoever has not the key has done nothing wrong, so this is no alarm. */
function Closed({ words }: { words: string }) {
  const { t } = useTranslation();
  return <p className="kw-pad kw-quiet" role="status" data-testid="received-closed">{t("exchange.received.closed")} {words}</p>;
}

function Nothing({ narrowed, further }: { narrowed: boolean; further: boolean }) {
  const { t } = useTranslation();
  if (narrowed) return <EmptyState icon={<Inbox size={28} />} title={t(further ? "exchange.received.noneOfSoFar" : "exchange.received.noneOf")} />;
  return <EmptyState icon={<Inbox size={28} />} title={t("exchange.received.none")}>{t("exchange.received.noneWords")}</EmptyState>;
}

function columnsOf(t: Translate): Column<ReceivedRow>[] {
  return [
    { key: "type", header: t("exchange.received.column.type"), width: "minmax(150px,1fr)", cell: (row) => <b>{row.resource_type}</b> },
    { key: "id", header: t("exchange.received.column.id"), width: "minmax(130px,1fr)", cell: (row) => (row.resource_id === "" ? <span className="kw-quiet">{t("exchange.received.noId")}</span> : <span className="kw-mono" title={row.resource_id}>{row.resource_id}</span>) },
    { key: "source", header: t("exchange.received.column.source"), width: "minmax(130px,1fr)", cell: (row) => <span title={row.source}>{row.source}</span>, spare: true },
    { key: "at", header: t("exchange.received.column.at"), width: "172px", cell: (row) => dateTimeText(row.received_at) },
  ];
}
