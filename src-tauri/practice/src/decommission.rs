//! The end of a practice on this computer: a last backup, its proof, the erasing of the key, the certificate.

use crate::letters::{Saved, saved};
use crate::practice::{Continue, Practice, Progress};
use keepwell_documents::{CertificateOfDestruction, Media, Sanitization, Signatory, certificate_of_destruction};
use keepwell_kernel::{Error, Failure, Fault, utc_parts};
use keepwell_log::door::{Call, Erased};
use serde_json::json;
use std::path::Path;

/// Who ends which practice, and on what.
pub struct Ending<'a> {
    /// The folder that the last backup and the certificate go to; not on the computer that is given away.
    pub within: &'a Path,
    /// The practice's name, typed out.
    pub practice_name: String,
    /// Who keeps the last backup and the recovery kit.
    pub custodian: String,
    /// Why, kept in the log.
    pub reason: Option<String>,
    /// The computer or drive, for the certificate. What is empty is a line to write on.
    pub media: Media,
}

/// The practice has ended here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// The folder of the last backup.
    pub backup: String,
    /// The certificate; nothing where it could not be written, when all else was done.
    pub certificate: Option<Saved>,
    /// How many entries the log had at last.
    pub log_size: u64,
}

impl Practice {
    /// Ends the practice on this computer. Up to the erasing, whatever fails or is stopped leaves it as it was.
    ///
    /// # Errors
    /// [`Failure`]; nothing when it was stopped before the erasing.
    pub fn decommission(
        &self,
        ending: Ending<'_>,
        progress: &mut dyn FnMut(Progress) -> Continue,
    ) -> Result<Option<Ended>, Failure> {
        let practice = self.status().practice_name.ok_or(Failure::SignedOut)?;
        let Some(made) = self.back_up(ending.within, None, progress)? else { return Ok(None) };
        let folder = ending.within.join(&made.name);
        if self.prove_backup(&folder, progress)?.is_none() {
            return Ok(None);
        }
        let input = json!({ "practice_name": ending.practice_name, "custodian": ending.custodian,
            "backup": made.note.backup });
        let call = Call { operation: "exchange.decommission".to_owned(), input, reason: ending.reason, purpose: None };
        let erased = self.door.erase(&call).map_err(|error| self.fail(&error));
        self.remembered.forget();
        self.write_faults();
        let erased = erased?;
        let certificate = self.certificate(practice, &erased, (&made.name, &made.note.sha256), ending.media);
        let certificate = certificate.and_then(|pdf| {
            let name = format!("keepwell-certificate-{}.pdf", uuid::Uuid::now_v7().simple());
            saved(ending.within, &name, &pdf)
        });
        // All is erased: what cannot be written is said, and is no failure of the ending.
        let certificate = match certificate {
            Ok(saved) => Some(saved),
            Err(error) => {
                drop(self.fail(&error));
                None
            }
        };
        Ok(Some(Ended { backup: made.name, certificate, log_size: erased.log_size }))
    }

    fn certificate(
        &self,
        practice: String,
        erased: &Erased,
        (backup, sha256): (&str, &str),
        media: Media,
    ) -> Result<Vec<u8>, Error> {
        let nobody = || Signatory {
            name: String::new(),
            title: String::new(),
            date: String::new(),
            place: String::new(),
            phone: String::new(),
        };
        let now = self.clock.now();
        let document = CertificateOfDestruction {
            created: utc_parts(now),
            practice,
            vault: erased.vault.clone(),
            log_size: erased.log_size.to_string(),
            root: erased.root.clone(),
            final_backup: format!("{backup}, SHA-256 {sha256}"),
            media,
            sanitization: Sanitization {
                description: "Purge".to_owned(),
                method: "Cryptographic erase: the key that opens the store was deleted from the keychain of this \
                         computer, then the files of the store were removed"
                    .to_owned(),
                tool: format!("Keepwell {}", env!("CARGO_PKG_VERSION")),
                verification: format!(
                    "On {} the keychain was asked for the key again and had none. Remnants of the files, and older \
                     copies of them, open with the recovery kit alone",
                    now.format("%Y-%m-%d %H:%M UTC")
                ),
                sample: "The whole store".to_owned(),
                classification_after: String::new(),
                destination: String::new(),
            },
            performed_by: nobody(),
            verified_by: Some(nobody()),
        };
        Ok(certificate_of_destruction(&document).map_err(|error| Fault::from_error(&error))?)
    }
}
