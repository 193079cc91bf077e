//! The list as the database holds it.

use directory::{DepartmentId, PeopleGroupId, Principal};
use kernel::{Error, MemberId, Result, Tx};
use uuid::Uuid;

use crate::events::{PeersChanged, SpeakerAdded, SpeakerRemoved};

/// How a principal stands on the list; roles never do.
fn row(principal: Principal) -> Option<(&'static str, Uuid)> {
    match principal {
        Principal::Everyone => Some(("everyone", Uuid::nil())),
        Principal::Department(department) => Some(("department", department.0)),
        Principal::PeopleGroup(group) => Some(("people_group", group.0)),
        Principal::Member(member) => Some(("member", member.0)),
        Principal::Role(_) => None,
    }
}

/// Whether it can stand on the list.
pub fn fits(principal: Principal) -> bool {
    row(principal).is_some()
}

/// Whether the member is on the list, by themselves, by a department, by a group or with everyone; nobody who is not active is.
pub async fn names(tx: &mut Tx, member: MemberId) -> Result<bool> {
    let principals = directory::principals(tx, member).await?;
    let ids: Vec<Uuid> = principals.into_iter().filter_map(row).map(|(_, id)| id).collect();
    const NAMES: &str = "select exists (select from peers.speaker where principal_id = any($1))";
    Ok(sqlx::query_scalar(NAMES).bind(ids).fetch_one(tx.db()).await?)
}

/// The list, sorted.
pub async fn load(tx: &mut Tx) -> Result<Vec<Principal>> {
    const LOAD: &str = "select principal_kind, principal_id from peers.speaker";
    let rows: Vec<(String, Uuid)> = sqlx::query_as(LOAD).fetch_all(tx.db()).await?;
    let read = |(kind, id): (String, Uuid)| match kind.as_str() {
        "everyone" => Ok(Principal::Everyone),
        "department" => Ok(Principal::Department(DepartmentId(id))),
        "people_group" => Ok(Principal::PeopleGroup(PeopleGroupId(id))),
        "member" => Ok(Principal::Member(MemberId(id))),
        other => Err(Error::Internal(anyhow::anyhow!("no speaker is a {other}"))),
    };
    let mut list: Vec<Principal> = rows.into_iter().map(read).collect::<Result<_>>()?;
    list.sort_unstable();
    Ok(list)
}

/// How often it was changed.
pub async fn revision(tx: &mut Tx) -> Result<i64> {
    let revision = sqlx::query_scalar("select revision from peers.speaker_list").fetch_optional(tx.db()).await?;
    Ok(revision.unwrap_or_default())
}

/// The same for whoever changes it; two who do wait for each other.
pub async fn lock(tx: &mut Tx) -> Result<i64> {
    sqlx::query(
        "insert into peers.speaker_list (revision) values (0) on conflict on constraint speaker_list_pkey do nothing",
    )
    .execute(tx.db())
    .await?;
    Ok(sqlx::query_scalar("select revision from peers.speaker_list for update").fetch_one(tx.db()).await?)
}

/// Puts these on the list that was locked and takes those off it; each is said.
pub async fn write(tx: &mut Tx, added: &[Principal], removed: &[Principal]) -> Result<()> {
    let (kinds, ids): (Vec<&str>, Vec<Uuid>) = added.iter().copied().filter_map(row).unzip();
    let gone: Vec<Uuid> = removed.iter().copied().filter_map(row).map(|(_, id)| id).collect();
    sqlx::query("delete from peers.speaker where principal_id = any($1)").bind(gone).execute(tx.db()).await?;
    sqlx::query(
        "insert into peers.speaker (principal_kind, principal_id)
         select w.kind, w.id from unnest($1::text[], $2::uuid[]) as w (kind, id)
         on conflict on constraint speaker_pkey do nothing",
    )
    .bind(&kinds)
    .bind(&ids)
    .execute(tx.db())
    .await?;
    sqlx::query("update peers.speaker_list set revision = revision + 1").execute(tx.db()).await?;
    added.iter().try_for_each(|one| tx.emit(&SpeakerAdded { speaker: (*one).into() }))?;
    removed.iter().try_for_each(|one| tx.emit(&SpeakerRemoved { speaker: (*one).into() }))?;
    tx.emit(&PeersChanged {})
}
