//! Found an organisation with the set-up code: the founder is its first owner (`ORG-01`, `ORG-02`).

use axum::http::HeaderMap;
use axum::response::Response;
use directory::{Contact, NewMember, NewOrganisation, Profile, Role, State};
use kernel::{AccountId, Actor, App, Caller, Error, Json, MemberId, Result, SystemTx, Tx, Visitor};
use serde::Deserialize;
use utoipa::ToSchema;

use super::code;
use crate::device::Device;
use crate::events::SessionStarted;
use crate::model::{Outcome, Session};
use crate::passwords::rules::{self, OwnWords};
use crate::passwords::{credential, hash, words};
use crate::sessions::current::{self, Delivery};
use crate::sessions::known::Cache;
use crate::sessions::start;
use crate::sign_in::handles;
use crate::sign_in::record::{IsNew, record};

/// The period the first run proposes; it is asked for after what [`check`] looks at.
const RETENTION_DAYS: i32 = 90;

/// Everything a first run asks.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetUp {
    /// What the server printed.
    pub code: String,
    /// The organisation.
    pub organisation: SetUpOrganisation,
    /// Its first owner: the caller.
    pub administrator: SetUpAdministrator,
    /// `zh-CN`, `zh-TW` or `en`.
    pub language: String,
    /// 90, 180, 360 or 720.
    pub chat_retention_days: i32,
    /// The statement that was shown.
    pub statement_version: String,
    /// Whether it is accepted, for oneself and for the organisation (`ACC-16`, `ORG-10`).
    pub accepts_statement: bool,
    /// Whether the organisation has the right to the personal data it will bring (`ORG-11`).
    pub attests_control: bool,
    /// Whether one declares to be an adult (`ACC-18`).
    pub is_adult: bool,
    /// Whether to stay signed in when the browser closes.
    #[serde(default)]
    pub remember: bool,
}

/// What is asked of an organisation (`ORG-02`).
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetUpOrganisation {
    /// The Chinese name; one of the two is needed.
    pub name_zh: Option<String>,
    /// The English name.
    pub name_en: Option<String>,
    /// Short name in addresses; made of the name when absent.
    pub slug: Option<String>,
    /// ISO 3166.
    pub region: String,
    /// What it does.
    pub industry: String,
    /// IANA name.
    pub time_zone: String,
    /// Whom to ask for.
    pub contact: Contact,
}

/// What is asked of the first owner (`ACC-02`).
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetUpAdministrator {
    /// As colleagues see it.
    pub name: String,
    /// To sign in with; one of the three is needed.
    pub user_id: Option<String>,
    /// To sign in with.
    pub phone: Option<String>,
    /// To sign in with.
    pub email: Option<String>,
    /// At least eight characters, hard to guess, not made of one's own or the organisation's words. Whoever is signed in
    /// founds with the account they have and needs none.
    pub password: Option<String>,
}

/// Found an organisation with the set-up code
#[utoipa::path(
    post, path = "/v1/setup", tag = "identity", operation_id = "setUp", request_body = SetUp,
    responses((status = 201, description = "Founded, and signed in; the cookie is set", body = Session)),
    extensions(
        ("x-access" = json!("anybody with the set-up code")), ("x-rate" = json!("sign_in")),
        ("x-errors" = json!([
            "identity.setup_code_wrong", "identity.busy", "directory.slug_taken", "directory.phone_taken",
            "directory.email_taken"
        ])),
    ),
)]
pub async fn set_up(visitor: Visitor, headers: HeaderMap, Json(input): Json<SetUp>) -> Result<Response> {
    let (app, device) = (visitor.app(), Device::of(&visitor, &headers));
    code::check(app, &device, &input.code).await?;
    check_declarations(&input)?;
    match &visitor.caller {
        Some(caller) => with_own_account(app, caller, &device, input).await,
        None => as_somebody_new(app, &device, input).await,
    }
}

/// Whoever has an account on this server keeps it: the further organisation is one more to switch to.
async fn with_own_account(app: &App, caller: &Caller, device: &Device, input: SetUp) -> Result<Response> {
    let profile = handles::bring_along(app, caller, profile(&input.administrator)).await?;
    let mut tx = SystemTx::begin(app).await?;
    code::spend(&mut tx, &input.code).await?;
    let (tx, _) = found(tx, (caller.account, profile), device, input).await?;
    let org = tx.org();
    tx.commit().await?;
    app.state::<Cache>().forget_session(caller.session);
    current::show(app, caller, Some(org)).await
}

