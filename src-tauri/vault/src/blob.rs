//! A record's reference to large content that lies beside it in chunks.

use crate::VaultError;
use keepwell_kernel::Compartment;
use serde::{Deserialize, Serialize};

/// Where large content lies and what it must be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlobRef {
    pub(crate) compartment: u8,
    pub(crate) id: [u8; 16],
    pub(crate) chunks: u32,
    pub(crate) bytes: u64,
    pub(crate) hash: [u8; 32],
}

impl BlobRef {
    pub(crate) fn compartment(&self) -> Result<Compartment, VaultError> {
        Compartment::from_number(self.compartment).ok_or(VaultError::Contradiction("content in no compartment"))
    }
}
