//! Groups: who comes, who goes, who decides (`IM-02`, `IM-16`).

use crate::talk::{Office, numbers, words};
use directory::Role;
use serde_json::json;
use testkit::Person;

async fn people(office: &Office, who: &Person, group: &str) -> Vec<(String, String)> {
    let path = format!("/v1/conversations/{group}/members");
    let page = office.ask(who, "GET", &path, json!(null), 200).await;
    let items = page["items"].as_array().unwrap().iter();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    items.map(|item| (text(&item["member_id"]), text(&item["role"]))).collect()
}

fn role(office: &[(String, String)], person: &Person) -> Option<String> {
    office.iter().find(|(id, _)| *id == person.id.to_string()).map(|(_, role)| role.clone())
}

#[tokio::test]
async fn whoever_begins_a_group_owns_it() {
    let office = Office::open().await;
    let lunch = office.group(&office.bob, &[&office.ann, &office.eve]).await;
    let shown = office.conversation(&office.eve, &lunch).await;
    assert_eq!((&shown["name"], &shown["member_count"]), (&json!("Lunch"), &json!(3)));
    let mut faces = [office.ann.id, office.bob.id, office.eve.id];
    faces.sort();
    assert_eq!(shown["faces"], json!(faces), "its picture is made of its people");
    let all = people(&office, &office.eve, &lunch).await;
    assert_eq!(role(&all, &office.bob).as_deref(), Some("owner"));
    assert_eq!(
        role(&all, &office.ann).as_deref(),
        Some("member"),
        "the organisation's owner is nobody special in a group"
    );
    let alone = json!({"kind": "group", "member_ids": [office.bob.id]});
    office.ask(&office.bob, "POST", "/v1/conversations", alone, 422).await;
}

#[tokio::test]
async fn a_group_can_begin_with_a_department_and_those_below_it() {
    let office = Office::open().await;
    let sales = office.ask(&office.ann, "POST", "/v1/departments", json!({"name": "Sales"}), 201).await;
    let north = json!({"name": "North", "parent_id": sales["id"]});
    let north = office.ask(&office.ann, "POST", "/v1/departments", north, 201).await;
    let path = format!("/v1/members/{}", office.eve.id);
    office.ask(&office.ann, "PATCH", &path, json!({"department_ids": [north["id"]]}), 200).await;
    let group = json!({"kind": "group", "name": "All of Sales", "department_ids": [sales["id"]]});
    let group = office.ask(&office.bob, "POST", "/v1/conversations", group, 201).await;
    assert_eq!(group["member_count"], 2);
    assert_eq!(office.conversation(&office.eve, group["id"].as_str().unwrap()).await["name"], "All of Sales");
}

#[tokio::test]
async fn im_02_a_group_begins_with_a_group_of_the_directory_that_one_sees() {
    let office = Office::open().await;
    let by_hand = |name: &str, is_shown: bool| {
        let made_by = json!({"kind": "hand", "member_ids": [office.bob.id], "department_ids": []});
        json!({"name": name, "is_shown": is_shown, "made_by": made_by})
    };
    let shown = office.ask(&office.ann, "POST", "/v1/people-groups", by_hand("Shown", true), 201).await;
    let quiet = office.ask(&office.ann, "POST", "/v1/people-groups", by_hand("Quiet", false), 201).await;
    let with =
        |group: &serde_json::Value| json!({"kind": "group", "name": "Together", "people_group_ids": [group["id"]]});
    let made = office.ask(&office.eve, "POST", "/v1/conversations", with(&shown), 201).await;
    let id = made["id"].as_str().expect("an id");
    assert_eq!(people(&office, &office.eve, id).await.len(), 2);
    office.ask(&office.eve, "POST", "/v1/conversations", with(&quiet), 404).await;
    let alone = json!({"kind": "group", "name": "Alone", "member_ids": [office.ann.id]});
    let alone = office.ask(&office.eve, "POST", "/v1/conversations", alone, 201).await;
    let members = format!("/v1/conversations/{}/members", alone["id"].as_str().expect("an id"));
    office.ask(&office.eve, "POST", &members, json!({"people_group_ids": [quiet["id"]]}), 404).await;
    office.ask(&office.eve, "POST", &members, json!({"people_group_ids": [shown["id"]]}), 204).await;
    assert_eq!(people(&office, &office.eve, alone["id"].as_str().expect("an id")).await.len(), 3);
}

