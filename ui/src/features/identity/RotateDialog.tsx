import { useTranslation } from "react-i18next";
import { call } from "../../bridge";
import { Banner, Button, Dialog, KeyedForm, toast } from "../../kit";
import { useAttempt } from "./useAttempt";

export interface RotateDialogProps {
  /** Somebody may have got hold of the keys. */
  leak: boolean;
  onClose: () => void;
  onMade: () => void;
}

const DOES = ["does1", "does2", "does3", "does4"] as const;
const STAYS = ["stays1", "stays2"] as const;

/** Says plainly what new keys do and what they leave as it is, and makes them. */
export function RotateDialog({ leak, onClose, onMade }: RotateDialogProps) {
  const { t } = useTranslation();
  const attempt = useAttempt();
  const act = t(leak ? "identity.keys.leakDo" : "identity.keys.new");
  const title = t(leak ? "identity.keys.leak" : "identity.keys.new");
  const make = () =>
    attempt.run(async () => {
      await call("identity.rotate_keys", { suspected_leak: leak });
      toast(t("identity.keys.made"));
      onMade();
      onClose();
    });
  const wrong = attempt.words([]);
  return (
    <Dialog title={title} isOpen onClose={onClose} testId="keys-dialog">
      <KeyedForm onSave={() => void make()} className="kw-stack" label={title}>
        {leak ? <Banner tone="warn" testId="keys-leak-note">{t("identity.keys.leakNote")}</Banner> : null}
        <Points title={t("identity.keys.does")} points={DOES.map((one) => t(`identity.keys.${one}`))} />
        <Points title={t("identity.keys.stays")} points={STAYS.map((one) => t(`identity.keys.${one}`))} />
        {wrong ? <Banner tone="danger" testId="keys-refused">{wrong}</Banner> : null}
        <div className="kw-row">
          <Button variant="primary" type="submit" isDisabled={attempt.busy} testId="keys-make">{act}</Button>
          <Button variant="quiet" onPress={onClose} testId="keys-cancel">{t("common.cancel")}</Button>
        </div>
      </KeyedForm>
    </Dialog>
  );
}

function Points({ title, points }: { title: string; points: readonly string[] }) {
  return (
    <section className="kw-tight" aria-label={title}>
      <h2>{title}</h2>
      <ul className="id-list">{points.map((point) => <li key={point}>{point}</li>)}</ul>
    </section>
  );
}
