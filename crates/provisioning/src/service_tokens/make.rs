//! Let a program speak with the organisation.

use access::{Held, PermissionSet, Scope};
use axum::http::StatusCode;
use chrono::TimeDelta;
use directory::{Assured, DepartmentId, Permission, Permitted};
use kernel::{Cx, Error, Json, Result, Tx};
use serde::{Deserialize, Serialize};
use tokens::{Made, NewToken};
use utoipa::ToSchema;

use super::list::{self, ServiceToken};
use crate::events::TokenMade;

const LONGEST_NAME: usize = 60;
const MOST_DEPARTMENTS: usize = 100;

/// A new token.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MakeServiceToken {
    /// What the program is: at most 60 characters.
    pub name: String,
    /// What it may do; of those that programs can hold, and no more than oneself.
    pub permissions: Vec<Permission>,
    /// For which departments, with what lies below; for the whole organisation when there are none.
    #[serde(default)]
    pub department_ids: Vec<DepartmentId>,
    /// How many days it works: 1 to 366.
    #[schema(minimum = 1, maximum = 366)]
    pub expires_in_days: u16,
}

/// A token that was just made.
#[derive(Serialize, ToSchema)]
pub struct MadeServiceToken {
    /// As it is listed.
    pub token: ServiceToken,
    /// What the program sends as bearer token. Shown this once.
    pub secret: String,
}

/// Make a service token
///
/// One proves one's password again. The token reaches as far as one reaches oneself, now and later.
#[utoipa::path(
    post, path = "/v1/service-tokens", tag = "provisioning", operation_id = "makeServiceToken",
    request_body = MakeServiceToken,
    responses((status = 201, body = MadeServiceToken)),
    extensions(
        ("x-application" = json!("provisioning")),
        ("x-access" = json!("holder of tokens.manage, of what one holds oneself")),
        ("x-errors" = json!(["forbidden", "identity.prove_again"])),
    ),
)]
pub async fn make_service_token(
    cx: Cx,
    Json(input): Json<MakeServiceToken>,
) -> Result<(StatusCode, Json<MadeServiceToken>)> {
    let mut tx = cx.begin().await?;
    let by = Permitted::everywhere(&mut tx, Permission::TokensManage).await?;
    let assured = Assured::load(&mut tx, cx.session).await?;
    let made = make(&mut tx, &by, &assured, input).await?;
    let token = list::shown(&mut tx).await?.into_iter().find(|token| token.id == made.id);
    tx.commit().await?;
    let token = token.ok_or(Error::NotFound("token"))?;
    Ok((StatusCode::CREATED, Json(MadeServiceToken { token, secret: made.token })))
}

/// Makes it, of what its maker holds.
pub async fn make(tx: &mut Tx, by: &Permitted, _assured: &Assured, input: MakeServiceToken) -> Result<Made> {
    let new = checked(tx, by, input).await?;
    let (permissions, expires_at) = (new.permissions.iter().collect(), new.expires_at);
    let department_ids = new.department_ids.clone();
    let made = tokens::make(tx, by.id(), new).await?;
    tx.emit(&TokenMade { token: made.id, permissions, department_ids, expires_at })?;
    Ok(made)
}

async fn checked(tx: &mut Tx, by: &Permitted, input: MakeServiceToken) -> Result<NewToken> {
    let name = input.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        return Err(Error::Invalid { field: "name", why: "wrong" });
    }
    if !(1..=366).contains(&input.expires_in_days) {
        return Err(Error::Invalid { field: "expires_in_days", why: "out_of_range" });
    }
    let permissions: PermissionSet = input.permissions.into_iter().collect();
    if permissions.is_empty() {
        return Err(Error::Invalid { field: "permissions", why: "is_empty" });
    }
    if input.department_ids.len() > MOST_DEPARTMENTS {
        return Err(Error::Invalid { field: "department_ids", why: "too_many" });
    }
    for department in &input.department_ids {
        if !directory::department_exists(tx, *department).await? {
            return Err(Error::Invalid { field: "department_ids", why: "unknown" });
        }
    }
    let held = |scope| Held { permissions, scope };
    let lent: Vec<Held> = match input.department_ids.as_slice() {
        [] => vec![held(Scope::Organisation)],
        some => some.iter().map(|place| held(Scope::Department(*place))).collect(),
    };
    by.check_lends(tx, &lent).await?;
    let expires_at = tx.now() + TimeDelta::days(i64::from(input.expires_in_days));
    Ok(NewToken { name, permissions, department_ids: input.department_ids, expires_at })
}
