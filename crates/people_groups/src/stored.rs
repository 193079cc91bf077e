//! A group as the database holds it.

use std::collections::HashMap;

use directory::{DepartmentId, FieldId, PeopleGroupId};
use kernel::{Bucket, Error, MemberId, Result, Tx};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::model::MadeBy;

const KIND: &str = "people_groups.people_group";

/// What somebody wrote: one sealed value. Whom they listed stands apart.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// What it is called.
    pub name: String,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Whether colleagues are to find it.
    #[serde(default)]
    pub is_shown: bool,
    /// What makes it, without the people who were listed.
    pub made_by: MadeBy,
}

/// A group, opened.
#[derive(Clone)]
pub struct Stored {
    /// Which.
    pub id: PeopleGroupId,
    /// What somebody wrote.
    pub written: Written,
    /// Rises with every change.
    pub revision: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: PeopleGroupId,
    written: Vec<u8>,
    revision: i64,
}

/// These groups; all of them when none are named.
pub async fn load(tx: &mut Tx, only: Option<&[PeopleGroupId]>) -> Result<Vec<Stored>> {
    let rows: Vec<Row> = sqlx::query_as(
        "select id, written, revision from people_groups.people_group where $1::uuid[] is null or id = any($1) order by id",
    )
    .bind(only)
    .fetch_all(tx.db())
    .await?;
    rows.into_iter().map(|row| opened(tx, row)).collect()
}

/// The group; `NotFound` when there is none.
pub async fn one(tx: &mut Tx, id: PeopleGroupId) -> Result<Stored> {
    load(tx, Some(&[id])).await?.pop().ok_or(Error::NotFound("people_group"))
}

/// Those that name one of these: a field or a department.
pub async fn naming(tx: &mut Tx, things: &[Uuid]) -> Result<Vec<Stored>> {
    let ids: Vec<PeopleGroupId> =
        sqlx::query_scalar("select distinct group_id from people_groups.named where named_id = any($1)")
            .bind(things)
            .fetch_all(tx.db())
            .await?;
    load(tx, Some(&ids)).await
}

/// Those that name a department.
pub async fn naming_departments(tx: &mut Tx) -> Result<Vec<Stored>> {
    let ids: Vec<PeopleGroupId> =
        sqlx::query_scalar("select distinct group_id from people_groups.named where kind = 'department'")
            .fetch_all(tx.db())
            .await?;
    load(tx, Some(&ids)).await
}

/// Whom somebody listed in these groups; of `among`, when that is said.
pub async fn listed(
    tx: &mut Tx,
    groups: &[PeopleGroupId],
    among: Option<&[MemberId]>,
) -> Result<HashMap<PeopleGroupId, Vec<MemberId>>> {
    let rows: Vec<(PeopleGroupId, MemberId)> = sqlx::query_as(
        "select group_id, member_id from people_groups.listed_member
         where group_id = any($1) and ($2::uuid[] is null or member_id = any($2)) order by member_id",
    )
    .bind(groups)
    .bind(among)
    .fetch_all(tx.db())
    .await?;
    let mut listed: HashMap<PeopleGroupId, Vec<MemberId>> = HashMap::new();
    rows.into_iter().for_each(|(group, member)| listed.entry(group).or_default().push(member));
    Ok(listed)
}

/// Writes what the group says and what it names; the revision rises when it is there already.
pub async fn write(tx: &mut Tx, id: PeopleGroupId, written: &Written) -> Result<()> {
    let (sealed, now) = (seal(tx, id, written)?, tx.now());
    sqlx::query(
        "insert into people_groups.people_group as g (id, written, created_at) values ($1, $2, $3)
         on conflict on constraint people_group_pkey
         do update set written = excluded.written, revision = g.revision + 1",
    )
    .bind(id)
    .bind(sealed)
    .bind(now)
    .execute(tx.db())
    .await?;
    let departments: Vec<Uuid> = written.made_by.departments().iter().map(|DepartmentId(id)| *id).collect();
    let fields: Vec<Uuid> = written.made_by.conditions().iter().map(|one| one.field_id).map(|FieldId(id)| id).collect();
    sqlx::query("delete from people_groups.named where group_id = $1").bind(id).execute(tx.db()).await?;
    sqlx::query(
        "insert into people_groups.named (group_id, named_id, kind)
         select $1::uuid, d.id, 'department' from unnest($2::uuid[]) as d (id)
         union select $1::uuid, f.id, 'field' from unnest($3::uuid[]) as f (id)",
    )
    .bind(id)
    .bind(departments)
    .bind(fields)
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Exactly these are listed from now on; who came and who went.
pub async fn list(tx: &mut Tx, id: PeopleGroupId, members: &[MemberId]) -> Result<(Vec<MemberId>, Vec<MemberId>)> {
    let gone: Vec<MemberId> = sqlx::query_scalar(
        "delete from people_groups.listed_member where group_id = $1 and member_id <> all($2) returning member_id",
    )
    .bind(id)
    .bind(members)
    .fetch_all(tx.db())
    .await?;
    let come: Vec<MemberId> = sqlx::query_scalar(
        "insert into people_groups.listed_member (group_id, member_id) select $1, unnest($2::uuid[])
         on conflict on constraint listed_member_pkey do nothing returning member_id",
    )
    .bind(id)
    .bind(members)
    .fetch_all(tx.db())
    .await?;
    Ok((come, gone))
}

/// Nobody else writes a group or says who is in one until the transaction ends. What is read afterwards is as new as what
/// the last one who held this has read: of two who look at everybody, the later one is right.
pub async fn hold(tx: &mut Tx) -> Result<()> {
    let key = format!("people_groups {}", tx.org());
    sqlx::query("select pg_advisory_xact_lock(hashtextextended($1, 0))").bind(key).execute(tx.db()).await?;
    Ok(())
}

fn seal(tx: &Tx, id: PeopleGroupId, written: &Written) -> Result<Vec<u8>> {
    let mut bare = written.clone();
    if let MadeBy::Hand(listed) = &mut bare.made_by {
        listed.member_ids.clear();
    }
    let plain = serde_json::to_vec(&bare).map_err(anyhow::Error::from)?;
    tx.seal(Bucket::Organisation, KIND, id.0, &plain)
}

fn opened(tx: &Tx, row: Row) -> Result<Stored> {
    let plain = tx.open(Bucket::Organisation, KIND, row.id.0, &row.written)?;
    let written = serde_json::from_slice(&plain).map_err(anyhow::Error::from)?;
    Ok(Stored { id: row.id, written, revision: row.revision })
}
