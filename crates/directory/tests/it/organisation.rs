//! The organisation and its settings (`ORG-01`, `ORG-02`, `ORG-04`).

use kernel::SystemTx;
use serde_json::json;
use testkit::TestApp;

use crate::world::World;

#[tokio::test]
async fn org_02_an_administrator_sees_the_contact_and_a_member_does_not() {
    let t = TestApp::with(vec![directory::module()]).await;
    let acme = t.org("Acme").await;
    let (ann, bob) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await);

    let (status, seen) = t.call(&ann, "GET", "/v1/organisation", json!(null)).await;
    assert_eq!(status, 200);
    assert_eq!(seen["name"], "Acme");
    assert_eq!(seen["contact"]["name"], "Ann");
    assert_eq!(seen["can"]["edit"], true);

    let (_, seen) = t.call(&bob, "GET", "/v1/organisation", json!(null)).await;
    assert_eq!(seen["name"], "Acme");
    assert!(seen["contact"].is_null());
    assert_eq!(seen["can"]["edit"], false);
}

#[tokio::test]
async fn org_04_an_administrator_changes_names_and_settings_and_everybody_hears_of_it() {
    let t = TestApp::with(vec![directory::module()]).await;
    let acme = t.org("Acme").await;
    let (ann, bob) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await);
    let change = json!({
        "name_zh": "云坞集团", "name_en": null, "slug": "yunwu", "region": "CN-33", "time_zone": "Asia/Taipei",
        "edit_window_s": 600, "recall_window_s": 0, "shows_presence": false, "keeps_edits": true,
        "contact": {"name": "陆行舟", "phone": "138 0013 8000", "email": "Lu@Yunwu.Example"},
    });
    assert_eq!(t.call(&bob, "PATCH", "/v1/organisation", change.clone()).await.0, 403);
    let (status, seen) = t.call(&ann, "PATCH", "/v1/organisation", change.clone()).await;
    assert_eq!(status, 200, "{seen}");
    assert_eq!(seen["name"], "云坞集团");
    assert!(seen["name_en"].is_null());
    assert_eq!(seen["slug"], "yunwu");
    assert_eq!(seen["chat_retention_days"], 90);
    assert_eq!(seen["recall_window_s"], 0);
    assert_eq!(seen["contact"]["phone"], "+8613800138000");
    assert_eq!(seen["contact"]["email"], "lu@yunwu.example");

    let mut tx = t.app.begin(acme, kernel::Actor::System).await.unwrap();
    let settings = directory::settings(&mut tx).await.unwrap();
    assert_eq!((settings.edit_window_s, settings.shows_presence, settings.keeps_edits), (600, false, true));
    drop(tx);

    // The same once more changes nothing and says nothing.
    assert_eq!(t.call(&ann, "PATCH", "/v1/organisation", change).await.0, 200);
    let told = t.events(acme).await.into_iter().filter(|name| name == "directory.organisation_changed").count();
    assert_eq!(told, 1);
    // The audit log says what each was and is, and of what is sealed, which are names and contact, only that it changed.
    let wanted = kernel::audit::Wanted { name: Some("directory.organisation_changed".into()), ..Default::default() };
    let mut tx = t.app.begin(acme, kernel::Actor::System).await.unwrap();
    let line = kernel::audit::page(&mut tx, &wanted, 10).await.unwrap().remove(0);
    let (before, after) = (&line.data["before"], &line.data["after"]);
    assert_eq!((&before["keeps_edits"], &after["keeps_edits"]), (&json!(false), &json!(true)));
    assert!(line.data["fields"].as_array().unwrap().contains(&json!("names")));
    assert_eq!((&before["slug"], &after["slug"]), (&json!("acme"), &json!("yunwu")));
    assert!(line.data["fields"].as_array().unwrap().contains(&json!("contact")) && after.get("contact").is_none());
    for sealed in ["13800138000", "云坞集团", "Acme"] {
        assert!(!format!("{:?}", line.data).contains(sealed), "{:?}", line.data);
    }
}

