//! Who and what is booked: practitioners, rooms, theatres, equipment, and the sites and departments they belong to.

use keepwell_kernel::{CivilDate, DepartmentId, ResourceId, SiteId, StaffId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A place where the practice works.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    /// Its id.
    pub id: SiteId,
    /// Its name.
    pub name: String,
    /// Where it is.
    pub address: String,
}

/// A department of a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Department {
    /// Its id.
    pub id: DepartmentId,
    /// Where it is.
    pub site: SiteId,
    /// Its name.
    pub name: String,
}

/// What kind of thing is booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ResourceKind {
    /// Somebody who treats.
    Practitioner,
    /// A room.
    Room,
    /// An operating theatre.
    Theatre,
    /// A piece of equipment.
    Equipment,
}

/// What a resource can be used for, and until when: a laminar flow hood, an ECG whose calibration ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Capability {
    /// What it is called where a service asks for it.
    pub name: String,
    /// The last day on which it is valid; for ever where none is named.
    #[ts(type = "string | null")]
    pub valid_until: Option<CivilDate>,
}

/// What makes a practitioner one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Practitioner {
    /// The number of the licence.
    pub license_number: String,
    /// The last day on which the licence is valid.
    #[ts(type = "string | null")]
    pub license_expires: Option<CivilDate>,
    /// What the practitioner specializes in.
    pub specialization: String,
}

/// Something that is booked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resource {
    /// Its id.
    pub id: ResourceId,
    /// What kind of thing it is.
    pub kind: ResourceKind,
    /// Its name.
    pub name: String,
    /// What stands below the name.
    pub note: String,
    /// Its department.
    pub department: Option<DepartmentId>,
    /// The member of staff it is.
    pub staff: Option<StaffId>,
    /// The licence, where it is a practitioner.
    pub practitioner: Option<Practitioner>,
    /// What it can be used for.
    pub capabilities: Vec<Capability>,
    /// How many bookings it takes at once.
    pub capacity: u16,
    /// It is not booked any more.
    pub ended: bool,
}

impl Resource {
    /// Returns the names of what is not valid on a day: capabilities that have ended, and `license`.
    pub(crate) fn lapsed_on(&self, on: CivilDate) -> Vec<String> {
        let ended = |until: Option<CivilDate>| until.is_some_and(|until| until < on);
        let license = self.practitioner.as_ref().is_some_and(|one| ended(one.license_expires));
        let capabilities = self.capabilities.iter().filter(|one| ended(one.valid_until)).map(|one| one.name.clone());
        license.then(|| LICENSE.to_owned()).into_iter().chain(capabilities).collect()
    }

    /// Says whether its licence is valid on a day. What has none needs none.
    pub(crate) fn is_licensed_on(&self, on: CivilDate) -> bool {
        let expires = self.practitioner.as_ref().and_then(|one| one.license_expires);
        expires.is_none_or(|expires| expires >= on)
    }

    /// Says whether it can be used for something on a day.
    pub(crate) fn can_on(&self, capability: &str, on: CivilDate) -> bool {
        let same = |one: &&Capability| one.name.eq_ignore_ascii_case(capability);
        self.capabilities.iter().find(same).is_some_and(|one| one.valid_until.is_none_or(|until| until >= on))
    }
}

/// What a licence is called among what has lapsed.
pub(crate) const LICENSE: &str = "license";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_day_is_valid_and_the_next_is_not() {
        let day = |text: &str| text.parse::<CivilDate>().unwrap();
        let one = Resource {
            id: ResourceId::make(),
            kind: ResourceKind::Equipment,
            name: "ECG cart".to_owned(),
            note: String::new(),
            department: None,
            staff: None,
            practitioner: Some(Practitioner {
                license_number: "A1".to_owned(),
                license_expires: Some(day("2026-04-01")),
                specialization: String::new(),
            }),
            capabilities: vec![Capability { name: "ECG".to_owned(), valid_until: Some(day("2026-04-02")) }],
            capacity: 1,
            ended: false,
        };
        assert_eq!(one.lapsed_on(day("2026-04-01")), [] as [&str; 0]);
        assert_eq!(one.lapsed_on(day("2026-04-02")), ["license"]);
        assert_eq!(one.lapsed_on(day("2026-04-03")), ["license", "ECG"]);
        assert!(one.can_on("ecg", day("2026-04-02")) && !one.can_on("ECG", day("2026-04-03")));
        assert!(!one.can_on("laminar flow hood", day("2026-04-02")));
        assert!(one.is_licensed_on(day("2026-04-01")) && !one.is_licensed_on(day("2026-04-02")));
    }
}
