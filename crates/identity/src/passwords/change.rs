//! Change one's own password; every other sign-in ends with it (`ACC-07`).

use axum::http::StatusCode;
use kernel::{Error, Json, Result, SignedIn, SystemTx};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{credential, hash, rules, words};
use crate::events::{PasswordChanged, SessionEnded};
use crate::sessions::revocation::{Why, end_sessions};
use crate::sign_in::throttle::{Guesser, Throttle};

/// The old one proves the wish for the new one.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    /// The one in force, or the initial one; absent for whoever has just signed in with the initial one.
    pub current: Option<String>,
    /// At least eight characters, hard to guess, not made of one's own or the organisation's words.
    pub new: String,
}

/// Change one's own password
#[utoipa::path(
    post, path = "/v1/password", tag = "identity", operation_id = "changePassword", request_body = ChangePassword,
    responses((status = 204, description = "Changed; every other sign-in has ended")),
    extensions(
        ("x-access" = json!("signed in, of oneself")), ("x-rate" = json!("sign_in")),
        ("x-errors" = json!(["identity.busy", "identity.password_changed_meanwhile"])),
    ),
)]
pub async fn change_password(caller: SignedIn, Json(input): Json<ChangePassword>) -> Result<StatusCode> {
    let (app, account) = (caller.app(), caller.caller.account);
    let key = app.vault().lookup("identity.change_password", None, &account.to_string());
    let guesser = Guesser::Alone(caller.address);
    let throttle = app.state::<Throttle>();

    let mut tx = SystemTx::begin(app).await?;
    let old = credential::load(&mut tx, Some(account)).await?;
    if input.current.is_none() && !old.has_just_opened(&mut tx, caller.caller.session).await? {
        return Err(Error::Invalid { field: "current", why: "is_missing" });
    }
    throttle.take(key, guesser, app.now())?;
    let (tx, own) = words::of_account(tx, account).await?;
    // No connection waits while a password is hashed.
    tx.commit().await?;
    let is_same = if let Some(current) = &input.current {
        if !old.is_proven_by(app, Some(account), current).await? {
            return Err(Error::Invalid { field: "current", why: "wrong" });
        }
        input.new == *current
    } else {
        old.is_proven_by(app, Some(account), &input.new).await?
    };
    throttle.was_right(key, guesser, app.now());
    if is_same {
        return Err(Error::Invalid { field: "new", why: "same_as_current" });
    }
    rules::check(&input.new, &own).map_err(|why| Error::Invalid { field: "new", why })?;
    let new = hash::hash(app, &input.new).await?;

    let mut tx = SystemTx::begin(app).await?;
    credential::replace(&mut tx, account, &old, &new).await?;
    let sessions = end_sessions(&mut tx, account, Some(caller.caller.session), Why::PasswordChanged).await?;
    crate::tell(tx, &caller.caller, |member, tx| {
        tx.emit(&PasswordChanged { member })?;
        if sessions.is_empty() { Ok(()) } else { tx.emit(&SessionEnded { member, sessions }) }
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}
