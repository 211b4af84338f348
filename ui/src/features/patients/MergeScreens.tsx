import { ArrowRight, GitMerge } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { failureOf, useAnswer, useChange, useMay, useSession, type CallName, type ChartHeader, type MergeProposal } from "../../bridge";
import { Badge, Banner, Button, EmptyState, Failed, KeyedForm, TextField, toast, useGo } from "../../kit";
import { civilText, dateTimeText, failureWords } from "../../words";
import { PatientPicker } from "./PatientPicker";

const OLD: readonly CallName[] = ["patients.merges", "patients.chart", "patients.search"];

/** Two records of one person, side by side, and which of them stays. Nothing is moved; a second person confirms. */
export function MergeScreen({ patient }: { patient: string }) {
  const { t } = useTranslation();
  const { go } = useGo();
  const [other, setOther] = useState<string | null>(null);
  const [swapped, setSwapped] = useState(false);
  const [reason, setReason] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const first = useAnswer("patients.chart", { patient });
  const second = useAnswer("patients.chart", { patient: other ?? "" }, { enabled: other !== null });
  const propose = useChange("patients.propose_merge", OLD);
  const [from, into] = swapped ? [patient, other ?? ""] : [other ?? "", patient];
  const save = async () => {
    if (!other || reason.trim().length < 3) return;
    try {
      await propose.mutateAsync({ input: { from, into }, options: { reason: reason.trim() } });
      toast(t("patients.merge.proposed"));
      go("/merges");
    } catch (thrown) {
      setWrong(failureWords(failureOf(thrown)));
    }
  };
  const pair = [second.data, first.data] as const;
  const [goes, stays] = swapped ? [pair[1], pair[0]] : pair;
  return (
    <div className="screen">
      <div className="screen-bar"><h1>{t("patients.chart.merge")}</h1></div>
      <KeyedForm onSave={() => void save()} className="kw-scroll" label={t("patients.chart.merge")}>
        <div className="pt-form-page kw-stack">
          <p>{t("patients.merge.words")}</p>
          {wrong ? <Banner tone="danger">{wrong}</Banner> : null}
          {other === null ? <PatientPicker label={t("patients.merge.pick")} exclude={patient} onPick={(row) => setOther(row.patient)} testId="merge-pick" /> : null}
          {other !== null && goes && stays ? (
            <>
              <div className="pt-beside">
                <Side title={t("patients.merge.from")} chart={goes} against={stays} />
                <div className="pt-beside-arrow"><ArrowRight size={18} aria-hidden="true" /><Button variant="quiet" onPress={() => setSwapped(!swapped)}>{t("patients.merge.swap")}</Button></div>
                <Side title={t("patients.merge.into")} chart={stays} against={goes} />
              </div>
              <TextField label={t("patients.merge.reason")} value={reason} onChange={setReason} testId="merge-reason" />
            </>
          ) : null}
          <div className="kw-row">
            <Button variant="primary" shortcut="Ctrl Enter" type="submit" isDisabled={!other || reason.trim().length < 3} testId="merge-propose">{t("patients.merge.propose")}</Button>
            <Button variant="quiet" onPress={() => go(`/patients/${patient}`)}>{t("common.cancel")}</Button>
          </div>
        </div>
      </KeyedForm>
    </div>
  );
}

function Side({ title, chart, against }: { title: string; chart: ChartHeader; against: ChartHeader }) {
  const { t } = useTranslation();
  const rows = facts(chart);
  const others = facts(against);
  return (
    <section className="pt-same" aria-label={title}>
      <h2 className="kw-h3">{title}</h2>
      <b>{chart.display_name}</b>
      <span className="kw-mono">{chart.mrn}</span>
      <dl className="kw-kv">
        {rows.map(([key, value], index) => (
          <div key={key} className="pt-fact">
            <dt>{t(`patients.field.${key}`)}</dt>
            <dd>{value === others[index]?.[1] ? value : <mark>{value || t("patients.details.none")}</mark>}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function facts(chart: ChartHeader): [string, string][] {
  const record = chart.demographics;
  return [
    ["date_of_birth", civilText(record.date_of_birth)],
    ["administrative_sex", record.administrative_sex],
    ["channels", (record.channels ?? []).map((one) => one.value).join(", ")],
    ["addresses", (record.addresses ?? []).map((one) => [...one.lines, one.city].join(", ")).join("; ")],
    ["insurance", (record.insurance ?? []).map((one) => one.provider).join(", ")],
  ];
}

/** What waits for a second person, and what was merged and can be undone. */
export function MergesScreen() {
  const { t } = useTranslation();
  const merges = useAnswer("patients.merges", {}, { fresh: true });
  const rows = merges.data?.rows ?? [];
  return (
    <div className="screen">
      <div className="screen-bar"><h1>{t("patients.merges.title")}</h1></div>
      {merges.error ? <Failed failure={failureOf(merges.error)} /> : null}
      {merges.data && rows.length === 0 ? <EmptyState icon={<GitMerge size={28} />} title={t("patients.merges.none")}>{t("patients.merges.noneWords")}</EmptyState> : null}
      <div className="kw-scroll pt-merges">{rows.map((row) => <MergeRow key={row.merge} row={row} />)}</div>
    </div>
  );
}

function MergeRow({ row }: { row: MergeProposal }) {
  const { t } = useTranslation();
  const may = useMay();
  const session = useSession();
  const confirm = useChange("patients.confirm_merge", OLD);
  const undo = useChange("patients.unmerge", OLD);
  const [wrong, setWrong] = useState<string | null>(null);
  const own = row.proposed_by === session.staff || row.proposed_by === session.display_name || row.proposed_by === session.user_name;
  const run = async (work: () => Promise<unknown>) => {
    setWrong(null);
    try {
      await work();
    } catch (thrown) {
      setWrong(failureWords(failureOf(thrown)));
    }
  };
  const unmerge = () => run(() => undo.mutateAsync({ input: { merge: row.merge } }));
  const confirmed = () =>
    run(async () => {
      await confirm.mutateAsync({ input: { merge: row.merge } });
      toast(t("patients.merge.confirmed"), may("patients.unmerge") ? { undo: () => void unmerge() } : {});
    });
  return (
    <div className="pt-merge" data-testid="merge-row">
      <div className="kw-grow">
        <b>{row.from_name}</b> <span className="kw-mono kw-quiet">{row.from_mrn}</span> <ArrowRight size={14} aria-label={t("patients.merge.intoWord")} /> <b>{row.into_name}</b> <span className="kw-mono kw-quiet">{row.into_mrn}</span>
        <p className="kw-sub">{t("patients.merges.by", { who: row.proposed_by, when: dateTimeText(row.proposed_at), reason: row.reason })}</p>
        {wrong ? <p className="kw-error">{wrong}</p> : null}
      </div>
      <Badge tone={row.state === "proposed" ? "warn" : row.state === "confirmed" ? "ok" : "plain"}>{t(`patients.merges.is.${row.state}`)}</Badge>
      {row.state === "proposed" && may("patients.confirm_merge") ? (
        <Button variant="primary" isDisabled={own} onPress={() => void confirmed()} testId="merge-confirm">{t(own ? "patients.merges.needsOther" : "patients.merges.confirm")}</Button>
      ) : null}
      {row.state === "confirmed" && may("patients.unmerge") ? <Button onPress={() => void unmerge()} testId="merge-undo">{t("patients.merges.undo")}</Button> : null}
    </div>
  );
}
