//! What is off collects nothing, catches up when it is on again, and goes when the organisation says so (`ORG-12`).

use chrono::TimeDelta;
use kernel::Actor;
use serde_json::{Value, json};
use testkit::{Person, TestApp};

struct House {
    t: TestApp,
    ann: Person,
    bob: Person,
    mal: Person,
}

impl House {
    async fn open() -> Self {
        let modules = server::modules::all().into_iter().filter(|module| module.name != "kernel").collect();
        let t = TestApp::with(modules).await;
        let (acme, rival) = (t.org("Acme").await, t.org("Rival").await);
        let (ann, bob, mal) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await, t.member(rival, "Mal").await);
        Self { t, ann, bob, mal }
    }

    async fn done(&self, who: &Person, (method, path): (&str, &str), body: Value) -> Value {
        let (status, answer) = self.t.call(who, method, path, body).await;
        assert!(status.is_success(), "{method} {path}: {status} {answer}");
        answer
    }

    async fn switch(&self, key: &str, body: Value) {
        self.done(&self.ann, ("PUT", &format!("/v1/applications/{key}")), body).await;
    }

    /// Off, and what is kept with it; half a minute later nothing of that is left.
    async fn erase(&self, key: &str) {
        self.switch(key, json!({ "open_to": "nobody", "stored": "erased" })).await;
        self.t.clock.advance(TimeDelta::seconds(31));
        self.t.run_jobs().await;
        self.t.run_subscribers().await;
        let kept = self.kept(key).await;
        assert!(kept.iter().all(|one| one["count"] == 0), "{key}: {kept:?}");
    }

    /// What the administrator is told there is, kind by kind.
    async fn kept(&self, key: &str) -> Vec<Value> {
        let told = self.done(&self.ann, ("GET", &format!("/v1/applications/{key}/kept")), Value::Null).await;
        told["items"].as_array().unwrap().clone()
    }

    async fn counts(&self, key: &str) -> Vec<i64> {
        self.kept(key).await.iter().map(|one| one["count"].as_i64().unwrap()).collect()
    }

    async fn talk(&self, who: &Person, with: Value) -> String {
        let made = self.done(who, ("POST", "/v1/conversations"), with).await;
        format!("/v1/conversations/{}/messages", made["id"].as_str().unwrap())
    }

    async fn say(&self, who: &Person, talk: &str, text: &str) {
        let body = json!({ "kind": "text", "v": 1, "text": text });
        let message = json!({ "client_id": self.t.app.new_id(), "body": body });
        self.done(who, ("POST", talk), message).await;
    }

    async fn index(&self, of: &Person) {
        chat::index_messages(&self.t.app, of.org).await.unwrap();
    }

    /// How many messages are found.
    async fn found(&self, who: &Person, word: &str) -> usize {
        let found = self.done(who, ("GET", &format!("/v1/messages/search?q={word}")), Value::Null).await;
        found["hits"].as_array().unwrap().len()
    }

    async fn entries(&self, of: &Person) -> i64 {
        let mut tx = self.t.app.begin(of.org, Actor::System).await.unwrap();
        sqlx::query_scalar("select count(*) from search.entry").fetch_one(tx.db()).await.unwrap()
    }
}

const OFF: &str = "nobody";
const ON: &str = "everybody";
const WORDS: &str = "/v1/search/words";

#[tokio::test]
async fn while_search_is_off_nothing_is_indexed_and_what_was_said_is_found_when_it_is_on_again() {
    let house = House::open().await;
    let talk = house.talk(&house.ann, json!({ "kind": "direct", "member_id": house.bob.id })).await;
    house.say(&house.ann, &talk, "noodles today").await;
    house.say(&house.ann, &talk, "noodles tomorrow").await;
    house.index(&house.ann).await;
    assert_eq!((house.found(&house.bob, "noodles").await, house.entries(&house.ann).await), (2, 2));

    house.switch("message_search", json!({ "open_to": OFF })).await;
    house.say(&house.ann, &talk, "noodles always").await;
    house.done(&house.ann, ("PATCH", &format!("{talk}/1")), json!({ "text": "rice today" })).await;
    house.index(&house.ann).await;
    assert_eq!(house.entries(&house.ann).await, 1, "neither what is new nor what one says now instead of before");

    house.switch("message_search", json!({ "open_to": ON })).await;
    house.index(&house.ann).await;
    assert_eq!((house.found(&house.bob, "noodles").await, house.found(&house.bob, "rice").await), (2, 1));
    assert_eq!(house.entries(&house.ann).await, 3);

    // Off for some is on for others.
    let department = house.done(&house.ann, ("POST", "/v1/departments"), json!({ "name": "Sales" })).await;
    let some = json!({ "open_to": "except", "department_ids": [department["id"]] });
    house.switch("message_search", some).await;
    house.say(&house.ann, &talk, "soup").await;
    house.index(&house.ann).await;
    assert_eq!(house.found(&house.bob, "soup").await, 1);
}

