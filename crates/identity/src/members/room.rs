//! See how many people the organisation has, and how many whoever runs the installation lets it have.

use directory::{Permission, Permitted};
use kernel::{Cx, Json, Result};
use serde::Serialize;
use utoipa::ToSchema;

/// How much room there is for people.
#[derive(Serialize, ToSchema)]
pub struct PeopleRoom {
    /// Everybody who is not erased, in whatever state.
    pub people: i64,
    /// The most there may be; absent without a limit of the operator.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most_people: Option<i32>,
}

/// Show the room for people
#[utoipa::path(
    get, path = "/v1/members/room", tag = "identity", operation_id = "showPeopleRoom",
    responses((status = 200, body = PeopleRoom)),
    extensions(
        ("x-access" = json!("holder of people.see for the whole organisation")),
        ("x-errors" = json!(["forbidden"])),
    ),
)]
pub async fn show_people_room(cx: Cx) -> Result<Json<PeopleRoom>> {
    let mut tx = cx.begin().await?;
    Permitted::everywhere(&mut tx, Permission::PeopleSee).await?;
    let people = directory::people_count(&mut tx).await?;
    let most_people = hosting::decision(&mut tx).await?.held.limits.most_people;
    Ok(Json(PeopleRoom { people, most_people }))
}
