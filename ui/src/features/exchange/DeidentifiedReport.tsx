import { useTranslation } from "react-i18next";
import { Banner } from "../../kit";
import { numberText, type Translate } from "../../words";
import type { Deidentified } from "./deidentify";
import { reportOf, type Report } from "./report";

const REMOVED = ["names", "addresses", "zip_codes_zeroed", "dates", "years_over_89", "channels", "record_numbers", "policy_numbers", "links", "photos", "relatives", "free_text"] as const;
const SEXES = ["F", "M", "unknown"] as const;

/** What was written, and the report on it as tables. */
export function DeidentifiedReport({ made }: { made: Deidentified }) {
  const { t } = useTranslation();
  const report = reportOf(made.report);
  return (
    <section className="ex-deid-report" aria-label={t("exchange.deidentified.result")} data-testid="deidentified-report">
      <h2>{t("exchange.deidentified.result")}</h2>
      <dl className="kw-kv">
        <dt>{t("exchange.deidentified.folder")}</dt><dd className="kw-mono" data-testid="deidentified-name">{made.name}</dd>
        <dt>{t("exchange.deidentified.rows")}</dt><dd data-testid="deidentified-rows">{numberText(made.rows)}</dd>
        <dt>{t("exchange.deidentified.stays")}</dt><dd>{t("exchange.deidentified.staysWords")}</dd>
      </dl>
      <Banner tone="warn">{t("exchange.deidentified.notChecked")}</Banner>
      {report ? (
        <div className="ex-deid-tables">
          <Table caption={t("exchange.deidentified.removed.title")} value={t("exchange.deidentified.times")} rows={removedRows(report, t)} testId="deidentified-removed" />
          <div className="kw-stack">
            <Table caption={t("exchange.deidentified.groups.title")} value={t("exchange.deidentified.people")} rows={groupRows(report, t)} testId="deidentified-groups" />
            {report.epsilon === null ? null : (
              <Table caption={t("exchange.deidentified.counts.title", { epsilon: numberText(report.epsilon) })} value={t("exchange.deidentified.people")} rows={countRows(report, t)} testId="deidentified-counts" />
            )}
            <p className="kw-sub">{t("exchange.deidentified.aids")}</p>
          </div>
        </div>
      ) : (
        <p className="kw-sub">{t("exchange.deidentified.unread")}</p>
      )}
    </section>
  );
}

interface Row {
  name: string;
  value: string;
}

function removedRows({ removed }: Report, t: Translate): Row[] {
  return REMOVED.map((name) => ({ name: t(`exchange.deidentified.removed.${name}`), value: numberText(removed[name] ?? 0) }));
}

function groupRows({ groups }: Report, t: Translate): Row[] {
  const words = (name: string) => t(`exchange.deidentified.groups.${name}`);
  const none = words("none");
  return [
    { name: words("k_before"), value: numberText(groups.k_before) },
    { name: words("k_asked"), value: numberText(groups.k_asked) },
    { name: words("k_reached"), value: groups.k_reached === null ? none : numberText(groups.k_reached) },
    { name: words("left_out"), value: numberText(groups.left_out) },
    { name: words("l_of_died_year"), value: groups.l_of_died_year === null ? none : numberText(groups.l_of_died_year) },
  ];
}

function countRows({ people }: Report, t: Translate): Row[] {
  return SEXES.filter((sex) => people[sex] !== undefined).map((sex) => ({ name: t(`exchange.deidentified.counts.${sex}`), value: numberText(people[sex] ?? 0) }));
}

/** Names on the left, numbers on the right. */
function Table({ caption, value, rows, testId }: { caption: string; value: string; rows: readonly Row[]; testId: string }) {
  const { t } = useTranslation();
  return (
    <table className="kw-table ex-deid-table" data-testid={testId}>
      <caption>{caption}</caption>
      <thead><tr><th scope="col">{t("exchange.deidentified.what")}</th><th scope="col">{value}</th></tr></thead>
      <tbody>
        {rows.map((row) => <tr key={row.name}><th scope="row">{row.name}</th><td>{row.value}</td></tr>)}
      </tbody>
    </table>
  );
}
