//! The tables, their indexes and their stored forms. The numbers are on disk and are never changed or used again.

use crate::access::AccessRequest;
use crate::accounting::Accounting;
use crate::amendment::AmendmentRequest;
use crate::associate::{AgreementTerm, BusinessAssociate};
use crate::destruction::Destruction;
use crate::disclosure::Disclosure;
use crate::legal_hold::LegalHold;
use crate::suspension::Suspension;
use keepwell_kernel::{Compartment, PatientId};
use keepwell_vault::record::{UpgradeError, decode, unknown_schema};
use keepwell_vault::{Index, KeyMaker, Record, RowKey, Table};

/// Disclosures by the patient they are of.
pub(crate) const DISCLOSURE_OF: Index = Index { number: 0x0803, name: "disclosure patient", unique: false };
/// Suspensions by the patient they are of.
pub(crate) const SUSPENSION_OF: Index = Index { number: 0x0804, name: "suspension patient", unique: false };
/// Requests for an accounting by the patient who asked.
pub(crate) const ACCOUNTING_OF: Index = Index { number: 0x0805, name: "accounting patient", unique: false };
/// Requests for access by the patient whose records they are about.
pub(crate) const ACCESS_OF: Index = Index { number: 0x0808, name: "access patient", unique: false };
/// Requests for an amendment by the patient whose record they are about.
pub(crate) const AMENDMENT_OF: Index = Index { number: 0x0809, name: "amendment patient", unique: false };

macro_rules! kept {
    ($record:ty, $number:literal, $name:literal, $compartment:ident, $write_once:literal, $key:ident, $of:expr, $patient:expr, $subject:expr) => {
        impl Record for $record {
            const TABLE: Table = Table {
                number: $number,
                name: $name,
                compartment: Compartment::$compartment,
                write_once: $write_once,
                schema: 1,
            };
            const INDEXES: &'static [Index] = $of;

            fn row(&self, key: KeyMaker<'_>) -> RowKey {
                key.id(self.$key.bytes()).done()
            }

            /// The indexes of this feature are all by patient.
            fn index_keys(&self, _: Index, key: KeyMaker<'_>) -> Vec<RowKey> {
                let patient: fn(&Self) -> Option<PatientId> = $patient;
                patient(self).map(|patient| key.id(patient.bytes()).done()).into_iter().collect()
            }

            fn subject(&self) -> Option<PatientId> {
                let subject: fn(&Self) -> Option<PatientId> = $subject;
                subject(self)
            }

            fn read(schema: u16, bytes: &[u8]) -> Result<Self, UpgradeError> {
                if schema == 1 { decode(Self::TABLE, schema, bytes) } else { unknown_schema(Self::TABLE, schema) }
            }
        }
    };
}

const fn nobody<R>(_: &R) -> Option<PatientId> {
    None
}

kept!(BusinessAssociate, 0x0801, "business_associate_agreements", Compliance, false, id, &[], nobody, nobody);
kept!(AgreementTerm, 0x0802, "agreement terms", Device, false, associate, &[], nobody, nobody);
kept!(Disclosure, 0x0803, "phi_disclosure_events", Compliance, true, id, &[DISCLOSURE_OF], of_row, of_row);
kept!(Suspension, 0x0804, "accounting suspensions", Compliance, false, id, &[SUSPENSION_OF], suspended, suspended);
// What is due is counted at every sign-in. That shows no patient, so a request alone notes none: whoever shows or changes
// one reads its patient.
kept!(Accounting, 0x0805, "accounting requests", Compliance, false, id, &[ACCOUNTING_OF], asking, nobody);
kept!(AccessRequest, 0x0808, "access requests", Compliance, false, id, &[ACCESS_OF], access, nobody);
// Whoever sees the record sees what was asked to read differently in it (164.526(c)(1), (d)(4)).
kept!(AmendmentRequest, 0x0809, "amendment requests", Demographics, false, id, &[AMENDMENT_OF], amendment, nobody);

// Whether a hold forbids something is asked of all of them, which shows nobody: whoever shows one reads its patient.
kept!(LegalHold, 0x0806, "legal holds", Compliance, false, id, &[], nobody, nobody);
kept!(Destruction, 0x0807, "destruction records", Compliance, true, id, &[], nobody, nobody);

const fn of_row(row: &Disclosure) -> Option<PatientId> {
    Some(row.patient)
}

const fn suspended(of: &Suspension) -> Option<PatientId> {
    Some(of.patient)
}

const fn asking(of: &Accounting) -> Option<PatientId> {
    Some(of.patient)
}

const fn access(of: &AccessRequest) -> Option<PatientId> {
    Some(of.patient)
}

