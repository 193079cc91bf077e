//! People go to the day, and whatever the data map says goes with them (`DEL-01`, `DEL-02`, `ACC-11`, `ORG-13`).

use std::collections::BTreeSet;

use chrono::TimeDelta;
use directory::events::PeopleTakenOut;
use directory::{NewMember, Profile, Role, State};
use kernel::{Actor, Bucket, INSTALLATION};
use serde_json::{Value, json};

use crate::house::House;

const SECOND: TimeDelta = TimeDelta::seconds(1);
/// The job looks this often.
const TURN: TimeDelta = TimeDelta::minutes(10);

/// `DIR-11`: of whoever an administrator removed.
#[tokio::test]
async fn del_01_whoever_leaves_is_erased_after_fourteen_days_and_not_a_second_before() {
    let house = House::open().await;
    house.turn(&house.bob, State::Leaving).await;
    house.wait(TimeDelta::days(14) - SECOND).await;
    house.wait(TimeDelta::zero()).await;
    assert_eq!(house.state(&house.bob).await, Some(State::Leaving));
    house.wait(SECOND + TURN).await;
    assert_eq!(house.state(&house.bob).await, Some(State::Erased), "from now on nothing leads back");
    house.wait(TURN).await;
    assert_eq!(house.state(&house.bob).await, None);
    assert_eq!(house.state(&house.eve).await, Some(State::Active));
}

/// `DIR-11`: of whoever's time of disabling is over.
#[tokio::test]
async fn del_02_whoever_is_disabled_comes_to_leave_and_is_let_in_again_until_the_end() {
    let house = House::open().await;
    house.turn(&house.bob, State::Disabled).await;
    house.turn(&house.eve, State::Disabled).await;
    house.wait(TimeDelta::days(27)).await;
    assert_eq!(house.state(&house.bob).await, Some(State::Disabled));
    house.wait(TimeDelta::days(5)).await;
    assert_eq!(house.state(&house.bob).await, Some(State::Leaving), "a calendar month is over");
    assert_eq!(house.told("directory.member_leaving").await.len(), 2, "whoever sees to leavers is told");
    house.turn(&house.eve, State::Active).await;
    house.wait(TimeDelta::days(14)).await;
    house.wait(TURN).await;
    house.wait(TURN).await;
    assert_eq!(house.state(&house.bob).await, None);
    assert_eq!(house.state(&house.eve).await, Some(State::Active));
}

