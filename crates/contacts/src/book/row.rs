//! A contact as the database holds it, and as one who may see it does.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use directory::Principal;
use kernel::{Audience, Bucket, MemberId, Result, Tx};
use uuid::Uuid;

use crate::model::{Card, ContactId, ContactKind, OutsideContact};
use crate::policy::{Keeper, principal, share_id};

/// Are there more in the departments, everybody is told: it is ids only.
const MOST_TOLD: usize = 2_000;

/// A row of `contacts.contact` with who it is shared with; the card still sealed.
#[derive(sqlx::FromRow)]
pub struct Row {
    pub id: ContactId,
    pub owner_id: MemberId,
    pub kind: ContactKind,
    pub card: Vec<u8>,
    pub revision: i64,
    pub updated_at: DateTime<Utc>,
    shared_with: Vec<Uuid>,
}

impl Row {
    pub fn is_shared(&self) -> bool {
        !self.shared_with.is_empty()
    }

    /// Who besides the owner sees it.
    pub fn shared_with(&self) -> Vec<Principal> {
        self.shared_with.iter().copied().map(principal).collect()
    }

    pub fn open_card(&self, tx: &Tx) -> Result<Card> {
        Card::open(tx, self.id, self.owner_id, &self.card)
    }

    /// What `keeper` sees of it.
    pub fn opened(self, tx: &Tx, keeper: &Keeper) -> Result<OutsideContact> {
        let card = self.open_card(tx)?;
        let can = keeper.can(self.owner_id, self.is_shared());
        Ok(OutsideContact {
            id: self.id,
            owner_id: self.owner_id,
            kind: self.kind,
            card,
            shared_with: self.shared_with(),
            revision: self.revision,
            updated_at: self.updated_at,
            can,
        })
    }
}

/// The contacts `keeper` may see, all or this one: the one place that says so in SQL. Whose owner's key is gone is gone too.
pub async fn visible(tx: &mut Tx, keeper: &Keeper, only: Option<ContactId>) -> Result<Vec<Row>> {
    let org = tx.org();
    let mut rows: Vec<Row> = sqlx::query_as(
        "select c.id, c.owner_id, c.kind, c.card, c.revision, c.updated_at,
                array(select s.principal_id from contacts.share s
                      where s.org_id = $1 and s.contact_id = c.id order by s.principal_id) as shared_with
         from contacts.contact c
         where c.org_id = $1 and ($4::uuid is null or c.id = $4)
             and (c.owner_id = $2 or c.id in (
                 select s.contact_id from contacts.share s where s.org_id = $1 and s.principal_id = any($3)))
         order by c.id",
    )
    .bind(org)
    .bind(keeper.id())
    .bind(keeper.principal_ids())
    .bind(only)
    .fetch_all(tx.db())
    .await?;
    let owners: HashSet<MemberId> = rows.iter().map(|row| row.owner_id).collect();
    let mut gone = HashSet::new();
    for owner in owners {
        if !tx.app().vault().has(org.0, &Bucket::Member(owner.0))? {
            gone.insert(owner);
        }
    }
    rows.retain(|row| !gone.contains(&row.owner_id));
    Ok(rows)
}

/// Waits for whoever changes the contact, and lets nobody else do so until the transaction ends. Silent when there is none.
pub async fn lock(tx: &mut Tx, id: ContactId) -> Result<()> {
    let org = tx.org();
    sqlx::query("select from contacts.contact where org_id = $1 and id = $2 for update")
        .bind(org)
        .bind(id)
        .execute(tx.db())
        .await?;
    Ok(())
}

/// Who is told when something happens to a contact of `owner` that is or was shared with these.
pub async fn audience(tx: &mut Tx, owner: MemberId, shared_with: &[Principal]) -> Result<Audience> {
    if shared_with.contains(&Principal::Everyone) {
        return Ok(Audience::Org);
    }
    let mut told = vec![owner];
    for principal in shared_with {
        told.extend(directory::members_of_principal(tx, *principal).await?);
    }
    told.sort_unstable();
    told.dedup();
    Ok(if told.len() > MOST_TOLD { Audience::Org } else { Audience::Members(told) })
}

