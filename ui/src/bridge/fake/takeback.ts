import type { NotTakenBack } from "../generated";
import { refuse, type Answers } from "./answers";
import { steps } from "./steps";

const WHOLE = 118;
const bad = (file: string, record: string, code: NotTakenBack["code"], field: string | null, remedy: string): NotTakenBack => ({ file, record, code, field, remedy });

/** Our own records coming back in, of one patient from a file or of all from a folder. */
export const takeBack: Pick<Answers<"shell">, "shell.choose_records" | "shell.take_back"> = {
  "shell.choose_records": (world) => world.records,
  "shell.take_back": async (world, input, asked) => {
    if (input.file === "" || world.state !== "signed_in") return refuse("shell.file_not_chosen", "file", "Choose a file first.");
    if (world.recordsPassphrase !== null && input.passphrase === null) return refuse("exchange.records_sealed", "passphrase", "Give the passphrase.");
    if (world.recordsPassphrase !== null && input.passphrase !== world.recordsPassphrase) return refuse("exchange.records_other_key", "passphrase", "Ask whoever handed them out.");
    if (input.file.startsWith("records")) {
      const cancelled = !(await steps("job-take-back", "reading", 1, asked));
      return { taken: cancelled ? 0 : 1, unchanged: 0, refused: [], cancelled };
    }
    if (!(await steps("job-take-back", "reading", 124, asked))) return { taken: 31, unchanged: 0, refused: [], cancelled: true };
    return {
      taken: WHOLE,
      unchanged: 4,
      refused: [
        bad("part-0002.zip.age", "019723c0-41aa-7c11-9d02-5f7be1c2a001", "exchange.records_damaged", "fhir/bundle.json", "Get them again."),
        bad("part-0003.zip.age", "", "exchange.records_missing", "part-0003.zip.age", "Get the records again."),
      ],
      cancelled: false,
    };
  },
};
