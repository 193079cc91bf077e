//! Writes a confirmed import in one transaction: accounts with initial passwords, people, departments, invitations.

use directory::imports::{Deed, Done, Outcome, Writing, Written};
use directory::{Importer, State, TurnableMember, imports};
use kernel::{AccountId, Actor, App, Bucket, Class, Error, Job, JobCx, MemberId, OrgId, Result, Tx, within};

use super::csv::Line;
use super::model::{ImportState, Row, load};
use super::told::told;
use super::upload::{KEPT, forget_at};
use super::{deeds, dry_run};
use crate::events::ImportEnded;
use crate::invitations::personal;
use crate::members::shut_out::shut_out;
use crate::model::ImportId;
use crate::passwords::credential::{self, Initial};

pub const WRITE: &str = "identity.write_import";
const RESULT: &str = "identity.import.result";

pub fn job() -> Job {
    Job { name: WRITE, class: Class::Heavy, every: None, run: |cx| Box::pin(run(cx)) }
}

async fn run(cx: JobCx) -> Result<()> {
    let (Some(org), Ok(import)) = (cx.org, serde_json::from_value::<ImportId>(cx.payload["import"].clone())) else {
        return Err(Error::Conflict("identity.no_such_import"));
    };
    let mut tx = cx.app.begin(org, Actor::System).await?;
    let row = load(&mut tx, import).await?;
    let Some(row) = row.filter(|row| matches!(row.state, ImportState::Queued | ImportState::Writing)) else {
        return Ok(());
    };
    let asked = row.request(&tx)?;
    set_state(&mut tx, import, "writing", None).await?;
    tx.commit().await?;
    let (app, by) = (cx.app, row.created_by);
    match within(asked, write(&app, org, row)).await {
        Ok(()) => Ok(()),
        // Another attempt may succeed; what is wrong in the import stays wrong.
        Err(error @ Error::Unavailable(_)) => Err(error),
        Err(error) => {
            tracing::warn!(code = error.code(), import_id = %import, "an import was not written");
            let mut tx = app.begin(org, Actor::System).await?;
            set_state(&mut tx, import, "failed", Some(error.code())).await?;
            tx.emit(&ImportEnded { import, member: by, is_written: false })?;
            tx.commit().await
        }
    }
}

pub async fn set_state(tx: &mut Tx, import: ImportId, state: &str, code: Option<&str>) -> Result<()> {
    sqlx::query("update identity.import set state = $2, code = $3 where id = $1")
        .bind(import)
        .bind(state)
        .bind(code)
        .execute(tx.db())
        .await?;
    Ok(())
}

async fn write(app: &App, org: OrgId, row: Row) -> Result<()> {
    let import = row.id;
    let mut tx = app.begin(org, Actor::Member(row.created_by)).await?;
    let (promised, staged) = (told(&mut tx, import).await?, row.staged(&tx)?);
    let files = staged.iter().cloned().map(dry_run::Source::of).collect();
    let files = dry_run::read_files(&mut tx, import, files).await?;
    drop(tx);
    let (_, draft) = dry_run::read(app, files).await?;
    let mut tx = app.begin(org, Actor::Member(row.created_by)).await?;
    plan_anew(&mut tx).await?;
    imports::hold_departments(&mut tx).await?;
    let by = Importer::load(&mut tx).await?;
    let plan = imports::plan(&mut tx, &by, draft).await?;
    if *plan.told() != promised {
        // Somebody changed something since: what is written is what was shown, person by person, or nothing.
        dry_run::keep(&mut tx, import, &staged, plan).await?;
        set_state(&mut tx, import, "failed", Some("identity.import_outdated")).await?;
        tx.emit(&ImportEnded { import, member: row.created_by, is_written: false })?;
        return tx.commit().await;
    }
    let accounts: Vec<AccountId> = (0..plan.new_accounts()).map(|_| AccountId(tx.new_id())).collect();
    let now = tx.now();
    let initials = credential::create_accounts(tx.db(), app, &accounts, now).await?;
    let total = plan.people();
    let mut writing = Writing::begin(&mut tx, plan, accounts.clone()).await?;
    tell(app, org, import, (0, total)).await?;
    while let Some(done) = writing.step(&mut tx).await? {
        tell(app, org, import, (done, total)).await?;
    }
    let (written, mut done) = writing.finish(&mut tx).await?;
    invite(&mut tx, &written, row.created_by).await?;
    tx = shut_out_leavers(tx, &mut done).await?;
    // Who leaves went by the right to remove people.
    by.rest_on(&mut tx);
    deeds::keep(&mut tx, import, &done).await?;
    finish(&mut tx, import, lines(written, accounts, initials)).await?;
    tx.emit(&ImportEnded { import, member: row.created_by, is_written: true })?;
    tx.commit().await?;
    if let Err(error) = count(app, org).await {
        tracing::warn!(code = error.code(), import_id = %import, "what an import added was not counted");
    }
    Ok(())
}

