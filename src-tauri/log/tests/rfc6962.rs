//! Judges the tree and its proofs against test cases that others published, and against another implementation.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "A test may stop at a surprise.")]

use base64::{Engine, engine::general_purpose::STANDARD};
use ct_merkle::mem_backed_tree::MemoryBackedTree;
use keepwell_log::proof::{consistency_proof, inclusion_proof, verify_consistency, verify_inclusion};
use keepwell_log::tree::{Frontier, Hash, leaf_hash, root_at};
use proptest::prelude::*;
use serde::{Deserialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use std::convert::Infallible;
use std::path::{Path, PathBuf};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct InclusionCase {
    leaf_idx: u64,
    tree_size: u64,
    root: String,
    leaf_hash: String,
    proof: Option<Vec<String>>,
    #[serde(rename = "desc")]
    _desc: String,
    want_err: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ConsistencyCase {
    size1: u64,
    size2: u64,
    root1: String,
    root2: String,
    proof: Option<Vec<String>>,
    #[serde(rename = "desc")]
    _desc: String,
    want_err: bool,
}

/// Returns the hash of a published case, or `None` where the case leaves it empty, which our types cannot express.
///
/// Some cases use short words in place of hashes. They are widened to 32 bytes, distinct ones to distinct hashes, so
/// that the checks themselves judge every case.
fn hash(encoded: &str) -> Option<Hash> {
    let bytes = STANDARD.decode(encoded).expect("a published hash is base64");
    match Hash::try_from(bytes.as_slice()) {
        Ok(hash) => Some(hash),
        Err(_) if bytes.is_empty() => None,
        Err(_) => Some(Sha256::digest(&bytes).into()),
    }
}

fn hashes(encoded: &Option<Vec<String>>) -> Option<Vec<Hash>> {
    encoded.iter().flatten().map(|one| hash(one)).collect()
}

/// Returns all published cases below one folder with their files.
fn cases<T: DeserializeOwned>(kind: &str) -> Vec<(PathBuf, T)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/crypto/rfc6962").join(kind);
    assert!(
        folder.is_dir(),
        "the published RFC 6962 cases are missing: put them into shared/data/crypto/rfc6962/{kind} beside the \
         repository's folder"
    );
    let mut found = Vec::new();
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("the folder of cases can be listed") {
            let path = entry.expect("the folder of cases can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = std::fs::read_to_string(&path).expect("a case can be read");
                let case = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
                found.push((path, case));
            }
        }
    }
    found
}

#[test]
fn published_inclusion_cases() {
    let (mut held, mut refused) = (0, 0);
    for (path, case) in cases::<InclusionCase>("inclusion") {
        let verdict = match (hash(&case.leaf_hash), hashes(&case.proof), hash(&case.root)) {
            (Some(leaf), Some(proof), Some(root)) => {
                verify_inclusion(&leaf, case.leaf_idx, case.tree_size, &proof, &root).is_ok()
            }
            _ => false,
        };
        assert_eq!(verdict, !case.want_err, "{}", path.display());
        if verdict { held += 1 } else { refused += 1 }
    }
    assert_eq!((held, refused), (6, 92), "the number of cases that hold and that are refused");
}

#[test]
fn published_consistency_cases() {
    let (mut held, mut refused) = (0, 0);
    for (path, case) in cases::<ConsistencyCase>("consistency") {
        let verdict = match (hash(&case.root1), hashes(&case.proof), hash(&case.root2)) {
            (Some(root1), Some(proof), Some(root2)) => {
                verify_consistency(case.size1, &root1, case.size2, &root2, &proof).is_ok()
            }
            _ => false,
        };
        assert_eq!(verdict, !case.want_err, "{}", path.display());
        if verdict { held += 1 } else { refused += 1 }
    }
    assert_eq!((held, refused), (6, 92), "the number of cases that hold and that are refused");
}

/// Our leaves and tiles, and the same entries in the other implementation.
struct Both {
    leaves: Vec<Hash>,
    tiles: Vec<Hash>,
    theirs: MemoryBackedTree<Sha256, Vec<u8>>,
}

impl Both {
    fn new(size: u64, seed: u64) -> Self {
        let mut theirs = MemoryBackedTree::new();
        let mut leaves = Vec::new();
        for n in 0..size {
            let data = [seed.to_be_bytes(), n.to_be_bytes()].concat();
            leaves.push(leaf_hash(&data));
            theirs.push(data);
        }
        let mut edge = Frontier::new();
        let tiles = leaves.iter().filter_map(|leaf| edge.append(*leaf)).collect();
        Self { leaves, tiles, theirs }
    }

    fn tile(&self, index: u64) -> Result<Hash, Infallible> {
        Ok(self.tiles[index as usize])
    }

    fn leaf(&self, index: u64) -> Result<Hash, Infallible> {
        Ok(self.leaves[index as usize])
    }
}

#[test]
fn another_implementation_has_the_same_root_at_every_size() {
    let mut theirs = MemoryBackedTree::<Sha256, Vec<u8>>::new();
    let mut ours = Frontier::new();
    for n in 0..600_u64 {
        theirs.push(n.to_be_bytes().to_vec());
        ours.append(leaf_hash(&n.to_be_bytes()));
        assert_eq!(ours.root().as_slice(), theirs.root().as_bytes().as_slice(), "{} entries", n + 1);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn another_implementation_makes_the_same_inclusion_proofs(
        size in 1_u64..600,
        seed: u64,
        at in any::<prop::sample::Index>(),
    ) {
        let both = Both::new(size, seed);
        let index = at.index(size as usize);
        let proof = inclusion_proof(index as u64, size, |n| both.tile(n), |n| both.leaf(n)).expect("in range");
        prop_assert_eq!(proof.concat(), both.theirs.prove_inclusion(index).as_bytes().to_vec());
        let root = root_at(size, |n| both.tile(n), |n| both.leaf(n)).expect("in memory");
        prop_assert_eq!(verify_inclusion(&both.leaves[index], index as u64, size, &proof, &root), Ok(()));
    }

    #[test]
    fn another_implementation_makes_the_same_consistency_proofs(
        new in 1_u64..600,
        seed: u64,
        at in any::<prop::sample::Index>(),
    ) {
        let both = Both::new(new, seed);
        let old = at.index(new as usize) as u64 + 1;
        let proof = consistency_proof(old, new, |n| both.tile(n), |n| both.leaf(n)).expect("in range");
        prop_assert_eq!(proof.concat(), both.theirs.prove_consistency((new - old) as usize).as_bytes().to_vec());
        let root = |size| root_at(size, |n| both.tile(n), |n| both.leaf(n)).expect("in memory");
        prop_assert_eq!(verify_consistency(old, &root(old), new, &root(new), &proof), Ok(()));
    }
}
