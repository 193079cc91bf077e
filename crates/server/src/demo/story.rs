//! The time of the demo: it stands still until the story moves it.

use std::sync::atomic::{AtomicI64, Ordering};

use anyhow::{Context, ensure};
use chrono::{DateTime, TimeDelta, Utc};
use kernel::Clock;

/// The company is founded on Monday, 5 January 2026, at nine in Hangzhou: people and departments have the same ids for ever.
const FOUNDED: &str = "2026-01-05T01:00:00Z";
/// Minutes before the end at which everybody comes to work: before the first message.
const BEGINS: i64 = 4500;
/// The end: noon in Hangzhou, in hours of UTC.
const NOON: TimeDelta = TimeDelta::hours(4);

/// The clock of the demo.
pub struct Story {
    end: DateTime<Utc>,
    micros: AtomicI64,
}

impl Story {
    /// A story that ends at `until`, or at the last noon in Hangzhou before `now`. So it is the same all day, and what
    /// people say in it was said "this morning", "yesterday", "on Friday".
    pub fn new(until: Option<DateTime<Utc>>, now: DateTime<Utc>) -> anyhow::Result<Self> {
        let founded: DateTime<Utc> = FOUNDED.parse().context("the day of the founding")?;
        let noon = (now - NOON).date_naive().and_hms_opt(0, 0, 0).context("midnight")?.and_utc() + NOON;
        let end = until.unwrap_or(noon);
        let first = founded + TimeDelta::minutes(BEGINS) + TimeDelta::days(1);
        ensure!(end >= first, "the story cannot end before {first}: the company is founded on {founded}");
        Ok(Self { end, micros: AtomicI64::new(founded.timestamp_micros()) })
    }

    /// Everybody comes to work on the first day that is told of.
    pub fn begin(&self) {
        self.go_to(BEGINS);
    }

    /// So many minutes before the end; time never goes back.
    pub fn go_to(&self, minutes_ago: i64) {
        let at = self.end - TimeDelta::minutes(minutes_ago);
        self.micros.fetch_max(at.timestamp_micros(), Ordering::SeqCst);
    }

    /// A second passes.
    pub fn tick(&self) {
        self.micros.fetch_add(1_000_000, Ordering::SeqCst);
    }
}

impl Clock for Story {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.micros.load(Ordering::SeqCst)).unwrap_or(self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(instant: &str) -> DateTime<Utc> {
        instant.parse().unwrap()
    }

    fn end(now: &str) -> String {
        Story::new(None, at(now)).unwrap().end.to_rfc3339()
    }

    #[test]
    fn it_ends_at_the_last_noon_in_hangzhou() {
        assert_eq!(end("2026-11-29T03:59:59Z"), "2026-11-28T04:00:00+00:00");
        assert_eq!(end("2026-11-29T04:00:00Z"), "2026-11-29T04:00:00+00:00");
        assert_eq!(end("2026-11-30T03:00:00Z"), "2026-11-29T04:00:00+00:00");
    }

    #[test]
    fn it_does_not_end_before_it_begins() {
        assert!(Story::new(Some(at("2026-01-09T00:00:00Z")), at("2026-11-29T04:00:00Z")).is_err());
    }
}
