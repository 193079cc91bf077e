//! Sign in as an operator. Guesses are counted as for members.

use std::net::IpAddr;

use axum::http::{HeaderMap, StatusCode, header};
use chrono::{DateTime, TimeDelta, Utc};
use hosting::OperatorId;
use identity::{Guesser, Throttle, Token};
use kernel::{App, Error, Json, Result, SystemTx, Visitor};
use serde::Deserialize;
use utoipa::ToSchema;

use super::OperatorSession;
use crate::accounts::folded;
use crate::acts::{self, Act};
use crate::signed_in::COOKIE;

/// However much it is used: an operator begins the day by signing in.
const LIFE: TimeDelta = TimeDelta::hours(12);
const LIFE_S: u32 = 43_200;

/// Who one is, and the proof.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignInOperator {
    /// As it was added with `tulou admin operator add`.
    pub name: String,
    /// The password.
    pub password: String,
}

type Started = (StatusCode, HeaderMap, Json<OperatorSession>);

#[derive(sqlx::FromRow)]
struct Row {
    id: OperatorId,
    name: String,
    hash: String,
    expires_at: Option<DateTime<Utc>>,
}

/// Sign in as an operator
///
/// A wrong password and an operator who does not exist cannot be told apart.
#[utoipa::path(
    post, path = "/v1/operator/session", tag = "operators", operation_id = "signInOperator",
    request_body = SignInOperator,
    responses((status = 201, description = "Signed in for twelve hours; the cookie is set", body = OperatorSession)),
    extensions(
        ("x-access" = json!("anybody")), ("x-rate" = json!("sign_in")),
        ("x-errors" = json!(["identity.wrong_credentials", "identity.busy"])),
    ),
)]
pub async fn sign_in_operator(visitor: Visitor, Json(input): Json<SignInOperator>) -> Result<Started> {
    let app = visitor.app();
    let name = folded(&input.name);
    let key = app.vault().lookup("operators.name", None, &name);
    let (guesser, throttle) = (Guesser::Unknown(visitor.address), app.state::<Throttle>());
    throttle.take(key, guesser, app.now())?;
    let (known, proven) = prove(app, &name, &input.password).await?;
    let started = match proven {
        Some(row) => start(app, row, visitor.address).await?,
        None => None,
    };
    let Some(started) = started else {
        let mut tx = SystemTx::begin(app).await?;
        acts::note(&mut tx, Act::SignInFailed, known, Some(visitor.address)).await?;
        tx.commit().await?;
        return Err(Error::Unproven("identity.wrong_credentials"));
    };
    throttle.was_right(key, guesser, app.now());
    Ok(started)
}

/// Whose name it is, and who they are if the password is theirs.
async fn prove(app: &App, name: &str, password: &str) -> Result<(Option<OperatorId>, Option<Row>)> {
    const FIND: &str = "select id, name, hash, expires_at from operators.operator where name = $1";
    let mut tx = SystemTx::begin(app).await?;
    let row: Option<Row> = sqlx::query_as(FIND).bind(name).fetch_optional(tx.db()).await?;
    // No connection waits while a password is hashed.
    tx.commit().await?;
    let known = row.as_ref().map(|row| row.id);
    let row = row.filter(|row| row.expires_at.is_none_or(|expires_at| expires_at > app.now()));
    let is_one_time = row.as_ref().is_some_and(|row| row.expires_at.is_some());
    let typed = if is_one_time { identity::one_time_as_typed(password) } else { password.to_owned() };
    let is_right = identity::is_password(app, &typed, row.as_ref().map(|row| row.hash.clone())).await?;
    Ok((known, row.filter(|_| is_right)))
}

/// For whoever still has the password that was proved, else `None`: one who changes or removes it waits for this, or this
/// for them.
async fn start(app: &App, row: Row, address: IpAddr) -> Result<Option<Started>> {
    const START: &str = "insert into operators.session (token_hash, operator_id, created_at, expires_at)
         select $1, id, $4, $5 from operators.operator where id = $2 and hash = $3 for share";
    let token = Token::new(app);
    let mut tx = SystemTx::begin(app).await?;
    let now = tx.now();
    let (hash, expires_at) = (token.hash(), now + LIFE);
    let insert = sqlx::query(START).bind(hash.as_slice()).bind(row.id).bind(&row.hash).bind(now).bind(expires_at);
    if insert.execute(tx.db()).await?.rows_affected() == 0 {
        return Ok(None);
    }
    acts::note(&mut tx, Act::SignedIn, Some(row.id), Some(address)).await?;
    tx.commit().await?;
    let mut headers = HeaderMap::new();
    headers.append(header::SET_COOKIE, identity::set_cookie(app, COOKIE, &token.text(), Some(LIFE_S))?);
    let must_change_password = row.expires_at.is_some();
    let session = OperatorSession { name: row.name, expires_at, must_change_password };
    Ok(Some((StatusCode::CREATED, headers, Json(session))))
}
