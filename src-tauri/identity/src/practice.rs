//! The practice itself, and the plate at its door.

use crate::refusals::{
    ADDRESS_SHAPE, HOURS_ORDER, IDLE_MINUTES, NAME_MISSING, NAME_TOO_LONG, NPI_CHECK_DIGIT, TIME_ZONE_UNKNOWN,
};
use chrono::NaiveTime;
use keepwell_kernel::{CivilDate, Compartment, Error, PatientId, Refusal, Zone};
use keepwell_log::door::{Plate, ReadCx, WriteCx};
use keepwell_vault::record::{UpgradeError, decode, unknown_schema};
use keepwell_vault::{Index, KeyMaker, Reading, Record, RowKey, Table};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A postal address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Address {
    /// Street lines, at least one.
    pub lines: Vec<String>,
    /// The city.
    pub city: String,
    /// The state, as two letters in the US.
    pub state: String,
    /// The postal code.
    pub postal_code: String,
    /// The country.
    pub country: String,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the days need no words")]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

/// When the practice is open on a weekday.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OpeningHours {
    /// The day.
    pub weekday: Weekday,
    /// Local time, `08:30`.
    pub opens: String,
    /// Local time, after `opens`.
    pub closes: String,
}

/// What the practice says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PracticeDetails {
    /// The name on the door.
    pub name: String,
    /// Where it is.
    pub address: Option<Address>,
    /// Its telephone number.
    pub phone: Option<String>,
    /// Its National Provider Identifier (45 CFR 162.406).
    pub npi: Option<String>,
    /// Its IANA time zone.
    pub time_zone: String,
    /// When it is open.
    pub hours: Vec<OpeningHours>,
    /// Medical record numbers carry 0000 instead of the year.
    #[serde(default)]
    pub anonymous_mrn: bool,
    /// Minutes without a key or a click after which it locks, 1 to 60.
    #[serde(default = "fifteen")]
    pub idle_minutes: u32,
}

const fn fifteen() -> u32 {
    15
}

impl PracticeDetails {
    /// Checks every field; `path` is put before the names of the fields.
    ///
    /// # Errors
    /// The first field that is not right.
    pub fn check(&self, path: &str) -> Result<Zone, Refusal> {
        check_name(&self.name, &format!("{path}name"))?;
        let zone = Zone::named(&self.time_zone).map_err(|_| TIME_ZONE_UNKNOWN.at(format!("{path}time_zone")))?;
        if let Some(npi) = self.npi.as_deref().filter(|npi| !npi_holds(npi)) {
            let _: &str = npi;
            return Err(NPI_CHECK_DIGIT.at(format!("{path}npi")));
        }
        if !(1..=60).contains(&self.idle_minutes) {
            return Err(IDLE_MINUTES.at(format!("{path}idle_minutes")));
        }
        if let Some(address) = &self.address {
            let lines = address.lines.iter().any(|line| !line.trim().is_empty());
            if !lines || address.city.trim().is_empty() || address.state.trim().is_empty() {
                return Err(ADDRESS_SHAPE.at(format!("{path}address")));
            }
        }
        for (at, hours) in self.hours.iter().enumerate() {
            let time = |text: &str| NaiveTime::parse_from_str(text, "%H:%M");
            match (time(&hours.opens), time(&hours.closes)) {
                (Ok(opens), Ok(closes)) if opens < closes => {}
                _ => return Err(HOURS_ORDER.at(format!("{path}hours.{at}"))),
            }
        }
        Ok(zone)
    }
}

/// Checks a name: something, and not a book.
///
/// # Errors
/// The refusal at `field`.
pub fn check_name(name: &str, field: &str) -> Result<(), Refusal> {
    if name.trim().is_empty() {
        return Err(NAME_MISSING.at(field));
    }
    if name.chars().count() > 100 {
        return Err(NAME_TOO_LONG.at(field));
    }
    Ok(())
}

/// Says whether an NPI's check digit holds: Luhn over 80840 and the ten digits (CMS, NPI check digit algorithm).
#[must_use]
pub fn npi_holds(npi: &str) -> bool {
    let digits: Option<Vec<u32>> = npi.chars().map(|digit| digit.to_digit(10)).collect();
    let Some(digits) = digits.filter(|digits| digits.len() == 10) else { return false };
    // The constant 24 is what the prefix 80840 adds.
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| if at % 2 == 1 { digit * 2 / 10 + digit * 2 % 10 } else { *digit })
        .sum();
    (sum + 24).is_multiple_of(10)
}

/// The practice's one row.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Practice {
    /// What it says of itself.
    pub details: PracticeDetails,
    /// Two of the kit's words were typed back.
    pub kit_confirmed: bool,
    /// When the present kit was made.
    pub kit_made_on: CivilDate,
}

impl Record for Practice {
    const TABLE: Table =
        Table { number: 0x0201, name: "practice", compartment: Compartment::Settings, write_once: false, schema: 1 };
    const INDEXES: &'static [Index] = &[];

    fn row(&self, key: KeyMaker<'_>) -> RowKey {
        key.ordered(1).done()
    }

