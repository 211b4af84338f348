import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { failureOf, useAnswer, type AdministrativeSex } from "../../bridge";
import { Badge, Face, Failed, useGo } from "../../kit";
import { civilText, initials } from "../../words";
import { preferredChannelWords } from "./channelWords";
import { Addresses, Block, Channels } from "./Details";
import { MoreMenu, type PatientWay } from "./MoreMenu";

interface CardHead {
  display_name: string;
  mrn: string;
  date_of_birth: string | null;
  administrative_sex: AdministrativeSex;
  preferred_name?: string | null;
  pronouns?: string | null;
  age?: string | null;
}

function CardBanner({ card, call, ways, children }: { card: CardHead; call?: string; ways: readonly PatientWay[]; children?: ReactNode }) {
  const { t } = useTranslation();
  const { go } = useGo();
  const small = [card.preferred_name ? `“${card.preferred_name}”` : "", card.pronouns ?? ""].filter(Boolean).join(" · ");
  return (
    <header className="pt-banner" data-testid="chart-banner">
      <Face letters={initials(card.display_name)} />
      <div className="pt-banner-words">
        <h1><span data-testid="chart-name">{card.display_name}</span> <small>{small}</small></h1>
        <div className="kw-sub">
          {[civilText(card.date_of_birth), card.age, t(`patients.sex.${card.administrative_sex}`)].filter(Boolean).join(" · ")} · <span className="kw-mono" data-testid="chart-mrn">{card.mrn}</span>
          {call ? ` · ${call}` : ""}
        </div>
      </div>
      <span className="kw-grow" />
      <div className="kw-badges pt-banner-flags">{children}</div>
      <MoreMenu items={ways.map(({ path, ...way }) => ({ ...way, run: () => go(path) }))} />
    </header>
  );
}

interface CardProps {
  patient: string;
  ways: readonly PatientWay[];
}

/** What the front desk needs, and no more than its own view holds. */
export function FrontDeskView({ patient, ways, visits }: CardProps & { visits: ReactNode | null }) {
  const { t } = useTranslation();
  const answer = useAnswer("patients.front_desk_card", { patient }, { fresh: true });
  if (answer.error) return <Failed failure={failureOf(answer.error)} />;
  const card = answer.data;
  if (!card) return <div className="screen" />;
  return (
    <div className="screen">
      <CardBanner card={card} ways={ways} call={preferredChannelWords(card.channels, t)}>
        {card.deceased ? <Badge>{t("patients.deceased")}</Badge> : null}
        {card.confidential_communication ? <Badge tone="warn">{card.confidential_communication}</Badge> : null}
        {card.flags.map((flag) => <Badge key={flag} tone="info">{flag}</Badge>)}
      </CardBanner>
      <div className="kw-scroll pt-details-main" role="region" aria-label={t("patients.chart.details")} tabIndex={0}>
        <Block title={t("patients.form.contact")} empty={card.channels.length === 0}><Channels channels={card.channels} /></Block>
        {visits ? <section className="pt-block" aria-label={t("scheduling.visits.title")}>{visits}</section> : null}
        <Block title={t("patients.form.addresses")} empty={card.addresses.length === 0}><Addresses addresses={card.addresses} /></Block>
        <Block title={t("patients.form.emergency")} empty={card.emergency_contacts.length === 0}>
          <ul className="pt-lines">
            {card.emergency_contacts.map((one) => <li key={one.name + one.phone}><span>{one.name}</span><span className="kw-quiet">{one.relationship}</span><span>{one.phone}</span></li>)}
          </ul>
        </Block>
        {card.language ? <Block title={t("patients.form.language")}>{card.language}</Block> : null}
      </div>
    </div>
  );
}

/** What a bill needs. Looking at it states payment as its purpose. */
export function BillingView({ patient, ways }: CardProps) {
  const { t } = useTranslation();
  const answer = useAnswer("patients.billing_card", { patient }, { fresh: true });
  if (answer.error) return <Failed failure={failureOf(answer.error)} />;
  const card = answer.data;
  if (!card) return <div className="screen" />;
  return (
    <div className="screen">
      <CardBanner card={card} ways={ways} />
      <div className="kw-scroll pt-details-main" role="region" aria-label={t("patients.chart.details")} tabIndex={0}>
        <Block title={t("patients.form.insurance")} empty={card.insurance.length === 0}>
          <ul className="pt-lines">
            {card.insurance.map((one) => <li key={one.rank + one.policy_number}><span>{one.provider}</span><span className="kw-quiet">{t(`patients.rank.${one.rank}`)}</span><span className="kw-mono">{one.policy_number}{one.group_number ? ` · ${one.group_number}` : ""}</span></li>)}
          </ul>
        </Block>
        <Block title={t("patients.form.guarantor")} empty={!card.guarantor}>
          {card.guarantor ? <span>{card.guarantor.name} <span className="kw-quiet">{card.guarantor.relationship}</span> {card.guarantor.phone ?? ""}</span> : null}
        </Block>
        <Block title={t("patients.form.addresses")} empty={card.addresses.length === 0}><Addresses addresses={card.addresses} /></Block>
      </div>
    </div>
  );
}
