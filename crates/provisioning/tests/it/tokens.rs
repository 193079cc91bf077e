//! Service tokens: made, listed, ended, and never stronger than whoever made them (`ORG-03`).

use chrono::TimeDelta;
use serde_json::json;

use crate::house::{ALL, House};

#[tokio::test]
async fn a_token_is_shown_once_listed_and_only_its_hash_is_kept() {
    let house = House::open().await;
    let secret = house.token(&["people.see"], &[]).await;
    let (_, listed) = house.t.call(&house.ann, "GET", "/v1/service-tokens", json!(null)).await;
    let one = &listed["items"][0];
    assert_eq!(
        (&one["name"], &one["state"], &one["permissions"]),
        (&json!("HR"), &json!("open"), &json!(["people.see"]))
    );
    assert_eq!(one["made_by"], json!(house.ann.id));
    assert!(one["last_used_at"].is_null() && !listed.to_string().contains(&secret));
    house.changes(&secret, 0).await;
    let (_, listed) = house.t.call(&house.ann, "GET", "/v1/service-tokens", json!(null)).await;
    assert!(listed["items"][0]["last_used_at"].is_string());
    let mut tx = house.t.app.begin(house.ann.org, kernel::Actor::System).await.unwrap();
    let rows: Vec<String> =
        sqlx::query_scalar("select row_to_json(t)::text from tokens.token t").fetch_all(tx.db()).await.unwrap();
    let random = secret.rsplit('.').next().unwrap();
    assert!(rows.len() == 1 && !rows[0].contains(random), "{rows:?}");
    assert_eq!(house.t.call(&house.bob, "GET", "/v1/service-tokens", json!(null)).await.0, 403);
}

#[tokio::test]
async fn to_make_one_the_password_is_proven_again() {
    let house = House::open().await;
    let wanted = json!({ "name": "HR", "permissions": ["people.see"], "expires_in_days": 1 });
    let (status, refused) = house.t.call(&house.ann, "POST", "/v1/service-tokens", wanted).await;
    assert_eq!((status.as_u16(), &refused["code"]), (403, &json!("identity.prove_again")));
}

#[tokio::test]
async fn org_03_nobody_makes_a_token_stronger_than_themselves() {
    let house = House::open().await;
    let (sales, works) = (house.department("Sales").await, house.department("Works").await);
    house.give_bob(&["tokens.manage", "people.see"], None).await;
    house.give_bob(&["people.edit"], Some(&sales)).await;
    for (permissions, departments, expected) in [
        (vec!["people.see"], vec![], 201),
        (vec!["people.edit"], vec![sales.as_str()], 201),
        (vec!["people.edit"], vec![], 403),
        (vec!["people.edit"], vec![works.as_str()], 403),
        (vec!["people.add"], vec![], 403),
    ] {
        let (status, answer) = house.make(&house.bob, &permissions, &departments).await;
        assert_eq!(status.as_u16(), expected, "{permissions:?} {departments:?} {answer}");
    }
    // What only people do is lent to no program, not even by the owner.
    for permission in ["roles.give", "roles.edit", "tokens.manage", "organisation.own", "people.reset_password"] {
        assert_eq!(house.make(&house.ann, &[permission], &[]).await.0, 403, "{permission}");
    }
}

