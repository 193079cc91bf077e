//! Catching up after an absence (`IM-19`).

use crate::talk::{Office, numbers};
use serde_json::{Value, json};
use testkit::Person;

async fn sync(office: &Office, who: &Person, pos: Option<i64>, positions: &[(&str, i64)]) -> Value {
    let positions: Vec<Value> = positions.iter().map(|(id, seq)| json!({"conversation_id": id, "seq": seq})).collect();
    office.ask(who, "POST", "/v1/sync", json!({"pos": pos, "positions": positions}), 200).await
}

fn ids(answer: &Value) -> Vec<&str> {
    answer["conversations"].as_array().unwrap().iter().map(|c| c["id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_device_gets_exactly_what_it_missed() {
    let office = Office::open().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    office.say(&office.ann, &direct, "one").await;
    let first = sync(&office, &office.bob, None, &[]).await;
    assert_eq!((ids(&first), &first["messages"]), (vec![direct.as_str()], &json!([])));
    let pos = first["pos"].as_i64();
    office.t.clock.advance(chrono::TimeDelta::hours(1));

    office.say(&office.ann, &direct, "two").await;
    office
        .ask(&office.ann, "PATCH", &format!("/v1/conversations/{direct}/messages/2"), json!({"text": "2"}), 200)
        .await;
    let lunch = office.group(&office.ann, &[&office.bob]).await;
    let answer = sync(&office, &office.bob, pos, &[(&direct, 1)]).await;
    let mut changed = ids(&answer);
    changed.sort_unstable();
    let mut expected = [direct.as_str(), lunch.as_str()];
    expected.sort_unstable();
    assert_eq!(changed, expected);
    assert_eq!(numbers(&answer["messages"][0]), [2]);
    assert_eq!(answer["changed"][0]["body"]["text"], "2");
    assert_eq!((&answer["gone"], &answer["refetch"]), (&json!([]), &json!(false)));

    office.t.clock.advance(chrono::TimeDelta::hours(1));
    let again = sync(&office, &office.bob, answer["pos"].as_i64(), &[(&direct, 2), (&lunch, 1)]).await;
    assert_eq!((&again["messages"], &again["changed"]), (&json!([]), &json!([])));
}

#[tokio::test]
async fn an_answer_has_an_end_however_many_conversations_are_far_behind() {
    let office = Office::open().await;
    let mut groups = Vec::new();
    for _ in 0..12 {
        let group = office.group(&office.ann, &[&office.bob]).await;
        office.say(&office.ann, &group, "one of many").await;
        office.t.clock.advance(chrono::TimeDelta::seconds(1));
        groups.push(group);
    }
    let mut tx = office.t.app.begin(office.ann.org, kernel::Actor::System).await.unwrap();
    sqlx::query("update chat.conversation set last_seq = 100").execute(tx.db()).await.unwrap();
    tx.commit().await.unwrap();
    let positions: Vec<_> = groups.iter().map(|id| (id.as_str(), 0)).collect();
    let answer = sync(&office, &office.bob, None, &positions).await;
    let (named, told): (Vec<_>, Vec<_>) = answer["messages"]
        .as_array()
        .unwrap()
        .iter()
        .partition(|missed| missed["items"].as_array().unwrap().is_empty() && missed["has_more"] == json!(true));
    assert_eq!(told.len(), 10, "a thousand messages");
    let mut named: Vec<_> = named.iter().map(|missed| missed["conversation_id"].as_str().unwrap()).collect();
    named.sort_by_key(|id| groups.iter().position(|group| group == id));
    assert_eq!(named, &groups[..2], "those in which nothing was said for longest are named");
}

#[tokio::test]
async fn what_one_read_elsewhere_is_read_here_too() {
    let office = Office::open().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    office.say(&office.ann, &direct, "one").await;
    office.t.clock.advance(chrono::TimeDelta::hours(1));
    let lunch = office.group(&office.ann, &[&office.bob]).await;
    let pos = sync(&office, &office.bob, None, &[]).await["pos"].as_i64();
    office.t.clock.advance(chrono::TimeDelta::hours(1));
    assert_eq!(
        ids(&sync(&office, &office.bob, pos, &[]).await),
        [&lunch],
        "times are compared generously, but not for ever"
    );
    office.read(&office.bob, &direct, 1).await;
    let answer = sync(&office, &office.bob, pos, &[]).await;
    let read = answer["conversations"].as_array().unwrap().iter().find(|c| c["id"] == json!(direct)).unwrap();
    assert_eq!(read["my"]["unread"], 0);
}

#[tokio::test]
async fn what_is_not_ones_own_any_more_is_gone() {
    let office = Office::open().await;
    let lunch = office.group(&office.ann, &[&office.bob]).await;
    let pos = sync(&office, &office.bob, None, &[]).await["pos"].as_i64();
    office
        .ask(&office.ann, "DELETE", &format!("/v1/conversations/{lunch}/members/{}", office.bob.id), json!(null), 204)
        .await;
    office.say(&office.ann, &lunch, "without Bob").await;
    let answer = sync(&office, &office.bob, pos, &[(&lunch, 1)]).await;
    assert_eq!(
        (&answer["gone"], &answer["conversations"], &answer["messages"]),
        (&json!([lunch]), &json!([]), &json!([]))
    );
    let mal = office.mal().await;
    assert_eq!(sync(&office, &mal, None, &[(&lunch, 0)]).await["gone"], json!([lunch]), "as if there were none");
}

#[tokio::test]
async fn much_comes_in_pieces_and_too_much_anew() {
    let office = Office::open().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    for number in 0..130 {
        office.say(&office.ann, &direct, &format!("{number}")).await;
    }
    let answer = sync(&office, &office.bob, None, &[(&direct, 10)]).await;
    let missed = &answer["messages"][0];
    assert_eq!((numbers(missed), &missed["has_more"]), ((11..=110).collect(), &json!(true)));
    assert_eq!(
        numbers(&office.page(&office.bob, &direct, "?after=110&limit=100").await),
        (111..=130).collect::<Vec<_>>()
    );
    assert_eq!(sync(&office, &office.bob, Some(1_000_000), &[]).await["refetch"], true);
}
