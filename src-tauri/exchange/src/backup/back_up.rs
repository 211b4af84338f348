//! `exchange.back_up`: writes a backup of everything, sealed as it stands, while work goes on.

use super::container::{Writer, recipient};
use super::custodian::kept;
use super::drive::{Course, Drive, Patience, Steadfast};
use super::note::{BackupNote, FILE};
use super::table::{Backup, BackupPlan};
use crate::refusals::BACKUP_NOT_WRITTEN;
use age::x25519::Recipient;
use keepwell_compliance::{AgreementTerm, agreement_term, must_hold};
use keepwell_kernel::{AssociateId, BackupId, Error, Fault, Operation, Permission, Purpose};
use keepwell_log::door::{Beside, GateCx, Job, Query, ReadCx, Telling};
use keepwell_log::store::{Head, LogError};
use keepwell_vault::{DeviceKeys, PublicKey, Reading, Record as _, VaultError};
use serde::{Deserialize, Serialize};
use std::io::{self, Write as _};
use std::time::Instant;
use ts_rs::TS;

/// How many rows are fetched at a time; they are of up to 64 KiB each.
const PAGE: usize = 512;
/// The name of the signed note.
pub const NOTE: &str = "backup.note";
const README: &str = include_str!("README.txt");

/// Asks to write a backup (45 CFR 164.308(a)(7)(ii)(A)). The files are written once this has left its entry.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BackUp {
    /// The business associate whose place it goes to; nothing for a drive of one's own.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub associate: Option<AssociateId>,
}

/// What there is to write.
#[derive(Debug, Serialize, TS)]
pub struct ToBackUp {
    /// Entries in the log, this one not among them.
    #[ts(type = "number")]
    pub entries: u64,
}

impl Operation for BackUp {
    const NAME: &'static str = "exchange.back_up";
    const PERMISSION: Permission = Permission::BackUp;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations, Purpose::System];
    type Output = ToBackUp;
}

impl Query for BackUp {
    fn run(self, cx: &ReadCx<'_>) -> Result<ToBackUp, Error> {
        if let Some(associate) = self.associate {
            must_hold(agreement_term!(cx, associate)?.as_ref(), cx.today(), "associate")?;
        }
        Ok(ToBackUp { entries: cx.log_entries()? })
    }
}

/// The work of `exchange.back_up`.
pub struct BackUpJob<'s> {
    drive: &'s mut dyn Drive,
    id: BackupId,
    associate: Option<AssociateId>,
    began: Instant,
    written: Option<BackupNote>,
}

impl<'s> BackUpJob<'s> {
    /// Gets ready to write a backup under an id, to a business associate's place or to the practice's own.
    pub fn new(id: BackupId, associate: Option<AssociateId>, drive: &'s mut dyn Drive) -> Self {
        Self { drive, id, associate, began: Instant::now(), written: None }
    }

    /// Returns what was written.
    #[must_use]
    pub const fn written(&self) -> Option<&BackupNote> {
        self.written.as_ref()
    }

    /// A business associate gets nothing without an agreement in force (45 CFR 164.502(e)), whoever or whatever began.
    fn may_go_there(&self, beside: &Beside) -> Result<(), Error> {
        let Some(associate) = self.associate else { return Ok(()) };
        let today = beside.today();
        beside.vault.read(&beside.keyring, |reading| {
            let key = reading.key_of(AgreementTerm::TABLE)?.id(associate.bytes()).done();
            let term = reading.get::<AgreementTerm>(&key)?.map(|stored| stored.record);
            Ok(must_hold(term.as_ref(), today, "associate")?)
        })
    }

