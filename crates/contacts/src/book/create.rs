//! Add a contact.

use axum::http::StatusCode;
use directory::Principal;
use kernel::{Cx, Error, Json, MemberId, Result, Tx};

use super::{MOST_OWN, MOST_SHARED, row};
use crate::events::{ContactChanged, Happened};
use crate::model::{Card, ContactId, ContactKind, OutsideContact, WrittenContact};
use crate::policy::{Keeper, VisibleContact};

/// Add a contact
#[utoipa::path(
    post, path = "/v1/contacts", tag = "contacts", operation_id = "createContact",
    request_body = WrittenContact,
    responses((status = 201, body = OutsideContact)),
    extensions(
        ("x-application" = json!("contacts")),
        ("x-access" = json!("member of the organisation")),
        ("x-errors" = json!(["forbidden", "contacts.too_many", "contacts.too_many_shared"])),
    ),
)]
pub async fn create_contact(cx: Cx, Json(input): Json<WrittenContact>) -> Result<(StatusCode, Json<OutsideContact>)> {
    let mut tx = cx.begin().await?;
    let keeper = Keeper::load(&mut tx).await?;
    let contact = create(&mut tx, &keeper, input).await?;
    tx.commit().await?;
    Ok((StatusCode::CREATED, Json(contact)))
}

/// Adds a contact of the keeper's own.
pub async fn create(tx: &mut Tx, keeper: &Keeper, input: WrittenContact) -> Result<OutsideContact> {
    check_shares(keeper, &[], &input.shared_with)?;
    check_room(tx, keeper.id(), 1).await?;
    let card = input.card.checked(&directory::organisation(tx).await?.region)?;
    let id = insert(tx, keeper.id(), input.kind, &card).await?;
    let is_shared = !input.shared_with.is_empty();
    if is_shared {
        check_room_for_shared(tx).await?;
    }
    row::share(tx, id, &input.shared_with).await?;
    let told = row::audience(tx, keeper.id(), &input.shared_with).await?;
    tx.emit(&ContactChanged { contact: id, member: keeper.id(), happened: Happened::Created, is_shared, told })?;
    VisibleContact::load(tx, keeper, id).await?.row.opened(tx, keeper)
}

/// `Conflict` when the member would have more contacts than one keeps.
pub async fn check_room(tx: &mut Tx, owner: MemberId, more: usize) -> Result<()> {
    let there = usize::try_from(row::count_own(tx, owner).await?).unwrap_or(usize::MAX);
    if there.saturating_add(more) > MOST_OWN { Err(Error::Conflict("contacts.too_many")) } else { Ok(()) }
}

/// `Conflict` when the organisation shares as many contacts as lists can open.
pub async fn check_room_for_shared(tx: &mut Tx) -> Result<()> {
    let there = usize::try_from(row::count_shared(tx).await?).unwrap_or(usize::MAX);
    if there >= MOST_SHARED { Err(Error::Conflict("contacts.too_many_shared")) } else { Ok(()) }
}

/// What is shared already may stay; to share with more, one is part of it.
pub fn check_shares(keeper: &Keeper, before: &[Principal], after: &[Principal]) -> Result<()> {
    let is_fine = |principal: &Principal| before.contains(principal) || keeper.may_share_with(*principal);
    if after.iter().all(is_fine) { Ok(()) } else { Err(Error::Invalid { field: "shared_with", why: "not_yours" }) }
}

/// Writes a checked card; says nothing of it to anybody.
pub async fn insert(tx: &mut Tx, owner: MemberId, kind: ContactKind, card: &Card) -> Result<ContactId> {
    let (id, now) = (ContactId(tx.new_id()), tx.now());
    let sealed = card.seal(tx, id, owner)?;
    sqlx::query(
        "insert into contacts.contact (id, owner_id, kind, card, revision, created_at, updated_at)
         values ($1, $2, $3, $4, 1, $5, $5)",
    )
    .bind(id)
    .bind(owner)
    .bind(kind)
    .bind(sealed)
    .bind(now)
    .execute(tx.db())
    .await?;
    Ok(id)
}
