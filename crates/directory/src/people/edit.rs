//! An administrator corrects what is known of a person, moves them, or changes what they may do (`DIR-08`, `DIR-10`).

use std::collections::BTreeMap;

use axum::http::HeaderMap;
use kernel::{Cx, Error, Json, MemberId, Path, Result, Tx};
use serde::Deserialize;
use utoipa::ToSchema;

use super::belonging;
use super::columns::rewrite;
use super::handles::{self, NewHandle};
use super::index;
use super::memberships::is_elsewhere;
use super::person::{self, Person};
use super::viewer::Viewer;
use crate::departments::place::{Places, place};
use crate::events::{MemberChanged, MemberDetailsChanged};
use crate::fields::{Audience, BuiltIn, FieldId, Rules, fill::check_listed, fill::fill};
use crate::model::{DepartmentId, Member, Profile, Role};
use crate::policy::EditableMember;
use crate::roles::rank;
use editions::{Edition, Given, given, replace};

/// What is to be different; what is absent stays, `null` or an empty text takes the value away.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditMember {
    /// As colleagues see it.
    pub name: Option<String>,
    /// Unique in the organisation.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub staff_number: Given<String>,
    /// What one is called.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub position: Given<String>,
    /// Administrator or not; nobody gives or takes more than they hold. Owners are made and unmade by two.
    pub role: Option<Role>,
    /// All departments they are in, the main one first.
    pub department_ids: Option<Vec<DepartmentId>>,
    /// Those of them they lead.
    pub leads: Option<Vec<DepartmentId>>,
    /// What one signs in with; unique in the organisation.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub user_id: Given<String>,
    /// With country code, or as it is written where the organisation is.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub phone: Given<String>,
    /// An e-mail address.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub email: Given<String>,
    /// Whether they are shown only to those who look after them.
    pub is_hidden: Option<bool>,
    /// What stands in fields, by their ids; `null` or an empty text takes a value away.
    #[serde(default)]
    pub values: BTreeMap<FieldId, Option<String>>,
}

/// Change a person
#[utoipa::path(
    patch, path = "/v1/members/{member}", tag = "directory", operation_id = "editMember",
    params(
        ("member" = MemberId, Path),
        ("If-Match" = String, Header, description = "the revision that is changed")
    ),
    request_body = EditMember,
    responses((status = 200, body = Member)),
    extensions(
        ("x-access" = json!("holder of people.edit, people.place or roles.give, of whoever holds no more")),
        ("x-errors" = json!([
            "forbidden", "directory.own_place_forbidden", "directory.sight_exceeded", "directory.changed_meanwhile", "directory.owner_needs_second", "directory.user_id_taken",
            "directory.phone_taken", "directory.email_taken", "directory.staff_number_taken",
            "directory.field_not_collected", "directory.is_restricted"
        ])),
    ),
)]
pub async fn edit_member(
    cx: Cx,
    Path(member): Path<MemberId>,
    edition: Edition,
    Json(input): Json<EditMember>,
) -> Result<(HeaderMap, Json<Member>)> {
    let mut tx = cx.begin().await?;
    let member = input.load(&mut tx, member).await?;
    edit(&mut tx, &member, &edition, input).await?;
    let changed = person::load_all(&mut tx, &[member.person().id]).await?;
    let viewer = Viewer::of(&mut tx, &changed).await?;
    let shown = changed.into_iter().next().map(|changed| changed.seen_by(&viewer)).ok_or(Error::NotFound("member"))?;
    tx.commit().await?;
    Ok((editions::tag(shown.revision), Json(shown)))
}

impl EditMember {
    /// What concerns departments and roles waits for others that do.
    async fn load(&self, tx: &mut Tx, member: MemberId) -> Result<EditableMember> {
        let is_about_places = self.role.is_some() || self.department_ids.is_some() || self.leads.is_some();
        if is_about_places {
            EditableMember::load_held(tx, member).await
        } else {
            EditableMember::load(tx, member).await
        }
    }
}

