//! The Merkle tree of RFC 6962 section 2.1 over SHA-256, as hashes only.
//!
//! Storage keeps one leaf hash per entry, one root per complete tile of 256 leaves, and the [`Frontier`]. The root at
//! any earlier size follows from those, so nothing else about the tree needs to be stored or trusted.

use sha2::{Digest, Sha256};
use thiserror::Error;

/// A SHA-256 hash: a leaf, a node or a root.
pub type Hash = [u8; 32];

/// Is the number of leaves below one stored tile root (a complete subtree of height 8).
pub const TILE: u64 = 256;

/// Is the height of a complete tile: 2 to this power is [`TILE`].
const TILE_LEVEL: u32 = 8;

/// Is the largest tree that [`Frontier::from_bytes`] accepts, in leaves. It keeps every later sum inside a `u64`.
pub const MAX_SIZE: u64 = 1 << 62;

/// Returns the hash of one leaf: SHA-256(0x00 || data) (RFC 6962 section 2.1).
pub fn leaf_hash(data: &[u8]) -> Hash {
    Sha256::new().chain_update([0x00]).chain_update(data).finalize().into()
}

/// Returns the hash of an inner node: SHA-256(0x01 || left || right) (RFC 6962 section 2.1).
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([0x01]).chain_update(left).chain_update(right).finalize().into()
}

/// Returns the root of the tree without leaves: SHA-256 of nothing (RFC 6962 section 2.1).
pub fn empty_root() -> Hash {
    Sha256::digest(b"").into()
}

/// Says why stored bytes are not a frontier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum FrontierError {
    /// Fewer than the eight bytes of the size.
    #[error("the tree's edge is cut short")]
    Truncated,
    /// The size is above [`MAX_SIZE`].
    #[error("the tree's edge claims an impossible size")]
    TooLarge,
    /// The number of hashes is not the number of complete subtrees that the size calls for.
    #[error("the tree's edge does not have the hashes its size calls for")]
    WrongLength,
}

/// The right edge of an append-only tree: its size and the roots of its complete subtrees, largest first.
///
/// A tree of n leaves has as many complete subtrees as n has one bits, at most 64, so appending and taking the root
/// cost a handful of hashes whatever the size.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frontier {
    size: u64,
    subtrees: Vec<Hash>,
}

impl Frontier {
    /// Returns the edge of the tree without leaves.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the number of leaves.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Adds one leaf, given its [`leaf_hash`], at index [`Self::size`]. Returns the root of the tile it completes: the
    /// way up to the larger subtrees leads through it.
    pub fn append(&mut self, leaf: Hash) -> Option<Hash> {
        self.push(0, leaf)
    }

    /// Returns the root of the whole tree (RFC 6962 `MTH`).
    pub fn root(&self) -> Hash {
        let mut rising = self.subtrees.iter().rev();
        match rising.next() {
            None => empty_root(),
            Some(smallest) => rising.fold(*smallest, |right, left| node_hash(left, &right)),
        }
    }

    /// Returns the stored form: the size as 8 big-endian bytes, then each subtree root (32 bytes), largest first.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.size.to_be_bytes().to_vec();
        bytes.extend(self.subtrees.iter().flatten());
        bytes
    }

    /// Reads the stored form.
    ///
    /// # Errors
    /// Returns a [`FrontierError`] when the length is not exactly what the size calls for. The hashes themselves
    /// cannot be judged here; compare [`Self::root`] with a signed checkpoint.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FrontierError> {
        let (size, rest) = bytes.split_first_chunk::<8>().ok_or(FrontierError::Truncated)?;
        let size = u64::from_be_bytes(*size);
        if size > MAX_SIZE {
            return Err(FrontierError::TooLarge);
        }
        let (subtrees, odd) = rest.as_chunks::<32>();
        if !odd.is_empty() || subtrees.len() != size.count_ones() as usize {
            return Err(FrontierError::WrongLength);
        }
        Ok(Self { size, subtrees: subtrees.to_vec() })
    }

    /// Adds a complete subtree of 2^level leaves. The size must be a multiple of 2^level, which every caller in this
    /// file ensures by adding all tiles before any single leaf. Returns the root of the tile that is complete now.
    fn push(&mut self, level: u32, mut hash: Hash) -> Option<Hash> {
        let (mut position, mut at, mut tile) = (self.size >> level, level, None);
        while position & 1 == 1 {
            let Some(left) = self.subtrees.pop() else { break };
            hash = node_hash(&left, &hash);
            position >>= 1;
            at += 1;
            if at == TILE_LEVEL {
                tile = Some(hash);
            }
        }
        self.subtrees.push(hash);
        self.size = self.size.saturating_add(1 << level);
        tile
    }
}

/// Returns the frontier as it was at `size`, from tile roots (by tile index) and the leaf hashes after the last
/// complete tile (by leaf index), fewer than 256 of them.
///
/// # Errors
/// Returns the first error of either source.
pub fn frontier_at<E>(
    size: u64,
    tiles: impl Fn(u64) -> Result<Hash, E>,
    leaves: impl Fn(u64) -> Result<Hash, E>,
) -> Result<Frontier, E> {
    range_frontier(0, size, &tiles, &leaves)
}

/// Returns the root as it was at `size`, from tile roots (by tile index) and the leaf hashes after the last complete
/// tile (by leaf index), fewer than 256 of them. At size 0 it is [`empty_root`] and neither source is asked.
///
/// # Errors
/// Returns the first error of either source.
pub fn root_at<E>(
    size: u64,
    tiles: impl Fn(u64) -> Result<Hash, E>,
    leaves: impl Fn(u64) -> Result<Hash, E>,
) -> Result<Hash, E> {
    Ok(frontier_at(size, tiles, leaves)?.root())
}

