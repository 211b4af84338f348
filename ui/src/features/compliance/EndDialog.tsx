import { useTranslation } from "react-i18next";
import { useChange, type AssociateRow } from "../../bridge";
import { toast } from "../../kit";
import { todayCivil } from "../../words";
import { ActionDialog } from "./ActionDialog";
import { DateOf, TextOf, useTyped } from "./typing";

/** Ends an agreement. It cannot be undone, so it asks for what the law wants kept and says what follows. */
export function EndDialog({ row, onClose }: { row: AssociateRow; onClose: () => void }) {
  const { t } = useTranslation();
  const end = useChange("compliance.end_associate", ["compliance.associates", "compliance.due"]);
  const form = useTyped({
    screen: `/associates#end-${row.associate}`,
    initial: { ended_on: todayCivil(), returned: "" },
    labelOf: () => "",
    send: async (values) => {
      await end.mutateAsync({ input: { associate: row.associate, ...values } });
      toast(t("compliance.associates.endDialog.done", { name: row.name }));
      onClose();
    },
  });
  return (
    <ActionDialog title={t("compliance.associates.end")} words={t("compliance.associates.endDialog.words", { name: row.name })} act={t("compliance.associates.endDialog.save")} form={form} fields={["ended_on", "returned"]} onClose={onClose} testId="associate-end-dialog">
      <DateOf form={form} name="ended_on" label={t("compliance.associates.endDialog.on")} required autoFocus testId="end-on" />
      <TextOf form={form} name="returned" label={t("compliance.associates.endDialog.returned")} hint={t("compliance.associates.endDialog.returnedHint")} required lines={3} testId="end-returned" />
    </ActionDialog>
  );
}
