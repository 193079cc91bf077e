//! An administrator's "off" holds in whatever order a register and people speak (expectations B.1).

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::house::{ALL, House};
use crate::upsert::outcomes;

/// Who shut Bob out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Off {
    Nobody,
    Call,
    Here,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    SyncOff,
    SyncOn,
    LocalOff,
    LocalOn,
}

const EACH: [Said; 4] = [Said::SyncOff, Said::SyncOn, Said::LocalOff, Said::LocalOn];

/// Where it leads, and how an administrator is answered.
fn expected(off: Off, said: Said) -> (Off, u16) {
    match (said, off) {
        (Said::SyncOff, Off::Nobody) => (Off::Call, 200),
        (Said::SyncOn, Off::Call) => (Off::Nobody, 200),
        (Said::SyncOff | Said::SyncOn, same) => (same, 200),
        (Said::LocalOff, Off::Here) => (Off::Here, 409),
        (Said::LocalOff, _) => (Off::Here, 204),
        (Said::LocalOn, Off::Nobody) => (Off::Nobody, 409),
        (Said::LocalOn, _) => (Off::Nobody, 204),
    }
}

/// Every order of these.
fn orders(left: &[Said]) -> Vec<Vec<Said>> {
    if left.is_empty() {
        return vec![Vec::new()];
    }
    let begun_with = |first: &Said| {
        let rest: Vec<Said> = left.iter().copied().filter(|one| one != first).collect();
        orders(&rest).into_iter().map(|rest| [vec![*first], rest].concat()).collect::<Vec<_>>()
    };
    left.iter().flat_map(begun_with).collect()
}

pub async fn sync(house: &House, token: &str, state: &str) -> Value {
    house.t.clock.advance(TimeDelta::seconds(1));
    let row = json!({ "people": [{ "external_id": "P9", "name": "Bob", "user_id": "bob", "state": state }] });
    let (status, done) = house.upsert(token, row).await;
    assert_eq!(status, 200, "{done}");
    done
}

pub async fn local(house: &House, operation: &str) -> u16 {
    house.t.clock.advance(TimeDelta::seconds(1));
    house.prove(&house.ann).await;
    let path = format!("/v1/members/{}/{operation}", house.bob.id);
    house.t.call(&house.ann, "POST", &path, json!({})).await.0.as_u16()
}

pub async fn card(house: &House) -> Value {
    house.t.call(&house.ann, "GET", &format!("/v1/members/{}", house.bob.id), json!(null)).await.1
}

async fn say(house: &House, token: &str, off: Off, said: Said) -> Off {
    let (after, status) = expected(off, said);
    match said {
        Said::SyncOff | Said::SyncOn => {
            let done = sync(house, token, if said == Said::SyncOff { "suspended" } else { "active" }).await;
            let outcome = if after == off { "unchanged" } else { "changed" };
            assert_eq!(outcomes(&done, "people"), [outcome], "{off:?} {said:?}");
            let is_passed_over = said == Said::SyncOn && off == Off::Here;
            let stays = if is_passed_over { json!("suspended") } else { Value::Null };
            assert_eq!(done["people"][0]["stays"], stays, "{off:?} {said:?}");
        }
        Said::LocalOff => assert_eq!(local(house, "suspend").await, status, "{off:?}"),
        Said::LocalOn => assert_eq!(local(house, "resume").await, status, "{off:?}"),
    }
    let card = card(house).await;
    assert_eq!(card["state"], if after == Off::Nobody { "active" } else { "suspended" }, "{off:?} {said:?}");
    assert_eq!(card["can"]["suspend"], after != Off::Here, "offered where it does something: {off:?} {said:?}");
    assert_eq!(card["can"]["resume"], after != Off::Nobody);
    after
}

#[tokio::test]
async fn acc_10_in_every_order_only_people_undo_what_people_said() {
    let house = House::open().await;
    let token = house.token(&ALL, &[]).await;
    // The person is known to the register.
    sync(&house, &token, "active").await;
    let all = orders(&EACH);
    assert_eq!(all.len(), 24);
    for order in all {
        let mut off = Off::Nobody;
        // Twice over: what was said before decides nothing that people said since.
        for said in order.iter().chain(&order) {
            off = say(&house, &token, off, *said).await;
        }
        if off != Off::Nobody {
            say(&house, &token, off, Said::LocalOn).await;
        }
    }
}

