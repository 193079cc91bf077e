//! The people list, the card, and what an administrator corrects (`DIR-01`, `DIR-08`, `DIR-10`).

use serde_json::{Value, json};
use testkit::{Person, TestApp};

use crate::world::World;

async fn names(t: &TestApp, who: &Person, query: &str) -> Vec<String> {
    let (status, page) = t.call(who, "GET", &format!("/v1/members{query}"), json!(null)).await;
    assert_eq!(status, 200, "{page}");
    let items = page["items"].as_array().into_iter().flatten();
    items.map(|member| member["name"].as_str().unwrap_or_default().to_owned()).collect()
}

async fn edit(t: &TestApp, by: &Person, who: &Person, change: Value) -> (u16, Value) {
    let (status, answer) = t.call(by, "PATCH", &format!("/v1/members/{}", who.id), change).await;
    (status.as_u16(), answer)
}

#[tokio::test]
async fn dir_01_colleagues_see_each_other_and_nobody_of_another_organisation() {
    let t = TestApp::with(vec![directory::module()]).await;
    let (acme, rival) = (t.org("Acme").await, t.org("rival").await);
    let (ann, bob, mal) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await, t.member(rival, "Mal").await);
    assert_eq!(names(&t, &bob, "").await, ["Ann", "Bob"]);
    assert_eq!(names(&t, &mal, "").await, ["Mal"]);
    assert_eq!(t.call(&bob, "GET", &format!("/v1/members/{}", ann.id), json!(null)).await.0, 200);
    assert_eq!(t.call(&mal, "GET", &format!("/v1/members/{}", ann.id), json!(null)).await.0, 404);
    assert!(names(&t, &mal, &format!("?ids={},{}", ann.id, bob.id)).await.is_empty());
}

#[tokio::test]
async fn a_list_is_read_page_by_page_without_gap_or_double() {
    let t = TestApp::with(vec![directory::module()]).await;
    let acme = t.org("Acme").await;
    let ann = t.member(acme, "Ann").await;
    for name in ["陆行舟", "白露", "Zoe", "张伟", "安然", "Kwame"] {
        t.member(acme, name).await;
    }
    let mut seen = Vec::new();
    let mut after = String::new();
    loop {
        let (_, page) = t.call(&ann, "GET", &format!("/v1/members?limit=2{after}"), json!(null)).await;
        seen.extend(page["items"].as_array().unwrap().iter().map(|m| m["name"].as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_str() else { break };
        after = format!("&after={next}");
    }
    assert_eq!(seen, ["安然", "Ann", "白露", "Kwame", "陆行舟", "张伟", "Zoe"]);
    let (status, answer) =
        t.call(&ann, "GET", "/v1/members?after=01890000-0000-7000-8000-00000000dead", json!(null)).await;
    assert_eq!((status.as_u16(), answer["field"].as_str()), (422, Some("after")));
}

#[tokio::test]
async fn dir_01_a_list_is_counted_as_it_is_read() {
    let t = TestApp::with(vec![directory::module()]).await;
    let (acme, rival) = (t.org("Acme").await, t.org("rival").await);
    let (ann, bob) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await);
    let (eve, mal) = (t.member(acme, "张伟").await, t.member(rival, "Mal").await);
    let (_, sales) = t.call(&ann, "POST", "/v1/departments", json!({"name": "Sales"})).await;
    let here = json!({"department_ids": [sales["id"]]});
    assert_eq!(edit(&t, &ann, &eve, here).await.0, 200);
    let mut tx = t.app.begin(acme, kernel::Actor::System).await.unwrap();
    directory::set_state(&mut tx, eve.id, directory::State::Suspended).await.unwrap();
    tx.commit().await.unwrap();
    let sales = format!("?department={}", sales["id"].as_str().unwrap());
    for who in [&ann, &bob, &mal] {
        for words in ["", "?query=zw", "?query=b", "?query=quetzal", &sales] {
            let (status, answer) = t.call(who, "GET", &format!("/v1/members/count{words}"), json!(null)).await;
            assert_eq!(
                (status.as_u16(), &answer["count"]),
                (200, &json!(names(&t, who, words).await.len())),
                "{words}"
            );
        }
    }
    assert_eq!(names(&t, &ann, &sales).await, ["张伟"], "the words find something");
    assert_eq!(t.call(&bob, "GET", "/v1/members/count?state=suspended", json!(null)).await.0, 403);
}

#[tokio::test]
async fn people_are_asked_for_by_id_in_any_state() {
    let t = TestApp::with(vec![directory::module()]).await;
    let acme = t.org("Acme").await;
    let (ann, bob, eve) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await, t.member(acme, "Eve").await);
    let mut tx = t.app.begin(acme, kernel::Actor::System).await.unwrap();
    directory::set_state(&mut tx, eve.id, directory::State::Suspended).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(names(&t, &bob, &format!("?ids={},{},{}", eve.id, ann.id, eve.id)).await, ["Eve", "Ann"]);
    let path = format!("/v1/members/{}", eve.id);
    for (state, shown) in [(None, "suspended"), (Some(directory::State::Leaving), "leaving")] {
        let mut tx = t.app.begin(acme, kernel::Actor::System).await.unwrap();
        if let Some(state) = state {
            directory::set_state(&mut tx, eve.id, state).await.unwrap();
        }
        tx.commit().await.unwrap();
        let (_, card) = t.call(&bob, "GET", &path, json!(null)).await;
        assert_eq!(
            (&card["name"], &card["state"], &card["user_id"]),
            (&json!("Eve"), &json!("suspended"), &json!(null))
        );
        assert_eq!((&card["state_until"], &card["values"]), (&json!(null), &json!([])), "only the name is left");
        let (_, card) = t.call(&ann, "GET", &path, json!(null)).await;
        assert_eq!(
            (&card["state"], &card["user_id"]),
            (&json!(shown), &json!("eve")),
            "who looks after people sees more"
        );
    }
    let mut tx = t.app.begin(acme, kernel::Actor::System).await.unwrap();
    directory::set_state(&mut tx, eve.id, directory::State::Active).await.unwrap();
    directory::set_state(&mut tx, eve.id, directory::State::Suspended).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(names(&t, &bob, "").await, ["Ann", "Bob"]);
    assert_eq!(names(&t, &ann, "").await, ["Ann", "Bob", "Eve"]);
    assert_eq!(names(&t, &ann, "?state=suspended").await, ["Eve"]);
    assert_eq!(t.call(&bob, "GET", "/v1/members?state=suspended", json!(null)).await.0, 403);
    assert_eq!(t.call(&bob, "GET", "/v1/members?ids=x", json!(null)).await.0, 422);
}

