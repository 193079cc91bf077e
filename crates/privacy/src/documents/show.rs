//! Read a document.

use kernel::{Error, Json, Path, Query, Result, Visitor};
use serde::Deserialize;

use super::model::{Document, Kind};
use super::render;
use crate::statement::versions;
use texts::Language;

/// In which language and version.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WantedDocument {
    /// A language tag: of its regions the nearest text is taken. English when absent; a language there is no text in is refused.
    pub language: Option<String>,
    /// An older version; the one in force when absent.
    pub version: Option<String>,
}

/// Read a document about data
///
/// The Chinese (`zh-CN`) one prevails. An older version is as it was.
#[utoipa::path(
    get, path = "/v1/privacy/documents/{kind}", tag = "privacy", operation_id = "showPrivacyDocument",
    params(("kind" = inline(Kind), Path, description = "Which"), WantedDocument),
    responses((status = 200, body = Document)),
    extensions(("x-access" = json!("anybody"))),
)]
pub async fn show_privacy_document(
    visitor: Visitor,
    Query(wanted): Query<WantedDocument>,
    Path(kind): Path<Kind>,
) -> Result<Json<Document>> {
    let language = Language::wanted(wanted.language.as_deref())?;
    let all = versions::all()?;
    let place = match wanted.version.as_deref() {
        Some(name) => all.iter().position(|version| version.name() == name),
        None => Some(0),
    };
    let (version, older) = place.and_then(|place| all.get(place..)?.split_first()).ok_or(Error::NotFound("version"))?;
    let address = &visitor.app().settings().public_url;
    let document = render::document((version, older), kind, language, address);
    Ok(Json(document.ok_or(Error::NotFound("document"))?))
}
