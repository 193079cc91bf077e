//! Ask for people as a file.

use axum::http::StatusCode;
use directory::{Assured, NewAct, Permission, Permitted};
use kernel::{Error, Json, MemberId, Result, SessionId, SignedIn, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::events::PeopleExportAsked;
use crate::forget;
use crate::model::{self, LASTS, PeopleExport, PeopleExportId, WAITS, Wanted};

/// People one takes away alone within a day.
pub const ALONE: i64 = 500;
/// What a second approves.
pub const KIND: &str = "people_exports.export_people";

/// Which people are taken away.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreatePeopleExport {
    /// All whom the caller sees when absent.
    #[serde(default)]
    pub filter: Wanted,
}

/// What the second sees of it.
#[derive(Serialize, Deserialize)]
pub struct Asked {
    /// Which export.
    pub export: PeopleExportId,
    /// How many people are in it.
    pub people: i32,
}

/// Ask for people as a file
///
/// More than 500 within a day need the password again and a second administrator; there is none while the organisation is being
/// dissolved. It can be taken for a day.
#[utoipa::path(
    post, path = "/v1/people-exports", tag = "people_exports", operation_id = "createPeopleExport",
    request_body = CreatePeopleExport,
    responses((status = 201, body = PeopleExport)),
    extensions(
        ("x-application" = json!("people_exports")),
        ("x-access" = json!("holder of people.see, an owner while it is being dissolved too")), ("x-rate" = json!("heavy")),
        ("x-errors" = json!([
            "forbidden", "people_exports.nobody", "people_exports.nobody_decides", "identity.prove_again",
            "directory.act_is_open"
        ]))
    ),
)]
pub async fn create_people_export(
    caller: SignedIn,
    Json(input): Json<CreatePeopleExport>,
) -> Result<(StatusCode, Json<PeopleExport>)> {
    let mut tx = hosting::enter_to_take_away(&caller).await?;
    let by = Permitted::load(&mut tx, Permission::PeopleSee).await?;
    let export = create(&mut tx, &by, input.filter, caller.caller.session).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(export)))
}

/// Remembers the question; `Conflict` when it means nobody, or many while nobody comes in to decide about it; `Blocked` when they
/// are many and the password was not typed again.
pub async fn create(tx: &mut Tx, by: &Permitted, wanted: Wanted, session: SessionId) -> Result<PeopleExport> {
    let ids = directory::found_people(tx, wanted.sought()).await?;
    if ids.is_empty() {
        return Err(Error::Conflict("people_exports.nobody"));
    }
    let people = i32::try_from(ids.len()).map_err(anyhow::Error::from)?;
    let (id, now) = (PeopleExportId(tx.new_id()), tx.now());
    let is_mass = taken_alone(tx, by.id()).await? + i64::from(people) > ALONE;
    if is_mass && hosting::dissolves_at(tx).await?.is_some() {
        return Err(Error::Conflict("people_exports.nobody_decides"));
    }
    let act = if is_mass {
        let assured = Assured::load(tx, session).await?;
        let new = NewAct { kind: KIND, about: Some(by.id().0), params: Asked { export: id, people } };
        Some(directory::ask(tx, &assured, new).await?.id)
    } else {
        None
    };
    let (sealed, until) = (model::seal(tx, id, &wanted)?, now + if is_mass { WAITS } else { LASTS });
    sqlx::query(
        "insert into people_exports.people_export (id, asked_by, wanted, people, act_id, is_ready, asked_at, until)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(id)
    .bind(by.id())
    .bind(sealed)
    .bind(people)
    .bind(act)
    .bind(!is_mass)
    .bind(now)
    .bind(until)
    .execute(tx.db())
    .await?;
    forget::schedule(tx, until).await?;
    tx.emit(&PeopleExportAsked { export: id, people, act })?;
    model::one(tx, by.id(), id).await
}

/// People whom somebody may take or took away within a day without asking anybody.
async fn taken_alone(tx: &mut Tx, member: MemberId) -> Result<i64> {
    // Of two who ask at once in one name, the second counts the first.
    let key = format!("people_exports {}", member.0);
    sqlx::query("select pg_advisory_xact_lock(hashtextextended($1, 0))").bind(key).execute(tx.db()).await?;
    let since = tx.now() - LASTS;
    Ok(sqlx::query_scalar(
        "select coalesce(sum(people), 0) from people_exports.people_export
         where asked_by = $1 and act_id is null and asked_at > $2",
    )
    .bind(member)
    .bind(since)
    .fetch_one(tx.db())
    .await?)
}
