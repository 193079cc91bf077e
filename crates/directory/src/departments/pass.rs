//! Who leads in somebody's place: departments that a leaver led, and who is near enough to be proposed.

use kernel::{Error, MemberId, Result, Tx};

use crate::events::DepartmentChanged;
use crate::model::DepartmentId;
use crate::people::edit::announce;
use crate::people::{belonging, person};
use crate::policy::ManageableDepartment;

/// The departments that somebody leads, from inside or from outside.
pub async fn led_by(tx: &mut Tx, member: MemberId) -> Result<Vec<DepartmentId>> {
    Ok(sqlx::query_scalar(
        "select department_id from directory.department_member where member_id = $1 and is_leader
         union select department_id from directory.dotted_leader where member_id = $1",
    )
    .bind(member)
    .fetch_all(tx.db())
    .await?)
}

/// The nearest active person who leads the main department of the member, or one above it; where nobody does, whoever of that
/// department has been here longest.
pub async fn nearest_to(tx: &mut Tx, member: MemberId) -> Result<Option<MemberId>> {
    Ok(sqlx::query_scalar(
        "with recursive up as (
             select own.department_id, 0 as far from (
                 select department_id from directory.department_member
                 where member_id = $1 order by position, department_id limit 1) own
             union all
             select d.parent_id, up.far + 1 from up
             join directory.department d on d.id = up.department_id where d.parent_id is not null and up.far < 100)
         select p.member_id from up
         join directory.department_member p on p.department_id = up.department_id and (p.is_leader or up.far = 0)
         join directory.member m on m.id = p.member_id and m.state = 'active'
         where p.member_id <> $1 order by p.is_leader desc, up.far, p.member_id limit 1",
    )
    .bind(member)
    .fetch_optional(tx.db())
    .await?)
}

/// `to` leads the department instead of `from`: as one of its people, or from outside. `NotFound` when `from` leads it no more.
pub async fn pass_lead(tx: &mut Tx, managed: &ManageableDepartment, from: MemberId, to: MemberId) -> Result<()> {
    let department = managed.id();
    if !led_by(tx, from).await?.contains(&department) {
        return Err(Error::NotFound("department"));
    }
    let before = belonging::of(tx, &[from, to]).await?;
    sqlx::query(
        "with inside as (
             update directory.department_member set is_leader = member_id = $3
             where department_id = $1 and member_id in ($2, $3) returning member_id),
         outside as (
             insert into directory.dotted_leader (department_id, member_id)
             select $1, $3 where not exists (
                 select from directory.department_member where department_id = $1 and member_id = $3)
             on conflict on constraint dotted_leader_pkey do nothing),
         risen as (update directory.department set revision = revision + 1 where id = $1)
         delete from directory.dotted_leader where department_id = $1 and member_id = $2",
    )
    .bind(department)
    .bind(from)
    .bind(to)
    .execute(tx.db())
    .await?;
    belonging::follow(tx, managed.by(), before).await?;
    person::touch(tx, &[from, to]).await?;
    for member in [from, to] {
        announce(tx, member, vec!["departments".to_owned()], None).await?;
    }
    tx.emit(&DepartmentChanged { department })
}
