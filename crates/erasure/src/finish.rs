//! An erasure, step by step: nobody sees them, their keys are destroyed, what stands about them is deleted, and it is said
//! how much that was. Each step can be cut and begun again; what was begun is stored until it is done.

use directory::HandleKind;
use kernel::{AccountId, Actor, App, Bucket, Error, INSTALLATION, MemberId, OrgId, Result, Tx};
use sqlx::types::Json;
use uuid::Uuid;

use crate::EVERY;
use crate::events::MemberErased;
use crate::plan::{Plan, Store};

#[derive(sqlx::FromRow)]
struct Run {
    id: Uuid,
    member_id: MemberId,
    account_id: AccountId,
}

/// Remembers that what there is about this member has to go. In the transaction in which they come to be erased.
pub async fn begin(tx: &mut Tx, member: MemberId, account: AccountId) -> Result<()> {
    let (id, now) = (tx.new_id(), tx.now());
    sqlx::query("insert into erasure.run (id, member_id, account_id, begun_at) values ($1, $2, $3, $4)")
        .bind(id)
        .bind(member)
        .bind(account)
        .bind(now)
        .execute(tx.db())
        .await?;
    Ok(())
}

/// Brings to its end what was begun in the organisation a turn ago or longer: whoever listens to changes of people has heard
/// of these by then, and brings nothing back.
pub async fn all(app: &App, org: OrgId) -> Result<()> {
    let mut tx = app.begin(org, Actor::System).await?;
    let before = tx.now() - EVERY;
    let runs: Vec<Run> =
        sqlx::query_as("select id, member_id, account_id from erasure.run where begun_at <= $1 order by begun_at, id")
            .bind(before)
            .fetch_all(tx.db())
            .await?;
    tx.commit().await?;
    let mut outcome = Ok(());
    for run in runs {
        outcome = outcome.and(finish(app, org, run).await);
    }
    outcome
}

/// Two turns may overlap: each step holds the run, and the last one is taken once.
async fn finish(app: &App, org: OrgId, run: Run) -> Result<()> {
    chat::part(app, org, run.member_id).await?;
    let Some(deleted) = forget(app, org, &run).await? else { return Ok(()) };
    if deleted.is_account_gone {
        app.vault().destroy(INSTALLATION, &[Bucket::Object(run.account_id.0)])?;
    }
    let mut tx = app.begin(org, Actor::System).await?;
    let gone = sqlx::query("delete from erasure.run where id = $1").bind(run.id).execute(tx.db()).await?;
    if gone.rows_affected() == 1 {
        tx.emit(&deleted)?;
    }
    tx.commit().await
}

/// The keys go before the rows: from here on no copy of these, in a backup or in the log of the database, says anything that
/// was sealed under them. `None` when another turn was faster.
async fn forget(app: &App, org: OrgId, run: &Run) -> Result<Option<MemberErased>> {
    let plan = Plan::of(app.data_map());
    let mut tx = app.begin(org, Actor::System).await?;
    let held: Option<Option<Json<MemberErased>>> =
        sqlx::query_scalar("select deleted from erasure.run where id = $1 for update")
            .bind(run.id)
            .fetch_optional(tx.db())
            .await?;
    match held {
        None => return Ok(None),
        Some(Some(Json(deleted))) => return Ok(Some(deleted)),
        Some(None) => {}
    }
    let mut keys = vec![Bucket::Member(run.member_id.0)];
    for store in &plan.member {
        keys.extend(store.keys(&mut tx, run.member_id.0).await?.into_iter().map(Bucket::Object));
    }
    app.vault().destroy(org.0, &keys)?;
    for kind in [HandleKind::Phone, HandleKind::Email] {
        directory::set_handle(&mut tx, run.account_id, run.member_id, kind, None).await?;
    }
    let mut rows = delete(&mut tx, &plan.member, run.member_id.0).await?;
    // Whoever is just coming to be somewhere else with this account waits for this, or this for them.
    let is_account_gone = !directory::is_elsewhere(&mut tx, run.account_id).await?;
    if is_account_gone {
        rows += delete(&mut tx, &plan.account, run.account_id.0).await?;
    }
    let keys = u64::try_from(keys.len()).map_err(|error| Error::Internal(error.into()))?;
    let deleted = MemberErased { run: run.id, rows, keys, is_account_gone };
    sqlx::query("update erasure.run set deleted = $2 where id = $1")
        .bind(run.id)
        .bind(Json(&deleted))
        .execute(tx.db())
        .await?;
    tx.commit().await?;
    Ok(Some(deleted))
}

async fn delete(tx: &mut Tx, stores: &[Store], subject: Uuid) -> Result<u64> {
    let mut rows = 0;
    for store in stores {
        rows += store.delete(tx, subject).await?;
    }
    Ok(rows)
}
