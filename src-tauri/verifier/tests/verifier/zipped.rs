//! Bundles as ZIP files: read when two programs would read them alike, refused otherwise.

use crate::bundle::{Files, Practice, signing_key};
use crate::cases::{chosen, practice, redacted};
use crate::tampered::small;
use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};
use keepwell_verifier::{Ask, Source, Verdict, verify};
use std::io::Write as _;

/// A member of a ZIP file in the making.
#[derive(Clone)]
pub struct Member {
    pub name: String,
    packed: Vec<u8>,
    size: u32,
    crc: u32,
    method: u16,
    flags: u16,
    offset: Option<u32>,
}

pub fn member(name: &str, bytes: &[u8], deflate: bool) -> Member {
    let mut crc = Crc::new();
    crc.update(bytes);
    let packed = if deflate {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    } else {
        bytes.to_vec()
    };
    let (size, method) = (u32::try_from(bytes.len()).unwrap(), if deflate { 8 } else { 0 });
    Member { name: name.to_owned(), packed, size, crc: crc.sum(), method, flags: 0, offset: None }
}

pub fn members(files: &Files, deflate: bool) -> Vec<Member> {
    files.iter().map(|(path, bytes)| member(path, bytes, deflate)).collect()
}

/// Writes a ZIP file as PKWARE's APPNOTE describes it.
pub fn zip(members: &[Member]) -> Vec<u8> {
    let (mut file, mut directory) = (Vec::new(), Vec::new());
    for member in members {
        let offset = member.offset.unwrap_or(u32::try_from(file.len()).unwrap());
        let name = u16::try_from(member.name.len()).unwrap().to_le_bytes();
        let packed = u32::try_from(member.packed.len()).unwrap().to_le_bytes();
        let fixed = [
            &20_u16.to_le_bytes()[..],
            &member.flags.to_le_bytes(),
            &member.method.to_le_bytes(),
            &[0; 4],
            &member.crc.to_le_bytes(),
            &packed,
            &member.size.to_le_bytes(),
            &name,
            &[0; 2],
        ]
        .concat();
        directory.extend(
            [b"PK\x01\x02\x14\x00", &fixed[..], &[0; 10], &offset.to_le_bytes(), member.name.as_bytes()].concat(),
        );
        file.extend([b"PK\x03\x04", &fixed[..], member.name.as_bytes(), &member.packed].concat());
    }
    let (start, count) = (u32::try_from(file.len()).unwrap(), u16::try_from(members.len()).unwrap().to_le_bytes());
    let length = u32::try_from(directory.len()).unwrap();
    file.extend(directory);
    file.extend(
        [b"PK\x05\x06\0\0\0\0", &count[..], &count, &length.to_le_bytes(), &start.to_le_bytes(), &[0; 2]].concat(),
    );
    file
}

fn verdict(zip: Vec<u8>) -> Result<Verdict, String> {
    let source = Source::from_zip(zip).map_err(|error| error.to_string())?;
    verify(&source, &Ask::default()).map(|report| report.verdict).map_err(|error| error.to_string())
}

#[test]
fn stored_and_deflated_bundles_pass() {
    let files = practice().bundle(&chosen(), &redacted());
    for deflate in [false, true] {
        let mut members = members(&files, deflate);
        members.insert(0, member("log/", b"", false));
        assert_eq!(verdict(zip(&members)), Ok(Verdict::Pass));
        members.reverse();
        assert_eq!(verdict(zip(&members)), Ok(Verdict::Pass), "members may stand in any order");
        members.push(member("extra.txt", b"x", deflate));
        assert_eq!(verdict(zip(&members)), Ok(Verdict::Fail));
    }
}

#[test]
fn what_could_be_read_in_two_ways_is_refused() {
    type Spoil = fn(&mut Vec<Member>);
    let cases: [(&str, &str, Spoil); 16] = [
        ("escape", "leads out", |m| m.push(member("../x", b"x", false))),
        ("absolute", "leads out", |m| m.push(member("/x", b"x", false))),
        ("backslash", "leads out", |m| m.push(member("log\\x", b"x", false))),
        ("empty name", "leads out", |m| m.push(member("", b"x", false))),
        ("twice", "twice", |m| m.push(m[0].clone())),
        ("twice but for case", "twice", |m| m.push(member("README.TXT", b"x", false))),
        ("folder and file", "twice", |m| m.push(member("README.txt/", b"", false))),
        ("folder with content", "has a content", |m| m.push(member("folder/", b"x", false))),
        ("encrypted", "encrypted", |m| m[0].flags = 1),
        ("strongly encrypted", "encrypted", |m| m[0].flags = 64),
        ("another method", "method 12", |m| m[0].method = 12),
        ("a lie about a stored size", "lies about its size", |m| m[0].size += 1),
        ("a lie about a size", "does not hold", |m| {
            m[3] = Member { size: m[3].size - 1, ..member(&m[3].name.clone(), &m[3].packed.clone(), true) }
        }),
        ("a wrong check", "does not hold", |m| m.iter_mut().for_each(|m| m.crc ^= 1)),
        ("an overlap", "overlap", |m| m[1].offset = Some(0)),
        ("a hole at the start", "stands before", |m| m[0].offset = Some(1)),
    ];
    for (name, words, spoil) in cases {
        let mut members = members(&small(), false);
        spoil(&mut members);
        let said = verdict(zip(&members));
        assert!(said.as_ref().is_err_and(|said| said.contains(words)), "{name}: {said:?}");
    }
}

#[test]
fn frames_that_do_not_hold_are_refused() {
    let good = zip(&members(&small(), true));
    assert_eq!(verdict(good.clone()), Ok(Verdict::Pass));
    let refused = |bytes: Vec<u8>| assert!(verdict(bytes).is_err());
    refused([b"x", &good[..]].concat());
    refused([&good[..], b"x"].concat());
    refused([&good[..], &good[..]].concat());
    (0..good.len()).for_each(|length| refused(good[..length].to_vec()));
    let end = good.len() - 22;
    for (at, value) in [(4, 1), (8, 1), (10, 0xff), (12, 1), (16, 1), (20, 1)] {
        let mut bytes = good.clone();
        bytes[end + at] = bytes[end + at].wrapping_add(value);
        refused(bytes);
    }
}

#[test]
fn a_bomb_is_not_unpacked() {
    let mut members = members(&small(), true);
    members.retain(|member| member.name != "README.txt");
    members.push(member("README.txt", &vec![0; 64 << 20], true));
    let said = verdict(zip(&members));
    assert!(said.as_ref().is_err_and(|said| said.contains("far more than a bundle")), "{said:?}");
    let last = members.last_mut().unwrap();
    last.size = 100;
    let said = verdict(zip(&members));
    assert!(said.as_ref().is_err_and(|said| said.contains("does not hold")), "{said:?}");
}

/// A ZIP file has bytes that say nothing (times, versions), so a flip may leave a bundle as it was. What must not happen
/// is that one passes and is another.
#[test]
fn a_flip_in_a_zip_file_is_found_or_changes_no_file() {
    let files = Practice::new(3, 2, vec![(1, signing_key(1))]).bundle(&[1], &[]);
    for deflate in [false, true] {
        let good = zip(&members(&files, deflate));
        let mut passed = 0;
        for at in 0..good.len() {
            let mut bytes = good.clone();
            bytes[at] ^= 0x04;
            passed += usize::from(verdict(bytes) == Ok(Verdict::Pass));
        }
        // Per member: times, versions, attributes, and what the local header repeats: 54 bytes.
        assert!(passed <= 60 * files.len(), "{passed} flips passed");
    }
}
