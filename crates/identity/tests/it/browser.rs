//! A browser: it keeps cookies, has an address, and is somebody once signed in.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, header};
use http_body_util::BodyExt;
use kernel::{AccountId, Caller, MemberId, OrgId, SessionId, Socket};
use serde_json::{Value, json};
use testkit::{Person, TestApp};

pub const ANNS: &str = "vierzig Enten baden";
pub const OTHER: &str = "correct-horse-battery";

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/// The application with real sign-in.
pub async fn app() -> TestApp {
    TestApp::with_sign_in(modules()).await
}

/// What a node of it is made of.
pub fn modules() -> Vec<kernel::Module> {
    // Undoing an import asks what was handed over; nobody is told of hand-overs here.
    let handed = kernel::Module { subscribers: Vec::new(), ..handover::module(Vec::new()) };
    vec![privacy::module(), identity::module(), handed]
}

pub struct Browser<'a> {
    pub t: &'a TestApp,
    pub cookies: BTreeMap<String, String>,
    pub address: IpAddr,
    pub organisation: Option<String>,
    /// The last session the server described.
    pub session: Value,
}

impl<'a> Browser<'a> {
    pub fn new(t: &'a TestApp) -> Self {
        Self::at(t, [192, 0, 2, 1])
    }

    pub fn at(t: &'a TestApp, address: [u8; 4]) -> Self {
        Self { t, cookies: BTreeMap::new(), address: address.into(), organisation: None, session: Value::Null }
    }

    pub async fn call(&mut self, method: &str, path: &str, body: Value) -> (u16, Value) {
        let cookies = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::USER_AGENT, FIREFOX)
            .header(header::IF_MATCH, "*")
            .extension(ConnectInfo(SocketAddr::new(self.address, 40_000)));
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies);
        }
        if let Some(organisation) = &self.organisation {
            request = request.header("tulou-organisation", organisation);
        }
        let body = if body.is_null() { Body::empty() } else { Body::from(body.to_string()) };
        let response = self.t.request(request.body(body).unwrap()).await;
        for line in response.headers().get_all(header::SET_COOKIE) {
            let (name, rest) = line.to_str().unwrap().split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            self.cookies.insert(name.into(), value.into());
            if rest.contains("Max-Age=0") {
                self.cookies.remove(name);
            }
        }
        let status = response.status().as_u16();
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
    }

    pub async fn get(&mut self, path: &str) -> (u16, Value) {
        self.call("GET", path, Value::Null).await
    }

    pub async fn post(&mut self, path: &str, body: Value) -> (u16, Value) {
        self.call("POST", path, body).await
    }

    /// Tries to sign in.
    pub async fn try_sign_in(&mut self, login: &str, password: &str) -> (u16, Value) {
        let (status, answer) =
            self.post("/v1/sessions", json!({ "login": login, "password": password, "remember": true })).await;
        if status == 201 {
            self.session = answer.clone();
        }
        (status, answer)
    }

    pub async fn sign_in(&mut self, login: &str, password: &str) {
        let (status, answer) = self.try_sign_in(login, password).await;
        assert_eq!(status, 201, "{answer}");
    }

    /// Does what the session says must be done first.
    pub async fn settle(&mut self, initial: &str, password: &str) {
        let (status, answer) = self.post("/v1/password", json!({ "current": initial, "new": password })).await;
        assert_eq!(status, 204, "{answer}");
        let (status, answer) =
            self.post("/v1/statement/acceptance", json!({ "version": "0.5", "is_adult": true })).await;
        assert_eq!(status, 204, "{answer}");
        self.session = self.get("/v1/session").await.1;
        assert_eq!(self.session["must"], json!([]));
    }

    /// Who one is in the organisation of this short name.
    pub fn member_in(&self, slug: &str) -> String {
        let places = self.session["organisations"].as_array().unwrap();
        let place = places.iter().find(|place| place["slug"] == slug).unwrap();
        place["member_id"].as_str().unwrap().to_owned()
    }

    /// An open window, known to the hub only: no task of the program has to run for it.
    pub fn window(&self) -> Arc<Socket> {
        let person = self.person();
        let member = Some((person.org, person.id));
        let caller = Caller { account: person.account, session: person.session, member, must: None };
        let socket = Socket::new(&caller).unwrap();
        assert!(self.t.app.hub().attach(&socket, 10));
        socket
    }

    /// As the sockets of testkit want to know somebody.
    pub fn person(&self) -> Person {
        let id = |value: &Value| value.as_str().unwrap().parse::<SessionId>().unwrap().0;
        let place = &self.session["organisations"][0];
        Person {
            org: OrgId(id(&place["id"])),
            id: MemberId(id(&place["member_id"])),
            account: AccountId(id(&self.session["account_id"])),
            session: SessionId(id(&self.session["id"])),
            token: self.cookies["session"].clone(),
        }
    }
}

