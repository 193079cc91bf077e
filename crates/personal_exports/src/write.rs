//! Writes a copy in the background, a page of a place at a time. Each step is one transaction with what it adds and how far it came:
//! whatever cuts it, the next one goes on from there.

use std::time::{Duration, Instant};

use directory::State;
use inbox::{Kind, New, Target};
use kernel::{Actor, App, Class, Job, JobCx, MemberId, OrgId, Result, Tx};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::types::Json;

use crate::content::page::{self, Sheet};
use crate::content::{About, Owner, Place, Plan, Records, json};
use crate::events::PersonalExportWritten;
use crate::file::file_path;
use crate::model::{LASTS, PersonalExportId, Row};
use crate::{delete, forget, pieces};

const WRITE: &str = "personal_exports.write";
/// A turn is so long, and has so many steps at most; then other work of its class has its own.
const TURN: Duration = Duration::from_secs(2);
const STEPS: usize = 100;
/// The place whose records have bytes in the archive too.
const FILES: &str = "files.file";

/// Which copy, and whose.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub struct Which {
    pub export: PersonalExportId,
    pub member: MemberId,
}

/// Has it written, or gone on with.
pub async fn schedule(tx: &mut Tx, which: Which) -> Result<()> {
    let (payload, now) = (serde_json::to_value(which).map_err(anyhow::Error::from)?, tx.now());
    tx.schedule(WRITE, payload, now).await
}

pub fn job() -> Job {
    Job { name: WRITE, class: Class::Heavy, every: None, run: |cx| Box::pin(write(cx)) }
}

async fn write(cx: JobCx) -> Result<()> {
    let Some(org) = cx.org else { return Ok(()) };
    let which: Which = serde_json::from_value(cx.payload).map_err(anyhow::Error::from)?;
    let begun = Instant::now();
    for _ in 0..STEPS {
        if cx.app.is_stopping() || begun.elapsed() >= TURN {
            break;
        }
        if !step(&cx.app, org, which).await? {
            return Ok(());
        }
    }
    let mut tx = cx.app.begin(org, Actor::System).await?;
    schedule(&mut tx, which).await?;
    tx.commit().await
}

/// One page, or the end; `false` when there is nothing left to do. In the name of whose copy it is: names of others are read as they
/// see them.
async fn step(app: &App, org: OrgId, which: Which) -> Result<bool> {
    let mut tx = app.begin(org, Actor::Member(which.member)).await?;
    let Some(mut row) = locked(&mut tx, which.export).await? else { return Ok(false) };
    if !is_let_in(&mut tx, which.member).await? {
        delete::give_up(&mut tx, row.id).await?;
        tx.commit().await?;
        return Ok(false);
    }
    let plan = Plan::of(app.data_map());
    let is_left = match plan.after(&row.done) {
        Some(place) => {
            add_page(&mut tx, &mut row, place).await?;
            true
        }
        None => {
            finish(&mut tx, &mut row).await?;
            false
        }
    };
    tx.commit().await?;
    Ok(is_left)
}

/// Whether somebody could take what is written for them.
pub async fn is_let_in(tx: &mut Tx, member: MemberId) -> Result<bool> {
    let org = tx.org();
    let is_open = hosting::closed(tx.db(), &[org]).await?.is_empty();
    Ok(is_open && directory::member_state(tx, member).await? == State::Active)
}

/// The copy while it is being written; nobody else writes or deletes it until the transaction ends.
async fn locked(tx: &mut Tx, export: PersonalExportId) -> Result<Option<Row>> {
    Ok(sqlx::query_as(
        "select id, member_id, account_id, language, state, done, cursor, counts, pieces, asked_at, ready_at, stepped_at, until
         from personal_exports.personal_export where id = $1 and state = 'writing' for update",
    )
    .bind(export)
    .fetch_optional(tx.db())
    .await?)
}

/// The next records of a place, into both parts, and how far it is now.
async fn add_page(tx: &mut Tx, row: &mut Row, place: &Place<'_>) -> Result<()> {
    let about = About::load(tx, row.member_id, row.account_id)?;
    let owner = Owner::load(tx, about, row.language).await?;
    let mut records = Records::read(tx, place, &owner, &row.cursor).await?;
    if place.id == FILES {
        name_files(&mut records);
    }
    if row.pieces == 0 {
        let organisation = directory::organisation(tx).await?;
        let begin = json::begin(row, &organisation, &owner.name)?;
        pieces::add(tx, row, json::PATH, &begin).await?;
    }
    let (data, pages) = {
        let map = tx.app().data_map();
        let sheet = Sheet { map, owner: &owner, row, place, records: &records };
        (json::add(map, row, place, &records)?, page::add(&sheet))
    };
    pieces::add(tx, row, json::PATH, &data).await?;
    for (path, text) in pages {
        pieces::add(tx, row, &path, &text).await?;
    }
    *row.counts.0.entry(place.id.to_owned()).or_default() += i64::try_from(records.rows.len()).unwrap_or(i64::MAX);
    if let Some(next) = records.next {
        row.cursor = next;
    } else {
        (row.done, row.cursor) = (place.id.to_owned(), Vec::new());
    }
    keep(tx, row).await
}

/// Says where in the archive the bytes of a file are; those of what others uploaded are in none.
fn name_files(records: &mut Records) {
    records.columns.push("path".to_owned());
    for record in &mut records.rows {
        let text = |name: &str| record.get(name).and_then(Value::as_str).unwrap_or_default();
        let is_of_others = record.get("is_of_others").and_then(Value::as_bool).unwrap_or_default();
        let path = if is_of_others { Value::Null } else { file_path(text("id"), text("name")).into() };
        record.insert("path".to_owned(), path);
    }
}

async fn keep(tx: &mut Tx, row: &Row) -> Result<()> {
    let now = tx.now();
    sqlx::query(
        "update personal_exports.personal_export set done = $2, cursor = $3, counts = $4, pieces = $5, stepped_at = $6
         where id = $1",
    )
    .bind(row.id)
    .bind(&row.done)
    .bind(&row.cursor)
    .bind(Json(&row.counts.0))
    .bind(row.pieces)
    .bind(now)
    .execute(tx.db())
    .await?;
    Ok(())
}

/// The ends of both parts; from now on it can be taken, for a week, and its owner is told.
async fn finish(tx: &mut Tx, row: &mut Row) -> Result<()> {
    let organisation = directory::organisation(tx).await?;
    let about = About::load(tx, row.member_id, row.account_id)?;
    let owner = Owner::load(tx, about, row.language).await?;
    let contents = page::contents(tx.app().data_map(), row, &organisation.name, &owner);
    pieces::add(tx, row, json::PATH, json::END).await?;
    pieces::add(tx, row, page::CONTENTS, &contents).await?;
    keep(tx, row).await?;
    let now = tx.now();
    sqlx::query("update personal_exports.personal_export set state = 'ready', ready_at = $2, until = $3 where id = $1")
        .bind(row.id)
        .bind(now)
        .bind(now + LASTS)
        .execute(tx.db())
        .await?;
    forget::schedule(tx, now + LASTS).await?;
    tx.emit(&PersonalExportWritten { export: row.id, member: row.member_id })?;
    // Nobody is the actor: whoever asked for it may have left the page long ago.
    let target = Target { kind: "personal_exports.personal_export".into(), id: row.id.0, seq: None };
    let new = New { kind: Kind::System, target: Some(target), actor: None, text: "personal_export_written".into() };
    inbox::notify(tx, &[row.member_id], new).await
}
