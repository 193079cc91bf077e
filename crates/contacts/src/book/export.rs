//! Give out contacts as vCards: all one sees, or those one names.

use axum::http::{HeaderName, header};
use kernel::{Cx, Error, Json, Result};
use serde::Deserialize;
use utoipa::ToSchema;

use super::row;
use crate::events::ContactsExported;
use crate::model::ContactId;
use crate::policy::Keeper;
use crate::vcard::{Version, Written, write};

const MOST_IDS: usize = 5_000;

/// Which, and how.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExportContacts {
    /// 3.0 when nobody says.
    #[serde(default)]
    pub version: Version,
    /// Absent: all one sees.
    #[serde(default)]
    pub ids: Option<Vec<ContactId>>,
}

/// Export contacts
#[utoipa::path(
    post, path = "/v1/contacts/export", tag = "contacts", operation_id = "exportContacts",
    request_body = ExportContacts,
    responses((status = 200, description = "The vCards", body = String, content_type = "text/vcard")),
    extensions(
        ("x-application" = json!("contacts")),
        ("x-access" = json!("member of the organisation, of what is theirs or shared with them")),
        ("x-rate" = json!("heavy")),
        ("x-errors" = json!(["forbidden"])),
    ),
)]
pub async fn export_contacts(
    cx: Cx,
    Json(wanted): Json<ExportContacts>,
) -> Result<([(HeaderName, &'static str); 2], String)> {
    if wanted.ids.as_ref().is_some_and(|ids| ids.len() > MOST_IDS) {
        return Err(Error::Invalid { field: "ids", why: "too_many" });
    }
    let mut tx = cx.begin().await?;
    let keeper = Keeper::load(&mut tx).await?;
    let (mut text, mut count, mut of_others) = (String::new(), 0, 0);
    for row in row::visible(&mut tx, &keeper, None).await? {
        if wanted.ids.as_ref().is_some_and(|ids| !ids.contains(&row.id)) {
            continue;
        }
        let card = row.open_card(&tx)?;
        text.push_str(&write(&Written { id: row.id.0, card: &card, department: None }, wanted.version));
        count += 1;
        of_others += usize::from(row.owner_id != keeper.id());
    }
    tx.emit(&ContactsExported { by: keeper.id(), count, of_others })?;
    tx.commit().await?;
    let headers = [
        (header::CONTENT_TYPE, "text/vcard; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"contacts.vcf\""),
    ];
    Ok((headers, text))
}
