//! Keep what somebody picked in the chooser of their device.

use consents::Consent;
use kernel::{Cx, Error, Json, Result, Tx};
use serde::Deserialize;
use utoipa::ToSchema;

use super::DeviceBook;
use crate::book::bring::{ContactImport, Step, bring};
use crate::card::MOST_OF_A_KIND;
use crate::model::{Card, ContactKind, Email, Label, Phone};
use crate::policy::Keeper;
use crate::vcard::Problem;

const MOST_PICKED: usize = 500;

/// What was picked.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportDeviceContacts {
    /// What all of them are to the organisation.
    pub kind: ContactKind,
    /// 500 at most.
    pub contacts: Vec<PickedContact>,
}

/// One entry, as the browser's chooser gives it (Contact Picker API).
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PickedContact {
    /// As it stands on the device.
    #[serde(default)]
    pub name: Option<String>,
    /// As they stand there.
    #[serde(default)]
    pub numbers: Vec<String>,
    /// As they stand there.
    #[serde(default)]
    pub addresses: Vec<String>,
}

/// Import contacts from the device
///
/// A number or an address that is none is left out and named: `line` is the place among those picked, from 1.
#[utoipa::path(
    post, path = "/v1/contacts/device/import", tag = "contacts", operation_id = "importDeviceContacts",
    request_body = ImportDeviceContacts,
    responses((status = 200, body = ContactImport)),
    extensions(
        ("x-application" = json!("contacts")),
        ("x-access" = json!("member of the organisation who consented")),
        ("x-rate" = json!("heavy")),
        ("x-errors" = json!(["forbidden", "privacy.consent_required", "contacts.too_many"])),
    ),
)]
pub async fn import_device_contacts(cx: Cx, Json(input): Json<ImportDeviceContacts>) -> Result<Json<ContactImport>> {
    let mut tx = cx.begin().await?;
    let keeper = Keeper::load(&mut tx).await?;
    let consent = Consent::<DeviceBook>::load(&mut tx).await?;
    let import = import(&mut tx, &keeper, &consent, input).await?;
    tx.commit().await?;
    Ok(Json(import))
}

/// Writes what can be kept of what was picked.
pub async fn import(
    tx: &mut Tx,
    keeper: &Keeper,
    _consent: &Consent<DeviceBook>,
    input: ImportDeviceContacts,
) -> Result<ContactImport> {
    if input.contacts.len() > MOST_PICKED {
        return Err(Error::Invalid { field: "contacts", why: "too_many" });
    }
    let region = directory::organisation(tx).await?.region;
    let (mut cards, mut problems) = (Vec::new(), Vec::new());
    for (picked, place) in input.contacts.into_iter().zip(1_u32..) {
        let mut left_out = |field: &str, why| problems.push(Problem { line: place, field: field.to_owned(), why });
        match kept(picked, &region, &mut left_out) {
            Ok(card) => cards.push(card),
            Err(Error::Invalid { field, why }) => left_out(field, why),
            Err(error) => return Err(error),
        }
    }
    let done = bring(tx, keeper, cards, input.kind, Step::Write).await?;
    Ok(ContactImport { problems, ..done })
}

/// Without a name one is called by a number or an address.
fn kept(picked: PickedContact, region: &str, left_out: &mut impl FnMut(&str, &'static str)) -> Result<Card> {
    let mut card = Card::default();
    for number in picked.numbers.into_iter().take(MOST_OF_A_KIND) {
        match (Phone { label: Label::Other, number }).checked(region) {
            Ok(phone) if card.phones.contains(&phone) => {}
            Ok(phone) => card.phones.push(phone),
            Err(_) => left_out("phones", "not_a_phone_number"),
        }
    }
    for address in picked.addresses.into_iter().take(MOST_OF_A_KIND) {
        match (Email { label: Label::Other, address }).checked() {
            Ok(email) if card.emails.contains(&email) => {}
            Ok(email) => card.emails.push(email),
            Err(_) => left_out("emails", "not_an_email_address"),
        }
    }
    let number = card.phones.first().map(|phone| phone.number.clone());
    let address = card.emails.first().map(|email| email.address.clone());
    let names = [picked.name, number, address].into_iter().flatten();
    card.name = names
        .map(|name| name.split_whitespace().collect::<Vec<_>>().join(" "))
        .find(|name| !name.is_empty())
        .unwrap_or_default();
    card.checked(region)
}