#[tokio::test]
async fn dir_08_an_administrator_corrects_a_profile_and_the_list_follows() {
    let t = TestApp::with(vec![directory::module()]).await;
    let acme = t.org("Acme").await;
    let (ann, bob, eve) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await, t.member(acme, "Eve").await);
    let change = json!({"name": " 陆行舟 ", "staff_number": "YW-00417", "position": "产品运营负责人",
        "phone": "138 0013 8000", "email": "Lu@Yunwu.Example", "user_id": "Lu.Xingzhou"});
    assert_eq!(edit(&t, &eve, &bob, change.clone()).await.0, 403);
    let (status, seen) = edit(&t, &ann, &bob, change).await;
    assert_eq!(status, 200, "{seen}");
    assert_eq!((seen["name"].as_str(), seen["phone"].as_str()), (Some("陆行舟"), Some("+8613800138000")));
    assert_eq!((seen["email"].as_str(), seen["user_id"].as_str()), (Some("lu@yunwu.example"), Some("lu.xingzhou")));

    let (_, seen) = t.call(&eve, "GET", &format!("/v1/members/{}", bob.id), json!(null)).await;
    assert_eq!((seen["position"].as_str(), &seen["user_id"]), (Some("产品运营负责人"), &Value::Null));
    assert_eq!(names(&t, &eve, "?query=lxz").await, ["陆行舟"]);
    assert_eq!(names(&t, &eve, "?query=yw-004").await, ["陆行舟"]);
    assert_eq!(names(&t, &eve, "?query=%E9%99%B8%E8%A1%8C").await, ["陆行舟"], "陸行");
    assert_eq!(names(&t, &eve, "").await, ["Ann", "Eve", "陆行舟"]);
    let (_, counted) = t.call(&eve, "GET", "/v1/members/count", json!(null)).await;
    let letters = json!([{"letter": "A", "place": 0, "after": null}, {"letter": "E", "place": 1, "after": ann.id},
        {"letter": "L", "place": 2, "after": eve.id}]);
    assert_eq!((&counted["count"], &counted["letters"]), (&json!(3), &letters));
    assert_eq!(names(&t, &eve, &format!("?after={}", eve.id)).await, ["陆行舟"]);
    let (_, counted) = t.call(&eve, "GET", "/v1/members/count?query=e", json!(null)).await;
    assert_eq!((&counted["count"], &counted["letters"]), (&json!(1), &json!([])), "a search is not sorted by name");

    // null and an empty text take a value away; a person keeps one way to sign in.
    let (status, seen) = edit(&t, &ann, &bob, json!({"phone": null, "email": "", "position": null})).await;
    assert_eq!((status, &seen["phone"], &seen["email"]), (200, &Value::Null, &Value::Null));
    let (status, answer) = edit(&t, &ann, &bob, json!({"user_id": null})).await;
    assert_eq!((status, answer["field"].as_str()), (422, Some("user_id")));
}

