//! Where an organisation is, in the form in which it is kept.

use kernel::{Error, Result};

use crate::one_line;

/// Where the organisation is, what it does, when its day begins.
pub struct Place {
    /// ISO 3166.
    pub region: String,
    /// One line.
    pub industry: String,
    /// IANA name.
    pub time_zone: String,
}

/// Region is ISO 3166 with or without a subdivision, the zone is one that exists.
pub fn checked(region: &str, industry: &str, time_zone: &str) -> Result<Place> {
    let (country, part) = region.split_once('-').unwrap_or((region, "0"));
    let is_region = country.len() == 2
        && country.bytes().all(|byte| byte.is_ascii_uppercase())
        && (1..=3).contains(&part.len())
        && part.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    if !is_region {
        return Err(Error::Invalid { field: "region", why: "not_iso_3166" });
    }
    if time_zone.parse::<chrono_tz::Tz>().is_err() {
        return Err(Error::Invalid { field: "time_zone", why: "unknown" });
    }
    let industry = one_line("industry", industry, 64)?.ok_or(Error::Invalid { field: "industry", why: "is_empty" })?;
    Ok(Place { region: region.to_owned(), industry, time_zone: time_zone.to_owned() })
}
