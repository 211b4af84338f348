//! The product's own ciphers with everything given, so that published answers can be held against them. For tests.

use crate::{Key, SealError, Suite, seal};
use ring::aead::Aad;
use zeroize::Zeroizing;

/// Seals with a given nonce, and with associated data that stands alone instead of behind a value's head.
///
/// # Errors
/// [`SealError`].
pub fn seal_bare(suite: Suite, key: &Key, nonce: &[u8; 24], aad: &[u8], plain: &[u8]) -> Result<Vec<u8>, SealError> {
    let (cipher, nonce) = suite.cipher(key, nonce)?;
    let mut body = plain.to_vec();
    cipher.seal_in_place_append_tag(nonce, Aad::from(aad), &mut body).map_err(|_| SealError::Broken)?;
    Ok(body)
}

/// Opens what [`seal_bare`] seals.
///
/// # Errors
/// [`SealError::Broken`].
pub fn open_bare(suite: Suite, key: &Key, nonce: &[u8; 24], aad: &[u8], sealed: &[u8]) -> Result<Vec<u8>, SealError> {
    let (cipher, nonce) = suite.cipher(key, nonce)?;
    let mut body = sealed.to_vec();
    let length = cipher.open_in_place(nonce, Aad::from(aad), &mut body).map_err(|_| SealError::Broken)?.len();
    body.truncate(length);
    Ok(body)
}

/// Opens a sealed value as the store does, when it is of the stated epoch.
///
/// # Errors
/// [`SealError`].
pub fn open_value(key: &Key, epoch: u32, bound: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
    seal::open(|asked| (asked == epoch).then_some(key), bound, sealed)
}
