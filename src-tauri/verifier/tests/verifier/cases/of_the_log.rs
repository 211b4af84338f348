//! What can be done to the leaves, the checkpoints and the keys.

use super::*;
use By::*;

const NOT_SIGNED: &str = "not the one that the checkpoint";

pub const TREES: &[Case] = &[
    case(
        "a leaf of a hidden entry",
        Practice,
        |_, f| f.get_mut(LEAVES).unwrap()[18 * 32] ^= 1,
        Some((16, 23)),
        LEAVES,
        NOT_SIGNED,
    ),
    case(
        "a leaf of a disclosed entry",
        Practice,
        |_, f| f.get_mut(LEAVES).unwrap()[21 * 32] ^= 1,
        one(21),
        LEAVES,
        NOT_SIGNED,
    ),
    case(
        "an entry and its leaf",
        Practice,
        |p, f| {
            let new = rewrite(p, f, 21, flip_last_text);
            f.get_mut(LEAVES).unwrap()[21 * 32..22 * 32].copy_from_slice(&new);
        },
        one(21),
        LEAVES,
        NOT_SIGNED,
    ),
    case(
        "two leaves swapped",
        Practice,
        |_, f| f.get_mut(LEAVES).unwrap()[32 * 32..34 * 32].rotate_left(32),
        Some((32, 39)),
        LEAVES,
        NOT_SIGNED,
    ),
    case(
        "the last leaf gone",
        Practice,
        |_, f| f.get_mut(LEAVES).unwrap().truncate(39 * 32),
        one(39),
        LEAVES,
        "cut off",
    ),
    case(
        "half of a leaf gone",
        Practice,
        |_, f| f.get_mut(LEAVES).unwrap().truncate(40 * 32 - 16),
        one(39),
        LEAVES,
        "middle of a hash",
    ),
    case(
        "a leaf more",
        Practice,
        |_, f| f.get_mut(LEAVES).unwrap().extend([7; 32]),
        one(40),
        LEAVES,
        "no signature covers",
    ),
    case("no leaves", Practice, |_, f| _ = f.insert(LEAVES.into(), Vec::new()), one(3), LEAVES, "cut off"),
    case("leaves missing", Practice, |_, f| _ = f.remove(LEAVES), one(3), LEAVES, "missing"),
];

pub const CHECKPOINTS_OF: &[Case] = &[
    case(
        "a byte of a signature",
        Practice,
        |_, f| edit(f, CHECKPOINTS, " ", "  "),
        None,
        CHECKPOINTS,
        "cannot be read any further",
    ),
    case(
        "a digit of a size",
        Practice,
        |_, f| edit(f, CHECKPOINTS, "\n24\n", "\n25\n"),
        None,
        CHECKPOINTS,
        "not signed by this log's key",
    ),
    case(
        "a time",
        Accident,
        |_, f| edit(f, CHECKPOINTS, "time 2026", "time 2027"),
        None,
        CHECKPOINTS,
        "not signed by this log's key",
    ),
    case(
        "the first dropped",
        Practice,
        |p, f| keep(p, f, &[1, 2, 3, 4]),
        None,
        CHECKPOINTS,
        "the log had checkpoints before it",
    ),
    case("one dropped", Practice, |p, f| keep(p, f, &[0, 1, 3, 4]), None, CHECKPOINTS, "is missing or was replaced"),
    case("the last dropped", Practice, |p, f| keep(p, f, &[0, 1, 2, 3]), Some((32, 39)), LEAVES, "no signature covers"),
    case("two in another order", Practice, |p, f| keep(p, f, &[0, 2, 1, 3, 4]), None, CHECKPOINTS, "another order"),
    case("one twice", Practice, |p, f| keep(p, f, &[0, 1, 1, 2, 3, 4]), None, CHECKPOINTS, "does not count up"),
    case("none", Practice, |p, f| keep(p, f, &[]), None, CHECKPOINTS, "no checkpoint"),
    case(
        "one signed by another key",
        Practice,
        |p, f| resign_one(p, f, 2, &signing_key(9), 5, "version 0.1.0"),
        None,
        CHECKPOINTS,
        "not signed by this log's key",
    ),
    case(
        "one changed and signed anew",
        Practice,
        |p, f| resign_one(p, f, 2, &signing_key(1), 5, "version 0.2.0"),
        None,
        CHECKPOINTS,
        "is missing or was replaced",
    ),
    case(
        "another root, signed",
        Practice,
        |p, f| resign_one(p, f, 4, &signing_key(1), 2, &STANDARD.encode([1; 32])),
        Some((32, 39)),
        LEAVES,
        "not the one that the checkpoint",
    ),
    case(
        "a log that shrank, signed",
        Practice,
        |p, f| {
            resign(p, f, |p, number, text| {
                let size = [8, 24, 16, 32, 40][number];
                replace_line(&replace_line(&text, 1, &size.to_string()), 2, &STANDARD.encode(root(&p.leaves[..size])))
            })
        },
        None,
        CHECKPOINTS,
        "covers fewer entries",
    ),
    case(
        "a counter that stands still, signed",
        Practice,
        |p, f| resign(p, f, |_, number, text| if number == 3 { replace_line(&text, 6, "counter 3") } else { text }),
        None,
        CHECKPOINTS,
        "does not count up",
    ),
    case(
        "a size beyond the leaves, signed",
        Practice,
        |p, f| resign_one(p, f, 4, &signing_key(1), 1, "42"),
        Some((40, 41)),
        LEAVES,
        "cut off",
    ),
    case(
        "another log's, rightly signed",
        Practice,
        |p, f| resign_one(p, f, 4, &signing_key(1), 0, "keepwell/other"),
        None,
        CHECKPOINTS,
        "another log",
    ),
    case(
        "a line out of form, signed",
        Practice,
        |p, f| resign_one(p, f, 4, &signing_key(1), 4, "time 2026-03-01T14:15:00Z"),
        None,
        CHECKPOINTS,
        "its line 5",
    ),
    case(
        "a wrong length",
        Practice,
        |_, f| edit(f, CHECKPOINTS, "note 4", "note 5"),
        None,
        CHECKPOINTS,
        "Checkpoint 1 of the file is no signed note",
    ),
    case(
        "something after the last",
        Practice,
        |_, f| f.get_mut(CHECKPOINTS).unwrap().push(b'\n'),
        None,
        CHECKPOINTS,
        "After checkpoint 5",
    ),
    case(
        "signed twice",
        Practice,
        |p, f| {
            let line = p.checkpoints[1].split_once("\n\n").unwrap().1.to_owned();
            let mut notes = p.checkpoints.clone();
            notes[1].push_str(&line);
            f.insert(CHECKPOINTS.into(), framed(&notes));
        },
        None,
        CHECKPOINTS,
        "not signed by this log's key",
    ),
];

