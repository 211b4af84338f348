import { FileDown, Printer } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, failureOf, useAnswer, useMay, type AccountingLetter } from "../../bridge";
import { Banner, Button, Failed, useGo, useStore } from "../../kit";
import { failureWords } from "../../words";
import { DeliverDialog } from "./accountingDialogs";
import { waits } from "./clock";
import { Letter } from "./Letter";
import { savedLetters } from "./savedLetters";

/** The letter that answers a request: to read, to print, to save, and to mark as delivered. */
export function LetterScreen({ accounting }: { accounting: string }) {
  const answer = useAnswer("compliance.accounting_letter", { accounting }, { fresh: true });
  if (answer.error) return <Failed failure={failureOf(answer.error)} />;
  return <div className="screen">{answer.data ? <Shown accounting={accounting} letter={answer.data} /> : null}</div>;
}

function Shown({ accounting, letter }: { accounting: string; letter: AccountingLetter }) {
  const { t } = useTranslation();
  const may = useMay();
  const { go } = useGo();
  const [delivering, setDelivering] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const list = useAnswer("compliance.accountings", {}, { enabled: may("compliance.accountings") });
  const saved = useStore(savedLetters)[accounting];
  const row = list.data?.rows.find((one) => one.accounting === accounting);
  const attempt = (work: () => Promise<unknown>) => {
    setWrong(null);
    void work().catch((thrown: unknown) => setWrong(failureWords(failureOf(thrown))));
  };
  return (
    <>
      <div className="screen-bar">
        <h1>{t("compliance.letter.title")}</h1>
        <span className="kw-sub">{letter.display_name} · <span className="kw-mono">{letter.mrn}</span></span>
        <span className="kw-grow" />
        <Button variant="quiet" onPress={() => go("/accountings")} testId="letter-back">{t("compliance.letter.back")}</Button>
        {row && waits(row) && may("compliance.deliver_accounting") ? <Button onPress={() => setDelivering(true)} testId="letter-deliver">{t("compliance.accountings.deliver")}</Button> : null}
        <Button icon={<FileDown size={14} aria-hidden="true" />} onPress={() => attempt(() => saveLetter(accounting))} testId="letter-save">{t("compliance.letter.savePdf")}</Button>
        <Button variant="primary" icon={<Printer size={14} aria-hidden="true" />} onPress={() => attempt(() => call("shell.print", {}))} testId="letter-print">{t("compliance.letter.print")}</Button>
      </div>
      {wrong ? <Banner tone="danger" edge testId="letter-refused">{wrong}</Banner> : null}
      {saved ? (
        <Banner tone="ok" edge testId="letter-saved">
          {t("compliance.letter.saved", { name: saved.name })}. {t("compliance.letter.sha")} <span className="kw-mono cp-sha">{saved.sha256}</span> {t("compliance.letter.savedWords")}
        </Banner>
      ) : null}
      <div className="kw-scroll cp-desk" role="region" aria-label={t("compliance.letter.title")} tabIndex={0}><Letter letter={letter} /></div>
      {delivering ? <DeliverDialog row={{ accounting }} onClose={() => setDelivering(false)} /> : null}
    </>
  );
}

/** Lets the person choose a folder and keeps what the file is known by. */
async function saveLetter(accounting: string): Promise<void> {
  const chosen = await call("shell.choose_folder", {});
  if (chosen === null) return;
  const saved = await call("shell.save_accounting_letter", { folder: chosen.folder, accounting });
  savedLetters.set((before) => ({ ...before, [accounting]: saved }));
}