#[tokio::test]
async fn org_03_a_token_reaches_no_further_than_its_maker_still_does() {
    let house = House::open().await;
    house.give_bob(&["tokens.manage", "people.see"], None).await;
    let (status, made) = house.make(&house.bob, &["people.see"], &[]).await;
    assert_eq!(status, 201, "{made}");
    let token = made["secret"].as_str().unwrap();
    house.changes(token, 0).await;
    let (_, grants) = house.t.call(&house.ann, "GET", "/v1/role-grants", json!(null)).await;
    let grant = grants["items"].as_array().unwrap().iter().find(|one| one["member_id"] == json!(house.bob.id)).unwrap();
    let path = format!("/v1/role-grants/{}", grant["id"].as_str().unwrap());
    let (status, _) = house.t.call(&house.ann, "DELETE", &path, json!(null)).await;
    assert!(status.is_success(), "{status}");
    let (status, refused) = house.program(token, "GET", "/v1/provisioning/changes", json!(null)).await;
    assert_eq!((status.as_u16(), &refused["code"]), (403, &json!("forbidden")));
    // And that it was refused stands in the audit log, in the token's name.
    house.t.app.settled().await;
    let (_, log) = house.t.call(&house.ann, "GET", "/v1/audit?is_refused=true", json!(null)).await;
    assert_eq!(log["items"][0]["actor"], json!({ "kind": "application", "id": made["token"]["id"] }));
    assert_eq!(log["items"][0]["name"], "listDirectoryChanges");
}

#[tokio::test]
async fn a_token_ends_when_it_is_revoked_when_its_time_is_over_and_when_its_maker_goes() {
    let house = House::open().await;
    let status_of =
        async |token: &str| house.program(token, "GET", "/v1/provisioning/changes", json!(null)).await.0.as_u16();
    let first = house.token(&ALL, &[]).await;
    // The newest stands first.
    house.t.clock.advance(TimeDelta::seconds(1));
    let second = house.token(&ALL, &[]).await;
    assert_eq!((status_of(&first).await, status_of(&second).await), (200, 200));
    let (_, listed) = house.t.call(&house.ann, "GET", "/v1/service-tokens", json!(null)).await;
    let path = format!("/v1/service-tokens/{}", listed["items"][1]["id"].as_str().unwrap());
    assert_eq!(house.t.call(&house.bob, "DELETE", &path, json!(null)).await.0, 403);
    assert_eq!(house.t.call(&house.ann, "DELETE", &path, json!(null)).await.0, 204);
    assert_eq!(house.t.call(&house.ann, "DELETE", &path, json!(null)).await.0, 404);
    assert_eq!((status_of(&first).await, status_of(&second).await), (401, 200));
    house.t.clock.advance(TimeDelta::days(31));
    assert_eq!(status_of(&second).await, 401);

    house.give_bob(&["tokens.manage", "people.see"], None).await;
    let (_, made) = house.make(&house.bob, &["people.see"], &[]).await;
    let third = made["secret"].as_str().unwrap();
    assert_eq!(status_of(third).await, 200);
    // Whichever way they go.
    for operation in ["suspend", "disable", "remove"] {
        house.prove(&house.ann).await;
        let path = format!("/v1/members/{}/{operation}", house.bob.id);
        assert_eq!(house.t.call(&house.ann, "POST", &path, json!({})).await.0, 204, "{operation}");
        assert_eq!(status_of(third).await, 401, "{operation}");
    }
    let (_, listed) = house.t.call(&house.ann, "GET", "/v1/service-tokens", json!(null)).await;
    assert_eq!(listed["items"][0]["state"], "revoked");
}