#[tokio::test]
async fn acc_10_an_off_over_that_of_a_call_is_audited_and_acts_as_any_other() {
    let house = House::open().await;
    let token = house.token(&ALL, &[]).await;
    sync(&house, &token, "suspended").await;
    assert_eq!(
        house.t.call(&house.bob, "POST", &format!("/v1/members/{}/suspend", house.bob.id), json!({})).await.0,
        403
    );
    assert_eq!(local(&house, "suspend").await, 204);
    let (_, log) = house.t.call(&house.ann, "GET", "/v1/audit?name=directory.member_suspended", json!(null)).await;
    let kinds: Vec<&str> =
        log["items"].as_array().unwrap().iter().map(|one| one["actor"]["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["member", "application"], "{log}");
    assert_eq!(log["items"][0]["actor"]["id"], json!(house.ann.id));
}

/// Disabled and removed by hand is so by hand, whoever was first.
#[tokio::test]
async fn acc_11_del_01_disabling_and_removing_hold_over_a_call_as_well() {
    let house = House::open().await;
    let all: Vec<&str> = ALL.into_iter().chain(["people.remove"]).collect();
    let token = house.token(&all, &[]).await;
    sync(&house, &token, "active").await;
    let kept = async |state: &str| {
        let done = sync(&house, &token, "active").await;
        assert_eq!(
            (outcomes(&done, "people"), &done["people"][0]["stays"]),
            (vec!["unchanged".to_owned()], &json!(state))
        );
        assert_eq!(card(&house).await["state"], state);
        assert_eq!(local(&house, "resume").await, 204);
    };
    for (operation, state) in [("disable", "disabled"), ("remove", "leaving")] {
        sync(&house, &token, "suspended").await;
        assert_eq!(local(&house, operation).await, 204);
        kept(state).await;
    }
    // Sent away by a call, and removed by hand: the fourteen days go on as they began, and no call lets him in.
    sync(&house, &token, "left").await;
    let until = card(&house).await["state_until"].clone();
    assert!(until.is_string());
    assert_eq!(local(&house, "suspend").await, 409, "whoever leaves is out already");
    assert_eq!(card(&house).await["can"]["remove"], true);
    assert_eq!(local(&house, "remove").await, 204);
    assert_eq!(card(&house).await["state_until"], until);
    assert_eq!((local(&house, "remove").await, &card(&house).await["can"]["remove"]), (409, &json!(false)));
    kept("leaving").await;
    // What only a call did, only a call undoes: nobody here said anything.
    sync(&house, &token, "left").await;
    let done = sync(&house, &token, "active").await;
    assert_eq!(
        (outcomes(&done, "people"), &card(&house).await["state"]),
        (vec!["changed".to_owned()], &json!("active"))
    );
    // Suspended by hand and then sent away by a call: still by hand.
    assert_eq!(local(&house, "suspend").await, 204);
    sync(&house, &token, "left").await;
    assert_eq!(local(&house, "remove").await, 409, "no call lets him in, so there is nothing to say");
    kept("leaving").await;
}

/// When somebody's "off" began is not moved by an administrator who makes it their own.
#[tokio::test]
async fn acc_10_an_off_of_ones_own_began_when_the_call_shut_them_out() {
    let house = House::open().await;
    let all: Vec<&str> = ALL.into_iter().chain(["people.remove"]).collect();
    let token = house.token(&all, &[]).await;
    let since = async || {
        let mut tx = house.t.app.begin(house.ann.org, kernel::Actor::System).await.unwrap();
        directory::member_state_since(&mut tx, house.bob.id).await.unwrap().1
    };
    for (state, operation) in [("suspended", "suspend"), ("left", "remove")] {
        sync(&house, &token, state).await;
        let began = since().await;
        assert_eq!(began, house.t.app.now());
        assert_eq!(local(&house, operation).await, 204);
        assert!(house.t.app.now() > began);
        assert_eq!(since().await, began, "{operation}");
        assert_eq!(local(&house, "resume").await, 204);
    }
}

/// Also code that forgot to ask gets no proof for a call over what people said.
#[tokio::test]
async fn acc_10_nothing_lets_a_call_undo_what_people_said() {
    let house = House::open().await;
    let by_call = async |to: directory::State| {
        let mut tx = house.t.app.begin(house.ann.org, kernel::Actor::Member(house.ann.id)).await.unwrap();
        let proof = directory::TurnableMember::load_by_call(&mut tx, house.bob.id, to).await?;
        directory::turn(&mut tx, &proof, 1).await?;
        tx.commit().await
    };
    let is_refused = |done: kernel::Result<()>| matches!(done, Err(kernel::Error::Conflict(_)));
    let (on, off, left) = (directory::State::Active, directory::State::Suspended, directory::State::Leaving);
    by_call(off).await.unwrap();
    assert!(is_refused(by_call(off).await), "it makes nothing its own");
    by_call(on).await.unwrap();
    assert_eq!(local(&house, "suspend").await, 204);
    assert!(is_refused(by_call(on).await));
    by_call(left).await.unwrap();
    assert!(is_refused(by_call(on).await), "sent away over what people said");
    assert_eq!(card(&house).await["state"], "leaving");
}
