import { Archive, ChevronRight, Gavel } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { failureOf, useAnswer, useMay, type DestroyedRow, type HoldRow, type RetainedOf, type RetainedRow } from "../../bridge";
import { Banner, Button, DataGrid, EmptyState, Failed, useGo, useShortcuts } from "../../kit";
import { civilText } from "../../words";
import { PatientLine } from "./PatientLine";
import { RetainedFlyout } from "./RetainedFlyout";
import { retainedColumns } from "./retainedParts";
import { DestroyDialog, PlaceHoldDialog, ReleaseHoldDialog } from "./retentionDialogs";

type Doing = { what: "hold" } | { what: "release"; hold: HoldRow } | { what: "destroy"; row: RetainedRow } | null;

const NO_ROWS: readonly RetainedRow[] = [];

/** The practice's own documents, or a patient's: until when each is kept, and what holds it longer. */
export function RetainedScreen({ patient }: { patient: string | null }) {
  const { t } = useTranslation();
  const may = useMay();
  const answer = useAnswer("compliance.retained", patient === null ? {} : { patient });
  const [active, setActive] = useState(-1);
  const [open, setOpen] = useState<string | null>(null);
  const [doing, setDoing] = useState<Doing>(null);
  const place = useCallback(() => setDoing({ what: "hold" }), []);
  useShortcuts(may("compliance.place_hold") ? [{ keys: "n", shown: "N", words: t("compliance.retained.place"), run: place }] : []);
  const list = answer.data;
  const rows = list?.rows ?? NO_ROWS;
  const held = (list?.holds.length ?? 0) > 0;
  const columns = useMemo(() => retainedColumns(t, held), [t, held]);
  const show = useCallback((row: RetainedRow) => setOpen(row.document), []);
  const shown = rows.find((row) => row.document === open);
  return (
    <div className="screen">
      <Bar patient={patient} of={list?.patient ?? undefined} onPlace={may("compliance.place_hold") ? place : null} />
      <p className="cp-why kw-sub">{t("compliance.retained.words")}</p>
      {answer.error ? <Failed failure={failureOf(answer.error)} /> : null}
      <Holds rows={list?.holds ?? []} onRelease={may("compliance.release_hold") ? (hold) => setDoing({ what: "release", hold }) : null} />
      <div className="screen-split">
        <div className="screen-main">
          {list && rows.length === 0 ? <EmptyState icon={<Archive size={28} />} title={t("compliance.retained.teach")}>{t(patient === null ? "compliance.retained.teachWords" : "compliance.retained.teachPatient")}</EmptyState> : null}
          {rows.length > 0 ? <DataGrid label={t("compliance.retained.title")} columns={columns} rows={rows} active={active} onActive={setActive} onOpen={show} testId="retained-rows" rowTestId="retained-row" /> : null}
          <WhatWent rows={list?.destroyed ?? []} />
        </div>
        {shown ? <RetainedFlyout key={shown.document} row={shown} held={held} onClose={() => setOpen(null)} onDestroy={() => setDoing({ what: "destroy", row: shown })} /> : null}
      </div>
      <Dialogs doing={doing} patient={patient} onClose={() => setDoing(null)} />
    </div>
  );
}

function Bar({ patient, of, onPlace }: { patient: string | null; of: RetainedOf | undefined; onPlace: (() => void) | null }) {
  const { t } = useTranslation();
  const { go } = useGo();
  return (
    <div className="screen-bar">
      <h1>{t("compliance.retained.title")}</h1>
      {patient === null ? <span className="kw-sub">{t("compliance.retained.sub")}</span> : <PatientLine of={of} />}
      <span className="kw-grow" />
      {patient === null ? null : <Button variant="quiet" onPress={() => go(`/patients/${patient}`)} testId="retained-chart">{t("compliance.ledger.toChart")}</Button>}
      {onPlace ? <Button shortcut="N" icon={<Gavel size={14} aria-hidden="true" />} onPress={onPlace} testId="hold-place">{t("compliance.retained.place")}</Button> : null}
    </div>
  );
}

function Dialogs({ doing, patient, onClose }: { doing: Doing; patient: string | null; onClose: () => void }) {
  const screen = patient === null ? "/retained" : `/patients/${patient}/retained`;
  switch (doing?.what) {
    case "hold":
      return <PlaceHoldDialog screen={screen} patient={patient} onClose={onClose} />;
    case "release":
      return <ReleaseHoldDialog screen={screen} hold={doing.hold} onClose={onClose} />;
    case "destroy":
      return <DestroyDialog screen={screen} row={doing.row} onClose={onClose} />;
    default:
      return null;
  }
}

/** The holds that live, each with the way to end it. */
function Holds({ rows, onRelease }: { rows: readonly HoldRow[]; onRelease: ((hold: HoldRow) => void) | null }) {
  const { t } = useTranslation();
  if (rows.length === 0) return null;
  return (
    <section className="cp-holds" aria-label={t("compliance.retained.holds")} data-testid="holds">
      {rows.map((hold) => (
        <Banner
          key={hold.hold}
          tone="warn"
          testId="hold"
          actions={onRelease ? <Button onPress={() => onRelease(hold)} aria-label={`${t("compliance.retained.release")}: ${hold.matter}`} testId="hold-release">{t("compliance.retained.release")}</Button> : null}
        >
          <b>{hold.matter}</b>
          <div>{hold.reason}</div>
          <div className="cp-hold-since">{t(hold.patient === null ? "compliance.retained.sincePractice" : "compliance.retained.sincePatient", { date: civilText(hold.placed_on), who: hold.placed_by })}</div>
        </Banner>
      ))}
    </section>
  );
}

/** What was destroyed, folded: it is looked at when somebody asks for it. */
function WhatWent({ rows }: { rows: readonly DestroyedRow[] }) {
  const { t } = useTranslation();
  if (rows.length === 0) return null;
  const column = (name: string) => t(`compliance.retained.went.${name}`);
  return (
    <details className="cp-went" data-testid="destroyed">
      <summary><ChevronRight size={14} aria-hidden="true" />{t("compliance.retained.went.title", { count: rows.length })}</summary>
      <div className="cp-went-rows" tabIndex={0} role="region" aria-label={t("compliance.retained.went.title", { count: rows.length })}>
        <table className="kw-table">
          <thead><tr><th>{column("kind")}</th><th>{column("on")}</th><th>{column("by")}</th><th>{column("approved")}</th><th>{column("reason")}</th></tr></thead>
          <tbody>
            {rows.toSorted((one, other) => other.destroyed_on.localeCompare(one.destroyed_on)).map((row, place) => (
              // Two of a kind can go on one day for one reason, and nothing else tells them apart.
              // oxlint-disable-next-line react/no-array-index-key
              <tr key={place} data-testid="destroyed-row">
                <td className="cp-day">{t(`compliance.retained.kind.${row.kind}`)}</td>
                <td className="cp-day">{civilText(row.destroyed_on)}</td>
                <td>{row.destroyed_by}</td>
                <td>{row.approved_by}</td>
                <td>{row.reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
