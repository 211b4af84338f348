import { UserPlus } from "lucide-react";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../kit";
import { spoken } from "./names";

export interface PatientWays {
  /** The search for a patient, which another feature draws. */
  pickPatient: (onPick: (id: string, name: string, mrn: string) => void) => ReactNode;
  /** The short registration of somebody new, drawn there too. Null where this session may register nobody. */
  newPatient: ((onMade: (id: string, name: string, mrn: string) => void, onCancel: () => void) => ReactNode) | null;
}

/** Whom it is about. */
export interface Chosen {
  id: string;
  name: string;
  mrn: string;
}

export interface PatientPartProps extends PatientWays {
  chosen: Chosen | null;
  onPicked: (patient: Chosen | null) => void;
  /** Goes on once somebody is chosen, because what had the focus is gone. */
  onChosen: () => void;
  error: string | undefined;
  testId: string;
}

/** Whom it is for: somebody found, or somebody new who is registered here. */
export function PatientPart({ chosen, pickPatient, newPatient, onPicked, onChosen, error, testId }: PatientPartProps) {
  const { t } = useTranslation();
  const [making, setMaking] = useState(false);
  const had = useRef(chosen !== null);
  const goOn = useRef(onChosen);
  goOn.current = onChosen;
  useEffect(() => {
    if (chosen && !had.current) goOn.current();
    had.current = chosen !== null;
  }, [chosen]);
  if (chosen) {
    return (
      <div className="sd-chosen" data-testid={`${testId}-patient`}>
        <span className="kw-grow"><span className="kw-label">{t("scheduling.book.patient")}</span><b>{spoken(chosen.name)}</b> <span className="kw-mono kw-quiet sd-mrn">{chosen.mrn}</span></span>
        <Button variant="quiet" onPress={() => onPicked(null)} testId={`${testId}-patient-change`}>{t("scheduling.book.change")}</Button>
      </div>
    );
  }
  if (making && newPatient) return <div data-testid={`${testId}-new-patient`}>{newPatient((id, name, mrn) => onPicked({ id, name, mrn }), () => setMaking(false))}</div>;
  return (
    <div className="kw-tight">
      {pickPatient((id, name, mrn) => onPicked({ id, name, mrn }))}
      {error ? <div className="kw-error" role="alert" data-testid={`${testId}-patient-needed`}>{error}</div> : null}
      {newPatient ? <div><Button variant="quiet" className="kw-start" icon={<UserPlus size={14} aria-hidden="true" />} onPress={() => setMaking(true)} testId={`${testId}-register`}>{t("scheduling.book.newPatient")}</Button></div> : null}
    </div>
  );
}
