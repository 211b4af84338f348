import { useTranslation } from "react-i18next";
import { TextField } from "../../kit";

interface RecoveryKeyFieldProps {
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
  testId: string;
}

/** Takes the 24 words or the key, typed from the sheet. Nothing may remember what is typed here. */
export function RecoveryKeyField(props: RecoveryKeyFieldProps) {
  const { t } = useTranslation();
  return <TextField {...props} label={t("identity.lost.key")} hint={t("identity.lost.keyHint")} mono lines={3} autoFocus autoComplete="off" />;
}
