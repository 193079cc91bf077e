//! Under which names somebody may have been let in: themselves, their departments with everything above those, their roles,
//! the groups of people they are in, everybody. One set per member, which every sharing asks.
//!
//! It changes in the transaction that changes the facts. What changes them elsewhere and only says so by an event is
//! followed by [`subscribers`].

use std::collections::HashMap;

use access::RoleId;
pub use access::{PeopleGroupId, Principal};
use kernel::{Error, MemberId, Result, Subscriber, Tx, subscriber};
use uuid::Uuid;

use crate::events::{DepartmentChanged, ImportUndone, MemberAdded, MemberChanged, PeopleImported};
use crate::model::DepartmentId;

/// Everything that `member` may have been let in as; nothing for whoever is not active.
pub async fn principals(tx: &mut Tx, member: MemberId) -> Result<Vec<Principal>> {
    let rows: Vec<(String, Uuid)> = sqlx::query_as(
        "select p.kind, p.principal_id from directory.principal p
         where p.member_id = $1
             and exists (select from directory.member m where m.id = $1 and m.state = 'active')
         union all
         select 'member', m.id from directory.member m where m.id = $1 and m.state = 'active'",
    )
    .bind(member)
    .fetch_all(tx.db())
    .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let read = |(kind, id): (String, Uuid)| match kind.as_str() {
        "department" => Ok(Principal::Department(DepartmentId(id))),
        "role" => Ok(Principal::Role(RoleId(id))),
        "people_group" => Ok(Principal::PeopleGroup(PeopleGroupId(id))),
        "member" => Ok(Principal::Member(MemberId(id))),
        other => Err(Error::Internal(anyhow::anyhow!("there is no principal {other}"))),
    };
    let mut all: Vec<Principal> = rows.into_iter().map(read).collect::<Result<_>>()?;
    all.push(Principal::Everyone);
    all.sort_unstable();
    Ok(all)
}

/// The active people behind a principal, each once.
pub async fn members_of_principal(tx: &mut Tx, principal: Principal) -> Result<Vec<MemberId>> {
    match principal {
        Principal::Everyone => crate::active_members(tx).await,
        Principal::Member(member) => crate::only_active_members(tx, &[member]).await,
        Principal::Department(DepartmentId(id))
        | Principal::Role(RoleId(id))
        | Principal::PeopleGroup(PeopleGroupId(id)) => Ok(sqlx::query_scalar(
            "select m.id from directory.principal p join directory.member m on m.id = p.member_id
             where p.principal_id = $1 and m.state = 'active' order by m.id",
        )
        .bind(id)
        .fetch_all(tx.db())
        .await?),
    }
}

/// Of `among`, or of everybody, these and nobody else are in the group from now on; whether that is different from before.
/// Whoever says so has looked at what makes the group (crate `people_groups`). Of whoever had their data restricted nothing is asked
/// anew: they stay where they are (`DSR-04`).
pub async fn keep_people_group(
    tx: &mut Tx,
    group: PeopleGroupId,
    members: &[MemberId],
    among: Option<&[MemberId]>,
) -> Result<bool> {
    let changed: i64 = sqlx::query_scalar(
        "with wanted as (select distinct id from unnest($2::uuid[]) as w (id)),
         gone as (
             delete from directory.principal p
             where p.principal_id = $1 and p.kind = 'people_group' and ($3::uuid[] is null or p.member_id = any($3))
                 and p.member_id not in (select id from wanted)
                 and p.member_id not in (select id from directory.member where restricted_at is not null)
             returning 1),
         come as (
             insert into directory.principal (member_id, principal_id, kind)
             select w.id, $1, 'people_group' from wanted w
             where w.id not in (select p.member_id from directory.principal p where p.principal_id = $1)
                 and w.id not in (select id from directory.member where restricted_at is not null)
             on conflict on constraint principal_pkey do nothing returning 1)
         select (select count(*) from gone) + (select count(*) from come)",
    )
    .bind(group)
    .bind(members)
    .bind(among)
    .fetch_one(tx.db())
    .await?;
    Ok(changed > 0)
}

/// The group is not there any more: nobody was let in as it.
pub async fn forget_people_group(tx: &mut Tx, group: PeopleGroupId) -> Result<()> {
    const GONE: &str = "delete from directory.principal where principal_id = $1 and kind = 'people_group'";
    sqlx::query(GONE).bind(group).execute(tx.db()).await?;
    Ok(())
}