#[tokio::test]
async fn del_01_what_the_data_map_says_about_them_goes_and_no_key_of_theirs_opens_anything() {
    let house = House::open().await;
    let (ann, bob, eve) = (&house.ann, &house.bob, &house.eve);
    let me = json!({ "phone": "13812345678", "email": "bob@acme.example", "signature": "canary" });
    house.ask(bob, ("PATCH", "/v1/me"), me, 200).await;
    let group = house.group(bob, &[ann, eve]).await;
    house.say(bob, &group, "what Bob wrote stays for the others").await;
    house.say(eve, &group, "and this too").await;
    let pair = house.talk(eve, json!({ "kind": "direct", "member_id": bob.id })).await;
    house.say(eve, &pair, "between two").await;
    let draft = json!({ "text": "not sent" });
    house.ask(bob, ("PUT", &format!("/v1/conversations/{group}/draft")), draft, 204).await;
    let before = house.stands_in(bob.id.0).await;
    for table in ["chat.draft", "chat.direct", "chat.member", "directory.member", "directory.handle_source"] {
        assert!(before.contains(table), "{table}");
    }

    house.turn(bob, State::Leaving).await;
    house.wait(TimeDelta::days(14)).await;
    house.wait(TURN).await;
    house.wait(TURN).await;

    // What they wrote, and what others were told of them, for ninety and for thirty days: an id that leads to nobody.
    let of_others = BTreeSet::from(["chat.message", "inbox.notification", "kernel.outbox"].map(str::to_owned));
    assert_eq!(house.stands_in(bob.id.0).await, of_others);
    assert_eq!(house.stands_in(bob.account.0).await, BTreeSet::new());
    let vault = house.t.app.vault();
    assert!(!vault.has(house.acme.0, &Bucket::Member(bob.id.0)).unwrap());
    assert!(!vault.has(INSTALLATION, &Bucket::Object(bob.account.0)).unwrap());
    assert!(vault.has(house.acme.0, &Bucket::Member(eve.id.0)).unwrap());

    // The number is free again, the group has its owner, the conversation of two its end; what was said is still there.
    house.ask(eve, ("PATCH", "/v1/me"), json!({ "phone": "13812345678" }), 200).await;
    let mut roles = Vec::new();
    for one in [ann, eve] {
        let seen = house.ask(one, ("GET", &format!("/v1/conversations/{group}")), Value::Null, 200).await;
        assert_eq!(seen["member_count"], json!(2));
        roles.push(seen["my"]["role"].as_str().unwrap().to_owned());
    }
    roles.sort_unstable();
    assert_eq!(roles, ["member", "owner"], "both came in at once; one of them looks after it now");
    let page = house.ask(ann, ("GET", &format!("/v1/conversations/{group}/messages")), Value::Null, 200).await;
    let texts: Vec<_> =
        page["items"].as_array().unwrap().iter().filter_map(|one| one["body"]["text"].as_str()).collect();
    assert!(texts.contains(&"what Bob wrote stays for the others"), "{texts:?}");
    let seen = house.ask(eve, ("GET", &format!("/v1/conversations/{pair}")), Value::Null, 200).await;
    assert_eq!((&seen["can"]["send"], &seen["peer_id"]), (&json!(false), &Value::Null));
    let told = house.told("erasure.member_erased").await;
    assert_eq!(told.len(), 1);
    // The member, the membership, the pair and the pseudonym; places in conversations, drafts and handles went before.
    assert!(told[0]["rows"].as_u64().unwrap() >= 4, "{told:?}");
    assert_eq!(told[0]["is_account_gone"], json!(true));
}

#[tokio::test]
async fn org_13_who_left_is_gone_and_what_they_wrote_goes_in_the_time_the_administrator_set() {
    let house = House::open().await;
    let (ann, bob, eve) = (&house.ann, &house.bob, &house.eve);
    house.t.keep_chat(ann.org, 180).await;
    let group = house.group(ann, &[bob, eve]).await;
    house.say(bob, &group, "what Bob wrote").await;
    let words = async || {
        let page = house.ask(eve, ("GET", &format!("/v1/conversations/{group}/messages")), Value::Null, 200).await;
        let items = page["items"].as_array().unwrap().iter();
        items.filter_map(|one| one["body"]["text"].as_str().map(str::to_owned)).collect::<Vec<_>>()
    };
    house.turn(bob, State::Leaving).await;
    for time in [TimeDelta::days(14), TURN, TURN, TimeDelta::days(160)] {
        house.wait(time).await;
    }
    assert_eq!(house.state(bob).await, None, "who that was nobody can tell any more");
    assert!(house.stands_in(bob.id.0).await.contains("chat.message"));
    assert_eq!(words().await, ["what Bob wrote"], "a hundred and eighty days, as Ann set it");
    for time in [TimeDelta::days(7), TURN, TURN] {
        house.wait(time).await;
    }
    assert_eq!(words().await, Vec::<String>::new());
    assert_eq!(house.stands_in(bob.id.0).await, BTreeSet::new());
    assert_eq!(house.state(eve).await, Some(State::Active));
}

#[tokio::test]
async fn org_14_an_account_that_another_organisation_has_stays_there() {
    let house = House::open().await;
    let rival = house.t.org("rival").await;
    let mut tx = house.t.app.begin(rival, Actor::System).await.unwrap();
    let profile = Profile { name: "Bob".into(), user_id: Some("bob2".into()), ..Profile::default() };
    let account = house.bob.account;
    let new = NewMember { account, profile, role: Role::Owner, state: State::Active, department_ids: Vec::new() };
    directory::add_member(&mut tx, new).await.unwrap();
    tx.commit().await.unwrap();

    house.turn(&house.bob, State::Leaving).await;
    house.wait(TimeDelta::days(14)).await;
    house.wait(TURN).await;
    house.wait(TURN).await;
    assert_eq!(house.state(&house.bob).await, None);
    assert!(house.stands_in(account.0).await.contains("directory.membership"));
    assert_eq!(house.told("erasure.member_erased").await[0]["is_account_gone"], json!(false));
}

