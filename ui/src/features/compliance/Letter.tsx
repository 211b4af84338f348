import { useTranslation } from "react-i18next";
import type { AccountingLetter, LetterItem } from "../../bridge";
import { civilText, dollarsText } from "../../words";

/** The sheet itself. The head of the outer table comes again on every printed page, so each bears who it is about. */
export function Letter({ letter }: { letter: AccountingLetter }) {
  const { t } = useTranslation();
  const named = t("compliance.letter.identifiers", { name: letter.display_name, birth: civilText(letter.date_of_birth), mrn: letter.mrn });
  return (
    <table className="cp-letter" role="presentation" data-testid="letter">
      <thead>
        <tr><td className="cp-letter-named" data-testid="letter-named">{letter.practice.name} · {named}</td></tr>
      </thead>
      <tbody>
        <tr><td><Body letter={letter} /></td></tr>
      </tbody>
    </table>
  );
}

function Body({ letter }: { letter: AccountingLetter }) {
  const { t } = useTranslation();
  const { practice } = letter;
  const span = { received: civilText(letter.received_on), from: civilText(letter.from), to: civilText(letter.to) };
  return (
    <div className="cp-letter-body">
      <address>
        <b>{practice.name}</b>
        {practice.address ? <span>{[...practice.address.lines, `${practice.address.city} ${practice.address.state} ${practice.address.postal_code}`].join(", ")}</span> : null}
        {practice.phone ? <span>{practice.phone}</span> : null}
      </address>
      <p>{civilText(letter.date)}</p>
      <address>
        <span>{letter.display_name}</span>
        {letter.mail_to.map((line) => <span key={line}>{line}</span>)}
      </address>
      <h2>{t("compliance.letter.subject")}</h2>
      <p>{t("compliance.letter.greeting", span)}</p>
      {letter.items.length === 0 ? <p>{t("compliance.letter.none")}</p> : <Items items={letter.items} />}
      <p>{t("compliance.letter.leftOut")}</p>
      <p>{letter.fee_cents === 0 ? t("compliance.letter.free") : t("compliance.letter.fee", { fee: dollarsText(letter.fee_cents) })}</p>
      <p>{practice.phone ? t("compliance.letter.closing", { phone: practice.phone }) : t("compliance.letter.closingNoPhone")}</p>
      <p className="cp-letter-sign">{t("compliance.letter.sign")}</p>
    </div>
  );
}

function Items({ items }: { items: readonly LetterItem[] }) {
  const { t } = useTranslation();
  return (
    <table className="cp-letter-items" aria-label={t("compliance.letter.subject")}>
      <thead>
        <tr>{(["on", "to", "what", "why", "basis"] as const).map((column) => <th key={column} scope="col">{t(`compliance.letter.column.${column}`)}</th>)}</tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={`${item.disclosed_on}-${item.recipient}-${item.purpose}-${item.cite}`} data-testid="letter-item">
            <td>{civilText(item.disclosed_on)}{item.times > 1 ? <span className="cp-letter-more">{t("compliance.letter.times", { count: item.times, last: civilText(item.last_on) })}</span> : null}</td>
            <td>{item.recipient}{item.address ? <span className="cp-letter-more">{item.address}</span> : null}</td>
            <td>{item.description}</td>
            <td>{item.purpose}</td>
            <td>{t("compliance.letter.cite", { cite: item.cite })}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
