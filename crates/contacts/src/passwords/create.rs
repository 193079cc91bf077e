//! Make a password for an address book program.

use axum::http::StatusCode;
use kernel::{Cx, Error, Json, Result, Tx};
use serde::{Deserialize, Serialize};
use texts::one_line;
use utoipa::ToSchema;

use super::{MOST, hash, readable, seal_name};
use crate::events::AppPasswordCreated;
use crate::model::AppPasswordId;
use crate::policy::Keeper;

const HANDLE: usize = 8;
const PASSWORD: usize = 20;

/// For what.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateAppPassword {
    /// What one calls the device.
    pub name: String,
}

/// What is typed into the device. The password cannot be shown again.
#[derive(Serialize, ToSchema)]
pub struct NewAppPassword {
    /// Which one.
    pub id: AppPasswordId,
    /// The server's address.
    pub server: String,
    /// The user name.
    pub user_name: String,
    /// The password.
    pub password: String,
}

/// Make a password for an address book program
#[utoipa::path(
    post, path = "/v1/app-passwords", tag = "contacts", operation_id = "createAppPassword",
    request_body = CreateAppPassword,
    responses((status = 201, body = NewAppPassword)),
    extensions(
        ("x-application" = json!("address_books")),
        ("x-access" = json!("member of the organisation, for themselves")),
        ("x-errors" = json!(["forbidden", "contacts.too_many_passwords"])),
    ),
)]
pub async fn create_app_password(
    cx: Cx,
    Json(input): Json<CreateAppPassword>,
) -> Result<(StatusCode, Json<NewAppPassword>)> {
    let mut tx = cx.begin().await?;
    let keeper = Keeper::load(&mut tx).await?;
    let made = create(&mut tx, &keeper, &input.name).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(made)))
}

/// Makes one; only its hash stays.
pub async fn create(tx: &mut Tx, keeper: &Keeper, name: &str) -> Result<NewAppPassword> {
    let name = one_line("name", name, 64)?.ok_or(Error::Invalid { field: "name", why: "is_empty" })?;
    let (id, member, org, now) = (AppPasswordId(tx.new_id()), keeper.id(), tx.org(), tx.now());
    let count: i64 =
        sqlx::query_scalar("select count(*) from contacts.app_password where org_id = $1 and member_id = $2")
            .bind(org)
            .bind(member)
            .fetch_one(tx.db())
            .await?;
    if count >= MOST {
        return Err(Error::Conflict("contacts.too_many_passwords"));
    }
    let app = tx.app().clone();
    let handle = readable(HANDLE, || app.random::<32>());
    let secret = readable(PASSWORD, || app.random::<32>());
    let (name, hash) = (seal_name(tx, id, member, &name)?, hash(tx, &handle, &secret));
    sqlx::query(
        "insert into contacts.app_password (id, member_id, name, handle, hash, created_at) values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(id)
    .bind(member)
    .bind(name)
    .bind(&handle)
    .bind(hash)
    .bind(now)
    .execute(tx.db())
    .await?;
    tx.emit(&AppPasswordCreated { member, password: id })?;
    let slug = directory::organisation(tx).await?.slug;
    let groups: Vec<&str> = (0..PASSWORD / 4).map(|at| &secret[at * 4..at * 4 + 4]).collect();
    Ok(NewAppPassword {
        id,
        server: app.settings().public_url.clone(),
        user_name: format!("{handle}.{slug}"),
        password: groups.join("-"),
    })
}