#[tokio::test]
async fn the_index_and_the_words_go_when_they_are_to_and_the_messages_stay() {
    let house = House::open().await;
    let talk = house.talk(&house.ann, json!({ "kind": "direct", "member_id": house.bob.id })).await;
    let moe = house.t.member(house.mal.org, "Moe").await;
    let other = house.talk(&house.mal, json!({ "kind": "direct", "member_id": moe.id })).await;
    house.say(&house.ann, &talk, "noodles").await;
    house.say(&house.mal, &other, "noodles").await;
    house.index(&house.ann).await;
    house.index(&house.mal).await;
    house.done(&house.bob, ("POST", WORDS), json!({ "text": "noodles" })).await;
    house.done(&house.mal, ("POST", WORDS), json!({ "text": "noodles" })).await;
    let others = house.entries(&house.mal).await;
    let counts = house.counts("message_search").await;
    assert_eq!((counts[1], others > 0), (1, true), "{counts:?}");
    assert_eq!(counts[0], house.entries(&house.ann).await);

    house.erase("message_search").await;
    assert_eq!((house.entries(&house.ann).await, house.entries(&house.mal).await), (0, others));
    assert_eq!(house.found(&house.mal, "noodles").await, 1, "another organisation decides for itself");
    let listed = house.done(&house.mal, ("GET", WORDS), Value::Null).await;
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
    let said = house.done(&house.bob, ("GET", &talk), Value::Null).await;
    assert_eq!(said["items"][0]["body"]["text"], "noodles", "nothing that belongs to messages");

    house.switch("message_search", json!({ "open_to": ON })).await;
    house.index(&house.ann).await;
    assert_eq!(house.found(&house.bob, "noodles").await, 1, "from the beginning");
    let listed = house.done(&house.bob, ("GET", WORDS), Value::Null).await;
    assert_eq!(listed["items"], json!([]));
}

#[tokio::test]
async fn words_are_out_of_sight_and_none_is_kept_while_search_is_off() {
    let house = House::open().await;
    let keep = async |text: &str| house.done(&house.bob, ("POST", WORDS), json!({ "text": text })).await;
    assert_eq!(keep("before").await["items"][0]["text"], "before");
    house.switch("message_search", json!({ "open_to": OFF })).await;
    assert_eq!(keep("meanwhile").await["items"], json!([]));
    assert_eq!(house.counts("message_search").await[1], 1);
    house.switch("message_search", json!({ "open_to": ON })).await;
    let listed = house.done(&house.bob, ("GET", WORDS), Value::Null).await;
    assert_eq!((listed["items"].as_array().unwrap().len(), &listed["items"][0]["text"]), (1, &json!("before")));
}

/// Changes are noted for programs; one that read before is told afterwards what it missed.
#[tokio::test]
async fn while_provisioning_is_off_no_change_is_noted_and_a_reader_catches_up() {
    let house = House::open().await;
    let read = async |after: &Value| {
        house.t.run_subscribers().await;
        house.done(&house.ann, ("GET", &format!("/v1/provisioning/changes?after={after}")), Value::Null).await
    };
    let call_bob = async |position: &str| {
        let path = format!("/v1/members/{}", house.bob.id);
        house.done(&house.ann, ("PATCH", &path), json!({ "position": position })).await;
    };
    let noted = async || {
        let mut tx = house.t.app.begin(house.ann.org, Actor::System).await.unwrap();
        let place: i64 = sqlx::query_scalar("select pos from provisioning.clock").fetch_one(tx.db()).await.unwrap();
        place
    };
    let begun = read(&json!(0)).await["cursor"].clone();
    call_bob("Clerk").await;
    let changes = read(&begun).await;
    assert_eq!((changes["items"].as_array().unwrap().len(), &changes["begins_anew"]), (1, &json!(false)), "{changes}");
    let (cursor, place) = (changes["cursor"].clone(), noted().await);

    house.switch("provisioning", json!({ "open_to": OFF })).await;
    call_bob("Chief").await;
    house.t.run_subscribers().await;
    assert_eq!(noted().await, place);
    house.switch("provisioning", json!({ "open_to": ON })).await;
    let changes = read(&cursor).await;
    let of_bob = |one: &&Value| one["id"] == json!(house.bob.id);
    let bob = changes["items"].as_array().unwrap().iter().find(of_bob).expect("Bob was missed");
    assert_eq!((&bob["person"]["position"], &changes["begins_anew"]), (&json!("Chief"), &json!(true)));

    house.erase("provisioning").await;
    house.switch("provisioning", json!({ "open_to": ON })).await;
    let again = read(&changes["cursor"]).await;
    assert_eq!(again["items"].as_array().unwrap().len(), 2, "everybody again, after what was read: {again}");
}

