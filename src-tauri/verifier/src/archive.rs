//! ZIP files, read strictly: what two programs could read in two ways is refused (FORMAT.md section 3).

use crate::source::{MOST_FILES, Unreadable, cannot, is_path};
use flate2::Crc;
use flate2::read::DeflateDecoder;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Cursor, Error, Read, Seek, SeekFrom, Take};
use std::path::{Path, PathBuf};

const LOCAL: &[u8] = b"PK\x03\x04";
const CENTRAL: &[u8] = b"PK\x01\x02";
const END: &[u8] = b"PK\x05\x06";
const LOCAL_LENGTH: u64 = 30;
const CENTRAL_LENGTH: usize = 46;
const END_LENGTH: usize = 22;
/// Flags of encrypted members: by the old way, by the strong way, and with hidden headers.
const ENCRYPTED: u16 = 1 | 1 << 6 | 1 << 13;
const MOST_UNPACKED: u64 = 8 << 30;
const MOST_TIMES: u64 = 200;
const MOST_DIRECTORY: u64 = 16 << 20;

/// A ZIP file whose directory was read and found sound.
#[derive(Debug)]
pub(crate) struct Archive {
    store: Store,
    members: BTreeMap<String, Member>,
}

#[derive(Debug)]
enum Store {
    File(PathBuf),
    Bytes(Vec<u8>),
}

trait Seeking: Read + Seek {}
impl<T: Read + Seek> Seeking for T {}

#[derive(Debug, Clone)]
struct Member {
    header: u64,
    start: u64,
    packed: u64,
    size: u64,
    crc: u32,
    deflated: bool,
}

impl Archive {
    /// Reads the directory of a ZIP file.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub(crate) fn of_file(path: &Path) -> Result<Self, Unreadable> {
        Self::of(Store::File(path.to_path_buf()))
    }

    /// Reads the directory of a ZIP file in memory.
    ///
    /// # Errors
    /// [`Unreadable`].
    pub(crate) fn of_bytes(bytes: Vec<u8>) -> Result<Self, Unreadable> {
        Self::of(Store::Bytes(bytes))
    }

    fn of(store: Store) -> Result<Self, Unreadable> {
        let mut archive = Self { store, members: BTreeMap::new() };
        let directory = archive.directory().map_err(refused)?;
        archive.members = directory;
        Ok(archive)
    }

    /// Returns the paths of the members.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        self.members.keys().map(String::as_str)
    }

    /// Returns a reader of a member, which fails when the member does not hold what the directory says; or of nothing.
    pub(crate) fn reader(&self, path: &str) -> io::Result<Box<dyn Read + '_>> {
        let Some(member) = self.members.get(path) else { return Ok(Box::new(io::empty())) };
        let mut file = self.store.open()?;
        file.seek(SeekFrom::Start(member.start))?;
        let packed = file.take(member.packed);
        let body = if member.deflated { Body::Deflated(DeflateDecoder::new(packed)) } else { Body::Stored(packed) };
        Ok(Box::new(Unpacking { body, member: member.clone(), crc: Crc::new() }))
    }

    fn directory(&self) -> io::Result<BTreeMap<String, Member>> {
        let mut file = self.store.open()?;
        let length = file.seek(SeekFrom::End(0))?;
        let tail = length.checked_sub(END_LENGTH as u64).ok_or_else(|| wrong("it is too short"))?;
        let end = read_at(&mut file, tail, END_LENGTH)?;
        let end = Bytes(&end);
        if !end.0.starts_with(END) || end.two(20)? != 0 {
            return Err(wrong("it does not end with a plain end record"));
        }
        let (count, size, start) = (end.two(10)?, end.four(12)?, end.four(16)?);
        if end.two(4)? != 0 || end.two(6)? != 0 || end.two(8)? != count || count == u16::MAX {
            return Err(wrong("it is in several parts or in the ZIP64 form; hand over the folder instead"));
        }
        if start.checked_add(size) != Some(tail) || size > MOST_DIRECTORY || usize::from(count) > MOST_FILES {
            return Err(wrong("its directory is not where it must be, or too long"));
        }
        let directory = read_at(&mut file, start, usize::try_from(size).map_err(Error::other)?)?;
        let mut listed = Vec::new();
        let mut rest = directory.as_slice();
        for _ in 0..count {
            let (name, member, after) = central(rest)?;
            listed.push((name, member));
            rest = after;
        }
        if !rest.is_empty() {
            return Err(wrong("its directory has more than it counts"));
        }
        sound(&mut file, listed, start, length)
    }
}

impl Store {
    fn open(&self) -> io::Result<Box<dyn Seeking + '_>> {
        Ok(match self {
            Self::File(path) => Box::new(File::open(path)?),
            Self::Bytes(bytes) => Box::new(Cursor::new(bytes.as_slice())),
        })
    }
}

/// Reads one member of the directory.
fn central(bytes: &[u8]) -> io::Result<(String, Member, &[u8])> {
    let fixed = Bytes(bytes);
    if !bytes.starts_with(CENTRAL) {
        return Err(wrong("its directory is damaged"));
    }
    if fixed.two(8)? & ENCRYPTED != 0 {
        return Err(wrong("a member is encrypted by ZIP; only age is used for bundles"));
    }
    let deflated = match fixed.two(10)? {
        0 => false,
        8 => true,
        method => return Err(wrong(&format!("a member is packed by method {method}; only 0 and 8 are read"))),
    };
    let name_length = usize::from(fixed.two(28)?);
    let length = CENTRAL_LENGTH + name_length + usize::from(fixed.two(30)?) + usize::from(fixed.two(32)?);
    let (all, rest) = bytes.split_at_checked(length).ok_or_else(|| wrong("its directory is cut short"))?;
    let name = all.get(CENTRAL_LENGTH..CENTRAL_LENGTH + name_length).unwrap_or(&[]);
    let name = String::from_utf8_lossy(name).into_owned();
    let (packed, size, header) = (fixed.four(20)?, fixed.four(24)?, fixed.four(42)?);
    if [packed, size, header].contains(&u64::from(u32::MAX)) || fixed.two(34)? != 0 {
        return Err(wrong("it is in several parts or in the ZIP64 form; hand over the folder instead"));
    }
    if !deflated && packed != size {
        return Err(wrong("a member lies about its size"));
    }
    let crc = u32::try_from(fixed.four(16)?).map_err(Error::other)?;
    Ok((name, Member { header, start: 0, packed, size, crc, deflated }, rest))
}

