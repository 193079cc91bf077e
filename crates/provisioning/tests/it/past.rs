//! Whom a call shut out before the directory alone knew that calls let them in again.

use serde_json::json;
use sqlx::Connection as _;

use crate::house::{ALL, House};
use crate::off::{card, local, sync};

const TAKEN: &str = include_str!("../../../directory/migrations/20261203090000_let_in_by_calls.sql");
const HERE: &str = include_str!("../../migrations/20261203090001_let_in_by_calls.sql");
const DONE: &str = include_str!("../../../directory/migrations/20261203090002_let_in_by_calls.sql");

/// As it was: the instant stood here, and nothing in the directory.
const BEFORE: &str = "
    alter table provisioning.link no force row level security;
    alter table directory.member no force row level security;
    alter table provisioning.link add column suspended_at timestamptz;
    update provisioning.link set suspended_at = (select state_at from directory.member where id = object_id);
    update directory.member set way_back = 'people';
    alter table provisioning.link force row level security;
    alter table directory.member force row level security";

async fn migrate(house: &House) {
    let mut db = house.t.admin.acquire().await.expect("a connection");
    let mut tx = db.begin().await.expect("a transaction");
    for step in [BEFORE, TAKEN, HERE, DONE] {
        sqlx::raw_sql(step).execute(&mut *tx).await.expect("it is migrated");
    }
    tx.commit().await.expect("a commit");
}

#[tokio::test]
async fn acc_10_whom_a_call_shut_out_before_people_shut_out_as_well_without_letting_them_in() {
    let house = House::open().await;
    let token = house.token(&ALL, &[]).await;
    sync(&house, &token, "suspended").await;
    migrate(&house).await;
    let card_of_bob = card(&house).await;
    assert_eq!((&card_of_bob["state"], &card_of_bob["can"]["suspend"]), (&json!("suspended"), &json!(true)));
    let forced: Vec<bool> = sqlx::query_scalar(
        "select relforcerowsecurity from pg_class
         where oid in ('directory.member'::regclass, 'provisioning.link'::regclass)",
    )
    .fetch_all(&house.t.admin)
    .await
    .unwrap();
    assert_eq!(forced, [true, true], "the boundary stands again");
    assert_eq!(local(&house, "suspend").await, 204);
    let done = sync(&house, &token, "active").await;
    assert_eq!((&done["people"][0]["stays"], &card(&house).await["state"]), (&json!("suspended"), &json!("suspended")));
}

#[tokio::test]
async fn acc_10_whom_people_shut_out_before_no_call_lets_in_afterwards() {
    let house = House::open().await;
    let token = house.token(&ALL, &[]).await;
    sync(&house, &token, "active").await;
    migrate(&house).await;
    assert_eq!(card(&house).await["state"], "active", "who is in stays in");
    assert_eq!(local(&house, "suspend").await, 204);
    let done = sync(&house, &token, "active").await;
    assert_eq!(
        (&done["people"][0]["stays"], &card(&house).await["can"]["suspend"]),
        (&json!("suspended"), &json!(false))
    );
}
