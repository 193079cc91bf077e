//! A company to measure with: set up and filled through the public API, as people would.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::peer::tulou::Server;

const PASSWORD: &str = "measured earthen walls";

/// Somebody who has signed in.
#[derive(Clone)]
pub struct Person {
    pub token: String,
    pub member: String,
}

/// The organisation and its people.
#[derive(Clone)]
pub struct House {
    pub client: Client,
    pub url: String,
    pub people: Vec<Person>,
    /// A group of everybody.
    pub group: String,
    /// Direct conversations that were begun, by the two.
    pub directs: HashMap<(u32, u32), String>,
}

impl House {
    /// Sets a fresh server up and adds people until there are `count`.
    pub async fn build(server: &Server, count: usize) -> anyhow::Result<Self> {
        let code = server.code.as_ref().context("the server has been set up before")?;
        Self::found(server.url.clone(), code, count).await
    }

    /// The same with the code that a server showed which was started elsewhere.
    pub async fn found(url: String, code: &str, count: usize) -> anyhow::Result<Self> {
        let client = Client::builder().no_proxy().build()?;
        let mut house = Self { client, url, people: Vec::new(), group: String::new(), directs: HashMap::new() };
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

    /// What the person of this number types; 0 is the owner.
    pub fn password_of(number: usize) -> String {
        if number == 0 { PASSWORD.to_owned() } else { format!("{PASSWORD} {number}") }
    }

    pub async fn owner_signs_in(&self) -> anyhow::Result<Person> {
        self.sign_in("p0", PASSWORD).await
    }

    /// Begins the direct conversations of the first `senders` with everybody else, and the group of all.
    pub async fn furnish(&mut self, senders: usize, recipients: usize) -> anyhow::Result<()> {
        let members: Vec<&str> = self.people.iter().skip(1).map(|person| person.member.as_str()).collect();
        let group = json!({ "kind": "group", "name": "Everybody", "member_ids": members });
        self.group = self.begin(0, group).await?;
        for from in 0..senders {
            for to in (senders..recipients).chain((from == 0).then_some(1)) {
                self.direct(from, to).await?;
            }
        }
        Ok(())
    }

    /// Begins the direct conversation of two people; its id.
    pub async fn direct(&mut self, from: usize, to: usize) -> anyhow::Result<String> {
        let direct = json!({ "kind": "direct", "member_id": self.people[to].member });
        let id = self.begin(from, direct).await?;
        self.directs.insert((u32::try_from(from)?, u32::try_from(to)?), id.clone());
        Ok(id)
    }

    /// Begins a conversation as this person; its id.
    pub async fn begin(&self, who: usize, conversation: Value) -> anyhow::Result<String> {
        let made = self.call(Some(&self.people[who]), Method::POST, "/v1/conversations", conversation).await?;
        made["id"].as_str().map(ToOwned::to_owned).context("a conversation")
    }

    /// The direct conversation of two people, if it was begun.
    pub fn between(&self, one: u32, other: u32) -> Option<&String> {
        self.directs.get(&(one, other)).or_else(|| self.directs.get(&(other, one)))
    }

    /// Who is behind a user of the load: there may be more windows than people.
    pub fn person(&self, user: u32) -> &Person {
        &self.people[user as usize % self.people.len()]
    }

    /// Host and port.
    pub fn address(&self) -> String {
        self.url.trim_start_matches("http://").to_owned()
    }

    /// What this address answers, and how long it took until all of it was here; reading it is the client's work.
    pub async fn asked(&self, who: &Person, path: &str) -> anyhow::Result<(Duration, String)> {
        let request = self.client.get(format!("{}{path}", self.url)).bearer_auth(&who.token);
        let begun = Instant::now();
        let answer = request.header("tulou-organisation", "bench").send().await?;
        let (status, text) = (answer.status(), answer.text().await?);
        let took = begun.elapsed();
        ensure!(status.is_success(), "{path}: {status} {text}");
        Ok((took, text))
    }

    pub async fn call(&self, who: Option<&Person>, method: Method, path: &str, body: Value) -> anyhow::Result<Value> {
        let mut request = self.client.request(method, format!("{}{path}", self.url)).header("if-match", "*");
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
