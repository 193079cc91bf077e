//! What is kept for an application and for nothing else, as the module that has it counts and erases it; and how much
//! there is, for whoever is asked what becomes of it (`ORG-12`).

use axum::Extension;
use directory::{Permission, Permitted};
use kernel::{BoxFuture, Cx, Json, Path, Result, Tx};
use serde::Serialize;
use utoipa::ToSchema;

use crate::application::Known;

/// Nobody decides otherwise for more: things of a kind are counted no further.
pub const MOST_COUNTED: i64 = 10_001;

/// What a module keeps for one application: the whole of the contract.
#[derive(Clone, Copy)]
pub struct Kept {
    /// The job of the module that erases it: [`crate::job`].
    pub job: &'static str,
    /// What there is, kind by kind, each counted up to [`MOST_COUNTED`].
    pub count: for<'a> fn(&'a mut Tx) -> BoxFuture<'a, Result<Vec<KeptThings>>>,
    /// Erases some of it, work of less than a second; how much is gone, 0 when nothing was left.
    pub erase: for<'a> fn(&'a mut Tx) -> BoxFuture<'a, Result<u64>>,
}

/// Things of one kind that are kept for an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct KeptThings {
    /// Stable; clients have its text under it.
    pub kind: &'static str,
    /// How many; 10,001 says that there are more than 10,000.
    pub count: i64,
}

/// What is kept for an application.
#[derive(Serialize, ToSchema)]
pub struct KeptForApplication {
    /// Every kind, also those of which there is nothing.
    pub items: Vec<KeptThings>,
}

/// List what is kept for an application
///
/// What would be erased with it: nothing that belongs to messages, people or anything else.
#[utoipa::path(
    get, path = "/v1/applications/{application}/kept", tag = "applications", operation_id = "listKeptThings",
    params(("application" = String, Path)),
    responses((status = 200, body = KeptForApplication)),
    extensions(("x-access" = json!("holder of organisation.edit")), ("x-errors" = json!(["forbidden"]))),
)]
pub async fn list_kept_things(
    cx: Cx,
    Extension(known): Extension<Known>,
    Path(application): Path<String>,
) -> Result<Json<KeptForApplication>> {
    let mut tx = cx.begin().await?;
    Permitted::everywhere(&mut tx, Permission::OrganisationEdit).await?;
    let application = known.find(&application)?;
    let items = (application.kept.count)(&mut tx).await?;
    tx.commit().await?;
    Ok(Json(KeptForApplication { items }))
}
