//! Change what makes a group, or what it is called.

use axum::http::HeaderMap;
use directory::{Edition, PeopleGroupId};
use kernel::{Cx, Json, MemberId, Path, Result, Tx};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::create::{check_name_is_free, checked, checked_name, checked_note};
use crate::events::{MemberListed, MemberUnlisted, PeopleGroupWritten, PeopleGroupsChanged};
use crate::keep::follow;
use crate::model::{MadeBy, PeopleGroup};
use crate::policy::Manager;
use crate::show;
use crate::stored::{self, Stored, Written};

/// What is to be different; what is absent stays.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditPeopleGroup {
    /// What it is called.
    pub name: Option<String>,
    /// What it is for; an empty text takes that away.
    pub note: Option<String>,
    /// Whether colleagues find it and see who is in it.
    pub is_shown: Option<bool>,
    /// What makes it.
    pub made_by: Option<MadeBy>,
}

/// Change a group of people
#[utoipa::path(
    patch, path = "/v1/people-groups/{group}", tag = "people_groups", operation_id = "editPeopleGroup",
    params(
        ("group" = PeopleGroupId, Path),
        ("If-Match" = String, Header, description = "the revision that is changed")
    ),
    request_body = EditPeopleGroup,
    responses((status = 200, body = PeopleGroup)),
    extensions(
        ("x-access" = json!("holder of departments.manage and people.see, for the whole organisation")),
        ("x-errors" = json!(["forbidden", "directory.changed_meanwhile", "people_groups.name_taken"])),
    ),
)]
pub async fn edit_people_group(
    cx: Cx,
    Path(group): Path<PeopleGroupId>,
    edition: Edition,
    Json(input): Json<EditPeopleGroup>,
) -> Result<(HeaderMap, Json<PeopleGroup>)> {
    let mut tx = cx.begin().await?;
    let by = Manager::load(&mut tx).await?;
    edit(&mut tx, &by, (group, &edition), input).await?;
    let shown = show::shown(&mut tx, group).await?;
    tx.commit().await?;
    Ok(shown)
}

/// Changes the group; silent when nothing is different.
pub async fn edit(
    tx: &mut Tx,
    _by: &Manager,
    (id, edition): (PeopleGroupId, &Edition),
    input: EditPeopleGroup,
) -> Result<()> {
    stored::hold(tx).await?;
    let old = stored::one(tx, id).await?;
    edition.check(old.revision)?;
    let EditPeopleGroup { name, note, is_shown, made_by } = input;
    let name = name.map_or(Ok(old.written.name.clone()), |name| checked_name(&name))?;
    let note = note.map_or(Ok(old.written.note.clone()), |note| checked_note(Some(note.as_str())))?;
    let mut others = stored::load(tx, None).await?;
    others.retain(|other| other.id != id);
    check_name_is_free(&others, &name)?;
    let (mut come, mut gone) = (Vec::new(), Vec::new());
    let mut written = Written { name, note, is_shown: is_shown.unwrap_or(old.written.is_shown), ..old.written.clone() };
    if let Some(made_by) = made_by {
        written.made_by = checked(tx, made_by).await?;
        let listed = match &mut written.made_by {
            MadeBy::Hand(listed) => with_restricted(tx, id, std::mem::take(&mut listed.member_ids)).await?,
            MadeBy::Rule(_) => Vec::new(),
        };
        (come, gone) = stored::list(tx, id, &listed).await?;
    }
    let fields = differing(&old.written, &written, !come.is_empty() || !gone.is_empty());
    if fields.is_empty() {
        return Ok(());
    }
    stored::write(tx, id, &written).await?;
    for member in come {
        tx.emit(&MemberListed { group: id, member })?;
    }
    for member in gone {
        tx.emit(&MemberUnlisted { group: id, member })?;
    }
    follow(tx, &[Stored { id, written, revision: old.revision }], None).await?;
    tx.emit(&PeopleGroupWritten { group: id, is_new: false, fields })?;
    tx.emit(&PeopleGroupsChanged {})
}

/// Whoever had their data restricted is not shown to whoever changes the list, and stays on it (`DSR-04`).
async fn with_restricted(tx: &mut Tx, id: PeopleGroupId, mut listed: Vec<MemberId>) -> Result<Vec<MemberId>> {
    let restricted = directory::restricted(tx).await?;
    let before = stored::listed(tx, &[id], None).await?.remove(&id).unwrap_or_default();
    let staying = before.into_iter().filter(|member| restricted.contains(member));
    let staying: Vec<MemberId> = staying.filter(|member| !listed.contains(member)).collect();
    listed.extend(staying);
    Ok(listed)
}

fn differing(old: &Written, new: &Written, lists_others: bool) -> Vec<String> {
    let parts = [
        ("name", old.name != new.name),
        ("note", old.note != new.note),
        ("is_shown", old.is_shown != new.is_shown),
        ("made_by", old.made_by != new.made_by || lists_others),
    ];
    parts.into_iter().filter(|(_, is_other)| *is_other).map(|(name, _)| name.to_owned()).collect()
}
