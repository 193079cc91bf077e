//! Which edition of a thing somebody changes: whoever changes what another has changed meanwhile is told (RFC 9110 §13.1.1).

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use kernel::{Error, Result};

/// What `If-Match` says; whoever does not send it changes what is there, whatever it is.
pub struct Edition(Option<String>);

impl<S: Send + Sync> FromRequestParts<S> for Edition {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let said = parts.headers.get(header::IF_MATCH).map(|value| value.to_str().unwrap_or_default().to_owned());
        Ok(Self(said))
    }
}

impl Edition {
    /// Whatever is there.
    pub fn any() -> Self {
        Self(None)
    }

    /// 412 with `directory.changed_meanwhile` when the thing is not at this revision any more.
    pub fn check(&self, revision: i64) -> Result<()> {
        let Some(said) = &self.0 else { return Ok(()) };
        let named = |one: &str| one == "*" || one.trim_matches('"').parse() == Ok(revision);
        let is_same = said.split(',').any(|one| named(one.trim()));
        if is_same { Ok(()) } else { Err(Error::Protocol(412, "directory.changed_meanwhile")) }
    }
}

/// The `ETag` of this revision; none for whoever is not told it.
pub fn tag(revision: impl Into<Option<i64>>) -> HeaderMap {
    let tag = revision.into().map(|revision| HeaderValue::from_str(&format!("\"{revision}\"")));
    tag.into_iter().flatten().map(|tag| (header::ETAG, tag)).collect()
}

#[cfg(test)]
mod tests {
    use super::Edition;

    #[test]
    fn an_edition_is_the_one_that_is_there_or_refused() {
        let says = |text: &str| Edition(Some(text.to_owned())).check(7).is_ok();
        assert!(says("\"7\"") && says("*") && says("\"6\", \"7\""));
        assert!(!says("\"6\"") && !says("") && !says("W/\"7\""));
        assert!(Edition(None).check(7).is_ok());
    }
}
