//! Switch an application off or on, for everybody or by departments.

use axum::Extension;
use axum::http::HeaderMap;
use directory::{DepartmentId, Edition, Permission, Permitted, department_exists, edition_tag};
use kernel::{Cx, Error, Json, Path, Result, Tx};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::application::{Application, Known};
use crate::erase::{self, AFTER};
use crate::gate::departments;
use crate::list::ApplicationState;
use crate::setting::{KeptState, OpenTo, Setting, WhatIsKept};
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
    /// Of `nobody`: what becomes of what is kept for it. It is kept when nothing is said; said later, it is erased then, and
    /// kept after all as long as nothing of it is erased.
    pub stored: Option<WhatIsKept>,
}

/// Switch an application
///
/// What is open to nobody collects nothing from then on. What is kept for it stays out of sight or is erased, as `stored`
/// says: that begins after half a minute, and until it is done the application is not switched on.
#[utoipa::path(
    put, path = "/v1/applications/{application}", tag = "applications", operation_id = "changeApplication",
    params(
        ("application" = String, Path),
        ("If-Match" = String, Header, description = "the revision that is changed")
    ),
    request_body = ChangeApplication,
    responses((status = 200, body = ApplicationState)),
    extensions(
        ("x-access" = json!("holder of organisation.edit")),
        ("x-errors" = json!(["forbidden", "directory.changed_meanwhile", "applications.still_erasing"])),
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

/// Switches it; silent when it is so already. Whoever says once more that what is kept is to be erased has it tried again.
pub async fn change(
    tx: &mut Tx,
    _by: &Permitted,
    (application, edition): (Application, &Edition),
    input: ChangeApplication,
) -> Result<()> {
    let said = input.stored;
    let (open_to, department_ids) = checked(tx, application, input).await?;
    let before = stored::lock(tx, application.key).await?;
    edition.check(before.revision)?;
    let kept = before.kept_after(open_to, said)?;
    if kept == KeptState::Erasing && said == Some(WhatIsKept::Erased) {
        let at = tx.now() + AFTER;
        erase::begin(tx, application, at).await?;
    }
    let erased = if kept == KeptState::Kept { 0 } else { before.erased };
    let after = Setting { open_to, department_ids, kept, erased, revision: before.revision };
    if after == before { Ok(()) } else { stored::write(tx, application.key, before, after).await }
}

async fn checked(tx: &mut Tx, of: Application, input: ChangeApplication) -> Result<(OpenTo, Vec<DepartmentId>)> {
    let wrong = |field, why| Err(Error::Invalid { field, why });
    let ChangeApplication { open_to, mut department_ids, stored } = input;
    if stored.is_some() && open_to != OpenTo::Nobody {
        return wrong("stored", "not_used");
    }
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
