//! Every stored record at every form.

use keepwell_identity::{DoorPlate, Practice, SignInSlot, StaffMember, StoredDraft, StoredSecondFactor};
use keepwell_patients::{ImportLink, Merge, NumberCounter, Patient};
use keepwell_vault::Record;
use keepwell_vault::record::encode;

/// The numbers that the first byte of an input stands for.
pub(crate) const RECORDS: [fn(u16, &[u8]); 10] = [
    holds::<Patient>,
    holds::<NumberCounter>,
    holds::<Merge>,
    holds::<ImportLink>,
    holds::<StaffMember>,
    holds::<Practice>,
    holds::<DoorPlate>,
    holds::<SignInSlot>,
    holds::<StoredDraft>,
    holds::<StoredSecondFactor>,
];

/// What is read of a record is written and read again as the same; a form that no version wrote is refused.
pub fn record(data: &[u8]) {
    let [which, schema, bytes @ ..] = data else { return };
    RECORDS[usize::from(*which) % RECORDS.len()](u16::from(*schema), bytes);
}

fn holds<R: Record>(schema: u16, bytes: &[u8]) {
    let read = R::read(schema, bytes);
    assert!(read.is_err() || (1..=R::TABLE.schema).contains(&schema), "a form that no version wrote was read");
    let Ok(record) = read else { return };
    let written = encode(R::TABLE, &record).expect("what was read can be written");
    let again = R::read(R::TABLE.schema, &written).expect("what was written can be read");
    assert!(encode(R::TABLE, &again).unwrap() == written, "a record changes when it is written again");
    let _subject = again.subject();
}
