import i18next from "i18next";
import { useTranslation } from "react-i18next";
import { Banner } from "./Banner";
import { RadioGroup } from "./choices";
import { PassphraseField } from "./fields";
import { fieldId } from "./form";

const PASSPHRASE_MIN = 12;

/** A passphrase for a file and the same once more. It is never part of a draft: it is typed again after a lock. */
export interface Passphrases {
  first: string;
  again: string;
}

export const NO_PASSPHRASES: Passphrases = { first: "", again: "" };

export interface PassphraseProblem {
  field: "passphrase" | "again";
  words: string;
}

/** Says what can be said of a passphrase before anything is sent. Null when nothing stands in the way. */
export function passphraseProblem({ first, again }: Passphrases): PassphraseProblem | null {
  if ([...first].length < PASSPHRASE_MIN) return { field: "passphrase", words: i18next.t("common.sealing.short") };
  return first === again ? null : { field: "again", words: i18next.t("common.sealing.differ") };
}

export interface SealingFieldsProps {
  /** "sealed" or "plain". */
  written: string;
  onWritten: (written: string) => void;
  secret: Passphrases;
  onSecret: (secret: Passphrases) => void;
  /** The words at a field, where something stands in its way. */
  wrong: (field: PassphraseProblem["field"]) => string | undefined;
  testId: string;
  /** What sealing makes of the files, where it is not one file. */
  sealedHint?: string | undefined;
}

/** How files leave the practice: sealed with a passphrase, or as anybody can read them. */
export function SealingFields({ written, onWritten, secret, onSecret, wrong, testId, sealedHint }: SealingFieldsProps) {
  const { t } = useTranslation();
  const options = ["sealed", "plain"].map((value) => ({ value, label: t(`common.sealing.${value}`), hint: (value === "sealed" ? sealedHint : undefined) ?? t(`common.sealing.${value}Hint`) }));
  return (
    <>
      <RadioGroup label={t("common.sealing.kind")} options={options} value={written} onChange={onWritten} testId={`${testId}-written`} />
      {written === "sealed" ? (
        <>
          <Banner tone="warn">{t("common.sealing.warning")}</Banner>
          <div className="kw-pair">
            <PassphraseField label={t("common.sealing.passphrase")} value={secret.first} onChange={(first) => onSecret({ ...secret, first })} autoComplete="new-password" id={fieldId("passphrase")} error={wrong("passphrase")} required testId={`${testId}-passphrase`} />
            <PassphraseField label={t("common.sealing.again")} value={secret.again} onChange={(again) => onSecret({ ...secret, again })} autoComplete="new-password" id={fieldId("again")} error={wrong("again")} required testId={`${testId}-again`} />
          </div>
        </>
      ) : null}
    </>
  );
}
