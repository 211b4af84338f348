import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ChartHeader, ContactChannel, PatientAddress } from "../../bridge";
import { Badge } from "../../kit";
import { civilText, dateTimeText } from "../../words";

export function Block({ title, children, empty }: { title: string; children: ReactNode; empty?: boolean }) {
  const { t } = useTranslation();
  return (
    <section className="pt-block" aria-label={title}>
      <h2 className="kw-h3">{title}</h2>
      {empty ? <span className="kw-quiet">{t("patients.details.none")}</span> : children}
    </section>
  );
}

export function Channels({ channels }: { channels: readonly ContactChannel[] }) {
  const { t } = useTranslation();
  return (
    <ul className="pt-lines">
      {channels.map((one) => (
        <li key={`${one.kind}-${one.value}`}>
          <span>{one.value}</span>
          <span className="kw-quiet">{t(`patients.channelKind.${one.kind}`)}, {t(`patients.channelUse.${one.use}`).toLowerCase()}</span>
          <span className="kw-badges">
            {one.preferred ? <Badge tone="ok">{t("patients.details.preferred")}</Badge> : null}
            {one.consent ? null : <Badge tone="danger">{t("patients.details.noConsent")}</Badge>}
            {one.kind === "phone" && !one.voicemail_allowed ? <Badge>{t("patients.details.noVoicemail")}</Badge> : null}
          </span>
        </li>
      ))}
    </ul>
  );
}

export function Addresses({ addresses }: { addresses: readonly PatientAddress[] }) {
  const { t } = useTranslation();
  return (
    <ul className="pt-lines">
      {addresses.map((one) => (
        <li key={one.use + one.lines.join()}>
          <span>{[...one.lines, one.city, `${one.state} ${one.postal_code}`.trim()].filter(Boolean).join(", ")}</span>
          <span className="kw-quiet">{t(`patients.addressUse.${one.use}`)}</span>
        </li>
      ))}
    </ul>
  );
}

export function Details({ chart }: { chart: ChartHeader }) {
  const { t } = useTranslation();
  const record = chart.demographics;
  return (
    <div className="pt-details">
      <div className="pt-details-main">
        <Block title={t("patients.form.contact")} empty={!record.channels?.length}>
          <Channels channels={record.channels ?? []} />
        </Block>
        {record.confidential_communication ? <Block title={t("patients.form.confidential")}>{record.confidential_communication}</Block> : null}
        <Block title={t("patients.form.addresses")} empty={!record.addresses?.length}>
          <Addresses addresses={record.addresses ?? []} />
        </Block>
        <Block title={t("patients.form.emergency")} empty={!record.emergency_contacts?.length}>
          <ul className="pt-lines">
            {(record.emergency_contacts ?? []).map((one) => (
              <li key={one.name + one.phone}><span>{one.name}</span><span className="kw-quiet">{one.relationship}</span><span>{one.phone}</span></li>
            ))}
          </ul>
        </Block>
        <Block title={t("patients.form.guarantor")} empty={!record.guarantor}>
          {record.guarantor ? <span>{record.guarantor.name} <span className="kw-quiet">{record.guarantor.relationship}</span> {record.guarantor.phone ?? ""}</span> : null}
        </Block>
        <Block title={t("patients.form.insurance")} empty={!record.insurance?.length}>
          <ul className="pt-lines">
            {(record.insurance ?? []).map((one) => (
              <li key={one.rank + one.policy_number}><span>{one.provider}</span><span className="kw-quiet">{t(`patients.rank.${one.rank}`)}</span><span className="kw-mono">{one.policy_number}{one.group_number ? ` · ${one.group_number}` : ""}</span></li>
            ))}
          </ul>
        </Block>
      </div>
      <Person chart={chart} />
    </div>
  );
}

function Person({ chart }: { chart: ChartHeader }) {
  const { t } = useTranslation();
  const record = chart.demographics;
  const names = record.other_names ?? [];
  return (
    <aside className="pt-details-side">
      <Block title={t("patients.details.identity")}>
        <dl className="kw-kv">
          <dt>{t("patients.form.dateOfBirth")}</dt><dd>{civilText(record.date_of_birth)}</dd>
          <dt>{t("patients.form.sex")}</dt><dd>{t(`patients.sex.${record.administrative_sex}`)}</dd>
          {record.gender_identity ? <><dt>{t("patients.form.gender")}</dt><dd>{record.gender_identity}</dd></> : null}
          {record.pronouns ? <><dt>{t("patients.form.pronouns")}</dt><dd>{record.pronouns}</dd></> : null}
          {record.language ? <><dt>{t("patients.form.language")}</dt><dd>{record.language}</dd></> : null}
        </dl>
      </Block>
      {names.length > 0 ? (
        <Block title={t("patients.form.otherNames")}>
          <ul className="pt-lines">
            {names.map((one) => (
              <li key={one.use + one.family + one.given.join()}><span>{[one.family, one.given.join(" ")].filter(Boolean).join(", ")}</span><span className="kw-quiet">{t(`patients.nameUse.${one.use}`)}</span></li>
            ))}
          </ul>
        </Block>
      ) : null}
      {chart.restrictions.length > 0 ? (
        <Block title={t("patients.details.restrictions")}>
          <ul className="pt-lines pt-lines-tall">
            {chart.restrictions.map((one) => <li key={one.noted_at + one.text}><span>{one.text}</span><span className="kw-sub">{dateTimeText(one.noted_at)}</span></li>)}
          </ul>
        </Block>
      ) : null}
      <Block title={t("patients.details.record")}>
        <dl className="kw-kv">
          <dt>{t("patients.details.registered")}</dt><dd>{dateTimeText(chart.registered_at)}</dd>
          <dt>{t("patients.details.version")}</dt><dd>{chart.version}</dd>
          {record.ehr_link ? <><dt>{t("patients.form.ehrLink")}</dt><dd className="kw-mono">{record.ehr_link}</dd></> : null}
        </dl>
      </Block>
    </aside>
  );
}