#[tokio::test]
async fn who_only_says_how_long_messages_are_kept_does_not_say_whether_edits_are() {
    let w = World::new().await;
    let role = w.role(&["content.retention"]).await;
    let ned = w.person("Ned", &[]).await;
    w.give(&ned, &role, None).await;
    w.ask(&ned, ("PATCH", "/v1/organisation"), json!({"edit_window_s": 300}), 200).await;
    w.ask(&ned, ("PATCH", "/v1/organisation"), json!({"keeps_edits": true}), 403).await;
    let seen = w.ask(&w.ann, ("PATCH", "/v1/organisation"), json!({"keeps_edits": true}), 200).await;
    assert_eq!(seen["keeps_edits"], true);
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_at_its_field() {
    let t = TestApp::with(vec![directory::module()]).await;
    let (acme, _rival) = (t.org("Acme").await, t.org("rival").await);
    let ann = t.member(acme, "Ann").await;
    for (change, field) in [
        (json!({"name_en": ""}), "name_zh"),
        (json!({"slug": "Not a slug"}), "slug"),
        (json!({"region": "China"}), "region"),
        (json!({"time_zone": "Mars/Olympus"}), "time_zone"),
        (json!({"industry": " "}), "industry"),
        (json!({"edit_window_s": -1}), "edit_window_s"),
        (json!({"contact": {"name": ""}}), "contact.name"),
        (json!({"contact": {"name": "Ann", "phone": "x"}}), "contact.phone"),
        (json!({"contact": {"name": "Ann", "email": "x"}}), "contact.email"),
    ] {
        let (status, answer) = t.call(&ann, "PATCH", "/v1/organisation", change.clone()).await;
        assert_eq!((status.as_u16(), answer["field"].as_str()), (422, Some(field)), "{change}: {answer}");
    }
    let (status, answer) = t.call(&ann, "PATCH", "/v1/organisation", json!({"slug": "rival"})).await;
    assert_eq!((status.as_u16(), answer["code"].as_str()), (409, Some("directory.slug_taken")));
    assert_eq!(answer["field"], "slug");
}

#[tokio::test]
async fn org_14_an_account_is_found_in_each_of_its_organisations() {
    let t = TestApp::with(vec![directory::module()]).await;
    let acme = t.org("Acme").await;
    let ann = t.member(acme, "Ann").await;
    t.clock.advance(chrono::TimeDelta::days(1));
    let rival = t.org("rival").await;
    let mut tx = t.app.begin(rival, kernel::Actor::System).await.unwrap();
    let profile = directory::Profile { name: "安".into(), user_id: Some("an".into()), ..Default::default() };
    let new = directory::NewMember {
        account: ann.account,
        profile,
        role: directory::Role::Member,
        state: directory::State::Active,
        department_ids: Vec::new(),
    };
    let there = directory::add_member(&mut tx, new).await.unwrap();
    tx.commit().await.unwrap();

    let mut tx = SystemTx::begin(&t.app).await.unwrap();
    let memberships = directory::memberships_of(&mut tx, ann.account).await.unwrap();
    let places: Vec<_> = memberships.iter().map(|m| (m.org, m.member, m.slug.as_str())).collect();
    assert_eq!(places, [(acme, ann.id, "acme"), (rival, there, "rival")]);
    assert_eq!(directory::org_by_slug_or_id(&mut tx, "rival").await.unwrap(), Some(rival));
    assert_eq!(directory::org_by_slug_or_id(&mut tx, &acme.to_string()).await.unwrap(), Some(acme));
    assert_eq!(directory::org_by_slug_or_id(&mut tx, "nobody").await.unwrap(), None);
    assert_eq!(directory::organisations(&mut tx).await.unwrap(), [acme, rival]);
}

#[tokio::test]
async fn the_second_of_two_who_change_the_organisation_or_a_role_is_told() {
    let w = World::new().await;
    let role = format!("/v1/roles/{}", w.role(&["people.edit"]).await);
    let seen = w.ask(&w.ann, ("GET", "/v1/organisation"), json!(null), 200).await;
    let roles = w.ask(&w.ann, ("GET", "/v1/roles"), json!(null), 200).await;
    let written = roles["items"].as_array().unwrap().iter().find_map(|one| one["revision"].as_i64());
    let tries = [
        (
            "/v1/organisation",
            seen["revision"].as_i64().unwrap(),
            json!({ "region": "CN-33" }),
            json!({ "region": "SG" }),
        ),
        (&*role, written.unwrap(), json!({ "name": "First" }), json!({ "name": "Second" })),
    ];
    for (path, revision, first, second) in tries {
        let edition = format!("\"{revision}\"");
        let send = async |body: &serde_json::Value| {
            let body = body.to_string().into_bytes();
            let headers = [("if-match", edition.as_str())];
            w.t.send(Some(&w.ann), "PATCH", path, body, &headers).await
        };
        assert_eq!(send(&first).await.0, 200, "{path}");
        let (status, refused) = send(&second).await;
        let refused: serde_json::Value = serde_json::from_slice(&refused).unwrap();
        assert_eq!((status.as_u16(), &refused["code"]), (412, &json!("directory.changed_meanwhile")), "{path}");
        w.ask(&w.ann, ("PATCH", path), second, 200).await;
    }
}

#[tokio::test]
async fn org_02_an_address_nobody_chose_is_made_of_the_english_name_or_else_of_the_chinese() {
    let t = TestApp::with(vec![directory::module()]).await;
    for (zh, en, slug) in [("云坞集团", "Yunwu Group", "yunwu-group"), ("云坞集团", "", "yunwujituan")] {
        let mut tx = SystemTx::begin(&t.app).await.unwrap();
        let new = directory::NewOrganisation {
            name_zh: Some(zh.into()),
            name_en: Some(en.into()),
            slug: None,
            region: "CN".into(),
            industry: "manufacturing".into(),
            time_zone: "Asia/Shanghai".into(),
            chat_retention_days: 90,
            contact: directory::Contact { name: "Ann".into(), phone: None, email: None },
        };
        let org = directory::found(&mut tx, new).await.unwrap();
        assert_eq!(directory::org_by_slug_or_id(&mut tx, slug).await.unwrap(), Some(org));
        tx.commit().await.unwrap();
    }
}
