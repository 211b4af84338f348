//! Looking through either context: what a screen asks and what a change weighs are the same questions.

use keepwell_kernel::{Actor, CivilDate, Error, Instant, PatientId, Permission, StaffId, Zone};
use keepwell_log::door::{ReadCx, WriteCx};
use keepwell_patients::{CalledPatient, KnownPatient};
use keepwell_vault::{Index, KeyMaker, Record, RowKey, Stored, Table};

/// How many records are read at a time.
const PAGE: usize = 1_000;

/// What both contexts can be asked.
pub(crate) trait Look {
    fn maker(&self, table: Table) -> Result<KeyMaker<'_>, Error>;
    fn record<R: Record>(&self, row: &RowKey) -> Result<Option<Stored<R>>, Error>;
    fn some<R: Record>(&self, after: Option<&RowKey>, limit: usize) -> Result<Vec<(RowKey, Stored<R>)>, Error>;
    fn keys<R: Record>(&self, index: Index, prefix: &RowKey, limit: usize) -> Result<Vec<RowKey>, Error>;
    fn entries(&self, index: Index, prefix: &RowKey, limit: usize) -> Result<Vec<(Vec<u8>, RowKey)>, Error>;
    fn patient(&self, patient: PatientId) -> Result<CalledPatient, Error>;
    /// Returns a patient and the records that were merged into it: whoever is booked under an old one is the same person.
    fn records_of(&self, patient: PatientId) -> Result<Vec<PatientId>, Error>;
    fn staff_name(&self, staff: StaffId) -> Result<String, Error>;
    fn here(&self) -> Zone;
    fn present(&self) -> Instant;
    fn who(&self) -> Result<&Actor, Error>;
    fn may(&self, permission: Permission) -> bool;

    /// Returns today's date in the practice's zone.
    fn day(&self) -> CivilDate {
        self.here().date_of(self.present())
    }

    /// Returns every record of a table. For what a practice sets up: there are few of them.
    fn every<R: Record>(&self) -> Result<Vec<Stored<R>>, Error> {
        let (mut all, mut last) = (Vec::new(), None);
        loop {
            let page = self.some::<R>(last.as_ref(), PAGE)?;
            let Some((key, _)) = page.last() else { return Ok(all) };
            last = Some(key.clone());
            all.extend(page.into_iter().map(|(_, stored)| stored));
        }
    }
}

macro_rules! look {
    ($cx:ty, $called:path, $known:expr, $named:path) => {
        impl Look for $cx {
            fn maker(&self, table: Table) -> Result<KeyMaker<'_>, Error> {
                self.key(table)
            }

            fn record<R: Record>(&self, row: &RowKey) -> Result<Option<Stored<R>>, Error> {
                self.get::<R>(row)
            }

            fn some<R: Record>(&self, after: Option<&RowKey>, limit: usize) -> Result<Vec<(RowKey, Stored<R>)>, Error> {
                self.page::<R>(after, limit)
            }

            fn keys<R: Record>(&self, index: Index, prefix: &RowKey, limit: usize) -> Result<Vec<RowKey>, Error> {
                self.find::<R>(index, prefix, limit)
            }

            fn entries(&self, index: Index, prefix: &RowKey, limit: usize) -> Result<Vec<(Vec<u8>, RowKey)>, Error> {
                self.under(index, prefix, limit)
            }

            fn patient(&self, patient: PatientId) -> Result<CalledPatient, Error> {
                $called(self, patient)
            }

            fn records_of(&self, patient: PatientId) -> Result<Vec<PatientId>, Error> {
                let known: fn(&$cx, PatientId) -> Result<KnownPatient, Error> = $known;
                Ok(known(self, patient)?.records().collect())
            }

            fn staff_name(&self, staff: StaffId) -> Result<String, Error> {
                $named(self, staff)
            }

            fn here(&self) -> Zone {
                self.zone()
            }

            fn present(&self) -> Instant {
                self.now()
            }

            fn who(&self) -> Result<&Actor, Error> {
                self.actor()
            }

            fn may(&self, permission: Permission) -> bool {
                self.roles().iter().any(|role| role.holds(permission))
            }
        }
    };
}

look!(ReadCx<'_>, keepwell_patients::called, keepwell_patients::known, keepwell_identity::display_name);
look!(
    WriteCx<'_, '_>,
    keepwell_patients::called_to,
    |cx, patient| keepwell_patients::known_to(cx, patient, "patient"),
    keepwell_identity::display_name_to
);
