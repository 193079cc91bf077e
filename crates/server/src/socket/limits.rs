//! How much one socket may send: each channel has its own bucket, and whoever ignores refusals is cut. Without rates
//! (the setting `limits.rates`) only sizes are refused.

use std::time::Duration;

use tokio::time::Instant;

/// Frames a second on the channel `sys`, which is no module's.
pub const SYS_PER_SECOND: u32 = 2;
/// A bucket holds ten seconds' worth, so that a burst after a pause is not refused.
const BURST_S: f32 = 10.0;
/// Refused frames in a row after which the socket ends.
const PATIENCE: u16 = 100;

pub struct Limits {
    has_rates: bool,
    buckets: Vec<Bucket>,
    refused: u16,
}

struct Bucket {
    channel: &'static str,
    level: f32,
    at: Instant,
}

pub enum Verdict {
    Fine,
    /// Not this frame; again after so many seconds.
    Refused(u32),
    /// No frame any more.
    Hopeless,
}

impl Limits {
    pub fn new(has_rates: bool) -> Self {
        Self { has_rates, buckets: Vec::new(), refused: 0 }
    }

    /// Takes one frame out of the channel's bucket.
    pub fn take(&mut self, channel: &'static str, per_second: u32, now: Instant) -> Verdict {
        if !self.has_rates {
            self.refused = 0;
            return Verdict::Fine;
        }
        let rate = per_second as f32;
        let bucket = match self.buckets.iter().position(|bucket| bucket.channel == channel) {
            Some(at) => &mut self.buckets[at],
            None => {
                self.buckets.push(Bucket { channel, level: rate * BURST_S, at: now });
                let last = self.buckets.len() - 1;
                &mut self.buckets[last]
            }
        };
        let passed = now.saturating_duration_since(bucket.at).as_secs_f32();
        bucket.level = (bucket.level + passed * rate).min(rate * BURST_S);
        bucket.at = now;
        if bucket.level >= 1.0 {
            bucket.level -= 1.0;
            self.refused = 0;
            return Verdict::Fine;
        }
        let wait = Duration::from_secs_f32((1.0 - bucket.level) / rate.max(0.1));
        self.refuse(u32::try_from(wait.as_secs()).unwrap_or(60) + 1)
    }

    /// Counts a frame that was refused for another reason.
    pub fn refuse(&mut self, retry_s: u32) -> Verdict {
        self.refused += 1;
        if self.refused >= PATIENCE { Verdict::Hopeless } else { Verdict::Refused(retry_s) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Limits, Verdict};
    use std::time::Duration;
    use tokio::time::Instant;

    #[test]
    fn ten_seconds_may_come_at_once_and_then_one_a_second() {
        let (mut limits, start) = (Limits::new(true), Instant::now());
        let at_once = (0..20).filter(|_| matches!(limits.take("typing", 1, start), Verdict::Fine)).count();
        assert_eq!(at_once, 10);
        assert!(matches!(limits.take("typing", 1, start + Duration::from_secs(1)), Verdict::Fine));
        assert!(matches!(limits.take("typing", 1, start + Duration::from_secs(1)), Verdict::Refused(_)));
    }

    #[test]
    fn whoever_ignores_refusals_is_cut() {
        let (mut limits, start) = (Limits::new(true), Instant::now());
        let cut = (0..200).position(|_| matches!(limits.take("typing", 1, start), Verdict::Hopeless));
        assert_eq!(cut, Some(109));
    }

    #[test]
    fn without_rates_only_what_is_refused_for_another_reason_counts() {
        let (mut limits, start) = (Limits::new(false), Instant::now());
        assert!((0..1000).all(|_| matches!(limits.take("typing", 1, start), Verdict::Fine)));
        let cut = (0..200).position(|_| matches!(limits.refuse(0), Verdict::Hopeless));
        assert_eq!(cut, Some(99));
    }
}
