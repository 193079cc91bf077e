//! After sixty days it is gone, also when that was cut (`ORG-09`, `RET-02`, `RET-07`, `DIR-11`, `DEL-03`).

use chrono::TimeDelta;
use kernel::{AccountId, Actor, Bucket, INSTALLATION, MemberId, SystemTx};
use serde_json::{Value, json};

use crate::house::House;

const TURN: TimeDelta = TimeDelta::minutes(10);
const PEOPLE: &str = "select count(*) from directory.member where org_id = $1";
const LOG: &str = "select count(*) from kernel.audit_entry where org_id = $1";
const CHAIN: &str = "select count(*) from kernel.org_clock where org_id = $1";

async fn accounts(house: &House) -> i64 {
    sqlx::query_scalar("select count(*) from identity.account").fetch_one(&house.t.admin).await.unwrap()
}

#[tokio::test]
async fn org_09_ret_07_dir_11_after_sixty_days_its_people_are_gone_and_nobody_elses() {
    let house = House::open().await;
    let (acme, rival) = (house.ann.org, house.mal.org);
    house.dissolve().await;
    house.wait(TimeDelta::days(60) - TURN).await;
    assert_eq!((house.count(acme, PEOPLE).await, accounts(&house).await), (3, 4), "until the last day nothing goes");
    house.wait(TURN + TURN).await;
    assert_eq!((house.count(acme, PEOPLE).await, accounts(&house).await), (0, 1));
    assert!(!house.t.app.vault().has_organisation(acme.0) && house.t.app.vault().has_organisation(rival.0));
    for gone in [&house.ann, &house.bob, &house.eve] {
        assert_eq!(house.sign_in(gone).await, Err("identity.wrong_credentials".to_owned()), "{}", gone.login);
    }
    assert!(house.sign_in(&house.mal).await.is_ok());
    let noted = operators::log(&house.t.app).await.unwrap();
    let noted: Vec<_> = noted.iter().filter(|done| done.act == operators::Act::OrganisationDissolved).collect();
    assert_eq!(noted.iter().map(|done| done.about).collect::<Vec<_>>(), [Some(acme)]);
    // A name is free again.
    let mut tx = house.t.app.begin(rival, Actor::System).await.unwrap();
    let left: i64 = sqlx::query_scalar("select count(*) from directory.organisation").fetch_one(tx.db()).await.unwrap();
    assert_eq!(left, 1);
}

/// The floor of `RET-01` beats every erasure: what was done stays, by nobody.
#[tokio::test]
async fn ret_01_lines_of_the_log_outlive_the_organisation_until_their_own_time_is_over() {
    let house = House::open().await;
    let acme = house.ann.org;
    house.dissolve().await;
    house.wait(TimeDelta::days(60)).await;
    house.wait(TURN).await;
    assert!(house.count(acme, LOG).await > 0);
    let names = "select count(*) from kernel.pseudonym where org_id = $1";
    assert_eq!(house.count(acme, names).await, 0);
    // It is listed for whoever verifies the logs, and is what was written.
    let mut outside = SystemTx::begin(&house.t.app).await.unwrap();
    assert_eq!(dissolution::with_a_log(&mut outside).await.unwrap(), [acme]);
    drop(outside);
    let mut tx = house.t.app.begin(acme, Actor::Operator).await.unwrap();
    assert!(kernel::audit::verify(&mut tx, None).await.unwrap().faults.is_empty());
    drop(tx);
    house.wait(TimeDelta::days(120)).await;
    assert!(house.count(acme, LOG).await > 0);
    house.wait(TimeDelta::days(5)).await;
    house.wait(TimeDelta::hours(1)).await;
    assert_eq!((house.count(acme, LOG).await, house.count(acme, CHAIN).await), (0, 0));
    assert_eq!(house.count(house.mal.org, CHAIN).await, 1);
}

#[tokio::test]
async fn org_09_an_end_that_was_cut_is_gone_on_with() {
    let house = House::open().await;
    let (acme, ann) = (house.ann.org, &house.ann);
    let department = house.done(ann, ("POST", "/v1/departments"), json!({ "name": "Sales" })).await;
    let below = json!({ "name": "Sales abroad", "parent_id": department["id"] });
    house.done(ann, ("POST", "/v1/departments"), below).await;
    let bob = house.done(&house.bob, ("GET", "/v1/me"), Value::Null).await;
    let group = json!({ "kind": "group", "name": "Lunch", "member_ids": [bob["id"]] });
    house.done(ann, ("POST", "/v1/conversations"), group).await;
    house.dissolve().await;
    for statement in [
        "create function directory.refuse() returns trigger language plpgsql as $$ begin raise exception 'cut'; end $$",
        "create trigger cut before delete on directory.department execute function directory.refuse()",
    ] {
        sqlx::query(statement).execute(&house.t.admin).await.unwrap();
    }
    house.wait(TimeDelta::days(60) + TURN).await;
    // The keys are gone, some rows are not, and nobody stumbles over it.
    assert!(!house.t.app.vault().has_organisation(acme.0));
    let departments = "select count(*) from directory.department where org_id = $1";
    assert_eq!(house.count(acme, departments).await, 2);
    assert_eq!(house.sign_in(ann).await, Err("identity.wrong_credentials".to_owned()));
    house.done(&house.again(&house.mal).await, ("GET", "/v1/me"), Value::Null).await;
    sqlx::query("drop trigger cut on directory.department").execute(&house.t.admin).await.unwrap();
    house.wait(TURN).await;
    assert_eq!((house.count(acme, departments).await, house.count(acme, PEOPLE).await), (0, 0));
    let decisions = "select count(*) from hosting.decision where org_id = $1";
    assert_eq!(house.count(acme, decisions).await, 0);
    house.wait(TURN).await;
    let noted = operators::log(&house.t.app).await.unwrap();
    assert_eq!(noted.iter().filter(|done| done.about == Some(acme)).count(), 1, "once");
}