/// How many contacts the member has.
pub async fn count_own(tx: &mut Tx, owner: MemberId) -> Result<i64> {
    let org = tx.org();
    Ok(sqlx::query_scalar("select count(*) from contacts.contact where org_id = $1 and owner_id = $2")
        .bind(org)
        .bind(owner)
        .fetch_one(tx.db())
        .await?)
}

/// How many contacts of all members are shared.
pub async fn count_shared(tx: &mut Tx) -> Result<i64> {
    let org = tx.org();
    Ok(sqlx::query_scalar("select count(distinct contact_id) from contacts.share where org_id = $1")
        .bind(org)
        .fetch_one(tx.db())
        .await?)
}

/// Writes who the contact is shared with, instead of what was there.
pub async fn share(tx: &mut Tx, id: ContactId, with: &[Principal]) -> Result<()> {
    let org = tx.org();
    let ids: Vec<Uuid> = with.iter().filter_map(|principal| share_id(*principal)).collect();
    sqlx::query("delete from contacts.share where org_id = $1 and contact_id = $2 and principal_id <> all($3)")
        .bind(org)
        .bind(id)
        .bind(&ids)
        .execute(tx.db())
        .await?;
    sqlx::query(
        "insert into contacts.share (contact_id, principal_kind, principal_id)
         select $1, case when with_id = $3 then 'everyone' else 'department' end, with_id from unnest($2::uuid[]) as with_id
         on conflict on constraint share_pkey do nothing",
    )
    .bind(id)
    .bind(&ids)
    .bind(Uuid::nil())
    .execute(tx.db())
    .await?;
    Ok(())
}

/// With whom `owner` shares how many contacts: each counts at the first of those it is shared with, everybody before all others.
pub async fn shared_by(tx: &mut Tx, owner: MemberId) -> Result<Vec<(Uuid, i64)>> {
    let org = tx.org();
    Ok(sqlx::query_as(
        "select s.principal_id, count(*) from contacts.contact c
         join lateral (select principal_id from contacts.share
                       where org_id = $1 and contact_id = c.id order by principal_id limit 1) s on true
         where c.org_id = $1 and c.owner_id = $2 group by s.principal_id order by s.principal_id",
    )
    .bind(org)
    .bind(owner)
    .fetch_all(tx.db())
    .await?)
}

/// A contact on its way to another owner, with everybody it is shared with.
#[derive(sqlx::FromRow)]
pub struct Passed {
    pub id: ContactId,
    pub card: Vec<u8>,
    pub shared_with: Vec<Uuid>,
}

/// Those that [`shared_by`] counts there. Nobody changes or deletes them until the transaction ends.
pub async fn held(tx: &mut Tx, owner: MemberId, first: Uuid) -> Result<Vec<Passed>> {
    let org = tx.org();
    Ok(sqlx::query_as(
        "select c.id, c.card, array(select s.principal_id from contacts.share s
                                    where s.org_id = $1 and s.contact_id = c.id order by s.principal_id) as shared_with
         from contacts.contact c
         where c.org_id = $1 and c.owner_id = $2
             and (select s.principal_id from contacts.share s
                  where s.org_id = $1 and s.contact_id = c.id order by s.principal_id limit 1) = $3
         order by c.id for update of c",
    )
    .bind(org)
    .bind(owner)
    .bind(first)
    .fetch_all(tx.db())
    .await?)
}

/// Makes `owner` the owner of these, with the cards as they are sealed for them.
pub async fn give(tx: &mut Tx, owner: MemberId, ids: &[ContactId], cards: Vec<Vec<u8>>) -> Result<()> {
    let (org, now) = (tx.org(), tx.now());
    sqlx::query(
        "update contacts.contact c set owner_id = $2, card = given.card, revision = c.revision + 1, updated_at = $5
         from unnest($3::uuid[], $4::bytea[]) as given (id, card) where c.org_id = $1 and c.id = given.id",
    )
    .bind(org)
    .bind(owner)
    .bind(ids)
    .bind(cards)
    .bind(now)
    .execute(tx.db())
    .await?;
    Ok(())
}
