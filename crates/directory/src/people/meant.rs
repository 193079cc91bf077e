//! Whom a rule about people can mean, and what it asks of them: for rules that other domains keep.

use std::collections::{BTreeMap, HashMap};

use kernel::{MemberId, Result, Tx};

use super::person;
use crate::fields::FieldId;
use crate::model::DepartmentId;

/// People who are opened at a time.
const STEP: usize = 1_000;

/// A circle of people; everybody when nothing is said.
#[derive(Debug, Default, Clone, Copy)]
pub struct Among<'a> {
    /// Those who are in one of these departments.
    pub departments: Option<&'a [DepartmentId]>,
    /// Or in one below them.
    pub includes_below: bool,
    /// These people and no others.
    pub only: Option<&'a [MemberId]>,
}

/// Those of the circle who are here or on their way in, in the order of their ids: nobody who is leaving or whose data is restricted.
pub async fn meant(tx: &mut Tx, among: Among<'_>) -> Result<Vec<MemberId>> {
    Ok(sqlx::query_scalar(
        "with recursive tree as (
             select id from directory.department where id = any($1)
             union select d.id from directory.department d join tree on d.parent_id = tree.id where $2)
         select m.id from directory.member m
         where m.state in ('invited', 'active', 'suspended', 'disabled') and ($3::uuid[] is null or m.id = any($3))
             and m.restricted_at is null
             and ($1::uuid[] is null or m.id in (
                 select p.member_id from directory.department_member p join tree on tree.id = p.department_id))
         order by m.id",
    )
    .bind(among.departments)
    .bind(among.includes_below)
    .bind(among.only)
    .fetch_all(tx.db())
    .await?)
}

/// What stands in these fields of these people, whoever may see it. What comes of it is for whoever asks to guard.
pub async fn values(
    tx: &mut Tx,
    members: &[MemberId],
    fields: &[FieldId],
) -> Result<HashMap<MemberId, BTreeMap<FieldId, String>>> {
    let mut values = HashMap::with_capacity(members.len());
    for step in members.chunks(STEP) {
        for (id, profile) in person::profiles(tx, step).await? {
            let filled = fields.iter().filter_map(|field| Some((*field, profile.get(*field)?)));
            values.insert(id, filled.collect());
        }
        tokio::task::yield_now().await;
    }
    Ok(values)
}
