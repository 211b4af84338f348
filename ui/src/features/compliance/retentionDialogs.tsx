import { useTranslation } from "react-i18next";
import { useChange, type CallName, type HoldRow, type RetainedRow } from "../../bridge";
import { Banner, toast } from "../../kit";
import { civilText } from "../../words";
import { ActionDialog } from "./ActionDialog";
import { labelOf } from "./retainedParts";
import { TextOf, useTyped } from "./typing";

const OLD = ["compliance.retained"] as const;
/** What shows a document that is gone. */
const OLD_WHEN_GONE: readonly CallName[] = [...OLD, "compliance.disclosures", "compliance.accountings", "compliance.access_requests", "compliance.amendment_requests", "compliance.associates", "compliance.due"];

interface DialogProps {
  /** Where the screen stands; drafts are kept under it. */
  screen: string;
  onClose: () => void;
}

/** Orders that nothing of a patient, or of the whole practice, be destroyed. */
export function PlaceHoldDialog({ screen, patient, onClose }: DialogProps & { patient: string | null }) {
  const { t } = useTranslation();
  const place = useChange("compliance.place_hold", OLD);
  const words = (name: string) => t(`compliance.retained.holdDialog.${name}`);
  const form = useTyped({
    screen: `${screen}#hold`,
    initial: { matter: "", reason: "" },
    labelOf: () => "",
    send: async ({ matter, reason }) => {
      await place.mutateAsync({ input: { ...(patient === null ? {} : { patient }), matter: matter.trim(), reason: reason.trim() } });
      toast(words("done"));
      onClose();
    },
  });
  return (
    <ActionDialog title={words("title")} words={words(patient === null ? "words" : "wordsPatient")} act={words("save")} form={form} fields={["matter", "reason"]} onClose={onClose} testId="hold-dialog">
      <TextOf form={form} name="matter" label={words("matter")} hint={words("matterHint")} required autoFocus testId="hold-matter" />
      <TextOf form={form} name="reason" label={words("reason")} hint={words("reasonHint")} required lines={2} testId="hold-reason" />
    </ActionDialog>
  );
}

/** Ends a hold; what it kept may go when its own time has come. */
export function ReleaseHoldDialog({ screen, hold, onClose }: DialogProps & { hold: HoldRow }) {
  const { t } = useTranslation();
  const release = useChange("compliance.release_hold", OLD);
  const words = (name: string) => t(`compliance.retained.releaseDialog.${name}`);
  const form = useTyped({
    screen: `${screen}#release-${hold.hold}`,
    initial: { release: "" },
    labelOf: () => "",
    send: async (values) => {
      await release.mutateAsync({ input: { hold: hold.hold, release: values.release.trim() } });
      toast(words("done"));
      onClose();
    },
  });
  return (
    <ActionDialog title={words("title")} words={t(hold.patient === null ? "compliance.retained.releaseDialog.words" : "compliance.retained.releaseDialog.wordsPatient", { matter: hold.matter })} act={words("save")} form={form} fields={["release"]} onClose={onClose} testId="release-dialog">
      <TextOf form={form} name="release" label={words("release")} hint={words("releaseHint")} required autoFocus lines={2} testId="release-why" />
    </ActionDialog>
  );
}

/** Lets a document go for good. It says what goes before it asks who approved it. */
export function DestroyDialog({ screen, row, onClose }: DialogProps & { row: RetainedRow }) {
  const { t } = useTranslation();
  const destroy = useChange("compliance.destroy", OLD_WHEN_GONE);
  const words = (name: string) => t(`compliance.retained.destroyDialog.${name}`);
  const what = labelOf(row);
  const form = useTyped({
    screen: `${screen}#destroy-${row.document}`,
    initial: { approved_by: "", reason: "" },
    labelOf: () => "",
    send: async ({ approved_by, reason }) => {
      await destroy.mutateAsync({ input: { kind: row.kind, document: row.document, approved_by: approved_by.trim(), reason: reason.trim() } });
      toast(t("compliance.retained.destroyDialog.done", { what }));
      onClose();
    },
  });
  const asked = t("compliance.retained.destroyDialog.words", { kind: t(`compliance.retained.kind.${row.kind}`), what, date: civilText(row.kept_until) });
  return (
    <ActionDialog title={words("title")} words={asked} act={words("save")} danger form={form} fields={["approved_by", "reason"]} onClose={onClose} testId="destroy-dialog">
      <Banner tone="warn">{words(row.kind === "associate" ? "goesAgreement" : "goes")}</Banner>
      <TextOf form={form} name="approved_by" label={words("approved_by")} hint={words("approvedHint")} required autoFocus testId="destroy-approved" />
      <TextOf form={form} name="reason" label={words("reason")} hint={words("reasonHint")} required lines={2} testId="destroy-reason" />
    </ActionDialog>
  );
}
