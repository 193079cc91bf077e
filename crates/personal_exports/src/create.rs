//! Ask for a copy of one's own data.

use axum::http::StatusCode;
use chrono::{DateTime, TimeDelta, Utc};
use directory::Assured;
use kernel::{AccountId, Cx, Error, Json, MemberId, Result, Tx};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::events::PersonalExportAsked;
use crate::model::{A_DAY, GIVEN_UP_AFTER, LASTS, Looked, PersonalExport, PersonalExportId};
use crate::policy::OwnExport;
use crate::write::{self, Which};
use crate::{delete, forget};
use texts::Language;

/// How it is written.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreatePersonalExport {
    /// In which language its readable part is.
    pub language: Language,
}

/// Ask for a copy of one's own data
///
/// Needs the password again. It is written in the background and can be taken for a week; it takes the place of the one before.
/// Three times within a day.
#[utoipa::path(
    post, path = "/v1/personal-exports", tag = "personal_exports", operation_id = "createPersonalExport",
    request_body = CreatePersonalExport,
    responses((status = 201, body = PersonalExport)),
    extensions(
        ("x-access" = json!("member; of oneself only")), ("x-rate" = json!("heavy")),
        ("x-errors" = json!(["identity.prove_again", "personal_exports.is_being_written"]))
    ),
)]
pub async fn create_personal_export(
    cx: Cx,
    Json(input): Json<CreatePersonalExport>,
) -> Result<(StatusCode, Json<PersonalExport>)> {
    let mut tx = cx.begin().await?;
    let proof = Assured::load(&mut tx, cx.session).await?;
    let own = create(&mut tx, &proof, cx.account, input.language).await?;
    let looked = Looked::load(&mut tx, cx.session, cx.app().data_map()).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(own.row().shown(&looked))))
}

/// Has it written. `Conflict` while another one is, `RateLimited` the fourth time within a day.
pub async fn create(tx: &mut Tx, _: &Assured, account: AccountId, language: Language) -> Result<OwnExport> {
    let me = tx.member()?;
    check_not_too_often(tx, me).await?;
    delete::drop_ready(tx, me).await?;
    let (id, now) = (PersonalExportId(tx.new_id()), tx.now());
    let until = now + LASTS;
    sqlx::query(
        "insert into personal_exports.personal_export (id, member_id, account_id, language, state, asked_at, stepped_at, until)
         values ($1, $2, $3, $4, 'writing', $5, $5, $6)",
    )
    .bind(id)
    .bind(me)
    .bind(account)
    .bind(language)
    .bind(now)
    .bind(until)
    .execute(tx.db())
    .await?;
    write::schedule(tx, Which { export: id, member: me }).await?;
    forget::schedule(tx, until).await?;
    tx.emit(&PersonalExportAsked { export: id, member: me })?;
    OwnExport::load(tx, id).await
}

/// What was deleted counts too: writing it cost as much.
async fn check_not_too_often(tx: &mut Tx, me: MemberId) -> Result<()> {
    // Of two who ask at once in one name, the second counts the first.
    let key = format!("personal_exports {}", me.0);
    sqlx::query("select pg_advisory_xact_lock(hashtextextended($1, 0))").bind(key).execute(tx.db()).await?;
    let (now, day) = (tx.now(), TimeDelta::hours(24));
    let is_writing: bool = sqlx::query_scalar(
        "select exists (select from personal_exports.personal_export
                        where member_id = $1 and state = 'writing' and until > $2 and stepped_at > $3)",
    )
    .bind(me)
    .bind(now)
    .bind(now - GIVEN_UP_AFTER)
    .fetch_one(tx.db())
    .await?;
    if is_writing {
        return Err(Error::Conflict("personal_exports.is_being_written"));
    }
    let asked: Vec<DateTime<Utc>> = sqlx::query_scalar(
        "select asked_at from personal_exports.personal_export where member_id = $1 and asked_at > $2
         order by asked_at desc",
    )
    .bind(me)
    .bind(now - day)
    .fetch_all(tx.db())
    .await?;
    let Some(oldest) = asked.get(A_DAY - 1) else { return Ok(()) };
    let wait = (*oldest + day - now).num_seconds().max(1);
    Err(Error::RateLimited { retry_after_s: u32::try_from(wait).unwrap_or(u32::MAX) })
}
