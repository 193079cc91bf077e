//! Finding messages again (`SRCH-01`): by any part of Chinese text, by words, beginnings and stems; newest first; only
//! what one may read; not a moment longer than it is there.

use chrono::TimeDelta;
use kernel::{Actor, Bucket};
use serde_json::{Value, json};
use testkit::Person;

use crate::talk::Office;

impl Office {
    /// Brings the index up to date, as the indexer does by itself a moment later.
    pub async fn index(&self) {
        chat::index_messages(&self.t.app, self.ann.org).await.unwrap();
    }

    pub async fn search(&self, who: &Person, query: &str) -> Value {
        let path = format!("/v1/messages/search?{}", escaped(query));
        self.ask(who, "GET", &path, json!(null), 200).await
    }

    /// The numbers of what is found.
    pub async fn found(&self, who: &Person, query: &str) -> Vec<i64> {
        let answer = self.search(who, query).await;
        answer["hits"].as_array().unwrap().iter().map(|hit| hit["message"]["seq"].as_i64().unwrap()).collect()
    }
}

/// A query with everything but what separates its parts escaped.
fn escaped(query: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"=&-_.:".contains(&byte);
    query.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

#[tokio::test]
async fn messages_are_found_by_their_words_newest_first() {
    let office = Office::open().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    for text in ["冷链单独走，7:00 先发", "the studies are done", "冷藏样品要单独走吗？", "He studied Müller, AB4711"]
    {
        office.t.clock.advance(TimeDelta::hours(13));
        office.say(&office.ann, &direct, text).await;
    }
    office.index().await;
    for (query, expected) in [
        ("单独", vec![3, 1]),
        ("冷链单", vec![1]),
        ("study", vec![4, 2]),
        ("stud", vec![4, 2]),
        ("tudied", vec![]),
        ("muller 4711", vec![4]),
        ("冷 样品", vec![3]),
        ("走", vec![3, 1]),
        ("链冷", vec![]),
        ("7:00", vec![1]),
    ] {
        assert_eq!(office.found(&office.bob, &format!("q={query}")).await, expected, "{query}");
    }
    let hit = office.search(&office.bob, "q=单独&limit=1").await;
    assert_eq!(hit["hits"][0]["snippet"], json!("冷藏样品要单独走吗？"));
    assert_eq!(hit["hits"][0]["marks"], json!([{"start": 5, "length": 2}]));
    assert_eq!(hit["hits"][0]["conversation_id"], json!(direct));
    let next = hit["next"].as_str().unwrap();
    assert_eq!(office.found(&office.bob, &format!("q=单独&limit=1&cursor={next}")).await, [1]);
}

#[tokio::test]
async fn srch_01_messages_are_found_and_shown_as_they_are_read() {
    let office = Office::open().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    for text in [
        "**重点**看",
        "Clauses *7.2* and *9*. **Thank** you!",
        "冷链单独走，先发\n- 周五 18:00\n- 周六",
        "看[计划](https://plan.example/secret)",
        "```rust\nlet noodles = 2 * 3;\n```",
    ] {
        office.say(&office.ann, &direct, text).await;
    }
    office.index().await;
    for (query, seq, snippet, marked) in [
        ("重点看", 1, "重点看", "重点看"),
        ("and 9.", 2, "Clauses 7.2 and 9. Thank you!", "and"),
        ("先发", 3, "冷链单独走，先发 周五 18:00 周六", "先发"),
        ("看计划", 4, "看计划 (plan.example)", "看计划"),
        ("plan.example", 4, "看计划 (plan.example)", "plan.example"),
        ("noodles", 5, "let noodles = 2 * 3;", "noodles"),
    ] {
        let answer = office.search(&office.bob, &format!("q={query}")).await;
        let hits = answer["hits"].as_array().unwrap();
        assert_eq!(hits.len(), 1, "{query}");
        let (hit, mark) = (&hits[0], &hits[0]["marks"][0]);
        assert_eq!((hit["message"]["seq"].as_i64(), hit["snippet"].as_str()), (Some(seq), Some(snippet)), "{query}");
        let units: Vec<u16> = snippet.encode_utf16().collect();
        let (start, length) = (mark["start"].as_u64().unwrap() as usize, mark["length"].as_u64().unwrap() as usize);
        assert_eq!(String::from_utf16(&units[start..start + length]).unwrap(), marked, "{query}");
    }
    assert_eq!(office.found(&office.bob, "q=**重点").await, [1], "marks in what is typed are no words either");
    for query in ["secret", "rust"] {
        assert!(office.found(&office.bob, &format!("q={query}")).await.is_empty(), "{query}");
    }
}

#[tokio::test]
async fn filters_narrow_what_is_found() {
    let office = Office::open().await;
    let (direct, lunch) =
        (office.direct(&office.ann, &office.bob).await, office.group(&office.ann, &[&office.bob]).await);
    office.say(&office.ann, &direct, "noodles here").await;
    office.t.clock.advance(TimeDelta::days(1));
    let since = office.t.app.now().to_rfc3339();
    office.say(&office.bob, &direct, "noodles again").await;
    office.say(&office.bob, &lunch, "noodles for all").await;
    office.index().await;
    let count = async |query: String| office.found(&office.ann, &query).await.len();
    assert_eq!(count("q=noodles".into()).await, 3);
    assert_eq!(count(format!("q=noodles&from={}", office.bob.id)).await, 2);
    assert_eq!(count(format!("from={}", office.ann.id)).await, 1, "without words: everything somebody said");
    assert_eq!(count(format!("q=noodles&in={direct}")).await, 2);
    assert_eq!(count(format!("q=n&in={direct}&from={}", office.bob.id)).await, 1, "a single letter");
    assert_eq!(count(format!("q=noodles&since={since}")).await, 2);
    assert_eq!(count(format!("q=noodles&until={since}")).await, 1);
    assert_eq!(count("q=noodles&kind=text".into()).await, 3);
    assert_eq!(count("q=noodles&kind=file".into()).await, 0);
    office.ask(&office.ann, "GET", "/v1/messages/search", json!(null), 422).await;
    let path = format!("/v1/messages/search?q=noodles&in={lunch}");
    office.ask(&office.eve, "GET", &path, json!(null), 404).await;
    office.ask(&office.ann, "GET", "/v1/messages/search?q=a&cursor=x", json!(null), 422).await;
}

#[tokio::test]
async fn one_finds_from_where_one_came_in_until_one_leaves() {
    let office = Office::open().await;
    let lunch = office.group(&office.ann, &[&office.bob]).await;
    office.say(&office.ann, &lunch, "noodles before").await;
    let path = format!("/v1/conversations/{lunch}/members");
    office.ask(&office.ann, "POST", &path, json!({"member_ids": [office.eve.id]}), 204).await;
    office.say(&office.ann, &lunch, "noodles after").await;
    office.index().await;
    assert_eq!(office.found(&office.bob, "q=noodles").await.len(), 2);
    assert_eq!(office.found(&office.eve, "q=noodles").await.len(), 1);
    assert_eq!(office.found(&office.eve, "q=n").await.len(), 1, "single characters too");
    office.ask(&office.eve, "POST", &format!("/v1/conversations/{lunch}/leave"), json!(null), 204).await;
    assert!(office.found(&office.eve, "q=noodles").await.is_empty());
    let mal = office.mal().await;
    assert!(office.found(&mal, "q=noodles").await.is_empty());
}

#[tokio::test]
async fn what_is_edited_or_recalled_is_forgotten_at_once() {
    let office = Office::open().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    for text in ["冷链一", "冷链二", "冷链三"] {
        office.say(&office.ann, &direct, text).await;
    }
    office.index().await;
    let before = terms(&office).await;
    let path = |seq: i64| format!("/v1/conversations/{direct}/messages/{seq}");
    office.ask(&office.ann, "PATCH", &path(1), json!({"text": "周转箱"}), 200).await;
    office.ask(&office.ann, "POST", &format!("{}/recall", path(2)), json!(null), 204).await;
    assert_eq!(office.found(&office.bob, "q=冷链").await, [3]);
    assert_eq!(office.found(&office.bob, "q=周转").await, [1], "without waiting for the indexer");
    let after = terms(&office).await;
    assert_eq!((before.len(), after.len()), (3, 2));
    assert!(!after.iter().any(|(seq, _)| *seq == 2), "nothing of the recalled one is left");
    assert_ne!(before[0], after[0], "nor of the old words");
    // What is changed before it was indexed is indexed as it is then.
    office.say(&office.ann, &direct, "冷链四").await;
    office.ask(&office.ann, "PATCH", &path(4), json!({"text": "丰禾物流"}), 200).await;
    office.index().await;
    assert_eq!(office.found(&office.bob, "q=冷链").await, [3]);
    assert_eq!(office.found(&office.bob, "q=丰禾").await, [4]);
}

/// What the index holds, as nobody but its owner can see.
async fn terms(office: &Office) -> Vec<(i64, Vec<i32>)> {
    let mut db = office.t.admin.acquire().await.unwrap();
    sqlx::query_as("select place, terms from search.entry order by place").fetch_all(&mut *db).await.unwrap()
}

/// `SRCH-04`: the index follows the time that messages are kept.
#[tokio::test]
async fn nothing_is_found_past_its_time_or_without_its_key() {
    let office = Office::open().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    office.say(&office.ann, &direct, "noodles old").await;
    office.t.clock.advance(TimeDelta::days(50));
    office.say(&office.ann, &direct, "noodles new").await;
    office.index().await;
    assert_eq!(office.found(&office.bob, "q=noodles").await, [2, 1]);
    office.t.clock.advance(TimeDelta::days(40));
    assert_eq!(office.found(&office.bob, "q=noodles").await, [2], "hidden at the second, before any job");
    office.t.run_jobs().await;
    assert_eq!(terms(&office).await.len(), 1, "the row of the index goes with the message");
    let day = i32::try_from((office.t.app.now() - TimeDelta::days(40)).timestamp() / 86_400).unwrap();
    office.t.app.vault().destroy(office.ann.org.0, &[Bucket::Day(day)]).unwrap();
    assert!(office.found(&office.bob, "q=noodles").await.is_empty());
    assert!(office.found(&office.bob, "q=n").await.is_empty());
}

#[tokio::test]
async fn what_a_crash_left_out_is_caught_up_once() {
    let office = Office::open().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    office.say(&office.ann, &direct, "noodles 1").await;
    office.index().await;
    // As after a crash: said and committed, but whoever was to index it is gone, and its last transaction lost.
    let mut tx = office.t.app.begin(office.ann.org, Actor::System).await.unwrap();
    sqlx::query("update chat.indexed set seq = 0").execute(tx.db()).await.unwrap();
    sqlx::query("delete from search.entry where place = 1").execute(tx.db()).await.unwrap();
    tx.commit().await.unwrap();
    for n in 2..=200 {
        office.say(&office.bob, &direct, &format!("noodles {n}")).await;
    }
    office.t.run_jobs().await;
    assert_eq!(office.found(&office.ann, "q=noodles&limit=100").await, (101..=200).rev().collect::<Vec<i64>>());
    assert_eq!(terms(&office).await.len(), 200);
    office.index().await;
    assert_eq!(terms(&office).await.len(), 200);
}

/// The index lags by two seconds at most (`SRCH-01`), since saying something wakes the indexer, and the pause it makes is
/// bounded where it stands. Nothing else is there that could have indexed: no job runs, and their clock stands still.
#[tokio::test]
async fn what_is_said_wakes_the_indexer() {
    let office = Office::open().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    let before = office.t.app.now();
    for (words, expected) in [("noodles", vec![1]), ("dumplings", vec![2])] {
        office.say(&office.ann, &direct, words).await;
        let indexed = until_found(&office, words, &expected);
        tokio::time::timeout(std::time::Duration::from_secs(10), indexed).await.expect("nobody indexed it");
    }
    assert_eq!(office.t.app.now(), before);
}

async fn until_found(office: &Office, words: &str, expected: &[i64]) {
    while office.found(&office.bob, &format!("q={words}")).await != expected {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn conversations_are_found_by_name_pinyin_initials_and_people() {
    let office = Office::open().await;
    let zhou = office.t.member(office.ann.org, "周行舟").await;
    office.direct(&office.ann, &zhou).await;
    let body = json!({"kind": "group", "name": "华东仓搬迁项目组", "member_ids": [office.bob.id]});
    office.ask(&office.ann, "POST", "/v1/conversations", body, 201).await;
    let body = json!({"kind": "group", "member_ids": [office.bob.id, office.eve.id]});
    office.ask(&office.ann, "POST", "/v1/conversations", body, 201).await;
    let count = async |who: &Person, query: &str| {
        let path = format!("/v1/conversations/search?{}", escaped(&format!("q={query}")));
        let answer = office.ask(who, "GET", &path, json!(null), 200).await;
        answer["hits"].as_array().unwrap().len()
    };
    for (query, expected) in [
        ("搬迁", 1),
        ("搬遷", 1),
        ("華東", 1),
        ("banqian", 1),
        ("hdc", 1),
        ("行舟", 1),
        ("zhouxing", 1),
        ("eve", 1),
        ("quetzal", 0),
    ] {
        assert_eq!(count(&office.ann, query).await, expected, "{query}");
    }
    assert_eq!(count(&office.eve, "搬迁").await, 0, "only one's own");
    office.ask(&office.ann, "GET", "/v1/conversations/search?q=", json!(null), 422).await;
}

#[tokio::test]
async fn files_are_found_by_their_names() {
    let office = Office::open().await;
    let direct = office.direct(&office.ann, &office.bob).await;
    let report = office.upload(&office.ann, "季度报告-v3.txt", b"figures").await;
    office.say_with(&office.ann, &direct, "noodles", &report).await;
    office.say(&office.ann, &direct, "no report here").await;
    office.index().await;
    let answer = office.search(&office.bob, "q=季度&kind=file").await;
    let file = &answer["hits"][0]["files"][0];
    assert_eq!(file["file"]["name"], json!("季度报告-v3.txt"));
    assert_eq!(file["marks"], json!([{"start": 0, "length": 2}]));
    assert!(file["addresses"]["download"].as_str().unwrap().starts_with("/v1/files/"));
    assert_eq!(office.found(&office.bob, "q=报告").await, [1], "names are looked into when no kind is given");
    assert_eq!(office.found(&office.bob, "kind=file").await, [1]);
    assert!(office.found(&office.bob, "q=季度&kind=picture").await.is_empty());
    assert!(office.found(&office.bob, "q=季度&kind=text").await.is_empty());
    assert!(office.found(&office.eve, "q=季度&kind=file").await.is_empty());
}
