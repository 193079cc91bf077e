//! The work in the background, as the console shows it.

use directory::{Permission, Permitted};
use kernel::job::{self, JobState};
use kernel::{Cx, Json, Limit, Page, Query, Result};
use serde::Deserialize;
use uuid::Uuid;

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Before {
    /// The `next` of the page before
    before: Option<Uuid>,
    /// How many at most
    #[serde(default)]
    #[param(inline)]
    limit: Limit,
}

/// List the jobs, newest first
///
/// Those of the caller's organisation and those of the installation.
#[utoipa::path(
    get, path = "/v1/jobs", tag = "server", operation_id = "listJobs",
    params(Before),
    responses((status = 200, body = Page<JobState>)),
    extensions(("x-access" = json!("holder of server.see")), ("x-errors" = json!(["forbidden"]))),
)]
pub async fn list_jobs(cx: Cx, Query(input): Query<Before>) -> Result<Json<Page<JobState>>> {
    let mut tx = cx.begin().await?;
    Permitted::everywhere(&mut tx, Permission::ServerSee).await?;
    let limit = input.limit.get();
    let jobs = job::list(&mut tx, input.before, limit + 1).await?;
    tx.commit().await?;
    Ok(Json(Page::of(jobs, limit, |job| job.id.to_string())))
}