/// Why a window was closed.
pub async fn why_cut(window: &Socket) -> &'static str {
    assert!(window.is_cut(), "the window is still open");
    window.next().await.unwrap_err()
}

pub fn set_up(code: &str, name: &str, user_id: &str) -> Value {
    json!({
        "code": code,
        "organisation": {
            "name_en": name, "region": "CN", "industry": "manufacturing", "time_zone": "Asia/Shanghai",
            "contact": { "name": "Ann", "email": "ann@example.com" },
        },
        "administrator": { "name": "Ann", "user_id": user_id, "password": ANNS },
        "language": "en", "chat_retention_days": 90, "statement_version": "0.5",
        "accepts_statement": true, "attests_control": true, "is_adult": true, "remember": true,
    })
}

/// Ann, who has just founded Acme.
pub async fn ann(t: &TestApp) -> Browser<'_> {
    founder(t, "Acme", "ann").await
}

/// Somebody who has just founded an organisation.
pub async fn founder<'a>(t: &'a TestApp, name: &str, user_id: &str) -> Browser<'a> {
    let code = identity::new_setup_code(&t.app).await.unwrap();
    let mut browser = Browser::new(t);
    let (status, session) = browser.post("/v1/setup", set_up(&code, name, user_id)).await;
    assert_eq!(status, 201, "{session}");
    browser.session = session;
    browser
}

/// Has `by` add somebody; gives the member's id and the initial password.
pub async fn add(by: &mut Browser<'_>, name: &str, user_id: &str) -> (String, String) {
    let new = json!({ "name": name, "user_id": user_id, "role": "member" });
    let (status, added) = by.post("/v1/members", new).await;
    assert_eq!(status, 201, "{added}");
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (text(&added["member"]["id"]), text(&added["initial_password"]))
}

/// Eve, whom `by` has made an administrator, signed in with a password of her own.
pub async fn eve<'a>(by: &mut Browser<'a>) -> Browser<'a> {
    let new = json!({ "name": "Eve", "user_id": "eve", "role": "administrator" });
    let (_, added) = by.post("/v1/members", new).await;
    came_in(by.t, "eve", &added).await
}

/// Somebody who was just added, signed in with a password of their own.
pub async fn came_in<'a>(t: &'a TestApp, login: &str, added: &Value) -> Browser<'a> {
    let initial = added["initial_password"].as_str().unwrap();
    let mut who = Browser::new(t);
    who.sign_in(login, initial).await;
    who.settle(initial, OTHER).await;
    who
}

/// Bob, whom `by` has added, signed in with a password of his own.
pub async fn bob<'a>(by: &mut Browser<'a>) -> (String, Browser<'a>) {
    let (id, initial) = add(by, "Bob", "bob").await;
    let mut bob = Browser::at(by.t, [198, 51, 100, 7]);
    bob.sign_in("bob", &initial).await;
    bob.settle(&initial, OTHER).await;
    (id, bob)
}
