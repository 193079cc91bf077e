//! What a proof proves: needs nothing but the proof (RFC 9162, 2.1.3.2 and 2.1.4.2).

use super::{Hash, node};

/// The hash that a log of `size` leaves has when `leaf` is the one at `index` and the proof is one; `None` when it cannot be one.
pub fn root_with(leaf: Hash, index: u64, size: u64, proof: &[Hash]) -> Option<Hash> {
    if index >= size {
        return None;
    }
    let (mut here, mut last, mut root) = (index, size - 1, leaf);
    for beside in proof {
        if last == 0 {
            return None;
        }
        if here & 1 == 1 || here == last {
            root = node(beside, &root);
            (here, last) = up_to_a_right_one(here, last);
        } else {
            root = node(&root, beside);
        }
        (here, last) = (here >> 1, last >> 1);
    }
    (last == 0).then_some(root)
}

/// Whether a log of a size and hash begins with another.
pub fn begins_with((size, root): (u64, Hash), (first, first_root): (u64, Hash), proof: &[Hash]) -> bool {
    if first == 0 || first >= size {
        // Nothing is to be shown of an empty beginning, or of the same log.
        let is_same = first == size && first_root == root;
        return proof.is_empty() && (is_same || (first == 0 && first_root == super::empty()));
    }
    // Of a complete subtree the proof leaves out the hash that is known already.
    let known = first.is_power_of_two().then_some(first_root);
    let mut proof = known.iter().chain(proof);
    let Some(begin) = proof.next() else { return false };
    let (mut here, mut last) = (first - 1, size - 1);
    while here & 1 == 1 {
        (here, last) = (here >> 1, last >> 1);
    }
    let (mut old, mut new) = (*begin, *begin);
    for beside in proof {
        if last == 0 {
            return false;
        }
        if here & 1 == 1 || here == last {
            (old, new) = (node(beside, &old), node(beside, &new));
            (here, last) = up_to_a_right_one(here, last);
        } else {
            new = node(&new, beside);
        }
        (here, last) = (here >> 1, last >> 1);
    }
    last == 0 && old == first_root && new == root
}

/// Past the levels at which the last subtree stands alone.
fn up_to_a_right_one(mut here: u64, mut last: u64) -> (u64, u64) {
    while here & 1 == 0 && here != 0 {
        (here, last) = (here >> 1, last >> 1);
    }
    (here, last)
}
