//! Count the people of a list, so that it has its full length, and its letters their places, before all of it was read (`DIR-01`).

use std::sync::PoisonError;

use kernel::{Cx, Json, MemberId, Query, Result, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::filter::{Filter, Sought};
use super::index;
use crate::model::DepartmentId;
use access::State;

/// Which people; the words are those of the list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Counted {
    /// In this department or below it.
    pub department: Option<DepartmentId>,
    /// Only of the departments the caller was given roles for, with what lies below; of whoever was given none, everybody.
    #[serde(default)]
    pub is_mine: bool,
    /// Part of the name, pinyin, initials, part of the staff number; of what the caller sees also the beginning of
    /// user id or e-mail address (3 characters), part of the phone number (4 digits).
    pub query: Option<String>,
    /// In this state; for other than active ones one holds `people.see`.
    pub state: Option<State>,
}

/// How many they are.
#[derive(Serialize, ToSchema)]
pub struct MemberCount {
    /// People the list with the same words has.
    pub count: usize,
    /// Where the letters begin, in their order; none where words were asked for: that list is not sorted by name.
    pub letters: Vec<LetterPlace>,
}

/// Where a letter begins.
#[derive(Serialize, ToSchema)]
pub struct LetterPlace {
    /// From A to Z, by pinyin in Chinese.
    pub letter: String,
    /// How many people stand before it.
    pub place: usize,
    /// The last of them: a list that begins `after` them begins with the letter. Absent at the top.
    pub after: Option<MemberId>,
}

/// Count people
#[utoipa::path(
    get, path = "/v1/members/count", tag = "directory", operation_id = "countMembers",
    params(Counted),
    responses((status = 200, body = MemberCount)),
    extensions(
        ("x-access" = json!("member of the organisation; of people who are not active, holder of people.see")),
        ("x-errors" = json!(["forbidden"])),
    ),
)]
pub async fn count_members(cx: Cx, Query(counted): Query<Counted>) -> Result<Json<MemberCount>> {
    let mut tx = cx.begin().await?;
    Ok(Json(count(&mut tx, &counted).await?))
}

async fn count(tx: &mut Tx, counted: &Counted) -> Result<MemberCount> {
    let &Counted { department, is_mine, ref query, state } = counted;
    let sought = Sought { department, is_mine, query: query.as_deref(), state };
    let filter = Filter::of(tx, sought).await?;
    let index = index::load(tx).await?;
    let index = index.read().unwrap_or_else(PoisonError::into_inner);
    let is_sorted = sought.query.is_none_or(|text| text.trim().is_empty());
    let (mut letters, mut count, mut last, mut after) = (Vec::new(), 0, None, None);
    for entry in index.after(None).unwrap_or_default().iter().filter(|entry| filter.has(entry)) {
        if let Some(letter) = entry.letter().filter(|letter| is_sorted && last != Some(*letter)) {
            letters.push(LetterPlace { letter: letter.to_string(), place: count, after });
            last = Some(letter);
        }
        (after, count) = (Some(entry.id), count + 1);
    }
    Ok(MemberCount { count, letters })
}
