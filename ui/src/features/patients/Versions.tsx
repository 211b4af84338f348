import { useTranslation } from "react-i18next";
import { failureOf, useAnswer } from "../../bridge";
import { Badge, Button, Failed } from "../../kit";
import { dateTimeText } from "../../words";
import { fieldList } from "./RegisterScreen";

/** Every version that was ever kept, newest first. */
export function Versions({ patient, shown, onShow }: { patient: string; shown: number; onShow: (version: number) => void }) {
  const { t } = useTranslation();
  const versions = useAnswer("patients.versions", { patient }, { fresh: true });
  if (versions.error) return <Failed failure={failureOf(versions.error)} />;
  const rows = (versions.data?.rows ?? []).toSorted((a, b) => b.version - a.version);
  return (
    <div className="kw-scroll">
      <ol className="pt-versions">
        {rows.map((row, index) => (
          <li key={row.version} data-testid="version-row">
            <span className="kw-quiet">{dateTimeText(row.at)}</span>
            <span className="pt-dot" aria-hidden="true" />
            <div className="kw-grow">
              <b>{row.changed.length === 0 ? t("patients.versions.first") : t("patients.versions.changed", { what: fieldList(row.changed, t) })}</b>
              <p className="kw-quiet">{t("patients.versions.by", { version: row.version, who: row.by })}</p>
            </div>
            {row.version === shown ? <Badge tone="ok">{t("patients.versions.shown")}</Badge> : <Button onPress={() => onShow(row.version)} testId="version-show">{t(index === 0 ? "patients.versions.showNow" : "patients.versions.show")}</Button>}
          </li>
        ))}
      </ol>
    </div>
  );
}
