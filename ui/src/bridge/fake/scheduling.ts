import type { Answers } from "./answers";
import { refuse } from "./answers";
import { setupAnswers } from "./schedulingKeep";

const none = () => refuse("scheduling.unknown", null, "");

/** What the schedule answers. */
export const scheduling: Answers<"scheduling"> = {
  ...setupAnswers,
  "scheduling.day": none, "scheduling.week": none, "scheduling.month": none, "scheduling.openings": none, "scheduling.check": none, "scheduling.book": none, "scheduling.move": none, "scheduling.advance": none, "scheduling.hold_slot": none,
  "scheduling.release_slot": none, "scheduling.visit": none, "scheduling.clinical_visit": none, "scheduling.note_reason": none, "scheduling.patient_visits": () => ({ rows: [] }), "scheduling.wait": none, "scheduling.leave_waitlist": none, "scheduling.waitlist": () => ({ rows: [] }),
};