/// How many active people are in each of these groups; a group in which nobody is is left out.
pub async fn people_group_counts(tx: &mut Tx, groups: &[PeopleGroupId]) -> Result<HashMap<PeopleGroupId, i64>> {
    let counts: Vec<(PeopleGroupId, i64)> = sqlx::query_as(
        "select p.principal_id, count(*) from directory.principal p
         join directory.member m on m.id = p.member_id and m.state = 'active'
         where p.principal_id = any($1) group by p.principal_id",
    )
    .bind(groups)
    .fetch_all(tx.db())
    .await?;
    Ok(counts.into_iter().collect())
}

/// How many are in each of these departments or below it, in each of all without `only`, whoever is here, invited or suspended;
/// a department in which nobody is is left out. `unseen` do not count.
pub(crate) async fn department_counts(
    tx: &mut Tx,
    only: Option<&[DepartmentId]>,
    unseen: &[MemberId],
) -> Result<HashMap<DepartmentId, i64>> {
    // One statement for both would be planned for all of them.
    let counting = match only {
        Some(few) => sqlx::query_as(
            "select p.principal_id, count(*) from directory.principal p
             join directory.member m on m.id = p.member_id and m.state in ('active', 'suspended', 'invited')
             where p.principal_id = any($2) and p.member_id <> all($1) group by p.principal_id",
        )
        .bind(unseen)
        .bind(few),
        None => sqlx::query_as(
            "select p.principal_id, count(*) from directory.principal p
             join directory.member m on m.id = p.member_id and m.state in ('active', 'suspended', 'invited')
             where p.kind = 'department' and p.member_id <> all($1) group by p.principal_id",
        )
        .bind(unseen),
    };
    let counts: Vec<(DepartmentId, i64)> = counting.fetch_all(tx.db()).await?;
    Ok(counts.into_iter().collect())
}

/// The sets of these members are what their departments and roles say.
pub(crate) async fn follow_members(tx: &mut Tx, members: &[MemberId]) -> Result<()> {
    sqlx::query(
        "with recursive up as (
             select p.member_id, p.department_id from directory.department_member p where p.member_id = any($1)
             union
             select up.member_id, d.parent_id from up
             join directory.department d on d.id = up.department_id where d.parent_id is not null),
         wanted as (
             select member_id, department_id as principal_id, 'department' as kind from up
             union select member_id, role_id, 'role' from directory.role_grant where member_id = any($1)),
         gone as (
             delete from directory.principal p where p.member_id = any($1) and p.kind <> 'people_group' and not exists (
                 select from wanted w where w.member_id = p.member_id and w.principal_id = p.principal_id))
         insert into directory.principal (member_id, principal_id, kind)
         select member_id, principal_id, kind from wanted
         on conflict on constraint principal_pkey do nothing",
    )
    .bind(members)
    .execute(tx.db())
    .await?;
    Ok(())
}

/// The same for everybody in these departments or below them: what lies above them changed.
pub(crate) async fn follow_departments(tx: &mut Tx, departments: &[DepartmentId]) -> Result<()> {
    let members: Vec<MemberId> = sqlx::query_scalar(
        "with recursive tree as (
             select id from directory.department where id = any($1)
             union select d.id from directory.department d join tree on d.parent_id = tree.id)
         select distinct p.member_id from directory.department_member p join tree on tree.id = p.department_id",
    )
    .bind(departments)
    .fetch_all(tx.db())
    .await?;
    follow_members(tx, &members).await
}

async fn follow_everybody(tx: &mut Tx) -> Result<()> {
    let members: Vec<MemberId> =
        sqlx::query_scalar("select id from directory.member where state <> 'erased'").fetch_all(tx.db()).await?;
    follow_members(tx, &members).await
}

/// Whoever changes people or departments says so: the sets follow.
pub(crate) fn subscribers() -> Vec<Subscriber> {
    vec![
        subscriber::<MemberAdded>("directory.principals_of_added", |tx, event| {
            Box::pin(async move { follow_members(tx, &[event.member]).await })
        }),
        subscriber::<MemberChanged>("directory.principals_of_changed", |tx, event| {
            Box::pin(async move { follow_members(tx, &[event.member]).await })
        }),
        subscriber::<DepartmentChanged>("directory.principals_below", |tx, event| {
            Box::pin(async move { follow_departments(tx, &[event.department]).await })
        }),
        subscriber::<PeopleImported>("directory.principals_of_imported", |tx, _| Box::pin(follow_everybody(tx))),
        subscriber::<ImportUndone>("directory.principals_of_undone", |tx, _| Box::pin(follow_everybody(tx))),
    ]
}
