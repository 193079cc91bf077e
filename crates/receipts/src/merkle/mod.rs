//! A log as a Merkle tree, hashed as RFC 6962 says: whoever has the hash of a log at some size can be shown that a leaf is in it
//! (RFC 9162, 2.1.3) and that a longer log begins with it (2.1.4), by some thirty hashes, without the other leaves.

mod check;
mod peaks;
mod tree;

pub use check::{begins_with, root_with};
pub use peaks::Peaks;
pub use tree::Tree;

use aws_lc_rs::digest::{Context, SHA256};

/// SHA-256.
pub type Hash = [u8; 32];

/// The hash of one leaf.
pub fn leaf(bytes: &[u8]) -> Hash {
    hashed(&[&[0_u8][..], bytes])
}

/// The hash of what stands above two subtrees.
pub fn node(left: &Hash, right: &Hash) -> Hash {
    hashed(&[&[1_u8][..], &left[..], &right[..]])
}

/// The hash of a log without leaves.
pub fn empty() -> Hash {
    hashed(&[])
}

fn hashed(parts: &[&[u8]]) -> Hash {
    let mut context = Context::new(&SHA256);
    for part in parts {
        context.update(part);
    }
    let mut hash = Hash::default();
    hash.copy_from_slice(context.finish().as_ref());
    hash
}

#[cfg(test)]
mod tests;
