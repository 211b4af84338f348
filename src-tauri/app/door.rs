//! The one command of the window. Names under `shell.` are answered here; everything else is an operation of the
//! practice, which decides, writes its entry and answers.

use crate::desk::Desk;
use crate::{backup, copy, day_sheets, decommission, export, jobs, letters, look, records, shell};
use keepwell_kernel::{Code, Failure, Fault, Purpose};
use keepwell_practice::{Progress, READ_ONLY};
use serde_json::Value;
use std::sync::Arc;
use tauri::ipc::Channel;
use tauri::plugin::TauriPlugin;
use tauri::{Runtime, State, WebviewWindow};

/// What the shell answers while a copy is open for looking. Nothing else: a file that was written from it would have left no
/// entry anywhere.
const IN_A_COPY: [&str; 10] = [
    "shell.status",
    "shell.keep_look",
    "shell.time_zones",
    "shell.passphrase_advice",
    "shell.print",
    "shell.look_at_backup",
    "shell.opened_backup",
    "shell.close_copy",
    "shell.verify_log",
    "shell.cancel",
];

/// Returns the plugin whose single command is the door.
pub(crate) fn plugin<R: Runtime>() -> TauriPlugin<R> {
    tauri::plugin::Builder::new("practice").invoke_handler(tauri::generate_handler![call]).build()
}

/// Answers one call of the screens. The session is the practice's own; nothing in the call can name another.
#[tauri::command]
async fn call<R: Runtime>(
    window: WebviewWindow<R>,
    desk: State<'_, Arc<Desk>>,
    operation: String,
    input: Value,
    purpose: Option<Purpose>,
    reason: Option<String>,
    progress: Channel<Progress>,
) -> Result<Value, Failure> {
    let desk = Arc::clone(desk.inner());
    // The screens ask for the status by themselves; every other call of the shell has somebody behind it. The practice
    // judges its own operations.
    if operation.starts_with("shell.") && (operation != "shell.status" || shell::says_somebody_is_there(&input)) {
        desk.practice().somebody_is_there();
    }
    if desk.copy().is_some() && !is_answered_in_a_copy(&operation) {
        return Err(read_only());
    }
    // Operations are synchronous and may take a while; the thread that draws the window must not wait for them.
    let answer = tauri::async_runtime::spawn_blocking(move || match operation.as_str() {
        "shell.status" => shell::status(&desk),
        "shell.time_zones" => Ok(shell::time_zones()),
        "shell.passphrase_advice" => shell::passphrase_advice(input),
        "shell.keep_look" => look::keep(&desk, input),
        "shell.print" => shell::print(&window),
        "shell.choose_import" => jobs::choose_import(&desk, &window),
        "shell.run_import" => jobs::run_import(&desk, input, &progress),
        "shell.choose_folder" => export::choose_folder(&desk, &window),
        "shell.back_up" => backup::back_up(&desk, input, &progress),
        "shell.plan_backups" => backup::plan(&desk, input),
        "shell.prove_backup" => backup::prove(&desk, input, &progress),
        "shell.look_at_backup" => backup::look_at(&desk, input),
        "shell.restore" => backup::restore(&desk, input, &progress),
        "shell.export_log" => export::run(&desk, input, purpose, reason, &progress),
        "shell.opened_backup" => backup::opened(&desk),
        "shell.open_copy" => copy::open(&desk, input, &progress),
        "shell.close_copy" => copy::close(&desk),
        "shell.plan_downtime" => backup::plan_downtime(&desk, input),
        "shell.write_downtime" => backup::write_downtime(&desk, input, &progress),
        "shell.choose_records" => records::choose(&desk, &window),
        "shell.take_back" => records::take_back(&desk, input, &progress),
        "shell.save_accounting_letter" => letters::accounting(&desk, input),
        "shell.save_decision_letter" => letters::decision(&desk, input),
        "shell.save_agreement" => letters::agreement(&desk, input),
        call if day_sheets::CALLS.contains(&call) => day_sheets::save(&desk, call, input),
        "shell.support_text" => letters::support_text(&desk),
        "shell.save_support_text" => letters::save_support(&desk, input),
        "shell.save_log_report" => letters::report(&desk, input),
        "shell.save_monthly_seal" => letters::seal(&desk, input),
        "shell.export_records" => records::export(&desk, input, purpose, reason),
        "shell.deidentify" => records::deidentify(&desk, input, &progress),
        "shell.decommission" => decommission::run(&desk, input, reason, &progress),
        "shell.reseal" => jobs::reseal(&desk, &progress),
        "shell.export_population" => records::export_all(&desk, input, purpose, reason, &progress),
        "shell.verify_log" => jobs::verify_log(&desk, &progress),
        "shell.cancel" => jobs::cancel(&desk, input),
        _ => desk.call(operation, input, purpose, reason),
    });
    answer.await.unwrap_or_else(|_| Err(fault("the call ended in a defect")))
}

/// Operations of the practice are refused by its own door where they would change the copy.
fn is_answered_in_a_copy(operation: &str) -> bool {
    !operation.starts_with("shell.") || IN_A_COPY.contains(&operation)
}

fn read_only() -> Failure {
    let Code { code, remedy } = READ_ONLY;
    Failure::Refused { code: code.to_owned(), field: None, remedy: remedy.to_owned() }
}

/// Makes a fault of the shell's own; the chain goes to the local log, the person gets the reference.
pub(crate) fn fault(chain: impl Into<String>) -> Failure {
    let fault = Fault::because(chain);
    tell(&fault);
    Failure::Fault { reference: fault.reference }
}

fn tell(fault: &Fault) {
    use std::io::Write;
    // There is nowhere else to say it when standard error is closed, and the person has the reference anyway.
    let _ = writeln!(std::io::stderr(), "Keepwell fault {}: {}", fault.reference, fault.chain);
}

#[cfg(test)]
mod tests {
    use super::{IN_A_COPY, is_answered_in_a_copy};

    /// Whatever the screens can ask of the shell is either in the list or refused, and nothing in it writes a file.
    #[test]
    fn in_a_copy_the_shell_writes_nothing() {
        let calls = keepwell_practice::typescript();
        let calls: Vec<&str> =
            calls.split('"').filter(|name| name.starts_with("shell.") && !name.contains(' ')).collect();
        let (answered, refused): (Vec<&str>, Vec<&str>) =
            calls.into_iter().partition(|call| is_answered_in_a_copy(call));
        assert!(IN_A_COPY.iter().all(|call| answered.contains(call)), "the list names a call that there is not");
        for writes in
            ["save_", "export_", "write_", "back_up", "plan_", "deidentify", "decommission", "restore", "take_back"]
        {
            let of_it = format!("shell.{writes}");
            assert!(refused.iter().any(|call| call.starts_with(&of_it)), "{of_it}");
            assert!(!answered.iter().any(|call| call.starts_with(&of_it)), "{of_it}");
        }
        assert!(is_answered_in_a_copy("patients.search"), "the door of the copy answers that itself");
    }
}
