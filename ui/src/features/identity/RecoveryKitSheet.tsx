import { Printer } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, type RecoveryKit } from "../../bridge";
import { Banner, Button, KeyedForm, SvgImage, TextField } from "../../kit";
import { civilText } from "../../words";
import { useAttempt } from "./useAttempt";

/** The sheet somebody prints and puts in a safe. It is shown once. */
export function RecoveryKitSheet({ kit, practice, onNext }: { kit: RecoveryKit; practice: string; onNext: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="kw-stack">
      <p>{t("identity.kit.why")}</p>
      <section className="id-sheet" aria-label={t("identity.kit.title")} data-testid="kit-sheet">
        <header>
          <h2>{t("identity.kit.sheetTitle", { practice })}</h2>
          <span className="kw-sub">{t("identity.kit.made", { date: civilText(kit.made_on) })}</span>
        </header>
        <div className="id-sheet-body">
          <ol className="id-words" aria-label={t("identity.kit.words")}>
            {kit.words.map((word, index) => ({ word, place: index + 1 })).map(({ word, place }) => (
              <li key={place}>
                <span className="kw-quiet">{place}</span>
                <span className="kw-mono" data-testid={`kit-word-${place}`}>{word}</span>
              </li>
            ))}
          </ol>
          <div className="kw-tight id-sheet-qr">
            <SvgImage svg={kit.qr_svg} alt={t("identity.kit.qr")} size={168} />
            <span className="kw-sub">{t("identity.kit.key")}</span>
            <span className="kw-mono id-key" data-testid="kit-recovery-key">{kit.recovery_key}</span>
          </div>
        </div>
      </section>
      <div className="kw-tight">
        <h2>{t("identity.kit.whereTitle")}</h2>
        <ul className="id-list">
          <li>{t("identity.kit.where1")}</li>
          <li>{t("identity.kit.where2")}</li>
          <li>{t("identity.kit.where3")}</li>
        </ul>
      </div>
      <div className="kw-row">
        <Button variant="primary" tall onPress={onNext} testId="kit-continue">{t("identity.kit.have")}</Button>
        <Button tall icon={<Printer size={14} aria-hidden="true" />} onPress={() => void call("shell.print", {})} testId="kit-print">{t("identity.kit.print")}</Button>
      </div>
    </div>
  );
}

/** Picks two different places among the words, so that the typing back cannot be prepared. */
export function twoPlaces(count: number, random: () => number = secureRandom): [number, number] {
  const first = Math.floor(random() * count);
  const second = (first + 1 + Math.floor(random() * (count - 1))) % count;
  const [low, high] = first < second ? [first, second] : [second, first];
  return [low + 1, high + 1];
}

function secureRandom(): number {
  const [value = 0] = crypto.getRandomValues(new Uint32Array(1));
  return value / 2 ** 32;
}

export function TypeBackWords({ count, onConfirmed, onBack }: { count: number; onConfirmed: () => void; onBack: () => void }) {
  const { t } = useTranslation();
  const attempt = useAttempt();
  const [places] = useState(() => twoPlaces(count));
  const [typed, setTyped] = useState(["", ""]);
  const confirm = () =>
    attempt.run(async () => {
      const answers = places.map((position, index) => ({ position, word: (typed[index] ?? "").trim().toLowerCase() }));
      await call("identity.confirm_recovery_kit", { answers });
      onConfirmed();
    });
  const wrong = attempt.words([]);
  return (
    <KeyedForm onSave={() => void confirm()} enterSaves className="kw-stack" label={t("identity.kit.confirmTitle")}>
      <p>{t("identity.kit.confirmWhy")}</p>
      {wrong ? <Banner tone="danger" testId="kit-refused">{wrong}</Banner> : null}
      <div className="id-pair">
        {places.map((position, index) => (
          <TextField
            key={position}
            label={t("identity.kit.word", { position })}
            value={typed[index] ?? ""}
            onChange={(word) => setTyped(typed.map((before, place) => (place === index ? word : before)))}
            mono
            autoFocus={index === 0}
            testId={`kit-answer-${index + 1}`}
          />
        ))}
      </div>
      <div className="kw-row">
        <Button variant="primary" tall type="submit" isDisabled={attempt.busy} testId="kit-confirm">{t("identity.kit.confirm")}</Button>
        <Button variant="quiet" tall onPress={onBack} testId="kit-back">{t("identity.kit.again")}</Button>
      </div>
    </KeyedForm>
  );
}
