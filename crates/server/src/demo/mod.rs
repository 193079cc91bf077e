//! `tulou demo`: an empty data directory becomes a company of 48 people who have talked for three days. Everything is
//! done through the program's own operations, in the name of those people, one after the other, with a clock that is moved
//! from one act to the next and identifiers that are foretold; so the same people, words, times and ids come out every
//! time the story ends at the same instant. Keys, passwords' salts and session tokens are as secret as anywhere.

mod chance;
mod client;
mod company;
mod story;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use anyhow::{Context, ensure};
use chrono::{DateTime, Utc};
use kernel::{Clock, SystemClock};
use serde_json::{Value, json};

use crate::config::{Config, own_url};
use crate::start::{self, Fate, Prepared};
use chance::Foretold;
use client::{Client, Person};
use company::{Company, Talk};
use story::Story;

/// Everybody's password. The demo is a throw-away company; what guards it is that nobody else can reach it.
pub const PASSWORD: &str = "earthen walls, one roof";

/// Makes the company in the configured data directory, which must not have an organisation yet, and stops.
pub async fn run(config: &Config, until: Option<DateTime<Utc>>) -> anyhow::Result<()> {
    let (story, ids) = (Arc::new(Story::new(until, SystemClock.now())?), Arc::new(Foretold::default()));
    let url = if config.public_url.is_empty() { own_url(config.listen) } else { config.public_url.clone() };
    let fate = Fate { clock: story.clone(), ids: ids.clone() };
    // Nothing runs beside the story: the app is not started, and what follows from an act is awaited after it.
    let Prepared { app, api, database } = start::prepare_as(config, &url, fate).await?;
    let client = Client::new(app.clone(), api, ids);
    let outcome = async {
        let code = identity::setup_code(&app).await?;
        let code = code.context("this data directory has an organisation already; the demo makes its own")?;
        let company = Company::read()?;
        let mut teller = Teller { story, client, people: BTreeMap::new(), departments: HashMap::new() };
        teller.found(&company, &code).await?;
        teller.invite(&company).await?;
        teller.come_to_work(&company).await?;
        teller.talk(&company).await
    }
    .await;
    app.stop().await;
    database.stop().await?;
    outcome?;
    println!("The demo company is ready. Sign in as shen, mara, he or any other of the 48, password: {PASSWORD}");
    Ok(())
}

/// Tells the company's story.
struct Teller {
    story: Arc<Story>,
    client: Client,
    people: BTreeMap<String, Person>,
    departments: HashMap<String, String>,
}

impl Teller {
    /// The first person sets the organisation up and makes its departments.
    async fn found(&mut self, company: &Company, code: &str) -> anyhow::Result<()> {
        let (id, founder) = company.people.first_key_value_of("shen")?;
        let statement = self.client.call(None, "GET", "/v1/statement?language=zh-CN", Value::Null).await?;
        let session = json!({
            "code": code,
            "organisation": {
                "name_zh": company.name_zh, "name_en": company.name_en, "slug": company.slug, "region": company.region,
                "industry": company.industry, "time_zone": company.time_zone, "contact": { "name": founder.name },
            },
            "administrator": { "name": founder.name, "user_id": id, "password": PASSWORD },
            "language": "zh-CN", "chat_retention_days": 360, "statement_version": statement["version"],
            "accepts_statement": true, "attests_control": true, "is_adult": true, "remember": true,
        });
        self.client.call(None, "POST", "/v1/setup", session).await?;
        let person = self.sign_in(company, id, PASSWORD).await?;
        for department in &company.department {
            let parent = department.parent.as_ref().map(|parent| &self.departments[parent]);
            let body = json!({ "name": department.name, "parent_id": parent });
            let made = self.client.call(Some(&person), "POST", "/v1/departments", body).await?;
            self.departments.insert(department.id.clone(), text(&made["id"])?);
        }
        let place = json!({ "department_ids": [self.departments[&founder.department]], "position": founder.position });
        self.client.call(Some(&person), "PATCH", &format!("/v1/members/{}", person.member), place).await?;
        self.people.insert(id.to_owned(), person);
        Ok(())
    }

    /// The founder adds everybody; each signs in with the initial password, changes it and accepts the statement.
    async fn invite(&mut self, company: &Company) -> anyhow::Result<()> {
        let founder = self.people["shen"].clone();
        for (id, human) in company.people.iter().filter(|(id, _)| *id != "shen") {
            self.story.tick();
            let role = if id == "he" { "administrator" } else { "member" };
            let body = json!({
                "name": human.name, "user_id": id, "position": human.position, "role": role,
                "department_ids": [self.departments[&human.department]],
            });
            let added = self.client.call(Some(&founder), "POST", "/v1/members", body).await?;
            let initial = text(&added["initial_password"])?;
            let mut person = self.sign_in(company, id, &initial).await?;
            let change = json!({ "current": initial, "new": PASSWORD });
            self.client.call(Some(&person), "POST", "/v1/password", change).await?;
            let version = person.statement_version.clone();
            let accept = json!({ "version": version, "is_adult": true });
            self.client.call(Some(&person), "POST", "/v1/statement/acceptance", accept).await?;
            person.member = text(&added["member"]["id"])?;
            self.people.insert(id.to_owned(), person);
        }
        Ok(())
    }

