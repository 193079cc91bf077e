//! See which documents and versions there are.

use chrono::NaiveDate;
use kernel::{Json, Query, Result};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::model::Kind;
use super::{render, words};
use crate::statement::versions;
use texts::Language;

/// In which language.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WantedDocuments {
    /// A language tag: of its regions the nearest text is taken. English when absent; a language there is no text in is refused.
    pub language: Option<String>,
}

/// All of them.
#[derive(Serialize, ToSchema)]
#[schema(as = PrivacyDocuments)]
pub struct Documents {
    /// The newest first: the one in force.
    pub versions: Vec<ListedVersion>,
}

/// A version.
#[derive(Serialize, ToSchema)]
#[schema(as = PrivacyVersion)]
pub struct ListedVersion {
    /// What it is called.
    pub version: String,
    /// The day it was released.
    pub released_at: NaiveDate,
    /// The day it came into force.
    pub effective_at: NaiveDate,
    /// Whether acceptances of the version before stand no more: something that matters has changed.
    pub is_material: bool,
    /// The documents it has.
    pub documents: Vec<ListedDocument>,
}

/// A document.
#[derive(Serialize, ToSchema)]
#[schema(as = ListedPrivacyDocument)]
pub struct ListedDocument {
    /// Which.
    pub kind: Kind,
    /// What it is called.
    pub title: String,
}

/// List the documents about data, and their versions
#[utoipa::path(
    get, path = "/v1/privacy/documents", tag = "privacy", operation_id = "listPrivacyDocuments",
    params(WantedDocuments),
    responses((status = 200, body = Documents)),
    extensions(("x-access" = json!("anybody"))),
)]
pub async fn list_privacy_documents(Query(wanted): Query<WantedDocuments>) -> Result<Json<Documents>> {
    let language = Language::wanted(wanted.language.as_deref())?;
    let listed = versions::with_what_mattered()?.map(|(version, is_material)| {
        let clauses = version.clauses(language);
        let title = |kind: Kind| ListedDocument { kind, title: language.of(words::title(kind)).to_owned() };
        ListedVersion {
            version: version.name().to_owned(),
            released_at: clauses.released_at,
            effective_at: clauses.effective_at,
            is_material,
            documents: render::kinds(version).into_iter().map(title).collect(),
        }
    });
    Ok(Json(Documents { versions: listed.collect() }))
}
