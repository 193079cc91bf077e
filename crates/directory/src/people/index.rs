//! The people of each organisation in memory: what a sealed column cannot answer, names are found and sorted here.
//!
//! Loaded at first use, kept by what commits on this node, forgotten when idle.

use std::sync::{Arc, RwLock};
use std::time::Duration;

use kernel::{App, MemberId, Result, Tx};
use people_index::{Indexes, Known};

use crate::model::Profile;
use access::State;

pub(crate) use people_index::{Entry, Index};

const LOOK_FOR_IDLE: Duration = Duration::from_secs(300);

#[derive(sqlx::FromRow)]
struct Row {
    id: MemberId,
    state: State,
    revision: i64,
    profile: Option<Vec<u8>>,
}

/// The index of the organisation of `tx`, loaded if it is not there.
///
/// A writer asks for it before its first change, so that it never holds what has not committed.
pub(crate) async fn load(tx: &mut Tx) -> Result<Arc<RwLock<Index>>> {
    let slot = tx.app().state::<Indexes>().slot(tx.org(), tx.now());
    if let Some(index) = slot.loaded() {
        return Ok(index);
    }
    let _one_at_a_time = slot.alone().await;
    if let Some(index) = slot.loaded() {
        return Ok(index);
    }
    let rows: Vec<Row> =
        sqlx::query_as("select id, state, revision, profile from directory.member where state <> 'erased'")
            .fetch_all(tx.db())
            .await?;
    Ok(slot.finish(Index::of(entries(tx, rows).await?)))
}

/// Has the index follow these people when `tx` commits. Called after the write, with the row as it now stands.
pub(crate) async fn follow(tx: &mut Tx, ids: &[MemberId]) -> Result<()> {
    let rows: Vec<Row> = sqlx::query_as("select id, state, revision, profile from directory.member where id = any($1)")
        .bind(ids)
        .fetch_all(tx.db())
        .await?;
    let entries = entries(tx, rows).await?.into_iter().map(Arc::new).collect();
    let (org, now) = (tx.org(), tx.now());
    tx.on_commit(move |app| app.state::<Indexes>().slot(org, now).apply(entries));
    Ok(())
}

async fn entries(tx: &mut Tx, rows: Vec<Row>) -> Result<Vec<Entry>> {
    let mut entries = Vec::with_capacity(rows.len());
    for (place, row) in rows.into_iter().enumerate() {
        entries.push(entry(tx, row)?);
        if place % 500 == 499 {
            tokio::task::yield_now().await;
        }
    }
    Ok(entries)
}

fn entry(tx: &Tx, row: Row) -> Result<Entry> {
    let profile = match row.profile {
        Some(sealed) if row.state != State::Erased => Profile::open(tx, row.id, &sealed)?,
        _ => Profile::default(),
    };
    Ok(Entry::of(Known {
        id: row.id,
        state: row.state,
        name: profile.name,
        staff_number: profile.staff_number,
        user_id: profile.user_id,
        email: profile.email,
        phone: profile.phone,
        revision: row.revision,
    }))
}

/// Forgets, as long as the program runs, what nobody has asked for in a while.
pub(crate) fn forget_when_idle(app: &App) {
    let keeper = app.clone();
    app.spawn("directory.forget_idle_indexes", async move {
        loop {
            tokio::select! {
                () = keeper.stopped() => return,
                () = tokio::time::sleep(LOOK_FOR_IDLE) => {
                    let now = keeper.now();
                    keeper.state::<Indexes>().forget_idle(now);
                }
            }
        }
    });
}
