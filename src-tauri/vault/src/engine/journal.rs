//! The journal: what was committed since the tree's own pages were last brought to the disk.
//!
//! One commit changes some thirty pages all over the tree, and a disk takes those one by one: thirty scattered pages
//! and a flush cost about eight times what one write and a flush do (`cargo xtask bench --only save`). So each commit
//! is first written here, whole, behind the one before it, and flushed once; then it is applied to the tree in memory,
//! and the pages follow together when the journal is full or the store is closed. The file is filled with zeros once,
//! so that a flush never has to bring the file system's own books up to date.
//!
//! A record holds what the engine holds, sealed values under blinded keys, and nothing more. Its checksum finds a torn
//! write and is no proof of origin: somebody who edits the journal is found as somebody who edits the tree is, by the
//! seals, the state digest and the log.

use super::EngineError;
use redb::StorageBackend;

/// The journal's length in bytes.
pub(super) const JOURNAL_BYTES: u64 = 4 * 1024 * 1024;
/// After so many commits a lap is long, however small they are, and the tree brings its pages to the disk while nobody waits
/// for it: with 100,000 patients that takes 14 ms after this many saves, and 31 after the 500 that the file would hold. Much
/// shorter laps spare nobody anything: a look at a full day writes into the index of each of its patients, and those pages
/// take 25 ms after nine looks and 60 after a hundred and forty. At this length fewer than one in a hundred can meet it.
pub(super) const LAP_COMMITS: u32 = 150;
/// Whoever makes so many laps' commits without a pause waits after all, so that what is to be brought to the disk does not grow
/// for ever.
const LAPS_MAX: u32 = 2;
/// Records begin at multiples of this, so that writing one never touches the sector of an acknowledged one.
const ALIGNMENT: usize = 4096;
/// Larger commits go straight to the tree: they would push everything else out.
const RECORD_BYTES_MAX: usize = 256 * 1024;
const MAGIC: &[u8; 8] = b"KWJRNL01";
const HEAD_BYTES: usize = 8 + 16 + 16 + 8 + 4 + 32;

/// One change of one key; no value where the key was deleted.
type Step<'r> = (&'r [u8], Option<&'r [u8]>);

/// The changes of one transaction, in their order, as they are written down.
#[derive(Default)]
pub(super) struct Record(Vec<u8>);

impl Record {
    /// Notes a value put under a key.
    pub(super) fn put(&mut self, key: &[u8], value: &[u8]) -> Result<(), EngineError> {
        self.note(key, Some(value))
    }

    /// Notes a key deleted.
    pub(super) fn delete(&mut self, key: &[u8]) -> Result<(), EngineError> {
        self.note(key, None)
    }

    fn note(&mut self, key: &[u8], value: Option<&[u8]>) -> Result<(), EngineError> {
        if self.0.len() > RECORD_BYTES_MAX {
            return Ok(()); // It will not be written here, so it need not grow.
        }
        let length = |bytes: &[u8], what| u32::try_from(bytes.len()).map_err(|_| EngineError::TooLarge(what));
        self.0.push(u8::from(value.is_some()));
        self.0.extend_from_slice(&length(key, "key")?.to_be_bytes());
        self.0.extend_from_slice(key);
        if let Some(value) = value {
            self.0.extend_from_slice(&length(value, "value")?.to_be_bytes());
            self.0.extend_from_slice(value);
        }
        Ok(())
    }

    /// Returns how long it is, as far as it was noted.
    pub(super) const fn bytes(&self) -> usize {
        self.0.len()
    }

    /// Takes the first change off a record's bytes; nothing where they are not a change.
    fn first(bytes: &[u8]) -> Option<(Step<'_>, &[u8])> {
        fn cut(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
            let (length, rest) = bytes.split_first_chunk::<4>()?;
            rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)
        }
        let (kind, rest) = bytes.split_first()?;
        let (key, rest) = cut(rest)?;
        match kind {
            0 => Some(((key, None), rest)),
            1 => cut(rest).map(|(value, rest)| ((key, Some(value)), rest)),
            _ => None,
        }
    }

    /// Hands every change to `apply`, in order.
    pub(super) fn each(
        &self,
        mut apply: impl FnMut(&[u8], Option<&[u8]>) -> Result<(), EngineError>,
    ) -> Result<(), EngineError> {
        let mut rest = self.0.as_slice();
        while !rest.is_empty() {
            let ((key, value), behind) = Self::first(rest).ok_or(EngineError::Damaged)?;
            apply(key, value)?;
            rest = behind;
        }
        Ok(())
    }
}

