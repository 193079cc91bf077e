//! Who may do what to whom (`ORG-03`, `ACC-10`).

use directory::{Role, State};
use kernel::{Actor, Error};
use serde_json::json;
use testkit::{Person, TestApp};

async fn set_role(t: &TestApp, by: &Person, who: &Person, role: &str) -> (u16, Option<String>) {
    let (status, answer) = t.call(by, "PATCH", &format!("/v1/members/{}", who.id), json!({"role": role})).await;
    (status.as_u16(), answer["code"].as_str().map(String::from))
}

#[tokio::test]
async fn org_03_nobody_grants_or_takes_more_than_they_hold() {
    let t = TestApp::with(vec![directory::module()]).await;
    let acme = t.org("Acme").await;
    let (ann, bob, eve) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await, t.member(acme, "Eve").await);
    assert_eq!(set_role(&t, &bob, &eve, "administrator").await.0, 403);
    assert_eq!(set_role(&t, &bob, &bob, "owner").await.0, 403);
    assert_eq!(set_role(&t, &ann, &bob, "administrator").await.0, 200);
    // An administrator makes and unmakes administrators, but no owner.
    assert_eq!(set_role(&t, &bob, &eve, "administrator").await.0, 200);
    assert_eq!(set_role(&t, &bob, &eve, "owner").await.0, 403);
    assert_eq!(set_role(&t, &bob, &bob, "owner").await.0, 403);
    assert_eq!(set_role(&t, &bob, &bob, "member").await.0, 403, "nobody changes a role of their own");
    assert_eq!(set_role(&t, &bob, &ann, "member").await.0, 403);
    let (status, _) = t.call(&bob, "PATCH", &format!("/v1/members/{}", ann.id), json!({"name": "Anna"})).await;
    assert_eq!(status, 403);
    assert_eq!(set_role(&t, &bob, &eve, "member").await.0, 200);
    let second = (409, Some("directory.owner_needs_second".to_owned()));
    assert_eq!(set_role(&t, &ann, &bob, "owner").await, second, "owners are made by two");
    assert_eq!(set_role(&t, &ann, &ann, "member").await, second);
}

#[tokio::test]
async fn org_03_the_last_owner_stays() {
    let t = TestApp::with(vec![directory::module()]).await;
    let acme = t.org("Acme").await;
    let ann = t.member(acme, "Ann").await;
    let mut tx = t.app.begin(acme, Actor::System).await.unwrap();
    for state in [State::Suspended, State::Leaving, State::Disabled] {
        let result = directory::set_state(&mut tx, ann.id, state).await;
        assert!(matches!(result, Err(Error::Conflict("directory.last_owner"))));
    }
}

#[tokio::test]
async fn acc_10_a_suspended_person_is_out_at_once_and_may_come_back() {
    let t = TestApp::with(vec![directory::module()]).await;
    let acme = t.org("Acme").await;
    let (ann, bob, eve) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await, t.member(acme, "Eve").await);
    let begin = async |who: &Person| t.app.begin(acme, Actor::Member(who.id)).await.unwrap();

    let mut tx = begin(&eve).await;
    assert!(matches!(directory::TurnableMember::load(&mut tx, bob.id, State::Suspended).await, Err(Error::Forbidden)));
    let mut tx = begin(&ann).await;
    assert!(matches!(directory::TurnableMember::load(&mut tx, ann.id, State::Suspended).await, Err(Error::Forbidden)));
    let proof = directory::TurnableMember::load(&mut tx, bob.id, State::Suspended).await.unwrap();
    directory::turn(&mut tx, &proof, 1).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(t.events(acme).await.last().unwrap(), "directory.member_suspended");
    assert_eq!(t.call(&bob, "PATCH", "/v1/me", json!({"signature": "still here"})).await.0, 403);

    let mut tx = begin(&ann).await;
    assert!(matches!(
        directory::TurnableMember::load(&mut tx, bob.id, State::Suspended).await,
        Err(Error::Conflict("directory.not_active"))
    ));
    let (_, seen) = t.call(&ann, "GET", &format!("/v1/members/{}", bob.id), json!(null)).await;
    assert_eq!((seen["can"]["suspend"].as_bool(), seen["can"]["resume"].as_bool()), (Some(false), Some(true)));
    assert_eq!(directory::only_active_members(&mut tx, &[bob.id, eve.id]).await.unwrap(), [eve.id]);
    let proof = directory::TurnableMember::load(&mut tx, bob.id, State::Active).await.unwrap();
    directory::turn(&mut tx, &proof, 1).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(t.events(acme).await.last().unwrap(), "directory.member_resumed");
    assert_eq!(t.call(&bob, "PATCH", "/v1/me", json!({"signature": "back"})).await.0, 200);
}