#[tokio::test]
async fn an_erasure_that_was_cut_after_the_keys_is_finished_the_next_time() {
    let house = House::open().await;
    let bob = &house.bob;
    house.group(bob, &[&house.eve]).await;
    house.turn(bob, State::Leaving).await;
    house.wait(TimeDelta::days(14)).await;
    assert_eq!(house.state(bob).await, Some(State::Erased));
    house.t.app.vault().destroy(house.acme.0, &[Bucket::Member(bob.id.0)]).unwrap();
    // Meanwhile nobody stumbles over what cannot be opened any more.
    let people = house.ask(&house.ann, ("GET", "/v1/members"), Value::Null, 200).await;
    assert_eq!(people["items"].as_array().unwrap().len(), 2);
    house.wait(TURN).await;
    assert_eq!(house.state(bob).await, None);
    assert!(!house.stands_in(bob.id.0).await.contains("chat.member"));
    house.wait(TURN).await;
    assert_eq!(house.told("erasure.member_erased").await.len(), 1, "once");
}

#[tokio::test]
async fn whom_an_undone_import_took_out_is_gone_from_everywhere_else_too() {
    let house = House::open().await;
    let (ann, bob) = (&house.ann, &house.bob);
    let pair = house.talk(ann, json!({ "kind": "direct", "member_id": bob.id })).await;
    house.say(ann, &pair, "welcome, whoever you are").await;
    let mut tx = house.begin().await;
    for gone in ["delete from directory.member where id = $1", "delete from directory.membership where member_id = $1"]
    {
        sqlx::query(gone).bind(bob.id).execute(tx.db()).await.unwrap();
    }
    tx.emit(&PeopleTakenOut { people: vec![(bob.id, bob.account)], departments: Vec::new() }).unwrap();
    tx.commit().await.unwrap();
    house.wait(TimeDelta::zero()).await;
    house.wait(TURN).await;
    house.wait(TURN).await;
    let told = house.told("erasure.member_erased").await;
    assert_eq!((told.len(), &told[0]["is_account_gone"]), (1, &json!(true)));
    assert!(!house.stands_in(bob.id.0).await.contains("erasure.run"));
}

/// `RET-03`: what the receipt says is what was there.
#[tokio::test]
async fn ret_03_whoever_is_erased_leaves_a_receipt_that_proves_it_and_does_not_say_who() {
    let house = House::open().await;
    let (ann, bob, eve) = (&house.ann, &house.bob, &house.eve);
    let group = house.group(bob, &[eve]).await;
    let draft = json!({ "text": "not sent" });
    house.ask(bob, ("PUT", &format!("/v1/conversations/{group}/draft")), draft, 204).await;
    let me = json!({ "phone": "13812345678", "email": "bob@acme.example" });
    house.ask(bob, ("PATCH", "/v1/me"), me, 200).await;
    let key = house.t.app.vault().name(house.acme.0, Bucket::Member(bob.id.0)).unwrap();
    house.turn(bob, State::Leaving).await;
    house.wait(TimeDelta::days(14)).await;
    let before = house.ask(ann, ("GET", "/v1/erasure/receipts"), Value::Null, 200).await;
    assert_eq!(before["items"], json!([]), "it is not done yet");
    house.wait(TURN).await;
    house.wait(TURN).await;
    let page = house.ask(ann, ("GET", "/v1/erasure/receipts"), Value::Null, 200).await;
    let items = page["items"].as_array().unwrap();
    assert_eq!((items.len(), &items[0]["class"], &items[0]["rule"]), (1, &json!("member"), &json!("RET-08")));
    let rows = &items[0]["rows"];
    assert!(rows["directory.member"] == json!(1) && rows["chat.draft"].is_u64(), "the whole plan is in it: {rows}");
    for table in ["directory.handle_source", "directory.handle"] {
        assert_eq!(rows[table], json!(2), "{table}: the number and the address");
    }
    let told = &house.told("erasure.member_erased").await[0]["rows"];
    let counted: u64 = rows.as_object().unwrap().values().filter_map(Value::as_u64).sum();
    assert_eq!(Some(counted), told.as_u64(), "nothing was written about them meanwhile");

    let certificate = house.ask(ann, ("GET", "/v1/erasure/receipts/0/certificate"), Value::Null, 200).await;
    for id in [bob.id.0, bob.account.0, house.acme.0] {
        assert!(!certificate.to_string().contains(&id.to_string()), "{certificate}");
    }
    let proven = receipts::verify(&serde_json::from_value(certificate).unwrap(), None).unwrap();
    let digits: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    assert!(proven.receipt.keys.contains(&digits), "their own key, and that of their account");
    assert_eq!(proven.receipt.keys.len(), 2);
}

