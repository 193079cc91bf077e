//! What a department is besides its name and its place: who leads it from outside, who sees it, whether it is in use.

use access::Sees;
use kernel::{Error, MemberId, Result, Tx};

use super::tree;
use crate::model::DepartmentId;
use crate::people::belonging;
use crate::policy::ManageableDepartment;

/// More than lead anything from outside.
const MOST_DOTTED: usize = 20;
/// More departments than anybody names one by one.
const MOST_SEEN: usize = 200;

/// Says who leads the department without being in it: dotted lines (`DIR-04`). Whom the caller is not shown there stays.
pub(super) async fn lead_from_outside(tx: &mut Tx, managed: &ManageableDepartment, leaders: &[MemberId]) -> Result<()> {
    let id = managed.id();
    if leaders.len() > MOST_DOTTED {
        return Err(Error::Invalid { field: "dotted_leader_ids", why: "too_many" });
    }
    let mut wanted = leaders.to_vec();
    wanted.sort_unstable();
    wanted.dedup();
    let active = crate::only_active_members(tx, &wanted).await?;
    if crate::seen_members(tx, active).await?.len() != wanted.len() {
        return Err(Error::Invalid { field: "dotted_leader_ids", why: "unknown" });
    }
    let there: Vec<MemberId> =
        sqlx::query_scalar("select member_id from directory.dotted_leader where department_id = $1")
            .bind(id)
            .fetch_all(tx.db())
            .await?;
    let active = crate::only_active_members(tx, &there).await?;
    let shown = crate::seen_members(tx, active).await?;
    let before = belonging::of(tx, &[&wanted[..], &there[..]].concat()).await?;
    wanted.extend(there.into_iter().filter(|one| !shown.contains(one)));
    sqlx::query("delete from directory.dotted_leader where department_id = $1 and member_id <> all($2)")
        .bind(id)
        .bind(&wanted)
        .execute(tx.db())
        .await?;
    sqlx::query(
        "insert into directory.dotted_leader (department_id, member_id) select $1, unnest($2::uuid[])
         on conflict on constraint dotted_leader_pkey do nothing",
    )
    .bind(id)
    .bind(&wanted)
    .execute(tx.db())
    .await?;
    belonging::follow(tx, managed.by(), before).await
}

/// Says how far the people of the department see: which others besides their own.
pub(super) async fn see(tx: &mut Tx, id: DepartmentId, also: &[DepartmentId]) -> Result<()> {
    if also.len() > MOST_SEEN {
        return Err(Error::Invalid { field: "sees_also", why: "too_many" });
    }
    let known: i64 = sqlx::query_scalar("select count(*) from directory.department where id = any($1)")
        .bind(also)
        .fetch_one(tx.db())
        .await?;
    if usize::try_from(known).ok() != Some(also.len()) {
        return Err(Error::Invalid { field: "sees_also", why: "unknown" });
    }
    sqlx::query("delete from directory.department_sight where department_id = $1").bind(id).execute(tx.db()).await?;
    sqlx::query("insert into directory.department_sight (department_id, seen_id) select $1, unnest($2::uuid[])")
        .bind(id)
        .bind(also)
        .execute(tx.db())
        .await?;
    Ok(())
}

