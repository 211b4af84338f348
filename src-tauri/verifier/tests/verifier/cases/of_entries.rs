//! What can be done to the entries and their table.

use super::*;
use By::*;

const OTHER: &str = "changed after it was written";

pub const ENTRIES_OF: &[Case] = &[
    case(
        "a byte of a payload",
        Accident,
        |p, f| {
            _ = rewrite(p, f, 21, |h, mut p| {
                p[40] ^= 1;
                (h, p)
            })
        },
        one(21),
        ENTRIES,
        OTHER,
    ),
    case("a byte of a header", Practice, |p, f| _ = rewrite(p, f, 23, flip_last_text), one(23), ENTRIES, OTHER),
    case(
        "a salt",
        Practice,
        |p, f| edit(f, ENTRIES, &STANDARD.encode(p.entries[24].salt), &STANDARD.encode([1; 32])),
        one(24),
        ENTRIES,
        OTHER,
    ),
    case(
        "two entries, the first is named",
        Practice,
        |p, f| {
            rewrite(p, f, 28, flip_last_text);
            rewrite(p, f, 12, flip_last_text);
        },
        one(12),
        ENTRIES,
        "Entry 28",
    ),
    case(
        "a redaction with a wrong hash",
        Practice,
        |p, f| {
            let right = STANDARD.encode(hash(&[&p.entries[22].salt, &p.entries[22].payload()]));
            edit(f, ENTRIES, &right, &STANDARD.encode([1; 32]));
        },
        one(22),
        ENTRIES,
        OTHER,
    ),
    case(
        "a line dropped by a stranger",
        Stranger,
        |_, f| lines(f, |lines| _ = lines.remove(2)),
        one(6),
        NOTE,
        "changed after it was signed",
    ),
    case(
        "a line dropped, by accident",
        Accident,
        |_, f| lines(f, |lines| _ = lines.remove(2)),
        one(6),
        ENTRIES,
        "bytes",
    ),
    case(
        "two lines swapped",
        Practice,
        |_, f| lines(f, |lines| lines.swap(9, 10)),
        one(21),
        ENTRIES,
        "twice or after a later one",
    ),
    case(
        "a line twice",
        Practice,
        |_, f| lines(f, |lines| lines.insert(4, lines[3].clone())),
        one(6),
        ENTRIES,
        "twice or after a later one",
    ),
    case(
        "a line under another number",
        Practice,
        |_, f| edit(f, ENTRIES, "\"sequence\":25,", "\"sequence\":26,"),
        one(26),
        ENTRIES,
        OTHER,
    ),
    case(
        "an entry beyond the log",
        Practice,
        |p, f| {
            let line = p.entries[39].line(false).replacen("\"sequence\":39", "\"sequence\":40", 1);
            f.get_mut(ENTRIES).unwrap().extend(line.bytes());
        },
        one(40),
        ENTRIES,
        "beyond the end",
    ),
    case(
        "a number too large",
        Practice,
        |_, f| edit(f, ENTRIES, "\"sequence\":30,", "\"sequence\":18446744073709551616,"),
        None,
        ENTRIES,
        "Line 19 is in no form",
    ),
    case(
        "a number with a zero before it",
        Practice,
        |_, f| edit(f, ENTRIES, "\"sequence\":30,", "\"sequence\":030,"),
        None,
        ENTRIES,
        "no form",
    ),
    case(
        "white space in a line",
        Practice,
        |_, f| edit(f, ENTRIES, "\"sequence\":4,", "\"sequence\": 4,"),
        None,
        ENTRIES,
        "Line 2 is in no form",
    ),
    case(
        "one member more",
        Practice,
        |_, f| edit(f, ENTRIES, "\"}\n", "\",\"note\":\"x\"}\n"),
        None,
        ENTRIES,
        "Line 1 is in no form",
    ),
    case("a carriage return", Practice, |_, f| edit(f, ENTRIES, "}\n", "}\r\n"), None, ENTRIES, "Line 1 is in no form"),
    case(
        "a part that is not base64",
        Practice,
        |_, f| edit(f, ENTRIES, "\"sequence\":6,\"header\":\"", "\"sequence\":6,\"header\":\"*"),
        one(6),
        ENTRIES,
        "not base64",
    ),
    case(
        "a short salt",
        Practice,
        |p, f| edit(f, ENTRIES, &STANDARD.encode(p.entries[7].salt), "AAAA"),
        one(7),
        ENTRIES,
        "wrong length",
    ),
    case(
        "an empty line at the end",
        Practice,
        |_, f| f.get_mut(ENTRIES).unwrap().push(b'\n'),
        None,
        ENTRIES,
        "Line 20 is in no form",
    ),
    case(
        "a last line cut short",
        Practice,
        |_, f| _ = f.get_mut(ENTRIES).unwrap().pop(),
        None,
        ENTRIES,
        "Line 19 is in no form",
    ),
    case(
        "an outcome that is none",
        Practice,
        |p, f| {
            rewrite_all(p, f, 21, |mut h, p| {
                let at = h.windows(7).position(|part| part == b"refused").unwrap();
                h[at] = b'x';
                (h, p)
            })
        },
        one(21),
        ENTRIES,
        "field 8",
    ),
    case(
        "a header of another entry, well signed",
        Practice,
        |p, f| {
            rewrite_all(p, f, 21, |mut h, p| {
                h[42] = 9;
                (h, p)
            })
        },
        one(21),
        ENTRIES,
        "another entry",
    ),
    case(
        "a time past the year 9999",
        Practice,
        |p, f| {
            rewrite_all(p, f, 21, |mut h, p| {
                h[50] = 0x7f;
                (h, p)
            })
        },
        one(21),
        ENTRIES,
        "field 3",
    ),
    case(
        "a payload cut short, well signed",
        Practice,
        |p, f| {
            rewrite_all(p, f, 21, |h, mut p| {
                p.pop();
                (h, p)
            })
        },
        one(21),
        ENTRIES,
        "field 10",
    ),
    case(
        "something after a payload, well signed",
        Practice,
        |p, f| {
            rewrite_all(p, f, 21, |h, mut p| {
                p.push(0);
                (h, p)
            })
        },
        one(21),
        ENTRIES,
        "follows its last field",
    ),
    case(
        "a field that is unknown",
        Practice,
        |p, f| {
            rewrite_all(p, f, 21, |h, mut p| {
                p.extend([0, 11, 3, 0, 0, 0, 0]);
                (h, p)
            })
        },
        one(21),
        ENTRIES,
        "follows its last field",
    ),
    case(
        "another label",
        Practice,
        |p, f| {
            rewrite_all(p, f, 21, |h, mut p| {
                p[28] = b'2';
                (h, p)
            })
        },
        one(21),
        ENTRIES,
        "field 1",
    ),
];