/// An end is an end: whoever is let in again makes new tokens, and the list says who ended the old ones and why (`ACC-10`).
#[tokio::test]
async fn acc_10_tokens_of_before_stay_ended_when_their_maker_is_let_in_again() {
    let house = House::open().await;
    let other = house.t.beside(crate::house::modules());
    let opens = async |token: &str| {
        let bearer = format!("Bearer {token}");
        let mut answers = Vec::new();
        for node in [&house.t, &other] {
            let with = [("authorization", bearer.as_str())];
            answers.push(node.send(None, "GET", "/v1/provisioning/changes", Vec::new(), &with).await.0.as_u16());
        }
        answers
    };
    let bobs = async || {
        house.t.clock.advance(TimeDelta::seconds(1));
        let (status, made) = house.make(&house.bob, &["people.see"], &[]).await;
        assert_eq!(status, 201, "{made}");
        made["secret"].as_str().unwrap().to_owned()
    };
    let turn = async |operation: &str| {
        let path = format!("/v1/members/{}/{operation}", house.bob.id);
        assert_eq!(house.t.call(&house.ann, "POST", &path, json!({})).await.0, 204, "{operation}");
    };
    let newest = async || {
        let (_, listed) = house.t.call(&house.ann, "GET", "/v1/service-tokens", json!(null)).await;
        listed["items"][0].clone()
    };
    house.give_bob(&["tokens.manage", "people.see"], None).await;
    let (anns, first) = (house.token(&ALL, &[]).await, bobs().await);
    assert_eq!((opens(&anns).await, opens(&first).await), (vec![200; 2], vec![200; 2]));
    assert!(newest().await["ended"].is_null());
    turn("suspend").await;
    assert_eq!((opens(&anns).await, opens(&first).await), (vec![200; 2], vec![401; 2]));
    turn("resume").await;
    assert_eq!(opens(&first).await, vec![401; 2], "he is in again, and it is not");
    let told = newest().await;
    assert_eq!((&told["state"], &told["ended"]["why"]), (&json!("revoked"), &json!("maker_shut_out")));
    assert_eq!(told["ended"]["by"], json!(house.ann.id));
    let (_, log) = house.t.call(&house.ann, "GET", "/v1/audit?name=tokens.token_ended", json!(null)).await;
    assert_eq!(log["items"][0]["actor"]["id"], json!(house.ann.id), "{log}");

    let second = bobs().await;
    assert_eq!((opens(&first).await, opens(&second).await), (vec![401; 2], vec![200; 2]));
    // By a program, once he holds no more than it does: nobody is named.
    let (_, grants) = house.t.call(&house.ann, "GET", "/v1/role-grants", json!(null)).await;
    let grant = grants["items"].as_array().unwrap().iter().find(|one| one["member_id"] == json!(house.bob.id)).unwrap();
    let path = format!("/v1/role-grants/{}", grant["id"].as_str().unwrap());
    assert!(house.t.call(&house.ann, "DELETE", &path, json!(null)).await.0.is_success());
    let row = json!({ "people": [{ "external_id": "P9", "name": "Bob", "user_id": "bob", "state": "suspended" }] });
    let (status, done) = house.upsert(&anns, row).await;
    assert_eq!(status, 200, "{done}");
    assert_eq!(opens(&second).await, vec![401; 2]);
    assert_eq!(
        (&newest().await["ended"]["by"], &newest().await["ended"]["why"]),
        (&json!(null), &json!("maker_shut_out"))
    );
    let (_, listed) = house.t.call(&house.ann, "GET", "/v1/service-tokens", json!(null)).await;
    let open = listed["items"].as_array().unwrap().iter().find(|one| one["state"] == "open").unwrap();
    let path = format!("/v1/service-tokens/{}", open["id"].as_str().unwrap());
    assert_eq!(house.t.call(&house.ann, "DELETE", &path, json!(null)).await.0, 204);
    let (_, listed) = house.t.call(&house.ann, "GET", "/v1/service-tokens", json!(null)).await;
    let by_hand = listed["items"].as_array().unwrap().iter().find(|one| one["ended"]["why"] == "revoked").unwrap();
    assert_eq!(by_hand["ended"]["by"], json!(house.ann.id));
}

#[tokio::test]
async fn a_token_opens_what_serves_programs_and_nothing_that_is_for_people() {
    let house = House::open().await;
    let token = house.token(&ALL, &[]).await;
    for path in ["/v1/me", "/v1/members", "/v1/audit", "/v1/service-tokens", "/v1/organisation"] {
        assert_eq!(house.program(&token, "GET", path, json!(null)).await.0, 401, "{path}");
    }
    for wrong in ["", "tulou.", "tulou.x.y", &token[..token.len() - 2]] {
        assert_eq!(house.program(wrong, "GET", "/v1/provisioning/changes", json!(null)).await.0, 401, "{wrong}");
    }
}