/// The journal's file, and where its next record goes.
pub(super) struct Journal {
    disk: Box<dyn StorageBackend>,
    /// The store that the records belong to, so that a journal that lies beside another store is not taken for its own.
    store: [u8; 16],
    /// Drawn anew whenever the journal begins at the front again, so that what is left of an earlier lap, or of another
    /// history of the same store, is never taken for the next record.
    lap: [u8; 16],
    at: u64,
    /// How many commits this lap has.
    commits: u32,
    /// How many make a lap long.
    long: u32,
    /// The number of the last commit, whether it is in the journal or in the tree alone.
    last: u64,
}

impl Journal {
    /// Takes up a journal for a store whose tree holds the commits up to `last`, making the file long enough.
    ///
    /// # Errors
    /// [`EngineError`].
    pub(super) fn on(disk: Box<dyn StorageBackend>, store: [u8; 16], last: u64) -> Result<Self, EngineError> {
        let length = disk.len().map_err(super::tree::disk)?;
        if length < JOURNAL_BYTES {
            let zeros = vec![0; usize::try_from(JOURNAL_BYTES - length).map_err(|_| EngineError::TooLarge("journal"))?];
            disk.set_len(JOURNAL_BYTES).map_err(super::tree::disk)?;
            disk.write(length, &zeros).map_err(super::tree::disk)?;
            disk.sync_data().map_err(super::tree::disk)?;
        }
        Ok(Self { disk, store, lap: drawn()?, at: 0, commits: 0, long: LAP_COMMITS, last })
    }

    /// Makes laps long after fewer commits, so that a short piece of work passes through the end of several.
    #[cfg(any(test, feature = "test-engine"))]
    pub(super) const fn long_after(&mut self, commits: u32) {
        self.long = commits;
    }

    /// Returns the number of the last commit.
    pub(super) const fn last(&self) -> u64 {
        self.last
    }

    /// Counts a commit that is not written here.
    pub(super) const fn pass_over(&mut self, number: u64) {
        self.last = number;
    }

    /// Returns the records behind the tree's last commit, the oldest first. There are none when the tree is older than
    /// the first of them, as after somebody has put yesterday's file back: the log's anchor is what finds that.
    ///
    /// # Errors
    /// [`EngineError`]; `Damaged` when a whole record stands behind a broken one: a power cut tears the last alone.
    pub(super) fn behind_the_tree(&self) -> Result<Vec<Record>, EngineError> {
        let (mut at, mut before, mut records) = (0, None, Vec::new());
        while let Some((head, record)) = self.read(at)? {
            if before.is_some_and(|(number, lap)| (head.number, head.lap) != (number + 1, lap)) {
                break;
            }
            before = Some((head.number, head.lap));
            at += padded(record.0.len()) as u64;
            if head.number == self.last + 1 + records.len() as u64 {
                records.push(record);
            }
        }
        self.nothing_behind(at, self.last + records.len() as u64)?;
        Ok(records)
    }

    /// Makes sure that no commit newer than `last` stands behind a place where reading ended.
    fn nothing_behind(&self, at: u64, last: u64) -> Result<(), EngineError> {
        // A tree older than the whole journal is another matter, which the log's anchor finds.
        let older = self.read(0)?.is_some_and(|(head, _)| head.number > self.last + 1);
        for at in (at..JOURNAL_BYTES).step_by(ALIGNMENT) {
            if !older && self.read(at)?.is_some_and(|(head, _)| head.number > last) {
                return Err(EngineError::Damaged);
            }
        }
        Ok(())
    }

    /// Reads the record at a place. Nothing where there is none, or one that was not written to its end.
    fn read(&self, at: u64) -> Result<Option<(Head, Record)>, EngineError> {
        let mut head = [0u8; HEAD_BYTES];
        if at + HEAD_BYTES as u64 > JOURNAL_BYTES {
            return Ok(None);
        }
        self.disk.read(at, &mut head).map_err(super::tree::disk)?;
        let Some(head) = Head::from_bytes(&head).filter(|head| head.store == self.store) else { return Ok(None) };
        if head.length > RECORD_BYTES_MAX || at + padded(head.length) as u64 > JOURNAL_BYTES {
            return Ok(None);
        }
        let mut body = vec![0u8; head.length];
        self.disk.read(at + HEAD_BYTES as u64, &mut body).map_err(super::tree::disk)?;
        Ok((head.sum == head.sum_over(&body)).then_some((head, Record(body))))
    }

    /// Says whether a record fits behind the last one.
    pub(super) const fn has_room(&self, record: &Record) -> bool {
        self.commits < LAPS_MAX * self.long
            && record.0.len() <= RECORD_BYTES_MAX
            && self.at + padded(record.0.len()) as u64 <= JOURNAL_BYTES
    }

    /// Says whether the tree should bring its pages to the disk when nobody waits for it.
    pub(super) const fn lap_is_long(&self) -> bool {
        self.commits >= self.long
    }