/// No change tells of whoever is erased meanwhile: a reader is told that everything begins anew, and they do not come again.
#[tokio::test]
async fn who_is_erased_while_provisioning_is_off_is_known_by_not_coming_again() {
    let house = House::open().await;
    let eve = house.t.member(house.ann.org, "Eve").await;
    let read = async |after: &Value| {
        house.t.run_subscribers().await;
        let read =
            house.done(&house.ann, ("GET", &format!("/v1/provisioning/changes?after={after}")), Value::Null).await;
        let ids: Vec<Value> = read["items"].as_array().unwrap().iter().map(|one| one["id"].clone()).collect();
        (ids, read["begins_anew"].clone(), read["cursor"].clone())
    };
    let (ids, begins, cursor) = read(&json!(0)).await;
    assert_eq!((ids.contains(&json!(eve.id)), ids.len(), begins), (true, 3, json!(true)));
    assert_eq!(read(&cursor).await, (vec![], json!(false), cursor.clone()));

    house.switch("provisioning", json!({ "open_to": OFF })).await;
    let mut tx = house.t.app.begin(eve.org, Actor::System).await.unwrap();
    directory::set_state(&mut tx, eve.id, directory::State::Leaving).await.unwrap();
    tx.commit().await.unwrap();
    for time in [TimeDelta::days(14), TimeDelta::minutes(11), TimeDelta::minutes(11)] {
        house.t.clock.advance(time);
        house.t.run_jobs().await;
        house.t.run_subscribers().await;
    }
    house.switch("provisioning", json!({ "open_to": ON })).await;
    let (ids, begins, later) = read(&cursor).await;
    assert_eq!((ids.contains(&json!(eve.id)), ids.len(), begins), (false, 2, json!(true)));
    assert_eq!(read(&later).await, (vec![], json!(false), later.clone()));
}

#[tokio::test]
async fn of_contacts_codes_and_passwords_only_that_goes_which_is_switched_off() {
    let house = House::open().await;
    let contact = json!({ "kind": "external", "card": { "name": "Kwame", "phones": [{ "number": "95588" }] } });
    for who in [&house.bob, &house.mal] {
        house.done(who, ("POST", "/v1/contacts"), contact.clone()).await;
        house.done(who, ("GET", "/v1/contact-code"), Value::Null).await;
        house.done(who, ("POST", "/v1/app-passwords"), json!({ "name": "Phone" })).await;
    }
    let all = async || {
        let mut all = Vec::new();
        for key in ["contacts", "contact_codes", "address_books"] {
            all.extend(house.counts(key).await);
        }
        all
    };
    assert_eq!(all().await, [1, 1, 1], "of one's own organisation");
    house.switch("contacts", json!({ "open_to": OFF })).await;
    assert_eq!(all().await, [1, 1, 1], "kept out of sight");
    house.erase("contacts").await;
    assert_eq!(all().await, [0, 1, 1]);
    house.erase("contact_codes").await;
    assert_eq!(all().await, [0, 0, 1]);
    house.erase("address_books").await;
    let theirs = house.done(&house.mal, ("GET", "/v1/contacts"), Value::Null).await;
    assert_eq!(theirs["items"].as_array().unwrap().len(), 1, "another organisation decides for itself");
    house.switch("contacts", json!({ "open_to": ON })).await;
    let own = house.done(&house.bob, ("GET", "/v1/contacts"), Value::Null).await;
    assert_eq!(own["items"], json!([]));
}

