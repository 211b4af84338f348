import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { failureOf, useChange, type CallName, type ChartHeader } from "../../bridge";
import { Banner, Button, DateField, Dialog, KeyedForm, TextField, isCivil, toast } from "../../kit";
import { failureWords } from "../../words";

interface ActionProps {
  chart: ChartHeader;
  isOpen: boolean;
  onClose: () => void;
}

const OLD: readonly CallName[] = ["patients.chart", "patients.versions", "patients.search"];

interface AskProps {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  words: string;
  act: string;
  ready: boolean;
  done: string;
  run: () => Promise<unknown>;
  children: ReactNode;
}

/** A small question, its button, and whatever stood in the way. */
function Ask({ title, isOpen, onClose, words, act, ready, done, run, children }: AskProps) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const close = () => {
    setWrong(null);
    onClose();
  };
  const save = async () => {
    if (!ready || busy) return;
    setBusy(true);
    try {
      await run();
      toast(done);
      close();
    } catch (thrown) {
      setWrong(failureWords(failureOf(thrown)));
    }
    setBusy(false);
  };
  return (
    <Dialog title={title} isOpen={isOpen} onClose={close} testId="chart-dialog">
      <KeyedForm onSave={() => void save()} enterSaves className="kw-stack" label={title}>
        <p className="kw-quiet">{words}</p>
        {wrong ? <Banner tone="danger">{wrong}</Banner> : null}
        {children}
        <div className="kw-row">
          <Button variant="primary" type="submit" isDisabled={!ready || busy} testId="chart-dialog-save">{act}</Button>
          <Button variant="quiet" onPress={close}>{t("common.cancel")}</Button>
        </div>
      </KeyedForm>
    </Dialog>
  );
}

export function DeceasedDialog({ chart, isOpen, onClose }: ActionProps) {
  const { t } = useTranslation();
  const [on, setOn] = useState("");
  const change = useChange("patients.mark_deceased", OLD);
  const run = () => change.mutateAsync({ input: { patient: chart.patient, on: on === "" ? null : on } });
  return (
    <Ask {...{ isOpen, onClose, run }} title={t("patients.chart.deceased")} words={t("patients.deceasedDialog.words", { name: chart.display_name })} act={t("patients.chart.deceased")} ready={on === "" || isCivil(on)} done={t("common.saved")}>
      <DateField label={t("patients.deceasedDialog.on")} value={on} onChange={setOn} hint={t("patients.deceasedDialog.hint")} autoFocus testId="deceased-on" />
    </Ask>
  );
}

export function RestrictionDialog({ chart, isOpen, onClose }: ActionProps) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const change = useChange("patients.note_restriction", OLD);
  const run = async () => {
    await change.mutateAsync({ input: { patient: chart.patient, text: text.trim() } });
    setText("");
  };
  return (
    <Ask {...{ isOpen, onClose, run }} title={t("patients.chart.restriction")} words={t("patients.restrictionDialog.words")} act={t("patients.restrictionDialog.save")} ready={text.trim().length > 2} done={t("common.saved")}>
      <TextField label={t("patients.restrictionDialog.text")} value={text} onChange={setText} lines={3} autoFocus testId="restriction-text" />
    </Ask>
  );
}

export function PhotoDialog({ chart, isOpen, onClose }: ActionProps) {
  const { t } = useTranslation();
  const [jpeg, setJpeg] = useState<string | null>(null);
  const [unreadable, setUnreadable] = useState(false);
  const change = useChange("patients.set_photo", [...OLD, "patients.photo"]);
  const take = async (file: File | undefined) => {
    if (!file) return;
    try {
      setJpeg(await squareJpeg(file));
      setUnreadable(false);
    } catch {
      setUnreadable(true);
    }
  };
  const run = async () => {
    await change.mutateAsync({ input: { patient: chart.patient, jpeg_base64: jpeg ?? "" } });
    setJpeg(null);
  };
  return (
    <Ask {...{ isOpen, onClose, run }} title={t("patients.chart.photo")} words={t("patients.photoDialog.words")} act={t("patients.photoDialog.save")} ready={jpeg !== null} done={t("common.saved")}>
      <div className="kw-field">
        <label className="kw-label" htmlFor="photo-file">{t("patients.photoDialog.file")}</label>
        <input id="photo-file" type="file" accept="image/jpeg,image/png" onChange={(event) => void take(event.target.files?.[0])} data-testid="photo-file" />
        {unreadable ? <div className="kw-error">{t("patients.photoDialog.unreadable")}</div> : null}
      </div>
    </Ask>
  );
}

const SIDE = 320;

/** Cuts the middle square, makes it small, and drops everything a camera writes beside the picture (place, time, device). */
async function squareJpeg(file: File): Promise<string> {
  const picture = await createImageBitmap(file);
  const side = Math.min(picture.width, picture.height);
  const canvas = document.createElement("canvas");
  canvas.width = SIDE;
  canvas.height = SIDE;
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("no canvas");
  pen.drawImage(picture, (picture.width - side) / 2, (picture.height - side) / 2, side, side, 0, 0, SIDE, SIDE);
  const blob = await new Promise<Blob | null>((resolve) => { canvas.toBlob(resolve, "image/jpeg", 0.85); });
  if (!blob) throw new Error("no picture");
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
