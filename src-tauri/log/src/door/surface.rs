//! The list of everything that can be done, written out so that a reviewer reads it on one page.

use super::context::{ReadCx, WriteCx};
use super::gate::GateCx;
use keepwell_kernel::{Code, Error, Kind, Operation, Permission, Purpose, Role};
use serde_json::Value;
use std::collections::BTreeMap;
use ts_rs::{Config, TS, TypeVisitor};

/// An operation that changes records.
pub trait Command: Operation {
    /// Guards first, each returning a named refusal; then one change; then the answer.
    ///
    /// # Errors
    /// [`Error`]; a refusal undoes the change.
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<Self::Output, Error>;
}

/// An operation that looks at records.
pub trait Query: Operation {
    /// Looks and answers; its entry is committed before the answer is shown.
    ///
    /// # Errors
    /// [`Error`].
    fn run(self, cx: &ReadCx<'_>) -> Result<Self::Output, Error>;
}

/// An operation of somebody who is not signed in, or who ends a session.
pub trait Entrance: Operation {
    /// Proves who somebody is. What it wrote is kept even when it refuses, because a forgotten failure would make
    /// guessing free.
    ///
    /// # Errors
    /// [`Error`].
    fn run(self, cx: &mut GateCx<'_, '_>) -> Result<Self::Output, Error>;

    /// Returns the recovery key that the request brings, for a machine whose keychain has lost the device key.
    ///
    /// # Errors
    /// A refusal when the key cannot be read.
    fn recovery_key(&self) -> Result<Option<keepwell_vault::Key>, Error> {
        Ok(None)
    }
}

/// An operation that makes the practice: there is no store yet, so there is no log to refuse into either.
pub trait Founding: Operation {
    /// Checks everything that can be refused and returns the cipher, before anything exists.
    ///
    /// # Errors
    /// [`Error`].
    fn check(&self, now: keepwell_kernel::Instant) -> Result<keepwell_vault::Suite, Error>;

