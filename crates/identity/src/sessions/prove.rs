//! Type one's password again, before something sensitive (foundation §7).

use axum::http::StatusCode;
use kernel::{Error, Json, Result, SignedIn, SystemTx};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::passwords::credential;
use crate::sign_in::throttle::{Guesser, Throttle};

/// The password, again.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
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
pub async fn prove_again(caller: SignedIn, Json(input): Json<ProveAgain>) -> Result<StatusCode> {
    // Also to bring back an organisation that is being dissolved.
    hosting::check_open_to_owners(&caller.caller)?;
    caller.caller.member.ok_or(Error::NotFound("organisation"))?;
    prove(&caller, &input.password).await?;
    let mut tx = caller.begin().await?;
    directory::assure(&mut tx, caller.caller.session).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `Invalid` for a wrong one. Guesses are counted with those of changing the password: it is the same secret.
async fn prove(caller: &SignedIn, password: &str) -> Result<()> {
    let (app, account) = (caller.app(), caller.caller.account);
    let key = app.vault().lookup("identity.change_password", None, &account.to_string());
    let (guesser, throttle) = (Guesser::Alone(caller.address), app.state::<Throttle>());
    throttle.take(key, guesser, app.now())?;
    let mut tx = SystemTx::begin(app).await?;
    let credential = credential::load(&mut tx, Some(account)).await?;
    // No connection waits while a password is hashed.
    tx.commit().await?;
    if !credential.is_proven_by(app, Some(account), password).await? {
        return Err(Error::Invalid { field: "password", why: "wrong" });
    }
    throttle.was_right(key, guesser, app.now());
    Ok(())
}
