//! Who is calling: the session behind a token, and what it may do in the organisation asked for.

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{AccountId, Actor, App, BoxFuture, Caller, Credentials, Result, SessionId, SystemTx};

use super::known::{Cache, Known};
use super::places::{self, Choice};
use super::start::idle_time;
use crate::secrets;

/// "Last seen" is true to this; a finer one would be a log of everything one does.
const COARSE: TimeDelta = TimeDelta::minutes(10);

#[derive(sqlx::FromRow)]
struct Row {
    id: SessionId,
    account_id: AccountId,
    is_remembered: bool,
    last_seen_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    must_change: bool,
}

/// Finds the caller; `None` when the token is worth nothing.
pub fn authenticate(app: App, credentials: Credentials) -> BoxFuture<'static, Result<Option<Caller>>> {
    Box::pin(async move { find(&app, credentials).await })
}

async fn find(app: &App, credentials: Credentials) -> Result<Option<Caller>> {
    let Some(token) = secrets::decode(&credentials.token).filter(|token| token.len() == secrets::TOKEN) else {
        return Ok(None);
    };
    let (hash, cache) = (secrets::sha256(&token), app.state::<Cache>());
    if let Some(caller) = cache.find(&hash, &credentials.organisation, app.now()) {
        return Ok(Some(caller));
    }
    let mark = cache.mark();
    let mut tx = SystemTx::begin(app).await?;
    let Some(mut row) = load(&mut tx, &hash).await? else { return Ok(None) };
    let now = tx.now();
    if now - row.last_seen_at >= COARSE {
        row.expires_at = touch(&mut tx, &row).await?;
    }
    let (tx, caller) = place(tx, &row, credentials.organisation.as_deref()).await?;
    tx.commit().await?;
    // Kept is only what leaves nothing to do: doing it must open the organisation at once.
    if caller.must.is_none() && caller.member.is_some() {
        let callers = vec![(credentials.organisation, caller.clone())];
        let known = Known { session: row.id, expires_at: row.expires_at, read_at: now, callers };
        cache.keep(hash, known, mark);
    }
    Ok(Some(caller))
}

async fn load(tx: &mut SystemTx, hash: &[u8; 32]) -> Result<Option<Row>> {
    let now = tx.now();
    Ok(sqlx::query_as(
        "select s.id, s.account_id, s.is_remembered, s.last_seen_at, s.expires_at,
                exists (select from identity.credential c
                        where c.account_id = s.account_id and c.kind = 'initial') as must_change
         from identity.session s join identity.account a on a.id = s.account_id
         where s.token_hash = $1 and s.expires_at > $2 and a.state = 'active'",
    )
    .bind(hash.as_slice())
    .bind(now)
    .fetch_optional(tx.db())
    .await?)
}

async fn touch(tx: &mut SystemTx, row: &Row) -> Result<DateTime<Utc>> {
    let now = tx.now();
    let expires_at = now + idle_time(row.is_remembered);
    sqlx::query("update identity.session set last_seen_at = $2, expires_at = $3 where id = $1")
        .bind(row.id)
        .bind(now)
        .bind(expires_at)
        .execute(tx.db())
        .await?;
    Ok(expires_at)
}

/// Whoever was shut out is nobody's member there, and is told why.
async fn place(tx: SystemTx, row: &Row, asked: Option<&str>) -> Result<(SystemTx, Caller)> {
    let mut caller = Caller { account: row.account_id, session: row.id, member: None, must: None };
    if row.must_change {
        caller.must = Some("identity.change_password");
    }
    let (tx, places) = places::all(tx, row.account_id).await?;
    match places::choose(&places, asked) {
        Choice::Nowhere => Ok((tx, caller)),
        Choice::ShutOut(told) => {
            caller.must = Some(told);
            Ok((tx, caller))
        }
        Choice::Closing(org, member) => {
            caller.member = Some((org, member));
            caller.must = caller.must.or(Some(hosting::DISSOLVING));
            Ok((tx, caller))
        }
        Choice::Open(org, member) => {
            let mut inside = tx.enter(org, Actor::Member(member)).await?;
            let standing = privacy::standing(&mut inside, member).await?;
            caller.member = Some((org, member));
            caller.must = caller.must.or(match (standing.has_accepted, standing.is_adult) {
                (false, _) => Some("privacy.accept_statement"),
                (true, false) => Some("identity.affirm_age"),
                (true, true) => None,
            });
            Ok((inside.leave().await?, caller))
        }
    }
}