/// Returns the frontier of the leaves from `start` up to but not including `end`, taken as a tree of their own.
///
/// Ranges in RFC 6962 start at a multiple of a power of two not smaller than their length. So a range either begins
/// on a tile boundary or lies inside one tile, and whole tiles may be taken whenever the start is on a boundary.
pub(crate) fn range_frontier<E>(
    start: u64,
    end: u64,
    tiles: &impl Fn(u64) -> Result<Hash, E>,
    leaves: &impl Fn(u64) -> Result<Hash, E>,
) -> Result<Frontier, E> {
    let mut frontier = Frontier::new();
    let mut next = start;
    if start.is_multiple_of(TILE) {
        while end.saturating_sub(next) >= TILE {
            frontier.push(TILE_LEVEL, tiles(next / TILE)?);
            next += TILE;
        }
    }
    for leaf in next..end {
        frontier.append(leaves(leaf)?);
    }
    Ok(frontier)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::cell::Cell;
    use std::convert::Infallible;

    /// Returns distinct leaf hashes.
    fn leaves(count: u64) -> Vec<Hash> {
        (0..count).map(|n| leaf_hash(&n.to_be_bytes())).collect()
    }

    /// Returns the root straight from the recursive definition in RFC 6962 section 2.1.
    fn naive_root(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => empty_root(),
            [only] => *only,
            many => {
                let mut k = 1;
                while k * 2 < many.len() {
                    k *= 2;
                }
                node_hash(&naive_root(&many[..k]), &naive_root(&many[k..]))
            }
        }
    }

    /// Returns the roots of the complete tiles.
    fn tiles(leaves: &[Hash]) -> Vec<Hash> {
        leaves.chunks_exact(256).map(naive_root).collect()
    }

    /// The leaves and the eight roots are the published Certificate Transparency reference tree.
    #[test]
    fn published_roots() {
        let data = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
        let roots = [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];
        assert_eq!(hex::encode(empty_root()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        let mut frontier = Frontier::new();
        assert_eq!(frontier.root(), empty_root());
        for (data, root) in data.iter().zip(roots) {
            frontier.append(leaf_hash(&hex::decode(data).unwrap()));
            assert_eq!(hex::encode(frontier.root()), root, "after {data}");
        }
    }

    #[test]
    fn frontier_root_at_and_definition_agree_at_every_size() {
        let all = leaves(601);
        let tiles = tiles(&all);
        let mut frontier = Frontier::new();
        for size in 0..=600_u64 {
            let expected = naive_root(&all[..size as usize]);
            assert_eq!((frontier.size(), frontier.root()), (size, expected));
            let asked = Cell::new(0);
            let rebuilt = frontier_at(
                size,
                |tile| Ok::<_, Infallible>(tiles[tile as usize]),
                |leaf| {
                    asked.set(asked.get() + 1);
                    assert!(leaf < size, "a leaf beyond the size was asked for");
                    Ok(all[leaf as usize])
                },
            )
            .unwrap();
            assert_eq!(asked.get(), size % TILE);
            assert_eq!(rebuilt, frontier);
            assert_eq!(Frontier::from_bytes(&frontier.to_bytes()), Ok(frontier.clone()));
            let complete = frontier.append(all[size as usize]);
            assert_eq!(complete, frontier.size().is_multiple_of(TILE).then(|| tiles[(size / TILE) as usize]));
        }
    }

    #[test]
    fn root_at_passes_on_the_first_source_error() {
        let refuse_tile = root_at(600, |tile| Err(format!("tile {tile}")), |_| Ok([0; 32]));
        assert_eq!(refuse_tile, Err("tile 0".to_owned()));
        let refuse_leaf = root_at(600, |_| Ok([0; 32]), |leaf| Err(format!("leaf {leaf}")));
        assert_eq!(refuse_leaf, Err("leaf 512".to_owned()));
        assert_eq!(root_at(0, |_| Err("asked"), |_| Err("asked")), Ok(empty_root()));
    }

    #[test]
    fn malformed_frontiers_are_refused() {
        let with = |size: u64, rest: usize| [&size.to_be_bytes()[..], &vec![7; rest]].concat();
        let cases = [
            (vec![], FrontierError::Truncated),
            (vec![0; 7], FrontierError::Truncated),
            (with(0, 1), FrontierError::WrongLength),
            (with(0, 32), FrontierError::WrongLength),
            (with(1, 0), FrontierError::WrongLength),
            (with(3, 63), FrontierError::WrongLength),
            (with(3, 65), FrontierError::WrongLength),
            (with(3, 96), FrontierError::WrongLength),
            (with(MAX_SIZE + 1, 64), FrontierError::TooLarge),
            (with(u64::MAX, 64 * 32), FrontierError::TooLarge),
        ];
        for (bytes, error) in cases {
            assert_eq!(Frontier::from_bytes(&bytes), Err(error), "{} bytes", bytes.len());
        }
        let mut largest = Frontier::from_bytes(&with(MAX_SIZE, 32)).unwrap();
        largest.append([1; 32]);
        assert_eq!(largest.size(), MAX_SIZE + 1);
    }

    proptest! {
        #[test]
        fn whatever_bytes_read_as_a_frontier_are_its_only_form(
            size in 0_u64..5,
            body in prop::collection::vec(any::<u8>(), 0..100),
        ) {
            let bytes = [&size.to_be_bytes()[..], &body].concat();
            if let Ok(frontier) = Frontier::from_bytes(&bytes) {
                prop_assert_eq!(frontier.to_bytes(), bytes);
            }
        }
    }
}
