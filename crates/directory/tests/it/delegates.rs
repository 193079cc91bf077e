//! Somebody looks after a part of the organisation, and gets no further (`ORG-03`, `ADM-01`, B.2).

use access::BuiltIn;
use kernel::Actor;
use serde_json::{Value, json};

use crate::world::{World, id, text};

const PEOPLE: [&str; 6] =
    ["people.see", "people.edit", "people.place", "people.suspend", "people.reset_password", "departments.manage"];

#[tokio::test]
async fn org_03_a_delegate_acts_on_people_of_the_department_and_on_nobody_else() {
    let w = World::new().await;
    let (dan, nora) = (w.person("Dan", &[&w.sales]).await, w.person("Nora", &[&w.north]).await);
    let (lin, both) = (w.person("Lin", &[&w.lab]).await, w.person("Bo", &[&w.north, &w.lab]).await);
    let role = w.role(&PEOPLE).await;
    w.give(&dan, &role, Some(&w.sales)).await;
    let edit = async |who: &testkit::Person| {
        w.status(&dan, "PATCH", &format!("/v1/members/{}", who.id), json!({ "position": "Lead" })).await
    };
    assert_eq!(edit(&nora).await, 200);
    assert_eq!(edit(&lin).await, 403, "another department");
    assert_eq!(edit(&both).await, 403, "somebody who also is elsewhere");
    assert_eq!(edit(&w.ann).await, 403);
    let seen = w.ask(&dan, ("GET", &format!("/v1/members?ids={},{}", nora.id, lin.id)), Value::Null, 200).await;
    let cans: Vec<_> = [0, 1].iter().map(|n| seen["items"][n]["can"].clone()).collect();
    assert_eq!((&cans[0]["edit"], &cans[0]["reset_password"]), (&json!(true), &json!(true)));
    assert!(cans[1].as_object().unwrap().values().all(|can| can == false), "{}", cans[1]);
    let me = w.ask(&dan, ("GET", "/v1/me"), Value::Null, 200).await;
    assert_eq!(me["may"], json!(PEOPLE), "what the console offers");

    let mut tx = w.t.app.begin(w.acme, Actor::Member(dan.id)).await.unwrap();
    assert!(directory::ResettableMember::load(&mut tx, nora.id).await.is_ok());
    assert!(directory::ResettableMember::load(&mut tx, lin.id).await.is_err());
    assert!(directory::TurnableMember::load(&mut tx, lin.id, directory::State::Suspended).await.is_err());
}

#[tokio::test]
async fn org_03_nobody_is_moved_into_a_scope_to_be_acted_on() {
    let w = World::new().await;
    let (dan, lin) = (w.person("Dan", &[&w.sales]).await, w.person("Lin", &[&w.lab]).await);
    let nora = w.person("Nora", &[&w.north]).await;
    let role = w.role(&PEOPLE).await;
    w.give(&dan, &role, Some(&w.sales)).await;
    let place = async |by: &testkit::Person, who: &testkit::Person, to: &[&str]| {
        w.status(by, "PATCH", &format!("/v1/members/{}", who.id), json!({ "department_ids": to })).await
    };
    assert_eq!(place(&dan, &nora, &[&w.south]).await, 200, "within the own part");
    assert_eq!(place(&dan, &lin, &[&w.north]).await, 403, "nobody is drawn in");
    assert_eq!(place(&dan, &nora, &[&w.lab]).await, 403, "nobody is pushed out");
    assert_eq!(place(&dan, &nora, &[]).await, 403);

    // A department drawn in would bring its people.
    let hang = async |by: &testkit::Person, what: &str, below: &str| {
        w.status(by, "PATCH", &format!("/v1/departments/{what}"), json!({ "parent_id": below })).await
    };
    assert_eq!(hang(&dan, &w.lab, &w.sales).await, 403);
    let movers = w.role(&["departments.manage", "people.place"]).await;
    let moe = w.person("Moe", &[]).await;
    w.give(&moe, &movers, None).await;
    assert_eq!(hang(&moe, &w.lab, &w.sales).await, 403, "it would hand the lab to Dan, who may do more there than Moe");
    assert_eq!(place(&moe, &lin, &[&w.sales]).await, 403, "the same for a person");
    assert_eq!(hang(&w.ann, &w.lab, &w.sales).await, 200);
}

