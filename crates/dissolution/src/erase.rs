//! The end: first the keys, then whatever stands there. Every step can be cut and begun again; an organisation whose time is
//! over is gone through until nothing is left (`ORG-09`, `DEL-03`).

use std::time::Duration;

use kernel::{Actor, App, Bucket, Class, INSTALLATION, Job, MemberId, OrgId, Result, SystemTx};
use receipts::Run;

use crate::budget::Budget;
use crate::plan::{self, Plan};

/// How often is looked whose time is over: no key stays longer than that past its second.
const EVERY: Duration = Duration::from_secs(600);
/// People in one transaction.
const PEOPLE: i64 = 100;

/// Looks for organisations whose time is over.
pub fn job() -> Job {
    Job {
        name: "dissolution.erase_organisations",
        class: Class::Heavy,
        every: Some(EVERY),
        run: |cx| Box::pin(async move { turn(&cx.app).await }),
    }
}

/// What one of them cannot do now keeps no other waiting; it is said at the end, so that the job is tried again. Each is shut for
/// good before much time goes into any of them.
pub async fn turn(app: &App) -> Result<()> {
    let budget = Budget::begin();
    let mut tx = SystemTx::begin(app).await?;
    let now = tx.now();
    let over = hosting::over(tx.db(), now).await?;
    let gone = plan::with_a_log(&mut tx).await?;
    tx.commit().await?;
    if over.is_empty() && gone.is_empty() {
        return Ok(());
    }
    let plan = Plan::of(app).await?;
    let (mut outcome, mut shut_ones) = (Ok(()), Vec::new());
    for org in over {
        match shut(app, org).await {
            Ok(true) => shut_ones.push(org),
            Ok(false) => {}
            Err(error) => outcome = outcome.and(Err(error)),
        }
    }
    for org in shut_ones {
        outcome = outcome.and(erase(app, org, (&plan, budget)).await);
    }
    for org in gone {
        outcome = outcome.and(forget_chain(app, org, (&plan, budget)).await);
    }
    outcome
}

/// It leaves the lists and has no key any more; `false` when it was brought back, or suspended, a moment ago.
async fn shut(app: &App, org: OrgId) -> Result<bool> {
    let mut tx = SystemTx::begin(app).await?;
    if !hosting::begin_erasure(&mut tx, org).await? {
        return Ok(false);
    }
    plan::leave_lists(&mut tx, org).await?;
    let mut inside = tx.enter(org, Actor::System).await?;
    receipts::note(&mut inside, Run::Organisation, &[], &[app.vault().organisation_name(org.0)]).await?;
    inside.commit().await?;
    // From here on no copy of anything in it, in a backup or in the log of the database, can be read.
    app.vault().destroy_organisation(org.0)?;
    Ok(true)
}

/// A store of files that refuses keeps no rows waiting: what is known of the organisation stays until both are done.
async fn erase(app: &App, org: OrgId, (plan, budget): (&Plan, Budget)) -> Result<()> {
    let rows = clear_rows(app, org, (plan, budget)).await;
    let files = clear_files(app, org, budget).await;
    let (is_without_rows, is_without_files) = (rows?, files?);
    if !is_without_rows || !is_without_files {
        return Ok(());
    }
    let mut tx = SystemTx::begin(app).await?;
    let is_done = plan::forget(&mut tx, org).await?;
    if is_done {
        operators::note_dissolved(&mut tx, org).await?;
    }
    let mut inside = tx.enter(org, Actor::System).await?;
    if is_done {
        receipts::note(&mut inside, Run::Organisation, &[(plan::ORGANISATION, 1)], &[]).await?;
        receipts::close(&mut inside, Run::Organisation).await?;
    }
    inside.commit().await
}

/// Its people and every row but those of its files; `false` when the time was over before.
async fn clear_rows(app: &App, org: OrgId, (plan, budget): (&Plan, Budget)) -> Result<bool> {
    // Somebody's erasure may have been cut: with its row would go what says that a key is left.
    erasure::destroy_left_keys(app, org).await?;
    while forget_people(app, org).await? {
        if budget.is_over() {
            return Ok(false);
        }
    }
    // Whatever was under way when it left the lists may have written a last row.
    while !plan.clear(app, org, budget).await? {
        if budget.is_over() {
            return Ok(false);
        }
    }
    Ok(true)
}

async fn clear_files(app: &App, org: OrgId, budget: Budget) -> Result<bool> {
    while files::clear_some(app, org).await? {
        if budget.is_over() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Takes some people out, with the accounts that no other organisation has and what these sign in with; `false` when nobody is
/// left. That they belonged to it goes last, so that a key that is to be destroyed is found again.
async fn forget_people(app: &App, org: OrgId) -> Result<bool> {
    let mut tx = app.begin(org, Actor::System).await?;
    let people = plan::some_people(&mut tx, PEOPLE).await?;
    let (mut keys, mut handles) = (Vec::new(), Vec::new());
    for (member, account) in &people {
        handles.extend(directory::forget_handles(&mut tx, *account, *member).await?);
        if erasure::forget_account(&mut tx, *account, Run::Organisation).await?.is_some() {
            keys.push(Bucket::Object(account.0));
        }
    }
    receipts::note(&mut tx, Run::Organisation, &handles, &[]).await?;
    tx.commit().await?;
    app.vault().destroy(INSTALLATION, &keys)?;
    let members: Vec<MemberId> = people.into_iter().map(|(member, _)| member).collect();
    let mut tx = app.begin(org, Actor::System).await?;
    let gone = plan::forget_people(&mut tx, &members).await?;
    receipts::note(&mut tx, Run::Organisation, &[(plan::MEMBERSHIP, gone)], &[]).await?;
    tx.commit().await?;
    Ok(!members.is_empty())
}

/// The log of an organisation that is gone expires like every other one; what it was chained by goes with its last line. Until
/// then a row that somebody wrote too late is found.
async fn forget_chain(app: &App, org: OrgId, (plan, budget): (&Plan, Budget)) -> Result<()> {
    let is_shut = !app.vault().has_organisation(org.0);
    if is_shut && !budget.is_over() && plan.clear(app, org, budget).await? {
        clear_files(app, org, budget).await?;
    }
    let mut tx = app.begin(org, Actor::System).await?;
    receipts::close_late(&mut tx).await?;
    plan::forget_chain(&mut tx).await?;
    tx.commit().await
}
