//! Which departments a person is in and which of them they lead.

use kernel::{Error, MemberId, Result, Tx};
pub(crate) use lists::MOST_DEPARTMENTS as MOST;

use crate::model::DepartmentId;
use crate::principals;

/// The places of one person; the first department is the main one.
pub(crate) struct Places {
    pub departments: Vec<DepartmentId>,
    pub leads: Vec<DepartmentId>,
}

/// Puts the person there and nowhere else.
pub(crate) async fn place(tx: &mut Tx, member: MemberId, places: &Places) -> Result<()> {
    let mut departments: Vec<DepartmentId> = Vec::new();
    for department in &places.departments {
        if !departments.contains(department) {
            departments.push(*department);
        }
    }
    if departments.len() > MOST {
        return Err(Error::Invalid { field: "department_ids", why: "too_many" });
    }
    if places.leads.iter().any(|led| !departments.contains(led)) {
        return Err(Error::Invalid { field: "leads", why: "not_in_department" });
    }
    // Locked, so that none of them is deleted meanwhile.
    let known: Vec<DepartmentId> =
        sqlx::query_scalar("select id from directory.department where id = any($1) order by id for share")
            .bind(&departments)
            .fetch_all(tx.db())
            .await?;
    if known.len() != departments.len() {
        return Err(Error::Invalid { field: "department_ids", why: "unknown" });
    }
    // Whoever is in a department that went out of use could not be; nobody new comes in.
    super::tree::check_in_use(tx, &departments, "department_ids").await?;
    sqlx::query("delete from directory.department_member where member_id = $1 and department_id <> all($2)")
        .bind(member)
        .bind(&departments)
        .execute(tx.db())
        .await?;
    sqlx::query(
        "insert into directory.department_member as d (department_id, member_id, position, is_leader)
         select wanted.id, $1, wanted.place::integer, wanted.id = any($3)
         from unnest($2::uuid[]) with ordinality as wanted (id, place)
         on conflict on constraint department_member_pkey
         do update set position = excluded.position, is_leader = excluded.is_leader",
    )
    .bind(member)
    .bind(&departments)
    .bind(&places.leads)
    .execute(tx.db())
    .await?;
    crate::people::person::touch(tx, &[member]).await?;
    principals::follow_members(tx, &[member]).await
}
