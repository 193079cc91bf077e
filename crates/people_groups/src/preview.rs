//! Try what would make a group, before anything is written.

use std::collections::BTreeSet;

use directory::{Member, PeopleGroupId, Principal};
use kernel::{Cx, Json, MemberId, Result, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::create::checked;
use crate::keep::meant;
use crate::members::sorted;
use crate::model::MadeBy;
use crate::policy::Manager;
use crate::stored::{self, Stored, Written};

/// People who are shown of those who would be in it.
const SAMPLE: usize = 10;

/// What is tried.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TryPeopleGroup {
    /// What would make the group.
    pub made_by: MadeBy,
    /// Which group it is compared with, when it is there already.
    pub group_id: Option<PeopleGroupId>,
}

/// Who would be in it.
#[derive(Serialize, ToSchema)]
pub struct PeopleGroupPreview {
    /// How many active people.
    pub count: i64,
    /// How many of them are not in the group as it is.
    pub come: i64,
    /// How many would not be in it any more.
    pub go: i64,
    /// The first of them, by name.
    pub sample: Vec<Member>,
}

/// Try what would make a group of people
#[utoipa::path(
    post, path = "/v1/people-groups/preview", tag = "people_groups", operation_id = "previewPeopleGroup",
    request_body = TryPeopleGroup,
    responses((status = 200, body = PeopleGroupPreview)),
    extensions(
        ("x-access" = json!("holder of departments.manage and people.see, for the whole organisation")),
        ("x-rate" = json!("heavy")), ("x-errors" = json!(["forbidden"])),
    ),
)]
pub async fn preview_people_group(cx: Cx, Json(input): Json<TryPeopleGroup>) -> Result<Json<PeopleGroupPreview>> {
    let mut tx = cx.begin().await?;
    let by = Manager::load(&mut tx).await?;
    preview(&mut tx, &by, input).await.map(Json)
}

/// Writes nothing.
async fn preview(tx: &mut Tx, _by: &Manager, input: TryPeopleGroup) -> Result<PeopleGroupPreview> {
    let made_by = checked(tx, input.made_by).await?;
    let before = match input.group_id {
        Some(id) => {
            let group = stored::one(tx, id).await?;
            directory::members_of_principal(tx, Principal::PeopleGroup(group.id)).await?
        }
        None => Vec::new(),
    };
    // Of nobody's id: whom the group has listed so far is not what is tried.
    let written = Written { name: String::new(), note: None, is_shown: false, made_by };
    let tried = Stored { id: PeopleGroupId(tx.new_id()), written, revision: 0 };
    let people = meant(tx, &[tried], None).await?.pop().unwrap_or_default();
    let people = directory::only_active_members(tx, &people).await?;
    let (old, new): (BTreeSet<MemberId>, BTreeSet<MemberId>) =
        (before.into_iter().collect(), people.iter().copied().collect());
    let number = |of: usize| i64::try_from(of).unwrap_or(i64::MAX);
    let sample: Vec<MemberId> = sorted(tx, people).await?.into_iter().take(SAMPLE).collect();
    Ok(PeopleGroupPreview {
        count: number(new.len()),
        come: number(new.difference(&old).count()),
        go: number(old.difference(&new).count()),
        sample: directory::members(tx, &sample).await?,
    })
}
