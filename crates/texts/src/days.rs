//! Which days people mean. What is outside was mistyped, and cannot be written as days are (four digits of a year).

use chrono::{DateTime, NaiveDate, Utc};
use kernel::{Error, Result};

/// The first and the last year somebody means.
const YEARS: (i32, i32) = (1900, 2200);

/// Whether somebody can mean the day.
pub fn is_meant(day: NaiveDate) -> bool {
    let (first, last) = (NaiveDate::from_ymd_opt(YEARS.0, 1, 1), NaiveDate::from_ymd_opt(YEARS.1, 12, 31));
    first <= Some(day) && Some(day) <= last
}

/// The instant, if somebody can mean it: `field` is `out_of_range` otherwise.
pub fn meant(field: &'static str, at: DateTime<Utc>) -> Result<DateTime<Utc>> {
    if is_meant(at.date_naive()) { Ok(at) } else { Err(Error::Invalid { field, why: "out_of_range" }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_meant_lies_within_three_centuries() {
        for (day, is) in [("1899-12-31", false), ("1900-01-01", true), ("2200-12-31", true), ("2201-01-01", false)] {
            assert_eq!(is_meant(day.parse().unwrap_or_default()), is, "{day}");
        }
    }
}
