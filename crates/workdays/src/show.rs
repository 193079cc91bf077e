//! See which days are worked.

use axum::http::HeaderMap;
use directory::edition_tag;
use kernel::{Cx, Json, Result, Tx};
use serde::Serialize;
use utoipa::ToSchema;

use crate::stored::{SpecialDay, Stored};

/// Which days are worked.
#[derive(Serialize, ToSchema)]
pub struct Workdays {
    /// Changes with every change; also the `ETag`.
    pub version: i64,
    /// The days of the week that are worked, Monday first.
    #[schema(min_items = 7, max_items = 7)]
    pub week: [bool; 7],
    /// The days on which the week does not hold, the earliest first.
    pub special_days: Vec<SpecialDay>,
    /// IANA name of the organisation's zone, in which its days are meant.
    pub time_zone: String,
    /// What the caller may do.
    pub can: WorkdaysCan,
}

/// What the caller may do.
#[derive(Serialize, ToSchema)]
pub struct WorkdaysCan {
    /// Change them.
    pub edit: bool,
}

/// Show which days are worked
#[utoipa::path(
    get, path = "/v1/workdays", tag = "workdays", operation_id = "showWorkdays",
    responses((status = 200, body = Workdays, headers(("ETag" = String, description = "For If-Match of a change")))),
    extensions(("x-access" = json!("member"))),
)]
pub async fn show_workdays(cx: Cx) -> Result<(HeaderMap, Json<Workdays>)> {
    let mut tx = cx.begin().await?;
    let shown = shown(&mut tx).await?;
    tx.commit().await?;
    Ok((edition_tag(shown.version), Json(shown)))
}

pub async fn shown(tx: &mut Tx) -> Result<Workdays> {
    let Stored { version, week, days } = Stored::load(tx).await?;
    let settings = directory::settings(tx).await?;
    let edit = directory::OrganisationEditor::load(tx).await.is_ok_and(|editor| editor.can().edit);
    Ok(Workdays {
        version,
        week: week.days(),
        special_days: days,
        time_zone: settings.time_zone.clone(),
        can: WorkdaysCan { edit },
    })
}
