//! Sign in with phone number, e-mail address or user id, and password (`ACC-01`, `ACC-02`).

use axum::http::HeaderMap;
use axum::response::Response;
use directory::State;
use kernel::{AccountId, Actor, App, Error, Json, Result, SystemTx, Visitor};
use serde::Deserialize;
use utoipa::ToSchema;

use super::find::{Login, find};
use super::record::{IsNew, record};
use super::refused::{self, Why};
use super::throttle::{Guesser, Throttle};
use crate::device::Device;
use crate::events::SessionStarted;
use crate::model::{Outcome, Session};
use crate::passwords::credential::{self, Credential};
use crate::sessions::current;
use crate::sessions::places::{self, Choice, Place};
use crate::sessions::start::{self, Memory, Started};

/// The password is not the account's, there is no such account, or it is in no organisation of that name.
const WRONG: &str = "identity.wrong_credentials";

/// Who one is, and the proof.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SignInRequest)]
pub struct SignIn {
    /// Phone number, e-mail address or user id.
    pub login: String,
    /// The password.
    pub password: String,
    /// Short name of the organisation; needed with a user id that several organisations have, or where there are more than twenty.
    pub organisation: Option<String>,
    /// Whether to stay signed in when the browser closes.
    #[serde(default)]
    pub remember: bool,
    /// Whether to get the token in the answer, for clients without cookies.
    #[serde(default)]
    pub token: bool,
}

/// Sign in
///
/// A wrong password and an account that does not exist cannot be told apart: `identity.wrong_credentials`.
#[utoipa::path(
    post, path = "/v1/sessions", tag = "identity", operation_id = "signIn", request_body = SignIn,
    responses((status = 201, description = "Signed in; the cookie is set", body = Session)),
    // Guesses are counted by login and device; a low limit on the address would shut out an office behind one router.
    extensions(
        ("x-access" = json!("anybody")),
        ("x-errors" = json!(["identity.wrong_credentials", "identity.suspended", "identity.disabled", "identity.leaving", "identity.busy", "hosting.organisation_suspended", "hosting.organisation_dissolving"])),
    ),
)]
pub async fn sign_in(visitor: Visitor, headers: HeaderMap, Json(input): Json<SignIn>) -> Result<Response> {
    let (app, device) = (visitor.app(), Device::of(&visitor, &headers));
    let login = Login::new(&input.login, input.organisation.as_deref());
    let (account, credential) = prove(app, &login, &device, &input.password).await?;
    let (tx, choice) = admit(app, account, &login, &device).await?;
    let started = begin(tx, (account, &credential), &device, &choice, input.remember.into()).await?;
    let organisation = match choice {
        Choice::Open(org, _) | Choice::Closing(org, _) => Some(org),
        Choice::ShutOut(_) | Choice::Nowhere => None,
    };
    current::answer(app, started, organisation, input.token.into()).await
}

/// The account and what it proved, if the password is its own. Whether there is such an account shows neither in the answer nor in the work.
async fn prove(app: &App, login: &Login, device: &Device, password: &str) -> Result<(AccountId, Credential)> {
    let tx = SystemTx::begin(app).await?;
    let (mut tx, account) = find(tx, login).await?;
    let nobody = AccountId(uuid::Uuid::nil());
    let is_known = start::is_known(&mut tx, account.unwrap_or(nobody), device).await?;
    let credential = credential::load(&mut tx, account).await?;
    // No connection waits while a password is hashed.
    tx.commit().await?;

    let guesser = if is_known { Guesser::Known(device.hash()) } else { Guesser::Unknown(device.address) };
    let (key, throttle) = (login.key(app), app.state::<Throttle>());
    if let Err(refused) = throttle.take(key, guesser, app.now()) {
        if refused.is_first {
            note(app, account, device, Outcome::Throttled, IsNew::from(!is_known)).await?;
        }
        let error = Error::from(refused);
        refused::tell(app, account, login, Why::Unproven(error.code()));
        return Err(error);
    }
    let is_right = credential.is_proven_by(app, account, password).await?;
    let belongs = is_right && belongs(app, account, login.organisation()).await?;
    let Some(account) = account.filter(|_| belongs) else {
        note(app, account, device, Outcome::WrongPassword, IsNew::from(!is_known)).await?;
        refused::tell(app, account, login, Why::Unproven(WRONG));
        return Err(Error::Unproven(WRONG));
    };
    throttle.was_right(key, guesser, app.now());
    Ok((account, credential))
}

/// Whether the account belongs to the organisation it claims (`ACC-01`).
async fn belongs(app: &App, account: Option<AccountId>, organisation: Option<&str>) -> Result<bool> {
    let (Some(account), Some(claimed)) = (account, organisation) else { return Ok(true) };
    let (_, places) = places::all(SystemTx::begin(app).await?, account).await?;
    Ok(places.iter().any(|place| is_named(place, claimed)))
}

/// Whether it is the one somebody claims, by short name or id.
pub(super) fn is_named(place: &Place, claimed: &str) -> bool {
    place.slug == claimed || place.org.to_string() == claimed
}

/// Lets the proven account in, unless it was shut out of the organisation it claims, or of every one (`ACC-10`).
async fn admit(app: &App, account: AccountId, login: &Login, device: &Device) -> Result<(SystemTx, Choice)> {
    let (mut tx, places) = places::all(SystemTx::begin(app).await?, account).await?;
    let choice = places::choose(&places, login.organisation());
    let is_asked_elsewhere = places.iter().any(|place| place.state == State::Invited);
    if let Choice::ShutOut(told) = choice
        && !(login.organisation().is_none() && is_asked_elsewhere)
    {
        let is_known = start::is_known(&mut tx, account, device).await?;
        record(&mut tx, Some(account), device, Outcome::Suspended, IsNew::from(!is_known)).await?;
        tx.commit().await?;
        refused::tell(app, Some(account), login, Why::ShutOut);
        return Err(Error::Blocked(told));
    }
    Ok((tx, choice))
}

async fn begin(
    mut tx: SystemTx,
    (account, credential): (AccountId, &Credential),
    device: &Device,
    choice: &Choice,
    memory: Memory,
) -> Result<Started> {
    let started = start::start(&mut tx, account, device, memory).await?;
    credential.opens(&mut tx, started.session).await?;
    record(&mut tx, Some(account), device, Outcome::Ok, IsNew::from(started.is_new_device)).await?;
    if let Choice::Open(org, member) | Choice::Closing(org, member) = choice {
        let mut tx = tx.enter(*org, Actor::Member(*member)).await?;
        let (session, is_new_device) = (started.session, started.is_new_device);
        tx.emit(&SessionStarted { member: *member, session, is_new_device })?;
        tx.commit().await?;
    } else {
        tx.commit().await?;
    }
    Ok(started)
}

async fn note(app: &App, account: Option<AccountId>, device: &Device, outcome: Outcome, is_new: IsNew) -> Result<()> {
    let mut tx = SystemTx::begin(app).await?;
    record(&mut tx, account, device, outcome, is_new).await?;
    tx.commit().await
}