/// Whether it is shown to its own people only, and how far those see; what is absent stays.
pub(super) async fn show(tx: &mut Tx, id: DepartmentId, is_hidden: Option<bool>, sees: Option<Sees>) -> Result<()> {
    sqlx::query(
        "update directory.department set is_hidden = coalesce($2, is_hidden), sees = coalesce($3, sees) where id = $1",
    )
    .bind(id)
    .bind(is_hidden)
    .bind(sees)
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Takes it out of use, or back into it. `Conflict` while somebody is in it or something in use lies below it, and while
/// what lies above it is out of use.
pub(super) async fn archive(tx: &mut Tx, id: DepartmentId, is_archived: bool) -> Result<()> {
    let (is_used, is_below_archived): (bool, bool) = sqlx::query_as(
        "select exists (select from directory.department where parent_id = $1 and archived_at is null)
                or exists (select from directory.department_member p join directory.member m on m.id = p.member_id
                           where p.department_id = $1 and m.state <> 'erased'),
                exists (select from directory.department d join directory.department above on above.id = d.parent_id
                        where d.id = $1 and above.archived_at is not null)",
    )
    .bind(id)
    .fetch_one(tx.db())
    .await?;
    if is_archived && is_used {
        return Err(Error::Conflict("directory.department_not_empty"));
    }
    if !is_archived && is_below_archived {
        return Err(Error::Conflict("directory.department_archived"));
    }
    let at = is_archived.then_some(tx.now());
    sqlx::query(
        "update directory.department set archived_at = case when $2::timestamptz is null then null
                else coalesce(archived_at, $2) end where id = $1",
    )
    .bind(id)
    .bind(at)
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Puts it among its siblings before one of them, or after all of them.
pub(super) async fn order(tx: &mut Tx, id: DepartmentId, before: Option<DepartmentId>) -> Result<()> {
    let siblings: Vec<DepartmentId> = sqlx::query_scalar(
        "select d.id from directory.department d
         where d.id <> $1 and d.parent_id is not distinct from
               (select own.parent_id from directory.department own where own.id = $1)
         order by d.position, d.created_at, d.id",
    )
    .bind(id)
    .fetch_all(tx.db())
    .await?;
    let place = match before {
        None => siblings.len(),
        Some(before) => siblings
            .iter()
            .position(|one| *one == before)
            .ok_or(Error::Invalid { field: "before", why: "no_sibling" })?,
    };
    let mut ordered = siblings;
    ordered.insert(place, id);
    sqlx::query(
        "update directory.department d set position = wanted.place::integer - 1
         from unnest($1::uuid[]) with ordinality as wanted (id, place)
         where d.id = wanted.id and d.position <> wanted.place - 1",
    )
    .bind(&ordered)
    .execute(tx.db())
    .await?;
    Ok(())
}

/// `Invalid` with `field` when the department would hang below itself or too deep.
pub(super) async fn check_hang(tx: &mut Tx, id: DepartmentId, parent: DepartmentId, field: &'static str) -> Result<()> {
    let above = tree::depth(tx, parent).await?;
    let (levels, is_below_itself) = tree::below(tx, id, parent).await?;
    if is_below_itself {
        return Err(Error::Invalid { field, why: "is_below_it" });
    }
    if above + levels > tree::DEEPEST {
        return Err(Error::Invalid { field, why: "too_deep" });
    }
    Ok(())
}

/// Whether people who stand below something hidden, or what limits whom they see, would not, were `id` with all on it below
/// `parent`; `dissolves`: without standing between them itself.
pub(super) async fn unveils(
    tx: &mut Tx,
    (id, dissolves): (DepartmentId, bool),
    parent: Option<DepartmentId>,
) -> Result<bool> {
    Ok(sqlx::query_scalar(
        "with recursive old as (
             select id, parent_id, is_hidden, sees, 1 as depth from directory.department where id = $1
             union all
             select d.id, d.parent_id, d.is_hidden, d.sees, old.depth + 1 from directory.department d
             join old on d.id = old.parent_id where old.depth < 100),
         new as (
             select id, parent_id, sees, 1 as depth from directory.department where id = $2
             union all
             select d.id, d.parent_id, d.sees, new.depth + 1 from directory.department d
             join new on d.id = new.parent_id where new.depth < 100),
         word as (select id, sees from old where sees <> 'inherit' order by depth limit 1)
         select exists (select from old where is_hidden and (id <> $1 or $3) and id not in (select id from new))
             or exists (select from word where sees = 'own' and (id <> $1 or $3)
                 and id is distinct from (select id from new where sees <> 'inherit' order by depth limit 1))",
    )
    .bind(id)
    .bind(parent)
    .bind(dissolves)
    .fetch_one(tx.db())
    .await?)
}