    fn write(&mut self, beside: &Beside, course: &Course<'_>) -> Result<Option<BackupNote>, Unwritten> {
        let (device, at) = (beside.keyring.device(), beside.making.at);
        let offset = beside.making.offset_seconds - beside.making.offset_seconds % 60;
        let offset = chrono::FixedOffset::east_opt(offset).ok_or(LogError::Missing("its time offset"))?;
        beside.vault.read(&beside.keyring, |reading| {
            let head = Head::read(reading)?;
            let recipients = recipients(reading, device)?;
            self.drive.begin()?;
            let sealed = Steadfast::file(FILE, self.drive, course, Patience::USUAL);
            let mut file = Writer::begin(sealed, &recipients)?;
            if !rows(reading, &mut file, &head, course)? {
                return Ok(None);
            }
            let note = BackupNote {
                backup: self.id,
                vault: beside.vault.id(),
                made: at.with_timezone(&offset),
                version: env!("CARGO_PKG_VERSION").to_owned(),
                log_size: head.frontier.size(),
                log_root: head.frontier.root(),
                rows: 0,
                bytes: 0,
                sha256: String::new(),
            };
            let note = note.with(file.end()?);
            // The note comes last: without it, nobody takes what is there for a backup.
            for (name, text) in [("README.txt", README.to_owned()), (NOTE, note.sign(&device.log_signing()))] {
                let mut file = Steadfast::file(name, self.drive, course, Patience::USUAL);
                file.write_all(text.as_bytes())?;
                file.flush()?;
            }
            Ok(Some(note))
        })
    }
}

/// Returns to whom a backup is sealed: the recovery kit, the program itself, which proves it, and the custodian, where there
/// is one.
fn recipients(reading: &Reading<'_>, device: &DeviceKeys) -> Result<Vec<Recipient>, Unwritten> {
    let own = [device.recovery_public(), PublicKey::of(&device.backup_key())];
    let mut recipients = own.into_iter().map(recipient).collect::<io::Result<Vec<_>>>()?;
    let plan = reading.get::<BackupPlan>(&reading.key_of(BackupPlan::TABLE)?.ordered(1).done())?;
    if let Some(custodian) = plan.and_then(|stored| stored.record.custodian) {
        // A backup that its custodian cannot open would be found out on the day it is needed.
        recipients.push(kept(&custodian).ok_or(LogError::Missing("the custodian's key"))?);
    }
    Ok(recipients)
}

/// Writes every row, and says whether it came to the end.
fn rows<W: io::Write>(
    reading: &Reading<'_>,
    file: &mut Writer<W>,
    head: &Head,
    course: &Course<'_>,
) -> Result<bool, Unwritten> {
    let (mut last, mut done) = (None::<Vec<u8>>, 0);
    loop {
        let page = reading.sealed_rows(last.as_deref(), PAGE)?;
        for (key, value) in &page {
            file.row(key, value)?;
        }
        done += page.len() as u64;
        let Some((key, _)) = page.into_iter().next_back() else { return Ok(true) };
        last = Some(key);
        // How many rows there are is known at the end alone; each entry has about five, with its index rows.
        if !course.reached(done, done.max(head.frontier.size() * 5)) {
            return Ok(false);
        }
    }
}

/// Why a backup was not written.
enum Unwritten {
    Log(LogError),
    Disk,
}

impl From<io::Error> for Unwritten {
    fn from(_: io::Error) -> Self {
        Self::Disk
    }
}

impl From<LogError> for Unwritten {
    fn from(error: LogError) -> Self {
        Self::Log(error)
    }
}

impl From<VaultError> for Unwritten {
    fn from(error: VaultError) -> Self {
        Self::Log(error.into())
    }
}

impl Job for BackUpJob<'_> {
    fn operation(&self) -> &'static str {
        BackUp::NAME
    }

    fn work(&mut self, beside: &Beside, progress: Telling<'_>) -> Result<bool, Error> {
        self.may_go_there(beside)?;
        let course = Course::of(progress);
        self.written = match self.write(beside, &course) {
            Ok(written) => written,
            // Whoever stopped it while it waited for the drive did not want to hear of the drive.
            Err(Unwritten::Disk) if course.was_stopped() => None,
            Err(Unwritten::Disk) => return Err(BACKUP_NOT_WRITTEN.into()),
            Err(Unwritten::Log(error)) => return Err(error.into()),
        };
        Ok(self.written.is_some())
    }

    fn note(&mut self, beside: &Beside, cx: &mut GateCx<'_, '_>) -> Result<(), Error> {
        let note = self.written.as_ref().ok_or_else(|| Fault::because("a backup that was not written is noted"))?;
        cx.put(&Backup {
            id: note.backup,
            made_at: beside.making.at,
            made_by: beside.making.by.clone(),
            log_size: note.log_size,
            rows: note.rows,
            bytes: note.bytes,
            sha256: note.sha256.clone(),
            associate: self.associate,
            took_ms: took_ms(self.began),
        })?;
        Ok(())
    }
}

/// Returns the milliseconds since a moment.
pub(super) fn took_ms(began: Instant) -> u64 {
    u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX)
}