/// A store of files that refuses keeps nothing else, and a key that only a cut erasure knew of goes too.
#[tokio::test]
async fn dir_11_del_03_bytes_that_cannot_be_taken_away_keep_no_row_and_no_key() {
    let house = House::open().await;
    let (acme, vault) = (house.ann.org, house.t.app.vault());
    let left = AccountId(house.t.app.new_id());
    vault.ensure(INSTALLATION, &[Bucket::Object(left.0)]).unwrap();
    house.dissolve().await;
    house.t.clock.advance(TimeDelta::days(60));
    // Its rows were gone when the erasure was cut; crate `erasure` would go on with it tomorrow.
    let deleted = json!({ "run": house.t.app.new_id(), "rows": 3, "keys": 1, "is_account_gone": true });
    let mut tx = house.t.app.begin(acme, Actor::System).await.unwrap();
    sqlx::query("insert into erasure.run (id, member_id, account_id, begun_at, deleted) values ($1, $1, $2, $3, $4)")
        .bind(house.t.app.new_id())
        .bind(left)
        .bind(house.t.app.now() + TimeDelta::days(1))
        .bind(deleted)
        .execute(tx.db())
        .await
        .unwrap();
    sqlx::query("insert into files.blob (id, size, created_at) values ($1, 5, now())")
        .bind(house.t.app.new_id())
        .execute(tx.db())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    for statement in [
        "create function files.refuse() returns trigger language plpgsql as $$ begin raise exception 'cut'; end $$",
        "create trigger cut before delete on files.blob for each row execute function files.refuse()",
    ] {
        sqlx::query(statement).execute(&house.t.admin).await.unwrap();
    }
    house.wait(TURN).await;
    let blobs = "select count(*) from files.blob where org_id = $1";
    let runs = "select count(*) from erasure.run where org_id = $1";
    let decisions = "select count(*) from hosting.decision where org_id = $1";
    assert_eq!((house.count(acme, PEOPLE).await, accounts(&house).await), (0, 1));
    assert_eq!((house.count(acme, runs).await, vault.has(INSTALLATION, &Bucket::Object(left.0)).unwrap()), (0, false));
    assert_eq!((house.count(acme, blobs).await, house.count(acme, decisions).await), (1, 1), "known to be left");
    sqlx::query("drop trigger cut on files.blob").execute(&house.t.admin).await.unwrap();
    house.wait(TURN).await;
    assert_eq!((house.count(acme, blobs).await, house.count(acme, decisions).await), (0, 0));
    // A row that was written too late is found all the same.
    let mut tx = house.t.app.begin(acme, Actor::System).await.unwrap();
    sqlx::query("insert into files.blob (id, size, created_at) values ($1, 5, now())")
        .bind(house.t.app.new_id())
        .execute(tx.db())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    house.wait(TURN).await;
    assert_eq!(house.count(acme, blobs).await, 0);
}

/// `RET-03`, `DEL-03`: nobody of it can ask any more; an operator hands the certificate out.
#[tokio::test]
async fn ret_03_an_organisation_that_is_gone_leaves_a_receipt_for_180_days() {
    let house = House::open().await;
    let acme = house.ann.org;
    let certificate = async || {
        let mut tx = house.t.app.begin(acme, Actor::Operator).await.unwrap();
        receipts::certificate_of_end(&mut tx).await.unwrap()
    };
    // One of them signs in with a phone number.
    let mut tx = house.t.app.begin(acme, Actor::System).await.unwrap();
    let one = "select member_id, account_id from directory.membership where org_id = $1 limit 1";
    let (member, account): (MemberId, AccountId) = sqlx::query_as(one).bind(acme).fetch_one(tx.db()).await.unwrap();
    let phone = Some("+8613812345678");
    directory::set_handle(&mut tx, account, member, directory::HandleKind::Phone, phone).await.unwrap();
    tx.commit().await.unwrap();
    house.dissolve().await;
    house.wait(TimeDelta::days(60) - TURN).await;
    assert!(certificate().await.is_none(), "it is not gone");
    house.wait(TURN + TURN).await;
    house.wait(TURN).await;
    let proven = receipts::verify(&certificate().await.unwrap(), None).unwrap().receipt;
    assert_eq!((proven.class, proven.rule.as_str()), (receipts::Class::Organisation, "RET-02"));
    for table in ["directory.member", "directory.membership", "identity.account"] {
        assert_eq!(proven.rows.get(table), Some(&3), "{table}");
    }
    for table in ["directory.handle_source", "directory.handle"] {
        assert_eq!(proven.rows.get(table), Some(&1), "{table}: the phone number");
    }
    assert_eq!(proven.keys.len(), 4, "its own, and those of the three accounts");
    let left = "select count(*) from receipts.tally where org_id = $1";
    assert_eq!(house.count(acme, left).await, 0);
    house.wait(TimeDelta::days(180) + TimeDelta::hours(1)).await;
    let logs = "select count(*) from receipts.log where org_id = $1";
    assert_eq!((certificate().await.is_none(), house.count(acme, logs).await), (true, 0));
}
