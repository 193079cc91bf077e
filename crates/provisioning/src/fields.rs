//! The fields that have no place of their own in a row: what a program calls them, what it is told of them, and which there are
//! (`DIR-02`, `DIR-03`).

use std::borrow::Cow;
use std::collections::BTreeMap;

use directory::{Field, FieldId, Member};
use kernel::{Agent, Error, Json, Result};
use profiles::{Audience, BuiltIn, Choice, Kind, Names};
use serde::Serialize;
use utoipa::ToSchema;

use crate::policy::FieldReader;

/// What can stand in `fields` of a person.
#[derive(Serialize, ToSchema)]
pub struct ProvisionedFields {
    /// Those that are collected, in their order.
    pub items: Vec<ProvisionedField>,
}

/// A field, as far as a program needs it.
#[derive(Serialize, ToSchema)]
pub struct ProvisionedField {
    /// Its key in `fields`: the name of a built-in one, the id of one of the organisation's own.
    pub key: String,
    /// What its values are.
    pub kind: Kind,
    /// What it is called; nothing for a built-in one.
    pub names: Names,
    /// What can be chosen: a value is the id of one of these.
    pub choices: Vec<Choice>,
    /// What is offered for a text.
    pub listed: Vec<String>,
    /// Whether a text has to be one of these.
    pub only_listed: bool,
    /// Whether programs are told what stands in it.
    pub is_told: bool,
    /// Whether that are only those that may change the person.
    pub is_masked: bool,
    /// Whether programs write it.
    pub is_written: bool,
}

/// List the fields of people for programs
#[utoipa::path(
    get, path = "/v1/provisioning/fields", tag = "provisioning", operation_id = "listProvisionedFields",
    responses((status = 200, body = ProvisionedFields)),
    extensions(
        ("x-application" = json!("provisioning")),
        ("x-access" = json!("holder of people.see or of what an upsert needs, or a service token that lends it")),
        ("x-errors" = json!(["forbidden"])),
    ),
)]
pub async fn list_provisioned_fields(agent: Agent) -> Result<Json<ProvisionedFields>> {
    let mut tx = agent.begin().await?;
    FieldReader::load(&mut tx).await?;
    let fields = directory::fields(&mut tx).await?;
    tx.commit().await?;
    Ok(Json(ProvisionedFields { items: fields.into_iter().filter_map(described).collect() }))
}

fn described(field: Field) -> Option<ProvisionedField> {
    let key = key(field.id).filter(|_| field.is_collected)?;
    let is_for = |audiences: &[Audience], one| audiences.contains(&one);
    Some(ProvisionedField {
        key,
        kind: field.kind,
        names: field.names,
        choices: field.choices,
        listed: field.listed,
        only_listed: field.only_listed,
        is_told: is_for(&field.seen_by, Audience::Everyone) || is_for(&field.seen_by, Audience::Administrators),
        is_masked: field.is_masked,
        is_written: is_for(&field.edited_by, Audience::Administrators),
    })
}

/// What a program calls the field; nothing for those that have a place of their own, and for the picture.
fn key(field: FieldId) -> Option<String> {
    match BuiltIn::of(field) {
        None => Some(field.to_string()),
        Some(one @ (BuiltIn::Signature | BuiltIn::Birthday)) => Some(one.name().to_owned()),
        Some(one) => one.is_among_values().then(|| one.name().to_owned()),
    }
}

/// Where in a row stands what the directory calls so: `fields.post` is a value there, `email` is `email`.
pub fn place(called: &str) -> Cow<'static, str> {
    let value = called.strip_prefix("values.").and_then(|id| id.parse().ok()).and_then(key);
    let apart = || [BuiltIn::Signature, BuiltIn::Birthday].map(BuiltIn::name).into_iter().find(|name| *name == called);
    match value.as_deref().or_else(apart) {
        Some(key) => Cow::Owned(format!("fields.{key}")),
        None => Cow::Owned(called.to_owned()),
    }
}

/// The same by their ids. `InvalidAt` when one of the keys names no such field.
pub fn by_id(values: &BTreeMap<String, Option<String>>) -> Result<BTreeMap<FieldId, Option<String>>> {
    let field = |text: &str| {
        let built_in = BuiltIn::ALL.into_iter().find(|one| one.name() == text).map(BuiltIn::id);
        built_in.or_else(|| text.parse().ok()).filter(|field| key(*field).is_some())
    };
    let unknown = |key: &str| Error::InvalidAt(format!("fields.{key}"), "unknown");
    values.iter().map(|(key, value)| Ok((field(key.trim()).ok_or_else(|| unknown(key))?, value.clone()))).collect()
}

/// What stands in them, as far as it is shown whole.
pub fn shown(member: &Member) -> BTreeMap<String, String> {
    let values = member.values.iter().filter(|one| !one.is_masked).map(|one| (one.field_id, one.value.clone()));
    let signature = member.signature.clone().map(|text| (BuiltIn::Signature.id(), text));
    let birthday = member.birthday.map(|day| (BuiltIn::Birthday.id(), day.to_string()));
    values.chain(signature).chain(birthday).filter_map(|(field, text)| Some((key(field)?, text))).collect()
}
