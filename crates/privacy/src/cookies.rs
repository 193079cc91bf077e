//! Which cookies there are: read from the data map, so that none can be forgotten (CKE-01, CKE-04).

use axum::http::{HeaderMap, header};
use kernel::data_map::CookieKind;
use kernel::{Json, Result, Visitor};
use serde::Serialize;
use utoipa::ToSchema;

use crate::words::Words;

/// A cookie this program may set.
#[derive(Serialize, ToSchema)]
pub struct Cookie {
    /// As the browser shows it.
    pub name: String,
    /// There is no fourth kind.
    pub kind: CookieKind,
    /// What it is for: an id of the data map.
    pub purpose_code: String,
    /// The same in words.
    pub purpose: Words,
    /// Seconds; 0: until the browser closes.
    pub kept_for_s: u32,
    /// Whether the caller's browser sent it just now.
    pub is_set: bool,
}

/// All of them.
#[derive(Serialize, ToSchema)]
pub struct Cookies {
    /// By name.
    pub items: Vec<Cookie>,
}

/// List the cookies there are, and which of them are set
#[utoipa::path(
    get, path = "/v1/cookies", tag = "privacy", operation_id = "listCookies",
    responses((status = 200, description = "Every cookie there is", body = Cookies)),
    extensions(("x-access" = json!("anybody"))),
)]
pub async fn list_cookies(visitor: Visitor, headers: HeaderMap) -> Result<Json<Cookies>> {
    let map = visitor.app().data_map();
    let items = map.cookie.iter().map(|(id, cookie)| {
        let name = match cookie.kind {
            CookieKind::Preference => id.clone(),
            CookieKind::Authentication | CookieKind::Security => visitor.app().settings().cookie(id),
        };
        Cookie {
            is_set: is_sent(&headers, &name),
            name,
            kind: cookie.kind,
            // The map is checked when it is composed: every purpose that is named is there.
            purpose: map.purpose.get(&cookie.purpose).map(|purpose| Words::from(&purpose.sentence)).unwrap_or_default(),
            purpose_code: cookie.purpose.clone(),
            kept_for_s: cookie.kept_for_s,
        }
    });
    Ok(Json(Cookies { items: items.collect() }))
}

fn is_sent(headers: &HeaderMap, name: &str) -> bool {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    lines
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .any(|(found, _)| found == name)
}
