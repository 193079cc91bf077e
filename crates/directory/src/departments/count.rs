//! How many people are in each department and below it, each once however many of these departments they are in.

use std::collections::{HashMap, HashSet};

use kernel::{MemberId, Result, Tx};

use crate::model::DepartmentId;

/// Departments and what they are in.
type Parents = HashMap<DepartmentId, Option<DepartmentId>>;

/// Levels that are climbed: a tree is never deeper, and a circle ends.
const DEEPEST: usize = 100;

#[derive(sqlx::FromRow)]
struct Placed {
    departments: Vec<DepartmentId>,
    people: i64,
}

/// The same for a few: what lies below these alone is gone through.
pub async fn below(tx: &mut Tx, few: &[DepartmentId], unseen: &[MemberId]) -> Result<HashMap<DepartmentId, i64>> {
    let counted: Vec<(DepartmentId, i64)> = sqlx::query_as(
        "with recursive tree as (
             select id as top_id, id from directory.department where id = any($1)
             union select tree.top_id, d.id from directory.department d join tree on d.parent_id = tree.id)
         select tree.top_id, count(distinct p.member_id) from tree
         join directory.department_member p on p.department_id = tree.id
         join directory.member m on m.id = p.member_id and m.state in ('active', 'suspended', 'invited')
         where p.member_id <> all($2)
         group by tree.top_id",
    )
    .bind(few)
    .bind(unseen)
    .fetch_all(tx.db())
    .await?;
    Ok(counted.into_iter().collect())
}

/// Counts those who are here, invited or suspended. People in the same departments are counted together: what is added up
/// then is no longer than the list of departments, as good as always. Whom the caller does not see they do not count.
pub async fn people(tx: &mut Tx, unseen: &[MemberId]) -> Result<HashMap<DepartmentId, i64>> {
    let parents: Vec<(DepartmentId, Option<DepartmentId>)> =
        sqlx::query_as("select id, parent_id from directory.department").fetch_all(tx.db()).await?;
    let parents: Parents = parents.into_iter().collect();
    let placed: Vec<Placed> = sqlx::query_as(
        "select departments, count(*) as people from (
             select array_agg(p.department_id order by p.department_id) as departments
             from directory.department_member p
             join directory.member m on m.id = p.member_id and m.state in ('active', 'suspended', 'invited')
             where p.member_id <> all($1)
             group by p.member_id) placed
         group by departments",
    )
    .bind(unseen)
    .fetch_all(tx.db())
    .await?;
    let mut counts = HashMap::with_capacity(parents.len());
    for Placed { departments, people } in placed {
        let all: HashSet<DepartmentId> = departments.into_iter().flat_map(|own| upwards(own, &parents)).collect();
        for department in all {
            *counts.entry(department).or_default() += people;
        }
    }
    Ok(counts)
}

fn upwards(own: DepartmentId, parents: &Parents) -> impl Iterator<Item = DepartmentId> {
    std::iter::successors(Some(own), |id| parents.get(id).copied().flatten()).take(DEEPEST)
}
