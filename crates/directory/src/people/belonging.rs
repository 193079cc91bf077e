//! Where people are and what they lead: read before it changes; refused, or told, when it has (`ORG-03`, `ADM-06`).

use access::Belonging;
use kernel::{MemberId, Result, Tx};

use crate::events::MemberPlaced;
use crate::model::DepartmentId;
use crate::policy::Acting;

type Row = (MemberId, Vec<DepartmentId>, Vec<DepartmentId>, Vec<DepartmentId>);

/// Of each of these people.
pub(crate) async fn of(tx: &mut Tx, members: &[MemberId]) -> Result<Vec<(MemberId, Belonging)>> {
    let rows: Vec<Row> = sqlx::query_as(
        "select m.id,
                array(select p.department_id from directory.department_member p where p.member_id = m.id
                      order by p.position, p.department_id),
                array(select p.department_id from directory.department_member p
                      where p.member_id = m.id and p.is_leader order by p.department_id),
                array(select l.department_id from directory.dotted_leader l where l.member_id = m.id
                      order by l.department_id)
         from directory.member m where m.id = any($1) order by m.id",
    )
    .bind(members)
    .fetch_all(tx.db())
    .await?;
    let read = |(member, department_ids, leads, leads_from_outside): Row| {
        (member, Belonging { department_ids, leads, leads_from_outside })
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Tells of each of whom it is not what it was, unless whoever did it put themselves somewhere, or others where they see more
/// of them, or where those see more whom they can sign in as.
pub(crate) async fn follow(tx: &mut Tx, by: &Acting, before: Vec<(MemberId, Belonging)>) -> Result<()> {
    let members: Vec<MemberId> = before.iter().map(|(member, _)| *member).collect();
    let after = of(tx, &members).await?;
    if before == after {
        return Ok(());
    }
    let vantage = by.vantage(tx).await?;
    let sight = by.sight(tx, &vantage).await?;
    for ((member, before), (_, after)) in before.into_iter().zip(after) {
        by.check_belonging(member, &before, &after)?;
        by.check_sight_of(member, &sight, &before, &after)?;
        by.check_brought(member, &vantage, (&before.department_ids, &after.department_ids))?;
        if before != after {
            tx.emit(&MemberPlaced { member, before, after })?;
        }
    }
    Ok(())
}
