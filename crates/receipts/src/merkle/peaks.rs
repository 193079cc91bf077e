//! The beginning of a log in as few hashes as can be: one for each complete subtree it falls into. It grows without its leaves.

use super::{Hash, empty, node};

/// So many leaves, and the roots of the complete subtrees they fall into, the largest first: at most 64 hashes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Peaks {
    size: u64,
    hashes: Vec<Hash>,
}

impl Peaks {
    /// What [`Peaks::size`] and [`Peaks::hashes`] gave; `None` when a log of this size has another number of hashes.
    pub fn of(size: u64, hashes: Vec<Hash>) -> Option<Self> {
        let count = usize::try_from(size.count_ones()).ok()?;
        (hashes.len() == count).then_some(Self { size, hashes })
    }

    /// How many leaves.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// One for each bit of the size, the highest first.
    pub fn hashes(&self) -> &[Hash] {
        &self.hashes
    }

    /// One leaf more.
    pub fn push(&mut self, leaf: Hash) {
        let (mut hash, mut rest) = (leaf, self.size);
        while rest & 1 == 1 {
            let Some(left) = self.hashes.pop() else { break };
            hash = node(&left, &hash);
            rest >>= 1;
        }
        self.hashes.push(hash);
        self.size += 1;
    }

    /// The hash of the whole.
    pub fn root(&self) -> Hash {
        self.hashes.iter().rev().copied().reduce(|right, left| node(&left, &right)).unwrap_or_else(empty)
    }

    /// The hash of the leaves from `from` to before `to`, when these are just what one of the subtrees has.
    pub(super) fn spanning(&self, from: u64, to: u64) -> Option<Hash> {
        let levels = (0..u64::BITS).rev().filter(|level| (self.size >> level) & 1 == 1);
        let mut start = 0;
        for (level, hash) in levels.zip(&self.hashes) {
            let end = start + (1 << level);
            if (start, end) == (from, to) {
                return Some(*hash);
            }
            start = end;
        }
        None
    }
}