    /// Writes a record as the next commit; when this returns it survives a power cut.
    ///
    /// # Errors
    /// [`EngineError`]; then nobody knows whether it is there, and the journal must be opened again.
    pub(super) fn append(&mut self, record: &Record) -> Result<(), EngineError> {
        let (store, lap, number, length) = (self.store, self.lap, self.last + 1, record.0.len());
        let mut head = Head { store, lap, number, length, sum: [0; 32] };
        head.sum = head.sum_over(&record.0);
        let mut bytes = Vec::with_capacity(padded(length));
        bytes.extend_from_slice(&head.to_bytes()?);
        bytes.extend_from_slice(&record.0);
        bytes.resize(padded(length), 0);
        self.disk.write(self.at, &bytes).and_then(|()| self.disk.sync_data()).map_err(super::tree::disk)?;
        self.at += bytes.len() as u64;
        self.commits += 1;
        self.last = number;
        Ok(())
    }

    /// Begins at the front again, once the tree itself holds every commit up to `last` durably.
    ///
    /// # Errors
    /// [`EngineError`].
    pub(super) fn begin_again(&mut self, last: u64) -> Result<(), EngineError> {
        (self.lap, self.at, self.commits, self.last) = (drawn()?, 0, 0, last);
        Ok(())
    }
}

/// What stands before a record's changes.
struct Head {
    store: [u8; 16],
    lap: [u8; 16],
    number: u64,
    length: usize,
    sum: [u8; 32],
}

impl Head {
    fn to_bytes(&self) -> Result<Vec<u8>, EngineError> {
        let length = u32::try_from(self.length).map_err(|_| EngineError::TooLarge("transaction"))?;
        let (number, length) = (self.number.to_be_bytes(), length.to_be_bytes());
        Ok([MAGIC.as_slice(), &self.store, &self.lap, &number, &length, &self.sum].concat())
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (store, rest) = bytes.strip_prefix(MAGIC)?.split_first_chunk::<16>()?;
        let (lap, rest) = rest.split_first_chunk::<16>()?;
        let (number, rest) = rest.split_first_chunk::<8>()?;
        let (length, rest) = rest.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let sum = *rest.first_chunk::<32>()?;
        Some(Self { store: *store, lap: *lap, number: u64::from_be_bytes(*number), length, sum })
    }

    fn sum_over(&self, body: &[u8]) -> [u8; 32] {
        let mut sum = blake3::Hasher::new_derive_key("keepwell 2026 journal record");
        sum.update(&self.store).update(&self.lap).update(&self.number.to_be_bytes()).update(body);
        *sum.finalize().as_bytes()
    }
}

fn drawn() -> Result<[u8; 16], EngineError> {
    crate::key::random().map_err(|error| EngineError::Engine(error.to_string()))
}

