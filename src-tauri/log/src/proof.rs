//! Inclusion and consistency proofs, as RFC 6962 section 2.1 makes them and RFC 9162 section 2.1 checks them.
//!
//! Proofs are made from two sources, tile roots and leaf hashes, so they run over storage without loading the tree.
//! Checks take nothing on trust: every size, index, length and hash may come from a hostile bundle.

use crate::tree::{Hash, node_hash, range_frontier};
use thiserror::Error;

/// Says why a proof does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ProofError {
    /// The entry's index is not below the tree's size.
    #[error("the entry lies outside the tree")]
    IndexOutOfRange,
    /// The older tree is larger than the newer one.
    #[error("the older tree is larger than the newer one")]
    SizesOutOfOrder,
    /// The older tree is empty. Every tree extends it, so a proof would say nothing (RFC 9162 section 2.1.4).
    #[error("nothing can be proved from an empty tree")]
    OldTreeEmpty,
    /// The proof has more or fewer hashes than the sizes call for.
    #[error("the proof has the wrong number of hashes")]
    WrongLength,
    /// The proof does not lead to the root of the older tree.
    #[error("the proof does not lead to the older root")]
    OldRootMismatch,
    /// The proof does not lead to the root of the tree (for consistency, of the newer tree).
    #[error("the proof does not lead to the root")]
    RootMismatch,
}

/// Says why a proof could not be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ProveError<E> {
    /// There is no such proof: the index is not below the size, or the sizes are zero or out of order.
    #[error("there is no proof for these sizes")]
    OutOfRange,
    /// A tile root or leaf hash could not be read.
    #[error("a hash of the log could not be read")]
    Source(E),
}

/// Returns the audit path of leaf `index` in the tree of `size` leaves, lowest sibling first (RFC 6962 section 2.1.1).
///
/// `tiles` gives the root of a complete tile by tile index, `leaves` a leaf hash by leaf index. At most 511 leaves and
/// one root per complete tile are read.
///
/// # Errors
/// Returns [`ProveError::OutOfRange`] unless `index < size`, and [`ProveError::Source`] with the first source error.
pub fn inclusion_proof<E>(
    index: u64,
    size: u64,
    tiles: impl Fn(u64) -> Result<Hash, E>,
    leaves: impl Fn(u64) -> Result<Hash, E>,
) -> Result<Vec<Hash>, ProveError<E>> {
    if index >= size {
        return Err(ProveError::OutOfRange);
    }
    let root_of = |start, end| range_frontier(start, end, &tiles, &leaves).map(|edge| edge.root());
    let (mut start, mut end) = (0, size);
    let mut path = Vec::new();
    while end - start > 1 {
        let middle = start + left_width(end - start);
        if index < middle {
            path.push(root_of(middle, end).map_err(ProveError::Source)?);
            end = middle;
        } else {
            path.push(root_of(start, middle).map_err(ProveError::Source)?);
            start = middle;
        }
    }
    path.reverse();
    Ok(path)
}

/// Checks that the leaf stands at `index` in the tree of `size` leaves with this `root` (RFC 9162 section 2.1.3.2).
///
/// # Errors
/// Returns a [`ProofError`] when it does not, or the proof has a hash too many or too few.
pub fn verify_inclusion(
    leaf_hash: &Hash,
    index: u64,
    size: u64,
    proof: &[Hash],
    root: &Hash,
) -> Result<(), ProofError> {
    if index >= size {
        return Err(ProofError::IndexOutOfRange);
    }
    let mut walk = Walk { node: index, last: size - 1 };
    let mut hash = *leaf_hash;
    for sibling in proof {
        hash = match walk.step()? {
            Side::Left => node_hash(sibling, &hash),
            Side::Right => node_hash(&hash, sibling),
        };
    }
    walk.finish()?;
    if hash == *root { Ok(()) } else { Err(ProofError::RootMismatch) }
}

