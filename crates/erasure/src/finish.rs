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
    let of_account = forget_account(&mut tx, run.account_id).await?;
    rows += of_account.unwrap_or(0);
    let is_account_gone = of_account.is_some();
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

/// Destroys the keys of accounts whose rows are gone, where an erasure was cut between the two. Only its run knows of them: before
/// the runs of an organisation go with it, this is asked.
pub async fn destroy_left_keys(app: &App, org: OrgId) -> Result<()> {
    let mut tx = app.begin(org, Actor::System).await?;
    let cut: Vec<(AccountId, Json<MemberErased>)> =
        sqlx::query_as("select account_id, deleted from erasure.run where org_id = $1 and deleted is not null")
            .bind(org)
            .fetch_all(tx.db())
            .await?;
    tx.commit().await?;
    let gone = cut.into_iter().filter(|(_, Json(deleted))| deleted.is_account_gone);
    let keys: Vec<Bucket> = gone.map(|(account, _)| Bucket::Object(account.0)).collect();
    app.vault().destroy(INSTALLATION, &keys)?;
    Ok(())
}

/// Deletes what there is of an account that no organisation but that of `tx` has, and says how many rows; `None` when another
/// one has it. Once that is durable, whoever asks destroys the account's key.
pub async fn forget_account(tx: &mut Tx, account: AccountId) -> Result<Option<u64>> {
    // Whoever is just coming to be somewhere else with this account waits for this, or this for them.
    if directory::is_elsewhere(tx, account).await? {
        return Ok(None);
    }
    let plan = Plan::of(tx.app().data_map());
    delete(tx, &plan.account, account.0).await.map(Some)
}

async fn delete(tx: &mut Tx, stores: &[Store], subject: Uuid) -> Result<u64> {
    let mut rows = 0;
    for store in stores {
        rows += store.delete(tx, subject).await?;
    }
    Ok(rows)
}