#[tokio::test]
async fn srch_02_people_are_found_by_the_contacts_one_sees_of_them() {
    let t = TestApp::with(vec![directory::module()]).await;
    let (acme, rival) = (t.org("Acme").await, t.org("rival").await);
    let (ann, bob, eve) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await, t.member(acme, "Eve").await);
    let mal = t.member(rival, "Mal").await;
    let change = json!({"name": "陆行舟", "phone": "138 0013 8000", "email": "Lu@Yunwu.Example", "user_id": "captain"});
    assert_eq!(edit(&t, &ann, &bob, change).await.0, 200);
    let count = async |who: &Person, query: &str| {
        t.call(who, "GET", &format!("/v1/members/count?query={query}"), json!(null)).await.1["count"].clone()
    };
    for query in ["138-0013", "8000", "%2B86138", "LU@y"] {
        assert_eq!(names(&t, &eve, &format!("?query={query}")).await, ["陆行舟"], "{query}");
        assert_eq!(names(&t, &mal, &format!("?query={query}")).await, Vec::<String>::new(), "{query}");
    }
    // What one signs in with is found by whoever looks after people and by oneself; nobody else can tell that it exists.
    for who in [&ann, &bob] {
        assert_eq!(
            (names(&t, who, "?query=capt").await, count(who, "capt").await),
            (vec!["陆行舟".to_owned()], json!(1))
        );
    }
    assert_eq!((names(&t, &eve, "?query=capt").await, count(&eve, "capt").await), (vec![], json!(0)));
    // A role for a department reaches its people and no others.
    let (_, sales) = t.call(&ann, "POST", "/v1/departments", json!({"name": "Sales"})).await;
    let (_, role) = t.call(&ann, "POST", "/v1/roles", json!({"name": "Delegate", "permissions": ["people.see"]})).await;
    let grant = json!({"member_id": eve.id, "role_id": role["id"], "department_id": sales["id"]});
    assert_eq!(t.call(&ann, "POST", "/v1/role-grants", grant).await.0, 201);
    assert!(names(&t, &eve, "?query=capt").await.is_empty());
    assert_eq!(edit(&t, &ann, &bob, json!({"department_ids": [sales["id"]]})).await.0, 200);
    assert_eq!(names(&t, &eve, "?query=capt").await, ["陆行舟"]);
    // What was taken away finds nobody.
    assert_eq!(edit(&t, &ann, &bob, json!({"phone": null})).await.0, 200);
    assert!(names(&t, &eve, "?query=8000").await.is_empty());
}

#[tokio::test]
async fn what_names_a_person_names_only_one() {
    let t = TestApp::with(vec![directory::module()]).await;
    let acme = t.org("Acme").await;
    let (ann, bob, eve) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await, t.member(acme, "Eve").await);
    let all = json!({"phone": "13800138000", "email": "a@b.example", "staff_number": "A1"});
    assert_eq!(edit(&t, &ann, &bob, all).await.0, 200);
    for (change, code) in [
        (json!({"phone": "+86 138 0013 8000"}), "directory.phone_taken"),
        (json!({"email": "A@B.example"}), "directory.email_taken"),
        (json!({"staff_number": "a1"}), "directory.staff_number_taken"),
        (json!({"user_id": "BOB"}), "directory.user_id_taken"),
    ] {
        let field = change.as_object().unwrap().keys().next().cloned();
        let (status, answer) = edit(&t, &ann, &eve, change).await;
        assert_eq!((status, answer["code"].as_str()), (409, Some(code)));
        assert_eq!(answer["field"].as_str(), field.as_deref(), "{answer}");
    }
}

