//! Acme: Ann owns it, Bob administrates it since yesterday, Eve is a member. Mal owns another organisation.

use chrono::TimeDelta;
use kernel::{Actor, OrgId, SessionId};
use serde_json::{Value, json};
use testkit::TestApp;

pub const PASSWORD: &str = "vierzig Enten baden";
const OTHER: &str = "correct-horse-battery";

/// Somebody who has signed in.
pub struct Person {
    pub org: OrgId,
    pub login: &'static str,
    pub password: &'static str,
    pub token: String,
}

pub struct House {
    pub t: TestApp,
    pub ann: Person,
    pub bob: Person,
    pub eve: Person,
    pub mal: Person,
}

impl House {
    pub async fn open() -> Self {
        let modules = vec![
            privacy::module(),
            identity::module(),
            inbox::module(),
            handover::module(Vec::new()),
            files::module(),
            search::module(),
            chat::module(),
            operators::module(),
            receipts::module(),
            erasure::module(),
            dissolution::module(),
            people_exports::module(),
        ];
        let t = TestApp::with_sign_in(modules).await;
        let ann = founder(&t, "Acme", "ann").await;
        let mal = founder(&t, "Rival", "mal").await;
        let bob = colleague(&t, &ann, "bob", "administrator").await;
        let eve = colleague(&t, &ann, "eve", "member").await;
        // A second has been one for a day.
        t.clock.advance(TimeDelta::hours(25));
        Self { t, ann, bob, eve, mal }
    }

    pub async fn call(&self, by: &Person, (method, path): (&str, &str), body: Value) -> (u16, Value) {
        call(&self.t, Some(&by.token), (method, path), body).await
    }

    pub async fn done(&self, by: &Person, operation: (&str, &str), body: Value) -> Value {
        let (status, answer) = self.call(by, operation, body).await;
        assert!(status < 300, "{operation:?}: {status} {answer}");
        answer
    }

    /// The code of what was refused.
    pub async fn refused(&self, by: &Person, operation: (&str, &str), body: Value) -> (u16, String) {
        let (status, answer) = self.call(by, operation, body).await;
        (status, answer["code"].as_str().unwrap_or_default().to_owned())
    }

    /// Types the password again.
    pub async fn prove(&self, who: &Person) {
        self.done(who, ("POST", "/v1/session/proof"), json!({ "password": who.password })).await;
    }

    /// Signs in anew: the code of the refusal, or the session.
    pub async fn sign_in(&self, who: &Person) -> Result<Value, String> {
        let (status, answer) = try_sign_in(&self.t, who.login, who.password).await;
        if status == 201 { Ok(answer) } else { Err(answer["code"].as_str().unwrap().to_owned()) }
    }

    /// The same person in a new sign-in.
    pub async fn again(&self, who: &Person) -> Person {
        person(&self.t, who.login, who.password).await
    }

    /// Ann asks, Bob approves, and it is done.
    pub async fn dissolve(&self) {
        let (ann, bob) = (self.again(&self.ann).await, self.again(&self.bob).await);
        self.prove(&ann).await;
        let act = self.done(&ann, ("POST", "/v1/organisation/dissolution"), json!({ "name": "Acme" })).await;
        self.prove(&bob).await;
        let path = format!("/v1/sensitive-acts/{}/approve", act["id"].as_str().unwrap());
        self.done(&bob, ("POST", &path), Value::Null).await;
        self.t.run_subscribers().await;
    }

    /// Time passes, and all that is done by itself is done.
    pub async fn wait(&self, time: TimeDelta) {
        self.t.clock.advance(time);
        self.t.run_jobs().await;
        self.t.run_subscribers().await;
    }

    /// How many rows of the organisation a table has.
    pub async fn count(&self, org: OrgId, statement: &'static str) -> i64 {
        let mut tx = self.t.app.begin(org, Actor::System).await.unwrap();
        sqlx::query_scalar(statement).bind(org).fetch_one(tx.db()).await.unwrap()
    }
}

async fn call(t: &TestApp, token: Option<&str>, (method, path): (&str, &str), body: Value) -> (u16, Value) {
    let bearer = token.map(|token| format!("Bearer {token}"));
    let headers: Vec<_> = bearer.iter().map(|bearer| ("authorization", bearer.as_str())).collect();
    let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
    let (status, answer) = t.send(None, method, path, body, &headers).await;
    (status.as_u16(), serde_json::from_slice(&answer).unwrap_or(Value::Null))
}

async fn try_sign_in(t: &TestApp, login: &str, password: &str) -> (u16, Value) {
    let input = json!({ "login": login, "password": password, "remember": true, "token": true });
    call(t, None, ("POST", "/v1/sessions"), input).await
}

async fn person(t: &TestApp, login: &'static str, password: &'static str) -> Person {
    let (status, session) = try_sign_in(t, login, password).await;
    assert_eq!(status, 201, "{session}");
    let id: SessionId = session["organisations"][0]["id"].as_str().unwrap().parse().unwrap();
    Person { org: OrgId(id.0), login, password, token: session["token"].as_str().unwrap().to_owned() }
}

async fn founder(t: &TestApp, name: &str, login: &'static str) -> Person {
    let input = json!({
        "code": identity::new_setup_code(&t.app).await.unwrap(),
        "organisation": {
            "name_en": name, "region": "CN", "industry": "manufacturing", "time_zone": "Asia/Shanghai",
            "contact": { "name": "Ann", "email": "ann@example.com" },
        },
        "administrator": { "name": login, "user_id": login, "password": PASSWORD },
        "language": "en", "chat_retention_days": 90, "statement_version": "0.5",
        "accepts_statement": true, "attests_control": true, "is_adult": true, "remember": true,
    });
    let (status, answer) = call(t, None, ("POST", "/v1/setup"), input).await;
    assert_eq!(status, 201, "{answer}");
    person(t, login, PASSWORD).await
}

async fn colleague(t: &TestApp, by: &Person, login: &'static str, role: &str) -> Person {
    let new = json!({ "name": login, "user_id": login, "role": role });
    let (status, added) = call(t, Some(&by.token), ("POST", "/v1/members"), new).await;
    assert_eq!(status, 201, "{added}");
    let initial = added["initial_password"].as_str().unwrap();
    let (_, session) = try_sign_in(t, login, initial).await;
    let token = session["token"].as_str().unwrap();
    let change = json!({ "current": initial, "new": OTHER });
    assert_eq!(call(t, Some(token), ("POST", "/v1/password"), change).await.0, 204);
    let accept = json!({ "version": "0.5", "is_adult": true });
    assert_eq!(call(t, Some(token), ("POST", "/v1/statement/acceptance"), accept).await.0, 204);
    person(t, login, OTHER).await
}