    /// Fills the new store, with every key at hand. If this fails, the store is discarded.
    ///
    /// # Errors
    /// [`Error`].
    fn found(self, cx: &mut GateCx<'_, '_>, recovery: &keepwell_vault::Key) -> Result<Self::Output, Error>;
}

/// The request does not have the operation's form.
pub const MALFORMED: Code =
    Code::new("door.malformed", "The request does not have the expected form. Check the named field.");
/// There is no such operation.
pub const UNKNOWN: Code =
    Code::new("door.unknown_operation", "There is no such operation. `keepwell-cli surface` lists them all.");
/// The purpose does not fit the operation.
pub const PURPOSE: Code =
    Code::new("door.purpose", "This cannot be done for that purpose. Choose one of the purposes it is meant for.");
/// An emergency without a reason.
pub const REASON_NEEDED: Code =
    Code::new("door.reason_needed", "Emergency access needs a reason. Say why; it is recorded.");
/// A reason stands in the log's entry, which has room for so many characters.
pub const REASON_MAX: usize = 2_000;
/// The reason is longer than that.
pub const REASON_TOO_LONG: Code =
    Code::new("door.reason_too_long", "The reason is too long. Say it in at most 2,000 characters.");
/// The recovery key is another practice's, or an older kit's.
pub const WRONG_RECOVERY_KEY: Code = Code::new(
    "door.wrong_recovery_key",
    "This recovery key does not open this practice. Check that it is the newest kit.",
);
/// The store may not be written.
pub const READ_ONLY: Code = Code::new(
    "door.read_only",
    "The practice is open for reading the log only, because its file does not fit what this computer remembers. Nothing can be changed.",
);

/// How an operation is run once the door has let it in.
#[derive(Clone, Copy)]
pub(super) enum Run {
    Query(fn(&Value, &ReadCx<'_>) -> Result<Value, Error>),
    Command(fn(&Value, &mut WriteCx<'_, '_>) -> Result<Value, Error>),
    Entrance(fn(&Value, &mut GateCx<'_, '_>) -> Result<Value, Error>, Recovery),
    Founding(Check, Found),
}

pub(super) type Recovery = fn(&Value) -> Result<Option<keepwell_vault::Key>, Error>;
pub(super) type Check = fn(&Value, keepwell_kernel::Instant) -> Result<keepwell_vault::Suite, Error>;
pub(super) type Found = fn(&Value, &mut GateCx<'_, '_>, &keepwell_vault::Key) -> Result<Value, Error>;

/// One line of the surface.
#[derive(Clone, Copy)]
pub struct Entry {
    /// `feature.verb`.
    pub name: &'static str,
    /// Command, query or entrance.
    pub kind: Kind,
    /// What the person must hold.
    pub permission: Permission,
    /// What it may be done for.
    pub purposes: &'static [Purpose],
    pub(super) run: Run,
    types: fn(&Config, &mut Declarations) -> (String, String),
}

impl Entry {
    /// Lists a command.
    #[must_use]
    pub const fn command<C: Command>() -> Self {
        Self {
            name: C::NAME,
            kind: Kind::Command,
            permission: C::PERMISSION,
            purposes: C::PURPOSES,
            run: Run::Command(|input, cx| encode(&decode::<C>(input)?.run(cx)?)),
            types: types_of::<C>,
        }
    }

    /// Lists a query.
    #[must_use]
    pub const fn query<Q: Query>() -> Self {
        Self {
            name: Q::NAME,
            kind: Kind::Query,
            permission: Q::PERMISSION,
            purposes: Q::PURPOSES,
            run: Run::Query(|input, cx| encode(&decode::<Q>(input)?.run(cx)?)),
            types: types_of::<Q>,
        }
    }

    /// Lists an entrance.
    #[must_use]
    pub const fn entrance<E: Entrance>() -> Self {
        Self {
            name: E::NAME,
            kind: Kind::Entrance,
            permission: E::PERMISSION,
            purposes: E::PURPOSES,
            run: Run::Entrance(
                |input, cx| encode(&decode::<E>(input)?.run(cx)?),
                |input| decode::<E>(input)?.recovery_key(),
            ),
            types: types_of::<E>,
        }
    }

    /// Lists the operation that makes the practice.
    #[must_use]
    pub const fn founding<F: Founding>() -> Self {
        Self {
            name: F::NAME,
            kind: Kind::Entrance,
            permission: F::PERMISSION,
            purposes: F::PURPOSES,
            run: Run::Founding(
                |input, now| decode::<F>(input)?.check(now),
                |input, cx, recovery| encode(&decode::<F>(input)?.found(cx, recovery)?),
            ),
            types: types_of::<F>,
        }
    }

    /// Adds the TypeScript declarations this operation needs and returns the names of its input and output.
    pub fn declare(&self, into: &mut Declarations) -> (String, String) {
        (self.types)(&Config::new().with_large_int("number"), into)
    }
}

/// Decodes a request, naming the field that is at fault.
fn decode<O: Operation>(input: &Value) -> Result<O, Error> {
    serde_path_to_error::deserialize(input).map_err(|error| {
        let path = error.path().to_string();
        let field = if path == "." { missing_field(&error.into_inner().to_string()) } else { Some(path) };
        field.map_or_else(|| MALFORMED.into(), |field| MALFORMED.at(field).into())
    })
}

/// Finds the field's name in serde's sentence about a missing one; the sentence itself is never shown.
fn missing_field(sentence: &str) -> Option<String> {
    sentence.strip_prefix("missing field `")?.split('`').next().map(str::to_owned)
}

fn encode<T: serde::Serialize>(output: &T) -> Result<Value, Error> {
    serde_json::to_value(output).map_err(|error| keepwell_kernel::Fault::from_error(&error).into())
}

/// TypeScript declarations by name.
pub type Declarations = BTreeMap<String, String>;

struct Collect<'c> {
    config: &'c Config,
    into: &'c mut Declarations,
}

impl TypeVisitor for Collect<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if T::output_path().is_none() || self.into.contains_key(&T::ident(self.config)) {
            return;
        }
        self.into.insert(T::ident(self.config), T::decl(self.config));
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

fn types_of<O: Operation>(config: &Config, into: &mut Declarations) -> (String, String) {
    let mut collect = Collect { config, into };
    collect.visit::<O>();
    collect.visit::<O::Output>();
    // Containers such as Vec and Option declare nothing themselves but hold types that do.
    O::Output::visit_dependencies(&mut collect);
    O::Output::visit_generics(&mut collect);
    (O::name(config), O::Output::name(config))
}

/// Returns the names of the operations that roles may call.
pub(super) fn operations_of(surface: &[Entry], roles: &[Role]) -> Vec<&'static str> {
    let may = |entry: &&Entry| {
        entry.permission == Permission::Anyone
            || roles.iter().any(|role| role.holds(entry.permission) && purpose_for(entry, *role, None).is_some())
    };
    surface.iter().filter(may).map(|entry| entry.name).collect()
}

/// Returns the stated purpose if operation and role allow it, or the first that both do.
pub(super) fn purpose_for(entry: &Entry, role: Role, stated: Option<Purpose>) -> Option<Purpose> {
    let fits = |purpose: &Purpose| entry.purposes.contains(purpose) && role.purposes().contains(purpose);
    match stated {
        Some(purpose) => Some(purpose).filter(fits),
        None => entry.purposes.iter().copied().find(fits),
    }
}
