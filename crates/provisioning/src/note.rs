//! Notes what changed, so that programs can ask what they have not seen.

use directory::events::{
    DepartmentChanged, DepartmentMerged, FieldsChanged, ImportUndone, MemberAdded, MemberChanged, MemberResumed,
    MemberSuspended, PeopleImported, PeopleTakenOut,
};
use kernel::{Result, Subscriber, Tx, subscriber};
use uuid::Uuid;

use crate::PROVISIONING;
use crate::link::Kind;

/// What the directory says of people and departments.
pub fn subscribers() -> Vec<Subscriber> {
    vec![
        subscriber("provisioning.note_added", |tx, event: MemberAdded| {
            Box::pin(note(tx, Kind::Person, vec![event.member.0]))
        }),
        subscriber("provisioning.note_changed", |tx, event: MemberChanged| {
            Box::pin(note(tx, Kind::Person, vec![event.member.0]))
        }),
        subscriber("provisioning.note_suspended", |tx, event: MemberSuspended| {
            Box::pin(note(tx, Kind::Person, vec![event.member.0]))
        }),
        subscriber("provisioning.note_resumed", |tx, event: MemberResumed| {
            Box::pin(note(tx, Kind::Person, vec![event.member.0]))
        }),
        subscriber("provisioning.note_department", |tx, event: DepartmentChanged| {
            Box::pin(note(tx, Kind::Department, vec![event.department.0]))
        }),
        // The events of these name nobody.
        subscriber("provisioning.note_import", |tx, _: PeopleImported| Box::pin(note_all(tx))),
        subscriber("provisioning.note_undone", |tx, _: ImportUndone| Box::pin(note_all(tx))),
        subscriber("provisioning.note_taken_out", |tx, event: PeopleTakenOut| Box::pin(note_taken_out(tx, event))),
        subscriber("provisioning.note_fields", |tx, _: FieldsChanged| Box::pin(note_all(tx))),
        subscriber("provisioning.note_merged", |tx, event: DepartmentMerged| Box::pin(note_merged(tx, event))),
    ]
}

/// Puts them at the end of the feed; while programs do without it, only that something was missed is noted (`ORG-12`).
/// Emits nothing: it is about what was told already.
pub async fn note(tx: &mut Tx, kind: Kind, objects: Vec<Uuid>) -> Result<()> {
    if !applications::is_open_to_anybody(tx, PROVISIONING).await? {
        sqlx::query("update provisioning.clock set is_filled = false where is_filled").execute(tx.db()).await?;
        return Ok(());
    }
    let count = i64::try_from(objects.len()).map_err(anyhow::Error::from)?;
    sqlx::query(
        "with clock as (
             insert into provisioning.clock as c (pos) values ($3)
             on conflict on constraint clock_pkey do update set pos = c.pos + $3 returning pos)
         insert into provisioning.change (kind, object_id, pos)
         select $1, o.id, clock.pos - $3 + o.ord from clock, unnest($2::uuid[]) with ordinality as o (id, ord)
         on conflict on constraint change_pkey do update set pos = excluded.pos",
    )
    .bind(kind)
    .bind(objects)
    .bind(count)
    .execute(tx.db())
    .await?;
    Ok(())
}

async fn note_all(tx: &mut Tx) -> Result<()> {
    let departments = directory::department_ids(tx).await?;
    note(tx, Kind::Department, departments.into_iter().map(|one| one.0).collect()).await?;
    let people = directory::everybody(tx).await?;
    note(tx, Kind::Person, people.into_iter().map(|one| one.0).collect()).await
}

async fn note_taken_out(tx: &mut Tx, event: PeopleTakenOut) -> Result<()> {
    note(tx, Kind::Person, event.people.into_iter().map(|(member, _)| member.0).collect()).await?;
    note(tx, Kind::Department, event.departments.into_iter().map(|one| one.0).collect()).await
}

async fn note_merged(tx: &mut Tx, event: DepartmentMerged) -> Result<()> {
    note(tx, Kind::Department, vec![event.department.0]).await?;
    note_all(tx).await
}

/// Those that were noted before: of whoever is gone since nothing else tells.
async fn note_known(tx: &mut Tx) -> Result<()> {
    for kind in [Kind::Department, Kind::Person] {
        let known: Vec<Uuid> =
            sqlx::query_scalar("select object_id from provisioning.change where kind = $1 order by pos")
                .bind(kind)
                .fetch_all(tx.db())
                .await?;
        note(tx, kind, known).await?;
    }
    Ok(())
}

/// Notes those who were here before anything was noted, once; and everything again when something was missed. Of whoever was
/// erased meanwhile there is nothing to note, so that readers are told that everything begins anew.
pub async fn fill(tx: &mut Tx) -> Result<()> {
    let is_filled: Option<bool> =
        sqlx::query_scalar("select is_filled from provisioning.clock").fetch_optional(tx.db()).await?;
    if is_filled == Some(true) || !applications::is_open_to_anybody(tx, PROVISIONING).await? {
        return Ok(());
    }
    sqlx::query("update provisioning.clock set begun = pos where not is_filled").execute(tx.db()).await?;
    note_known(tx).await?;
    note_all(tx).await?;
    sqlx::query("update provisioning.clock set is_filled = true").execute(tx.db()).await?;
    Ok(())
}