#[tokio::test]
async fn a_state_changes_only_by_a_way_that_there_is() {
    let t = TestApp::with(vec![directory::module()]).await;
    let acme = t.org("Acme").await;
    t.member(acme, "Ann").await;
    for (number, from) in State::ALL.into_iter().enumerate() {
        let who = t.member(acme, &format!("Nr{number}")).await;
        for to in State::ALL {
            let mut tx = t.app.begin(acme, Actor::System).await.unwrap();
            sqlx::query("update directory.member set state = $2 where id = $1")
                .bind(who.id)
                .bind(from)
                .execute(tx.db())
                .await
                .unwrap();
            let result = directory::set_state(&mut tx, who.id, to).await;
            assert_eq!(result.is_ok(), from.leads_to(to), "{from:?} to {to:?}");
        }
    }
}

#[tokio::test]
async fn a_member_who_adds_somebody_grants_no_more_than_they_hold() {
    let t = TestApp::with(vec![directory::module()]).await;
    let acme = t.org("Acme").await;
    let (ann, bob) = (t.member(acme, "Ann").await, t.member_as(acme, "Bob", Role::Administrator).await);
    for (by, role, is_allowed) in
        [(&bob, Role::Owner, false), (&bob, Role::Administrator, true), (&ann, Role::Owner, false)]
    {
        let mut tx = t.app.begin(acme, Actor::Member(by.id)).await.unwrap();
        let profile = directory::Profile { name: "Eve".into(), user_id: Some("eve".into()), ..Default::default() };
        let account = kernel::AccountId(t.app.new_id());
        let new = directory::NewMember { account, profile, role, state: State::Active, department_ids: Vec::new() };
        assert_eq!(directory::add_member(&mut tx, new).await.is_ok(), is_allowed);
    }
}

#[tokio::test]
async fn a_refused_gift_of_a_role_is_a_line_that_says_to_whom_if_they_are_here() {
    let t = TestApp::with(vec![directory::module()]).await;
    let acme = t.org("Acme").await;
    let (bob, eve) = (t.member(acme, "Bob").await, t.member(acme, "Eve").await);
    let mal = t.member(t.org("Rival").await, "Mal").await;
    for (whom, target) in [(eve.id, Some(eve.id.0)), (mal.id, None), (kernel::MemberId(t.app.new_id()), None)] {
        let gift = json!({ "member_id": whom, "role_id": directory::BuiltIn::Administrator.id() });
        assert_eq!(t.call(&bob, "POST", "/v1/role-grants", gift).await.0, 403);
        t.app.settled().await;
        let mut tx = t.app.begin(acme, Actor::System).await.unwrap();
        let wanted = kernel::audit::Wanted { is_refused: true, ..Default::default() };
        let lines = kernel::audit::page(&mut tx, &wanted, 10).await.unwrap();
        let line = &lines[0].stored;
        assert_eq!((line.name.as_str(), line.actor), ("giveRole", Some(bob.id.0)));
        assert_eq!((line.target_kind.as_deref(), line.target), (target.map(|_| "member"), target));
    }
}
