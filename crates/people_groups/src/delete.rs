//! Delete a group: nobody is let in under its name any more.

use axum::http::StatusCode;
use directory::{Edition, PeopleGroupId};
use kernel::{Cx, Path, Result, Tx};

use crate::events::{PeopleGroupDeleted, PeopleGroupsChanged};
use crate::policy::Manager;
use crate::stored;

/// Delete a group of people
#[utoipa::path(
    delete, path = "/v1/people-groups/{group}", tag = "people_groups", operation_id = "deletePeopleGroup",
    params(
        ("group" = PeopleGroupId, Path),
        ("If-Match" = String, Header, description = "the revision that is deleted")
    ),
    responses((status = 204)),
    extensions(
        ("x-access" = json!("holder of departments.manage and people.see, for the whole organisation")),
        ("x-errors" = json!(["forbidden", "directory.changed_meanwhile"])),
    ),
)]
pub async fn delete_people_group(cx: Cx, Path(group): Path<PeopleGroupId>, edition: Edition) -> Result<StatusCode> {
    let mut tx = cx.begin().await?;
    let by = Manager::load(&mut tx).await?;
    delete(&mut tx, &by, group, &edition).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The people stay; what was shared with the group is not shared with them any more.
pub async fn delete(tx: &mut Tx, _by: &Manager, id: PeopleGroupId, edition: &Edition) -> Result<()> {
    stored::hold(tx).await?;
    edition.check(stored::one(tx, id).await?.revision)?;
    directory::forget_people_group(tx, id).await?;
    sqlx::query("delete from people_groups.people_group where id = $1").bind(id).execute(tx.db()).await?;
    tx.emit(&PeopleGroupDeleted { group: id })?;
    tx.emit(&PeopleGroupsChanged {})
}