    fn index_keys(&self, _: Index, _: KeyMaker<'_>) -> Vec<RowKey> {
        Vec::new()
    }

    fn subject(&self) -> Option<PatientId> {
        None
    }

    fn read(schema: u16, bytes: &[u8]) -> Result<Self, UpgradeError> {
        match schema {
            1 => decode(Self::TABLE, schema, bytes),
            _ => unknown_schema(Self::TABLE, schema),
        }
    }
}

/// What can be known before anybody signs in; sealed under the device key.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DoorPlate {
    /// The name.
    pub name: String,
    /// The time zone.
    pub time_zone: String,
    /// Minutes to the idle lock.
    pub idle_minutes: u32,
    /// Made-up patients only.
    pub demonstration: bool,
}

impl Record for DoorPlate {
    const TABLE: Table =
        Table { number: 0x0202, name: "door plate", compartment: Compartment::Device, write_once: false, schema: 1 };
    const INDEXES: &'static [Index] = &[];

    fn row(&self, key: KeyMaker<'_>) -> RowKey {
        key.ordered(1).done()
    }

    fn index_keys(&self, _: Index, _: KeyMaker<'_>) -> Vec<RowKey> {
        Vec::new()
    }

    fn subject(&self) -> Option<PatientId> {
        None
    }

    fn read(schema: u16, bytes: &[u8]) -> Result<Self, UpgradeError> {
        match schema {
            1 => decode(Self::TABLE, schema, bytes),
            _ => unknown_schema(Self::TABLE, schema),
        }
    }
}

/// Reads the plate for the door.
///
/// # Errors
/// [`Error`].
pub fn read_plate(reading: &Reading<'_>) -> Result<Option<Plate>, Error> {
    let row = reading.key_of(DoorPlate::TABLE)?.ordered(1).done();
    let Some(stored) = reading.get::<DoorPlate>(&row)? else { return Ok(None) };
    let DoorPlate { name, time_zone, idle_minutes, demonstration } = stored.record;
    let zone = Zone::named(&time_zone).map_err(|_| TIME_ZONE_UNKNOWN.refusal())?;
    Ok(Some(Plate { name, zone, idle_minutes, demonstration }))
}

macro_rules! practice_of {
    ($cx:expr) => {{
        let row = $cx.key(<Practice as keepwell_vault::Record>::TABLE)?.ordered(1).done();
        $cx.get::<Practice>(&row)?
            .map(|stored| stored.record)
            .ok_or_else(|| Error::Fault(keepwell_kernel::Fault::because("the store holds no practice")))
    }};
}
pub(crate) use practice_of;

/// Says whether the practice wants numbers that say nothing about the year.
///
/// # Errors
/// [`Error`].
pub fn anonymous_mrn(cx: &WriteCx<'_, '_>) -> Result<bool, Error> {
    Ok(practice_of!(cx)?.details.anonymous_mrn)
}

/// Returns the practice's name, for what is written down in its name.
///
/// # Errors
/// [`Error`].
pub fn practice_name(cx: &WriteCx<'_, '_>) -> Result<String, Error> {
    Ok(practice_of!(cx)?.details.name)
}

/// Returns the practice's record, for queries.
///
/// # Errors
/// [`Error`].
pub fn practice_of_query(cx: &ReadCx<'_>) -> Result<Practice, Error> {
    practice_of!(cx)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_npi_holds_and_its_slips_do_not() {
        for (npi, holds) in [
            ("1234567893", true),
            ("1234567890", false),
            ("1234567983", false),
            ("123456789", false),
            ("12345678931", false),
            ("123456789X", false),
            ("", false),
            ("1245319599", true),
        ] {
            assert_eq!(npi_holds(npi), holds, "{npi}");
        }
    }

    fn details() -> PracticeDetails {
        PracticeDetails {
            name: "Lakeside".to_owned(),
            address: None,
            phone: None,
            npi: None,
            time_zone: "America/New_York".to_owned(),
            hours: Vec::new(),
            anonymous_mrn: false,
            idle_minutes: 15,
        }
    }

    #[test]
    fn each_wrong_field_is_named() {
        type Spoil = fn(&mut PracticeDetails);
        let cases: [(Spoil, &str); 7] = [
            (|one| one.name = " ".to_owned(), "practice.name"),
            (|one| one.name = "x".repeat(101), "practice.name"),
            (|one| one.time_zone = "Mars/Olympus".to_owned(), "practice.time_zone"),
            (|one| one.npi = Some("1234567890".to_owned()), "practice.npi"),
            (|one| one.idle_minutes = 0, "practice.idle_minutes"),
            (|one| one.idle_minutes = 61, "practice.idle_minutes"),
            (
                |one| {
                    one.hours = vec![OpeningHours {
                        weekday: Weekday::Monday,
                        opens: "17:00".to_owned(),
                        closes: "09:00".to_owned(),
                    }]
                },
                "practice.hours.0",
            ),
        ];
        assert!(details().check("practice.").is_ok());
        for (spoil, field) in cases {
            let mut spoilt = details();
            spoil(&mut spoilt);
            assert_eq!(spoilt.check("practice.").unwrap_err().field.as_deref(), Some(field));
        }
    }
}
