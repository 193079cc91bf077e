//! The groups one can choose, by name.

use std::collections::HashSet;

use directory::{DepartmentId, PeopleGroupId};
use kernel::{Cx, Error, Json, Limit, Page, Query, Result, Tx};
use serde::{Deserialize, Serialize};
use texts::Reading;
use utoipa::ToSchema;

use crate::model::PeopleGroup;
use crate::policy::Reader;
use crate::show::answer;
use crate::stored::{self, Stored};

const LONGEST_QUERY: usize = 100;

/// Which groups.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WantedGroups {
    /// Part of the name, pinyin or initials.
    pub query: Option<String>,
    /// The last group of the page before.
    pub after: Option<PeopleGroupId>,
    /// How many at most.
    #[serde(default)]
    #[param(inline)]
    pub limit: Limit,
}

/// A page of groups.
#[derive(Serialize, ToSchema)]
pub struct PeopleGroups {
    /// By name; what was asked for the nearest first.
    pub items: Vec<PeopleGroup>,
    /// Give it as `after` to get the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// Whether the caller puts groups together.
    pub can_create: bool,
}

/// List groups of people
#[utoipa::path(
    get, path = "/v1/people-groups", tag = "people_groups", operation_id = "listPeopleGroups",
    params(WantedGroups),
    responses((status = 200, body = PeopleGroups)),
    extensions(("x-access" = json!("member of the organisation; those that are not shown to everybody, holder of departments.manage and people.see"))),
)]
pub async fn list_people_groups(cx: Cx, Query(wanted): Query<WantedGroups>) -> Result<Json<PeopleGroups>> {
    let mut tx = cx.begin().await?;
    page(&mut tx, &wanted).await.map(Json)
}

/// Those the caller sees; what was asked for the nearest first.
async fn page(tx: &mut Tx, wanted: &WantedGroups) -> Result<PeopleGroups> {
    let text = wanted.query.as_deref().map(str::trim).filter(|text| !text.is_empty());
    if text.is_some_and(|text| text.chars().count() > LONGEST_QUERY) {
        return Err(Error::Invalid { field: "query", why: "is_too_long" });
    }
    let query = text.map(texts::Query::parse);
    let reader = Reader::load(tx).await?;
    let groups = stored::load(tx, None).await?.into_iter().filter(|group| reader.sees(group));
    let mut found: Vec<(Reading, Stored)> = groups.map(|group| (Reading::of(&group.written.name), group)).collect();
    if let Some(query) = &query {
        found.retain(|(reading, _)| reading.matches(query));
    }
    let closeness = |reading: &Reading| query.as_ref().map(|query| reading.closeness(query));
    found.sort_by(|(a, one), (b, other)| (closeness(a), &a.sort, one.id).cmp(&(closeness(b), &b.sort, other.id)));
    let begin = match wanted.after {
        None => 0,
        Some(after) => {
            let place = found.iter().position(|(_, group)| group.id == after);
            place.ok_or(Error::Invalid { field: "after", why: "unknown" })? + 1
        }
    };
    let limit = wanted.limit.get();
    let some: Vec<Stored> = found.into_iter().skip(begin).take(limit + 1).map(|(_, group)| group).collect();
    let Page { items, next } = Page::of(some, limit, |group| group.id.to_string());
    Ok(PeopleGroups { items: answers(tx, items, &reader).await?, next, can_create: reader.manages })
}

async fn answers(tx: &mut Tx, groups: Vec<Stored>, reader: &Reader) -> Result<Vec<PeopleGroup>> {
    if !reader.manages {
        return Ok(groups.into_iter().map(|group| answer(group, reader, &HashSet::new())).collect());
    }
    let departments: HashSet<DepartmentId> = directory::department_ids(tx).await?.into_iter().collect();
    let ids: Vec<PeopleGroupId> = groups.iter().map(|group| group.id).collect();
    let counts = directory::people_group_counts(tx, &ids).await?;
    let counted = |group: Stored| {
        let member_count = Some(counts.get(&group.id).copied().unwrap_or(0));
        PeopleGroup { member_count, ..answer(group, reader, &departments) }
    };
    Ok(groups.into_iter().map(counted).collect())
}
