//! Show one person's card.

use kernel::{Cx, Json, MemberId, Path, Result};

use super::person;
use crate::model::Member;
use crate::policy;

/// Show a person
#[utoipa::path(
    get, path = "/v1/members/{member}", tag = "directory", operation_id = "showMember",
    params(("member" = MemberId, Path)),
    responses((status = 200, body = Member)),
    extensions(("x-access" = json!("member of the organisation"))),
)]
pub async fn show_member(cx: Cx, Path(member): Path<MemberId>) -> Result<Json<Member>> {
    let mut tx = cx.begin().await?;
    let viewer = policy::caller(&mut tx).await?;
    let person = person::load(&mut tx, member).await?;
    super::list::shown(&mut tx, vec![person], &viewer).await.map(|mut shown| Json(shown.remove(0)))
}
