//! Operators and their sessions, on a real database. What they do to organisations is tried on the whole program (crate
//! `server`).

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use axum::http::StatusCode;
use chrono::TimeDelta;
use operators::Act;
use serde_json::{Value, json};
use testkit::TestApp;

/// What every domain promises: tenancy, access, the data map.
#[tokio::test]
async fn contract() {
    testkit::contract(vec![operators::module()]).await;
}

struct House(TestApp);

impl House {
    async fn open() -> Self {
        Self(TestApp::with(vec![operators::module()]).await)
    }

    /// The cookie of somebody who gives this password, if it is right.
    async fn sign_in(&self, name: &str, password: &str) -> Option<String> {
        let input = json!({ "name": name, "password": password }).to_string().into_bytes();
        let answer = self.0.answer(None, "POST", "/v1/operator/session", input, &[]).await;
        let line = answer.headers().get("set-cookie")?.to_str().unwrap();
        Some(line.split(';').next().unwrap().to_owned())
    }

    async fn call(&self, cookie: &str, method: &str, path: &str, body: Value) -> (StatusCode, Value) {
        let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        let (status, answer) = self.0.send(None, method, path, body, &[("cookie", cookie)]).await;
        (status, serde_json::from_slice(&answer).unwrap_or_default())
    }

    /// Until somebody waits for a lock in this database.
    async fn until_somebody_waits(&self) {
        const WAITS: &str = "select exists (select from pg_locks l join pg_stat_activity a on a.pid = l.pid
             where a.datname = current_database() and not l.granted)";
        while !sqlx::query_scalar::<_, bool>(WAITS).fetch_one(&self.0.admin).await.unwrap() {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    }

    async fn is_in(&self, cookie: &str) -> bool {
        self.call(cookie, "GET", "/v1/operator/session", json!(null)).await.0 == 200
    }
}

#[tokio::test]
async fn a_session_ends_after_twelve_hours_however_much_it_is_used() {
    let house = House::open().await;
    let given = operators::add(&house.0.app, "olga").await.unwrap();
    let cookie = house.sign_in("Olga ", &given.to_lowercase()).await.unwrap();
    for _ in 0..11 {
        house.0.clock.advance(TimeDelta::hours(1));
        assert!(house.is_in(&cookie).await);
    }
    house.0.clock.advance(TimeDelta::hours(1));
    assert!(!house.is_in(&cookie).await);
    house.0.run_jobs().await;
    let left: i64 =
        sqlx::query_scalar("select count(*) from operators.session").fetch_one(&house.0.admin).await.unwrap();
    assert_eq!(left, 0, "what is over is forgotten");
}

#[tokio::test]
async fn whoever_signs_out_or_is_removed_is_out() {
    let house = House::open().await;
    let given = operators::add(&house.0.app, "olga").await.unwrap();
    let (desk, phone) = (house.sign_in("olga", &given).await.unwrap(), house.sign_in("olga", &given).await.unwrap());
    assert_eq!(house.call(&desk, "DELETE", "/v1/operator/session", json!(null)).await.0, 204);
    assert!(!house.is_in(&desk).await && house.is_in(&phone).await);
    operators::remove(&house.0.app, "OLGA").await.unwrap();
    assert!(!house.is_in(&phone).await);
    assert!(operators::remove(&house.0.app, "olga").await.is_err());
}

