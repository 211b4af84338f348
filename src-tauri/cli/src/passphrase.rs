//! The passphrase: from the environment or a prompt, never from an argument.

use crate::ending::Ending;
use std::env::VarError;
use zeroize::Zeroizing;

const VARIABLE: &str = "KEEPWELL_PASSPHRASE";

/// Asks for the passphrase; a new one twice.
///
/// # Errors
/// The ending to take when there is neither the variable nor a terminal.
pub(crate) fn ask(new: bool) -> Result<Zeroizing<String>, Ending> {
    match std::env::var(VARIABLE) {
        Ok(passphrase) => return Ok(Zeroizing::new(passphrase)),
        Err(VarError::NotPresent) => {}
        // Asking instead would take another passphrase than the one that was meant.
        Err(VarError::NotUnicode(_)) => return Err(Ending::Usage(format!("{VARIABLE} is not valid text."))),
    }
    let typed = prompt(if new { "New passphrase: " } else { "Passphrase: " })?;
    if new && *typed != *prompt("Once more: ")? {
        return Err(Ending::Usage("The two passphrases differ.".to_owned()));
    }
    Ok(typed)
}

fn prompt(question: &str) -> Result<Zeroizing<String>, Ending> {
    let typed = rpassword::prompt_password(question);
    typed
        .map(Zeroizing::new)
        .map_err(|_| Ending::Usage(format!("There is no terminal to ask for the passphrase. Set {VARIABLE} instead.")))
}
