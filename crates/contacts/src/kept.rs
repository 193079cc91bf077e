//! What is kept for contacts, contact codes and address books, each by itself: counted, and erased when the organisation
//! says so while it is off (`ORG-12`). Nothing is told of each: nobody sees them, and who asked for it tells the end.

use applications::{Kept, KeptThings, MOST_COUNTED};
use kernel::{BoxFuture, Job, Result, Tx};

use crate::APPLICATIONS;

const ERASE: &str = "contacts.erase_kept";

pub const CONTACTS: Kept = Kept { job: ERASE, count: count_contacts, erase: erase_contacts };
pub const CODES: Kept = Kept { job: ERASE, count: count_codes, erase: erase_codes };
pub const PASSWORDS: Kept = Kept { job: ERASE, count: count_passwords, erase: erase_passwords };

pub fn job() -> Job {
    applications::job(ERASE, |cx| Box::pin(applications::erase(cx, APPLICATIONS)))
}

fn count_contacts(tx: &mut Tx) -> BoxFuture<'_, Result<Vec<KeptThings>>> {
    Box::pin(async move {
        let count: i64 = sqlx::query_scalar("select count(*) from (select id from contacts.contact limit $1) few")
            .bind(MOST_COUNTED)
            .fetch_one(tx.db())
            .await?;
        Ok(vec![KeptThings { kind: "contacts", count }])
    })
}

/// With whom they were shared goes with them. That somebody consented to reading the device's book stays theirs to take back.
fn erase_contacts(tx: &mut Tx) -> BoxFuture<'_, Result<u64>> {
    Box::pin(async move {
        let gone = sqlx::query(
            "delete from contacts.contact where id in (select id from contacts.contact order by id limit 500)",
        )
        .execute(tx.db())
        .await?;
        Ok(gone.rows_affected())
    })
}

fn count_codes(tx: &mut Tx) -> BoxFuture<'_, Result<Vec<KeptThings>>> {
    Box::pin(async move {
        let count: i64 = sqlx::query_scalar("select count(*) from (select id from contacts.code limit $1) few")
            .bind(MOST_COUNTED)
            .fetch_one(tx.db())
            .await?;
        Ok(vec![KeptThings { kind: "contact_codes", count }])
    })
}

fn erase_codes(tx: &mut Tx) -> BoxFuture<'_, Result<u64>> {
    Box::pin(async move {
        let gone =
            sqlx::query("delete from contacts.code where id in (select id from contacts.code order by id limit 2000)")
                .execute(tx.db())
                .await?;
        Ok(gone.rows_affected())
    })
}

fn count_passwords(tx: &mut Tx) -> BoxFuture<'_, Result<Vec<KeptThings>>> {
    Box::pin(async move {
        let count: i64 = sqlx::query_scalar("select count(*) from (select id from contacts.app_password limit $1) few")
            .bind(MOST_COUNTED)
            .fetch_one(tx.db())
            .await?;
        Ok(vec![KeptThings { kind: "app_passwords", count }])
    })
}

fn erase_passwords(tx: &mut Tx) -> BoxFuture<'_, Result<u64>> {
    Box::pin(async move {
        let gone = sqlx::query(
            "delete from contacts.app_password
             where id in (select id from contacts.app_password order by id limit 2000)",
        )
        .execute(tx.db())
        .await?;
        Ok(gone.rows_affected())
    })
}
