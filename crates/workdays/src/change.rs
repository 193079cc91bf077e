//! Change which days are worked. Whoever did not see the newest table decides again (`If-Match`).

use std::collections::{BTreeMap, BTreeSet};

use axum::http::HeaderMap;
use chrono::{Datelike, NaiveDate};
use directory::{Edition, Permission, Permitted, edition_tag};
use kernel::{Cx, Error, Json, Result, Tx};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::events::{State, TableChanged};
use crate::show::{self, Workdays};
use crate::stored::{SpecialDay, Stored};
use crate::table::{Kind, Week};

/// Ten years of forty days.
const MOST_DAYS: usize = 400;
const LONGEST_NAME: usize = 60;

/// What is to hold from now on; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeWorkdays {
    /// The days of the week that are worked, Monday first; at least one.
    pub week: Option<[bool; 7]>,
    /// All days of this year on which the week does not hold.
    pub year: Option<SpecialYear>,
}

/// The special days of a year.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SpecialYear {
    /// 2000 to 2200.
    #[schema(minimum = 2000, maximum = 2200)]
    pub year: i32,
    /// All of them, each once. A day that is made up is one that the week leaves free.
    pub days: Vec<SpecialDay>,
}

/// Change which days are worked
#[utoipa::path(
    patch, path = "/v1/workdays", tag = "workdays", operation_id = "changeWorkdays", request_body = ChangeWorkdays,
    params(("If-Match" = String, Header, description = "the version that is changed")),
    responses((status = 200, body = Workdays, headers(("ETag" = String, description = "Of what holds now")))),
    extensions(
        ("x-access" = json!("holder of organisation.edit")),
        ("x-errors" = json!(["forbidden", "directory.changed_meanwhile"])),
    ),
)]
pub async fn change_workdays(
    cx: Cx,
    seen: Edition,
    Json(input): Json<ChangeWorkdays>,
) -> Result<(HeaderMap, Json<Workdays>)> {
    let mut tx = cx.begin().await?;
    let by = Permitted::everywhere(&mut tx, Permission::OrganisationEdit).await?;
    change(&mut tx, &by, &seen, input).await?;
    let shown = show::shown(&mut tx).await?;
    tx.commit().await?;
    Ok((edition_tag(shown.version), Json(shown)))
}

/// Changes the table that was `seen`.
pub async fn change(tx: &mut Tx, _by: &Permitted, seen: &Edition, input: ChangeWorkdays) -> Result<()> {
    let input = input.checked()?;
    let version = lock(tx).await?;
    seen.check(version)?;
    let stored = Stored::load(tx).await?;
    let (mut before, mut after) = (State::default(), State::default());
    let week = input.week.unwrap_or(stored.week);
    if week != stored.week {
        (before.week, after.week) = (Some(stored.week.days()), Some(week.days()));
    }
    if let Some((year, days)) = &input.year {
        check_made_up(week, &stored, days)?;
        replace(tx, *year, days).await?;
        let old: BTreeMap<NaiveDate, Kind> =
            stored.days.iter().filter(|special| special.day.year() == *year).map(|one| (one.day, one.kind)).collect();
        let new: BTreeMap<NaiveDate, Kind> = days.iter().map(|one| (one.day, one.kind)).collect();
        before.days =
            old.iter().filter(|(day, kind)| new.get(day) != Some(kind)).map(|(day, kind)| (*day, *kind)).collect();
        after.days = new.into_iter().filter(|(day, kind)| old.get(day) != Some(kind)).collect();
    }
    sqlx::query("update workdays.calendar set week = $1, version = version + 1")
        .bind(week.days().to_vec())
        .execute(tx.db())
        .await?;
    tx.emit(&TableChanged { version: version + 1, before, after })
}

/// What was asked for, once it makes sense.
struct Checked {
    week: Option<Week>,
    year: Option<(i32, Vec<SpecialDay>)>,
}

impl ChangeWorkdays {
    fn checked(self) -> Result<Checked> {
        let week = match self.week {
            None => None,
            Some(days) => Some(Week::of(days).ok_or(Error::Invalid { field: "week", why: "is_empty" })?),
        };
        let year = match self.year {
            None => None,
            Some(SpecialYear { year, days }) => Some((year, checked_days(year, days)?)),
        };
        Ok(Checked { week, year })
    }
}

fn checked_days(year: i32, mut days: Vec<SpecialDay>) -> Result<Vec<SpecialDay>> {
    let wrong = |why| Err(Error::Invalid { field: "year", why });
    if !(2000..=2200).contains(&year) {
        return wrong("out_of_range");
    }
    if days.len() > MOST_DAYS {
        return wrong("too_many_days");
    }
    if days.iter().map(|special| special.day).collect::<BTreeSet<_>>().len() < days.len() {
        return wrong("day_twice");
    }
    for special in &mut days {
        if special.day.year() != year {
            return wrong("day_of_another_year");
        }
        special.name = special.name.trim().to_owned();
        if special.name.chars().count() > LONGEST_NAME || special.name.chars().any(char::is_control) {
            return wrong("name_wrong");
        }
    }
    Ok(days)
}

/// Only a day that the week leaves free makes up for another: what is made up already stays when the week changes.
fn check_made_up(week: Week, stored: &Stored, days: &[SpecialDay]) -> Result<()> {
    let is_new = |one: &SpecialDay| !stored.days.iter().any(|old| (old.day, old.kind) == (one.day, one.kind));
    let is_worked = |one: &SpecialDay| one.kind == Kind::MadeUp && week.has(one.day.weekday()) && is_new(one);
    match days.iter().position(is_worked) {
        Some(place) => Err(Error::InvalidAt(format!("year.days[{place}].kind"), "is_worked_already")),
        None => Ok(()),
    }
}

/// Two changes wait for each other; the version there is.
async fn lock(tx: &mut Tx) -> Result<i64> {
    sqlx::query("insert into workdays.calendar (week, version) values ($1, 0) on conflict on constraint calendar_pkey do nothing")
        .bind(Week::USUAL.days().to_vec())
        .execute(tx.db())
        .await?;
    Ok(sqlx::query_scalar("select version from workdays.calendar for update").fetch_one(tx.db()).await?)
}

async fn replace(tx: &mut Tx, year: i32, days: &[SpecialDay]) -> Result<()> {
    let (first, end) = (NaiveDate::from_ymd_opt(year, 1, 1), NaiveDate::from_ymd_opt(year + 1, 1, 1));
    sqlx::query("delete from workdays.special_day where day >= $1 and day < $2")
        .bind(first)
        .bind(end)
        .execute(tx.db())
        .await?;
    sqlx::query(
        "insert into workdays.special_day (day, kind, name)
         select s.day, s.kind, s.name from unnest($1::date[], $2::text[], $3::text[]) as s (day, kind, name)",
    )
    .bind(days.iter().map(|one| one.day).collect::<Vec<_>>())
    .bind(days.iter().map(|one| one.kind.word()).collect::<Vec<_>>())
    .bind(days.iter().map(|one| one.name.clone()).collect::<Vec<_>>())
    .execute(tx.db())
    .await?;
    Ok(())
}
