//! Who is in a group, as far as the caller sees the group and the people.

use directory::{Member, PeopleGroupId, Principal};
use kernel::{Cx, Error, Json, Limit, MemberId, Page, Path, Query, Result, Tx};
use serde::Deserialize;
use texts::Reading;

use crate::policy::VisibleGroup;

/// Which page.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WantedMembers {
    /// The last person of the page before.
    pub after: Option<MemberId>,
    /// How many at most.
    #[serde(default)]
    #[param(inline)]
    pub limit: Limit,
}

/// List the people of a group
#[utoipa::path(
    get, path = "/v1/people-groups/{group}/members", tag = "people_groups", operation_id = "listPeopleGroupMembers",
    params(("group" = PeopleGroupId, Path), WantedMembers),
    responses((status = 200, body = Page<Member>)),
    extensions(("x-access" = json!("member of the organisation; of one that is not shown to everybody, holder of departments.manage and people.see"))),
)]
pub async fn list_people_group_members(
    cx: Cx,
    Path(group): Path<PeopleGroupId>,
    Query(wanted): Query<WantedMembers>,
) -> Result<Json<Page<Member>>> {
    let mut tx = cx.begin().await?;
    let members = members_of(&mut tx, &[group]).await?;
    let sorted = sorted(&mut tx, members).await?;
    let begin = match wanted.after {
        None => 0,
        // Who is not in it any more is passed by: the list goes on after the place they had.
        Some(after) => place_after(&mut tx, &sorted, after).await?,
    };
    let limit = wanted.limit.get();
    let some = sorted.into_iter().skip(begin).take(limit + 1).collect();
    let Page { items, next } = Page::of(some, limit, ToString::to_string);
    Ok(Json(Page { items: directory::members(&mut tx, &items).await?, next }))
}

/// The active people of these groups whom the caller sees, each once; `NotFound` when they do not see one of the groups.
pub async fn members_of(tx: &mut Tx, groups: &[PeopleGroupId]) -> Result<Vec<MemberId>> {
    if groups.is_empty() {
        return Ok(Vec::new());
    }
    let mut members = Vec::new();
    for group in groups {
        let visible = VisibleGroup::load(tx, *group).await?;
        members.extend(directory::members_of_principal(tx, Principal::PeopleGroup(visible.group.id)).await?);
    }
    members.sort_unstable();
    members.dedup();
    directory::seen_members(tx, members).await
}

/// Whether there is such a group and the caller sees it; who is in it is not asked.
pub async fn sees(tx: &mut Tx, group: PeopleGroupId) -> Result<bool> {
    match VisibleGroup::load(tx, group).await {
        Ok(_) => Ok(true),
        Err(Error::NotFound(_)) => Ok(false),
        Err(other) => Err(other),
    }
}

/// As lists of people are sorted.
pub async fn sorted(tx: &mut Tx, members: Vec<MemberId>) -> Result<Vec<MemberId>> {
    let names = directory::names(tx, &members).await?;
    let mut keyed: Vec<_> = members.into_iter().map(|id| (key(names.get(&id)), id)).collect();
    keyed.sort_unstable();
    Ok(keyed.into_iter().map(|(_, id)| id).collect())
}

fn key(name: Option<&String>) -> (String, String) {
    let name = name.cloned().unwrap_or_default();
    (Reading::of(&name).sort, name)
}

async fn place_after(tx: &mut Tx, sorted: &[MemberId], after: MemberId) -> Result<usize> {
    if let Some(place) = sorted.iter().position(|id| *id == after) {
        return Ok(place + 1);
    }
    let mut names = directory::names(tx, sorted).await?;
    names.extend(directory::names(tx, &[after]).await?);
    let wanted = names.get(&after).ok_or(Error::Invalid { field: "after", why: "unknown" })?;
    let wanted = (key(Some(wanted)), after);
    Ok(sorted.partition_point(|id| (key(names.get(id)), *id) <= wanted))
}
