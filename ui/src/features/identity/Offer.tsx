import { Button } from "../../kit";

export interface OfferProps {
  label: string;
  words: string;
  /** What the button says, where that is not the heading. */
  act?: string;
  onPress: () => void;
  testId: string;
}

/** One thing that can be done, with what it is for. */
export function Offer({ label, words, act = label, onPress, testId }: OfferProps) {
  return (
    <div className="settings-offer">
      <div className="kw-grow"><h2>{label}</h2><p className="kw-quiet">{words}</p></div>
      <Button onPress={onPress} testId={testId}>{act}</Button>
    </div>
  );
}
