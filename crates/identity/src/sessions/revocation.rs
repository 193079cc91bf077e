//! Rights that end now: the session is deleted, and a row tells every node to forget it and to cut its sockets.
//!
//! The node that does it acts with the commit; every other one reads the rows twice a second, the latest ones again and
//! again: so neither a row that commits late nor a socket that arrives late slips through.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{AccountId, App, MemberId, OrgId, Result, SessionId, SystemTx, Tx};
use uuid::Uuid;

use super::known::Cache;

const LOOK: Duration = Duration::from_millis(500);
/// Longer than any transaction or clock difference between nodes.
const AGAIN: TimeDelta = TimeDelta::seconds(15);

/// Why; clients show it, so the words are part of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Why {
    /// The owner ended it from elsewhere, or an operator did.
    Revoked,
    /// The person is let in no more: suspended, disabled or leaving, as signing in tells them.
    Suspended,
    /// The owner signed out.
    SignedOut,
    /// There is a new password.
    PasswordChanged,
    /// Nobody comes into the organisation: the operator suspended it, or it is being dissolved.
    OrganisationSuspended,
}

impl Why {
    /// The code of the frame that says goodbye.
    fn code(self) -> &'static str {
        match self {
            Self::Suspended => "suspended",
            Self::OrganisationSuspended => "organisation_suspended",
            Self::SignedOut => "signed_out",
            Self::Revoked | Self::PasswordChanged => "revoked",
        }
    }
}

#[derive(Debug, Clone, Copy, sqlx::FromRow)]
struct Revocation {
    session_id: Option<SessionId>,
    org_id: Option<OrgId>,
    member_id: Option<MemberId>,
    code: Why,
}

impl Revocation {
    fn apply(&self, app: &App) {
        let cache = app.state::<Cache>();
        if let Some(session) = self.session_id {
            cache.forget_session(session);
            app.hub().cut_session(session, self.code.code());
        }
        let Some(org) = self.org_id else { return };
        match self.member_id {
            Some(member) => cache.forget_member(org, member),
            None => cache.forget_org(org),
        }
        for member in self.member_id.map_or_else(|| app.hub().online(org), |member| vec![member]) {
            app.hub().cut_member(org, member, self.code.code());
        }
    }
}

/// Ends one session of the account; `false` when it has no such session.
pub async fn end_session(tx: &mut SystemTx, account: AccountId, session: SessionId, why: Why) -> Result<bool> {
    let ended: Vec<SessionId> =
        sqlx::query_scalar("delete from identity.session where id = $1 and account_id = $2 returning id")
            .bind(session)
            .bind(account)
            .fetch_all(tx.db())
            .await?;
    record(tx, &ended, why).await?;
    Ok(!ended.is_empty())
}

/// Ends every session of the account but one, and says which they were.
pub async fn end_sessions(
    tx: &mut SystemTx,
    account: AccountId,
    except: Option<SessionId>,
    why: Why,
) -> Result<Vec<SessionId>> {
    let ended: Vec<SessionId> = sqlx::query_scalar(
        "delete from identity.session where account_id = $1 and id is distinct from $2::uuid returning id",
    )
    .bind(account)
    .bind(except)
    .fetch_all(tx.db())
    .await?;
    record(tx, &ended, why).await?;
    Ok(ended)
}

/// Ends what every session of a member may do in that organisation; in others it stays.
pub async fn shut_out(tx: &mut SystemTx, org: OrgId, member: MemberId) -> Result<()> {
    let (id, now, why) = (tx.new_id(), tx.now(), Why::Suspended);
    sqlx::query("insert into identity.revocation (id, org_id, member_id, code, at) values ($1, $2, $3, $4, $5)")
        .bind(id)
        .bind(org)
        .bind(member)
        .bind(why)
        .bind(now)
        .execute(tx.db())
        .await?;
    let revocation = Revocation { session_id: None, org_id: Some(org), member_id: Some(member), code: why };
    tx.on_commit(move |app| revocation.apply(app));
    Ok(())
}

/// The member may come in again: what shut them out is not repeated.
pub async fn let_in(tx: &mut SystemTx, org: OrgId, member: MemberId) -> Result<()> {
    sqlx::query("delete from identity.revocation where org_id = $1 and member_id = $2")
        .bind(org)
        .bind(member)
        .execute(tx.db())
        .await?;
    tx.on_commit(move |app| app.state::<Cache>().forget_member(org, member));
    Ok(())
}

/// Ends what anybody may do in the organisation of `tx` by any session, on this node with the commit, elsewhere half a
/// second later. Crate `hosting` keeps it closed.
pub async fn close_organisation(tx: &mut Tx) -> Result<()> {
    const CLOSE: &str = "insert into identity.revocation (id, org_id, code, at) values ($1, $2, $3, $4)";
    let (id, org, now, code) = (tx.new_id(), tx.org(), tx.now(), Why::OrganisationSuspended);
    sqlx::query(CLOSE).bind(id).bind(org).bind(code).bind(now).execute(tx.db()).await?;
    let revocation = Revocation { session_id: None, org_id: Some(org), member_id: None, code };
    tx.on_commit(move |app| revocation.apply(app));
    Ok(())
}

/// The organisation of `tx` is open again: what closed it is not repeated.
pub async fn open_organisation(tx: &mut Tx) -> Result<()> {
    const OPEN: &str = "delete from identity.revocation where org_id = $1 and member_id is null";
    let org = tx.org();
    sqlx::query(OPEN).bind(org).execute(tx.db()).await?;
    tx.on_commit(move |app| app.state::<Cache>().forget_org(org));
    Ok(())
}

async fn record(tx: &mut SystemTx, sessions: &[SessionId], why: Why) -> Result<()> {
    let ids: Vec<Uuid> = sessions.iter().map(|_| tx.new_id()).collect();
    let now = tx.now();
    sqlx::query(
        "insert into identity.revocation (id, session_id, code, at)
         select id, session_id, $3, $4 from unnest($1::uuid[], $2::uuid[]) as ended (id, session_id)",
    )
    .bind(ids)
    .bind(sessions)
    .bind(why)
    .bind(now)
    .execute(tx.db())
    .await?;
    for session_id in sessions.iter().copied() {
        let revocation = Revocation { session_id: Some(session_id), org_id: None, member_id: None, code: why };
        tx.on_commit(move |app| revocation.apply(app));
    }
    Ok(())
}

/// Applies what any node has revoked lately.
pub async fn apply_recent(app: &App) -> Result<()> {
    let mut tx = SystemTx::begin(app).await?;
    let since: DateTime<Utc> = tx.now() - AGAIN;
    let recent: Vec<Revocation> =
        sqlx::query_as("select session_id, org_id, member_id, code from identity.revocation where at > $1")
            .bind(since)
            .fetch_all(tx.db())
            .await?;
    for revocation in recent {
        revocation.apply(app);
    }
    Ok(())
}

/// Reads the revocations for as long as the program runs.
pub fn watch(app: &App) {
    let watcher = app.clone();
    app.spawn("identity.revocations", async move {
        loop {
            tokio::select! {
                () = watcher.stopped() => return,
                () = tokio::time::sleep(LOOK) => {}
            }
            let _turn = watcher.turn().await;
            if let Err(error) = apply_recent(&watcher).await {
                tracing::warn!(code = error.code(), "revocations cannot be read");
            }
        }
    });
}