/// Each application says what is kept for it, and brings the job that erases it.
#[tokio::test]
async fn every_application_can_be_switched_off_with_what_is_kept_for_it() {
    let house = House::open().await;
    let export = json!({ "filter": {} });
    house.done(&house.ann, ("POST", "/v1/people-exports"), export).await;
    let headers = [("tus-resumable", "1.0.0"), ("upload-length", "7"), ("upload-metadata", "filename YS50eHQ=")];
    let (status, _) = house.t.send(Some(&house.ann), "POST", "/v1/uploads", Vec::new(), &headers).await;
    assert_eq!(status, 201);
    let tus = ("tus-resumable", "1.0.0");
    let headers = [tus, ("upload-length", "0"), ("upload-metadata", "filename Yi50eHQ=")];
    let (status, _) = house.t.send(Some(&house.ann), "POST", "/v1/uploads", Vec::new(), &headers).await;
    assert_eq!(status, 201, "an empty file is there at once");
    assert_eq!((house.counts("people_exports").await, house.counts("sending_files").await), (vec![1], vec![2]));
    for application in server::modules::switchable() {
        house.erase(application.key).await;
    }
    let listed = house.done(&house.ann, ("GET", "/v1/applications"), Value::Null).await;
    for one in listed["items"].as_array().unwrap() {
        assert_eq!(one["decided"]["kept"], "erased", "{one}");
        if one["key"] == "sending_files" {
            assert_eq!(one["decided"]["erased"], 2, "as many as were announced");
        }
    }
}

/// Off is off, also for what was uploaded before: the same refusal as of an upload (`ADM-07`).
#[tokio::test]
async fn what_was_uploaded_before_sending_files_is_off_is_not_sent() {
    let house = House::open().await;
    let talk = house.talk(&house.ann, json!({ "kind": "direct", "member_id": house.bob.id })).await;
    let upload = async |who: &Person| {
        let headers = [("tus-resumable", "1.0.0"), ("upload-length", "0"), ("upload-metadata", "filename Yi50eHQ=")];
        let made = house.t.answer(Some(who), "POST", "/v1/uploads", Vec::new(), &headers).await;
        assert_eq!(made.status(), 201, "an empty file is there at once");
        made.headers()["location"].to_str().unwrap().rsplit('/').next().unwrap().to_owned()
    };
    let with = |file: &str| {
        let body = json!({ "kind": "text", "v": 1, "text": "look", "file_ids": [file] });
        json!({ "client_id": house.t.app.new_id(), "body": body })
    };
    let send = async |who: &Person, message: &Value| {
        let (status, answer) = house.t.call(who, "POST", &talk, message.clone()).await;
        (status.as_u16(), answer["code"].as_str().unwrap_or_default().to_owned())
    };
    let (sent, first, second) =
        (with(&upload(&house.bob).await), with(&upload(&house.bob).await), with(&upload(&house.bob).await));
    let own = with(&upload(&house.ann).await);
    assert_eq!(send(&house.bob, &sent).await.0, 201);
    // Refused for something else, after its file was given to it.
    let mut quotes = with(&upload(&house.bob).await);
    quotes["body"]["mentions"] = json!([house.t.app.new_id()]);
    assert_eq!(send(&house.bob, &quotes).await.0, 422);
    quotes["body"]["mentions"] = json!([]);

    house.switch("sending_files", json!({ "open_to": OFF })).await;
    let off = (403, "applications.off".to_owned());
    assert_eq!(send(&house.bob, &quotes).await, off);
    assert_eq!(send(&house.bob, &first).await, off);
    assert_eq!(send(&house.bob, &sent).await.0, 200, "what is sent already is the same message when it is sent again");
    let said = json!({ "client_id": house.t.app.new_id(), "body": { "kind": "text", "v": 1, "text": "words" } });
    assert_eq!(send(&house.bob, &said).await.0, 201, "words go on");

    let department = house.done(&house.ann, ("POST", "/v1/departments"), json!({ "name": "Sales" })).await;
    let bob = format!("/v1/members/{}", house.bob.id);
    house.done(&house.ann, ("PATCH", &bob), json!({ "department_ids": [department["id"]] })).await;
    let some = json!({ "open_to": "except", "department_ids": [department["id"]] });
    house.switch("sending_files", some).await;
    assert_eq!(send(&house.bob, &first).await, off);
    assert_eq!(send(&house.ann, &own).await.0, 201, "to others it is open");

    house.switch("sending_files", json!({ "open_to": ON })).await;
    assert_eq!(send(&house.bob, &first).await.0, 201);
    assert_eq!(send(&house.bob, &second).await.0, 201);
}
