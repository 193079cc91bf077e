//! A company to measure with: set up and filled through the public API, as people would.

use anyhow::{Context, ensure};
use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::process::Server;

const PASSWORD: &str = "measured earthen walls";

/// Somebody who has signed in.
#[derive(Clone)]
pub struct Person {
    pub token: String,
    pub member: String,
}

/// The organisation and its people.
pub struct House {
    pub client: Client,
    pub url: String,
    pub people: Vec<Person>,
}

impl House {
    /// Sets a fresh server up and adds people until there are `count`.
    pub async fn build(server: &Server, count: usize) -> anyhow::Result<Self> {
        let client = Client::builder().no_proxy().build()?;
        let mut house = Self { client, url: server.url.clone(), people: Vec::new() };
        let code = server.code.as_ref().context("the server has been set up before")?;
        let statement = house.call(None, Method::GET, "/v1/statement?language=en", Value::Null).await?;
        let set_up = json!({
            "code": code, "language": "en", "chat_retention_days": 90, "statement_version": statement["version"],
            "accepts_statement": true, "attests_control": true, "is_adult": true,
            "organisation": { "name_en": "Bench", "slug": "bench", "region": "CN", "industry": "it",
                "time_zone": "Asia/Shanghai", "contact": { "name": "Ann" } },
            "administrator": { "name": "Ann", "user_id": "p0", "password": PASSWORD },
        });
        house.call(None, Method::POST, "/v1/setup", set_up).await?;
        let ann = house.sign_in("p0", PASSWORD).await?;
        house.people.push(ann.clone());
        for number in 1..count {
            let user_id = format!("p{number}");
            let body = json!({ "name": format!("Person {number}"), "user_id": user_id, "role": "member" });
            let added = house.call(Some(&ann), Method::POST, "/v1/members", body).await?;
            let initial = added["initial_password"].as_str().context("an initial password")?.to_owned();
            let person = house.sign_in(&user_id, &initial).await?;
            let change = json!({ "current": initial, "new": format!("{PASSWORD} {number}") });
            house.call(Some(&person), Method::POST, "/v1/password", change).await?;
            let accept = json!({ "version": statement["version"], "is_adult": true });
            house.call(Some(&person), Method::POST, "/v1/statement/acceptance", accept).await?;
            house.people.push(person);
        }
        Ok(house)
    }

    pub async fn sign_in(&self, login: &str, password: &str) -> anyhow::Result<Person> {
        let body =
            json!({ "login": login, "password": password, "organisation": "bench", "remember": true, "token": true });
        let session = self.call(None, Method::POST, "/v1/sessions", body).await?;
        let text = |value: &Value| value.as_str().map(ToOwned::to_owned).context("a session");
        Ok(Person { token: text(&session["token"])?, member: text(&session["organisations"][0]["member_id"])? })
    }

    /// What the owner, `p0`, types.
    pub fn owner_password() -> &'static str {
        PASSWORD
    }

    pub async fn owner_signs_in(&self) -> anyhow::Result<Person> {
        self.sign_in("p0", PASSWORD).await
    }

    /// The direct conversation of two people.
    pub async fn direct(&self, from: usize, to: usize) -> anyhow::Result<String> {
        let body = json!({ "kind": "direct", "member_id": self.people[to].member });
        let made = self.call(Some(&self.people[from]), Method::POST, "/v1/conversations", body).await?;
        made["id"].as_str().map(ToOwned::to_owned).context("a conversation")
    }

    pub async fn call(&self, who: Option<&Person>, method: Method, path: &str, body: Value) -> anyhow::Result<Value> {
        let mut request = self.client.request(method, format!("{}{path}", self.url));
        if let Some(person) = who {
            request = request.bearer_auth(&person.token).header("tulou-organisation", "bench");
        }
        if !body.is_null() {
            request = request.header("content-type", "application/json").body(body.to_string());
        }
        let answer = request.send().await?;
        let status = answer.status();
        let text = answer.text().await?;
        ensure!(status.is_success(), "{path}: {status} {text}");
        Ok(serde_json::from_str(&text).unwrap_or(Value::Null))
    }
}
