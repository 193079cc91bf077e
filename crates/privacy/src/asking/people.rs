//! See whom one can ask in the organisation (`ADM-08`).

use directory::{DepartmentId, Member, Permission, Principal};
use kernel::{Cx, Json, MemberId, Result, Tx};
use serde::Serialize;
use utoipa::ToSchema;

/// More names than that are no help.
const MOST: usize = 20;

/// Whom one can ask.
#[derive(Serialize, ToSchema)]
pub struct WhomToAsk {
    /// Those who answer, as one may see them, without oneself; who looks after one's departments first. At most 20.
    pub people: Vec<Member>,
    /// Whether one is among those who are asked.
    pub is_asked: bool,
    /// The name of the organisation's contact; the rest of it is for whoever may change the organisation.
    pub contact_name: String,
}

/// Show whom to ask
///
/// The active people who look after whoever asks, who say how long things are kept, or who run the organisation.
#[utoipa::path(
    get, path = "/v1/whom-to-ask", tag = "privacy", operation_id = "showWhomToAsk",
    responses((status = 200, body = WhomToAsk)),
    extensions(("x-access" = json!("member of the organisation"))),
)]
pub async fn show_whom_to_ask(cx: Cx) -> Result<Json<WhomToAsk>> {
    let mut tx = cx.begin().await?;
    let mut asked = asked(&mut tx, cx.member).await?;
    let is_asked = asked.contains(&cx.member);
    asked.retain(|member| *member != cx.member);
    let mut seen = directory::seen_members(&mut tx, asked).await?;
    seen.truncate(MOST);
    let people = directory::members(&mut tx, &seen).await?;
    let contact = directory::organisation(&mut tx).await?.contact;
    let contact_name = contact.map(|contact| contact.name).unwrap_or_default();
    Ok(Json(WhomToAsk { people, is_asked, contact_name }))
}

/// Who answers `member`: the nearest first, each once.
async fn asked(tx: &mut Tx, member: MemberId) -> Result<Vec<MemberId>> {
    let near = departments_above(tx, member).await?;
    let mut asked = directory::holders_near(tx, Permission::PeopleEdit, &near).await?;
    for permission in [Permission::ContentRetention, Permission::OrganisationEdit] {
        let more = directory::holders(tx, permission).await?;
        let more: Vec<MemberId> = more.into_iter().filter(|one| !asked.contains(one)).collect();
        asked.extend(more);
    }
    Ok(asked)
}

/// The departments of `member`, and everything above those.
async fn departments_above(tx: &mut Tx, member: MemberId) -> Result<Vec<DepartmentId>> {
    let names = directory::principals(tx, member).await?;
    let department = |name| match name {
        Principal::Department(department) => Some(department),
        _ => None,
    };
    Ok(names.into_iter().filter_map(department).collect())
}
