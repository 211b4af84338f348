import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Banner, Button, Dialog, KeyedForm, fieldId } from "../../kit";
import type { Typed } from "./typing";

export interface ActionDialogProps<T> {
  title: string;
  words: string;
  act: string;
  form: Typed<T>;
  /** The fields shown; what names another stands above them. */
  fields: readonly (keyof T & string)[];
  onClose: () => void;
  testId: string;
  /** What is done cannot be undone. */
  danger?: boolean;
  children?: ReactNode;
}

/** A small form over the screen it belongs to. A refusal stands at its field, anything else above the fields. */
export function ActionDialog<T>({ title, words, act, form, fields, onClose, testId, danger, children }: ActionDialogProps<T>) {
  const { t } = useTranslation();
  const close = () => {
    form.discard();
    onClose();
  };
  const above = form.problems.find((problem) => !fields.some((field) => problem.id === fieldId(field)));
  return (
    <Dialog title={title} isOpen onClose={close} testId={testId}>
      <KeyedForm onSave={form.save} enterSaves className="kw-stack" label={title}>
        <p className="kw-quiet">{words}</p>
        {above ? <Banner tone="danger" testId="action-refused">{above.words}</Banner> : null}
        {children}
        <div className="kw-row">
          <Button variant={danger ? "danger" : "primary"} type="submit" isDisabled={form.busy} testId="action-save">{act}</Button>
          <Button variant="quiet" onPress={close} testId="action-cancel">{t("common.cancel")}</Button>
        </div>
      </KeyedForm>
    </Dialog>
  );
}