/// Has the database count what was added, so that plans know of it. In a transaction of its own: it keeps nobody waiting who moves
/// people or departments, and what is written is written.
async fn count(app: &App, org: OrgId) -> Result<()> {
    let mut tx = app.begin(org, Actor::System).await?;
    imports::count(&mut tx).await?;
    tx.commit().await
}

/// Each statement of the transaction finds its way by the tables as they are then: the plan of the first hundred people is none for
/// the last.
async fn plan_anew(tx: &mut Tx) -> Result<()> {
    sqlx::query("set local plan_cache_mode = force_custom_plan").execute(tx.db()).await?;
    Ok(())
}

/// How far it is, beside the transaction that nobody sees into.
async fn tell(app: &App, org: OrgId, import: ImportId, (done, total): (usize, usize)) -> Result<()> {
    let mut tx = app.begin(org, Actor::System).await?;
    sqlx::query("update identity.import set done = $2, total = $3 where id = $1")
        .bind(import)
        .bind(i32::try_from(done).unwrap_or(i32::MAX))
        .bind(i32::try_from(total).unwrap_or(i32::MAX))
        .execute(tx.db())
        .await?;
    tx.commit().await
}

/// By the rule for each of them, and with everything that ends with it.
async fn shut_out_leavers(mut tx: Tx, done: &mut [Done]) -> Result<Tx> {
    let (org, actor) = (tx.org(), tx.actor());
    for one in done {
        let Deed::Left { member, at, .. } = &mut one.deed else { continue };
        let leaver = TurnableMember::load(&mut tx, *member, State::Leaving).await?;
        tx = shut_out(tx, &leaver, 1).await?.enter(org, actor).await?;
        // To the second as it is kept: whoever takes it back knows by it that nobody let them in and out meanwhile.
        *at = directory::person(&mut tx, *member).await?.state_at;
    }
    Ok(tx)
}

async fn invite(tx: &mut Tx, written: &[Written], inviter: MemberId) -> Result<()> {
    let invited = written.iter().filter(|one| one.outcome == Outcome::Invited);
    let asked: Vec<(AccountId, MemberId)> = invited.filter_map(|one| one.account.zip(one.member)).collect();
    if asked.is_empty() { Ok(()) } else { personal::ask_all(tx, &asked, inviter).await }
}

fn lines(written: Vec<Written>, accounts: Vec<AccountId>, initials: Vec<Initial>) -> Vec<Line> {
    let mut initials: std::collections::HashMap<AccountId, Initial> = accounts.into_iter().zip(initials).collect();
    let line = |one: Written| {
        let initial = one.account.and_then(|account| initials.remove(&account));
        Line {
            row: one.row,
            name: one.profile.name,
            user_id: one.profile.user_id,
            phone: one.profile.phone,
            email: one.profile.email,
            outcome: one.outcome,
            expires_at: initial.as_ref().map(|initial| initial.expires_at),
            initial_password: initial.map(|initial| initial.password),
        }
    };
    written.into_iter().map(line).collect()
}

/// Keeps the result for a day from now on, and forgets the files and what was told of them.
async fn finish(tx: &mut Tx, import: ImportId, lines: Vec<Line>) -> Result<()> {
    let (result, until) = (tx.new_id(), tx.now() + KEPT);
    let plain = serde_json::to_vec(&lines).map_err(anyhow::Error::from)?;
    let sealed = tx.seal(Bucket::Object(result), RESULT, result, &plain)?;
    sqlx::query(
        "update identity.import set state = 'done', code = null, done = total, result_id = $2, result = $3, expires_at = $4,
                problems = null, told = null, asked = null
         where id = $1",
    )
    .bind(import)
    .bind(result)
    .bind(sealed)
    .bind(until)
    .execute(tx.db())
    .await?;
    forget_at(tx, import, until).await?;
    sqlx::query("delete from identity.import_piece where import_id = $1").bind(import).execute(tx.db()).await?;
    Ok(())
}

/// The lines that [`finish`] kept.
pub fn open(tx: &Tx, result: uuid::Uuid, sealed: &[u8]) -> Result<Vec<Line>> {
    let plain = tx.open(Bucket::Object(result), RESULT, result, sealed)?;
    Ok(serde_json::from_slice(&plain).map_err(anyhow::Error::from)?)
}