/// A turn was cut before its last step. Then an older key ring was put back, and somebody who had not heard of it wrote a row with a
/// key of its own.
#[tokio::test]
async fn del_01_a_key_that_is_there_again_and_one_that_came_too_late_go_with_the_last_step() {
    let house = House::open().await;
    let (bob, vault) = (&house.bob, house.t.app.vault());
    house.turn(bob, State::Leaving).await;
    house.wait(TimeDelta::days(14)).await;
    let (own, late) = (Bucket::Member(bob.id.0), house.t.app.new_id());
    vault.ensure(house.acme.0, &[own, Bucket::Object(late)]).unwrap();
    let mut tx = house.begin().await;
    let run: uuid::Uuid = sqlx::query_scalar("select id from erasure.run").fetch_one(tx.db()).await.unwrap();
    let key = vault.name(house.acme.0, own).unwrap();
    receipts::note(&mut tx, receipts::Run::Member(run), &[("directory.member", 1)], &[key]).await.unwrap();
    let deleted = json!({ "run": run, "rows": 1, "keys": 1, "is_account_gone": false });
    sqlx::query("update erasure.run set deleted = $1").bind(deleted).execute(tx.db()).await.unwrap();
    sqlx::query(
        "insert into files.upload (id, member_id, blob_id, name, length, created_at, expires_at)
         values ($1, $2, $1, '', 1, $3, $4)",
    )
    .bind(late)
    .bind(bob.id)
    .bind(house.t.app.now())
    .bind(house.t.app.now() + TimeDelta::days(1))
    .execute(tx.db())
    .await
    .unwrap();
    tx.commit().await.unwrap();
    house.wait(TURN).await;
    assert!(!vault.has(house.acme.0, &own).unwrap() && !vault.has(house.acme.0, &Bucket::Object(late)).unwrap());
    let page = house.ask(&house.ann, ("GET", "/v1/erasure/receipts"), Value::Null, 200).await;
    assert_eq!((&page["items"][0]["keys"], &page["items"][0]["rows"]["files.upload"]), (&json!(2), &json!(1)));
}

/// GDPR 18 (1) (c): they may need what is kept of them.
#[tokio::test]
async fn dsr_04_nobody_is_erased_whose_data_is_frozen_until_it_is_used_again() {
    let house = House::open().await;
    house.t.freeze(&house.bob).await;
    for who in [&house.bob, &house.eve] {
        house.turn(who, State::Leaving).await;
    }
    house.wait(TimeDelta::days(14)).await;
    house.wait(TURN).await;
    house.wait(TURN).await;
    assert_eq!((house.state(&house.bob).await, house.state(&house.eve).await), (Some(State::Leaving), None));
    house.t.thaw(&house.bob).await;
    house.wait(TURN).await;
    house.wait(TURN).await;
    assert_eq!(house.state(&house.bob).await, None);
}