#[tokio::test]
async fn a_newcomer_sees_what_the_group_shows_newcomers() {
    let office = Office::open().await;
    let fay = office.t.member(office.ann.org, "Fay").await;
    let lunch = office.group(&office.ann, &[&office.bob]).await;
    office.say(&office.ann, &lunch, "before").await;
    let path = format!("/v1/conversations/{lunch}/members");
    office.ask(&office.bob, "POST", &path, json!({"member_ids": [office.eve.id]}), 204).await;
    office.say(&office.ann, &lunch, "after").await;
    let page = office.page(&office.eve, &lunch, "").await;
    assert_eq!((words(&page), numbers(&page), &page["has_older"]), (vec!["after"], vec![3, 4], &json!(false)));
    assert_eq!(page["items"][0]["body"]["event"], "added");
    assert_eq!(office.conversation(&office.eve, &lunch).await["my"]["unread"], 1);

    let at = format!("/v1/conversations/{lunch}");
    office.ask(&office.bob, "PATCH", &at, json!({"history": "all"}), 403).await;
    office.ask(&office.ann, "PATCH", &at, json!({"history": "all"}), 200).await;
    office.ask(&office.bob, "POST", &path, json!({"member_ids": [fay.id]}), 204).await;
    assert_eq!(words(&office.page(&fay, &lunch, "").await), ["before", "after"]);
    assert_eq!(
        words(&office.page(&office.eve, &lunch, "").await),
        ["after"],
        "it applies to those who are added afterwards"
    );
    assert_eq!(
        office.conversation(&fay, &lunch).await["my"]["unread"],
        0,
        "nobody is to blame for what was said before"
    );
}

#[tokio::test]
async fn who_is_taken_out_loses_it_at_once() {
    let office = Office::open().await;
    let lunch = office.group(&office.ann, &[&office.bob, &office.eve]).await;
    office.say(&office.bob, &lunch, "hello").await;
    let of_bob = format!("/v1/conversations/{lunch}/members/{}", office.bob.id);
    office.ask(&office.eve, "DELETE", &of_bob, json!(null), 403).await;
    office.ask(&office.ann, "DELETE", &of_bob, json!(null), 204).await;
    for path in ["", "/messages", "/members"] {
        office.ask(&office.bob, "GET", &format!("/v1/conversations/{lunch}{path}"), json!(null), 404).await;
    }
    let message = json!({"client_id": office.client_id(), "body": {"kind": "text", "text": "me?"}});
    office.ask(&office.bob, "POST", &format!("/v1/conversations/{lunch}/messages"), message, 404).await;
    assert_eq!(office.conversation(&office.ann, &lunch).await["member_count"], 2);
}

#[tokio::test]
async fn nobody_takes_out_an_equal_and_the_owner_appoints() {
    let office = Office::open().await;
    let fay = office.t.member(office.ann.org, "Fay").await;
    let lunch = office.group(&office.ann, &[&office.bob, &office.eve, &fay]).await;
    let role_of = |person: &Person| format!("/v1/conversations/{lunch}/members/{}/role", person.id);
    let member = |person: &Person| format!("/v1/conversations/{lunch}/members/{}", person.id);
    office.ask(&office.bob, "PUT", &role_of(&office.bob), json!({"role": "administrator"}), 403).await;
    for person in [&office.bob, &office.eve] {
        office.ask(&office.ann, "PUT", &role_of(person), json!({"role": "administrator"}), 204).await;
    }
    office.ask(&office.ann, "PUT", &role_of(&fay), json!({"role": "owner"}), 422).await;
    office.ask(&office.bob, "DELETE", &member(&office.eve), json!(null), 403).await;
    office.ask(&office.bob, "DELETE", &member(&office.ann), json!(null), 403).await;
    office.ask(&office.bob, "DELETE", &member(&fay), json!(null), 204).await;
    office.ask(&office.ann, "DELETE", &member(&office.eve), json!(null), 204).await;
}

#[tokio::test]
async fn an_owner_gives_the_group_away_before_going() {
    let office = Office::open().await;
    let lunch = office.group(&office.ann, &[&office.bob, &office.eve]).await;
    let leave = format!("/v1/conversations/{lunch}/leave");
    let transfer = format!("/v1/conversations/{lunch}/transfer");
    assert_eq!(office.ask(&office.ann, "POST", &leave, json!(null), 409).await["code"], "chat.owner_must_transfer");
    office.ask(&office.bob, "POST", &transfer, json!({"member_id": office.bob.id}), 403).await;
    office.ask(&office.ann, "POST", &transfer, json!({"member_id": office.bob.id}), 204).await;
    let all = people(&office, &office.eve, &lunch).await;
    assert_eq!(role(&all, &office.bob).as_deref(), Some("owner"));
    assert_eq!(role(&all, &office.ann).as_deref(), Some("administrator"));
    office.ask(&office.ann, "POST", &leave, json!(null), 204).await;
    office.ask(&office.ann, "GET", &format!("/v1/conversations/{lunch}"), json!(null), 404).await;
    assert_eq!(office.page(&office.eve, &lunch, "").await["items"][2]["body"]["event"], "left");
}

