//! Counting in working days. Pure: whoever has a table needs no database.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a special day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[schema(as = SpecialDayKind)]
pub enum Kind {
    /// Free, whatever the week says.
    Holiday,
    /// Worked, whatever the week says: it makes up for a holiday (调休).
    MadeUp,
}

impl Kind {
    /// As it is written everywhere.
    pub fn word(self) -> &'static str {
        match self {
            Self::Holiday => "holiday",
            Self::MadeUp => "made_up",
        }
    }
}

/// The days of the week that are worked, Monday first; at least one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Week([bool; 7]);

impl Week {
    /// Monday to Friday.
    pub const USUAL: Self = Self([true, true, true, true, true, false, false]);

    /// `None` when no day is worked: nothing could be counted.
    pub fn of(days: [bool; 7]) -> Option<Self> {
        days.contains(&true).then_some(Self(days))
    }

    /// Monday first.
    pub fn days(self) -> [bool; 7] {
        self.0
    }

    /// Whether this day of the week is worked.
    pub fn has(self, day: Weekday) -> bool {
        usize::try_from(day.num_days_from_monday()).ok().and_then(|place| self.0.get(place)).is_some_and(|is| *is)
    }
}

/// The week, and the days on which it does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    week: Week,
    special: BTreeMap<NaiveDate, Kind>,
}

impl Table {
    /// Of these parts.
    pub fn new(week: Week, special: impl IntoIterator<Item = (NaiveDate, Kind)>) -> Self {
        Self { week, special: special.into_iter().collect() }
    }

    /// Whether the day is worked.
    pub fn is_workday(&self, day: NaiveDate) -> bool {
        match self.special.get(&day) {
            Some(Kind::Holiday) => false,
            Some(Kind::MadeUp) => true,
            None => self.week.has(day.weekday()),
        }
    }

    /// The `count`-th working day later than `day`; of zero, `day` itself or the next working day. `None` only beyond the last
    /// year there is (262142).
    pub fn after(&self, day: NaiveDate, count: u32) -> Option<NaiveDate> {
        let mut day = day;
        if count == 0 {
            while !self.is_workday(day) {
                day = day.succ_opt()?;
            }
        }
        for _ in 0..count {
            day = day.succ_opt()?;
            while !self.is_workday(day) {
                day = day.succ_opt()?;
            }
        }
        Some(day)
    }

    /// The `count`-th working day earlier than `day`; of zero, `day` itself or the working day before.
    pub fn before(&self, day: NaiveDate, count: u32) -> Option<NaiveDate> {
        let mut day = day;
        if count == 0 {
            while !self.is_workday(day) {
                day = day.pred_opt()?;
            }
        }
        for _ in 0..count {
            day = day.pred_opt()?;
            while !self.is_workday(day) {
                day = day.pred_opt()?;
            }
        }
        Some(day)
    }

    /// How many working days there are from `first` on, `end` not counted; none when `end` is not later.
    pub fn between(&self, first: NaiveDate, end: NaiveDate) -> u32 {
        let days = u64::try_from((end - first).num_days()).unwrap_or(0);
        let worked =
            (0..days).filter_map(|later| first.checked_add_days(Days::new(later))).filter(|day| self.is_workday(*day));
        u32::try_from(worked.count()).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Just, Strategy, any, prop_oneof, proptest};

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    /// Around the National Day of 2026 as it might be decreed: free from 1 to 7 October, made up on two weekends.
    fn october() -> Table {
        let free = (1..=7).map(|of| (day(&format!("2026-10-0{of}")), Kind::Holiday));
        let made_up = ["2026-09-20", "2026-10-10"].map(|of| (day(of), Kind::MadeUp));
        Table::new(Week::USUAL, free.chain(made_up))
    }

    #[test]
    fn a_holiday_is_free_and_a_weekend_that_makes_up_for_it_is_worked() {
        let table = october();
        assert!(!table.is_workday(day("2026-10-01")), "a Thursday");
        assert!(table.is_workday(day("2026-10-10")), "a Saturday");
        assert!(!table.is_workday(day("2026-10-11")), "the Sunday after");
        assert_eq!(table.after(day("2026-09-30"), 1), Some(day("2026-10-08")));
        assert_eq!(table.after(day("2026-09-30"), 3), Some(day("2026-10-10")));
        assert_eq!(table.after(day("2026-10-03"), 0), Some(day("2026-10-08")));
        assert_eq!(table.before(day("2026-10-08"), 1), Some(day("2026-09-30")));
        assert_eq!(table.between(day("2026-09-28"), day("2026-10-12")), 3 + 3);
        // The 15 working days of DSR-10, over the holidays: 3 in September, 8 to 10 October, 12 to 16, 19 to 22.
        assert_eq!(table.after(day("2026-09-25"), 15), Some(day("2026-10-22")));
    }

    #[test]
    fn a_week_without_a_working_day_does_not_exist() {
        assert_eq!(Week::of([false; 7]), None);
        assert_eq!(Week::of(Week::USUAL.days()), Some(Week::USUAL));
    }

    fn a_day() -> impl Strategy<Value = NaiveDate> {
        (0_i64..4000).prop_map(|later| day("2020-01-01") + chrono::TimeDelta::days(later))
    }

    fn a_table() -> impl Strategy<Value = Table> {
        let week = any::<[bool; 7]>().prop_filter_map("a week has a working day", Week::of);
        let kind = prop_oneof![Just(Kind::Holiday), Just(Kind::MadeUp)];
        (week, proptest::collection::vec((a_day(), kind), 0..400)).prop_map(|(week, special)| Table::new(week, special))
    }

    proptest! {
        #[test]
        fn the_end_of_a_term_is_worked_and_so_many_days_are_up_to_it(table in a_table(), from in a_day(), count in 1_u32..60) {
            let end = table.after(from, count).unwrap();
            assert!(table.is_workday(end) && end > from);
            assert_eq!(table.between(from.succ_opt().unwrap(), end.succ_opt().unwrap()), count);
        }

        #[test]
        fn terms_add_up(table in a_table(), from in a_day(), one in 0_u32..30, other in 1_u32..30) {
            let whole = table.after(from, one + other);
            // From a free day on, zero days lead to the first working day, which the next day of the term would be as well.
            if one > 0 || table.is_workday(from) {
                assert_eq!(table.after(table.after(from, one).unwrap(), other), whole);
            }
        }

        #[test]
        fn who_begins_later_or_waits_longer_is_never_done_earlier(table in a_table(), from in a_day(), later in 0_u64..30, count in 0_u32..30) {
            let begun = from + Days::new(later);
            assert!(table.after(begun, count) >= table.after(from, count));
            let (sooner, longer) = (table.after(from, count), table.after(from, count + 1));
            // From a free day on, the next working day is the end of zero days and of one.
            assert!(if count > 0 || table.is_workday(from) { longer > sooner } else { longer >= sooner });
        }

        #[test]
        fn back_is_the_way_one_came(table in a_table(), from in a_day(), count in 0_u32..60) {
            let start = table.after(from, 0).unwrap();
            assert_eq!(table.before(table.after(start, count).unwrap(), count), Some(start));
        }

        #[test]
        fn what_lies_between_is_the_sum_of_its_parts(table in a_table(), first in a_day(), one in 0_u64..200, other in 0_u64..200) {
            let (middle, end) = (first + Days::new(one), first + Days::new(one + other));
            assert_eq!(table.between(first, end), table.between(first, middle) + table.between(middle, end));
            assert_eq!(table.between(end, first), 0, "an end that is not later");
        }
    }
}
