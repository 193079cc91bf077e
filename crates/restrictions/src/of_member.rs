//! See since when and why a person's data is restricted.

use directory::RestrictableMember;
use kernel::{Cx, Error, Json, MemberId, Path, Result};

use crate::model::Restriction;
use crate::stored;

/// Show since when and why a person's data is frozen
#[utoipa::path(
    get, path = "/v1/members/{member}/restriction", tag = "restrictions", operation_id = "showMemberRestriction",
    params(("member" = MemberId, Path)),
    responses((status = 200, body = Restriction)),
    extensions(
        ("x-access" = json!("holder of people.edit, of whoever holds no more; not of oneself")),
        ("x-errors" = json!(["forbidden", "directory.not_active"])),
    ),
)]
pub async fn show_member_restriction(cx: Cx, Path(member): Path<MemberId>) -> Result<Json<Restriction>> {
    let mut tx = cx.begin().await?;
    let member = RestrictableMember::load(&mut tx, member).await?;
    let found = stored::of(&mut tx, member.person().id).await?.ok_or(Error::NotFound("restriction"))?;
    tx.commit().await?;
    Ok(Json(found))
}
