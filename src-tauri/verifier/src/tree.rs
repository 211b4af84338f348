//! The tree of RFC 6962 section 2.1 over the leaves of the bundle.

use sha2::{Digest, Sha256};

/// A SHA-256 hash.
pub(crate) type Hash = [u8; 32];

/// Returns SHA-256 of the parts put together.
pub(crate) fn hash(parts: &[&[u8]]) -> Hash {
    let mut sha = Sha256::new();
    parts.iter().for_each(|part| sha.update(part));
    sha.finalize().into()
}

/// Returns the leaf of an entry: the header is disclosed always, the payload by its salted hash alone.
pub(crate) fn leaf(header: &[u8], payload_hash: &Hash) -> Hash {
    hash(&[&[0x00], &hash(&[header]), payload_hash])
}

/// Walks over the leaves once and tells the root at each size it is brought to.
pub(crate) struct Walk<'a> {
    rest: std::slice::Iter<'a, Hash>,
    size: u64,
    /// The roots of the complete subtrees so far and their heights, largest first.
    subtrees: Vec<(u32, Hash)>,
}

impl<'a> Walk<'a> {
    /// Returns a walk that has taken no leaf yet.
    pub(crate) fn new(leaves: &'a [Hash]) -> Self {
        Self { rest: leaves.iter(), size: 0, subtrees: Vec::new() }
    }

    /// Returns the root over the first `size` leaves; nothing when there are fewer, or when the walk is past it.
    pub(crate) fn root_at(&mut self, size: u64) -> Option<Hash> {
        if size < self.size {
            return None;
        }
        while self.size < size {
            let leaf = *self.rest.next()?;
            self.add(leaf);
        }
        Some(self.root())
    }

    fn add(&mut self, leaf: Hash) {
        let (mut height, mut root) = (0, leaf);
        while let Some((_, left)) = self.subtrees.pop_if(|(left, _)| *left == height) {
            (height, root) = (height + 1, hash(&[&[0x01], &left, &root]));
        }
        self.subtrees.push((height, root));
        self.size += 1;
    }

    fn root(&self) -> Hash {
        let mut smallest_first = self.subtrees.iter().rev().map(|(_, root)| *root);
        match smallest_first.next() {
            None => hash(&[]),
            Some(smallest) => smallest_first.fold(smallest, |right, left| hash(&[&[0x01], &left, &right])),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The definition of RFC 6962, word for word.
    fn defined(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => hash(&[]),
            [leaf] => *leaf,
            _ => {
                let split = leaves.len().next_power_of_two() / 2;
                hash(&[&[1], &defined(&leaves[..split]), &defined(&leaves[split..])])
            }
        }
    }

    /// The header and the leaf stand in the test of `keepwell-log` that writes them, where another program made them.
    #[test]
    fn the_leaf_is_the_one_that_the_log_writes() {
        let header = [
            "000103000000156b65657077656c6c2f6c6f672d6865616465722f31",
            "000201000000080000000000000005",
            "000302000000080000019ca9c0a39a",
            "00040200000008ffffffffffffb9b0",
            "000503000000026131",
            "0007030000001170617469656e74732e7265676973746572",
            "00080300000004646f6e65",
            "00090300000000",
        ];
        let header = hex::decode(header.concat()).unwrap();
        let leaf = leaf(&header, &hash(&[&[9; 32], b"made-up payload"]));
        assert_eq!(hex::encode(leaf), "0fc3c467579854404bba9f58b1a3f30c2f66e16d28050f31a717cc13bde8d4ad");
    }

    #[test]
    fn the_root_is_the_defined_one_at_every_size() {
        let leaves: Vec<Hash> = (0..200_u8).map(|n| hash(&[&[n]])).collect();
        let mut walk = Walk::new(&leaves);
        for size in 0..=200_usize {
            assert_eq!(walk.root_at(size as u64), Some(defined(&leaves[..size])), "{size}");
        }
        assert_eq!(walk.root_at(201), None, "there are no more leaves");
        assert_eq!(Walk::new(&leaves).root_at(200), Some(defined(&leaves)));
        let mut walk = Walk::new(&leaves);
        assert!(walk.root_at(8).is_some());
        assert_eq!(walk.root_at(7), None, "a walk does not go back");
    }
}
