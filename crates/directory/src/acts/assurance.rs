//! Whoever is about to do something sensitive has typed their password again, here, a moment ago (foundation §7).

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{Class, Error, Job, JobCx, Result, SessionId, Tx};
use serde_json::json;

/// So long one need not type it again.
pub const LASTS: TimeDelta = TimeDelta::minutes(10);
const FORGET: &str = "directory.forget_assurance";

/// A session in which the password was typed again.
pub struct Assured(());

impl Assured {
    /// Who proved it within ten minutes, in this very sign-in: `Blocked` with `identity.prove_again` otherwise.
    pub async fn load(tx: &mut Tx, session: SessionId) -> Result<Self> {
        let me = tx.member()?;
        let proven_at: Option<DateTime<Utc>> =
            sqlx::query_scalar("select proven_at from directory.assurance where session_id = $1 and member_id = $2")
                .bind(session)
                .bind(me)
                .fetch_optional(tx.db())
                .await?;
        let now = tx.now();
        let is_fresh = proven_at.is_some_and(|at| now - at < LASTS);
        if is_fresh { Ok(Self(())) } else { Err(Error::Blocked("identity.prove_again")) }
    }
}

/// Remembers that the member of `tx` has just proven, in this session, who they are. Only identity can say so.
///
/// Emits nothing: it changes nothing that anybody sees.
pub async fn assure(tx: &mut Tx, session: SessionId) -> Result<()> {
    let (me, now) = (tx.member()?, tx.now());
    sqlx::query(
        "insert into directory.assurance (session_id, member_id, proven_at) values ($1, $2, $3)
         on conflict on constraint assurance_pkey do update set member_id = excluded.member_id, proven_at = excluded.proven_at",
    )
    .bind(session)
    .bind(me)
    .bind(now)
    .execute(tx.db())
    .await?;
    tx.schedule(FORGET, json!({}), now + LASTS).await
}

/// Forgets what does not count any more.
pub(crate) fn forget_job() -> Job {
    Job { name: FORGET, class: Class::Light, every: None, run: |cx| Box::pin(forget(cx)) }
}

async fn forget(cx: JobCx) -> Result<()> {
    let Some(org) = cx.org else { return Ok(()) };
    let mut tx = cx.app.begin(org, kernel::Actor::System).await?;
    let before = tx.now() - LASTS;
    sqlx::query("delete from directory.assurance where proven_at <= $1").bind(before).execute(tx.db()).await?;
    tx.commit().await
}
