//! Type one's password again, before something sensitive (foundation §7).

use axum::http::StatusCode;
use kernel::{Cx, Error, Json, Result, SystemTx};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::passwords::credential;
use crate::sign_in::throttle::{Guesser, Throttle};

/// The password, again.
#[derive(Deserialize, ToSchema)]
pub struct ProveAgain {
    /// The one in force.
    pub password: String,
}

/// Prove again who one is
///
/// For ten minutes this sign-in may do what answers `identity.prove_again` without.
#[utoipa::path(
    post, path = "/v1/session/proof", tag = "identity", operation_id = "proveAgain", request_body = ProveAgain,
    responses((status = 204, description = "Proven")),
    extensions(
        ("x-access" = json!("member of the organisation, about themselves")), ("x-rate" = json!("sign_in")),
        ("x-errors" = json!(["identity.busy"])),
    ),
)]
pub async fn prove_again(cx: Cx, Json(input): Json<ProveAgain>) -> Result<StatusCode> {
    prove(&cx, &input.password).await?;
    let mut tx = cx.begin().await?;
    directory::assure(&mut tx, cx.session).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `Invalid` for a wrong one. Guesses are counted with those of changing the password: it is the same secret.
async fn prove(cx: &Cx, password: &str) -> Result<()> {
    let app = cx.app();
    let key = app.vault().lookup("identity.change_password", None, &cx.account.to_string());
    let (guesser, throttle) = (Guesser::Alone(cx.address), app.state::<Throttle>());
    throttle.take(key, guesser, app.now())?;
    let mut tx = SystemTx::begin(app).await?;
    let credential = credential::load(&mut tx, Some(cx.account)).await?;
    // No connection waits while a password is hashed.
    tx.commit().await?;
    if !credential.is_proven_by(app, Some(cx.account), password).await? {
        return Err(Error::Invalid { field: "password", why: "wrong" });
    }
    throttle.was_right(key, guesser, app.now());
    Ok(())
}