#[tokio::test]
async fn the_second_of_two_who_limit_an_organisation_is_told_of_the_first() {
    let house = House::open().await;
    let acme = house.0.org("acme").await;
    let given = operators::add(&house.0.app, "olga").await.unwrap();
    let cookie = house.sign_in("olga", &given).await.unwrap();
    let change = json!({ "current": given, "new": "quartz walrus 58 at dawn" });
    assert_eq!(house.call(&cookie, "POST", "/v1/operator/password", change).await.0, 204);
    let path = format!("/v1/operator/organisations/{acme}/limits");
    let limit = async |seen: &str, most_people: i32| {
        let body = json!({ "most_people": most_people, "most_bytes": null }).to_string().into_bytes();
        let headers = [("cookie", cookie.as_str()), ("if-match", seen)];
        let (status, answer) = house.0.send(None, "PUT", &path, body, &headers).await;
        (status.as_u16(), serde_json::from_slice::<Value>(&answer).unwrap_or_default())
    };
    assert_eq!(limit("\"0\"", 5).await.0, 204);
    let (status, refused) = limit("\"0\"", 7).await;
    assert_eq!((status, &refused["code"]), (412, &json!("directory.changed_meanwhile")));
    let body = json!({ "most_people": 9, "most_bytes": null }).to_string().into_bytes();
    let blind = house.0.exactly(None, "PUT", &path, body, &[("cookie", &cookie)]).await;
    assert_eq!(blind.status(), 428, "and whoever says nothing of what they saw changes nothing");
    assert_eq!(limit("\"1\"", 5).await.0, 204, "and what is so already is no other edition");
    assert_eq!(limit("\"1\"", 7).await.0, 204);
    assert_eq!(house.0.events(acme).await.iter().filter(|name| *name == "hosting.limits_changed").count(), 2);
}

/// The password is right when it is looked at, and not any more when the session would begin.
#[tokio::test]
async fn no_session_outlives_the_password_it_was_begun_with() {
    for change in ["update operators.operator set hash = 'another'", "delete from operators.operator"] {
        let house = House::open().await;
        let given = operators::add(&house.0.app, "olga").await.unwrap();
        let mut changing = house.0.admin.begin().await.unwrap();
        sqlx::query(change).execute(&mut *changing).await.unwrap();
        let sign_in = house.call("", "POST", "/v1/operator/session", json!({ "name": "olga", "password": given }));
        let changed = async {
            house.until_somebody_waits().await;
            changing.commit().await.unwrap();
        };
        let both = async { tokio::join!(sign_in, changed).0 };
        let (status, answer) = tokio::time::timeout(std::time::Duration::from_secs(60), both).await.unwrap();
        assert_eq!((status.as_u16(), &answer["code"]), (401, &json!("identity.wrong_credentials")), "{change}");
    }
}

#[tokio::test]
async fn a_password_for_one_time_ends_after_fourteen_days_and_with_the_next_one() {
    let house = House::open().await;
    let first = operators::add(&house.0.app, "olga").await.unwrap();
    let cookie = house.sign_in("olga", &first).await.unwrap();
    let second = operators::add(&house.0.app, "olga").await.unwrap();
    assert!(!house.is_in(&cookie).await, "whoever gets a new one is signed out");
    assert!(house.sign_in("olga", &first).await.is_none());
    house.0.clock.advance(TimeDelta::days(14) - TimeDelta::seconds(1));
    assert!(house.sign_in("olga", &second).await.is_some());
    house.0.clock.advance(TimeDelta::seconds(1));
    assert!(house.sign_in("olga", &second).await.is_none());
}

#[tokio::test]
async fn a_new_password_is_a_good_one_and_ends_the_other_sessions() {
    let house = House::open().await;
    let given = operators::add(&house.0.app, "olga").await.unwrap();
    let (desk, phone) = (house.sign_in("olga", &given).await.unwrap(), house.sign_in("olga", &given).await.unwrap());
    let change = async |current: &str, new: &str| {
        let body = json!({ "current": current, "new": new });
        house.call(&desk, "POST", "/v1/operator/password", body).await
    };
    assert_eq!(change("wrong", "quartz walrus 58 at dawn").await.1["field"], "current");
    for weak in ["short", "password123", "olga olga olga"] {
        assert_eq!(change(&given, weak).await.1["field"], "new", "{weak}");
    }
    assert_eq!(
        house.call(&desk, "POST", "/v1/operator/founding-code", json!(null)).await.1["code"],
        "operators.change_password"
    );
    assert_eq!(change(&given, "quartz walrus 58 at dawn").await.0, 204);
    assert!(house.is_in(&desk).await && !house.is_in(&phone).await);
    assert!(house.sign_in("olga", "quartz walrus 58 at dawn").await.is_some());
}