#[tokio::test]
async fn a_dissolved_group_can_be_read_and_not_written() {
    let office = Office::open().await;
    let lunch = office.group(&office.ann, &[&office.bob]).await;
    office.say(&office.bob, &lunch, "so long").await;
    let dissolve = format!("/v1/conversations/{lunch}/dissolve");
    office.ask(&office.bob, "POST", &dissolve, json!(null), 403).await;
    office.ask(&office.ann, "POST", &dissolve, json!(null), 204).await;
    assert_eq!(words(&office.page(&office.bob, &lunch, "").await), ["so long"]);
    let message = json!({"client_id": office.client_id(), "body": {"kind": "text", "text": "wait"}});
    let refused = office.ask(&office.bob, "POST", &format!("/v1/conversations/{lunch}/messages"), message, 409).await;
    assert_eq!(refused["code"], "chat.conversation_dissolved");
    let can = &office.conversation(&office.ann, &lunch).await["can"];
    assert!(can.as_object().unwrap().values().all(|may| may == &json!(false)), "{can}");
    office.ask(&office.ann, "POST", &dissolve, json!(null), 409).await;
}

#[tokio::test]
async fn a_group_has_at_most_two_thousand_people() {
    let office = Office::open().await;
    let mut ids = Vec::new();
    for number in 0..2000 {
        ids.push(office.t.member_as(office.ann.org, &format!("P{number}"), Role::Member).await.id);
    }
    let full = json!({"kind": "group", "member_ids": ids[..1999]});
    let full = office.ask(&office.ann, "POST", "/v1/conversations", full, 201).await;
    assert_eq!(full["member_count"], 2000);
    let path = format!("/v1/conversations/{}/members", full["id"].as_str().unwrap());
    let refused = office.ask(&office.ann, "POST", &path, json!({"member_ids": [ids[1999]]}), 409).await;
    assert_eq!(refused["code"], "chat.too_many_members");
    let refused = json!({"kind": "group", "member_ids": ids});
    assert_eq!(
        office.ask(&office.ann, "POST", "/v1/conversations", refused, 409).await["code"],
        "chat.too_many_members"
    );
}

#[tokio::test]
async fn a_group_is_renamed_by_who_looks_after_it_and_everybody_sees_it() {
    let office = Office::open().await;
    let lunch = office.group(&office.ann, &[&office.bob]).await;
    let at = format!("/v1/conversations/{lunch}");
    office.ask(&office.bob, "PATCH", &at, json!({"name": "Mine"}), 403).await;
    let renamed = office.ask(&office.ann, "PATCH", &at, json!({"name": " 午饭 "}), 200).await;
    assert_eq!(renamed["name"], "午饭");
    let line = &office.page(&office.bob, &lunch, "").await["items"][1];
    assert_eq!((&line["body"]["event"], &line["body"]["name"]), (&json!("renamed"), &json!("午饭")));
    office.ask(&office.ann, "PATCH", &at, json!({"name": ""}), 200).await;
    assert!(office.conversation(&office.bob, &lunch).await.get("name").is_none());
    office.ask(&office.ann, "PATCH", &at, json!({"name": "x".repeat(61)}), 422).await;
    let direct = office.direct(&office.ann, &office.bob).await;
    let refused =
        office.ask(&office.ann, "PATCH", &format!("/v1/conversations/{direct}"), json!({"name": "us"}), 409).await;
    assert_eq!(refused["code"], "chat.not_a_group");
}

#[tokio::test]
async fn the_second_of_two_who_change_a_group_is_told_of_the_first() {
    let office = Office::open().await;
    let lunch = office.group(&office.ann, &[&office.bob]).await;
    let at = format!("/v1/conversations/{lunch}");
    let of_bob = format!("{at}/members/{}/role", office.bob.id);
    office.ask(&office.ann, "PUT", &of_bob, json!({"role": "administrator"}), 204).await;
    let shown = office.t.answer(Some(&office.bob), "GET", &at, Vec::new(), &[]).await;
    let seen = shown.headers()["etag"].to_str().unwrap().to_owned();
    office.say(&office.ann, &lunch, "a message is no other edition").await;
    let change = async |who: &Person, seen: &str, body: serde_json::Value| {
        let body = body.to_string().into_bytes();
        let (status, answer) = office.t.send(Some(who), "PATCH", &at, body, &[("if-match", seen)]).await;
        (status.as_u16(), serde_json::from_slice::<serde_json::Value>(&answer).unwrap())
    };
    let (status, renamed) = change(&office.ann, &seen, json!({"name": "Dinner"})).await;
    assert_eq!((status, &renamed["name"]), (200, &json!("Dinner")));
    for late in [json!({"name": "Supper"}), json!({"history": "all"})] {
        let (status, refused) = change(&office.bob, &seen, late).await;
        assert_eq!((status, &refused["code"]), (412, &json!("directory.changed_meanwhile")));
    }
    let now = office.conversation(&office.bob, &lunch).await;
    assert_eq!((&now["name"], &now["history"]), (&json!("Dinner"), &json!("joining")));
    let seen = format!("\"{}\"", now["revision"]);
    let (status, same) = change(&office.bob, &seen, json!({"name": "Dinner"})).await;
    assert_eq!(status, 200);
    assert_eq!((&same["revision"], &same["last"]), (&now["revision"], &now["last"]), "nothing is announced");
    assert_eq!(change(&office.bob, &seen, json!({"history": "all"})).await.0, 200, "who saw the newest decides");
}
