//! Locks when the computer goes to sleep or the person locks their screen, where the system says so.
//!
//! On Linux logind says both. On Windows and macOS the idle lock is what there is so far; the README says so.

use crate::desk::Desk;
use std::sync::Arc;

/// Listens for as long as the program runs. A machine without logind keeps the idle lock.
#[cfg(target_os = "linux")]
pub(crate) fn watch(desk: &Arc<Desk>) {
    for signal in [("org.freedesktop.login1.Manager", "PrepareForSleep"), ("org.freedesktop.login1.Session", "Lock")] {
        let desk = Arc::clone(desk);
        std::thread::spawn(move || listen(&desk, signal));
    }
}

/// Other systems: see the module's words.
#[cfg(not(target_os = "linux"))]
pub(crate) fn watch(_: &Arc<Desk>) {}

#[cfg(target_os = "linux")]
fn listen(desk: &Desk, (interface, member): (&str, &str)) {
    use zbus::blocking::{Connection, MessageIterator};
    let Ok(bus) = Connection::system() else { return };
    let rule = zbus::MatchRule::builder().msg_type(zbus::message::Type::Signal).interface(interface);
    let Ok(rule) = rule.and_then(|rule| rule.sender("org.freedesktop.login1")).and_then(|rule| rule.member(member))
    else {
        return;
    };
    let Ok(signals) = MessageIterator::for_match_rule(rule.build(), &bus, None) else { return };
    // PrepareForSleep comes before sleep and after it; a lock at both is right, and locking twice does nothing.
    signals.filter_map(Result::ok).for_each(|_| desk.lock());
}