const fn amendment(of: &AmendmentRequest) -> Option<PatientId> {
    Some(of.patient)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{AccessDecision, AccessDelivery, AccessGround, AccessOutcome, AccessReview, ReviewOutcome};
    use crate::amendment::{
        AmendedKind, AmendmentAccepted, AmendmentDenied, AmendmentDisagreement, AmendmentGround, AmendmentRebuttal,
        AmendmentTarget, PersonTold,
    };
    use crate::associate::Clause;
    use crate::clock::Extension;
    use crate::disclosure::{Authorization, Basis, Recipient, RecipientKind};
    use crate::fee::{FeeKind, FeeLine};
    use crate::requester::{Representative, Requester};
    use crate::retention::RetainedKind;
    use keepwell_kernel::{
        AccessId, AccountingId, AmendmentId, AssociateId, CivilDate, DestructionId, DisclosureId, HoldId, Money,
        SuspensionId,
    };
    use std::path::Path;

    const PATIENT: PatientId = PatientId::from_bytes([1; 16]);
    const ASSOCIATE: AssociateId = AssociateId::from_bytes([2; 16]);

    fn on(day: &str) -> CivilDate {
        day.parse().unwrap()
    }

    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    fn associate() -> BusinessAssociate {
        let blob =
            serde_json::json!({ "compartment": 9, "id": vec![8; 16], "chunks": 1, "bytes": 5, "hash": vec![9; 32] });
        BusinessAssociate {
            id: ASSOCIATE,
            name: "Drive Keeper".to_owned(),
            contact: "Ana Example".to_owned(),
            phone: some("+13125550142"),
            email: some("ana@example.com"),
            services: "Keeps backups".to_owned(),
            phi_categories: some("All, sealed"),
            subcontractors: vec!["Cold Storage Inc".to_owned()],
            signed_on: Some(on("2026-01-10")),
            effective_on: Some(on("2026-01-11")),
            expires_on: Some(on("2027-01-10")),
            review_on: Some(on("2026-12-01")),
            clauses: Clause::ALL.to_vec(),
            incident_notice_hours: 24,
            return_or_destroy: "Destroys".to_owned(),
            agreement: serde_json::from_value(blob).unwrap(),
            agreement_sha256: some("ab"),
            ended_on: Some(on("2026-11-20")),
            returned: some("Destroyed"),
        }
    }

    fn disclosure() -> Disclosure {
        let recipient = Recipient {
            kind: RecipientKind::Authority,
            name: "County Health".to_owned(),
            address: some("1 Main St"),
            associate: Some(ASSOCIATE),
        };
        let authorization = Authorization {
            signed_on: "2026-01-01".to_owned(),
            expires_on: some("2027-01-01"),
            expires_with: some("x"),
        };
        Disclosure {
            id: DisclosureId::from_bytes([3; 16]),
            patient: PATIENT,
            disclosed_on: on("2026-11-20"),
            recorded_at: "2026-11-20T12:00:00Z".parse().unwrap(),
            recipient,
            description: "Result of a test".to_owned(),
            purpose: "Reportable disease".to_owned(),
            basis: Basis::PublicHealth,
            authorization: Some(authorization),
            verification: some("Called back"),
            request_reference: some("Folder 7"),
            released_by: "n.ito".to_owned(),
            corrects: Some(DisclosureId::from_bytes([4; 16])),
            void: true,
            correction: some("The other county"),
            file_sha256: some("cd"),
        }
    }

    fn suspension() -> Suspension {
        Suspension {
            id: SuspensionId::from_bytes([5; 16]),
            patient: PATIENT,
            agency: "County Sheriff".to_owned(),
            stated_on: on("2026-11-01"),
            until: on("2026-12-01"),
            spoken: true,
            statement: "Badge 12".to_owned(),
            lifted_on: Some(on("2026-11-15")),
        }
    }

    fn accounting() -> Accounting {
        Accounting {
            id: AccountingId::from_bytes([6; 16]),
            patient: PATIENT,
            received_on: on("2026-11-01"),
            from: on("2020-11-01"),
            to: on("2026-11-01"),
            fee: Money::cents(500),
            fee_notice_sent_on: Some(on("2026-10-30")),
            extension: Some(Extension { sent_on: on("2026-11-10"), reason: "Paper".to_owned() }),
            withdrawn_on: Some(on("2026-11-11")),
            delivered_on: Some(on("2026-11-12")),
            listed: vec![DisclosureId::from_bytes([3; 16])],
            letter_sha256: some("ef"),
        }
    }

    fn requester() -> Requester {
        let mother = Representative { name: "Bo Example".to_owned(), relation: "mother".to_owned() };
        Requester { representative: Some(mother), verification: "Photo ID".to_owned() }
    }

    fn access_request() -> AccessRequest {
        AccessRequest {
            id: AccessId::from_bytes([9; 16]),
            patient: PATIENT,
            requester: requester(),
            received_on: on("2026-11-01"),
            scope: some("Results"),
            from: Some(on("2026-01-01")),
            to: Some(on("2026-10-31")),
            form: "PDF".to_owned(),
            electronic: true,
            channel: "A drive".to_owned(),
            extension: Some(Extension { sent_on: on("2026-11-10"), reason: "Paper".to_owned() }),
            fee_lines: vec![FeeLine {
                kind: FeeKind::Summary,
                cents: Money::cents(500),
                agreed_on: Some(on("2026-11-02")),
            }],
            decision: Some(AccessDecision {
                outcome: AccessOutcome::Partly,
                ground: Some(AccessGround::OtherPerson),
                basis: some("It speaks of somebody else"),
                decided_on: on("2026-11-12"),
                decided_by: "N. Ito".to_owned(),
            }),
            review: Some(AccessReview {
                asked_on: on("2026-11-13"),
                reviewer: "P. Osei".to_owned(),
                outcome: Some(ReviewOutcome::Reversed),
                decided_on: Some(on("2026-11-14")),
            }),
            deliveries: vec![AccessDelivery { delivered_on: on("2026-11-15"), sha256: some("ef") }],
            withdrawn_on: Some(on("2026-11-16")),
        }
    }

    fn amendment_request() -> AmendmentRequest {
        AmendmentRequest {
            id: AmendmentId::from_bytes([10; 16]),
            patient: PATIENT,
            requester: Requester { representative: None, ..requester() },
            received_on: on("2026-11-01"),
            target: AmendmentTarget { kind: AmendedKind::Patient, version: 1 },
            text: "Born a day earlier".to_owned(),
            reason: some("Certificate"),
            extension: Some(Extension { sent_on: on("2026-11-10"), reason: "Paper".to_owned() }),
            accepted: Some(AmendmentAccepted {
                appended: some("Born a day earlier"),
                version: Some(2),
                told_on: on("2026-11-12"),
                persons: vec![PersonTold { name: "County Health".to_owned(), told_on: on("2026-11-13") }],
            }),
            denied: Some(AmendmentDenied {
                ground: AmendmentGround::AccurateAndComplete,
                basis: "It is so".to_owned(),
                told_on: on("2026-11-12"),
            }),
            disagreement: Some(AmendmentDisagreement { text: "No".to_owned(), received_on: on("2026-11-14") }),
            accompany_asked_on: Some(on("2026-11-14")),
            rebuttal: Some(AmendmentRebuttal { text: "Yes".to_owned(), sent_on: on("2026-11-15") }),
        }
    }

    fn legal_hold() -> LegalHold {
        LegalHold {
            id: HoldId::from_bytes([7; 16]),
            patient: Some(PATIENT),
            matter: "Example v. Example".to_owned(),
            reason: "Letter of counsel".to_owned(),
            placed_on: on("2026-11-01"),
            placed_by: "n.ito".to_owned(),
            released_on: Some(on("2026-11-20")),
            release: some("Settled"),
        }
    }

    fn destruction() -> Destruction {
        Destruction {
            id: DestructionId::from_bytes([8; 16]),
            kind: RetainedKind::Disclosure,
            document: [3; 16],
            patient: Some(PATIENT),
            kept_until: on("2026-11-01"),
            destroyed_on: on("2026-11-20"),
            destroyed_by: "n.ito".to_owned(),
            approved_by: "R. Example".to_owned(),
            reason: "Schedule of the practice".to_owned(),
        }
    }

    fn holds<R: Record>(record: &R, name: &str) {
        keepwell_vault::golden::holds(record, Path::new(env!("CARGO_MANIFEST_DIR")), name);
    }

    #[test]
    fn what_version_1_wrote_is_read_for_ever() {
        let associate = associate();
        holds(&associate, "business-associate-1.hex");
        holds(&associate.term().unwrap(), "agreement-term-1.hex");
        holds(&disclosure(), "disclosure-1.hex");
        holds(&suspension(), "suspension-1.hex");
        holds(&accounting(), "accounting-1.hex");
        holds(&access_request(), "access-request-1.hex");
        holds(&amendment_request(), "amendment-request-1.hex");
        holds(&legal_hold(), "legal-hold-1.hex");
        holds(&destruction(), "destruction-1.hex");
    }
}
