//! The sealed file of a backup: rows, packed by zstd, in an age envelope, padded. What it is made of stands in
//! `BACKUP.md`, so that somebody without this program can open one with the recovery key and the standard tools.

use age::x25519::{Identity, Recipient};
use bech32::{Bech32, Hrp};
use keepwell_vault::engine::{KEY_BYTES_MAX, Row, VALUE_BYTES_MAX};
use keepwell_vault::{Key, PublicKey};
use sha2::{Digest as _, Sha256};
use std::io::{self, BufReader, Read, Write};
use std::iter;
use zeroize::Zeroizing;

/// What the packed content begins with.
const BEGINNING: &[u8] = b"keepwell/backup/1\n";
/// Sealed values do not pack; their keys do, and the quickest level is enough for those.
const LEVEL: i32 = 1;
/// A frame that every zstd passes over (RFC 8878, section 3.1.2).
const SKIPPABLE: [u8; 4] = 0x184D_2A50_u32.to_le_bytes();
const SKIPPABLE_HEAD: u64 = 8;

/// Why a sealed file cannot be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ContainerError {
    /// The key opens another envelope than this one.
    #[error("the key does not open this file")]
    OtherKey,
    /// It is no envelope, or what is in it is not what we write.
    #[error("the file is not a backup")]
    Foreign,
    /// It is damaged or cut.
    #[error("the file is damaged or cut")]
    Damaged(#[source] io::Error),
    /// The store does not take a row.
    #[error(transparent)]
    Store(#[from] keepwell_vault::VaultError),
}

impl From<io::Error> for ContainerError {
    fn from(error: io::Error) -> Self {
        Self::Damaged(error)
    }
}

/// Names a public key as age does.
///
/// # Errors
/// When the library cannot write it.
pub(crate) fn recipient(key: PublicKey) -> io::Result<Recipient> {
    let text = Hrp::parse("age").ok().and_then(|prefix| bech32::encode::<Bech32>(prefix, &key.0).ok());
    text.and_then(|text| text.parse().ok()).ok_or_else(|| io::Error::other("a public key cannot be written as age's"))
}

/// Names a private key as age does.
fn identity(key: &Key) -> Option<Identity> {
    let text = Zeroizing::new(bech32::encode::<Bech32>(Hrp::parse("age-secret-key-").ok()?, key.bytes()).ok()?);
    text.parse().ok()
}

/// A file that is counted and hashed while it is written.
struct Measured<W> {
    out: W,
    bytes: u64,
    hash: Sha256,
}

impl<W> Measured<W> {
    fn of(out: W) -> Self {
        Self { out, bytes: 0, hash: Sha256::new() }
    }
}

impl<W: Write> Write for Measured<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.hash.update(bytes.get(..written).unwrap_or(bytes));
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// What a sealed file turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) rows: u64,
    pub(crate) bytes: u64,
    pub(crate) sha256: String,
}

/// A sealed file that is being written.
pub(crate) struct Writer<W: Write> {
    packing: zstd::Encoder<'static, Measured<age::stream::StreamWriter<Measured<W>>>>,
    rows: u64,
}

impl<W: Write> Writer<W> {
    /// Begins a file that each of the recipients can open.
    pub(crate) fn begin(out: W, recipients: &[Recipient]) -> io::Result<Self> {
        let recipients = recipients.iter().map(|one| one as &dyn age::Recipient);
        let envelope = age::Encryptor::with_recipients(recipients).map_err(io::Error::other)?;
        let envelope = Measured::of(envelope.wrap_output(Measured::of(out))?);
        let mut packing = zstd::Encoder::new(envelope, LEVEL)?;
        packing.include_checksum(true)?;
        packing.write_all(BEGINNING)?;
        Ok(Self { packing, rows: 0 })
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, key: &[u8], value: &[u8]) -> io::Result<()> {
        let too_long = |_| io::Error::other("a row beyond the engine's limits");
        self.packing.write_all(&u16::try_from(key.len()).map_err(too_long)?.to_be_bytes())?;
        self.packing.write_all(&u32::try_from(value.len()).map_err(too_long)?.to_be_bytes())?;
        self.packing.write_all(key)?;
        self.packing.write_all(value)?;
        self.rows += 1;
        Ok(())
    }

