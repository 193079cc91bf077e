//! See how the house looks.

use axum::http::HeaderMap;
use directory::{OrganisationEditor, edition_tag};
use kernel::{Cx, Json, Result, Tx};
use serde::Serialize;
use utoipa::ToSchema;

use crate::stored::{self, NAME, Row};

/// How the organisation's house looks. What is absent is Tulou's own.
#[derive(Debug, Serialize, ToSchema)]
pub struct Brand {
    /// A short name for narrow places.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `#rrggbb`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accent: Option<String>,
    /// The version of the logo: `v` of its address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logo: Option<i64>,
    /// Changes with every change: what `If-Match` names.
    pub revision: i64,
    /// What the caller may do.
    pub can: BrandCan,
}

/// What the caller may do.
#[derive(Debug, Serialize, ToSchema)]
pub struct BrandCan {
    /// Change it.
    pub edit: bool,
}

/// Show the brand
#[utoipa::path(
    get, path = "/v1/brand", tag = "branding", operation_id = "showBrand",
    responses((status = 200, body = Brand)),
    extensions(("x-access" = json!("member of the organisation"))),
)]
pub async fn show_brand(cx: Cx) -> Result<(HeaderMap, Json<Brand>)> {
    let mut tx = cx.begin().await?;
    let row = stored::load(&mut tx).await?;
    let shown = shown(&mut tx, row).await?;
    tx.commit().await?;
    Ok(shown)
}

/// The row as the caller sees it, with its `ETag`.
pub async fn shown(tx: &mut Tx, row: Row) -> Result<(HeaderMap, Json<Brand>)> {
    let edit = OrganisationEditor::load(tx).await.is_ok_and(|editor| editor.can().edit);
    let name = row.name.as_deref().map(|sealed| stored::open(tx, NAME, sealed)).transpose()?;
    let brand = Brand {
        name: name.map(|plain| String::from_utf8_lossy(&plain).into_owned()),
        accent: row.accent,
        logo: row.logo_type.map(|_| row.logo_version),
        revision: row.revision,
        can: BrandCan { edit },
    };
    Ok((edition_tag(brand.revision), Json(brand)))
}
