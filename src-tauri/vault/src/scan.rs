//! Reading a range to its end, whatever one scan of the engine returns.

use crate::VaultError;
use crate::engine::{Direction, Row, SCAN_ROWS_MAX, Snapshot};

/// Returns up to `limit` rows with `from <= key < until`, scan by scan.
pub fn scanned<S: Snapshot + ?Sized>(
    snapshot: &S,
    (from, until): (&[u8], &[u8]),
    direction: Direction,
    limit: usize,
) -> Result<Vec<Row>, VaultError> {
    let (mut from, mut until, mut all) = (from.to_vec(), until.to_vec(), Vec::new());
    while all.len() < limit && from < until {
        let page = snapshot.scan(&from, &until, direction, (limit - all.len()).min(SCAN_ROWS_MAX))?;
        let Some((last, _)) = page.last() else { break };
        match direction {
            Direction::Up => from = [last.as_slice(), &[0]].concat(),
            Direction::Down => until.clone_from(last),
        }
        all.extend(page);
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Engine as _, MemoryEngine, Verdict};

    #[test]
    fn more_rows_than_one_scan_returns_come_back_in_order_from_either_end() {
        let engine = MemoryEngine::empty();
        let rows = 2 * SCAN_ROWS_MAX as u32 + 7;
        let fill = &mut |tx: &mut dyn crate::engine::Transaction| {
            (0..rows).try_for_each(|number| tx.put(&number.to_be_bytes(), b""))?;
            Ok(Verdict::Commit)
        };
        engine.transact(fill).unwrap();
        let snapshot = engine.snapshot().unwrap();
        let all = [0u8, 0, 0, 0, 0].as_slice();
        for (limit, expected) in [(usize::MAX, rows), (SCAN_ROWS_MAX + 1, SCAN_ROWS_MAX as u32 + 1), (3, 3), (0, 0)] {
            let bounds = ([0u8].as_slice(), [0xff].as_slice());
            let up = scanned(&*snapshot, bounds, Direction::Up, limit).unwrap();
            let down = scanned(&*snapshot, bounds, Direction::Down, limit).unwrap();
            let numbers = |rows: Vec<Row>| -> Vec<u32> {
                rows.iter().map(|(key, _)| u32::from_be_bytes(key.as_slice().try_into().unwrap())).collect()
            };
            assert_eq!(numbers(up), (0..expected).collect::<Vec<_>>());
            assert_eq!(numbers(down), (rows - expected..rows).rev().collect::<Vec<_>>());
        }
        assert_eq!(scanned(&*snapshot, (all, &[0, 0, 0, 0]), Direction::Up, 9).unwrap(), []);
    }
}
