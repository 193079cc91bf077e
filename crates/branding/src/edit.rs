//! Give the house a short name and an accent.

use axum::http::HeaderMap;
use directory::{Edition, Permission, Permitted};
use kernel::{Cx, Json, Result, Tx};
use serde::Deserialize;
use texts::one_line;
use utoipa::ToSchema;

use crate::accent;
use crate::show::{Brand, shown};
use crate::stored::{self, NAME, Row};

/// Characters of the short name: it stands where there is little room.
const LONGEST_NAME: usize = 24;

/// What holds from now on, whole: what is absent is Tulou's own again. The logo has operations of its own.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditBrand {
    /// At most 24 characters.
    pub name: Option<String>,
    /// `#rrggbb`, with at least 4.5 to 1 against `#f0eeea`.
    pub accent: Option<String>,
}

/// Change the brand
#[utoipa::path(
    put, path = "/v1/brand", tag = "branding", operation_id = "editBrand",
    params(("If-Match" = String, Header, description = "the revision that is changed")),
    request_body = EditBrand,
    responses((status = 200, body = Brand)),
    extensions(
        ("x-access" = json!("holder of organisation.edit")),
        ("x-errors" = json!(["forbidden", "directory.changed_meanwhile"])),
    ),
)]
pub async fn edit_brand(cx: Cx, edition: Edition, Json(input): Json<EditBrand>) -> Result<(HeaderMap, Json<Brand>)> {
    let mut tx = cx.begin().await?;
    let by = Permitted::everywhere(&mut tx, Permission::OrganisationEdit).await?;
    let row = edit(&mut tx, &by, &edition, input).await?;
    let shown = shown(&mut tx, row).await?;
    tx.commit().await?;
    Ok(shown)
}

/// Changes it; silent when it is so already.
pub async fn edit(tx: &mut Tx, _by: &Permitted, edition: &Edition, input: EditBrand) -> Result<Row> {
    let name = input.name.map_or(Ok(None), |name| one_line("name", &name, LONGEST_NAME))?;
    let accent = input.accent.as_deref().map(accent::checked).transpose()?;
    let before = stored::lock(tx).await?;
    edition.check(before.revision)?;
    let was = before.name.as_deref().map(|sealed| stored::open(tx, NAME, sealed)).transpose()?;
    let is_named = was.as_deref() != name.as_deref().map(str::as_bytes);
    let is_coloured = before.accent != accent;
    let fields: Vec<&str> =
        [("name", is_named), ("accent", is_coloured)].into_iter().filter(|one| one.1).map(|one| one.0).collect();
    if fields.is_empty() {
        return Ok(before);
    }
    let sealed = name.map(|name| stored::seal(tx, NAME, name.as_bytes())).transpose()?;
    let row: Row = sqlx::query_as(
        "update branding.brand set name = $1, accent = $2, revision = revision + 1
         returning name, accent, logo_type, logo_version, revision",
    )
    .bind(sealed)
    .bind(&accent)
    .fetch_one(tx.db())
    .await?;
    let accents = if is_coloured { (before.accent, accent) } else { (None, None) };
    stored::tell(tx, &fields, accents)?;
    Ok(row)
}