pub const KEYS_OF: &[Case] = &[
    case(
        "another key",
        Practice,
        |p, f| _ = f.insert(KEYS.into(), p.keys_json(&[(1, signing_key(9))])),
        None,
        CHECKPOINTS,
        "not signed by this log's key",
    ),
    case(
        "another key, by a stranger",
        Stranger,
        |p, f| _ = f.insert(KEYS.into(), p.keys_json(&[(1, signing_key(9))])),
        None,
        NOTE,
        "changed after it was signed",
    ),
    case(
        "a key too many",
        Practice,
        |p, f| _ = f.insert(KEYS.into(), p.keys_json(&[(1, signing_key(1)), (4, signing_key(9))])),
        None,
        NOTE,
        "not signed by this log's key",
    ),
    case(
        "a key in force too late",
        Practice,
        |p, f| _ = f.insert(KEYS.into(), p.keys_json(&[(3, signing_key(1))])),
        None,
        CHECKPOINTS,
        "no known key was in force",
    ),
    case(
        "a key twice",
        Practice,
        |p, f| _ = f.insert(KEYS.into(), p.keys_json(&[(1, signing_key(1)), (4, signing_key(1))])),
        None,
        KEYS,
        "twice",
    ),
    case(
        "keys out of order",
        Practice,
        |p, f| _ = f.insert(KEYS.into(), p.keys_json(&[(4, signing_key(9)), (1, signing_key(1))])),
        None,
        KEYS,
        "does not come after",
    ),
    case("no key", Practice, |p, f| _ = f.insert(KEYS.into(), p.keys_json(&[])), None, KEYS, "names no key"),
    case(
        "a key of another name",
        Practice,
        |_, f| edit(f, KEYS, "keepwell/0", "keepwell/1"),
        None,
        KEYS,
        "another log",
    ),
    case(
        "a key that is none",
        Practice,
        |p, f| edit(f, KEYS, &STANDARD.encode(p.keys[0].1.verifying_key().as_bytes()), "AAAA"),
        None,
        KEYS,
        "no public key",
    ),
    case("keys that are no JSON", Practice, |_, f| edit(f, KEYS, "{", "("), None, KEYS, "cannot be read"),
    case(
        "a member twice",
        Practice,
        |_, f| edit(f, KEYS, "\"from_counter\":1", "\"from_counter\":1,\"from_counter\":1"),
        None,
        KEYS,
        "cannot be read",
    ),
    case(
        "a member unknown",
        Practice,
        |_, f| edit(f, KEYS, "{\"keys\"", "{\"x\":1,\"keys\""),
        None,
        KEYS,
        "cannot be read",
    ),
    case("keys missing", Practice, |_, f| _ = f.remove(KEYS), None, KEYS, "missing"),
];
