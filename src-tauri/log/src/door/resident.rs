//! What a session keeps in memory beside the store: indexes that are built after unlocking and wiped at lock.

use keepwell_vault::{Reading, VaultError};
use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// Something built from the store and kept while a session lasts. It wipes itself when dropped.
pub trait Resident: Any + Send {
    /// Builds it from what the session may read.
    ///
    /// # Errors
    /// [`VaultError`].
    fn build(reading: &Reading<'_>) -> Result<Self, VaultError>
    where
        Self: Sized;
}

/// Everything that is resident in a session.
#[derive(Default)]
pub struct Residents(HashMap<TypeId, Box<dyn Any + Send>>);

impl Residents {
    /// Looks at one, building it at the first look.
    ///
    /// # Errors
    /// [`VaultError`] from the building.
    pub fn with<T: Resident, A>(
        &mut self,
        reading: &Reading<'_>,
        look: impl FnOnce(&mut T) -> A,
    ) -> Result<A, VaultError> {
        let held = match self.0.entry(TypeId::of::<T>()) {
            Entry::Occupied(held) => held.into_mut(),
            Entry::Vacant(place) => place.insert(Box::new(T::build(reading)?)),
        };
        let held = held.downcast_mut::<T>();
        held.map(look).ok_or(VaultError::Contradiction("a resident of another type"))
    }

    /// Keeps one that was not built from the store.
    pub fn keep<T: Resident>(&mut self, resident: T) {
        self.0.insert(TypeId::of::<T>(), Box::new(resident));
    }

    /// Brings one up to date after a commit, if it is there at all.
    pub fn update<T: Resident>(&mut self, change: impl FnOnce(&mut T)) {
        if let Some(held) = self.0.get_mut(&TypeId::of::<T>()).and_then(|held| held.downcast_mut::<T>()) {
            change(held);
        }
    }
}