/// Changes profile, departments and role in one go.
pub async fn edit(tx: &mut Tx, member: &EditableMember, edition: &Edition, input: EditMember) -> Result<()> {
    drop(index::load(tx).await?);
    let person = member.person();
    edition.check(person.revision)?;
    let mut fields = Vec::new();
    if input.department_ids.is_some() || input.leads.is_some() {
        let departments = input.department_ids.unwrap_or_else(|| person.department_ids.clone());
        // Whoever leaves a department does not lead it any more.
        let still_led = || person.leads.iter().copied().filter(|led| departments.contains(led)).collect();
        let leads = input.leads.unwrap_or_else(still_led);
        member.check_places(tx, &departments).await?;
        let before = belonging::of(tx, &[person.id]).await?;
        place(tx, person.id, &Places { departments, leads }).await?;
        belonging::follow(tx, member.by(), before).await?;
        fields.push("departments".to_owned());
    }
    if let Some(role) = input.role.filter(|role| *role != person.role) {
        rank::change(tx, person, role).await?;
        fields.push("role".to_owned());
    }
    let mut profile = person.profile.clone();
    if let Some(name) = input.name {
        profile.name = name;
    }
    replace(&mut profile.staff_number, input.staff_number);
    replace(&mut profile.position, input.position);
    replace(&mut profile.user_id, input.user_id);
    replace(&mut profile.phone, input.phone);
    replace(&mut profile.email, input.email);
    fill(tx, &mut profile, input.values).await?;
    let hides = input.is_hidden.filter(|is_hidden| *is_hidden != person.is_hidden);
    if profile != person.profile || hides.is_some() {
        member.check_profile(tx)?;
    }
    // A sign-in name of an account that also belongs elsewhere is not ours to give.
    let names_follow = !is_elsewhere(tx, person.account).await?;
    let myself = tx.member().is_ok_and(|me| me == person.id).then_some(Audience::Oneself);
    let by: Vec<Audience> = myself.into_iter().chain([Audience::Administrators]).collect();
    fields.extend(write_profile(tx, person, profile, Writer { by: &by, names_follow }).await?);
    if let Some(is_hidden) = hides {
        hide(tx, person.id, is_hidden).await?;
        fields.push("is_hidden".to_owned());
    }
    announce(tx, person.id, fields, input.role).await
}

async fn hide(tx: &mut Tx, member: MemberId, is_hidden: bool) -> Result<()> {
    sqlx::query("update directory.member set is_hidden = $2, revision = revision + 1 where id = $1")
        .bind(member)
        .bind(is_hidden)
        .execute(tx.db())
        .await?;
    Ok(())
}

/// Who writes a profile.
pub(crate) struct Writer<'a> {
    /// How they stand to the person.
    pub by: &'a [Audience],
    /// Whether what one signs in with follows.
    pub names_follow: bool,
}

/// Seals the new profile with its look-up codes and sign-in names; says which fields changed.
///
/// `Conflict` for a field that is not collected, `Forbidden` for one that the writer does not change.
pub(crate) async fn write_profile(
    tx: &mut Tx,
    person: &Person,
    profile: Profile,
    writer: Writer<'_>,
) -> Result<Vec<String>> {
    let settings = crate::settings(tx).await?;
    let profile = profile.checked(&settings.region, tx.now().date_naive())?;
    let rules = Rules::load(tx).await?;
    let differing = profile.differing(&person.profile);
    differing.iter().try_for_each(|field| rules.check_write(*field, writer.by))?;
    check_listed(tx, &profile, &differing).await?;
    let fields = named(&person.profile, &profile, &differing);
    if fields.is_empty() {
        return Ok(fields);
    }
    rewrite(tx, &[(person.id, &profile)]).await?;
    if writer.names_follow {
        handles::set(tx, &NewHandle::of(person.account, person.id, &profile)).await?;
    }
    Ok(fields)
}

/// Tells the index and everybody that the person is not what they were; silent when nothing changed.
pub(crate) async fn announce(tx: &mut Tx, member: MemberId, fields: Vec<String>, role: Option<Role>) -> Result<()> {
    if fields.is_empty() {
        return Ok(());
    }
    index::follow(tx, &[member]).await?;
    let role = role.filter(|_| fields.iter().any(|field| field == "role"));
    let rules = Rules::load(tx).await?;
    let (fields, details): (Vec<_>, Vec<_>) = fields.into_iter().partition(|field| is_open(&rules, field));
    if !details.is_empty() {
        tx.emit(&MemberDetailsChanged { member, fields: details })?;
    }
    tx.emit(&MemberChanged { member, fields, role })
}

/// Whether everybody may know that it changed.
pub(crate) fn is_open(rules: &Rules, field: &str) -> bool {
    let built_in = BuiltIn::ALL.into_iter().find(|one| one.name() == field).map(BuiltIn::id);
    let rule = built_in.or_else(|| field.parse().ok()).and_then(|id| rules.get(id));
    match rule {
        Some(rule) => rule.is_collected && rule.seen_by.contains(&Audience::Everyone),
        None => matches!(field, "name" | "departments" | "role"),
    }
}

/// What changed, as events call it: built-in fields by name, the others by id.
pub(crate) fn named(old: &Profile, new: &Profile, differing: &[FieldId]) -> Vec<String> {
    let name = |field: &FieldId| BuiltIn::of(*field).map_or_else(|| field.to_string(), |one| one.name().to_owned());
    let besides = [("name", old.name != new.name), ("language", old.language != new.language)];
    let besides = besides.into_iter().filter(|(_, is_other)| *is_other).map(|(name, _)| name.to_owned());
    besides.chain(differing.iter().map(name)).collect()
}