const fn padded(length: usize) -> usize {
    (HEAD_BYTES + length).next_multiple_of(ALIGNMENT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::unplugged::Disk;

    const STORE: [u8; 16] = [7; 16];

    impl Disk {
        fn journal(&self, store: [u8; 16], last: u64) -> Journal {
            Journal::on(Box::new(self.clone()), store, last).unwrap()
        }

        /// Returns the values that are behind a tree, each record's own.
        fn behind(&self, store: [u8; 16], last: u64) -> Result<Vec<String>, EngineError> {
            let mut values = Vec::new();
            for record in self.journal(store, last).behind_the_tree()? {
                record.each(|_, value| {
                    values.push(String::from_utf8_lossy(value.unwrap_or(b"gone")).into_owned());
                    Ok(())
                })?;
            }
            Ok(values)
        }

        fn flip(&self, at: u64) {
            let mut byte = [0u8; 1];
            self.read(at, &mut byte).unwrap();
            self.write(at, &[byte[0] ^ 1]).unwrap();
        }
    }

    fn record(value: &str) -> Record {
        let mut record = Record::default();
        record.put(b"key", value.as_bytes()).unwrap();
        record
    }

    /// Writes commits from 1 on behind a tree that holds none.
    fn written(disk: &Disk, values: &[&str]) {
        let mut journal = disk.journal(STORE, 0);
        values.iter().for_each(|value| journal.append(&record(value)).unwrap());
    }

    #[test]
    fn what_the_tree_has_not_comes_back_in_order() {
        let disk = Disk::default();
        written(&disk, &["one", "two", "three"]);
        for (last, behind) in [(0, vec!["one", "two", "three"]), (1, vec!["two", "three"]), (3, vec![])] {
            assert_eq!(disk.behind(STORE, last).unwrap(), behind, "{last}");
        }
        let mut deleting = Record::default();
        deleting.delete(b"key").unwrap();
        disk.journal(STORE, 3).append(&deleting).unwrap();
        assert_eq!(disk.behind(STORE, 3).unwrap(), ["gone"], "another lap has begun at the front");
    }

    #[test]
    fn a_record_that_was_torn_at_the_end_was_never_acknowledged() {
        let disk = Disk::default();
        written(&disk, &["one", "two"]);
        disk.flip(ALIGNMENT as u64 + HEAD_BYTES as u64);
        assert_eq!(disk.behind(STORE, 0).unwrap(), ["one"]);
    }

    #[test]
    fn a_broken_record_before_a_whole_one_is_damage() {
        for at in [0, 40, HEAD_BYTES as u64, ALIGNMENT as u64, ALIGNMENT as u64 + 90] {
            let disk = Disk::default();
            written(&disk, &["one", "two", "three"]);
            disk.flip(at);
            assert!(matches!(disk.behind(STORE, 0), Err(EngineError::Damaged)), "{at}");
        }
    }

    #[test]
    fn what_is_not_this_stores_or_not_this_laps_is_never_taken_over() {
        let disk = Disk::default();
        written(&disk, &["one", "two", "three"]);
        assert!(disk.behind([8; 16], 0).unwrap().is_empty(), "another store's");
        // The tree holds three; a new lap begins, and what stands behind its first record is of the lap before.
        let mut journal = disk.journal(STORE, 3);
        journal.append(&record("four")).unwrap();
        assert_eq!(disk.behind(STORE, 3).unwrap(), ["four"]);
        // Yesterday's tree beside today's journal: its next commit is not here, and the log's anchor must speak.
        journal.begin_again(9).unwrap();
        journal.append(&record("ten")).unwrap();
        assert!(disk.behind(STORE, 5).unwrap().is_empty());
    }

    #[test]
    fn a_record_that_is_large_or_finds_no_room_is_for_the_tree() {
        let mut large = Record::default();
        for _ in 0..5 {
            large.put(b"key", &vec![1; 64 * 1024]).unwrap();
        }
        let mut journal = Disk::default().journal(STORE, 0);
        assert!(!journal.has_room(&large));
        let half = "v".repeat(RECORD_BYTES_MAX / 2);
        let many = JOURNAL_BYTES / padded(record(&half).bytes()) as u64;
        for at in 0..many {
            assert!(journal.has_room(&record(&half)), "{at}");
            journal.append(&record(&half)).unwrap();
        }
        assert!(!journal.has_room(&record(&half)), "the file is full");
    }

    #[test]
    fn a_lap_takes_so_many_commits_and_no_more_and_is_long_before() {
        let mut journal = Disk::default().journal(STORE, 0);
        for _ in 0..2 {
            for at in 0..LAPS_MAX * LAP_COMMITS {
                assert!(journal.has_room(&record("x")), "{at}");
                assert_eq!(journal.lap_is_long(), at >= LAP_COMMITS, "{at}");
                journal.append(&record("x")).unwrap();
            }
            assert!(!journal.has_room(&record("x")));
            journal.begin_again(journal.last()).unwrap();
        }
    }

    /// The stored form, for ever: a store that was cut off under one version is opened by a later one.
    #[test]
    fn a_record_stands_as_it_was_first_written() {
        let disk = Disk::default();
        let mut journal = disk.journal(STORE, 41);
        journal.lap = [9; 16];
        journal.append(&record("value")).unwrap();
        let mut bytes = [0u8; HEAD_BYTES + 17];
        disk.read(0, &mut bytes).unwrap();
        let stood = concat!(
            "4b574a524e4c3031",
            "07070707070707070707070707070707",
            "09090909090909090909090909090909",
            "000000000000002a",
            "00000011",
            "f440750b2bf134857049ccd23eede6ce2df83d9e8b843dfdad80a5029aa5a2a3",
            "01000000036b6579000000057661",
            "6c7565",
        );
        assert_eq!(hex::encode(bytes), stood);
    }

    #[test]
    fn a_record_takes_up_whole_sectors_with_its_head() {
        for (length, takes) in [(0, 4096), (1, 4096), (4012, 4096), (4013, 8192), (8108, 8192), (8109, 12_288)] {
            assert_eq!(padded(length), takes, "{length} bytes");
        }
        let disk = Disk::default();
        let mut journal = disk.journal(STORE, 0);
        // Nothing at all, a full sector, and a byte more, one behind the other.
        let values = ["".to_owned(), "v".repeat(4012 - 12), "v".repeat(4013 - 12)];
        journal.append(&Record::default()).unwrap();
        values.iter().for_each(|value| journal.append(&record(value)).unwrap());
        assert_eq!(disk.behind(STORE, 0).unwrap(), values);
        assert_eq!(journal.at, 4096 + 4096 + 4096 + 8192);
    }
}
