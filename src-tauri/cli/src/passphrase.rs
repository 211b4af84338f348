//! Passphrases and recovery keys: from the environment or a prompt, never from an argument.

use crate::ending::Ending;
use std::env::VarError;
use zeroize::Zeroizing;

const VARIABLE: &str = "KEEPWELL_PASSPHRASE";
const FILE: &str = "KEEPWELL_FILE_PASSPHRASE";
const RECOVERY_KEY: &str = "KEEPWELL_RECOVERY_KEY";

/// Asks for the passphrase; a new one twice.
///
/// # Errors
/// The ending to take when there is neither the variable nor a terminal.
pub(crate) fn ask(new: bool) -> Result<Zeroizing<String>, Ending> {
    if let Some(passphrase) = named(VARIABLE)? {
        return Ok(passphrase);
    }
    let typed = prompt(if new { "New passphrase: " } else { "Passphrase: " }, VARIABLE)?;
    if new && *typed != *prompt("Once more: ", VARIABLE)? {
        return Err(Ending::Usage("The two passphrases differ.".to_owned()));
    }
    Ok(typed)
}

/// Asks for the passphrase of a file that is to be written, twice.
///
/// # Errors
/// The ending to take when there is neither the variable nor a terminal.
pub(crate) fn of_a_file() -> Result<Zeroizing<String>, Ending> {
    if let Some(passphrase) = named(FILE)? {
        return Ok(passphrase);
    }
    let typed = prompt("Passphrase for the file: ", FILE)?;
    if *typed == *prompt("Once more: ", FILE)? {
        return Ok(typed);
    }
    Err(Ending::Usage("The two passphrases differ.".to_owned()))
}

/// Asks for the passphrase of a file that is to be opened.
///
/// # Errors
/// The ending to take when there is neither the variable nor a terminal.
pub(crate) fn to_open_a_file() -> Result<Zeroizing<String>, Ending> {
    named(FILE)?.map_or_else(|| prompt("Passphrase of the file: ", FILE), Ok)
}

/// Asks for the recovery key.
///
/// # Errors
/// The ending to take when there is neither the variable nor a terminal.
pub(crate) fn recovery_key() -> Result<Zeroizing<String>, Ending> {
    named(RECOVERY_KEY)?.map_or_else(|| prompt("The 24 words of the recovery kit, or its key: ", RECOVERY_KEY), Ok)
}

/// Returns what a variable holds, where it is set.
fn named(variable: &str) -> Result<Option<Zeroizing<String>>, Ending> {
    match std::env::var(variable) {
        Ok(secret) => Ok(Some(Zeroizing::new(secret))),
        Err(VarError::NotPresent) => Ok(None),
        // Asking instead would take another secret than the one that was meant.
        Err(VarError::NotUnicode(_)) => Err(Ending::Usage(format!("{variable} is not valid text."))),
    }
}

fn prompt(question: &str, variable: &str) -> Result<Zeroizing<String>, Ending> {
    let typed = rpassword::prompt_password(question);
    typed
        .map(Zeroizing::new)
        .map_err(|_| Ending::Usage(format!("There is no terminal to ask at. Set {variable} instead.")))
}
