import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Banner, Brand, Button } from "../../kit";
import { failureWords, numberText } from "../../words";
import type { Over } from "./ending";

/** The last page: what is left of the practice, where it lies, and what to do with it. There is no session behind it. */
export function EndedPage({ over, onDone }: { over: Over; onDone: () => void }) {
  const { t } = useTranslation();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const { made, failure } = over;
  return (
    <main className="ex-over" data-testid="ended">
      <div className="ex-over-column">
        <Brand />
        <h1 ref={title} tabIndex={-1}>{t(made ? "exchange.ending.over.title" : "exchange.ending.over.cutTitle")}</h1>
        <p>{t(made ? "exchange.ending.over.words" : "exchange.ending.over.cutWords")}</p>
        {failure ? <Banner tone="danger" testId="ended-cut">{failureWords(failure)}</Banner> : null}
        {made && made.certificate === null ? <Banner tone="warn" testId="ended-uncertified">{t("exchange.ending.over.uncertified")}</Banner> : null}
        <Left over={over} />
        <ToDo certified={made !== null && made.certificate !== null} />
        <div><Button variant="primary" tall onPress={onDone} testId="ended-done">{t("exchange.ending.over.done")}</Button></div>
      </div>
    </main>
  );
}

function Left({ over: { practice, custodian, place, made } }: { over: Over }) {
  const { t } = useTranslation();
  return (
    <section className="ex-over-left" aria-label={t("exchange.ending.over.left")}>
      <h2>{t("exchange.ending.over.left")}</h2>
      <dl className="kw-kv" data-testid="ended-facts">
        <dt>{t("exchange.ending.over.practice")}</dt><dd>{practice}</dd>
        <dt>{t("exchange.ending.over.place")}</dt><dd>{place}</dd>
        <dt>{t("exchange.ending.over.backup")}</dt><dd className={made ? "kw-mono" : ""} data-testid="ended-backup">{made ? made.backup : t("exchange.ending.over.newest")}</dd>
        <dt>{t("exchange.ending.over.certificate")}</dt>
        <dd className={made?.certificate ? "kw-mono" : ""} data-testid="ended-certificate">{made?.certificate ?? t("exchange.ending.over.none")}</dd>
        {made ? <><dt>{t("exchange.ending.over.entries")}</dt><dd data-testid="ended-entries">{numberText(made.log_size)}</dd></> : null}
        <dt>{t("exchange.ending.over.keeper")}</dt><dd>{custodian}</dd>
      </dl>
    </section>
  );
}

function ToDo({ certified }: { certified: boolean }) {
  const { t } = useTranslation();
  return (
    <section className="kw-tight" aria-label={t("exchange.ending.over.now")}>
      <h2>{t("exchange.ending.over.now")}</h2>
      <ol className="ex-end-steps" data-testid="ended-todo">
        <li><span>{t("exchange.ending.over.drive")}</span></li>
        <li><span>{t("exchange.ending.over.kit")}</span></li>
        {certified ? <li><span>{t("exchange.ending.over.sign")}</span></li> : null}
        <li><span>{t("exchange.ending.over.again")}</span></li>
      </ol>
    </section>
  );
}