#[tokio::test]
async fn acc_01_what_one_signs_in_with_follows_the_profile() {
    let t = TestApp::with(vec![directory::module()]).await;
    let acme = t.org("Acme").await;
    let (ann, bob) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await);
    let whose = async |kind, value: &str| {
        let mut tx = kernel::SystemTx::begin(&t.app).await.unwrap();
        directory::account_of_handle(&mut tx, kind, value).await.unwrap()
    };
    use directory::HandleKind::{Email, Phone};
    assert_eq!(edit(&t, &ann, &bob, json!({"phone": "13800138000", "email": "bob@acme.example"})).await.0, 200);
    assert_eq!(whose(Phone, "138-0013-8000").await, Some(bob.account));
    assert_eq!(whose(Phone, "+8613800138000").await, Some(bob.account));
    assert_eq!(whose(Email, "BOB@acme.example").await, Some(bob.account));
    assert_eq!(edit(&t, &ann, &bob, json!({"phone": "13900139000"})).await.0, 200);
    assert_eq!(whose(Phone, "13800138000").await, None);
    assert_eq!(whose(Phone, "13900139000").await, Some(bob.account));

    let mut tx = t.app.begin(acme, kernel::Actor::System).await.unwrap();
    let found = directory::member_by_user_id(&mut tx, "BOB").await.unwrap();
    assert_eq!(found, Some((bob.id, bob.account)));
    assert_eq!(directory::member_by_user_id(&mut tx, "nobody").await.unwrap(), None);
}

#[tokio::test]
async fn an_administrator_gives_no_sign_in_names_to_an_account_that_belongs_elsewhere_too() {
    let t = TestApp::with(vec![directory::module()]).await;
    let (acme, rival) = (t.org("Acme").await, t.org("rival").await);
    let (ann, bob, mal) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await, t.member(rival, "Mal").await);
    let mut tx = t.app.begin(rival, kernel::Actor::System).await.unwrap();
    let profile = directory::Profile { name: "Bob".into(), user_id: Some("bob".into()), ..Default::default() };
    let new = directory::NewMember {
        account: bob.account,
        profile,
        role: directory::Role::Member,
        state: directory::State::Active,
        department_ids: Vec::new(),
    };
    directory::add_member(&mut tx, new).await.unwrap();
    tx.commit().await.unwrap();

    assert_eq!(edit(&t, &ann, &bob, json!({"email": "mine@ann.example"})).await.0, 200);
    let mut tx = kernel::SystemTx::begin(&t.app).await.unwrap();
    let found = directory::account_of_handle(&mut tx, directory::HandleKind::Email, "mine@ann.example").await.unwrap();
    assert_eq!(found, None);
    drop(tx);
    // Bob's own word counts.
    assert_eq!(t.call(&bob, "PATCH", "/v1/me", json!({"email": "bob@home.example"})).await.0, 200);
    let mut tx = kernel::SystemTx::begin(&t.app).await.unwrap();
    let found = directory::account_of_handle(&mut tx, directory::HandleKind::Email, "bob@home.example").await.unwrap();
    assert_eq!(found, Some(bob.account));
    drop(tx);
    let (status, answer) = t.call(&mal, "PATCH", "/v1/me", json!({"email": "bob@home.example"})).await;
    assert_eq!((status.as_u16(), answer["code"].as_str()), (409, Some("directory.email_taken")));
    let (_, seen) = t.call(&ann, "GET", &format!("/v1/members/{}", bob.id), json!(null)).await;
    assert_eq!(seen["can"]["reset_password"], false);
}

#[tokio::test]
async fn a_change_that_is_not_committed_leaves_no_trace_in_memory() {
    let t = TestApp::with(vec![directory::module()]).await;
    let acme = t.org("Acme").await;
    let ann = t.member(acme, "Ann").await;
    let mut tx = t.app.begin(acme, kernel::Actor::System).await.unwrap();
    let profile = directory::Profile { name: "Ghost".into(), user_id: Some("ghost".into()), ..Default::default() };
    let new = directory::NewMember {
        account: kernel::AccountId(t.app.new_id()),
        profile,
        role: directory::Role::Member,
        state: directory::State::Active,
        department_ids: Vec::new(),
    };
    let ghost = directory::add_member(&mut tx, new).await.unwrap();
    let names_inside = directory::names(&mut tx, &[ghost, ann.id]).await.unwrap();
    assert_eq!(names_inside[&ghost], "Ghost");
    drop(tx);
    assert_eq!(names(&t, &ann, "").await, ["Ann"]);
}

