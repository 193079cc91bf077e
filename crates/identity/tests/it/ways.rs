//! Every way from one state of a person to another, and that there is no other (crate `access`, `state.rs`, `ACC-10`, `ACC-11`,
//! `ACC-12`, `DEL-01`, `DEL-02`).

use chrono::{DateTime, TimeDelta, Utc};
use directory::{By, Clock, Ends, State, WAYS};
use serde_json::{Value, json};

use crate::browser::{ANNS, Browser, OTHER, add, ann, app, bob, why_cut};

/// What an administrator calls to get somebody there.
fn operation(to: State) -> Option<(&'static str, Value)> {
    match to {
        State::Suspended => Some(("suspend", json!({}))),
        State::Disabled => Some(("disable", json!({ "months": 1 }))),
        State::Leaving => Some(("remove", Value::Null)),
        State::Active => Some(("resume", Value::Null)),
        State::Invited | State::Erased => None,
    }
}

async fn prove(who: &mut Browser<'_>) {
    assert_eq!(who.post("/v1/session/proof", json!({ "password": ANNS })).await.0, 204);
}

/// Puts somebody there by hand, with nothing that would belong to it.
async fn stand(t: &testkit::TestApp, who: &Browser<'_>, id: &str, state: State) {
    let mut tx = t.app.begin(who.person().org, kernel::Actor::System).await.unwrap();
    sqlx::query("update directory.member set state = $2 where id = $1::uuid")
        .bind(id)
        .bind(state)
        .execute(tx.db())
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

/// Has Ann take somebody from here to there; whether there is such a way.
async fn walk(t: &testkit::TestApp, ann: &mut Browser<'_>, (from, to): (State, State)) -> bool {
    let Some((operation, body)) = operation(to) else { return false };
    let org = ann.person().org;
    let name = format!("nr{}", t.app.new_id().simple());
    let (id, initial) = add(ann, &name, &name).await;
    let mut who = Browser::at(t, [198, 51, 100, 7]);
    who.sign_in(&name, &initial).await;
    who.settle(&initial, OTHER).await;
    stand(t, ann, &id, from).await;
    let window = who.window();
    prove(ann).await;
    let before = t.events(org).await.len();
    let (status, answer) = ann.post(&format!("/v1/members/{id}/{operation}"), body).await;
    let Some(way) = from.way(to).filter(|way| way.permission().is_some()) else {
        assert!([404, 409].contains(&status), "{from:?} to {to:?}: {status} {answer}");
        assert_eq!(t.events(org).await.len(), before, "nothing happened, and nothing is said");
        assert!(!window.is_cut());
        return false;
    };
    assert_eq!(status, 204, "{from:?} to {to:?}: {answer}");
    let said = t.events(org).await.split_off(before);
    assert!(said.contains(&way.receipt.to_owned()), "{from:?} to {to:?} says {said:?}");
    let (_, seen) = ann.get(&format!("/v1/members/{id}")).await;
    assert_eq!(seen["state"], json!(to));
    assert_eq!(seen["state_until"].is_string(), way.clock != Clock::None, "{seen}");
    assert_eq!(window.is_cut(), way.ends == Ends::Access, "{from:?} to {to:?}");
    let (status, answer) = who.try_sign_in(&name, OTHER).await;
    match to.told() {
        Some(told) => assert_eq!((status, answer["code"].as_str()), (403, Some(told))),
        None => assert_eq!(status, 201, "{answer}"),
    }
    true
}

#[tokio::test]
async fn every_way_is_walked_with_all_that_belongs_to_it_and_no_other_leads_anywhere() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let mut walked = 0;
    for from in State::ALL {
        for to in State::ALL {
            walked += usize::from(walk(&t, &mut ann, (from, to)).await);
        }
    }
    let by_people = WAYS.iter().filter(|way| way.permission().is_some()).count();
    assert_eq!(walked, by_people, "each of them, once");
}

/// What only the program does, no operation does; and no way but those of the table is open to the program either.
#[tokio::test]
async fn the_program_goes_the_ways_of_the_table_and_no_other() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let org = ann.person().org;
    let (id, _) = add(&mut ann, "Bob", "bob").await;
    for from in State::ALL {
        for to in State::ALL {
            stand(&t, &ann, &id, from).await;
            let mut tx = t.app.begin(org, kernel::Actor::System).await.unwrap();
            let done = directory::set_state(&mut tx, id.parse().unwrap(), to).await;
            assert_eq!(done.is_ok(), from.leads_to(to), "{from:?} to {to:?}");
        }
    }
}

