//! UTC days: what a message's key and the memory of client ids are counted in.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use uuid::Uuid;

/// A client's id is remembered for this long; an older one is refused, because its message may have been taken before.
const REMEMBERED: TimeDelta = TimeDelta::days(7);
/// How far ahead of ours the clock of a device may be.
const AHEAD: TimeDelta = TimeDelta::days(1);

/// The day of an instant, counted from 1970-01-01.
pub fn of(at: DateTime<Utc>) -> i32 {
    i32::try_from(at.timestamp().div_euclid(86_400)).unwrap_or(i32::MAX)
}

/// The date of such a day.
pub fn date(day: i32) -> NaiveDate {
    NaiveDate::default() + TimeDelta::days(i64::from(day))
}

/// The day a client's id says it was made on, when it is one that can be remembered: a UUIDv7 of the last seven days.
pub fn of_client_id(id: Uuid, now: DateTime<Utc>) -> Option<NaiveDate> {
    let (seconds, nanos) = id.get_timestamp().filter(|_| id.get_version_num() == 7)?.to_unix();
    let made = DateTime::from_timestamp(i64::try_from(seconds).ok()?, nanos)?;
    (now - REMEMBERED < made && made < now + AHEAD).then(|| made.date_naive())
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, NaiveDate, TimeDelta};
    use uuid::{NoContext, Timestamp, Uuid};

    #[test]
    fn the_day_of_a_client_id_is_its_own_and_not_the_clocks() {
        let made = DateTime::from_timestamp(1_795_391_999, 0).unwrap(); // 23:59:59
        let id = Uuid::new_v7(Timestamp::from_unix(NoContext, 1_795_391_999, 0));
        for later in [0, 1, 3600, 6 * 86_400] {
            assert_eq!(super::of_client_id(id, made + TimeDelta::seconds(later)), Some(made.date_naive()));
        }
        assert_eq!(super::of_client_id(id, made + TimeDelta::days(7)), None);
        assert_eq!(super::of_client_id(id, made - TimeDelta::days(1)), None);
        assert_eq!(super::of_client_id(Uuid::nil(), made), None);
    }

    #[test]
    fn days_are_counted_from_1970() {
        assert_eq!(super::of(DateTime::UNIX_EPOCH), 0);
        assert_eq!(super::of(DateTime::UNIX_EPOCH - TimeDelta::seconds(1)), -1);
        assert_eq!(super::date(1), NaiveDate::from_ymd_opt(1970, 1, 2).unwrap());
    }
}
