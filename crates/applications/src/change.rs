//! Switch an application off or on, for everybody or by departments.

use axum::Extension;
use axum::http::HeaderMap;
use directory::{DepartmentId, Edition, Permission, Permitted, department_exists, edition_tag};
use kernel::{Cx, Error, Json, Path, Result, Tx};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::application::{Application, Known};
use crate::gate::departments;
use crate::list::ApplicationState;
use crate::setting::{OpenTo, Setting};
use crate::stored;

/// More are better said the other way round, or by the department above them.
const MOST_DEPARTMENTS: usize = 200;

/// To whom it is open from now on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeApplication {
    /// To whom.
    pub open_to: OpenTo,
    /// With what lies below them; 1 to 200 for `only` and `except`, none otherwise.
    #[serde(default)]
    pub department_ids: Vec<DepartmentId>,
}

/// Switch an application
#[utoipa::path(
    put, path = "/v1/applications/{application}", tag = "applications", operation_id = "changeApplication",
    params(
        ("application" = String, Path),
        ("If-Match" = Option<String>, Header, description = "the revision that is changed")
    ),
    request_body = ChangeApplication,
    responses((status = 200, body = ApplicationState)),
    extensions(
        ("x-access" = json!("holder of organisation.edit")),
        ("x-errors" = json!(["forbidden", "directory.changed_meanwhile"])),
    ),
)]
pub async fn change_application(
    cx: Cx,
    Extension(known): Extension<Known>,
    Path(application): Path<String>,
    edition: Edition,
    Json(input): Json<ChangeApplication>,
) -> Result<(HeaderMap, Json<ApplicationState>)> {
    let mut tx = cx.begin().await?;
    let by = Permitted::everywhere(&mut tx, Permission::OrganisationEdit).await?;
    let application = known.find(&application)?;
    change(&mut tx, &by, (application, &edition), input).await?;
    let shown = shown(&mut tx, application).await?;
    tx.commit().await?;
    Ok(shown)
}

/// Switches it; silent when it is so already.
pub async fn change(
    tx: &mut Tx,
    _by: &Permitted,
    (application, edition): (Application, &Edition),
    input: ChangeApplication,
) -> Result<()> {
    let (open_to, department_ids) = checked(tx, application, input).await?;
    let before = stored::lock(tx, application.key).await?;
    edition.check(before.revision)?;
    if (before.open_to, &before.department_ids) == (open_to, &department_ids) {
        return Ok(());
    }
    stored::write(tx, application.key, before, (open_to, department_ids)).await
}

async fn checked(tx: &mut Tx, of: Application, input: ChangeApplication) -> Result<(OpenTo, Vec<DepartmentId>)> {
    let wrong = |field, why| Err(Error::Invalid { field, why });
    let ChangeApplication { open_to, mut department_ids } = input;
    if !open_to.names_departments() {
        return if department_ids.is_empty() { Ok((open_to, Vec::new())) } else { wrong("department_ids", "not_used") };
    }
    if !of.by_departments {
        return wrong("open_to", "not_by_departments");
    }
    department_ids.sort_unstable();
    department_ids.dedup();
    if department_ids.is_empty() {
        return wrong("department_ids", "is_empty");
    }
    if department_ids.len() > MOST_DEPARTMENTS {
        return wrong("department_ids", "too_many");
    }
    for id in &department_ids {
        if !department_exists(tx, *id).await? {
            return wrong("department_ids", "unknown");
        }
    }
    Ok((open_to, department_ids))
}

async fn shown(tx: &mut Tx, application: Application) -> Result<(HeaderMap, Json<ApplicationState>)> {
    let setting: Setting = stored::lock(tx, application.key).await?;
    let departments = departments(tx).await?;
    let tag = edition_tag(setting.revision);
    Ok((tag, Json(ApplicationState::of(application, Some(&setting), &departments).with(Some(&setting)))))
}
