//! Takes back what an import did, as far as it is still as the import left it; what somebody changed meanwhile stays.

mod departments;
mod people;

use std::collections::{HashMap, HashSet};

use access::{Holdings, Lineage};
use kernel::{MemberId, Result, Tx};

use super::lines::tell_departments_back;
use super::plan::existing::{self, Matched, Members};
use crate::events::{ImportUndone, PeopleTakenOut};
use crate::people::index;
use crate::policy::Importer;
use crate::principals;
use crate::roles::holding::{self, scopes};
use import_plans::{Deed, DeedKind, Existing, Kept};

/// Takes back everything but that people left: who is on the way out is let in by whoever may. `came_in` are those of the new
/// people who have signed in: they stay. `kept` says what of the rest stays already; what else stays is added. Nobody else
/// changes the tree meanwhile: see [`super::hold_departments`].
pub async fn undo(
    tx: &mut Tx,
    by: &Importer,
    deeds: &[&Deed],
    came_in: &HashSet<MemberId>,
    mut kept: Kept,
) -> Result<Kept> {
    drop(index::load(tx).await?);
    let now = Now::load(tx, by, deeds).await?;
    people::place_back(tx, &now, deeds, &mut kept).await?;
    departments::hang_back(tx, &now, deeds, &mut kept).await?;
    let gone = people::take_out(tx, &now, deeds, (came_in, &mut kept)).await?;
    people::write_back(tx, &now, deeds, (&gone, &mut kept)).await?;
    departments::name_back(tx, &now, deeds, &mut kept).await?;
    let departments = departments::take_out(tx, &now, deeds, &mut kept).await?;
    let taken_back = deeds.iter().enumerate().filter(|(at, _)| !kept.contains_key(at));
    tell_departments_back(tx, taken_back.map(|(_, deed)| *deed))?;
    let touched: Vec<MemberId> = deeds.iter().filter_map(|deed| deed.member()).collect();
    index::follow(tx, &touched).await?;
    principals::follow_members(tx, &touched).await?;
    if !gone.is_empty() || !departments.is_empty() {
        let people = now.matched.people.values().filter(|person| gone.contains(&person.id));
        let people = people.map(|person| (person.id, person.account)).collect();
        tx.emit(&PeopleTakenOut { people, departments })?;
    }
    tx.emit(&counted(deeds, &kept))?;
    Ok(kept)
}

/// How people and departments stand now, as far as an undoing asks.
struct Now<'a> {
    by: &'a Importer,
    matched: Matched,
    members: Members,
    theirs: HashMap<MemberId, Holdings>,
    lineage: Lineage,
    departments: Vec<Existing>,
}

impl<'a> Now<'a> {
    async fn load(tx: &mut Tx, by: &'a Importer, deeds: &[&Deed]) -> Result<Self> {
        let mut ids: Vec<MemberId> = deeds.iter().filter_map(|deed| deed.member()).collect();
        ids.sort_unstable();
        ids.dedup();
        // In one order everywhere; nobody changes them until this is done.
        sqlx::query("select from directory.member where id = any($1) order by id for update")
            .bind(&ids)
            .execute(tx.db())
            .await?;
        let theirs = holding::holdings(tx, &ids).await?;
        let lineage = holding::lineage(tx, theirs.values().flat_map(scopes).collect::<Vec<_>>()).await?;
        let (matched, members) = (Matched::load(tx, &ids).await?, Members::load(tx).await?);
        Ok(Self { by, matched, members, theirs, lineage, departments: existing::departments(tx).await? })
    }

    /// Why the caller may not change them, if so: they may have had their data restricted by now, or hold more.
    fn refusal(&self, member: MemberId) -> Option<&'static str> {
        match self.matched.people.get(&member) {
            Some(person) if person.restricted_at.is_some() => Some("is_restricted"),
            _ => (!self.by.may_change(self.theirs.get(&member), &self.lineage)).then_some("not_allowed"),
        }
    }
}

fn counted(deeds: &[&Deed], kept: &Kept) -> ImportUndone {
    let mut undone = ImportUndone { created: 0, changed: 0, moved: 0, left: 0, kept: 0 };
    for (place, deed) in deeds.iter().enumerate().filter(|(_, deed)| deed.is_counted()) {
        let count = match deed.kind() {
            _ if kept.contains_key(&place) => &mut undone.kept,
            DeedKind::Created => &mut undone.created,
            DeedKind::Changed => &mut undone.changed,
            DeedKind::Moved => &mut undone.moved,
            DeedKind::Left => &mut undone.left,
        };
        *count += 1;
    }
    undone
}
