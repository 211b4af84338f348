import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../../bridge";
import { RadioGroup } from "../../kit";
import { AccessForm } from "./AccessRequestScreen";
import { AmendmentForm } from "./AmendmentRequestScreen";
import { ASKED_KINDS, type AskedKind } from "./clock";
import { AccountingForm } from "./RequestScreen";
import type { PickPatient } from "./WhoSection";

const FORMS = { access: AccessForm, amendment: AmendmentForm, accounting: AccountingForm } as const;
const TAKES: Record<AskedKind, string> = { access: "compliance.request_access", amendment: "compliance.request_amendment", accounting: "compliance.request_accounting" };

/** Each kind keeps its own draft, so that changing one's mind about the kind loses nothing. */
const screenOf = (kind: AskedKind) => (kind === "accounting" ? "/accountings/new" : `/accountings/new/${kind}`);

/** A request of a patient who is found first. */
export function NewRequestScreen({ pickPatient, start }: { pickPatient: PickPatient; start: AskedKind }) {
  const { t } = useTranslation();
  const may = useMay();
  const [kind, setKind] = useState(start);
  const Form = FORMS[kind];
  const kinds = ASKED_KINDS.filter((one) => may(TAKES[one])).map((value) => ({ value, label: t(`compliance.requests.asks.${value}`) }));
  return (
    <div className="screen">
      <div className="screen-bar"><h1>{t("compliance.requests.new")}</h1></div>
      <div className="cp-why"><RadioGroup label={t("compliance.requests.asksFor")} row options={kinds} value={kind} onChange={(next) => setKind(next as AskedKind)} testId="request-kind" /></div>
      <Form key={kind} screen={screenOf(kind)} patient="" home="/accountings" pickPatient={pickPatient} />
    </div>
  );
}