#[tokio::test]
async fn acc_11_a_period_is_of_calendar_months_and_del_01_leaving_takes_fourteen_days() {
    let t = app().await;
    t.clock.set("2027-01-31T04:00:00Z".parse().unwrap());
    let mut ann = ann(&t).await;
    let (id, _) = bob(&mut ann).await;
    let until = async |ann: &mut Browser<'_>| {
        let (_, seen) = ann.get(&format!("/v1/members/{id}")).await;
        seen["state_until"].as_str().unwrap().parse::<DateTime<Utc>>().unwrap()
    };
    for (months, expected) in [(1, "2027-02-28T04:00:00Z"), (12, "2028-01-31T04:00:00Z")] {
        let (status, answer) = ann.post(&format!("/v1/members/{id}/disable"), json!({ "months": months })).await;
        assert_eq!(status, 204, "{answer}");
        assert_eq!(until(&mut ann).await, expected.parse::<DateTime<Utc>>().unwrap());
        assert_eq!(ann.post(&format!("/v1/members/{id}/resume"), Value::Null).await.0, 204);
        assert_eq!(ann.get(&format!("/v1/members/{id}")).await.1["state_until"], Value::Null);
    }
    for months in [0, 13] {
        let (status, answer) = ann.post(&format!("/v1/members/{id}/disable"), json!({ "months": months })).await;
        assert_eq!((status, &answer["field"]), (422, &json!("months")));
    }
    prove(&mut ann).await;
    assert_eq!(ann.post(&format!("/v1/members/{id}/remove"), Value::Null).await.0, 204);
    assert_eq!(until(&mut ann).await - t.app.now(), TimeDelta::days(14));
}

#[tokio::test]
async fn acc_12_removing_somebody_takes_the_password_again_and_the_right_to_remove() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let (id, _) = bob(&mut ann).await;
    let (status, answer) = ann.post(&format!("/v1/members/{id}/remove"), Value::Null).await;
    assert_eq!((status, &answer["code"]), (403, &json!("identity.prove_again")));

    // Who may suspend may neither disable nor remove, nor undo it.
    let (eve_id, initial) = add(&mut ann, "Eve", "eve").await;
    let security = directory::BuiltIn::SecurityAdministrator.id();
    let given = ann.post("/v1/role-grants", json!({ "member_id": eve_id, "role_id": security })).await;
    assert_eq!(given.0, 201, "{}", given.1);
    let mut eve = Browser::at(&t, [198, 51, 100, 8]);
    eve.sign_in("eve", &initial).await;
    eve.settle(&initial, OTHER).await;
    let may = async |eve: &mut Browser<'_>, operation: &str| {
        eve.post(&format!("/v1/members/{id}/{operation}"), json!({})).await.0
    };
    assert_eq!((may(&mut eve, "disable").await, may(&mut eve, "remove").await), (403, 403));
    assert_eq!(ann.post(&format!("/v1/members/{id}/disable"), json!({})).await.0, 204);
    assert_eq!(may(&mut eve, "resume").await, 403, "what who may remove did, who may suspend does not undo");
    assert_eq!(ann.post(&format!("/v1/members/{id}/resume"), Value::Null).await.0, 204);
    assert_eq!(may(&mut eve, "suspend").await, 204);
    assert_eq!(may(&mut eve, "resume").await, 204);
    let (_, seen) = eve.get(&format!("/v1/members/{id}")).await;
    assert_eq!((&seen["can"]["suspend"], &seen["can"]["disable"]), (&json!(true), &json!(false)));
    let own = ann.person().id;
    assert_eq!(ann.post(&format!("/v1/members/{own}/disable"), json!({})).await.0, 403, "never oneself");
}

#[tokio::test]
async fn org_03_an_owner_is_an_owner_no_more_before_they_are_disabled_or_leave() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let (id, mut bob) = bob(&mut ann).await;
    let mut tx = t.app.begin(ann.person().org, kernel::Actor::System).await.unwrap();
    sqlx::query(
        "insert into directory.role_grant (id, member_id, role_id, given_at) select gen_random_uuid(), $1::uuid, $2, now()",
    )
    .bind(&id)
    .bind(directory::BuiltIn::Owner.id())
    .execute(tx.db())
    .await
    .unwrap();
    sqlx::query("update directory.member set role = 'owner' where id = $1::uuid")
        .bind(&id)
        .execute(tx.db())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let (_, seen) = ann.get(&format!("/v1/members/{id}")).await;
    assert_eq!((&seen["can"]["disable"], &seen["can"]["remove"]), (&json!(false), &json!(false)));
    prove(&mut ann).await;
    for operation in ["disable", "remove"] {
        let (status, answer) = ann.post(&format!("/v1/members/{id}/{operation}"), json!({})).await;
        assert_eq!((status, &answer["code"]), (409, &json!("directory.owner_needs_second")), "{operation}");
    }
    assert_eq!(ann.call("PATCH", "/v1/organisation", json!({ "lets_people_leave": true })).await.0, 200);
    assert_eq!(bob.post("/v1/session/proof", json!({ "password": OTHER })).await.0, 204);
    let (status, answer) = bob.post("/v1/me/leave", Value::Null).await;
    assert_eq!((status, &answer["code"]), (409, &json!("directory.owner_needs_second")));
}

