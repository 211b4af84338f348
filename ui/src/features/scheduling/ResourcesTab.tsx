import { CircleCheck, CircleSlash, Hourglass, OctagonAlert, Plus, Stethoscope } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ResourceView, SetupView } from "../../bridge";
import { Badge, Button, DataGrid, EmptyState, useShortcuts, type Column } from "../../kit";
import type { Translate } from "../../words";
import { PlacesFlyout } from "./PlacesFlyout";
import { ResourceForm } from "./ResourceForm";
import { placeWords, standingOf, type ResourceStanding } from "./setupWords";

export interface TabProps {
  setup: SetupView;
  open: string | null;
  onOpen: (what: string | null) => void;
}

const SIGNS = { ok: CircleCheck, warn: Hourglass, danger: OctagonAlert, plain: CircleSlash } as const;
const ORDER: readonly ResourceView["kind"][] = ["practitioner", "room", "theatre", "equipment"];

/** Who and what can be booked. */
export function ResourcesTab({ setup, open, onOpen }: TabProps) {
  const { t } = useTranslation();
  const [active, setActive] = useState(-1);
  const rows = useMemo(() => setup.resources.toSorted((a, b) => Number(a.ended) - Number(b.ended) || ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || a.name.localeCompare(b.name, undefined, { numeric: true })), [setup]);
  const columns = useMemo(() => resourceColumns(t, setup), [t, setup]);
  useShortcuts([{ keys: "n", shown: "N", words: t("scheduling.setup.newResource"), run: () => onOpen("new") }]);
  const shown = setup.resources.find((one) => one.resource === open);
  const add = <Button variant="primary" shortcut="N" icon={<Plus size={14} aria-hidden="true" />} onPress={() => onOpen("new")} testId="resource-new">{t("scheduling.setup.newResource")}</Button>;
  return (
    <div className="screen-split">
      <div className="screen-main">
        <div className="sc-tools">
          <span className="kw-sub">{t("scheduling.setup.resourceCount", { count: rows.filter((one) => !one.ended).length })}</span>
          <span className="kw-grow" />
          <Button onPress={() => onOpen("places")} testId="places-open">{t("scheduling.setup.places")}</Button>
          {rows.length > 0 ? add : null}
        </div>
        {rows.length === 0 ? <EmptyState icon={<Stethoscope size={28} />} title={t("scheduling.setup.teachResources")} actions={add}>{t("scheduling.setup.teachResourcesWords")}</EmptyState> : null}
        {rows.length > 0 ? <DataGrid label={t("scheduling.setup.tab.people")} columns={columns} rows={rows} active={active} onActive={setActive} onOpen={(row) => onOpen(row.resource)} testId="resource-rows" rowTestId="resource-row" /> : null}
      </div>
      {open === "places" ? <PlacesFlyout setup={setup} onClose={() => onOpen(null)} /> : null}
      {open === "new" || shown ? <ResourceForm key={open} setup={setup} row={shown ?? null} onClose={() => onOpen(null)} reopen={() => onOpen(open)} /> : null}
    </div>
  );
}

function resourceColumns(t: Translate, setup: SetupView): Column<ResourceView>[] {
  return [
    { key: "name", header: t("scheduling.setup.column.name"), width: "minmax(180px,1.3fr)", cell: (row) => <><b>{row.name}</b> <span className="kw-quiet">{row.note}</span></> },
    { key: "kind", header: t("scheduling.setup.column.kind"), width: "104px", cell: (row) => t(`scheduling.kind.${row.kind}`), spare: true },
    { key: "can", header: t("scheduling.setup.column.can"), width: "minmax(130px,1.2fr)", cell: (row) => <span title={canWords(row)}>{canWords(row)}</span> },
    { key: "place", header: t("scheduling.setup.column.place"), width: "minmax(110px,.8fr)", cell: (row) => placeWords(row, setup), spare: true },
    { key: "standing", header: t("scheduling.setup.column.standing"), width: "minmax(176px,.9fr)", cell: (row) => <Standing of={standingOf(row, t)} /> },
  ];
}

function canWords(row: ResourceView): string {
  return row.capabilities.map((one) => one.name).join(", ");
}

/** How something stands: colour, sign and word. */
export function Standing({ of }: { of: ResourceStanding }) {
  const Sign = SIGNS[of.tone];
  return <Badge tone={of.tone} icon={<Sign size={12} aria-hidden="true" />} title={of.words}>{of.words}</Badge>;
}
