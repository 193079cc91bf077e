//! Every leaf of every tree proves, whatever is gone of its beginning, and nothing else does.

use proptest::prelude::*;

use super::{Hash, Peaks, Tree, begins_with, empty, leaf, node, root_with};

/// As RFC 6962 defines it, with all leaves at hand.
fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => empty(),
        [one] => *one,
        more => {
            let (left, right) = more.split_at(more.len().next_power_of_two() / 2);
            node(&root(left), &root(right))
        }
    }
}

fn leaves(count: u64) -> Vec<Hash> {
    (0..count).map(|number| leaf(&number.to_be_bytes())).collect()
}

fn peaks(leaves: &[Hash]) -> Peaks {
    let mut peaks = Peaks::default();
    leaves.iter().for_each(|leaf| peaks.push(*leaf));
    peaks
}

fn place(at: u64) -> usize {
    usize::try_from(at).unwrap()
}

fn changed(hash: Hash, bit: u8) -> Hash {
    let mut other = hash;
    other[usize::from(bit / 8)] ^= 1 << (bit % 8);
    other
}

/// A size, how much of the beginning is gone, and a place in what is left.
fn logs() -> impl Strategy<Value = (u64, u64, u64)> {
    (1_u64..70)
        .prop_flat_map(|size| (Just(size), 0..size))
        .prop_flat_map(|(size, gone)| (Just(size), Just(gone), gone..size))
}

/// The vectors of the reference implementation of Certificate Transparency: eight leaves, and their hashes at each size.
#[test]
fn the_hashes_are_those_of_rfc_6962() {
    let hex = |hash: Hash| hash.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    assert_eq!(hex(empty()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    let first = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d";
    assert_eq!((hex(leaf(b"")), hex(root(&[leaf(b"")]))), (first.to_owned(), first.to_owned()));
    let two = [leaf(b""), leaf(&[0])];
    assert_eq!(hex(root(&two)), "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125");
}

#[test]
fn peaks_of_another_number_than_the_size_has_are_none() {
    assert_eq!(Peaks::of(3, vec![empty()]), None);
    assert_eq!(Peaks::of(0, Vec::new()), Some(Peaks::default()));
    let three = peaks(&leaves(3));
    assert_eq!(Peaks::of(3, three.hashes().to_vec()), Some(three));
}

proptest! {
    #[test]
    fn a_log_that_grows_has_the_hash_of_all_its_leaves(size in 0_u64..200) {
        let all = leaves(size);
        prop_assert_eq!((peaks(&all).root(), peaks(&all).size()), (root(&all), size));
    }

    #[test]
    fn every_leaf_that_is_left_proves_at_every_size(((size, gone, index), cut) in (logs(), 0_u64..70)) {
        let all = leaves(size);
        let past = peaks(&all[..place(gone)]);
        let tree = Tree::new(&past, &all[place(gone)..]);
        let then = index + 1 + cut % (size - index);
        let proof = tree.inclusion(index, then).unwrap();
        let expected = root(&all[..place(then)]);
        prop_assert_eq!(root_with(all[place(index)], index, then, &proof), Some(expected));
        prop_assert_eq!(tree.root(then), Some(expected));
    }

    #[test]
    fn another_leaf_place_or_proof_proves_nothing(((size, gone, index), bit, at) in (logs(), any::<u8>(), 0_usize..7)) {
        let all = leaves(size);
        let past = peaks(&all[..place(gone)]);
        let proof = Tree::new(&past, &all[place(gone)..]).inclusion(index, size).unwrap();
        let (own, expected) = (all[place(index)], Some(root(&all)));
        prop_assert_ne!(root_with(changed(own, bit), index, size, &proof), expected);
        for other in (0..size).filter(|other| *other != index) {
            prop_assert_ne!(root_with(own, other, size, &proof), expected);
        }
        if at < proof.len() {
            let mut forged = proof.clone();
            forged[at] = changed(forged[at], bit);
            prop_assert_ne!(root_with(own, index, size, &forged), expected);
            prop_assert_ne!(root_with(own, index, size, &proof[..at]), expected);
        }
        let longer: Vec<Hash> = proof.iter().copied().chain([empty()]).collect();
        prop_assert_ne!(root_with(own, index, size, &longer), expected);
        prop_assert_eq!(root_with(own, size, size, &proof), None);
    }

    /// `first` has been given out when nothing after it was gone.
    #[test]
    fn a_log_begins_with_what_it_was((size, gone, first) in logs(), bit in any::<u8>()) {
        prop_assume!(first > 0);
        let all = leaves(size);
        let past = peaks(&all[..place(gone)]);
        let proof = Tree::new(&past, &all[place(gone)..]).consistency(first, size).unwrap();
        let (new, old) = ((size, root(&all)), (first, root(&all[..place(first)])));
        prop_assert!(begins_with(new, old, &proof));
        prop_assert!(!begins_with((size, changed(new.1, bit)), old, &proof));
        prop_assert!(!begins_with(new, (first, changed(old.1, bit)), &proof));
        for at in 0..proof.len() {
            let mut forged = proof.clone();
            forged[at] = changed(forged[at], bit);
            prop_assert!(!begins_with(new, old, &forged));
        }
    }

    #[test]
    fn a_log_begins_with_itself_and_what_is_not_there_proves_nothing(size in 0_u64..70) {
        let all = leaves(size);
        let nothing = Peaks::default();
        let tree = Tree::new(&nothing, &all);
        prop_assert_eq!(tree.consistency(size, size), Some(Vec::new()));
        prop_assert!(begins_with((size, root(&all)), (size, root(&all)), &[]));
        prop_assert_eq!(tree.consistency(size, size + 1), None);
        prop_assert_eq!(tree.consistency(size + 1, size), None);
        prop_assert_eq!((tree.inclusion(size, size), tree.root(size + 1)), (None, None));
        let gone = peaks(&all);
        prop_assert!((0..size).all(|index| Tree::new(&gone, &[]).inclusion(index, size).is_none()));
    }
}