#[tokio::test]
async fn acc_12_people_leave_by_themselves_where_the_organisation_lets_them() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let (id, mut bob) = bob(&mut ann).await;
    let (_, link) = ann.post("/v1/invitations", json!({})).await;
    assert!(link["token"].is_string());
    assert_eq!(bob.post("/v1/session/proof", json!({ "password": OTHER })).await.0, 204);
    assert_eq!(bob.post("/v1/me/leave", Value::Null).await.0, 403, "it does not unless it says so");
    assert_eq!(ann.call("PATCH", "/v1/organisation", json!({ "lets_people_leave": true })).await.0, 200);
    t.clock.advance(TimeDelta::minutes(11));
    let (status, answer) = bob.post("/v1/me/leave", Value::Null).await;
    assert_eq!((status, &answer["code"]), (403, &json!("identity.prove_again")));
    assert_eq!(bob.post("/v1/session/proof", json!({ "password": OTHER })).await.0, 204);
    let window = bob.window();
    assert_eq!(bob.post("/v1/me/leave", Value::Null).await.0, 204);
    assert!(window.is_cut());
    assert_eq!(why_cut(&window).await, "suspended", "signing in says why");
    assert_eq!(bob.get("/v1/me").await.0, 401);
    assert_eq!(bob.try_sign_in("bob", OTHER).await.1["code"], "identity.leaving");
    let way = State::Active.way(State::Leaving).unwrap();
    assert!(way.by.contains(&By::Oneself));
    let (_, people) = ann.get("/v1/members?state=active").await;
    assert_eq!(people["items"].as_array().unwrap().len(), 1, "not among those who work here");
    assert_eq!(ann.get(&format!("/v1/members/{id}")).await.1["state"], "leaving");
    assert_eq!(ann.post(&format!("/v1/members/{id}/resume"), Value::Null).await.0, 204);
    bob.sign_in("bob", OTHER).await;
}

/// The node that does it acts with the commit; every other one by the row it reads twice a second.
#[tokio::test]
async fn a_node_that_only_reads_that_somebody_was_shut_out_cuts_their_windows_too() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let (_, bob) = bob(&mut ann).await;
    let (window, other) = (bob.window(), ann.window());
    let person = bob.person();
    sqlx::query(
        "insert into identity.revocation (id, org_id, member_id, code, at) values ($1, $2, $3, 'suspended', $4)",
    )
    .bind(t.app.new_id())
    .bind(person.org)
    .bind(person.id)
    .bind(t.app.now())
    .execute(&t.admin)
    .await
    .unwrap();
    identity::apply_revocations(&t.app).await.unwrap();
    assert_eq!(why_cut(&window).await, "suspended");
    assert!(!other.is_cut());
}

#[tokio::test]
async fn acc_10_links_to_join_end_with_the_access_of_whoever_made_them() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let (_, added) = ann.post("/v1/members", json!({ "name": "Eve", "user_id": "eve", "role": "administrator" })).await;
    let (id, initial) = (added["member"]["id"].as_str().unwrap(), added["initial_password"].as_str().unwrap());
    let mut eve = Browser::at(&t, [198, 51, 100, 8]);
    eve.sign_in("eve", initial).await;
    eve.settle(initial, OTHER).await;
    let (_, eves) = eve.post("/v1/invitations", json!({})).await;
    let (_, anns) = ann.post("/v1/invitations", json!({})).await;
    let at = async |node: &testkit::TestApp, link: &Value| {
        let path = format!("/v1/invitations/by-token/{}", link["token"].as_str().unwrap());
        Browser::new(node).get(&path).await
    };
    let leads = async |link: &Value| at(&t, link).await;
    assert_eq!((leads(&eves).await.0, leads(&anns).await.0), (200, 200));
    assert_eq!(ann.post(&format!("/v1/members/{id}/suspend"), json!({})).await.0, 204);
    let (status, answer) = leads(&eves).await;
    assert_eq!((status, &answer["code"]), (410, &json!("identity.invitation_revoked")));
    assert_eq!(leads(&anns).await.0, 200, "those of others work on");
    assert!(t.events(ann.person().org).await.contains(&"identity.invitation_revoked".to_owned()));
    // For good, on every node: whoever is let in again makes new ones.
    let other = t.beside(crate::browser::modules());
    assert_eq!(ann.post(&format!("/v1/members/{id}/resume"), Value::Null).await.0, 204);
    eve.sign_in("eve", OTHER).await;
    let (_, again) = eve.post("/v1/invitations", json!({})).await;
    for node in [&t, &other] {
        let (status, answer) = at(node, &eves).await;
        assert_eq!((status, &answer["code"]), (410, &json!("identity.invitation_revoked")));
        assert_eq!(at(node, &again).await.0, 200);
    }
}
