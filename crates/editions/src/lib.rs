//! Which edition of a thing somebody changes: whoever changes what another has changed meanwhile is told (RFC 9110 §13.1.1). And
//! what a change of only some of it says.

mod patch;

pub use patch::{Given, given, replace};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use kernel::{Error, Result};

/// What `If-Match` says: the revisions one of which was seen, or `*` of whoever changes what is there on purpose, whatever it is.
///
/// 428 with `editions.if_match_required` for whoever sends none (RFC 6585 §3); the document says so of every operation that takes it.
pub struct Edition(String);

impl<S: Send + Sync> FromRequestParts<S> for Edition {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self> {
        let said = parts.headers.get(header::IF_MATCH).ok_or(Error::Protocol(428, "editions.if_match_required"))?;
        Ok(Self(said.to_str().unwrap_or_default().to_owned()))
    }
}

impl Edition {
    /// Whatever is there.
    pub fn any() -> Self {
        Self("*".to_owned())
    }

    /// 412 with `directory.changed_meanwhile` when the thing is not at this revision any more.
    pub fn check(&self, revision: i64) -> Result<()> {
        let named = |one: &str| one == "*" || one.trim_matches('"').parse() == Ok(revision);
        let is_same = self.0.split(',').any(|one| named(one.trim()));
        if is_same { Ok(()) } else { Err(Error::Protocol(412, "directory.changed_meanwhile")) }
    }
}

/// The `ETag` of this revision; none for whoever is not told it.
pub fn tag(revision: impl Into<Option<i64>>) -> HeaderMap {
    let tag = revision.into().map(|revision| HeaderValue::from_str(&format!("\"{revision}\"")));
    tag.into_iter().flatten().map(|tag| (header::ETAG, tag)).collect()
}

/// The edition of an order of ids: another one when one of them stands elsewhere, comes or goes, but for a chance of about 1 in 2⁵³.
/// Exact as a number of JSON.
pub fn of_order(ids: impl IntoIterator<Item = u128>) -> i64 {
    // Odd, so that multiplying loses nothing; the multiplier of PCG's generators of 128 bits (M. O'Neill, 2014).
    const FACTOR: u128 = 0x2360_ED05_1FC6_5DA4_4385_DF64_9FCC_F645;
    let mixed = ids.into_iter().fold(1_u128, |sum, id| sum.wrapping_add(id).wrapping_mul(FACTOR));
    i64::try_from(mixed >> 75).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Edition, of_order};

    #[test]
    fn an_order_is_another_edition_when_one_moves_comes_or_goes() {
        let ids: [u128; 3] = [0x7000_8000_0000_0000_0100, 0x7000_8000_0000_0000_0101, 1 << 127];
        let order = of_order(ids);
        assert_eq!(order, of_order(ids));
        assert!((0..1 << 53).contains(&order));
        let others: [&[u128]; 4] = [&[ids[1], ids[0], ids[2]], &[ids[0], ids[2], ids[1]], &ids[..2], &ids[1..]];
        assert!(others.into_iter().all(|other| of_order(other.iter().copied()) != order));
    }

    #[test]
    fn an_edition_is_the_one_that_is_there_or_refused() {
        let says = |text: &str| Edition(text.to_owned()).check(7).is_ok();
        assert!(says("\"7\"") && says("*") && says("\"6\", \"7\""));
        assert!(!says("\"6\"") && !says("") && !says("W/\"7\""));
        assert!(Edition::any().check(7).is_ok());
    }
}
