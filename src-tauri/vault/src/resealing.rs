//! Sealing what is stored anew under the newest epoch of its compartment, and retiring the epochs that nothing needs.
//!
//! A compartment's key is never changed in place: a new epoch begins, what is written from then on bears it, and what was
//! written before is sealed anew, some of it at a time. Once nothing bears an old epoch, its grants are taken away, and the
//! old key opens nothing of this store. A backup keeps the grants it was made with, so that it opens with its own keys.

use crate::engine::{Direction, Row, SCAN_ROWS_MAX};
use crate::error::sealed;
use crate::{Keyring, VaultError, Writing, place, seal};
use keepwell_kernel::Compartment;
use std::collections::BTreeMap;
use std::sync::Arc;
use zeroize::Zeroizing;

/// The most that one transaction seals anew, in bytes; it leaves room for what else the transaction writes.
const SEALED_BYTES_MAX: usize = 2 * 1024 * 1024;
/// The most rows that one transaction looks at.
const LOOKED_AT_MAX: usize = 16 * SCAN_PAGE;
const SCAN_PAGE: usize = 512;

/// How far the sealing has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resealed {
    /// Values that were sealed anew.
    pub values: u64,
    /// Where to go on; nothing at the end.
    pub next: Option<Vec<u8>>,
}

/// Which compartment seals what, learned from the first value of each table that opens: a list beside the tables could
/// forget one.
struct Places<'k> {
    keyring: &'k Keyring,
    header: crate::vault::Header,
    /// Tables whose rows are sealed under one person's own key, which knows a single epoch.
    personal: &'k [u16],
    learned: BTreeMap<u16, Compartment>,
}

impl Places<'_> {
    /// Returns the compartment that seals a value; nothing where it is one person's own.
    fn compartment(&mut self, (key, value): &Row) -> Result<Option<Compartment>, VaultError> {
        if let Some(number) = place::blob_compartment(key) {
            let compartment = Compartment::from_number(number);
            let compartment = compartment.ok_or(VaultError::Contradiction("content in no compartment"))?;
            return Ok((compartment != Compartment::Personal).then_some(compartment));
        }
        let table = place::table(key).ok_or(VaultError::Contradiction("a row of no table"))?;
        if self.personal.contains(&table) {
            return Ok(None);
        }
        if let Some(known) = self.learned.get(&table) {
            return Ok(Some(*known));
        }
        let mut held = Compartment::GRANTED.into_iter().chain([Compartment::Device]);
        let found = held.find(|compartment| self.open(*compartment, key, value).is_ok());
        let found = found.ok_or(VaultError::Contradiction("a row that opens with no key that is held"))?;
        self.learned.insert(table, found);
        Ok(Some(found))
    }

    /// Says whether a value bears an epoch that is not its compartment's newest.
    fn is_old(&self, compartment: Compartment, value: &[u8]) -> Result<bool, VaultError> {
        let (current, _) = self.keyring.compartment(compartment)?.current().ok_or(VaultError::NotHeld(compartment))?;
        Ok(seal::epoch(value).map_err(sealed("a row"))? != current)
    }

    fn open(&self, compartment: Compartment, key: &[u8], value: &[u8]) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let keys = self.keyring.compartment(compartment)?;
        seal::open(|epoch| keys.epochs.get(&epoch), &self.header.bound(key), value).map_err(sealed("a row"))
    }
}

impl Writing<'_> {
    /// Seals anew what bears an old epoch, from one key on, as much as one transaction holds. `personal` are the tables
    /// whose rows one person alone can open; every other row must open with the keys held, or the store is damaged.
    ///
    /// # Errors
    /// [`VaultError`].
    pub fn reseal(&mut self, from: Option<&[u8]>, personal: &[u16]) -> Result<Resealed, VaultError> {
        let keyring = Arc::clone(&self.keyring);
        let mut places = Places { keyring: &keyring, header: self.header, personal, learned: BTreeMap::new() };
        let (mut values, mut bytes, mut looked_at) = (0, 0, 0);
        let mut next = from.map(<[u8]>::to_vec);
        while bytes < SEALED_BYTES_MAX && looked_at < LOOKED_AT_MAX {
            let page = self.sealed_rows(next.as_deref(), SCAN_PAGE)?;
            let Some((last, _)) = page.last() else { return Ok(Resealed { values, next: None }) };
            next = Some(after(last));
            looked_at += page.len();
            for row in page {
                let Some(compartment) = places.compartment(&row)? else { continue };
                if !places.is_old(compartment, &row.1)? {
                    continue;
                }
                let plain = places.open(compartment, &row.0, &row.1)?;
                self.replace(&row.0, Some(&row.1), compartment, "a row", &plain)?;
                (values, bytes) = (values + 1, bytes + row.0.len() + row.1.len());
                if bytes >= SEALED_BYTES_MAX {
                    next = Some(after(&row.0));
                    break;
                }
            }
        }
        Ok(Resealed { values, next })
    }

    /// Takes away the grants of every epoch but the newest, once nothing bears one: all is looked through first, because a
    /// key that is gone is gone. Whoever holds an old key opens nothing of this store with it then.
    ///
    /// # Errors
    /// [`VaultError::Contradiction`] where something still bears an old epoch.
    pub fn retire_epochs(&mut self, personal: &[u16]) -> Result<(), VaultError> {
        let keyring = Arc::clone(&self.keyring);
        let mut places = Places { keyring: &keyring, header: self.header, personal, learned: BTreeMap::new() };
        let mut next: Option<Vec<u8>> = None;
        loop {
            let page = self.sealed_rows(next.as_deref(), SCAN_ROWS_MAX)?;
            let Some((last, _)) = page.last() else { break };
            next = Some(after(last));
            for row in &page {
                if let Some(compartment) = places.compartment(row)?
                    && places.is_old(compartment, &row.1)?
                {
                    return Err(VaultError::Contradiction("a row bears an epoch that was to be retired"));
                }
            }
        }
        for holder in self.holders()? {
            for compartment in Compartment::GRANTED {
                let keys = keyring.compartment(compartment)?;
                let (current, _) = keys.current().ok_or(VaultError::NotHeld(compartment))?;
                for epoch in keys.epochs.keys().filter(|epoch| **epoch != current) {
                    self.delete_under(&place::grant(&holder, Some(compartment), Some(*epoch)))?;
                }
            }
        }
        Ok(())
    }

    /// Returns rows whose values are sealed, from a key on, passing over the indexes, which have no values.
    fn sealed_rows(&self, from: Option<&[u8]>, limit: usize) -> Result<Vec<Row>, VaultError> {
        for (begin, end) in place::SEALED {
            let begin = from.map_or(begin, |from| from.max(begin));
            if begin < end {
                let rows = self.tx.scan(begin, end, Direction::Up, limit)?;
                if !rows.is_empty() {
                    return Ok(rows);
                }
            }
        }
        Ok(Vec::new())
    }
}

/// Returns the first key behind a key.
fn after(key: &[u8]) -> Vec<u8> {
    [key, &[0]].concat()
}
