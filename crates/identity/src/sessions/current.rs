//! The caller's sign-in and what it opens: the answer of everything that signs somebody in.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use kernel::{AccountId, Actor, App, Caller, Error, Json, OrgId, Result, SessionId, SystemTx, Visitor};

use super::cookies;
use super::places::{self, Choice, Place};
use super::start::Started;
use crate::model::{Must, Session, SessionOrganisation};

/// How a client wants to keep the session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// A browser: in a cookie that no script reads.
    Cookie,
    /// Any other program: the token in the answer, no cookie.
    Token,
}

impl From<bool> for Delivery {
    fn from(wants_token: bool) -> Self {
        if wants_token { Self::Token } else { Self::Cookie }
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    expires_at: DateTime<Utc>,
    must_change: bool,
}

/// Show one's own sign-in
#[utoipa::path(
    get, path = "/v1/session", tag = "identity", operation_id = "showSession",
    responses(
        (status = 200, description = "The sign-in of this request", body = Session),
        (status = 204, description = "Nobody is signed in"),
    ),
    extensions(("x-access" = json!("anybody, of oneself")), ("x-errors" = json!(["unauthenticated"]))),
)]
pub async fn show_session(visitor: Visitor) -> Result<Response> {
    let Some(caller) = &visitor.caller else { return Ok(StatusCode::NO_CONTENT.into_response()) };
    let organisation = caller.member.map(|(org, _)| org);
    let session = describe(visitor.app(), caller.account, caller.session, organisation).await?;
    Ok(Json(session).into_response())
}

/// The answer to whoever has just signed in; `organisation` is the one to begin in.
pub async fn answer(app: &App, started: Started, organisation: Option<OrgId>, delivery: Delivery) -> Result<Response> {
    let mut session = describe(app, started.account, started.session, organisation).await?;
    if delivery == Delivery::Token {
        session.token = Some(started.token);
        return Ok((StatusCode::CREATED, Json(session)).into_response());
    }
    Ok((StatusCode::CREATED, cookies::set(app, &started)?, Json(session)).into_response())
}

/// The answer to somebody who was signed in already, about another organisation.
pub async fn show(app: &App, caller: &Caller, organisation: Option<OrgId>) -> Result<Response> {
    let session = describe(app, caller.account, caller.session, organisation).await?;
    Ok((StatusCode::CREATED, Json(session)).into_response())
}

async fn describe(app: &App, account: AccountId, id: SessionId, organisation: Option<OrgId>) -> Result<Session> {
    let mut tx = SystemTx::begin(app).await?;
    let row: Row = sqlx::query_as(
        "select s.expires_at, exists (select from identity.credential c
                                      where c.account_id = s.account_id and c.kind = 'initial') as must_change
         from identity.session s where s.id = $1",
    )
    .bind(id)
    .fetch_optional(tx.db())
    .await?
    .ok_or(Error::Unauthenticated)?;
    let mut session = Session {
        id,
        account_id: account,
        language: None,
        organisations: Vec::new(),
        must: Vec::new(),
        statement_version: privacy::statement_version()?.to_owned(),
        expires_at: row.expires_at,
        token: None,
    };
    if row.must_change {
        session.must.push(Must::ChangePassword);
    }
    let (mut tx, places) = places::all(tx, account).await?;
    let asked = organisation.map(|org| org.to_string());
    let chosen = places::choose(&places, asked.as_deref());
    for place in places {
        let is_chosen = matches!(chosen, Choice::Open(org, _) if org == place.org);
        tx = open(tx, &mut session, place, is_chosen).await?;
    }
    Ok(session)
}

/// Adds an organisation, and what is to be done in it if it is the one the answer is about.
async fn open(tx: SystemTx, session: &mut Session, place: Place, is_chosen: bool) -> Result<SystemTx> {
    let mut inside = tx.enter(place.org, Actor::Member(place.member)).await?;
    let organisation = directory::organisation(&mut inside).await?;
    if is_chosen {
        let standing = privacy::standing(&mut inside, place.member).await?;
        if !standing.has_accepted {
            session.must.push(Must::AcceptStatement);
        }
        if !standing.is_adult {
            session.must.push(Must::AffirmAge);
        }
        session.language = directory::person(&mut inside, place.member).await?.profile.language;
    }
    let is_verified = verification::Verified::of(&mut inside).await?.is_some();
    session.organisations.push(SessionOrganisation {
        id: place.org,
        slug: place.slug,
        name: organisation.name,
        name_zh: organisation.name_zh,
        name_en: organisation.name_en,
        member_id: place.member,
        role: place.role,
        state: place.state,
        is_suspended: place.closed.is_some_and(|closed| closed.is_suspended),
        dissolves_at: place.closed.and_then(|closed| closed.dissolves_at),
        is_verified,
    });
    inside.leave().await
}