#[tokio::test]
async fn org_03_a_delegate_passes_on_no_more_than_they_hold_and_nothing_to_themselves() {
    let w = World::new().await;
    let dan = w.person("Dan", &[&w.sales]).await;
    let (nora, lin) = (w.person("Nora", &[&w.north]).await, w.person("Lin", &[&w.lab]).await);
    let (boss, small) = (w.role(&["people.edit", "people.place", "roles.give"]).await, w.role(&["people.edit"]).await);
    let audit = w.role(&["audit.read"]).await;
    w.give(&dan, &boss, Some(&w.sales)).await;
    let give = async |who: &testkit::Person, role: &str, department: Option<&str>| {
        let new = json!({ "member_id": who.id, "role_id": role, "department_id": department });
        let preview = w.ask(&dan, ("POST", "/v1/role-grants/preview"), new.clone(), 200).await;
        (w.status(&dan, "POST", "/v1/role-grants", new).await, preview["refusal"].as_str().map(String::from))
    };
    let refused = |why: &str| (403, Some(why.to_owned()));
    assert_eq!(give(&nora, &small, Some(&w.north)).await, (201, None));
    assert_eq!(give(&nora, &small, None).await, refused("gives_more"), "wider than it is held");
    assert_eq!(give(&nora, &small, Some(&w.lab)).await, refused("gives_more"));
    assert_eq!(give(&lin, &small, Some(&w.north)).await, refused("out_of_scope"));
    assert_eq!(give(&dan, &small, Some(&w.north)).await, refused("oneself"));
    assert_eq!(give(&nora, &audit, Some(&w.north)).await, (422, Some("whole_only".to_owned())), "and says so");
    assert_eq!(give(&nora, &audit, None).await, refused("gives_more"));
    assert_eq!(give(&nora, &id(BuiltIn::Administrator).to_string(), None).await, refused("gives_more"));
    assert_eq!(give(&nora, &id(BuiltIn::Owner).to_string(), None).await, refused("gives_more"));
    w.give(&nora, &audit, None).await;
    assert_eq!(give(&nora, &small, Some(&w.sales)).await, refused("holds_more"), "she is the stronger one now");
    let path = format!("/v1/members/{}", nora.id);
    assert_eq!(w.status(&dan, "PATCH", &path, json!({ "name": "N" })).await, 403);
    let grants = w.ask(&dan, ("GET", "/v1/role-grants"), Value::Null, 200).await;
    let grants = grants["items"].as_array().unwrap();
    assert!(grants.iter().all(|grant| grant["can"]["take"] == false), "{grants:?}");
    for grant in grants {
        assert_eq!(
            w.status(&dan, "DELETE", &format!("/v1/role-grants/{}", text(&grant["id"])), Value::Null).await,
            403
        );
    }
}

#[tokio::test]
async fn adm_01_each_built_in_role_opens_what_it_says() {
    let w = World::new().await;
    let mut tries = [
        ("GET", "/v1/roles", Value::Null),
        ("PATCH", "/v1/organisation", json!({ "industry": "trade" })),
        ("PATCH", "/v1/organisation", json!({ "edit_window_s": 60 })),
        ("POST", "/v1/departments", json!({ "name": "New" })),
        ("GET", "/v1/members?state=suspended", Value::Null),
    ];
    let expected = [
        (BuiltIn::Administrator, [200, 200, 200, 201, 200]),
        (BuiltIn::PeopleAdministrator, [200, 403, 403, 201, 200]),
        (BuiltIn::ContentAdministrator, [403, 403, 200, 403, 403]),
        (BuiltIn::SecurityAdministrator, [200, 403, 403, 403, 200]),
        (BuiltIn::Auditor, [200, 403, 403, 403, 200]),
    ];
    for (role, expected) in expected {
        // Two of one name do not stand side by side.
        tries[3].2 = json!({ "name": format!("New by {role:?}") });
        let who = w.person("Sam", &[]).await;
        w.give(&who, &id(role).to_string(), None).await;
        let mut statuses = Vec::new();
        for (method, path, body) in &tries {
            statuses.push(w.status(&who, method, path, body.clone()).await);
        }
        assert_eq!(statuses, expected, "{role:?}");
        let state = directory::State::Leaving;
        let mut tx = w.t.app.begin(w.acme, Actor::System).await.unwrap();
        sqlx::query("update directory.member set user_id_hmac = null, state = $2 where id = $1")
            .bind(who.id)
            .bind(state)
            .execute(tx.db())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        assert_eq!(w.status(&who, "GET", "/v1/roles", Value::Null).await, 403, "who is not active holds nothing");
    }
}

