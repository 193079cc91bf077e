//! What the audit log is told of a list, person by person and department by department, as of any other change of theirs: which
//! fields, never what stands in them (`ADM-06`). Windows and subscribers hear of all of it at once.

use std::collections::BTreeMap;

use import_plans::{Deed, Placement};
use kernel::{MemberId, Result, Tx};
use serde_json::json;

use crate::events::{DepartmentWritten, MemberChanged, MemberDetailsChanged, MemberPlaced};
use crate::fields::Rules;
use crate::model::{DepartmentId, Profile};
use crate::people::edit::{is_open, named};

/// Something else is known of somebody.
pub fn tell_profile(tx: &mut Tx, rules: &Rules, member: MemberId, (before, after): (&Profile, &Profile)) -> Result<()> {
    let fields = named(before, after, &after.differing(before));
    let (fields, details): (Vec<_>, Vec<_>) = fields.into_iter().partition(|field| is_open(rules, field));
    if !details.is_empty() {
        tx.record(&MemberDetailsChanged { member, fields: details })?;
    }
    // Without fields it is no line.
    tx.record(&MemberChanged { member, fields, role: None })
}

/// Somebody is elsewhere, or leads otherwise.
pub fn tell_place(tx: &mut Tx, member: MemberId, (before, after): (&Placement, &Placement)) -> Result<()> {
    if before.is_same(after) {
        return Ok(());
    }
    tx.record(&MemberPlaced { member, before: before.into(), after: after.into() })
}

/// Departments are new, called otherwise, or hang elsewhere.
pub fn tell_departments<'a>(tx: &mut Tx, deeds: impl Iterator<Item = &'a Deed>) -> Result<()> {
    deeds.filter_map(written).try_for_each(|line| tx.record(&line))
}

/// The same, taken back.
pub fn tell_departments_back<'a>(tx: &mut Tx, deeds: impl Iterator<Item = &'a Deed>) -> Result<()> {
    let back = |line: DepartmentWritten| DepartmentWritten { before: line.after, after: line.before, ..line };
    deeds.filter_map(written).map(back).try_for_each(|line| tx.record(&line))
}

fn written(deed: &Deed) -> Option<DepartmentWritten> {
    let above = |parent: Option<DepartmentId>| BTreeMap::from([("parent_id".to_owned(), json!(parent))]);
    let (name, none) = (vec!["name".to_owned()], BTreeMap::new());
    let (department, fields, before, after) = match deed {
        Deed::Made { department, parent, .. } => (*department, name, none, above(*parent)),
        Deed::Renamed { department, .. } => (*department, name, none.clone(), none),
        Deed::Hung { department, before, after } if before != after => {
            (*department, Vec::new(), above(*before), above(*after))
        }
        _ => return None,
    };
    Some(DepartmentWritten { department, fields, before, after })
}
