//! Who may speak with peers: nobody, until somebody says so (`XORG-03`).

use serde_json::{Value, json};
use testkit::Person;

use crate::town::Town;

fn member(who: &Person) -> Value {
    json!({ "kind": "member", "id": who.id })
}

#[tokio::test]
async fn xorg_03_whoever_is_on_the_list_sees_the_peers_and_nobody_else_does() {
    let town = Town::connected().await;
    for who in [&town.ann, &town.bob, &town.eve] {
        assert_eq!(town.contacts(who).await.0, 404, "nobody at first");
        assert!(!town.may_speak(who, &town.mal).await);
    }
    assert_eq!(town.let_speak(json!([member(&town.bob)])).await.0, 200);
    let (status, items) = town.contacts(&town.bob).await;
    assert_eq!((status.as_u16(), &items[0]["name"]), (200, &json!("rival")), "{items}");
    let contact = json!({ "name": "Mal", "phone": "+8613800138000", "email": "mal@example.org" });
    assert_eq!(items[0]["contact"], contact);
    assert!(town.may_speak(&town.bob, &town.mal).await);
    assert_eq!(town.contacts(&town.eve).await.0, 404, "a colleague who is not on the list");
    assert!(!town.may_speak(&town.eve, &town.mal).await);
    // The other side has a list of its own.
    assert_eq!(town.contacts(&town.mal).await.0, 404);
    assert!(!town.may_speak(&town.mal, &town.bob).await);
    assert_eq!(town.let_speak(json!([{ "kind": "everyone" }])).await.0, 200);
    assert_eq!((town.contacts(&town.bob).await.0.as_u16(), town.contacts(&town.eve).await.0.as_u16()), (200, 200));
    assert_eq!(town.let_speak(json!([])).await.0, 200);
    assert_eq!(town.contacts(&town.bob).await.0, 404);
    let said = town.t.events(town.ann.org).await;
    let count = |name: &str| said.iter().filter(|one| *one == name).count();
    assert_eq!((count("peers.speaker_added"), count("peers.speaker_removed")), (2, 2));
}

#[tokio::test]
async fn departments_count_with_what_lies_below_them_and_a_merged_one_is_replaced() {
    let town = Town::connected().await;
    let department = async |name: &str, parent: Value| {
        let body = json!({ "name": name, "parent_id": parent });
        town.t.call(&town.ann, "POST", "/v1/departments", body).await.1["id"].clone()
    };
    let works = department("Works", json!(null)).await;
    let laboratory = department("Laboratory", works.clone()).await;
    let sales = department("Sales", json!(null)).await;
    let path = format!("/v1/members/{}", town.bob.id);
    let placed = town.t.call(&town.ann, "PATCH", &path, json!({ "department_ids": [laboratory] })).await;
    assert_eq!(placed.0, 200, "{}", placed.1);
    let (status, answer) = town.let_speak(json!([{ "kind": "department", "id": works }])).await;
    assert_eq!(status, 200, "{answer}");
    assert_eq!((town.contacts(&town.bob).await.0.as_u16(), town.contacts(&town.eve).await.0.as_u16()), (200, 404));
    let merge = format!("/v1/departments/{}/merge", works.as_str().unwrap());
    let (status, answer) = town.t.call(&town.ann, "POST", &merge, json!({ "into": sales })).await;
    assert!(status.is_success(), "{answer}");
    town.t.run_subscribers().await;
    let (_, list) = town.t.call(&town.ann, "GET", "/v1/peer-speakers", json!(null)).await;
    assert_eq!(list["speakers"], json!([{ "kind": "department", "id": sales }]));
}

#[tokio::test]
async fn a_group_of_people_is_let_speak_until_it_is_gone() {
    let town = Town::connected().await;
    let made_by = json!({ "kind": "hand", "member_ids": [town.eve.id] });
    let body = json!({ "name": "Buyers", "is_shown": true, "made_by": made_by });
    let (status, group) = town.t.call(&town.ann, "POST", "/v1/people-groups", body).await;
    assert_eq!(status, 201, "{group}");
    town.t.run_subscribers().await;
    let (status, answer) = town.let_speak(json!([{ "kind": "people_group", "id": group["id"] }])).await;
    assert_eq!(status, 200, "{answer}");
    assert_eq!((town.contacts(&town.eve).await.0.as_u16(), town.contacts(&town.bob).await.0.as_u16()), (200, 404));
    let path = format!("/v1/people-groups/{}", group["id"].as_str().unwrap());
    let (status, answer) = town.t.call(&town.ann, "DELETE", &path, json!(null)).await;
    assert!(status.is_success(), "{answer}");
    town.t.run_subscribers().await;
    assert_eq!(town.contacts(&town.eve).await.0, 404);
    let (_, list) = town.t.call(&town.ann, "GET", "/v1/peer-speakers", json!(null)).await;
    assert_eq!(list["speakers"], json!([]));
}

#[tokio::test]
async fn what_is_not_here_cannot_be_listed_and_the_second_of_two_who_change_the_list_is_told() {
    let town = Town::connected().await;
    let nowhere = "01890000-0000-7000-8000-00000000dead";
    for one in [
        json!({ "kind": "department", "id": nowhere }),
        json!({ "kind": "people_group", "id": nowhere }),
        json!({ "kind": "role", "id": nowhere }),
        member(&town.mal),
    ] {
        let (status, answer) = town.let_speak(json!([one])).await;
        assert_eq!((status.as_u16(), &answer["why"]), (422, &json!("unknown")), "{answer}");
    }
    let change = async |seen: &str, speakers: Value| {
        let body = json!({ "speakers": speakers }).to_string().into_bytes();
        town.t.send(Some(&town.ann), "PUT", "/v1/peer-speakers", body, &[("if-match", seen)]).await.0.as_u16()
    };
    assert_eq!(change("\"0\"", json!([member(&town.bob)])).await, 200);
    assert_eq!(change("\"0\"", json!([])).await, 412);
    assert_eq!(town.contacts(&town.bob).await.0, 200, "nothing was lost");
    assert_eq!(change("\"1\"", json!([])).await, 200);
}
