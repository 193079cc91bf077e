//! Show one person's card.

use axum::http::HeaderMap;
use kernel::{Cx, Error, Json, MemberId, Path, Result, Tx};

use super::person;
use crate::model::Member;

/// Show a person
#[utoipa::path(
    get, path = "/v1/members/{member}", tag = "directory", operation_id = "showMember",
    params(("member" = MemberId, Path)),
    responses((status = 200, body = Member)),
    extensions(("x-access" = json!("member of the organisation"))),
)]
pub async fn show_member(cx: Cx, Path(member): Path<MemberId>) -> Result<(HeaderMap, Json<Member>)> {
    let mut tx = cx.begin().await?;
    let member = self::member(&mut tx, member).await?;
    Ok((editions::tag(member.revision), Json(member)))
}

/// `NotFound` when the caller does not see them; else the person as the member in whose name `tx` runs may see them.
pub async fn member(tx: &mut Tx, id: MemberId) -> Result<Member> {
    let person = person::load(tx, id).await?;
    super::list::shown(tx, vec![person]).await?.pop().ok_or(Error::NotFound("member"))
}

/// Those of them who are not erased, as whoever `tx` runs for may see them.
pub async fn members(tx: &mut Tx, ids: &[MemberId]) -> Result<Vec<Member>> {
    let people = person::load_all(tx, ids).await?;
    super::list::shown(tx, people).await
}
