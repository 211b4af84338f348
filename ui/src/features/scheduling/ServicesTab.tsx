import { EyeOff, ListChecks, Plus } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ProductView, SetupView } from "../../bridge";
import { Badge, Button, DataGrid, EmptyState, useShortcuts, type Column } from "../../kit";
import { dollarsText, type Translate } from "../../words";
import { ProductForm } from "./ProductForm";
import type { TabProps } from "./ResourcesTab";
import { lengthWords, needsWords, shortLength } from "./setupWords";

/** For what one can book: how long it takes, and what it needs. */
export function ServicesTab({ setup, open, onOpen }: TabProps) {
  const { t } = useTranslation();
  const [active, setActive] = useState(-1);
  const rows = useMemo(() => {
    const order = (one: ProductView) => setup.services.findIndex((service) => service.service === one.service);
    return setup.products.toSorted((a, b) => Number(a.ended) - Number(b.ended) || order(a) - order(b));
  }, [setup]);
  const columns = useMemo(() => productColumns(t, setup), [t, setup]);
  useShortcuts([{ keys: "n", shown: "N", words: t("scheduling.setup.newProduct"), run: () => onOpen("new") }]);
  const shown = setup.products.find((one) => one.product === open);
  const add = <Button variant="primary" shortcut="N" icon={<Plus size={14} aria-hidden="true" />} onPress={() => onOpen("new")} testId="product-new">{t("scheduling.setup.newProduct")}</Button>;
  return (
    <div className="screen-split">
      <div className="screen-main">
        <div className="sc-tools">
          <span className="kw-sub">{t("scheduling.setup.productCount", { count: rows.filter((one) => !one.ended).length })}</span>
          <span className="kw-grow" />
          {rows.length > 0 ? add : null}
        </div>
        {rows.length === 0 ? <EmptyState icon={<ListChecks size={28} />} title={t("scheduling.setup.teachServices")} actions={add}>{t("scheduling.setup.teachServicesWords")}</EmptyState> : null}
        {rows.length > 0 ? <DataGrid label={t("scheduling.setup.tab.services")} columns={columns} rows={rows} active={active} onActive={setActive} onOpen={(row) => onOpen(row.product)} testId="product-rows" rowTestId="product-row" /> : null}
      </div>
      {open === "new" || shown ? <ProductForm key={open} setup={setup} row={shown ?? null} onClose={() => onOpen(null)} reopen={() => onOpen(open)} /> : null}
    </div>
  );
}

function productColumns(t: Translate, setup: SetupView): Column<ProductView>[] {
  return [
    { key: "label", header: t("scheduling.setup.column.label"), width: "minmax(150px,1fr)", cell: (row) => <><b>{row.label}</b> {row.sensitive ? <span className="sc-sign" title={t("scheduling.setup.neutral")}><EyeOff size={13} aria-hidden="true" /><span className="kw-hidden">{t("scheduling.setup.sensitive")}</span></span> : null} {row.ended ? <Badge>{t("scheduling.setup.endedProduct")}</Badge> : null}</> },
    { key: "service", header: t("scheduling.setup.column.service"), width: "minmax(100px,.6fr)", cell: (row) => setup.services.find((one) => one.service === row.service)?.name ?? "", spare: true },
    { key: "length", header: t("scheduling.setup.column.length"), width: "124px", cell: (row) => <span title={lengthWords(row, t)}>{shortLength(row, t)}</span> },
    { key: "needs", header: t("scheduling.setup.column.needs"), width: "minmax(180px,2fr)", cell: (row) => <span title={needsWords(row, setup.resources, t)}>{needsWords(row, setup.resources, t)}</span> },
    { key: "price", header: t("scheduling.setup.column.price"), width: "96px", cell: (row) => (row.price_cents === null ? <span className="kw-quiet">{t("scheduling.setup.noPrice")}</span> : dollarsText(row.price_cents)), spare: true },
    { key: "version", header: t("scheduling.setup.column.version"), width: "84px", cell: (row) => <span className="kw-quiet">{t("scheduling.setup.version", { version: row.offer_version })}</span>, spare: true },
  ];
}
