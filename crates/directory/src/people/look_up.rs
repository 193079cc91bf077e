//! Questions other domains ask about people, answered inside their transaction.

use std::collections::HashSet;

use access::Permission;
use chrono::{DateTime, Utc};
use kernel::{AccountId, Actor, Error, MemberId, Result, Tx};
use texts::contact;

use super::person::{self, Person};
use super::sight::Sight;
use crate::departments::list;
use crate::model::DepartmentId;
use crate::policy;
use crate::roles::holding;
use access::{Standing, State};
use profiles::look_up;

/// The member who signs in with this user id here, and their account (`ACC-01`).
pub async fn member_by_user_id(tx: &mut Tx, user_id: &str) -> Result<Option<(MemberId, AccountId)>> {
    let Ok(user_id) = contact::user_id(user_id) else { return Ok(None) };
    let code = look_up(tx, "directory.user_id", &user_id);
    Ok(sqlx::query_as("select id, account_id from directory.member where user_id_hmac = $1 and state <> 'erased'")
        .bind(code)
        .fetch_optional(tx.db())
        .await?)
}

/// The person with everything known of them; `NotFound` when they are not here or erased.
pub async fn person(tx: &mut Tx, member: MemberId) -> Result<Person> {
    person::load(tx, member).await
}

/// Role and state of a member, erased ones included.
pub async fn standing(tx: &mut Tx, member: MemberId) -> Result<Standing> {
    const STANDING: &str = "select id, role, state from directory.member where id = $1";
    sqlx::query_as(STANDING).bind(member).fetch_optional(tx.db()).await?.ok_or(Error::NotFound("member"))
}

/// Where the member stands.
pub async fn member_state(tx: &mut Tx, member: MemberId) -> Result<State> {
    Ok(standing(tx, member).await?.state)
}

/// Where the member stands, and since when: what they had before ended then ([`access::Ends`]).
pub async fn member_state_since(tx: &mut Tx, member: MemberId) -> Result<(State, DateTime<Utc>)> {
    const SINCE: &str = "select state, state_at from directory.member where id = $1";
    sqlx::query_as(SINCE).bind(member).fetch_optional(tx.db()).await?.ok_or(Error::NotFound("member"))
}

/// Those of `members` that are active here, each once, in the order of their ids; silently drops the others.
pub async fn only_active_members(tx: &mut Tx, members: &[MemberId]) -> Result<Vec<MemberId>> {
    const ONLY: &str = "select id from directory.member where id = any($1) and state = 'active' order by id";
    Ok(sqlx::query_scalar(ONLY).bind(members).fetch_all(tx.db()).await?)
}

/// Those of `members` whom the caller sees, but whose data is restricted; all of them when the program itself asks.
pub async fn seen_members(tx: &mut Tx, members: Vec<MemberId>) -> Result<Vec<MemberId>> {
    if !matches!(tx.actor(), Actor::Member(_) | Actor::Application(_)) {
        return Ok(members);
    }
    let acting = policy::Acting::load(tx).await?;
    let sight = Sight::of(tx, &acting, Some(&members)).await?;
    Ok(members.into_iter().filter(|member| sight.meets(*member) && !sight.is_kept_from(*member)).collect())
}

/// The active people of these departments and of those below them, each once; for somebody who does not see one of the
/// departments nobody is in it.
pub async fn members_of_departments(tx: &mut Tx, departments: &[DepartmentId]) -> Result<Vec<MemberId>> {
    let departments = match tx.actor() {
        Actor::Member(_) | Actor::Application(_) => list::shown(tx, departments).await?,
        _ => departments.to_vec(),
    };
    Ok(sqlx::query_scalar(
        "with recursive tree as (
             select id from directory.department where id = any($1)
             union select d.id from directory.department d join tree on d.parent_id = tree.id)
         select distinct m.id from directory.member m
         join directory.department_member d on d.member_id = m.id
         join tree on tree.id = d.department_id
         where m.state = 'active' order by m.id",
    )
    .bind(departments)
    .fetch_all(tx.db())
    .await?)
}

/// Everybody who runs the organisation: its active owners and administrators.
pub async fn administrators(tx: &mut Tx) -> Result<Vec<MemberId>> {
    const THEY: &str =
        "select id from directory.member where role in ('owner', 'administrator') and state = 'active' order by id";
    Ok(sqlx::query_scalar(THEY).fetch_all(tx.db()).await?)
}

/// The active people who hold this for the whole organisation.
pub async fn holders(tx: &mut Tx, permission: Permission) -> Result<Vec<MemberId>> {
    holders_near(tx, permission, &[]).await
}

/// The active people who hold this for one of these departments, then those who hold it for the whole organisation.
pub async fn holders_near(tx: &mut Tx, permission: Permission, near: &[DepartmentId]) -> Result<Vec<MemberId>> {
    Ok(holding::holders(tx, permission, near).await?.into_iter().map(|(member, _)| member).collect())
}

/// Whose data is kept and not used otherwise (`DSR-04`).
pub async fn restricted(tx: &mut Tx) -> Result<HashSet<MemberId>> {
    const THEY: &str = "select id from directory.member where restricted_at is not null";
    Ok(sqlx::query_scalar(THEY).fetch_all(tx.db()).await?.into_iter().collect())
}

/// Everybody who is active here.
pub async fn active_members(tx: &mut Tx) -> Result<Vec<MemberId>> {
    const ACTIVE: &str = "select id from directory.member where state = 'active' order by id";
    Ok(sqlx::query_scalar(ACTIVE).fetch_all(tx.db()).await?)
}

/// Everybody who is or was here and is not erased, in the order of their ids.
pub async fn everybody(tx: &mut Tx) -> Result<Vec<MemberId>> {
    const EVERYBODY: &str = "select id from directory.member where state <> 'erased' order by id";
    Ok(sqlx::query_scalar(EVERYBODY).fetch_all(tx.db()).await?)
}