pub const TABLES: &[Case] = &[
    case("a cell of the table", Practice, |_, f| edit(f, TABLE, "zoë.9", "zoë.8"), one(9), TABLE, "row for entry 9"),
    case(
        "a row gone",
        Practice,
        |p, f| edit(f, TABLE, &p.entries[21].row(false), ""),
        one(21),
        TABLE,
        "row for entry 21",
    ),
    case(
        "the last row gone",
        Practice,
        |p, f| edit(f, TABLE, &p.entries[30].row(false), ""),
        one(30),
        TABLE,
        "row for entry 30",
    ),
    case(
        "a row more",
        Practice,
        |p, f| f.get_mut(TABLE).unwrap().extend(p.entries[31].row(false).bytes()),
        None,
        TABLE,
        "follows its last row",
    ),
    case(
        "a redacted row that speaks",
        Practice,
        |p, f| edit(f, TABLE, &p.entries[22].row(true), &p.entries[22].row(false)),
        one(22),
        TABLE,
        "row for entry 22",
    ),
    case("a column renamed", Practice, |_, f| edit(f, TABLE, "user_name", "user"), None, TABLE, "first row"),
    case("a formula set free", Practice, |_, f| edit(f, TABLE, "\"'=", "\"="), one(5 + 18), TABLE, "row for entry 23"),
    case("a table that is empty", Practice, |_, f| _ = f.insert(TABLE.into(), Vec::new()), None, TABLE, "first row"),
    case(
        "a row for an entry that was dropped",
        Practice,
        |_, f| lines(f, |lines| _ = lines.remove(2)),
        one(6),
        TABLE,
        "row for entry 6",
    ),
];
