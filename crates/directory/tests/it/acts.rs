//! What one administrator alone does not do: a second approves within a day, or a day goes by (`ORG-03`, foundation §7).

use access::BuiltIn;
use chrono::TimeDelta;
use kernel::Actor;
use serde_json::{Value, json};
use testkit::Person;

use crate::world::{World, id, text};

impl World {
    async fn assure(&self, who: &Person) {
        let mut tx = self.t.app.begin(self.acme, Actor::Member(who.id)).await.unwrap();
        directory::assure(&mut tx, who.session).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn ask_for_owner(&self, who: &Person, expected: u16) -> Value {
        let new = json!({ "member_id": who.id, "role_id": id(BuiltIn::Owner) });
        self.ask(&self.ann, ("POST", "/v1/role-grants"), new, expected).await
    }

    async fn role_of(&self, who: &Person) -> String {
        text(&self.ask(&self.ann, ("GET", &format!("/v1/members/{}", who.id)), Value::Null, 200).await["role"])
    }

    async fn state_of(&self, act: &Value) -> String {
        let acts = self.ask(&self.ann, ("GET", "/v1/sensitive-acts"), Value::Null, 200).await;
        let found = acts["items"].as_array().unwrap().iter().find(|one| one["id"] == act["id"]);
        text(&found.expect("the act")["state"])
    }

    /// An administrator who has been one for more than a day.
    async fn second(&self, name: &str) -> Person {
        let who = self.person(name, &[]).await;
        self.give(&who, &id(BuiltIn::Administrator).to_string(), None).await;
        self.t.clock.advance(TimeDelta::hours(25));
        who
    }
}

#[tokio::test]
async fn org_03_an_owner_is_made_by_two_who_both_prove_themselves() {
    let w = World::new().await;
    let (bob, eve) = (w.second("Bob").await, w.person("Eve", &[]).await);
    assert_eq!(w.ask_for_owner(&eve, 403).await["code"], "identity.prove_again");
    w.assure(&w.ann).await;
    let act = w.ask_for_owner(&eve, 201).await["act"].clone();
    assert_eq!(
        (&act["needs"], &act["state"], &act["can"]["decide"]),
        (&json!("second"), &json!("open"), &json!(false))
    );
    assert_eq!(act["details"]["member"], json!(eve.id));
    assert_eq!(w.ask_for_owner(&eve, 409).await["code"], "directory.act_is_open");
    let path = format!("/v1/sensitive-acts/{}/approve", text(&act["id"]));
    assert_eq!(w.status(&w.ann, "POST", &path, Value::Null).await, 403, "nobody is one's own second");
    assert_eq!(w.status(&eve, "POST", &path, Value::Null).await, 403);
    assert_eq!(w.ask(&bob, ("POST", &path), Value::Null, 403).await["code"], "identity.prove_again");
    w.assure(&bob).await;
    assert_eq!(w.role_of(&eve).await, "member");
    w.ask(&bob, ("POST", &path), Value::Null, 200).await;
    w.t.run_subscribers().await;
    w.t.run_subscribers().await;
    assert_eq!((w.role_of(&eve).await.as_str(), w.state_of(&act).await.as_str()), ("owner", "done"));
    assert_eq!(w.ask(&bob, ("POST", &path), Value::Null, 409).await["code"], "directory.act_not_open");

    // And unmade by two: neither owner takes the other away alone.
    let grants = w.ask(&w.ann, ("GET", &format!("/v1/role-grants?member={}", eve.id)), Value::Null, 200).await;
    let grant = format!("/v1/role-grants/{}", text(&grants["items"][0]["id"]));
    let act = w.ask(&w.ann, ("DELETE", &grant), Value::Null, 200).await["act"].clone();
    assert_eq!(w.role_of(&eve).await, "owner");
    w.ask(&bob, ("POST", &format!("/v1/sensitive-acts/{}/refuse", text(&act["id"]))), json!({}), 200).await;
    w.t.run_subscribers().await;
    assert_eq!((w.role_of(&eve).await.as_str(), w.state_of(&act).await.as_str()), ("owner", "refused"));
    let names = w.t.events(w.acme).await;
    for name in ["sensitive_act_asked", "sensitive_act_approved", "sensitive_act_ended"] {
        assert!(names.contains(&format!("directory.{name}")), "{name} is recorded");
    }
}

#[tokio::test]
async fn org_03_somebody_made_administrator_for_the_occasion_is_no_second() {
    let w = World::new().await;
    let (pat, eve) = (w.person("Pat", &[]).await, w.person("Eve", &[]).await);
    w.give(&pat, &id(BuiltIn::Administrator).to_string(), None).await;
    w.assure(&w.ann).await;
    w.assure(&pat).await;
    let act = w.ask_for_owner(&eve, 201).await["act"].clone();
    assert_eq!(act["needs"], "time");
    let path = format!("/v1/sensitive-acts/{}/approve", text(&act["id"]));
    assert_eq!(w.status(&pat, "POST", &path, Value::Null).await, 403);
    // But whoever decides about such acts may stop one.
    w.ask(&pat, ("POST", &format!("/v1/sensitive-acts/{}/cancel", text(&act["id"]))), Value::Null, 200).await;
    w.t.clock.advance(TimeDelta::hours(25));
    w.t.run_jobs().await;
    w.t.run_subscribers().await;
    assert_eq!((w.role_of(&eve).await.as_str(), w.state_of(&act).await.as_str()), ("member", "cancelled"));
}

#[tokio::test]
async fn what_nobody_approves_within_a_day_lapses_and_what_is_not_possible_any_more_fails() {
    let w = World::new().await;
    let (bob, eve) = (w.second("Bob").await, w.person("Eve", &[]).await);
    w.assure(&w.ann).await;
    let act = w.ask_for_owner(&eve, 201).await["act"].clone();
    w.t.clock.advance(TimeDelta::hours(25));
    w.assure(&bob).await;
    let approve = |act: &Value| format!("/v1/sensitive-acts/{}/approve", text(&act["id"]));
    assert_eq!(w.status(&bob, "POST", &approve(&act), Value::Null).await, 409, "too late, job or no job");
    w.t.run_jobs().await;
    assert_eq!(w.state_of(&act).await, "lapsed");

    w.assure(&w.ann).await;
    let act = w.ask_for_owner(&eve, 201).await["act"].clone();
    let mut tx = w.t.app.begin(w.acme, Actor::System).await.unwrap();
    directory::set_state(&mut tx, eve.id, directory::State::Suspended).await.unwrap();
    tx.commit().await.unwrap();
    w.ask(&bob, ("POST", &approve(&act)), Value::Null, 200).await;
    w.t.run_subscribers().await;
    assert_eq!((w.role_of(&eve).await.as_str(), w.state_of(&act).await.as_str()), ("member", "failed"));
    // A password typed a while ago proves nothing any more.
    w.t.clock.advance(TimeDelta::minutes(11));
    assert_eq!(w.ask_for_owner(&bob, 403).await["code"], "identity.prove_again");
    w.t.run_jobs().await;
    let mut tx = w.t.app.begin(w.acme, Actor::System).await.unwrap();
    let kept: i64 = sqlx::query_scalar("select count(*) from directory.assurance").fetch_one(tx.db()).await.unwrap();
    assert_eq!(kept, 0, "and is forgotten");
}

#[tokio::test]
async fn org_03_whoever_becomes_more_by_it_is_no_second_for_it() {
    let w = World::new().await;
    let bob = w.second("Bob").await;
    let carl = w.second("Carl").await;
    w.assure(&w.ann).await;
    w.assure(&bob).await;
    let act = w.ask_for_owner(&bob, 201).await["act"].clone();
    assert_eq!(act["needs"], "second");
    let approve = format!("/v1/sensitive-acts/{}/approve", text(&act["id"]));
    assert_eq!(w.ask(&bob, ("POST", &approve), Value::Null, 403).await["code"], "forbidden");
    let seen = async |who: &Person| {
        let open = w.ask(who, ("GET", "/v1/sensitive-acts?state=open"), Value::Null, 200).await;
        open["items"][0]["can"]["decide"].clone()
    };
    assert_eq!((seen(&bob).await, seen(&carl).await), (json!(false), json!(true)));
    w.assure(&carl).await;
    w.ask(&carl, ("POST", &approve), Value::Null, 200).await;
    w.t.run_subscribers().await;
    w.t.run_subscribers().await;
    assert_eq!((w.role_of(&bob).await.as_str(), w.state_of(&act).await.as_str()), ("owner", "done"));
}

#[tokio::test]
async fn org_03_whoever_does_not_want_to_become_more_refuses() {
    let w = World::new().await;
    let bob = w.second("Bob").await;
    w.second("Carl").await;
    w.assure(&w.ann).await;
    let act = w.ask_for_owner(&bob, 201).await["act"].clone();
    let refuse = format!("/v1/sensitive-acts/{}/refuse", text(&act["id"]));
    assert_eq!(w.ask(&w.ann, ("POST", &refuse), json!({}), 403).await["code"], "forbidden", "she asked for it");
    w.ask(&bob, ("POST", &refuse), json!({}), 200).await;
    w.t.run_subscribers().await;
    assert_ne!(w.role_of(&bob).await, "owner");
    assert_eq!(w.state_of(&act).await, "refused");
}

/// The reason is for whoever asked and whoever decides; the log says that it was refused, and the database holds it sealed.
#[tokio::test]
async fn org_03_who_refuses_may_say_why_and_only_they_whom_it_concerns_read_it() {
    let w = World::new().await;
    let (bob, eve) = (w.second("Bob").await, w.person("Eve", &[]).await);
    w.assure(&w.ann).await;
    let act = w.ask_for_owner(&eve, 201).await["act"].clone();
    let refuse = format!("/v1/sensitive-acts/{}/refuse", text(&act["id"]));
    let why = |text: &str| json!({ "reason": text });
    assert_eq!(w.ask(&bob, ("POST", &refuse), why(&"x".repeat(201)), 422).await["field"], "reason");
    assert_eq!(w.state_of(&act).await, "open", "a reason that is too long refuses nothing");
    let refused = w.ask(&bob, ("POST", &refuse), why("  Not before spring  "), 200).await;
    assert_eq!((&refused["state"], &refused["reason"]), (&json!("refused"), &json!("Not before spring")));
    for (who, seen) in [(&w.ann, 1), (&bob, 1), (&eve, 0)] {
        let acts = w.ask(who, ("GET", "/v1/sensitive-acts"), Value::Null, 200).await;
        assert_eq!(acts["items"].as_array().unwrap().len(), seen);
        assert_eq!(acts.to_string().contains("Not before spring"), seen == 1);
    }
    let mut tx = w.t.app.begin(w.acme, Actor::System).await.unwrap();
    let legible: i64 = sqlx::query_scalar(
        "select (select count(*) from directory.act_reason a where a::text like '%' || encode('spring', 'hex') || '%')
              + (select count(*) from kernel.audit_entry e where e::text like '%spring%')
              + (select count(*) from kernel.outbox o where o::text like '%spring%')",
    )
    .fetch_one(tx.db())
    .await
    .unwrap();
    assert_eq!(legible, 0);
    // Nobody has to say why.
    let other = w.ask_for_owner(&eve, 201).await["act"].clone();
    let refuse = format!("/v1/sensitive-acts/{}/refuse", text(&other["id"]));
    assert_eq!(w.ask(&bob, ("POST", &refuse), why(" "), 200).await.get("reason"), None);
}

/// As long as the line of the log that says that it was refused, and no longer.
#[tokio::test]
async fn ret_01_why_something_was_refused_is_forgotten_after_184_days() {
    let w = World::new().await;
    let (bob, eve) = (w.second("Bob").await, w.person("Eve", &[]).await);
    w.assure(&w.ann).await;
    let act = w.ask_for_owner(&eve, 201).await["act"].clone();
    let refuse = format!("/v1/sensitive-acts/{}/refuse", text(&act["id"]));
    w.ask(&bob, ("POST", &refuse), json!({ "reason": "Not before spring" }), 200).await;
    let reasons = async || {
        let mut tx = w.t.app.begin(w.acme, Actor::System).await.unwrap();
        let count = sqlx::query_scalar::<_, i64>("select count(*) from directory.act_reason");
        count.fetch_one(tx.db()).await.unwrap()
    };
    let mut seen = vec![reasons().await];
    // The first is the day on which it would have lapsed.
    for days in [2, 181, 1] {
        w.t.clock.advance(TimeDelta::days(days));
        w.t.run_jobs().await;
        seen.push(reasons().await);
    }
    assert_eq!(seen, [1, 1, 1, 0]);
}

#[tokio::test]
async fn org_03_where_only_they_could_be_the_second_it_waits_a_day() {
    let w = World::new().await;
    let bob = w.second("Bob").await;
    w.assure(&w.ann).await;
    let act = w.ask_for_owner(&bob, 201).await["act"].clone();
    assert_eq!(act["needs"], "time");
    w.t.clock.advance(TimeDelta::hours(25));
    w.t.run_jobs().await;
    w.t.run_subscribers().await;
    w.t.run_subscribers().await;
    assert_eq!((w.role_of(&bob).await.as_str(), w.state_of(&act).await.as_str()), ("owner", "done"));
}