    /// Ends the file: how many rows there are, so that a cut one is seen, and padding, so that its length says little.
    pub(crate) fn end(mut self) -> io::Result<Written> {
        // No key is empty, so a key of no length ends the rows.
        self.packing.write_all(&0_u16.to_be_bytes())?;
        self.packing.write_all(&self.rows.to_be_bytes())?;
        let mut envelope = self.packing.finish()?;
        let padding = padded(envelope.bytes + SKIPPABLE_HEAD) - envelope.bytes - SKIPPABLE_HEAD;
        envelope.write_all(&SKIPPABLE)?;
        envelope.write_all(&u32::try_from(padding).map_err(io::Error::other)?.to_le_bytes())?;
        io::copy(&mut io::repeat(0).take(padding), &mut envelope)?;
        let mut file = envelope.out.finish()?;
        file.flush()?;
        Ok(Written { rows: self.rows, bytes: file.bytes, sha256: hex::encode(file.hash.finalize()) })
    }
}

/// Returns the length to which one is padded (PADMÉ, Nikitin and others 2019: at most an eighth more, and of the length
/// no more is told than the order of its order).
fn padded(length: u64) -> u64 {
    let order = u64::from(length.max(2).ilog2());
    let kept = u64::from(order.max(1).ilog2()) + 1;
    let mask = (1_u64 << order.saturating_sub(kept)) - 1;
    (length + mask) & !mask
}

/// A sealed file that is being read.
pub(crate) struct Reader<R: Read> {
    unpacking: zstd::Decoder<'static, BufReader<age::stream::StreamReader<R>>>,
    rows: u64,
}

impl<R: Read> Reader<R> {
    /// Opens a file with a private key.
    pub(crate) fn open(file: R, key: &Key) -> Result<Self, ContainerError> {
        let opened = age::Decryptor::new(file).map_err(|error| of_age(error, ContainerError::Foreign))?;
        let identity = identity(key).ok_or(ContainerError::OtherKey)?;
        let plain = opened.decrypt(iter::once(&identity as &dyn age::Identity));
        let plain = plain.map_err(|error| of_age(error, ContainerError::OtherKey))?;
        let mut unpacking = zstd::Decoder::new(plain)?;
        let mut beginning = [0; BEGINNING.len()];
        unpacking.read_exact(&mut beginning)?;
        if beginning != BEGINNING {
            return Err(ContainerError::Foreign);
        }
        Ok(Self { unpacking, rows: 0 })
    }

    /// Returns the next row, or nothing at the end. Lengths are held to the engine's limits before anything is made room
    /// for, so that a lie about them costs nothing.
    pub(crate) fn row(&mut self) -> Result<Option<Row>, ContainerError> {
        let key = usize::from(u16::from_be_bytes(self.bytes()?));
        if key == 0 {
            return self.end().map(|()| None);
        }
        let value = usize::try_from(u32::from_be_bytes(self.bytes()?)).unwrap_or(usize::MAX);
        if key > KEY_BYTES_MAX || value > VALUE_BYTES_MAX {
            return Err(ContainerError::Foreign);
        }
        let (mut key, mut value) = (vec![0; key], vec![0; value]);
        self.unpacking.read_exact(&mut key)?;
        self.unpacking.read_exact(&mut value)?;
        self.rows += 1;
        Ok(Some((key, value)))
    }

    /// Reads on behind the last row: the count, the packer's own checksum, the padding and the envelope's last seal.
    fn end(&mut self) -> Result<(), ContainerError> {
        let stated = u64::from_be_bytes(self.bytes()?);
        // Nothing comes any more only when everything was read, and one byte is enough to refuse what should not be there.
        let nothing_more = self.unpacking.read(&mut [0])? == 0;
        if nothing_more && stated == self.rows { Ok(()) } else { Err(ContainerError::Foreign) }
    }

    fn bytes<const N: usize>(&mut self) -> io::Result<[u8; N]> {
        let mut bytes = [0; N];
        self.unpacking.read_exact(&mut bytes)?;
        Ok(bytes)
    }
}

