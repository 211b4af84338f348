//! Where things stand in the keyspace. The first byte names the space; spaces between `GRANTS` and `LOG` are covered
//! by the state digest.

use keepwell_kernel::Compartment;

/// The one clear value: what the file is.
pub const HEADER: &[u8] = &[0x00];
/// The state digest, sealed.
pub const DIGEST: &[u8] = &[0x01];
/// The device keys, sealed under the device key.
pub const DEVICE: &[u8] = &[0x02];
const GRANTS: u8 = 0x08;
const HOLDERS: u8 = 0x09;
const ROWS: u8 = 0x10;
const HISTORY: u8 = 0x20;
const INDEX: u8 = 0x30;
const BLOBS: u8 = 0x40;
const LOG: u8 = 0x50;

/// The half-open range of keys that the state digest covers.
pub const DIGESTED: (&[u8], &[u8]) = (&[GRANTS], &[LOG]);

/// The half-open ranges of keys whose values are sealed under a compartment: rows with their history, and large content.
pub const SEALED: [(&[u8], &[u8]); 2] = [(&[ROWS], &[INDEX]), (&[BLOBS], &[LOG])];

fn join(space: u8, parts: &[&[u8]]) -> Vec<u8> {
    let mut key = vec![space];
    parts.iter().for_each(|part| key.extend_from_slice(part));
    key
}

pub fn row(table: u16, row: &[u8]) -> Vec<u8> {
    join(ROWS, &[&table.to_be_bytes(), row])
}

pub fn history(table: u16, row: &[u8], version: Option<u64>) -> Vec<u8> {
    let version = version.map(u64::to_be_bytes);
    join(HISTORY, &[&table.to_be_bytes(), row, version.as_ref().map_or(&[], <[u8; 8]>::as_slice)])
}

pub fn index(index: u16, key: &[u8], row: &[u8]) -> Vec<u8> {
    join(INDEX, &[&index.to_be_bytes(), key, row])
}

pub fn blob(compartment: Compartment, id: &[u8; 16], chunk: u32) -> Vec<u8> {
    join(BLOBS, &[&[compartment.number()], id, &chunk.to_be_bytes()])
}

pub fn chunks(compartment: Compartment, id: &[u8; 16]) -> Vec<u8> {
    join(BLOBS, &[&[compartment.number()], id])
}

pub fn grant(holder: &[u8; 16], compartment: Option<Compartment>, epoch: Option<u32>) -> Vec<u8> {
    let compartment = compartment.map(|one| [one.number()]);
    let epoch = epoch.map(u32::to_be_bytes);
    let compartment = compartment.as_ref().map_or(&[][..], |one| one.as_slice());
    join(GRANTS, &[holder, compartment, epoch.as_ref().map_or(&[][..], |one| one.as_slice())])
}

pub fn holder(holder: Option<&[u8; 16]>) -> Vec<u8> {
    join(HOLDERS, &[holder.map_or(&[][..], |one| one.as_slice())])
}

pub fn log(kind: u8, key: &[u8]) -> Vec<u8> {
    join(LOG, &[&[kind], key])
}

/// Returns the table that a row, or an earlier version of one, stands in.
pub fn table(key: &[u8]) -> Option<u16> {
    match key {
        [ROWS | HISTORY, high, low, ..] => Some(u16::from_be_bytes([*high, *low])),
        _ => None,
    }
}

/// Returns the number of the compartment that a chunk of large content is sealed under.
pub fn blob_compartment(key: &[u8]) -> Option<u8> {
    match key {
        [BLOBS, compartment, ..] => Some(*compartment),
        _ => None,
    }
}

/// Returns the first key behind every key that begins with `prefix`.
pub fn behind(prefix: &[u8]) -> Vec<u8> {
    let mut end = prefix.to_vec();
    while let Some(last) = end.pop() {
        if last < u8::MAX {
            end.push(last + 1);
            return end;
        }
    }
    vec![u8::MAX; crate::engine::KEY_BYTES_MAX]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn behind_bounds_exactly_the_keys_with_the_prefix(
            prefix in prop::collection::vec(any::<u8>(), 1..6), other in prop::collection::vec(any::<u8>(), 0..8),
        ) {
            let within = other >= prefix && other < behind(&prefix);
            prop_assert_eq!(within, other.starts_with(&prefix));
        }
    }

    #[test]
    fn the_digest_covers_rows_and_grants_and_leaves_out_itself_and_the_log() {
        let (from, until) = DIGESTED;
        let covered = |key: &[u8]| key >= from && key < until;
        assert!(covered(&row(1, b"")) && covered(&history(1, b"", None)) && covered(&index(1, b"", b"")));
        assert!(covered(&grant(&[0; 16], None, None)) && covered(&holder(None)));
        assert!(covered(&blob(Compartment::Clinical, &[0; 16], 0)));
        assert!(!covered(HEADER) && !covered(DIGEST) && !covered(DEVICE) && !covered(&log(0, b"")));
    }
}