async fn as_somebody_new(app: &App, device: &Device, input: SetUp) -> Result<Response> {
    let password = check_password(&input.organisation, &input.administrator)?;
    let hash = hash::hash(app, password).await?;
    let mut tx = SystemTx::begin(app).await?;
    code::spend(&mut tx, &input.code).await?;
    let (account, now) = (AccountId(tx.new_id()), tx.now());
    credential::create_account(tx.db(), account, now).await?;
    credential::set_password(tx.db(), account, &hash, now).await?;
    let started = start::start(&mut tx, account, device, input.remember.into()).await?;
    record(&mut tx, Some(account), device, Outcome::Ok, IsNew::No).await?;
    let (tx, member) = found(tx, (account, profile(&input.administrator)), device, input).await?;
    let org = tx.org();
    // Whoever founds is nobody yet; whoever signs in is the first owner.
    let mut tx = tx.leave().await?.enter(org, Actor::Member(member)).await?;
    tx.emit(&SessionStarted { member, session: started.session, is_new_device: false })?;
    tx.commit().await?;
    current::answer(app, started, Some(org), Delivery::Cookie).await
}

fn check_declarations(input: &SetUp) -> Result<()> {
    let declared = [
        ("accepts_statement", input.accepts_statement),
        ("attests_control", input.attests_control),
        ("is_adult", input.is_adult),
    ];
    match declared.into_iter().find(|(_, is_true)| !is_true) {
        Some((field, _)) => Err(Error::Invalid { field, why: "must_be_true" }),
        None => Ok(()),
    }
}

/// Whether the organisation, and its first owner if they have been named, would be taken.
pub async fn check(
    visitor: &Visitor,
    organisation: &SetUpOrganisation,
    administrator: Option<&SetUpAdministrator>,
) -> Result<()> {
    let app = visitor.app();
    new_organisation(organisation.clone(), RETENTION_DAYS).check()?;
    let Some(administrator) = administrator else { return Ok(()) };
    let mut profile = profile(administrator);
    match &visitor.caller {
        Some(caller) => profile = handles::bring_along(app, caller, profile).await?,
        None => {
            check_password(organisation, administrator)?;
        }
    }
    directory::check_profile(profile, &organisation.region, app.now().date_naive())
}

fn check_password<'a>(organisation: &SetUpOrganisation, administrator: &'a SetUpAdministrator) -> Result<&'a str> {
    const FIELD: &str = "administrator.password";
    let password = administrator.password.as_deref().ok_or(Error::Invalid { field: FIELD, why: "is_missing" })?;
    let mut own = OwnWords::default();
    words::add_profile(&mut own, &profile(administrator));
    own.name(&organisation.contact.name);
    for name in [&organisation.name_zh, &organisation.name_en, &organisation.slug].into_iter().flatten() {
        own.organisation(name);
    }
    rules::check(password, &own).map_err(|why| Error::Invalid { field: FIELD, why })?;
    Ok(password)
}

fn profile(administrator: &SetUpAdministrator) -> Profile {
    let SetUpAdministrator { name, user_id, phone, email, .. } = administrator;
    Profile {
        name: name.clone(),
        user_id: user_id.clone(),
        phone: phone.clone(),
        email: email.clone(),
        ..Profile::default()
    }
}

fn new_organisation(organisation: SetUpOrganisation, chat_retention_days: i32) -> NewOrganisation {
    NewOrganisation {
        name_zh: organisation.name_zh,
        name_en: organisation.name_en,
        slug: organisation.slug,
        region: organisation.region,
        industry: organisation.industry,
        time_zone: organisation.time_zone,
        chat_retention_days,
        contact: organisation.contact,
    }
}

/// All of it or nothing: the code is used up by the transaction that founds.
async fn found(
    mut tx: SystemTx,
    (account, profile): (AccountId, Profile),
    device: &Device,
    input: SetUp,
) -> Result<(Tx, MemberId)> {
    let profile = Profile { language: Some(input.language.clone()), ..profile };
    let new = new_organisation(input.organisation, input.chat_retention_days);
    let org = directory::found(&mut tx, new).await?;
    let mut tx = tx.enter(org, Actor::Visitor).await?;
    let new = NewMember { account, profile, role: Role::Owner, state: State::Active, department_ids: Vec::new() };
    let member = directory::add_member(&mut tx, new).await?;
    declare(&mut tx, member, device, (&input.statement_version, &input.language)).await?;
    privacy::attest_for_organisation(&mut tx, member).await?;
    Ok((tx, member))
}

/// Records what somebody accepts and declares with the first step into an organisation (`ACC-16`, `ACC-18`).
pub async fn declare(tx: &mut Tx, member: MemberId, device: &Device, read: (&str, &str)) -> Result<()> {
    let (version, language) = read;
    let acceptance = privacy::Acceptance { version, language, device: &device.name, address: device.address };
    privacy::accept(tx, member, &acceptance).await?;
    privacy::affirm_adult(tx, member).await
}
