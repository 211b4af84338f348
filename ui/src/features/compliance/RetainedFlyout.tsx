import { Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useMay, type RetainedRow } from "../../bridge";
import { Button, SideFlyout } from "../../kit";
import { civilText, relativeText, todayCivil } from "../../words";
import { Facts } from "./Facts";
import { StateBadge, labelOf, stateOf } from "./retainedParts";

export interface RetainedFlyoutProps {
  row: RetainedRow;
  held: boolean;
  onClose: () => void;
  onDestroy: () => void;
}

/** One document: until when it is kept and why, and the way to let it go once nothing keeps it. */
export function RetainedFlyout({ row, held, onClose, onDestroy }: RetainedFlyoutProps) {
  const { t } = useTranslation();
  const may = useMay();
  const state = stateOf(row, held);
  const until = row.kept_until;
  const foot = state === "mayGo" && may("compliance.destroy") ? <Button variant="danger" icon={<Trash2 size={14} aria-hidden="true" />} onPress={onDestroy} testId="retained-destroy">{t("compliance.retained.destroy")}</Button> : undefined;
  return (
    <SideFlyout title={labelOf(row)} sub={t(`compliance.retained.kind.${row.kind}`)} onClose={onClose} footer={foot} testId="retained">
      <div><StateBadge state={state} /></div>
      <p>{t(`compliance.retained.means.${state}`)}</p>
      <Facts
        facts={[
          { name: t("compliance.retained.column.until"), value: until === null ? t("compliance.retained.open") : civilText(until) },
          ...(until === null ? [] : [{ name: t("compliance.retained.column.when"), value: relativeText(todayCivil(), until) }]),
        ]}
      />
    </SideFlyout>
  );
}