/// Returns the proof that the tree of `new` leaves extends the tree of `old` leaves (RFC 6962 section 2.1.2). It is
/// empty when the sizes are equal.
///
/// `tiles` gives the root of a complete tile by tile index, `leaves` a leaf hash by leaf index.
///
/// # Errors
/// Returns [`ProveError::OutOfRange`] unless `0 < old <= new`, and [`ProveError::Source`] with the first source error.
pub fn consistency_proof<E>(
    old: u64,
    new: u64,
    tiles: impl Fn(u64) -> Result<Hash, E>,
    leaves: impl Fn(u64) -> Result<Hash, E>,
) -> Result<Vec<Hash>, ProveError<E>> {
    if old == 0 || old > new {
        return Err(ProveError::OutOfRange);
    }
    let root_of = |start, end| range_frontier(start, end, &tiles, &leaves).map(|edge| edge.root());
    let (mut start, mut end) = (0, new);
    let mut path = Vec::new();
    while old != end {
        let middle = start + left_width(end - start);
        if old <= middle {
            path.push(root_of(middle, end).map_err(ProveError::Source)?);
            end = middle;
        } else {
            path.push(root_of(start, middle).map_err(ProveError::Source)?);
            start = middle;
        }
    }
    // Whoever checks the proof already holds the old root, so it is only sent when it is not a subtree by itself.
    if start != 0 {
        path.push(root_of(start, end).map_err(ProveError::Source)?);
    }
    path.reverse();
    Ok(path)
}

/// Checks that the tree of `new_size` leaves begins with all leaves of the older tree, unchanged and in the same order
/// (RFC 9162 section 2.1.4.2). Equal sizes need equal roots and an empty proof.
///
/// # Errors
/// Returns a [`ProofError`] when it does not hold, and for an empty older tree: there compare with
/// [`crate::tree::empty_root`] instead.
pub fn verify_consistency(
    old_size: u64,
    old_root: &Hash,
    new_size: u64,
    new_root: &Hash,
    proof: &[Hash],
) -> Result<(), ProofError> {
    if old_size > new_size {
        return Err(ProofError::SizesOutOfOrder);
    }
    if old_size == 0 {
        return Err(ProofError::OldTreeEmpty);
    }
    if old_size == new_size {
        return match (proof.is_empty(), old_root == new_root) {
            (false, _) => Err(ProofError::WrongLength),
            (true, false) => Err(ProofError::RootMismatch),
            (true, true) => Ok(()),
        };
    }
    // An old tree whose size is a power of two is a subtree of the new one, so its root stands for the first hash.
    let (first, rest) = match (old_size.is_power_of_two(), proof) {
        (_, []) => return Err(ProofError::WrongLength),
        (true, all) => (old_root, all),
        (false, [first, rest @ ..]) => (first, rest),
    };
    let mut walk = Walk { node: old_size - 1, last: new_size - 1 };
    walk.climb(walk.node.trailing_ones());
    let (mut old_hash, mut new_hash) = (*first, *first);
    for sibling in rest {
        match walk.step()? {
            Side::Left => {
                old_hash = node_hash(sibling, &old_hash);
                new_hash = node_hash(sibling, &new_hash);
            }
            Side::Right => new_hash = node_hash(&new_hash, sibling),
        }
    }
    walk.finish()?;
    match (old_hash == *old_root, new_hash == *new_root) {
        (false, _) => Err(ProofError::OldRootMismatch),
        (true, false) => Err(ProofError::RootMismatch),
        (true, true) => Ok(()),
    }
}

/// Returns the largest power of two smaller than `width`, which is two or more.
fn left_width(width: u64) -> u64 {
    width.div_ceil(2).next_power_of_two()
}

/// Says on which side of the node reached so far the next hash of a proof stands.
enum Side {
    Left,
    Right,
}

/// The climb from a node to the root: the indexes, on the present level, of the node and of the last node.
struct Walk {
    node: u64,
    last: u64,
}

impl Walk {
    /// Climbs one level with a sibling, and past the levels above it on which the node has no sibling.
    fn step(&mut self) -> Result<Side, ProofError> {
        if self.last == 0 {
            return Err(ProofError::WrongLength);
        }
        let side = if self.node & 1 == 1 || self.node == self.last {
            // The last node of a level may lack a right sibling; it then moves up unchanged until it is a right child.
            if self.node & 1 == 0 {
                self.climb(self.node.trailing_zeros());
            }
            Side::Left
        } else {
            Side::Right
        };
        self.climb(1);
        Ok(side)
    }

    /// Moves up by `levels`, stopping at the root.
    fn climb(&mut self, levels: u32) {
        self.node = self.node.checked_shr(levels).unwrap_or(0);
        self.last = self.last.checked_shr(levels).unwrap_or(0);
    }

