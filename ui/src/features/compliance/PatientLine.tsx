import { civilText } from "../../words";

interface Identified {
  display_name: string;
  mrn: string;
  date_of_birth: string | null;
}

/** Whose information it is: the name and two more marks, on every screen about one patient. */
export function PatientLine({ of }: { of: Identified | undefined }) {
  if (!of) return null;
  return (
    <span className="kw-sub" data-testid="patient-line">
      <b className="cp-name">{of.display_name}</b> · {civilText(of.date_of_birth)} · <span className="kw-mono">{of.mrn}</span>
    </span>
  );
}
