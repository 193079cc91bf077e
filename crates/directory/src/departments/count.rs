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