    /// The sign-ins of the founding have long ended: everybody signs in on the morning the talking begins.
    async fn come_to_work(&mut self, company: &Company) -> anyhow::Result<()> {
        self.story.begin();
        for (id, _) in company.people.iter() {
            let person = self.sign_in(company, id, PASSWORD).await?;
            self.people.insert(id.to_owned(), person);
        }
        Ok(())
    }

    /// Every conversation is begun just before its first message; then all messages are said in the order of time.
    async fn talk(&mut self, company: &Company) -> anyhow::Result<()> {
        let talks = company.talks();
        let mut order: Vec<(i64, usize, usize)> = talks
            .iter()
            .enumerate()
            .flat_map(|(t, talk)| talk.messages.iter().enumerate().map(move |(m, message)| (message.minutes_ago, t, m)))
            .collect();
        order.sort_by_key(|(minutes_ago, t, m)| (-minutes_ago, *t, *m));
        let mut begun: HashMap<usize, String> = HashMap::new();
        let mut numbers: HashMap<(usize, usize), Value> = HashMap::new();
        for (minutes_ago, t, m) in order {
            let (talk, message) = (&talks[t], &talks[t].messages[m]);
            self.story.go_to(minutes_ago);
            if let std::collections::hash_map::Entry::Vacant(entry) = begun.entry(t) {
                entry.insert(self.begin(talk).await?);
            }
            let author = &self.people[&message.author];
            let answered = message.answers.and_then(|index| numbers.get(&(t, index)));
            let body = json!({
                "client_id": self.client.id(self.story.now()),
                "body": {
                    "kind": "text", "text": message.text, "mentions": self.mentioned(company, &message.text),
                    "reply_to": answered.map(|seq| json!({ "seq": seq })),
                },
            });
            let path = format!("/v1/conversations/{}/messages", begun[&t]);
            let said = self.client.call(Some(author), "POST", &path, body).await?;
            numbers.insert((t, m), said["seq"].clone());
        }
        for (t, talk) in talks.iter().enumerate() {
            self.settle(talk, &begun[&t], numbers.get(&(t, talk.messages.len() - 1))).await?;
        }
        Ok(())
    }

    async fn begin(&self, talk: &Talk) -> anyhow::Result<String> {
        let everybody = talk.members.iter().any(|id| id == "*");
        let ids = self.people.iter().filter(|(id, _)| **id != talk.owner && (everybody || talk.members.contains(id)));
        let mut members: Vec<&str> = ids.map(|(_, person)| person.member.as_str()).collect();
        members.sort_unstable();
        let body = match &talk.name {
            Some(name) => json!({ "kind": "group", "name": name, "member_ids": members, "history": "all" }),
            None => json!({ "kind": "direct", "member_id": members.first() }),
        };
        let made = self.client.call(Some(&self.people[&talk.owner]), "POST", "/v1/conversations", body).await?;
        text(&made["id"])
    }

    /// Who has read it to the end, who has muted it.
    async fn settle(&self, talk: &Talk, conversation: &str, last: Option<&Value>) -> anyhow::Result<()> {
        let readers = talk.members.iter().filter(|_| talk.is_read).filter_map(|id| self.people.get(id));
        for reader in readers {
            let path = format!("/v1/conversations/{conversation}/read");
            self.client.call(Some(reader), "POST", &path, json!({ "seq": last })).await?;
        }
        for person in talk.muted_by.iter().filter_map(|id| self.people.get(id)) {
            let path = format!("/v1/conversations/{conversation}/my");
            self.client.call(Some(person), "PATCH", &path, json!({ "is_muted": true })).await?;
        }
        Ok(())
    }

    /// The people called by an @ in the text.
    fn mentioned(&self, company: &Company, text: &str) -> Vec<&str> {
        let called = company.people.iter().filter(|(_, human)| text.contains(&format!("@{}", human.name)));
        called.filter_map(|(id, _)| self.people.get(id)).map(|person| person.member.as_str()).collect()
    }

    async fn sign_in(&self, company: &Company, id: &str, password: &str) -> anyhow::Result<Person> {
        self.story.tick();
        let body = json!({ "login": id, "password": password, "organisation": company.slug, "remember": true });
        let (token, session) = self.client.enter(&body).await?;
        let place = &session["organisations"][0];
        ensure!(!place.is_null(), "{id} is in no organisation");
        Ok(Person {
            token,
            organisation: text(&place["id"])?,
            member: text(&place["member_id"])?,
            statement_version: text(&session["statement_version"])?,
        })
    }
}

fn text(value: &Value) -> anyhow::Result<String> {
    value.as_str().map(ToOwned::to_owned).context("an answer without the text it should have")
}
