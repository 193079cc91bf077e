//! Add a person: with a new account and an initial password (`ACC-06`), or by asking an account that exists elsewhere.

use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use directory::{DepartmentId, HandleKind, Member, NewMember, Permission, Permitted, Profile, Role, State};
use kernel::{AccountId, Cx, Error, Json, Result, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::invitations::personal;
use crate::passwords::credential;

/// Who is added.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddMember {
    /// As colleagues see it.
    pub name: String,
    /// To sign in with; one of the three is needed.
    pub user_id: Option<String>,
    /// To sign in with.
    pub phone: Option<String>,
    /// To sign in with.
    pub email: Option<String>,
    /// Unique in the organisation.
    pub staff_number: Option<String>,
    /// What they are called.
    pub position: Option<String>,
    /// Where they belong.
    #[serde(default)]
    pub department_ids: Vec<DepartmentId>,
    /// Administrator or not: no more than oneself.
    pub role: Role,
}

/// Who was added, and what to hand over.
#[derive(Serialize, ToSchema)]
pub struct AddedMember {
    /// The person.
    pub member: Member,
    /// Shown this once; none for somebody who has an account already.
    #[schema(required)]
    pub initial_password: Option<String>,
    /// When the initial password, or the invitation, is no good any more.
    pub initial_password_expires_at: DateTime<Utc>,
    /// They have an account already and are asked whether they want to join.
    pub is_invited: bool,
}

/// Add a person
#[utoipa::path(
    post, path = "/v1/members", tag = "identity", operation_id = "addMember", request_body = AddMember,
    responses((status = 201, description = "Added", body = AddedMember)),
    extensions(
        ("x-access" = json!("holder of people.add, where they begin; of their role, roles.give")),
        ("x-errors" = json!([
            "forbidden", "directory.sight_exceeded", "directory.owner_needs_second", "directory.already_member", "directory.user_id_taken", "directory.phone_taken", "directory.email_taken",
            "directory.staff_number_taken", "hosting.people_limit"
        ])),
    ),
)]
pub async fn add_member(cx: Cx, Json(input): Json<AddMember>) -> Result<(StatusCode, Json<AddedMember>)> {
    let mut tx = cx.begin().await?;
    let by = Permitted::load(&mut tx, Permission::PeopleAdd).await?;
    by.check_places(&mut tx, &input.department_ids).await?;
    let (tx, account) = existing_account(tx, &input).await?;
    let (mut tx, added) = match account {
        Some((account, kind)) => invite(tx, &by, account, input).await.map_err(|error| told_at(kind, error))?,
        None => add(tx, input).await?,
    };
    let member = directory::member(&mut tx, added.member).await?;
    tx.commit().await?;
    let Added { initial_password, expires_at, .. } = added;
    let is_invited = initial_password.is_none();
    let answer = AddedMember { member, initial_password, initial_password_expires_at: expires_at, is_invited };
    Ok((StatusCode::CREATED, Json(answer)))
}

struct Added {
    member: kernel::MemberId,
    initial_password: Option<String>,
    expires_at: DateTime<Utc>,
}

/// Whoever is a member already was found by one of the two: the refusal names it.
fn told_at(kind: HandleKind, error: Error) -> Error {
    match error {
        Error::Conflict(code @ "directory.already_member") => Error::Taken(kind.as_str(), code),
        other => other,
    }
}

/// The account that the phone number or the e-mail address belongs to, here or elsewhere, and which of the two led to it.
async fn existing_account(mut tx: Tx, input: &AddMember) -> Result<(Tx, Option<(AccountId, HandleKind)>)> {
    let (org, actor, region) = (tx.org(), tx.actor(), directory::settings(&mut tx).await?.region.clone());
    let given = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    let phone = given(&input.phone).map(|phone| directory::phone_number(&phone, &region)).transpose()?;
    let mut outside = tx.leave().await?;
    let mut accounts = Vec::new();
    for (kind, value) in [(HandleKind::Phone, phone), (HandleKind::Email, given(&input.email))] {
        let Some(value) = value else { continue };
        let account = directory::account_of_handle(&mut outside, kind, &value).await?;
        accounts.extend(account.map(|account| (account, kind)));
    }
    accounts.dedup_by_key(|found| found.0);
    let tx = outside.enter(org, actor).await?;
    match accounts[..] {
        [] => Ok((tx, None)),
        [found] => Ok((tx, Some(found))),
        _ => Err(HandleKind::Email.taken()),
    }
}

async fn add(mut tx: Tx, input: AddMember) -> Result<(Tx, Added)> {
    let (account, now, app) = (AccountId(tx.new_id()), tx.now(), tx.app().clone());
    credential::create_account(tx.db(), account, now).await?;
    let initial = credential::set_initial(tx.db(), &app, account, now).await?;
    let member = directory::add_member(&mut tx, new_member(input, account, State::Active)).await?;
    Ok((tx, Added { member, initial_password: Some(initial.password), expires_at: initial.expires_at }))
}

/// The account is theirs: nothing about it changes before they agree.
async fn invite(mut tx: Tx, by: &Permitted, account: AccountId, input: AddMember) -> Result<(Tx, Added)> {
    let member = directory::add_member(&mut tx, new_member(input, account, State::Invited)).await?;
    let expires_at = personal::ask(&mut tx, account, member, by.id()).await?;
    Ok((tx, Added { member, initial_password: None, expires_at }))
}

fn new_member(input: AddMember, account: AccountId, state: State) -> NewMember {
    let profile = Profile {
        name: input.name,
        user_id: input.user_id,
        phone: input.phone,
        email: input.email,
        staff_number: input.staff_number,
        position: input.position,
        ..Profile::default()
    };
    NewMember { account, profile, role: input.role, state, department_ids: input.department_ids }
}
