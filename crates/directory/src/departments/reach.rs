//! What the caller sees of the tree, by the rule of the crate `access`.

use std::collections::HashSet;

use access::{Permission, Reach, Scope, Seeing};
use kernel::{Actor, Result, Tx};

use crate::model::DepartmentId;
use crate::policy::Acting;
use crate::roles::holding::lineage;

/// Whoever holds one of these for a department looks after it.
const LOOKING: [Permission; 5] = [
    Permission::PeopleSee,
    Permission::PeopleAdd,
    Permission::PeopleEdit,
    Permission::PeoplePlace,
    Permission::DepartmentsManage,
];

/// Everything, when nothing is hidden or limited here.
pub(crate) async fn reach(tx: &mut Tx, acting: &Acting) -> Result<Reach> {
    let is_said: bool = sqlx::query_scalar(
        "select exists (select from directory.department where is_hidden or sees <> 'inherit')
             or exists (select from directory.member where is_hidden)",
    )
    .fetch_one(tx.db())
    .await?;
    if !is_said || acting.holdings.everywhere().has(Permission::PeopleSee) {
        return Ok(Reach::default());
    }
    let nodes: Vec<Seeing> = sqlx::query_as(
        "select d.id, d.parent_id, d.is_hidden, d.sees,
                array(select s.seen_id from directory.department_sight s where s.department_id = d.id) as also
         from directory.department d",
    )
    .fetch_all(tx.db())
    .await?;
    let mut after: HashSet<DepartmentId> = HashSet::new();
    if LOOKING.into_iter().any(|permission| acting.holdings.has(permission)) {
        let lineage = lineage(tx, nodes.iter().map(|node| node.id).collect::<Vec<_>>()).await?;
        let covers = |permission, id| acting.holdings.covers(permission, Scope::Department(id), &lineage);
        let looks = |id| LOOKING.into_iter().any(|permission| covers(permission, id));
        after = nodes.iter().map(|node| node.id).filter(|id| looks(*id)).collect();
    }
    // A program is nobody's colleague: it is in no department, whoever lent it rights.
    let places = if matches!(tx.actor(), Actor::Member(_)) { acting.places.as_slice() } else { &[] };
    Ok(Reach::of(&nodes, places, &after))
}
