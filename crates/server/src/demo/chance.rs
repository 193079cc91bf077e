//! The chance of the demo: the same in every run.

use std::sync::atomic::{AtomicU64, Ordering};

use kernel::Random;

/// SplitMix64, for identifiers only: whoever reads this file can foretell it.
#[derive(Default)]
pub struct Foretold(AtomicU64);

impl Random for Foretold {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let mut z = self.0.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::SeqCst);
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            let word = (z ^ (z >> 31)).to_le_bytes();
            chunk.copy_from_slice(&word[..chunk.len()]);
        }
    }
}
