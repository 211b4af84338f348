const INDENT = "  ";
/** Signs that turn the direction of writing round them, so that one reads something else than what stands there. */
const TURNING = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** Writes a sign the way JSON can write any, which means the same. */
function written(sign: string): string {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** Finds where the string that begins here ends. */
function endOfString(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length && json[at] !== '"') at += json[at] === "\\" ? 2 : 1;
  return Math.min(at + 1, json.length);
}

/**
 * Lays JSON out in lines. It is never read into numbers and written again, because that would shorten an amount such as
 * 1.50, and what was received is shown as it was received.
 */
export function prettyJson(json: string): string {
  const out: string[] = [];
  let depth = 0;
  const line = () => out.push("\n", INDENT.repeat(Math.max(0, depth)));
  for (let at = 0; at < json.length; at += 1) {
    const sign = json[at] ?? "";
    if (sign === '"') {
      const end = endOfString(json, at);
      out.push(json.slice(at, end).replaceAll(TURNING, written));
      at = end - 1;
    } else if (sign === "{" || sign === "[") {
      const close = /^[{[]\s*[}\]]/.exec(json.slice(at, at + 32));
      if (close) {
        out.push(sign, sign === "{" ? "}" : "]");
        at += close[0].length - 1;
      } else {
        depth += 1;
        out.push(sign);
        line();
      }
    } else if (sign === "}" || sign === "]") {
      depth -= 1;
      line();
      out.push(sign);
    } else if (sign === ",") {
      out.push(sign);
      line();
    } else if (sign === ":") out.push(": ");
    else if (!/\s/.test(sign)) out.push(sign);
  }
  return out.join("");
}