/// `ADM-01`: a delegate's list is their part, with what lies below; everybody is one click away.
#[tokio::test]
async fn adm_01_a_list_is_narrowed_to_the_part_one_looks_after_page_by_page_and_counted_alike() {
    let w = World::new().await;
    let dan = w.person("Dan", &[&w.sales]).await;
    let (nora, both) = (w.person("Nora", &[&w.north]).await, w.person("Bo", &[&w.north, &w.lab]).await);
    w.person("Lin", &[&w.lab]).await;
    let role = w.role(&PEOPLE).await;
    assert_eq!(w.ask(&dan, ("GET", "/v1/me"), Value::Null, 200).await["has_part"], false);
    w.give(&dan, &role, Some(&w.sales)).await;
    assert_eq!(w.ask(&dan, ("GET", "/v1/me"), Value::Null, 200).await["has_part"], true);
    assert_eq!(w.ask(&w.ann, ("GET", "/v1/me"), Value::Null, 200).await["has_part"], false);
    let names = async |by: &testkit::Person, words: &str| {
        let mut names = Vec::new();
        let mut next = Some(format!("/v1/members?limit=2{words}"));
        while let Some(path) = next {
            let page = w.ask(by, ("GET", &path), Value::Null, 200).await;
            names.extend(page["items"].as_array().unwrap().iter().map(|one| text(&one["name"])));
            next = page["next"].as_str().map(|after| format!("/v1/members?limit=2{words}&after={after}"));
        }
        let counted = w.ask(by, ("GET", &format!("/v1/members/count?{words}")), Value::Null, 200).await;
        assert_eq!(counted["count"], json!(names.len()), "{words}");
        names
    };
    assert_eq!(names(&dan, "").await, ["Ann", "Bo", "Dan", "Lin", "Nora"]);
    assert_eq!(names(&dan, "&is_mine=true").await, ["Bo", "Dan", "Nora"]);
    assert_eq!(names(&dan, &format!("&is_mine=true&department={}", w.lab)).await, ["Bo"]);
    assert_eq!(names(&dan, "&is_mine=true&query=nor").await, ["Nora"]);
    let everybody = names(&w.ann, "").await;
    for by in [&w.ann, &nora] {
        assert_eq!(names(by, "&is_mine=true").await, everybody, "whoever was given no part sees no less");
    }

    // Of the people of the part who are shut out only those are found whom one looks after everywhere they are.
    let mut tx = w.t.app.begin(w.acme, Actor::System).await.unwrap();
    for who in [nora.id, both.id] {
        directory::set_state(&mut tx, who, directory::State::Suspended).await.unwrap();
    }
    tx.commit().await.unwrap();
    assert_eq!(names(&dan, "&is_mine=true&state=suspended").await, ["Nora"]);
    assert_eq!(names(&w.ann, "&state=suspended").await, ["Bo", "Nora"]);
}

/// `ADM-01`: a list of people says their roles, custom ones too, without reading everybody's.
#[tokio::test]
async fn adm_01_the_roles_of_some_people_are_asked_for_at_once() {
    let w = World::new().await;
    let (dan, nora, lin) = (w.person("Dan", &[]).await, w.person("Nora", &[]).await, w.person("Lin", &[]).await);
    let role = w.role(&["people.edit"]).await;
    for who in [&dan, &nora, &lin] {
        w.give(who, &role, Some(&w.sales)).await;
    }
    let path = format!("/v1/role-grants?members={},{}", dan.id, nora.id);
    let grants = w.ask(&w.ann, ("GET", &path), Value::Null, 200).await;
    let whose: Vec<_> = grants["items"].as_array().unwrap().iter().map(|one| &one["member_id"]).collect();
    assert_eq!(whose.len(), 2);
    assert!([dan.id, nora.id].iter().all(|one| whose.contains(&&json!(one))), "{whose:?}");
    assert_eq!(w.status(&lin, "GET", &path, Value::Null).await, 403, "not for whoever neither sees nor gives roles");
    let wrong = w.ask(&w.ann, ("GET", "/v1/role-grants?members=x"), Value::Null, 422).await;
    assert_eq!(wrong["field"], "members");
}
