//! A store's file, with patches put over it and cut: the whole way from the disk to the sweep.

use crate::{number, take};
use keepwell_kernel::Compartment;
use keepwell_vault::engine::{FileEngine, Verdict};
use keepwell_vault::{Key, MemoryKeychain, Suite, Vault, VaultError};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

struct Made {
    folder: tempfile::TempDir,
    content: Vec<u8>,
    keychain: MemoryKeychain,
}

const RECOVERY: [u8; 32] = [0x5a; 32];

static MADE: LazyLock<Made> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let (path, keychain) = (folder.path().join("store"), MemoryKeychain::default());
    let engine = Box::new(FileEngine::create(&path).unwrap());
    let suite = Suite::XChaCha20Poly1305;
    let (vault, keys) = Vault::create(engine, Arc::new(keychain.clone()), suite, &Key::from_bytes(RECOVERY)).unwrap();
    FileEngine::keep(&path).unwrap();
    for length in [10, 3000, 90_000] {
        let put = |tx: &mut keepwell_vault::Writing<'_>| {
            tx.put_blob(Compartment::Clinical, &vec![7; length])?;
            Ok::<_, VaultError>((Verdict::Commit, ()))
        };
        vault.write(&keys, &mut { put }).unwrap();
    }
    drop(vault);
    let content = std::fs::read(&path).unwrap();
    Made { folder, content, keychain }
});

/// Opens the file and sweeps; says whether it agrees.
fn opened(path: &Path) -> Result<bool, VaultError> {
    let vault = Vault::open(Box::new(FileEngine::open(path)?), Arc::new(MADE.keychain.clone()))?;
    let keys = vault.recover(&Key::from_bytes(RECOVERY))?;
    Ok(vault.sweep(&keys, &mut |_| true)?.is_some_and(|sweep| sweep.digest_agrees))
}

/// Patches are: where (three bytes), how many bytes, and the bytes. A patch of no bytes cuts the file there.
pub fn store_file(data: &[u8]) {
    let (mut content, mut rest) = (MADE.content.clone(), data);
    let mut pages = 0;
    while !rest.is_empty() && pages < 64 {
        let at = (number(&mut rest) << 8 | usize::from(take(&mut rest, 1).first().copied().unwrap_or(0)))
            % (content.len() + 1);
        let length = usize::from(take(&mut rest, 1).first().copied().unwrap_or(0));
        let patch = take(&mut rest, length);
        match content.get_mut(at..) {
            Some(behind) if length > 0 => behind.iter_mut().zip(patch).for_each(|(to, from)| *to = *from),
            _ => content.truncate(at),
        }
        pages += 1;
    }
    let path: PathBuf = MADE.folder.path().join(format!("{:?}", std::thread::current().id()));
    std::fs::write(&path, &content).unwrap();
    match opened(&path) {
        Ok(agrees) => assert!(agrees, "a damaged file was opened, and its rows do not add up"),
        Err(error) => assert!(content != MADE.content, "the honest file was refused: {error}"),
    }
}
