//! Which operator is calling: only the cookie of the console says so.

use std::net::{IpAddr, Ipv4Addr};

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use chrono::{DateTime, Utc};
use hosting::OperatorId;
use identity::Token;
use kernel::{App, Error, Result, SystemTx, Visitor};

/// The name of the cookie; `data_map.toml` declares it.
pub(crate) const COOKIE: &str = "operator";

/// An operator who has signed in, whatever must still be done.
pub struct SignedIn {
    pub(crate) operator: OperatorId,
    pub(crate) name: String,
    pub(crate) hash: String,
    /// The password was for one time.
    pub(crate) must_change: bool,
    pub(crate) token_hash: [u8; 32],
    pub(crate) expires_at: DateTime<Utc>,
    pub(crate) address: IpAddr,
    pub(crate) app: App,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: OperatorId,
    name: String,
    hash: String,
    must_change: bool,
    expires_at: DateTime<Utc>,
}

impl SignedIn {
    /// `None` for nobody. A session of a member is none.
    pub async fn find(app: &App, headers: &HeaderMap) -> Result<Option<Self>> {
        let token = identity::cookie(headers, &app.settings().cookie(COOKIE)).and_then(Token::parse);
        let Some(token_hash) = token.map(|token| token.hash()) else { return Ok(None) };
        let mut tx = SystemTx::begin(app).await?;
        let now = tx.now();
        let row: Option<Row> = sqlx::query_as(
            "select o.id, o.name, o.hash, o.expires_at is not null as must_change, s.expires_at
             from operators.session s join operators.operator o on o.id = s.operator_id
             where s.token_hash = $1 and s.expires_at > $2",
        )
        .bind(token_hash.as_slice())
        .bind(now)
        .fetch_optional(tx.db())
        .await?;
        let found = |row: Row| Self {
            operator: row.id,
            name: row.name,
            hash: row.hash,
            must_change: row.must_change,
            token_hash,
            expires_at: row.expires_at,
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            app: app.clone(),
        };
        Ok(row.map(found))
    }
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let found = Self::find(app, &parts.headers).await?.ok_or(Error::Unauthenticated)?;
        let address = Visitor::from_request_parts(parts, app).await?.address;
        Ok(Self { address, ..found })
    }
}
