//! List what one may take away, or waits for.

use directory::{Permission, Permitted};
use kernel::{Json, Page, Result, SignedIn};

use crate::model::{self, PeopleExport};

/// List one's own exports of people, the newest first
#[utoipa::path(
    get, path = "/v1/people-exports", tag = "people_exports", operation_id = "listPeopleExports",
    responses((status = 200, body = Page<PeopleExport>)),
    extensions(("x-application" = json!("people_exports")), ("x-access" = json!("holder of people.see, an owner while it is being dissolved too")), ("x-errors" = json!(["forbidden"]))),
)]
pub async fn list_people_exports(caller: SignedIn) -> Result<Json<Page<PeopleExport>>> {
    let mut tx = hosting::enter_to_take_away(&caller).await?;
    let by = Permitted::load(&mut tx, Permission::PeopleSee).await?;
    Ok(Json(Page { items: model::of(&mut tx, by.id(), None).await?, next: None }))
}
