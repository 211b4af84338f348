/** A name as it is kept, in its two parts. */
export function partsOf(name: string): { family: string; given: string } {
  const [family = "", given = ""] = name.split(",").map((part) => part.trim());
  return { family, given };
}

/** The name as one says it: Grace Ann Hallorán. */
export function spoken(name: string): string {
  const { family, given } = partsOf(name);
  return given === "" ? family : `${given} ${family}`;
}

/** How wide a text is in the type of a visit, near enough to choose what fits: in pixels at 12 px semibold. */
export function widthOf(text: string): number {
  let width = 0;
  for (const letter of text) width += /[\sijl.,'’|]/u.test(letter) ? 3.4 : /[mwMW]/u.test(letter) ? 10 : /\p{Lu}/u.test(letter) ? 8.2 : 6.8;
  return width;
}

/** The most of a name that fits: the given names become shorter first, the family name last. */
export function fitName(name: string, room: number): string {
  const { family, given } = partsOf(name);
  if (given === "") return family;
  const [first = "", ...more] = given.split(/\s+/);
  const initial = `${first.charAt(0)}.`;
  const ways = [...(more.length > 0 ? [`${given} ${family}`] : []), `${first} ${family}`, `${initial} ${family}`];
  return ways.find((way) => widthOf(way) <= room) ?? family;
}

/** The most of a column's name that fits: Dr. Naomi Ito, Dr. N. Ito, Dr. Ito; what follows a comma goes first. */
export function fitHead(name: string, room: number): string {
  const [bare = name] = name.split(",");
  const [first = "", ...rest] = bare.split(/\s+/);
  const last = rest[rest.length - 1];
  const middle = rest.slice(0, -1);
  const shorter = last && middle.length > 0 && first.endsWith(".") ? [`${first} ${middle.map((one) => `${one.charAt(0)}.`).join(" ")} ${last}`, `${first} ${last}`] : [];
  const ways = [name, bare, ...shorter];
  return ways.find((way) => widthOf(way) * 1.08 <= room) ?? ways[ways.length - 1] ?? name;
}
