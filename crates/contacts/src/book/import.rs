//! Bring in a file of vCards: tried first, written whole or not at all.

use kernel::{Cx, Json, Query, Raw, Result};
use serde::Deserialize;

use super::bring::{ContactImport, Step, bring};
use crate::model::ContactKind;
use crate::policy::Keeper;
use crate::vcard::{MAX_BYTES, Problem, read};

/// How.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportContacts {
    /// What all of them are to the organisation.
    pub kind: ContactKind,
    /// Absent, it is only tried.
    #[serde(default)]
    pub write: bool,
}

/// Import contacts
///
/// The body is a vCard file in UTF-8, 2.1 (what is quoted-printable in the encoding it names), 3.0 or 4.0, at most 4 MiB and 5,000 cards. With anything wrong in it nothing is written, and
/// the answer says in which lines.
#[utoipa::path(
    post, path = "/v1/contacts/import", tag = "contacts", operation_id = "importContacts",
    params(ImportContacts),
    request_body(content = Vec<u8>, content_type = "text/vcard", description = "The vCards"),
    responses((status = 200, body = ContactImport)),
    extensions(
        ("x-application" = json!("contacts")),
        ("x-access" = json!("member of the organisation")),
        ("x-rate" = json!("heavy")),
        ("x-most-bytes" = json!(MAX_BYTES)),
        ("x-errors" = json!(["forbidden", "contacts.too_many"])),
    ),
)]
pub async fn import_contacts(cx: Cx, Query(how): Query<ImportContacts>, Raw(body): Raw) -> Result<Json<ContactImport>> {
    let mut tx = cx.begin().await?;
    let keeper = Keeper::load(&mut tx).await?;
    let region = directory::organisation(&mut tx).await?.region;
    let cards = match decoded(&body).and_then(|text| read(text, &region)) {
        Ok(cards) => cards,
        Err(problems) => return Ok(Json(ContactImport::refused(problems))),
    };
    let step = if how.write { Step::Write } else { Step::Try };
    let import = bring(&mut tx, &keeper, cards, how.kind, step).await?;
    tx.commit().await?;
    Ok(Json(import))
}

/// The text, or the line in which it is none.
fn decoded(body: &[u8]) -> Result<&str, Vec<Problem>> {
    std::str::from_utf8(body).map_err(|error| {
        let before = body.iter().take(error.valid_up_to()).filter(|byte| **byte == b'\n').count();
        let line = u32::try_from(before + 1).unwrap_or(u32::MAX);
        vec![Problem { line, field: "line".to_owned(), why: "is_not_utf8" }]
    })
}
