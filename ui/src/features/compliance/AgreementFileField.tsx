import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldId } from "../../kit";
import { sizeText } from "../../words";

const BYTES_MAX = 4 * 1024 * 1024;

export interface ChosenFile {
  name: string;
  bytes: number;
  base64: string;
}

export interface AgreementFileFieldProps {
  file: ChosenFile | null;
  onFile: (file: ChosenFile | null) => void;
  kept: boolean;
  error: string | undefined;
}

/** The signed agreement. The file is not part of a draft: it is chosen again after a lock. */
export function AgreementFileField({ file, onFile, kept, error }: AgreementFileFieldProps) {
  const { t } = useTranslation();
  const [wrong, setWrong] = useState<string | null>(null);
  const id = fieldId("agreement_base64");
  const take = async (chosen: File | undefined) => {
    onFile(null);
    setWrong(null);
    if (!chosen) return;
    if (chosen.size > BYTES_MAX) {
      setWrong(t("compliance.associate.fileTooLarge"));
      return;
    }
    try {
      onFile({ name: chosen.name, bytes: chosen.size, base64: await base64Of(chosen) });
    } catch {
      setWrong(t("compliance.associate.fileUnreadable"));
    }
  };
  const words = wrong ?? error;
  const hint = file ? t("compliance.associate.fileChosen", { name: file.name, size: sizeText(file.bytes) }) : t(`compliance.associate.hint.${kept ? "fileKept" : "agreement_base64"}`);
  return (
    <div className="kw-field">
      <label className="kw-label" htmlFor={id}>{t("compliance.associate.field.agreement_base64")}</label>
      <input id={id} type="file" accept="application/pdf" aria-describedby={`${id}-words`} aria-invalid={words ? true : undefined} onChange={(event) => void take(event.target.files?.[0])} data-testid="associate-file" />
      <div id={`${id}-words`} className={words ? "kw-error" : "kw-hint"}>{words ?? hint}</div>
    </div>
  );
}

/** Reads in pieces: one call with a million arguments is more than a stack holds. */
async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const pieces: string[] = [];
  for (let start = 0; start < bytes.length; start += 8192) pieces.push(String.fromCharCode(...bytes.subarray(start, start + 8192)));
  return btoa(pieces.join(""));
}
