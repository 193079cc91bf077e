//! Days and instants in a place: where a day begins there, which day it is.

use chrono::{DateTime, Days, LocalResult, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

use crate::Table;

/// The zone of this IANA name.
pub fn named(name: &str) -> Option<Tz> {
    name.parse().ok()
}

/// Which day it is there.
pub fn day_of(at: DateTime<Utc>, zone: Tz) -> NaiveDate {
    at.with_timezone(&zone).date_naive()
}

/// The first instant of the day there. Where clocks are put forward at midnight the day begins later than at 0:00; where they
/// are put back over midnight, with the first of two midnights. A day that a place skipped (Samoa, 30 December 2011) begins when
/// the next one does.
pub fn first_instant(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN);
    // No gap is longer than a day; quarters of an hour are the finest zones have had since 1972.
    for quarters in 0..=96 {
        match zone.from_local_datetime(&(midnight + TimeDelta::minutes(15 * quarters))) {
            LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => return at.to_utc(),
            LocalResult::None => {}
        }
    }
    midnight.and_utc()
}

/// When a term of `count` working days that began at `at` is over: the first instant after its last day.
pub fn deadline(table: &Table, at: DateTime<Utc>, count: u32, zone: Tz) -> Option<DateTime<Utc>> {
    let last = table.after(day_of(at, zone), count)?;
    Some(first_instant(last.checked_add_days(Days::new(1))?, zone))
}

#[cfg(test)]
mod tests {
    use chrono_tz::TZ_VARIANTS;
    use proptest::prelude::{any, proptest};

    use super::*;
    use crate::Week;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap_or_default()
    }

    #[test]
    fn the_same_instant_ends_a_term_on_different_days_in_different_places() {
        let table = Table::new(Week::USUAL, []);
        // Friday 23:30 in Shanghai is Friday 8:30 in Los Angeles and already Saturday in Auckland.
        let begun = at("2026-01-02T15:30:00Z");
        let over = |zone: Tz| deadline(&table, begun, 1, zone).unwrap_or_default();
        assert_eq!(over(Tz::Asia__Shanghai), at("2026-01-05T16:00:00Z"));
        assert_eq!(over(Tz::America__Los_Angeles), at("2026-01-06T08:00:00Z"));
        assert_eq!(over(Tz::Pacific__Auckland), at("2026-01-05T11:00:00Z"));
    }

    #[test]
    fn a_day_begins_when_the_clocks_say_so() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap_or_default();
        // Clocks went from 0:00 to 1:00.
        assert_eq!(first_instant(day("2018-11-04"), Tz::America__Sao_Paulo), at("2018-11-04T03:00:00Z"));
        // Clocks went from 1:00 back to 0:00: there were two midnights.
        assert_eq!(first_instant(day("2026-11-01"), Tz::America__Havana), at("2026-11-01T04:00:00Z"));
        // There was no such day.
        assert_eq!(
            first_instant(day("2011-12-30"), Tz::Pacific__Apia),
            first_instant(day("2011-12-31"), Tz::Pacific__Apia)
        );
    }

    proptest! {
        #[test]
        fn the_first_instant_of_a_day_belongs_to_it_and_the_one_before_does_not(
            zone in any::<proptest::sample::Index>(), later in 0_u64..30_000,
        ) {
            let zone = TZ_VARIANTS[zone.index(TZ_VARIANTS.len())];
            let day = NaiveDate::from_ymd_opt(1975, 1, 1).unwrap() + Days::new(later);
            let first = first_instant(day, zone);
            let is_skipped = day_of(first, zone) != day;
            assert!(!is_skipped || day_of(first, zone) == day + Days::new(1), "{zone} {day}");
            assert!(day_of(first - TimeDelta::milliseconds(1), zone) < day, "{zone} {day}");
        }

        #[test]
        fn a_term_ends_after_its_days(later in 0_i64..400_000, count in 1_u32..40) {
            let table = Table::new(Week::USUAL, []);
            let begun = at("2020-01-01T00:00:00Z") + TimeDelta::minutes(later);
            for zone in [Tz::Asia__Shanghai, Tz::America__New_York, Tz::Pacific__Chatham] {
                let over = deadline(&table, begun, count, zone).unwrap();
                assert!(over > begun);
                let (first, end) = (day_of(begun, zone), day_of(over, zone));
                assert_eq!(table.between(first + Days::new(1), end), count);
            }
        }
    }
}