/// A browser may hold a member's session too: what an operator is answered is not kept for the member.
#[tokio::test]
async fn an_answer_to_an_operator_is_kept_for_nobody() {
    let house = House::open().await;
    let ann = house.0.member(house.0.org("acme").await, "Ann").await;
    let given = operators::add(&house.0.app, "olga").await.unwrap();
    let cookie = house.sign_in("olga", &given).await.unwrap();
    let change = async || {
        let body = json!({ "current": given, "new": "quartz walrus 58 at dawn" }).to_string().into_bytes();
        let headers = [("cookie", cookie.as_str()), ("idempotency-key", "k")];
        house.0.send(Some(&ann), "POST", "/v1/operator/password", body, &headers).await.0
    };
    assert_eq!(change().await, 204);
    assert_eq!(change().await, 422, "done again, and wrong now");
    let kept: i64 =
        sqlx::query_scalar("select count(*) from kernel.idempotency").fetch_one(&house.0.admin).await.unwrap();
    assert_eq!(kept, 0);
    for (path, methods) in house.0.openapi["paths"].as_object().unwrap() {
        let says_so = methods.to_string().contains("Idempotency-Key");
        assert!(!says_so || !path.starts_with("/v1/operator/"), "{path}");
    }
}

#[tokio::test]
async fn a_name_can_be_guessed_at_a_few_times_only() {
    let house = House::open().await;
    let given = operators::add(&house.0.app, "olga").await.unwrap();
    for name in ["olga", "nobody"] {
        let input = json!({ "name": name, "password": "wrong" });
        let mut answers = Vec::new();
        for _ in 0..9 {
            answers.push(house.call("", "POST", "/v1/operator/session", input.clone()).await.0.as_u16());
        }
        assert_eq!(answers, [401, 401, 401, 401, 401, 401, 401, 401, 429], "{name}");
    }
    assert!(house.sign_in("olga", &given).await.is_none(), "the right one has to wait too");
    house.0.clock.advance(TimeDelta::minutes(3));
    assert!(house.sign_in("olga", &given).await.is_some());
}

#[tokio::test]
async fn what_is_done_to_no_organisation_is_remembered_for_180_days() {
    let house = House::open().await;
    let app = &house.0.app;
    let given = operators::add(app, "olga").await.unwrap();
    for name in ["olga", "nobody"] {
        house.0.clock.advance(TimeDelta::seconds(1));
        assert!(house.sign_in(name, "wrong").await.is_none());
    }
    house.0.clock.advance(TimeDelta::seconds(1));
    let cookie = house.sign_in("olga", &given).await.unwrap();
    house.0.clock.advance(TimeDelta::seconds(1));
    let change = json!({ "current": given, "new": "quartz walrus 58 at dawn" });
    assert_eq!(house.call(&cookie, "POST", "/v1/operator/password", change).await.0, 204);
    let lines = async || {
        let line = |done: operators::Done| (done.act, done.name, done.address);
        operators::log(app).await.unwrap().into_iter().map(line).collect::<Vec<_>>()
    };
    let (olga, here) = (Some("olga".to_owned()), Some("127.0.0.1".to_owned()));
    let newest_first = [
        (Act::PasswordChanged, olga.clone(), here.clone()),
        (Act::SignedIn, olga.clone(), here.clone()),
        (Act::SignInFailed, None, here.clone()),
        (Act::SignInFailed, olga.clone(), here.clone()),
        (Act::OperatorAdded, olga.clone(), None),
    ];
    assert_eq!(lines().await, newest_first);
    house.0.clock.advance(TimeDelta::days(1));
    operators::remove(app, "olga").await.unwrap();
    assert_eq!(lines().await.len(), 6);
    let told = operators::log(app).await.unwrap();
    assert!(told.iter().all(|done| done.name.is_none()) && told[0].operator.is_some(), "by the id alone");
    house.0.clock.advance(TimeDelta::days(179));
    house.0.run_jobs().await;
    assert_eq!(lines().await, [(Act::OperatorRemoved, None, None)]);
}
