//! One's own profile: seen whole, changed as far as the organisation lets one (`ACC-07`, `DIR-09`, `DIR-10`).

use std::collections::BTreeMap;

use access::Permission;
use axum::http::HeaderMap;
use chrono::NaiveDate;
use kernel::{Cx, Error, Json, Result, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::edit::{Writer, announce, write_profile};
use super::index;
use super::person::{self, Person};
use super::viewer::Viewer;
use crate::fields::{Audience, BuiltIn, FieldId, fill::fill};
use crate::model::Member;
use crate::policy::Myself;
use editions::{Edition, Given, given, replace};

/// Oneself.
#[derive(Serialize, ToSchema)]
pub struct Me {
    /// As others see one, and what one signs in with.
    #[serde(flatten)]
    pub member: Member,
    /// `zh-CN`, `zh-TW` or `en`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// What one may change oneself: built-in fields by name, the others by id.
    pub may_edit: Vec<String>,
    /// What one may do in the organisation, for everything or for some departments: what the console offers.
    pub may: Vec<Permission>,
    /// Whether one looks after some departments and not after everybody: lists can be narrowed to that part.
    pub has_part: bool,
}

/// What is to be different; what is absent stays, `null` or an empty text takes the value away.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditMe {
    /// As colleagues see it.
    pub name: Option<String>,
    /// One line about oneself.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub signature: Given<String>,
    /// `YYYY-MM-DD`.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub birthday: Given<String>,
    /// Where the organisation lets one.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub phone: Given<String>,
    /// Where the organisation lets one.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub email: Given<String>,
    /// `zh-CN`, `zh-TW` or `en`.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub language: Given<String>,
    /// What stands in fields, by their ids; `null` or an empty text takes a value away.
    #[serde(default)]
    pub values: BTreeMap<FieldId, Option<String>>,
}

/// Show my profile
#[utoipa::path(
    get, path = "/v1/me", tag = "directory", operation_id = "showMe",
    responses((status = 200, body = Me)),
    extensions(("x-access" = json!("member of the organisation, about themselves"))),
)]
pub async fn show_me(cx: Cx) -> Result<(HeaderMap, Json<Me>)> {
    let mut tx = cx.begin().await?;
    let person = person::load(&mut tx, cx.member).await?;
    let me = seen_by_oneself(&mut tx, person).await?;
    Ok((editions::tag(me.member.revision), Json(me)))
}

/// Change my profile
#[utoipa::path(
    patch, path = "/v1/me", tag = "directory", operation_id = "editMe",
    params(("If-Match" = String, Header, description = "the revision that is changed")),
    request_body = EditMe,
    responses((status = 200, body = Me)),
    extensions(
        ("x-access" = json!("active member of the organisation, about themselves")),
        ("x-errors" = json!([
            "forbidden", "directory.changed_meanwhile", "directory.user_id_taken", "directory.phone_taken",
            "directory.email_taken", "directory.staff_number_taken", "directory.field_not_collected"
        ])),
    ),
)]
pub async fn edit_me(cx: Cx, edition: Edition, Json(input): Json<EditMe>) -> Result<(HeaderMap, Json<Me>)> {
    let mut tx = cx.begin().await?;
    let myself = Myself::load(&mut tx).await?;
    edit(&mut tx, &myself, &edition, input).await?;
    let person = person::load(&mut tx, cx.member).await?;
    let me = seen_by_oneself(&mut tx, person).await?;
    tx.commit().await?;
    Ok((editions::tag(me.member.revision), Json(me)))
}

/// Changes one's own profile; a phone number or e-mail address also changes what one signs in with.
///
/// `Forbidden` for a field that the organisation keeps to those who look after profiles (`DIR-10`).
pub async fn edit(tx: &mut Tx, myself: &Myself, edition: &Edition, input: EditMe) -> Result<()> {
    drop(index::load(tx).await?);
    let person = myself.person();
    edition.check(person.revision)?;
    let viewer = Viewer::of(tx, std::slice::from_ref(person)).await?;
    let mut profile = person.profile.clone();
    if let Some(name) = input.name {
        profile.name = name;
    }
    replace(&mut profile.signature, input.signature);
    replace(&mut profile.phone, input.phone);
    replace(&mut profile.email, input.email);
    replace(&mut profile.language, input.language);
    if let Some(birthday) = input.birthday {
        profile.birthday = parse_birthday(birthday.as_deref().unwrap_or_default())?;
    }
    fill(tx, &mut profile, input.values).await?;
    let by = standing(&viewer, person);
    let fields = write_profile(tx, person, profile, Writer { by: &by, names_follow: true }).await?;
    announce(tx, person.id, fields, None).await
}

/// Oneself; and an administrator, for whoever may change profiles where they are.
fn standing(viewer: &Viewer, person: &Person) -> Vec<Audience> {
    let looks_after = viewer.looks_after(Permission::PeopleEdit, person).then_some(Audience::Administrators);
    [Audience::Oneself].into_iter().chain(looks_after).collect()
}

fn parse_birthday(text: &str) -> Result<Option<NaiveDate>> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    text.trim().parse().map(Some).map_err(|_| Error::Invalid { field: "birthday", why: "not_a_date" })
}

async fn seen_by_oneself(tx: &mut Tx, person: Person) -> Result<Me> {
    let viewer = Viewer::of(tx, std::slice::from_ref(&person)).await?;
    let by = standing(&viewer, &person);
    let rules = &viewer.sight.rules;
    let mine = rules.in_order().into_iter().filter(|(id, _)| rules.check_write(*id, &by).is_ok());
    let name = |id: FieldId| BuiltIn::of(id).map_or_else(|| id.to_string(), |one| one.name().to_owned());
    let may_edit = ["name", "language"].map(str::to_owned).into_iter().chain(mine.map(|(id, _)| name(id))).collect();
    let language = person.profile.language.clone();
    let holdings = &viewer.acting.holdings;
    let (may, has_part) = (holdings.anywhere().iter().collect(), !holdings.part().is_empty());
    Ok(Me { member: person.seen_by(&viewer), language, may_edit, may, has_part })
}
