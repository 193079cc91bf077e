//! Count in working days: when a term is over.

use chrono::{DateTime, NaiveDate, Utc};
use kernel::{Cx, Error, Json, Query, Result};
use serde::{Deserialize, Serialize};
use texts::days;
use utoipa::ToSchema;

use crate::{stored, zone};

const MOST: u32 = 1000;

/// What is counted.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Term {
    /// When it begins, between 1900 and 2200; the day it is then is not counted.
    pub from: DateTime<Utc>,
    /// How many working days; at most 1,000.
    #[param(maximum = 1000)]
    pub days: u32,
    /// IANA name of the zone in which days are meant; the organisation's when absent.
    pub zone: Option<String>,
}

/// When it is over.
#[derive(Serialize, ToSchema)]
pub struct TermEnd {
    /// The last day of the term.
    pub day: NaiveDate,
    /// The first instant after it.
    pub over_at: DateTime<Utc>,
    /// The zone in which days were meant.
    pub zone: String,
}

/// Say when so many working days are over
#[utoipa::path(
    get, path = "/v1/workdays/term", tag = "workdays", operation_id = "countWorkdays", params(Term),
    responses((status = 200, body = TermEnd)),
    extensions(("x-access" = json!("member"))),
)]
pub async fn count_workdays(cx: Cx, Query(term): Query<Term>) -> Result<Json<TermEnd>> {
    if term.days > MOST {
        return Err(Error::Invalid { field: "query", why: "missing_or_wrong_member" });
    }
    let mut tx = cx.begin().await?;
    let table = stored::table(&mut tx).await?;
    let settings = directory::settings(&mut tx).await?;
    tx.commit().await?;
    let name = term.zone.unwrap_or_else(|| settings.time_zone.clone());
    let place = zone::named(&name).ok_or(Error::Invalid { field: "zone", why: "unknown" })?;
    let beyond = Error::Invalid { field: "from", why: "out_of_range" };
    let from = days::meant("from", term.from)?;
    let day = table.after(zone::day_of(from, place), term.days);
    let over_at = zone::deadline(&table, from, term.days, place);
    let (Some(day), Some(over_at)) = (day, over_at) else { return Err(beyond) };
    Ok(Json(TermEnd { day, over_at, zone: name }))
}
