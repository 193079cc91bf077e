//! An erasure, step by step: nobody sees them, their keys are destroyed, what stands about them is deleted, and a receipt says
//! how much that was. Each step can be cut and begun again; what was begun is stored until it is done.

use kernel::{AccountId, Actor, App, Bucket, Error, INSTALLATION, KeyName, MemberId, OrgId, Result, Tx, VaultError};
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
pub async fn begin(tx: &mut Tx, member: MemberId, account: AccountId) -> Result<Uuid> {
    let (id, now) = (tx.new_id(), tx.now());
    sqlx::query("insert into erasure.run (id, member_id, account_id, begun_at) values ($1, $2, $3, $4)")
        .bind(id)
        .bind(member)
        .bind(account)
        .bind(now)
        .execute(tx.db())
        .await?;
    Ok(id)
}

/// Begins it and brings it to its end, where nobody is served who could write about them meanwhile.
pub async fn at_once(app: &App, org: OrgId, member: MemberId, account: AccountId) -> Result<()> {
    let mut tx = app.begin(org, Actor::System).await?;
    let id = begin(&mut tx, member, account).await?;
    tx.commit().await?;
    finish(app, org, Run { id, member_id: member, account_id: account }).await
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
        // Whoever had not heard of it yet may have written about them meanwhile: what the receipt says is gone is gone.
        let (plan, receipt) = (Plan::of(app.data_map()), receipts::Run::Member(run.id));
        destroy_keys(&mut tx, &plan, run.member_id, receipt).await?;
        delete(&mut tx, &plan.member, run.member_id.0, receipt).await?;
        receipts::close(&mut tx, receipt).await?;
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
    let receipt = receipts::Run::Member(run.id);
    let keys = destroy_keys(&mut tx, &plan, run.member_id, receipt).await?;
    // Before the rows that say which handles were theirs.
    let handles = directory::forget_handles(&mut tx, run.account_id, run.member_id).await?;
    receipts::note(&mut tx, receipt, &handles, &[]).await?;
    let mut rows: u64 = handles.iter().map(|(_, count)| count).sum();
    rows += delete(&mut tx, &plan.member, run.member_id.0, receipt).await?;
    let of_account = forget_account(&mut tx, run.account_id, receipt).await?;
    rows += of_account.unwrap_or(0);
    let is_account_gone = of_account.is_some();
    let deleted = MemberErased { run: run.id, rows, keys, is_account_gone };
    sqlx::query("update erasure.run set deleted = $2 where id = $1")
        .bind(run.id)
        .bind(Json(&deleted))
        .execute(tx.db())
        .await?;
    tx.commit().await?;
    Ok(Some(deleted))
}

/// Destroys the member's key and that of each row about them that has one of its own, noted before for the receipt; says how many.
async fn destroy_keys(tx: &mut Tx, plan: &Plan, member: MemberId, receipt: receipts::Run) -> Result<u64> {
    let (org, mut keys) = (tx.org().0, vec![Bucket::Member(member.0)]);
    for store in &plan.member {
        keys.extend(store.keys(tx, member.0).await?.into_iter().map(Bucket::Object));
    }
    let names: Result<Vec<KeyName>, VaultError> = keys.iter().map(|key| tx.app().vault().name(org, *key)).collect();
    receipts::note(tx, receipt, &[], &names?).await?;
    tx.app().vault().destroy(org, &keys)?;
    u64::try_from(keys.len()).map_err(|error| Error::Internal(error.into()))
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
/// one has it. Once that is durable, whoever asks destroys the account's key, which is noted for the receipt like the rows.
pub async fn forget_account(tx: &mut Tx, account: AccountId, receipt: receipts::Run) -> Result<Option<u64>> {
    // Whoever is just coming to be somewhere else with this account waits for this, or this for them.
    if directory::is_elsewhere(tx, account).await? {
        return Ok(None);
    }
    let plan = Plan::of(tx.app().data_map());
    let key = tx.app().vault().name(INSTALLATION, Bucket::Object(account.0))?;
    receipts::note(tx, receipt, &[], &[key]).await?;
    delete(tx, &plan.account, account.0, receipt).await.map(Some)
}

async fn delete(tx: &mut Tx, stores: &[Store], subject: Uuid, receipt: receipts::Run) -> Result<u64> {
    let mut rows = Vec::with_capacity(stores.len());
    for store in stores {
        rows.push((store.table.as_str(), store.delete(tx, subject).await?));
    }
    receipts::note(tx, receipt, &rows, &[]).await?;
    Ok(rows.iter().map(|(_, count)| count).sum())
}
