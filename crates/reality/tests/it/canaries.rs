//! People who do not exist: they are there, in nobody's list, and their words are found wherever they stand in clear.

use chrono::TimeDelta;
use kernel::{Actor, OrgId, SystemTx};
use serde_json::json;

use crate::house::{House, drift};

/// What only the key ring knows.
fn word(house: &House) -> String {
    let code = house.t.app.vault().lookup("reality.canary", None, "word");
    code.iter().take(10).map(|byte| format!("{byte:02x}")).collect()
}

async fn canary(house: &House) -> OrgId {
    sqlx::query_scalar("select org_id from reality.canary").fetch_one(&house.t.admin).await.unwrap()
}

#[tokio::test]
async fn they_are_in_no_list_and_counted_nowhere() {
    let house = House::open().await;
    house.look().await;
    let org = canary(&house).await;
    let mut tx = SystemTx::begin(&house.t.app).await.unwrap();
    let listed = directory::organisations(&mut tx).await.unwrap();
    assert_eq!((listed.len(), directory::organisation_count(&mut tx).await.unwrap()), (2, 2));
    assert!(!listed.contains(&org));
    assert_eq!(directory::org_by_slug_or_id(&mut tx, &org.to_string()).await.unwrap(), None);
    tx.commit().await.unwrap();
    assert!(directory::every_organisation(&house.t.app).await.unwrap().contains(&org), "jobs treat them as everybody");
    let names: i64 =
        sqlx::query_scalar("select count(*) from directory.handle").fetch_one(&house.t.admin).await.unwrap();
    assert_eq!(names, 0, "nobody signs in as one of them");
    let (status, people) = house.t.call(&house.ann, "GET", "/v1/members?query=canary", json!(null)).await;
    assert_eq!((status.as_u16(), &people["items"]), (200, &json!([])), "{people}");
}

#[tokio::test]
async fn their_words_are_found_in_clear_wherever_they_stand() {
    let house = House::open().await;
    house.look().await;
    let (word, org) = (word(&house), canary(&house).await);
    assert_eq!(house.drifts(&house.ann).await, [], "what they are called and say is sealed");
    let mut inside = house.t.app.begin(org, Actor::System).await.unwrap();
    let said: i64 = sqlx::query_scalar("select count(*) from chat.message").fetch_one(inside.db()).await.unwrap();
    assert!(said >= 1);
    sqlx::query("update kernel.outbox set payload = jsonb_build_object('excerpt', $1::text) where pos = 1")
        .bind(format!("canary {word}"))
        .execute(inside.db())
        .await
        .unwrap();
    inside.commit().await.unwrap();
    house.look().await;
    let leaked = drift("canary", "kernel.outbox.payload", 1);
    assert_eq!(house.drifts(&house.ann).await, std::slice::from_ref(&leaked));
    assert_eq!(house.drifts(&house.mia).await, std::slice::from_ref(&leaked), "what belongs to nobody is everybody's");
    assert_eq!(house.read(&house.ann).await["drifts"][0]["of"], "installation");
    // Where people of an organisation have theirs, also as bytes and beside what is sealed.
    house.plant(&house.mia, &format!("update directory.member set profile = profile || '{word}'::bytea")).await;
    house.look().await;
    assert_eq!(house.drifts(&house.ann).await, std::slice::from_ref(&leaked));
    assert_eq!(house.drifts(&house.mia).await, [drift("canary", "directory.member.profile", 1), leaked]);
}

#[tokio::test]
async fn they_speak_again_before_what_they_said_is_over() {
    let house = House::open().await;
    house.look().await;
    let org = canary(&house).await;
    house.t.clock.advance(TimeDelta::days(31));
    house.look().await;
    assert_eq!(canary(&house).await, org);
    let mut inside = house.t.app.begin(org, Actor::System).await.unwrap();
    let said: i64 = sqlx::query_scalar("select count(*) from chat.message").fetch_one(inside.db()).await.unwrap();
    assert!(said >= 2);
    assert_eq!(house.drifts(&house.ann).await, []);
}
