//! Groups are written by one after the other, and what was done stands in the audit log (`ORG-03`).

use serde_json::{Value, json};
use testkit::Person;

use crate::world::{World, by_hand, by_rule, text};

async fn with(
    w: &World,
    who: &Person,
    (method, path): (&str, &str),
    headers: &[(&str, &str)],
    body: Value,
) -> (u16, Value) {
    let (status, answer) = w.t.send(Some(who), method, path, body.to_string().into_bytes(), headers).await;
    (status.as_u16(), serde_json::from_slice(&answer).unwrap_or_default())
}

#[tokio::test]
async fn the_second_of_two_who_change_a_group_is_told_of_the_first() {
    let w = World::new().await;
    let group = w.group("One", by_hand(&[], &[])).await;
    let path = format!("/v1/people-groups/{group}");
    let (status, changed) =
        with(&w, &w.ann, ("PATCH", &path), &[("if-match", "\"1\"")], json!({ "name": "Two" })).await;
    assert_eq!((status, &changed["revision"]), (200, &json!(2)));
    let (status, refused) =
        with(&w, &w.ann, ("PATCH", &path), &[("if-match", "\"1\"")], json!({ "name": "Three" })).await;
    assert_eq!((status, &refused["code"]), (412, &json!("directory.changed_meanwhile")));
    assert_eq!(with(&w, &w.ann, ("DELETE", &path), &[("if-match", "\"1\"")], Value::Null).await.0, 412);
    assert_eq!(with(&w, &w.ann, ("DELETE", &path), &[("if-match", "\"2\"")], Value::Null).await.0, 204);
    assert_eq!(w.t.call(&w.ann, "GET", &path, Value::Null).await.0, 404);
}

#[tokio::test]
async fn a_group_that_is_made_twice_with_one_key_is_there_once_and_no_two_are_called_the_same() {
    let w = World::new().await;
    let new = json!({ "name": "Ａ组", "made_by": by_hand(&[], &[]) });
    let key = [("idempotency-key", "one")];
    let (_, first) = with(&w, &w.ann, ("POST", "/v1/people-groups"), &key, new.clone()).await;
    let (status, again) = with(&w, &w.ann, ("POST", "/v1/people-groups"), &key, new.clone()).await;
    assert_eq!((status, &again["id"]), (201, &first["id"]));
    let refused =
        w.ask(("POST", "/v1/people-groups"), json!({ "name": "a组", "made_by": by_hand(&[], &[]) }), 409).await;
    assert_eq!((&refused["code"], &refused["field"]), (&json!("people_groups.name_taken"), &json!("name")));
    let other = w.group("B", by_hand(&[], &[])).await;
    let refused = w.ask(("PATCH", &format!("/v1/people-groups/{other}")), json!({ "name": "A组" }), 409).await;
    assert_eq!(refused["code"], "people_groups.name_taken");
}

#[tokio::test]
async fn what_names_nothing_that_is_there_is_refused() {
    let w = World::new().await;
    let stranger = w.t.member(w.t.org("Rival").await, "Mal").await;
    for (made_by, field, why) in [
        (by_hand(&[&stranger], &[]), "member_ids", "unknown"),
        (by_hand(&[], &[&w.level]), "department_ids", "unknown"),
        (by_rule(&[], true, json!([])), "conditions", "is_empty"),
    ] {
        let new = json!({ "name": "Nothing", "made_by": made_by });
        let refused = w.ask(("POST", "/v1/people-groups"), new, 422).await;
        assert_eq!((&refused["field"], &refused["why"]), (&json!(field), &json!(why)));
    }
    let many = vec![json!({ "field_id": w.level, "test": "filled" }); 21];
    let new = json!({ "name": "Many", "made_by": by_rule(&[], true, json!(many)) });
    assert_eq!(w.ask(("POST", "/v1/people-groups"), new, 422).await["why"], "too_many");
    let new = json!({ "name": " ", "made_by": by_hand(&[], &[]) });
    assert_eq!(w.ask(("POST", "/v1/people-groups"), new, 422).await["field"], "name");
}

#[tokio::test]
async fn org_03_the_audit_log_says_who_put_whom_into_a_group() {
    let w = World::new().await;
    let (nora, leo) = (w.person("Nora", &[]).await, w.person("Leo", &[]).await);
    let group = w.group("Board", by_hand(&[&nora, &leo], &[])).await;
    let path = format!("/v1/people-groups/{group}");
    w.ask(("PATCH", &path), json!({ "made_by": by_hand(&[&leo], &[]) }), 200).await;
    w.ask(("PATCH", &path), json!({ "made_by": by_hand(&[&leo], &[]) }), 200).await;
    w.ask(("DELETE", &path), Value::Null, 204).await;
    let events = w.t.events(w.acme).await;
    let count = |name: &str| events.iter().filter(|event| *event == &format!("people_groups.{name}")).count();
    assert_eq!((count("member_listed"), count("member_unlisted")), (2, 1));
    assert_eq!(
        (count("people_group_written"), count("people_group_deleted")),
        (2, 1),
        "what changes nothing says nothing"
    );
    let mut tx = w.t.app.begin(w.acme, kernel::Actor::System).await.unwrap();
    let wanted = kernel::audit::Wanted { name: Some("people_groups.member_unlisted".into()), ..Default::default() };
    let found = kernel::audit::page(&mut tx, &wanted, 5).await.unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].stored.rule.as_deref(), Some("departments.manage"));
    let told = serde_json::to_string(&found[0].data).unwrap();
    assert!(!told.contains("Board"), "what a group is called is no part of it");
}

#[tokio::test]
async fn groups_are_listed_and_found_by_name_and_pinyin() {
    let w = World::new().await;
    for name in ["销售骨干", "新员工", "Board"] {
        w.group(name, by_hand(&[], &[])).await;
    }
    let names =
        |page: &Value| page["items"].as_array().unwrap().iter().map(|one| text(&one["name"])).collect::<Vec<_>>();
    let all = w.ask(("GET", "/v1/people-groups"), Value::Null, 200).await;
    assert_eq!(names(&all), ["Board", "销售骨干", "新员工"]);
    assert_eq!(names(&w.ask(("GET", "/v1/people-groups?query=xsgg"), Value::Null, 200).await), ["销售骨干"]);
    let first = w.ask(("GET", "/v1/people-groups?limit=2"), Value::Null, 200).await;
    let rest = format!("/v1/people-groups?limit=2&after={}", text(&first["next"]));
    assert_eq!(names(&w.ask(("GET", &rest), Value::Null, 200).await), ["新员工"]);
}

#[tokio::test]
async fn there_are_five_hundred_groups_at_most() {
    let w = World::new().await;
    for n in 0..500 {
        w.group(&format!("Group {n}"), by_hand(&[], &[])).await;
    }
    let one_more = json!({ "name": "One more", "made_by": by_hand(&[], &[]) });
    let refused = w.ask(("POST", "/v1/people-groups"), one_more.clone(), 409).await;
    assert_eq!(refused["code"], "people_groups.too_many");
    let all = w.ask(("GET", "/v1/people-groups?limit=1"), Value::Null, 200).await;
    w.ask(("DELETE", &format!("/v1/people-groups/{}", text(&all["items"][0]["id"]))), Value::Null, 204).await;
    w.ask(("POST", "/v1/people-groups"), one_more, 201).await;
}
