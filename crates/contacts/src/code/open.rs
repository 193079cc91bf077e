//! Whom a code leads to.

use directory::{Member, State};
use kernel::{Cx, Error, Json, Path, Result};

use super::shown_by;
use crate::policy::Keeper;

/// Open a contact code
///
/// Whoever is outside the organisation learns no more than from a code that never was.
#[utoipa::path(
    get, path = "/v1/contact-codes/{code}", tag = "contacts", operation_id = "openContactCode",
    params(("code" = String, Path)),
    responses((status = 200, body = Member)),
    extensions(("x-application" = json!("contact_codes")), ("x-access" = json!("member of the organisation who holds the code")), ("x-errors" = json!(["forbidden"]))),
)]
pub async fn open_contact_code(cx: Cx, Path(code): Path<String>) -> Result<Json<Member>> {
    let mut tx = cx.begin().await?;
    Keeper::load(&mut tx).await?;
    let id = shown_by(&mut tx, &code).await?.ok_or(Error::NotFound("code"))?;
    let member = directory::member(&mut tx, id).await.map_err(|error| match error {
        Error::NotFound(_) => Error::NotFound("code"),
        error => error,
    })?;
    // Whoever had their data frozen is found by no code either, also not by those who look after them (`DSR-04`).
    let is_found = !directory::seen_members(&mut tx, vec![id]).await?.is_empty();
    if is_found && member.state == State::Active { Ok(Json(member)) } else { Err(Error::NotFound("code")) }
}
