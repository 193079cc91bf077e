//! Change one's own password; every other session of the operator ends with it.

use axum::http::StatusCode;
use identity::{Guesser, OwnWords, Throttle};
use kernel::{Error, Json, Result, SystemTx};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::acts::{self, Act};
use crate::signed_in::SignedIn;

/// The old one proves the wish for the new one.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeOperatorPassword {
    /// The one in force.
    pub current: String,
    /// At least eight characters, hard to guess, without one's own name.
    pub new: String,
}

/// Change the operator's password
#[utoipa::path(
    post, path = "/v1/operator/password", tag = "operators", operation_id = "changeOperatorPassword",
    request_body = ChangeOperatorPassword,
    responses((status = 204, description = "Changed; every other session has ended")),
    extensions(
        ("x-access" = json!("operator, of oneself")), ("x-rate" = json!("sign_in")),
        ("x-errors" = json!(["identity.busy", "identity.password_changed_meanwhile"])),
    ),
)]
pub async fn change_operator_password(
    operator: SignedIn,
    Json(input): Json<ChangeOperatorPassword>,
) -> Result<StatusCode> {
    let app = &operator.app;
    let key = app.vault().lookup("operators.change_password", None, &operator.operator.to_string());
    let (guesser, throttle) = (Guesser::Alone(operator.address), app.state::<Throttle>());
    throttle.take(key, guesser, app.now())?;
    let typed = if operator.must_change { identity::one_time_as_typed(&input.current) } else { input.current.clone() };
    if !identity::is_password(app, &typed, Some(operator.hash.clone())).await? {
        return Err(Error::Invalid { field: "current", why: "wrong" });
    }
    throttle.was_right(key, guesser, app.now());
    if input.new == input.current {
        return Err(Error::Invalid { field: "new", why: "same_as_current" });
    }
    let mut own = OwnWords::default();
    own.handle(&operator.name);
    identity::check_password(&input.new, &own).map_err(|why| Error::Invalid { field: "new", why })?;
    let new = identity::hash_password(app, &input.new).await?;
    replace(&operator, &new).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn replace(operator: &SignedIn, new: &str) -> Result<()> {
    const REPLACE: &str = "update operators.operator set hash = $3, expires_at = null where id = $1 and hash = $2";
    const OTHERS: &str = "delete from operators.session where operator_id = $1 and token_hash <> $2";
    let mut tx = SystemTx::begin(&operator.app).await?;
    let (id, this) = (operator.operator, operator.token_hash.as_slice());
    let done = sqlx::query(REPLACE).bind(id).bind(&operator.hash).bind(new).execute(tx.db()).await?;
    if done.rows_affected() == 0 {
        return Err(Error::Conflict("identity.password_changed_meanwhile"));
    }
    sqlx::query(OTHERS).bind(id).bind(this).execute(tx.db()).await?;
    acts::note(&mut tx, Act::PasswordChanged, Some(id), Some(operator.address)).await?;
    tx.commit().await
}