/// Holds the members to the rules: names, places, sizes.
fn sound(
    file: &mut dyn Seeking,
    mut listed: Vec<(String, Member)>,
    directory: u64,
    length: u64,
) -> io::Result<BTreeMap<String, Member>> {
    let mut names = BTreeSet::new();
    let (mut unpacked, mut free) = (0_u64, 0_u64);
    listed.sort_by_key(|(_, member)| member.header);
    let mut members = BTreeMap::new();
    for (name, mut member) in listed {
        let folder = name.strip_suffix('/');
        let known = format!("{name:?}");
        if !is_path(folder.unwrap_or(&name)) {
            return Err(wrong(&format!("the name {known} is none that a bundle has, or leads out of it")));
        }
        if !names.insert(folder.unwrap_or(&name).to_ascii_lowercase()) {
            return Err(wrong(&format!("{known} stands in it twice")));
        }
        if folder.is_some() && member.size != 0 {
            return Err(wrong(&format!("the folder {known} has a content")));
        }
        let first = free == 0;
        if member.header < free || (first && member.header != 0) {
            return Err(wrong("something stands before its members, or they overlap"));
        }
        member.start = data_start(file, &name, &member)?;
        free = member.start + member.packed;
        if free > directory {
            return Err(wrong("a member overlaps the directory"));
        }
        unpacked += member.size;
        if folder.is_none() {
            members.insert(name, member);
        }
    }
    if unpacked > MOST_UNPACKED.min(length.saturating_mul(MOST_TIMES) + (1 << 20)) {
        return Err(wrong("it unpacks to far more than a bundle does"));
    }
    Ok(members)
}

/// Returns where a member's bytes begin, after its own header, which must agree with the directory.
fn data_start(file: &mut dyn Seeking, name: &str, member: &Member) -> io::Result<u64> {
    let header = read_at(file, member.header, LOCAL_LENGTH as usize)?;
    let fixed = Bytes(&header);
    let named = read_at(file, member.header + LOCAL_LENGTH, usize::from(fixed.two(26)?))?;
    let method = if member.deflated { 8 } else { 0 };
    if !header.starts_with(LOCAL) || named != name.as_bytes() || fixed.two(8)? != method {
        return Err(wrong(&format!("{name:?} is one thing in the directory and another in its place")));
    }
    Ok(member.header + LOCAL_LENGTH + u64::from(fixed.two(26)?) + u64::from(fixed.two(28)?))
}

/// A member's bytes on their way out of the ZIP file.
struct Unpacking<R> {
    body: Body<R>,
    member: Member,
    crc: Crc,
}

enum Body<R> {
    Stored(Take<R>),
    Deflated(DeflateDecoder<Take<R>>),
}

impl<R: Read> Read for Unpacking<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let (read, used) = match &mut self.body {
            Body::Stored(packed) => {
                let read = packed.read(into)?;
                (read, self.member.packed - packed.limit())
            }
            Body::Deflated(decoder) => (decoder.read(into)?, decoder.total_in()),
        };
        self.crc.update(into.get(..read).unwrap_or(&[]));
        let so_far = self.crc_length();
        let ended = read == 0 && !into.is_empty();
        let whole = so_far == self.member.size && used == self.member.packed && self.crc.sum() == self.member.crc;
        if so_far > self.member.size || (ended && !whole) {
            return Err(wrong("a member does not hold what the directory says"));
        }
        Ok(read)
    }
}

impl<R> Unpacking<R> {
    /// Members have less than 4 GiB (there is no ZIP64), and reading ends at the first byte too many, so that the count of
    /// the CRC, which is one of 32 bits, cannot come round.
    fn crc_length(&self) -> u64 {
        u64::from(self.crc.amount())
    }
}

/// Numbers in the bytes of a record, least byte first.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn two(&self, at: usize) -> io::Result<u16> {
        let bytes = self.0.get(at..).and_then(|rest| rest.first_chunk::<2>());
        bytes.map(|bytes| u16::from_le_bytes(*bytes)).ok_or_else(|| wrong("it is cut short"))
    }

    fn four(&self, at: usize) -> io::Result<u64> {
        let bytes = self.0.get(at..).and_then(|rest| rest.first_chunk::<4>());
        bytes.map(|bytes| u64::from(u32::from_le_bytes(*bytes))).ok_or_else(|| wrong("it is cut short"))
    }
}

fn read_at(file: &mut dyn Seeking, at: u64, length: usize) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(at))?;
    let mut bytes = Vec::new();
    file.take(length as u64).read_to_end(&mut bytes)?;
    if bytes.len() == length { Ok(bytes) } else { Err(wrong("it is cut short")) }
}

fn wrong(words: &str) -> Error {
    Error::new(io::ErrorKind::InvalidData, words.to_owned())
}

fn refused(error: Error) -> Unreadable {
    if error.kind() == io::ErrorKind::InvalidData {
        Unreadable(format!("The ZIP file is refused: {error}."))
    } else {
        cannot("read", "The ZIP file", &error)
    }
}