/// `SRCH-02`: a user id that is just what was typed, however short, comes before names that sound so; not for who does not see it.
#[tokio::test]
async fn srch_02_whoever_has_just_that_user_id_stands_first() {
    let t = TestApp::with(vec![directory::module()]).await;
    let acme = t.org("Acme").await;
    let (ann, bob, eve) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await, t.member(acme, "Eve").await);
    assert_eq!(edit(&t, &ann, &bob, json!({ "name": "何", "user_id": "bob1" })).await.0, 200);
    assert_eq!(edit(&t, &ann, &eve, json!({ "name": "周然", "user_id": "he" })).await.0, 200);
    assert_eq!(names(&t, &ann, "?query=he").await, ["周然", "何"]);
    assert_eq!(names(&t, &bob, "?query=he").await, ["何"]);
}

/// `SRCH-02`: who is meant most likely comes first, page by page.
#[tokio::test]
async fn what_is_nearest_to_the_words_comes_first() {
    let t = TestApp::with(vec![directory::module()]).await;
    let acme = t.org("Acme").await;
    let eve = t.member(acme, "Eve").await;
    for name in ["陈敏伟", "Mara Whitcombe", "马伟明", "安敏文"] {
        t.member(acme, name).await;
    }
    let all = ["Mara Whitcombe", "马伟明", "安敏文", "陈敏伟"];
    assert_eq!(names(&t, &eve, "?query=mw").await, all);
    let (mut found, mut after) = (Vec::new(), String::new());
    for _ in 0..all.len() {
        let (_, page) = t.call(&eve, "GET", &format!("/v1/members?query=mw&limit=1{after}"), json!(null)).await;
        found.push(page["items"][0]["name"].as_str().unwrap().to_owned());
        after = format!("&after={}", page["next"].as_str().unwrap_or_default());
    }
    assert_eq!((found, after.as_str()), (all.map(ToOwned::to_owned).to_vec(), "&after="));
}

#[tokio::test]
async fn the_second_of_two_who_change_a_person_is_told_of_the_first() {
    let w = World::new().await;
    let (bob, eve) = (w.person("Bob", &[&w.lab]).await, w.person("Eve", &[&w.lab]).await);
    let path = format!("/v1/members/{}", bob.id);
    let seen = async |by: &Person| w.ask(by, ("GET", &path), json!(null), 200).await["revision"].clone();
    assert_eq!(seen(&eve).await, Value::Null, "whoever may change nothing is not told how often others did");
    let send = async |by: &Person, path: &str, edition: &Value, body: Value| {
        let (edition, body) = (format!("\"{edition}\""), body.to_string().into_bytes());
        w.t.send(Some(by), "PATCH", path, body, &[("if-match", edition.as_str())]).await.0.as_u16()
    };
    let first = seen(&w.ann).await;
    assert_eq!(send(&w.ann, &path, &first, json!({"position": "Welder"})).await, 200);
    for late in [json!({"position": "Turner"}), json!({"department_ids": []}), json!({"is_hidden": true})] {
        assert_eq!(send(&w.ann, &path, &first, late).await, 412);
    }
    let card = w.ask(&w.ann, ("GET", &path), json!(null), 200).await;
    assert_eq!((&card["position"], &card["department_ids"]), (&json!("Welder"), &json!([w.lab])));
    // Whatever one changes of them is a change: fields, departments, roles, being hidden; and what they change themselves.
    for change in [
        json!({"name": "Bob B"}),
        json!({"department_ids": [w.north]}),
        json!({"leads": [w.north]}),
        json!({"role": "administrator"}),
        json!({"is_hidden": true}),
    ] {
        let before = seen(&w.ann).await;
        assert_eq!(send(&w.ann, &path, &before, change.clone()).await, 200, "{change}");
        assert_eq!(send(&w.ann, &path, &before, json!({"position": "Lost"})).await, 412, "{change}");
    }
    let before = seen(&w.ann).await;
    assert_eq!(send(&bob, "/v1/me", &before, json!({"signature": "Hello"})).await, 200);
    assert_eq!(send(&bob, "/v1/me", &before, json!({"signature": "Again"})).await, 412);
    assert_eq!(send(&w.ann, &path, &before, json!({"position": "Lost"})).await, 412);
    // A department merged into another moves its people.
    let before = seen(&w.ann).await;
    w.ask(&w.ann, ("POST", &format!("/v1/departments/{}/merge", w.north)), json!({"into": w.south}), 204).await;
    assert_eq!(send(&w.ann, &path, &before, json!({"department_ids": []})).await, 412);
    assert_eq!(
        w.status(&w.ann, "PATCH", &path, json!({"position": "Turner"})).await,
        200,
        "without an edition, whatever is there"
    );
}
