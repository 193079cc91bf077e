//! The body of every answer that is not a success (RFC 9457).

use std::borrow::Cow;
use std::error::Error;
use std::fmt::Display;

use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::value;
use utoipa::ToSchema;

/// The body of every answer that is not a success: `application/problem+json`.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Problem {
    /// Always `about:blank`: `code` tells problems apart.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The HTTP status in words.
    pub title: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// Stable: clients match on it and show a text of their own.
    pub code: &'static str,
    /// For developers.
    pub detail: String,
    /// Where the request is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<Cow<'static, str>>,
    /// What is wrong there: a stable word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<&'static str>,
    /// Seconds to wait before trying again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after_s: Option<u32>,
    /// To quote to the operator.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

impl Problem {
    /// The answer with this body.
    pub fn respond(&self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(self).unwrap_or_default();
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after_s {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// Beside an answer whose body is no [`Problem`]: with this code a part of what was asked was refused, and so nothing was done.
/// That it was refused is recorded as of any refusal.
#[derive(Debug, Clone, Copy)]
pub struct Refused(pub &'static str);

const WRONG: &str = "missing_or_wrong_member";

/// Why a body is not read as JSON at all, in a stable word; none when it is only too large.
pub fn unreadable(rejection: &JsonRejection) -> Option<&'static str> {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return None;
    }
    Some(match rejection {
        JsonRejection::JsonSyntaxError(_) | JsonRejection::JsonDataError(_) => "not_json",
        JsonRejection::MissingJsonContentType(_) => "not_application_json",
        _ => "unreadable",
    })
}

/// Where in a body it is that could not be read, and what is wrong there in a stable word: of what is missing, where it should
/// be; of what nobody knows, where it stands; `body` when that cannot be said.
pub fn place(error: &serde_path_to_error::Error<serde_json::Error>) -> (String, &'static str) {
    place_in("body", error)
}

/// The same of the parameters of an address; `query` when it cannot be said where.
pub fn place_in_query(rejection: &QueryRejection) -> (String, &'static str) {
    let mut cause: Option<&(dyn Error + 'static)> = Some(rejection);
    while let Some(error) = cause {
        if let Some(read) = error.downcast_ref::<serde_path_to_error::Error<value::Error>>() {
            return place_in("query", read);
        }
        cause = error.source();
    }
    ("query".to_owned(), WRONG)
}

fn place_in<E: Display>(whole: &str, error: &serde_path_to_error::Error<E>) -> (String, &'static str) {
    let (path, told) = (error.path().to_string(), error.inner().to_string());
    let named = |sentence: &str| {
        let name = told.strip_prefix(sentence).and_then(|rest| rest.split_once('`')).map(|(name, _)| name);
        name.map(ToOwned::to_owned)
    };
    let within = |name: String| if path == "." { name } else { format!("{path}.{name}") };
    if let Some(name) = named("missing field `") {
        return (within(name), WRONG);
    }
    // So serde says it of an enum that has its content beside its kind.
    let beside = told.strip_prefix("invalid value: string \"").and_then(|rest| rest.split_once("\", expected \""));
    if let Some(name) = named("unknown field `").or(beside.map(|(name, _)| name.to_owned())) {
        let is_told = path == name || path.ends_with(&format!(".{name}"));
        return (if is_told { path } else { within(name) }, "unknown_member");
    }
    (if path == "." { whole.to_owned() } else { path }, WRONG)
}

#[cfg(test)]
mod tests {
    use axum::extract::Query;
    use serde::Deserialize;

    use super::{place, place_in_query};

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Lunch {
        #[expect(dead_code, reason = "only read")]
        guests: Vec<Guest>,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Guest {
        #[expect(dead_code, reason = "only read")]
        name: String,
    }

    #[derive(Deserialize)]
    #[serde(tag = "kind", content = "id", rename_all = "snake_case", deny_unknown_fields)]
    enum Table {
        Round(#[expect(dead_code, reason = "only read")] u8),
    }

    #[derive(Deserialize)]
    #[serde(tag = "kind", rename_all = "snake_case")]
    enum Meal {
        Lunch(#[expect(dead_code, reason = "only read")] Lunch),
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Day {
        #[expect(dead_code, reason = "only read")]
        table: Table,
        #[expect(dead_code, reason = "only read")]
        meal: Meal,
    }

    fn told_of_day(text: &str) -> (String, &'static str) {
        let mut text = serde_json::Deserializer::from_str(text);
        place(&serde_path_to_error::deserialize::<_, Day>(&mut text).err().unwrap())
    }

    #[test]
    fn of_what_is_one_of_several_too() {
        let unknown = |at: &str| (at.to_owned(), "unknown_member");
        let wrong = |at: &str| (at.to_owned(), "missing_or_wrong_member");
        assert_eq!(told_of_day(r#"{"table": {"kind": "round", "id": 1, "seats": 3}}"#), unknown("table.seats"));
        assert_eq!(told_of_day(r#"{"table": {"id": 1, "knd": "round"}}"#), unknown("table.knd"));
        assert_eq!(told_of_day(r#"{"table": {"kind": "square", "id": 1}}"#), wrong("table.kind"));
        assert_eq!(told_of_day(r#"{"table": {"kind": "round", "id": "two"}}"#).1, "missing_or_wrong_member");
        assert_eq!(told_of_day(r#"{"meal": {"kind": "lunch", "guests": [], "days": 3}}"#), unknown("meal.days"));
        assert_eq!(told_of_day(r#"{"meal": {"kind": "lunch", "guest": []}}"#), unknown("meal.guest"));
    }

    fn told_of(text: &str) -> (String, &'static str) {
        let mut text = serde_json::Deserializer::from_str(text);
        place(&serde_path_to_error::deserialize::<_, Lunch>(&mut text).err().unwrap())
    }

    fn place_in(text: &str) -> String {
        told_of(text).0
    }

    #[test]
    fn what_nobody_knows_is_named_where_it_stands() {
        assert_eq!(told_of(r#"{"guests": [], "days": 14}"#), ("days".to_owned(), "unknown_member"));
        assert_eq!(
            told_of(r#"{"guests": [{"name": "a"}, {"name": "b", "age": 3}]}"#),
            ("guests[1].age".to_owned(), "unknown_member")
        );
        assert_eq!(told_of(r#"{"guests": 1}"#), ("guests".to_owned(), "missing_or_wrong_member"));
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Page {
        #[expect(dead_code, reason = "only read")]
        limit: u8,
        #[expect(dead_code, reason = "only read")]
        after: Option<u8>,
    }

    #[test]
    fn a_parameter_of_an_address_is_named() {
        for (query, named, why) in [
            ("after=1", "limit", "missing_or_wrong_member"),
            ("limit=many", "limit", "missing_or_wrong_member"),
            ("limit=1&after=-1", "after", "missing_or_wrong_member"),
            ("limit=1&before=2", "before", "unknown_member"),
            ("limit=1&limit=2", "query", "missing_or_wrong_member"),
        ] {
            let address = format!("/v1/things?{query}").parse().unwrap();
            let refused = Query::<Page>::try_from_uri(&address).unwrap_err();
            assert_eq!(place_in_query(&refused), (named.to_owned(), why), "{query}");
        }
    }

    #[test]
    fn what_is_missing_or_wrong_is_named_where_it_is() {
        assert_eq!(place_in("{}"), "guests");
        assert_eq!(place_in(r#"{"guests": 1}"#), "guests");
        assert_eq!(place_in(r#"{"guests": [{"name": "a"}, {}]}"#), "guests[1].name");
        assert_eq!(place_in(r#"{"guests": [{"name": 1}]}"#), "guests[0].name");
        assert_eq!(place_in("[]"), "body");
    }
}
