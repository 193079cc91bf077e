//! Come in by a link: as a new person, or with the account one is signed in with (`ORG-08`, `ORG-14`).

use axum::http::HeaderMap;
use axum::response::Response;
use directory::{NewMember, Profile, Role, State};
use kernel::{AccountId, Caller, Error, Json, Path, Result, Tx, Visitor};
use serde::Deserialize;
use utoipa::ToSchema;

use super::link::OpenInvitation;
use super::{onlookers, personal};
use crate::device::Device;
use crate::events::InvitationAccepted;
use crate::model::{Outcome, Session};
use crate::passwords::rules::{self, OwnWords};
use crate::passwords::{credential, hash, words};
use crate::sessions::current::{self, Delivery};
use crate::sessions::known::Cache;
use crate::sessions::start;
use crate::setup::claim::declare;
use crate::sign_in::handles;
use crate::sign_in::record::{IsNew, record};

/// Who comes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptInvitation {
    /// As colleagues will see it.
    pub name: String,
    /// To sign in with; one of the three is needed, unless one is signed in.
    pub user_id: Option<String>,
    /// To sign in with.
    pub phone: Option<String>,
    /// To sign in with.
    pub email: Option<String>,
    /// At least eight characters, hard to guess; not for somebody who is signed in.
    pub password: Option<String>,
    /// `zh-CN`, `zh-TW` or `en`.
    pub language: String,
    /// The statement that was shown.
    pub statement_version: String,
    /// Whether it is accepted (`ACC-16`).
    pub accepts_statement: bool,
    /// Whether one declares to be an adult (`ACC-18`).
    pub is_adult: bool,
    /// Whether to stay signed in when the browser closes.
    #[serde(default)]
    pub remember: bool,
}

impl AcceptInvitation {
    fn check(&self) -> Result<()> {
        for (field, is_true) in [("accepts_statement", self.accepts_statement), ("is_adult", self.is_adult)] {
            if !is_true {
                return Err(Error::Invalid { field, why: "must_be_true" });
            }
        }
        Ok(())
    }

    fn profile(&self) -> Profile {
        Profile {
            name: self.name.clone(),
            user_id: self.user_id.clone(),
            phone: self.phone.clone(),
            email: self.email.clone(),
            language: Some(self.language.clone()),
            ..Profile::default()
        }
    }
}

/// Come in by a link
///
/// Somebody who is signed in joins with that account; anybody else becomes a new person with a password of their own.
#[utoipa::path(
    post, path = "/v1/invitations/by-token/{token}/accept", tag = "identity", operation_id = "acceptInvitation",
    params(("token" = String, Path)), request_body = AcceptInvitation,
    responses((status = 201, description = "Joined, and signed in", body = Session)),
    extensions(
        ("x-access" = json!("anybody with the link")), ("x-rate" = json!("sign_in")),
        ("x-errors" = json!([
            "identity.invitation_used_up", "identity.invitation_expired", "identity.invitation_revoked",
            "identity.busy", "hosting.organisation_suspended",
            "hosting.organisation_dissolving", "hosting.people_limit", "directory.already_member", "directory.user_id_taken", "directory.phone_taken", "directory.email_taken"
        ])),
    ),
)]
pub async fn accept_invitation(
    visitor: Visitor,
    headers: HeaderMap,
    Path(token): Path<String>,
    Json(input): Json<AcceptInvitation>,
) -> Result<Response> {
    let device = Device::of(&visitor, &headers);
    input.check()?;
    match visitor.caller.clone() {
        Some(caller) => join(&visitor, &caller, &device, &token, input).await,
        None => become_new(&visitor, &device, &token, input).await,
    }
}

async fn become_new(visitor: &Visitor, device: &Device, token: &str, input: AcceptInvitation) -> Result<Response> {
    let app = visitor.app();
    let password = input.password.as_deref().ok_or(Error::Invalid { field: "password", why: "is_missing" })?;
    let (mut tx, _) = OpenInvitation::load(app, token).await?;
    let mut own = OwnWords::default();
    words::add_profile(&mut own, &input.profile());
    words::add_organisation(&mut own, &mut tx).await?;
    // No connection waits, and no link is locked, while a password is hashed.
    drop(tx);
    rules::check(password, &own).map_err(|why| Error::Invalid { field: "password", why })?;
    let hash = hash::hash(app, password).await?;

    let (mut tx, invitation) = OpenInvitation::load(app, token).await?;
    let (account, now, org) = (AccountId(tx.new_id()), tx.now(), tx.org());
    credential::create_account(tx.db(), account, now).await?;
    credential::set_password(tx.db(), account, &hash, now).await?;
    let who = Newcomer { account, profile: input.profile(), input: &input };
    let mut tx = come_in(tx, &invitation, who, device).await?.leave().await?;
    let started = start::start(&mut tx, account, device, input.remember.into()).await?;
    record(&mut tx, Some(account), device, Outcome::Ok, IsNew::No).await?;
    tx.commit().await?;
    current::answer(app, started, Some(org), Delivery::Cookie).await
}

async fn join(
    visitor: &Visitor,
    caller: &Caller,
    device: &Device,
    token: &str,
    input: AcceptInvitation,
) -> Result<Response> {
    let app = visitor.app();
    let profile = handles::bring_along(app, caller, input.profile()).await?;
    let (tx, invitation) = OpenInvitation::load(app, token).await?;
    let org = tx.org();
    let tx = match personal::come_in_if_asked(tx, caller.account).await? {
        (mut tx, Some(member)) => {
            invitation.count(&mut tx).await?;
            declare(&mut tx, member, device, (&input.statement_version, &input.language)).await?;
            tx
        }
        (tx, None) => {
            come_in(tx, &invitation, Newcomer { account: caller.account, profile, input: &input }, device).await?
        }
    };
    tx.commit().await?;
    app.state::<Cache>().forget_session(caller.session);
    current::show(app, caller, Some(org)).await
}

/// Whoever comes, with whatever they accept and declare.
struct Newcomer<'a> {
    account: AccountId,
    profile: Profile,
    input: &'a AcceptInvitation,
}

async fn come_in(mut tx: Tx, invitation: &OpenInvitation, who: Newcomer<'_>, device: &Device) -> Result<Tx> {
    let Newcomer { account, profile, input } = who;
    let mut department_ids = Vec::new();
    if let Some(department) = invitation.row().department_id
        && directory::department_exists(&mut tx, department).await?
    {
        department_ids.push(department);
    }
    let new = NewMember { account, profile, role: Role::Member, state: State::Active, department_ids };
    let member = directory::add_member(&mut tx, new).await?;
    invitation.count(&mut tx).await?;
    declare(&mut tx, member, device, (&input.statement_version, &input.language)).await?;
    let administrators = onlookers(&mut tx, Some(invitation.row().created_by)).await?;
    tx.emit(&InvitationAccepted { invitation: invitation.row().id, member, administrators })?;
    Ok(tx)
}