fn of_age(error: age::DecryptError, otherwise: ContainerError) -> ContainerError {
    match error {
        age::DecryptError::Io(error) => ContainerError::Damaged(error),
        age::DecryptError::InvalidMac => ContainerError::Damaged(io::Error::other("the envelope's head was changed")),
        _ => otherwise,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn sealed(rows: &[Row], keys: &[&Key]) -> (Vec<u8>, Written) {
        let recipients: Vec<_> = keys.iter().map(|key| recipient(PublicKey::of(key)).unwrap()).collect();
        let mut file = Vec::new();
        let mut writer = Writer::begin(&mut file, &recipients).unwrap();
        rows.iter().for_each(|(key, value)| writer.row(key, value).unwrap());
        let written = writer.end().unwrap();
        (file, written)
    }

    fn opened(file: &[u8], key: &Key) -> Result<Vec<Row>, ContainerError> {
        let mut reader = Reader::open(file, key)?;
        iter::from_fn(|| reader.row().transpose()).collect()
    }

    fn some_rows() -> Vec<Row> {
        (1..200_u16).map(|n| (n.to_be_bytes().to_vec(), vec![n.to_be_bytes()[1]; usize::from(n) * 40])).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn what_goes_in_comes_out(rows in prop::collection::vec((prop::collection::vec(any::<u8>(), 1..40),
                                                                 prop::collection::vec(any::<u8>(), 0..3000)), 0..60)) {
            let (one, two) = (Key::make().unwrap(), Key::make().unwrap());
            let (file, written) = sealed(&rows, &[&one, &two]);
            prop_assert_eq!((written.rows, written.bytes), (rows.len() as u64, file.len() as u64));
            prop_assert_eq!(written.sha256, hex::encode(Sha256::digest(&file)));
            prop_assert_eq!(&opened(&file, &one).unwrap(), &rows);
            prop_assert_eq!(&opened(&file, &two).unwrap(), &rows);
        }
    }

    #[test]
    fn another_key_and_another_file_are_told_apart() {
        let (file, _) = sealed(&some_rows(), &[&Key::make().unwrap()]);
        let other = Key::make().unwrap();
        assert!(matches!(opened(&file, &other), Err(ContainerError::OtherKey)));
        for foreign in [&b""[..], b"PK\x03\x04 a zip", &file[10..]] {
            let found = opened(foreign, &other);
            assert!(matches!(found, Err(ContainerError::Foreign | ContainerError::Damaged(_))), "{found:?}");
        }
    }

    #[test]
    fn no_byte_can_be_changed_and_no_end_be_cut() {
        let key = Key::make().unwrap();
        let (file, _) = sealed(&some_rows()[..20], &[&key]);
        for at in 0..file.len() {
            let mut bent = file.clone();
            bent[at] ^= 1;
            assert!(opened(&bent, &key).is_err(), "byte {at} of {}", file.len());
        }
        for length in (0..file.len()).step_by(7).chain([file.len() - 1]) {
            assert!(opened(&file[..length], &key).is_err(), "cut to {length} of {}", file.len());
        }
        assert!(opened(&[&file[..], b"x"].concat(), &key).is_err(), "something is behind it");
    }

    /// Whoever has the public key alone can seal anything at all: what it says of lengths and counts is not believed.
    #[test]
    fn lies_about_lengths_and_counts_are_refused() {
        let key = Key::make().unwrap();
        let said = |said: &[u8]| {
            let mut file = Vec::new();
            let recipient = recipient(PublicKey::of(&key)).unwrap();
            let envelope = age::Encryptor::with_recipients(iter::once(&recipient as &dyn age::Recipient)).unwrap();
            let mut envelope = envelope.wrap_output(&mut file).unwrap();
            envelope.write_all(&zstd::encode_all(said, 1).unwrap()).unwrap();
            envelope.finish().unwrap();
            opened(&file, &key)
        };
        let row = [&[0, 1, 0, 0, 0, 1][..], b"kv"].concat();
        let end = |rows: u64| [&[0, 0][..], &rows.to_be_bytes()].concat();
        assert_eq!(said(&[BEGINNING, &row, &end(1)].concat()).unwrap(), [(b"k".to_vec(), b"v".to_vec())]);
        for (what, lie) in [
            ("another beginning", [b"keepwell/backup/2\n", &row[..], &end(1)].concat()),
            ("a count too high", [BEGINNING, &row, &end(2)].concat()),
            ("something behind the end", [BEGINNING, &row, &end(1), b"more"].concat()),
            ("a key beyond the limit", [BEGINNING, &[0xff, 0xff, 0, 0, 0, 1]].concat()),
            ("a value beyond the limit", [BEGINNING, &[0, 1, 0xff, 0xff, 0xff, 0xff]].concat()),
            ("no end", [BEGINNING, &row].concat()),
        ] {
            assert!(said(&lie).is_err(), "{what}");
        }
        // Nothing but zeros packs to nothing: it is refused at its first row, and not unpacked to its end.
        assert!(said(&[BEGINNING, &vec![1; 1 << 20]].concat()).is_err(), "a bomb");
    }

    #[test]
    fn lengths_say_little() {
        for length in [1_u64, 9, 100, 4097, 1_000_000, 123_456_789_012] {
            let to = padded(length);
            assert!(to >= length && to <= length + length / 8 + 1, "{length} to {to}");
            assert_eq!(padded(to), to);
        }
        let lengths: BTreeSet<u64> = (1_000_000..1_100_000).map(padded).collect();
        assert!(lengths.len() < 8, "{lengths:?}");
    }
}
