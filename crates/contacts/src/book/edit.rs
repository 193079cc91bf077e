//! Change a contact. Of two who do so at once the second learns of the first, and nothing is lost in silence.

use std::collections::HashSet;

use axum::http::HeaderMap;
use directory::{Edition, edition_tag};
use kernel::{Cx, Error, Json, Path, Result, Tx};

use super::create::{check_room_for_shared, check_shares};
use super::row;
use crate::events::{ContactChanged, Happened};
use crate::model::{ContactId, OutsideContact, WrittenContact};
use crate::policy::{EditableContact, Keeper, VisibleContact};

/// Change a contact
#[utoipa::path(
    put, path = "/v1/contacts/{contact}", tag = "contacts", operation_id = "editContact",
    params(
        ("contact" = ContactId, Path),
        ("If-Match" = String, Header, description = "the revision that is changed")
    ),
    request_body = WrittenContact,
    responses((status = 200, body = OutsideContact)),
    extensions(
        ("x-application" = json!("contacts")),
        ("x-access" = json!("owner of the contact; of a shared one also holder of people.edit for the whole organisation")),
        ("x-errors" = json!(["forbidden", "directory.changed_meanwhile", "contacts.too_many_shared"])),
    ),
)]
pub async fn edit_contact(
    cx: Cx,
    Path(contact): Path<ContactId>,
    edition: Edition,
    Json(input): Json<WrittenContact>,
) -> Result<(HeaderMap, Json<OutsideContact>)> {
    let mut tx = cx.begin().await?;
    let keeper = Keeper::load(&mut tx).await?;
    let contact = EditableContact::load(&mut tx, &keeper, contact).await?;
    let changed = edit(&mut tx, &keeper, contact, &edition, input).await?;
    tx.commit().await?;
    Ok((edition_tag(changed.revision), Json(changed)))
}

/// Writes the contact anew, unless nothing differs; the owner stays.
pub async fn edit(
    tx: &mut Tx,
    keeper: &Keeper,
    contact: EditableContact,
    edition: &Edition,
    input: WrittenContact,
) -> Result<OutsideContact> {
    let EditableContact(old) = contact;
    edition.check(old.revision)?;
    let (id, owner, was_shared) = (old.id, old.owner_id, old.is_shared());
    let before = old.shared_with();
    check_shares(keeper, &before, &input.shared_with)?;
    let card = input.card.checked(&directory::organisation(tx).await?.region)?;
    let is_same_audience = before.iter().collect::<HashSet<_>>() == input.shared_with.iter().collect::<HashSet<_>>();
    if old.kind == input.kind && is_same_audience && old.open_card(tx)? == card {
        return old.opened(tx, keeper);
    }
    if !was_shared && !input.shared_with.is_empty() {
        check_room_for_shared(tx).await?;
    }
    let sealed = card.seal(tx, id, owner)?;
    let (org, now) = (tx.org(), tx.now());
    sqlx::query(
        "update contacts.contact set kind = $3, card = $4, revision = revision + 1, updated_at = $5
         where org_id = $1 and id = $2",
    )
    .bind(org)
    .bind(id)
    .bind(input.kind)
    .bind(sealed)
    .bind(now)
    .execute(tx.db())
    .await?;
    row::share(tx, id, &input.shared_with).await?;
    let is_shared = was_shared || !input.shared_with.is_empty();
    let told = row::audience(tx, owner, &[before, input.shared_with].concat()).await?;
    tx.emit(&ContactChanged { contact: id, member: owner, happened: Happened::Changed, is_shared, told })?;
    shown(tx, keeper, id, owner).await
}

/// Whoever tends a shared contact may have taken it out of their own sight: then it is shown as its owner sees it no more.
async fn shown(tx: &mut Tx, keeper: &Keeper, id: ContactId, owner: kernel::MemberId) -> Result<OutsideContact> {
    match VisibleContact::load(tx, keeper, id).await {
        Ok(contact) => contact.row.opened(tx, keeper),
        Err(Error::NotFound(_)) if owner != keeper.id() => {
            Err(Error::Invalid { field: "shared_with", why: "is_empty" })
        }
        Err(error) => Err(error),
    }
}
