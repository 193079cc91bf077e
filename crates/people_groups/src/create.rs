//! Put a group together.

use axum::http::{HeaderMap, StatusCode};
use directory::{Among, PeopleGroupId};
use kernel::{Cx, Error, Json, Result, Tx};
use serde::Deserialize;
use texts::{fold, one_line};
use utoipa::ToSchema;

use crate::events::{MemberListed, PeopleGroupWritten, PeopleGroupsChanged};
use crate::keep::follow;
use crate::model::{MadeBy, PeopleGroup};
use crate::policy::Manager;
use crate::rule::MOST_CONDITIONS;
use crate::show;
use crate::stored::{self, Stored, Written};

/// More groups than anybody finds their way in.
const MOST: usize = 500;
/// People one names one by one.
const MOST_LISTED: usize = 2_000;
const MOST_DEPARTMENTS: usize = 100;
const LONGEST_NAME: usize = 60;
const LONGEST_NOTE: usize = 200;

/// A new group.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreatePeopleGroup {
    /// What it is called; no other group is called so.
    pub name: String,
    /// What it is for.
    pub note: Option<String>,
    /// Whether colleagues find it and see who is in it.
    #[serde(default)]
    pub is_shown: bool,
    /// What makes it.
    pub made_by: MadeBy,
}

/// Put a group of people together
#[utoipa::path(
    post, path = "/v1/people-groups", tag = "people_groups", operation_id = "createPeopleGroup",
    request_body = CreatePeopleGroup,
    responses((status = 201, body = PeopleGroup)),
    extensions(
        ("x-access" = json!("holder of departments.manage and people.see, for the whole organisation")),
        ("x-errors" = json!(["forbidden", "people_groups.too_many", "people_groups.name_taken"])),
    ),
)]
pub async fn create_people_group(
    cx: Cx,
    Json(input): Json<CreatePeopleGroup>,
) -> Result<(StatusCode, HeaderMap, Json<PeopleGroup>)> {
    let mut tx = cx.begin().await?;
    let by = Manager::load(&mut tx).await?;
    let id = create(&mut tx, &by, input).await?;
    let (edition, group) = show::shown(&mut tx, id).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, edition, group))
}

/// Writes the group and says who is in it.
pub async fn create(tx: &mut Tx, _by: &Manager, input: CreatePeopleGroup) -> Result<PeopleGroupId> {
    stored::hold(tx).await?;
    let made_by = checked(tx, input.made_by).await?;
    let (name, note) = (checked_name(&input.name)?, checked_note(input.note.as_deref())?);
    let others = stored::load(tx, None).await?;
    if others.len() >= MOST {
        return Err(Error::Conflict("people_groups.too_many"));
    }
    check_name_is_free(&others, &name)?;
    let id = PeopleGroupId(tx.new_id());
    let written = Written { name, note, is_shown: input.is_shown, made_by };
    stored::write(tx, id, &written).await?;
    if let MadeBy::Hand(listed) = &written.made_by {
        for member in stored::list(tx, id, &listed.member_ids).await?.0 {
            tx.emit(&MemberListed { group: id, member })?;
        }
    }
    follow(tx, &[Stored { id, written, revision: 1 }], None).await?;
    tx.emit(&PeopleGroupWritten { group: id, is_new: true, fields: Vec::new() })?;
    tx.emit(&PeopleGroupsChanged {})?;
    Ok(id)
}

/// Two groups that are called the same are one too many for whoever chooses.
pub fn check_name_is_free(others: &[Stored], name: &str) -> Result<()> {
    let is_taken = others.iter().any(|other| fold(&other.written.name) == fold(name));
    if is_taken { Err(Error::Taken("name", "people_groups.name_taken")) } else { Ok(()) }
}

pub fn checked_name(name: &str) -> Result<String> {
    one_line("name", name, LONGEST_NAME)?.ok_or(Error::Invalid { field: "name", why: "is_empty" })
}

pub fn checked_note(note: Option<&str>) -> Result<Option<String>> {
    note.map_or(Ok(None), |note| one_line("note", note, LONGEST_NOTE))
}

/// What makes a group, once all it names is there.
pub async fn checked(tx: &mut Tx, mut made_by: MadeBy) -> Result<MadeBy> {
    let departments = made_by.departments_mut();
    departments.sort_unstable();
    departments.dedup();
    if departments.len() > MOST_DEPARTMENTS {
        return Err(Error::Invalid { field: "department_ids", why: "too_many" });
    }
    let there = directory::department_ids(tx).await?;
    if made_by.departments().iter().any(|one| there.binary_search(one).is_err()) {
        return Err(Error::Invalid { field: "department_ids", why: "unknown" });
    }
    match &mut made_by {
        MadeBy::Hand(listed) => {
            let named = &mut listed.member_ids;
            named.sort_unstable();
            named.dedup();
            if named.len() > MOST_LISTED {
                return Err(Error::Invalid { field: "member_ids", why: "too_many" });
            }
            let here = directory::meant(tx, Among { only: Some(named), ..Among::default() }).await?;
            if here.len() != named.len() {
                return Err(Error::Invalid { field: "member_ids", why: "unknown" });
            }
        }
        MadeBy::Rule(rule) => {
            if rule.conditions.len() > MOST_CONDITIONS {
                return Err(Error::Invalid { field: "conditions", why: "too_many" });
            }
            if rule.conditions.is_empty() && rule.department_ids.is_empty() {
                return Err(Error::Invalid { field: "conditions", why: "is_empty" });
            }
            let fields = directory::FieldRules::load(tx).await?;
            for condition in &mut rule.conditions {
                *condition = condition.clone().checked(tx, &fields).await?;
            }
        }
    }
    Ok(made_by)
}