    /// Checks that the root was reached.
    fn finish(&self) -> Result<(), ProofError> {
        if self.last == 0 { Ok(()) } else { Err(ProofError::WrongLength) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::{Frontier, leaf_hash};
    use proptest::prelude::*;
    use std::convert::Infallible;

    /// A tree in memory with its tiles and the root at each size.
    struct Sample {
        leaves: Vec<Hash>,
        tiles: Vec<Hash>,
        roots: Vec<Hash>,
    }

    impl Sample {
        fn new(count: u64) -> Self {
            let leaves: Vec<Hash> = (0..count).map(|n| leaf_hash(&n.to_be_bytes())).collect();
            let (mut edge, mut tiles) = (Frontier::new(), Vec::new());
            let mut roots = vec![edge.root()];
            for leaf in &leaves {
                tiles.extend(edge.append(*leaf));
                roots.push(edge.root());
            }
            Self { leaves, tiles, roots }
        }

        fn inclusion(&self, index: u64, size: u64) -> Vec<Hash> {
            let tile = |n: u64| Ok::<_, Infallible>(self.tiles[n as usize]);
            inclusion_proof(index, size, tile, |n| Ok(self.leaves[n as usize])).unwrap()
        }

        fn consistency(&self, old: u64, new: u64) -> Vec<Hash> {
            let tile = |n: u64| Ok::<_, Infallible>(self.tiles[n as usize]);
            consistency_proof(old, new, tile, |n| Ok(self.leaves[n as usize])).unwrap()
        }
    }

    /// Returns RFC 6962 `MTH` as the text defines it.
    fn mth(leaves: &[Hash]) -> Hash {
        match leaves {
            [only] => *only,
            many => {
                let k = split(many.len());
                node_hash(&mth(&many[..k]), &mth(&many[k..]))
            }
        }
    }

    /// Returns RFC 6962 `PATH` as the text defines it.
    fn path(m: usize, leaves: &[Hash]) -> Vec<Hash> {
        if leaves.len() == 1 {
            return vec![];
        }
        let (left, right) = leaves.split_at(split(leaves.len()));
        let (mut below, beside) =
            if m < left.len() { (path(m, left), mth(right)) } else { (path(m - left.len(), right), mth(left)) };
        below.push(beside);
        below
    }

    /// Returns RFC 6962 `SUBPROOF` as the text defines it.
    fn subproof(m: usize, leaves: &[Hash], known: bool) -> Vec<Hash> {
        if m == leaves.len() {
            return if known { vec![] } else { vec![mth(leaves)] };
        }
        let (left, right) = leaves.split_at(split(leaves.len()));
        let (mut below, beside) = if m <= left.len() {
            (subproof(m, left, known), mth(right))
        } else {
            (subproof(m - left.len(), right, false), mth(left))
        };
        below.push(beside);
        below
    }

    fn split(n: usize) -> usize {
        let mut k = 1;
        while k * 2 < n {
            k *= 2;
        }
        k
    }

    #[test]
    fn every_proof_of_every_small_tree_holds_and_no_other_index_does() {
        let sample = Sample::new(40);
        for size in 1..=40_u64 {
            let root = sample.roots[size as usize];
            for index in 0..size {
                let proof = sample.inclusion(index, size);
                assert_eq!(proof, path(index as usize, &sample.leaves[..size as usize]));
                for claimed in 0..=size {
                    let verdict = verify_inclusion(&sample.leaves[index as usize], claimed, size, &proof, &root);
                    assert_eq!(verdict.is_ok(), claimed == index, "{index} of {size} claimed as {claimed}");
                }
            }
            for old in 1..=size {
                let proof = sample.consistency(old, size);
                assert_eq!(proof, subproof(old as usize, &sample.leaves[..size as usize], true));
                for claimed in 0..=size {
                    let old_root = sample.roots[claimed as usize];
                    let verdict = verify_consistency(claimed, &old_root, size, &root, &proof);
                    assert_eq!(verdict.is_ok(), claimed == old, "{old} to {size} claimed from {claimed}");
                }
            }
        }
    }

    #[test]
    fn proofs_that_cannot_be_made_are_refused() {
        let none = |_: u64| Err::<Hash, &str>("asked");
        for (index, size) in [(0, 0), (1, 1), (u64::MAX, u64::MAX), (u64::MAX, 0)] {
            assert_eq!(inclusion_proof(index, size, none, none), Err(ProveError::OutOfRange));
        }
        for (old, new) in [(0, 0), (0, 1), (2, 1), (u64::MAX, 1)] {
            assert_eq!(consistency_proof(old, new, none, none), Err(ProveError::OutOfRange));
        }
        assert_eq!(inclusion_proof(0, u64::MAX, none, none), Err(ProveError::Source("asked")));
        assert_eq!(consistency_proof(1, u64::MAX, none, none), Err(ProveError::Source("asked")));
        assert_eq!(consistency_proof(u64::MAX, u64::MAX, none, none), Ok(vec![]));
    }

    #[test]
    fn errors_say_what_is_wrong() {
        let sample = Sample::new(7);
        let (three, seven) = (sample.roots[3], sample.roots[7]);
        let proof = sample.consistency(3, 7);
        let check =
            |old, old_root, new, new_root, proof: &[Hash]| verify_consistency(old, old_root, new, new_root, proof);
        assert_eq!(check(3, &three, 7, &seven, &proof), Ok(()));
        assert_eq!(check(8, &three, 7, &seven, &proof), Err(ProofError::SizesOutOfOrder));
        assert_eq!(check(0, &three, 7, &seven, &proof), Err(ProofError::OldTreeEmpty));
        assert_eq!(check(3, &three, 7, &seven, &proof[1..]), Err(ProofError::WrongLength));
        assert_eq!(check(3, &three, 7, &seven, &[]), Err(ProofError::WrongLength));
        assert_eq!(check(3, &seven, 7, &seven, &proof), Err(ProofError::OldRootMismatch));
        assert_eq!(check(3, &three, 7, &three, &proof), Err(ProofError::RootMismatch));
        assert_eq!(check(7, &seven, 7, &three, &[]), Err(ProofError::RootMismatch));
        assert_eq!(check(7, &seven, 7, &seven, &proof), Err(ProofError::WrongLength));
        let leaf = &sample.leaves[6];
        let proof = sample.inclusion(6, 7);
        assert_eq!(verify_inclusion(leaf, 6, 7, &proof, &seven), Ok(()));
        assert_eq!(verify_inclusion(leaf, 7, 7, &proof, &seven), Err(ProofError::IndexOutOfRange));
        assert_eq!(verify_inclusion(leaf, 6, 7, &proof[1..], &seven), Err(ProofError::WrongLength));
        assert_eq!(verify_inclusion(leaf, 6, 7, &proof, &three), Err(ProofError::RootMismatch));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn inclusion_matches_the_definition(
            size in 1_u64..600,
            at in any::<prop::sample::Index>(),
            bit in any::<prop::sample::Index>(),
        ) {
            let sample = Sample::new(size);
            let index = at.index(size as usize);
            let (leaf, root) = (sample.leaves[index], sample.roots[size as usize]);
            let mut proof = sample.inclusion(index as u64, size);
            prop_assert_eq!(&proof, &path(index, &sample.leaves));
            prop_assert_eq!(verify_inclusion(&leaf, index as u64, size, &proof, &root), Ok(()));
            if !proof.is_empty() {
                let bit = bit.index(proof.len() * 256);
                proof[bit / 256][bit / 8 % 32] ^= 1 << (bit % 8);
                let verdict = verify_inclusion(&leaf, index as u64, size, &proof, &root);
                prop_assert_eq!(verdict, Err(ProofError::RootMismatch));
            }
        }

        #[test]
        fn consistency_matches_the_definition(
            new in 1_u64..600,
            at in any::<prop::sample::Index>(),
            bit in any::<prop::sample::Index>(),
        ) {
            let sample = Sample::new(new);
            let old = at.index(new as usize) as u64 + 1;
            let (old_root, new_root) = (sample.roots[old as usize], sample.roots[new as usize]);
            let mut proof = sample.consistency(old, new);
            prop_assert_eq!(&proof, &subproof(old as usize, &sample.leaves, true));
            prop_assert_eq!(verify_consistency(old, &old_root, new, &new_root, &proof), Ok(()));
            if !proof.is_empty() {
                let bit = bit.index(proof.len() * 256);
                proof[bit / 256][bit / 8 % 32] ^= 1 << (bit % 8);
                prop_assert!(verify_consistency(old, &old_root, new, &new_root, &proof).is_err());
            }
        }

        #[test]
        fn hostile_input_is_refused_without_a_panic(
            old in prop_oneof![any::<u64>(), 0_u64..9, (u64::MAX - 9)..=u64::MAX],
            new in prop_oneof![any::<u64>(), 0_u64..9, (u64::MAX - 9)..=u64::MAX],
            proof in prop::collection::vec(any::<Hash>(), 0..70),
            roots in any::<(Hash, Hash)>(),
        ) {
            prop_assume!(roots.0 != roots.1);
            prop_assert!(verify_inclusion(&roots.0, old, new, &proof, &roots.1).is_err());
            prop_assert!(verify_consistency(old, &roots.0, new, &roots.1, &proof).is_err());
        }
    }
}
