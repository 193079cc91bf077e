//! Proofs about a log whose oldest leaves are gone.

use super::{Hash, Peaks, empty};

/// A log: what is left of its beginning, and the hashes of the leaves after it.
pub struct Tree<'a> {
    past: &'a Peaks,
    leaves: &'a [Hash],
}

impl<'a> Tree<'a> {
    /// `leaves` follow `past`.
    pub fn new(past: &'a Peaks, leaves: &'a [Hash]) -> Self {
        Self { past, leaves }
    }

    /// How many leaves it has, with those that are gone.
    pub fn size(&self) -> u64 {
        self.past.size() + u64::try_from(self.leaves.len()).unwrap_or(u64::MAX)
    }

    /// The hash of its first `size` leaves; `None` when it is shorter, or that cannot be told any more.
    pub fn root(&self, size: u64) -> Option<Hash> {
        if size > self.size() {
            return None;
        }
        if size == 0 { Some(empty()) } else { self.hash(0, size) }
    }

    /// What shows that the leaf at `index` is in the first `size`, from the leaf upwards; `None` when it is not, or is gone.
    pub fn inclusion(&self, index: u64, size: u64) -> Option<Vec<Hash>> {
        if index >= size || size > self.size() || index < self.past.size() {
            return None;
        }
        let mut proof = Vec::new();
        self.beside(index, (0, size), &mut proof)?;
        Some(proof)
    }

    /// What shows that the first `second` leaves begin with the first `first`; `None` when the log is shorter, or it cannot be
    /// told any more because leaves after `first` are gone.
    pub fn consistency(&self, first: u64, second: u64) -> Option<Vec<Hash>> {
        if first > second || second > self.size() {
            return None;
        }
        let mut proof = Vec::new();
        if first > 0 {
            self.common(first, (0, second), &mut proof)?;
        }
        Some(proof)
    }

    /// What stands beside the way from the leaf to the top.
    fn beside(&self, index: u64, (from, to): (u64, u64), proof: &mut Vec<Hash>) -> Option<()> {
        if to - from == 1 {
            return Some(());
        }
        let middle = middle(from, to);
        if index < middle {
            self.beside(index, (from, middle), proof)?;
            proof.push(self.hash(middle, to)?);
        } else {
            self.beside(index, (middle, to), proof)?;
            proof.push(self.hash(from, middle)?);
        }
        Some(())
    }

    /// `SUBPROOF` of RFC 6962; that whoever asks knows the hash of the old log is the case of `from` being 0.
    fn common(&self, first: u64, (from, to): (u64, u64), proof: &mut Vec<Hash>) -> Option<()> {
        if first == to {
            if from > 0 {
                proof.push(self.hash(from, to)?);
            }
            return Some(());
        }
        let middle = middle(from, to);
        if first <= middle {
            self.common(first, (from, middle), proof)?;
            proof.push(self.hash(middle, to)?);
        } else {
            self.common(first, (middle, to), proof)?;
            proof.push(self.hash(from, middle)?);
        }
        Some(())
    }

    /// The hash of the leaves from `from` to before `to`, which are at least one.
    fn hash(&self, from: u64, to: u64) -> Option<Hash> {
        if to <= self.past.size()
            && let Some(hash) = self.past.spanning(from, to)
        {
            return Some(hash);
        }
        if to - from == 1 {
            let at = usize::try_from(from.checked_sub(self.past.size())?).ok()?;
            return self.leaves.get(at).copied();
        }
        let middle = middle(from, to);
        Some(super::node(&self.hash(from, middle)?, &self.hash(middle, to)?))
    }
}

/// Where a subtree of at least two leaves is parted: after the largest power of two that is smaller.
fn middle(from: u64, to: u64) -> u64 {
    from + (to - from).next_power_of_two() / 2
}
