//! A company in which everything that is kept sealed has something in it, each with a word of its own, made as people make it:
//! through the API.

use std::net::SocketAddr;
use std::path::Path;

use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::Request;
use chrono::TimeDelta;
use directory::{Edition, Role};
use hosting::OperatorAct;
use kernel::{Actor, OrgId};
use serde_json::{Value, json};
use testkit::{Person, TestApp};

use super::files::Sent;
use super::{logs, sealed};

/// What stands in every word, in letters that go through every normal form unchanged.
pub const MARK: &str = "kanarienvogel";
/// The same for writings in which letters stay as they are.
pub const HAN: &str = "金丝雀儿";
/// Where everybody comes from, and with what.
pub const ADDRESS: &str = "2001:db8:ca:fe::17";
pub const DEVICE: &str = "Firefox · Windows";
const AGENT: &str = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0";
const PASSWORD: &str = "ochre lantern 47 by the river";
const PICTURE: &[u8] = include_bytes!("../../../../branding/tests/it/logo.png");

/// The word that only this column has.
pub fn word(place: &str) -> String {
    format!("{MARK} {HAN} {place}")
}

pub struct Corpus {
    pub t: TestApp,
    pub acme: OrgId,
    pub rival: OrgId,
    pub third: OrgId,
    pub ann: Person,
    pub olga: Person,
    pub bob: Person,
    pub eve: Person,
    pub mal: Person,
    pub kim: Person,
    /// The group of Bob and Eve.
    pub group: String,
    /// The files in it.
    pub files: Sent,
    /// Everything that was sealed at some time, as a backup of that time has it.
    pub sealed: Vec<sealed::Value>,
}

/// What looks at pictures.
pub fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_tulou"))
}

/// Every module of the program, each node of its own.
pub fn modules() -> Vec<kernel::Module> {
    server::modules::all().into_iter().filter(|module| module.name != "kernel").collect()
}

impl Corpus {
    /// People in three organisations, and nothing said yet.
    async fn open(t: TestApp) -> Self {
        logs::hear();
        let (acme, rival, third) = (t.org("Acme").await, t.org("Rival").await, t.org("Third").await);
        let (ann, bob, eve) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await, t.member(acme, "Eve").await);
        let olga = t.member_as(acme, "Olga", Role::Owner).await;
        let mal = t.member_as(rival, "Mal", Role::Owner).await;
        let kim = t.member_as(third, "Kim", Role::Owner).await;
        // Whoever decides of acts has done so for a day.
        t.clock.advance(TimeDelta::hours(25));
        let (group, files, sealed) = (String::new(), Sent::default(), Vec::new());
        Self { t, acme, rival, third, ann, olga, bob, eve, mal, kim, group, files, sealed }
    }

    /// Everything at once.
    pub async fn planted() -> Self {
        Self::planted_in(TestApp::with_program(modules(), program()).await).await
    }

    /// The same in this installation.
    pub async fn planted_in(t: TestApp) -> Self {
        let mut corpus = Self::open(t).await;
        corpus.talk().await;
        corpus.keep_of_oneself().await;
        corpus.organise().await;
        corpus.come_in().await;
        corpus.import().await;
        corpus.ask_for_data().await;
        corpus.prove_what_we_are().await;
        corpus.end_in_dispute().await;
        corpus.settle().await;
        corpus
    }

    pub fn orgs(&self) -> [OrgId; 3] {
        [self.acme, self.rival, self.third]
    }

    /// All that was to follow has followed; what is sealed is remembered.
    pub async fn settle(&mut self) {
        self.t.run_jobs().await;
        self.t.run_subscribers().await;
        self.remember().await;
    }

    /// Remembers what is sealed now.
    pub async fn remember(&mut self) {
        for value in sealed::values(&self.t, &self.orgs()).await {
            if !self.sealed.iter().any(|known| known.place == value.place && known.sealed == value.sealed) {
                self.sealed.push(value);
            }
        }
    }

    /// Calls from the address; the answer as it came.
    pub async fn send(
        &self,
        by: Option<&Person>,
        (method, path): (&str, &str),
        body: Vec<u8>,
        headers: &[(&str, &str)],
    ) -> (u16, Vec<u8>) {
        let mut request =
            Request::builder().method(method).uri(path).header("user-agent", AGENT).header("if-match", "*");
        if headers.iter().all(|(name, _)| *name != "content-type") {
            request = request.header("content-type", "application/json");
        }
        if let Some(by) = by {
            request = request.header("authorization", format!("Bearer {}", by.token));
            request = request.header("tulou-organisation", by.org.to_string());
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut request = request.body(Body::from(body)).unwrap();
        request
            .extensions_mut()
            .insert(ConnectInfo::<SocketAddr>((ADDRESS.parse::<std::net::IpAddr>().unwrap(), 40_000).into()));
        let response = self.t.request(request).await;
        let status = response.status().as_u16();
        (status, to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec())
    }

    /// Calls, and it must succeed.
    pub async fn ask<'a>(&self, by: impl Into<Option<&'a Person>>, what: (&str, &str), body: Value) -> Value {
        let (status, answer) = self.tell(by, what, body).await;
        assert!((200..300).contains(&status), "{what:?}: {status} {answer}");
        answer
    }

    /// Calls; the status and the answer.
    pub async fn tell<'a>(&self, by: impl Into<Option<&'a Person>>, what: (&str, &str), body: Value) -> (u16, Value) {
        let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        let (status, answer) = self.send(by.into(), what, body, &[]).await;
        (status, serde_json::from_slice(&answer).unwrap_or_default())
    }

    /// Sends bytes that are no JSON, and it must succeed.
    async fn put(&self, by: &Person, what: (&str, &str), bytes: &[u8], kind: &str) -> Value {
        let (status, answer) = self.send(Some(by), what, bytes.to_vec(), &[("content-type", kind)]).await;
        assert!((200..300).contains(&status), "{what:?}: {status} {}", String::from_utf8_lossy(&answer));
        serde_json::from_slice(&answer).unwrap_or_default()
    }

    /// They have just typed their password again.
    pub async fn prove(&self, who: &Person) {
        let mut tx = self.t.app.begin(who.org, Actor::Member(who.id)).await.unwrap();
        directory::assure(&mut tx, who.session).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Somebody says it in the group; the answer.
    pub async fn say(&self, who: &Person, mut body: Value) -> Value {
        body["kind"] = json!("text");
        body["v"] = json!(1);
        let message = json!({ "client_id": self.t.app.new_id(), "body": body });
        self.ask(who, ("POST", &format!("/v1/conversations/{}/messages", self.group)), message).await
    }

    /// What is said, with files; what was said before; what is not said yet; what is told of it and what is found.
    async fn talk(&mut self) {
        self.ask(&self.ann, ("PATCH", "/v1/organisation"), json!({ "keeps_edits": true })).await;
        let new = json!({ "kind": "group", "name": word("chat.conversation.name"), "member_ids": [self.eve.id] });
        self.group = id(&self.ask(&self.bob, ("POST", "/v1/conversations"), new).await);
        let files = self.bring_files().await;
        let text = word("chat.message_version.body");
        let said = self.say(&self.bob, json!({ "text": text, "file_ids": files, "mentions": [self.eve.id] })).await;
        let path = format!("/v1/conversations/{}/messages/{}", self.group, said["seq"]);
        self.open_photograph(&format!("{path}/files/{}", files[1])).await;
        self.ask(&self.bob, ("PATCH", &path), json!({ "text": word("chat.message.body"), "mentions": [self.eve.id] }))
            .await;
        let draft = json!({ "text": word("chat.draft.body") });
        self.ask(&self.bob, ("PUT", &format!("/v1/conversations/{}/draft", self.group)), draft).await;
        chat::index_messages(&self.t.app, self.acme).await.unwrap();
        self.ask(&self.bob, ("POST", "/v1/search/words"), json!({ "text": word("search.word.text") })).await;
        let title = json!({ "title": word("announcements.announcement.written"), "text": "It is closed today." });
        self.ask(&self.ann, ("POST", "/v1/announcements"), title).await;
    }

    /// What somebody has of themselves and of others.
    async fn keep_of_oneself(&self) {
        let me = json!({ "phone": "13766600077", "email": format!("{MARK}@acme.example"), "signature": word("directory.member.profile") });
        self.ask(&self.bob, ("PATCH", "/v1/me"), me).await;
        self.put(&self.bob, ("PUT", "/v1/me/avatar"), PICTURE, "image/png").await;
        let contact = json!({ "kind": "customer", "card": { "name": word("contacts.contact.card"), "phones": [] } });
        let key = [("idempotency-key", "once-1")];
        let (status, _) =
            self.send(Some(&self.bob), ("POST", "/v1/contacts"), contact.to_string().into_bytes(), &key).await;
        assert_eq!(status, 201);
        self.ask(&self.bob, ("POST", "/v1/app-passwords"), json!({ "name": word("contacts.app_password.name") })).await;
        let consent = ("PUT", "/v1/me/consents/contacts.read_device_book");
        let asked = self.ask(&self.bob, ("GET", "/v1/me/consents"), Value::Null).await;
        let version = asked["items"][0]["text_version"].clone();
        self.ask(&self.bob, consent, json!({ "text_version": version, "way": "sheet" })).await;
        self.ask(&self.bob, ("DELETE", consent.1), Value::Null).await;
        self.ask(&self.bob, ("POST", "/v1/statement/acceptance"), self.accepted().await).await;
    }

    async fn accepted(&self) -> Value {
        let statement = self.ask(None, ("GET", "/v1/statement?language=en"), Value::Null).await;
        json!({ "version": statement["version"], "is_adult": true, "language": "en" })
    }

    /// What an organisation decides about itself.
    async fn organise(&self) {
        let ann = &self.ann;
        let named = json!({ "name_en": word("directory.organisation.names"), "contact": { "name": word("directory.organisation.contact"), "email": "office@acme.example" } });
        self.ask(ann, ("PATCH", "/v1/organisation"), named).await;
        self.ask(ann, ("PUT", "/v1/brand"), json!({ "name": MARK })).await;
        self.put(ann, ("PUT", "/v1/brand/logo"), PICTURE, "image/png").await;
        self.ask(ann, ("POST", "/v1/departments"), json!({ "name": word("directory.department") })).await;
        let field = json!({ "kind": "text", "names": { "en": word("directory.field") }, "seen_by": ["oneself"], "edited_by": ["oneself"] });
        self.ask(ann, ("POST", "/v1/fields"), field).await;
        self.ask(ann, ("POST", "/v1/roles"), json!({ "name": word("directory.role"), "permissions": ["people.see"] }))
            .await;
        let by_hand = json!({ "kind": "hand", "member_ids": [self.bob.id], "department_ids": [] });
        self.ask(
            ann,
            ("POST", "/v1/people-groups"),
            json!({ "name": word("people_groups.people_group"), "made_by": by_hand }),
        )
        .await;
        let filter = json!({ "filter": { "query": MARK } });
        self.ask(ann, ("POST", "/v1/people-exports"), filter).await;
        let row = json!({ "external_id": word("provisioning.link"), "name": "Lin", "user_id": "lin" });
        self.ask(ann, ("POST", "/v1/provisioning/upsert"), json!({ "people": [row] })).await;
    }

    /// Somebody joins by a link and signs in; an operator does.
    async fn come_in(&self) {
        let link =
            self.ask(&self.ann, ("POST", "/v1/invitations"), json!({ "expires_in_days": 7, "max_uses": 5 })).await;
        let path = format!("/v1/invitations/by-token/{}/accept", link["token"].as_str().unwrap());
        let accepted = self.accepted().await;
        let new = json!({
            "name": "Zoe", "user_id": "zoe", "password": PASSWORD, "language": "en",
            "statement_version": accepted["version"], "accepts_statement": true, "is_adult": true,
        });
        self.ask(None, ("POST", &path), new).await;
        let login = json!({ "login": "zoe", "organisation": "acme", "password": PASSWORD });
        self.ask(None, ("POST", "/v1/sessions"), login).await;
        let once = operators::add(&self.t.app, "oscar").await.unwrap();
        self.ask(None, ("POST", "/v1/operator/session"), json!({ "name": "oscar", "password": once })).await;
    }

    /// A list of people that was tried, one that was written, and one that waits to be.
    async fn import(&mut self) {
        let list = |user: &str| format!("姓名,账号,职务\n{HAN},{user},{}\n", word("identity.import"));
        let bring = async |user: &str| {
            let octets = "application/octet-stream";
            self.put(&self.ann, ("POST", "/v1/imports"), list(user).as_bytes(), octets).await
        };
        self.prove(&self.ann).await;
        let written = format!("/v1/imports/{}", id(&bring("ada").await));
        self.ask(&self.ann, ("POST", &format!("{written}/confirm")), json!({})).await;
        self.t.run_jobs().await;
        let waits = format!("/v1/imports/{}", id(&bring("ida").await));
        self.ask(&self.ann, ("POST", &format!("{waits}/confirm")), json!({})).await;
        bring("?").await;
        self.remember().await;
    }

    /// Somebody asks what is kept of them and is answered, late; and takes a copy.
    async fn ask_for_data(&self) {
        let new = json!({ "organisation": "acme", "kind": "access", "language": "en", "words": word("requests.subject_request.said") });
        let made = self.ask(&self.bob, ("POST", "/v1/subject-requests"), new).await;
        let act = |what: &str| format!("/v1/subject-requests/{}/{what}", made["request"]["id"].as_str().unwrap());
        self.ask(&self.ann, ("POST", &act("take-up")), Value::Null).await;
        self.ask(
            &self.ann,
            ("POST", &act("explain-delay")),
            json!({ "reason": word("requests.subject_request.delay") }),
        )
        .await;
        let answer = json!({ "outcome": "answered", "text": word("requests.subject_request.answer") });
        self.ask(&self.ann, ("POST", &act("finish")), answer).await;
        self.prove(&self.bob).await;
        self.ask(&self.bob, ("POST", "/v1/personal-exports"), json!({ "language": "en" })).await;
    }

    /// Two organisations are verified and get to know each other; of one the authorities want to know.
    async fn prove_what_we_are(&mut self) {
        for owner in [self.ann.clone(), self.mal.clone(), self.kim.clone()] {
            let pdf = format!("%PDF-1.7\n{}\n%%EOF", word("verification.document.bytes"));
            let path = format!("/v1/verification/documents?name={MARK}.pdf");
            self.put(&owner, ("POST", &path), pdf.as_bytes(), "application/octet-stream").await;
            let claim =
                json!({ "legal_name": word("verification.request.claim"), "registration_number": "91330100MA27XYZ" });
            self.ask(&owner, ("POST", "/v1/verification/request"), claim).await;
            let mut tx = self.t.app.begin(owner.org, Actor::Operator).await.unwrap();
            let by = OperatorAct::of(&tx, None).unwrap();
            if owner.org == self.third {
                verification::refuse(&mut tx, &by, &Edition::any(), &word("verification.request.reason"))
                    .await
                    .unwrap();
            } else {
                verification::verify(&mut tx, &by, &Edition::any()).await.unwrap();
            }
            let disclosed = verification::RecordDisclosure {
                recipient: word("verification.disclosure"),
                ground: "Order 12/2026".into(),
                kinds: vec![verification::DisclosedKind::Claim],
                disclosed_on: self.t.app.now().date_naive(),
                corrects: None,
            };
            verification::record_disclosure(&mut tx, &by, disclosed).await.unwrap();
            tx.commit().await.unwrap();
        }
        self.ask(&self.ann, ("POST", "/v1/peers"), json!({ "slug": "rival" })).await;
        let shown = json!({ "contact": { "name": word("peers.connection"), "phone": "138 0013 8000" } });
        self.ask(&self.mal, ("POST", &format!("/v1/peers/{}/accept", self.acme)), shown).await;
    }

    /// One owner wants the company gone and another refuses; the operator shuts the third out.
    async fn end_in_dispute(&self) {
        self.prove(&self.ann).await;
        let named = self.ask(&self.ann, ("GET", "/v1/organisation"), Value::Null).await["name_en"].clone();
        let act = self.ask(&self.ann, ("POST", "/v1/organisation/dissolution"), json!({ "name": named })).await;
        let refuse = format!("/v1/sensitive-acts/{}/refuse", id(&act));
        self.ask(&self.olga, ("POST", &refuse), json!({ "reason": word("directory.act_reason") })).await;
        let mut tx = self.t.app.begin(self.third, Actor::Operator).await.unwrap();
        let by = OperatorAct::of(&tx, None).unwrap();
        hosting::suspend(&mut tx, &by, &word("hosting.decision")).await.unwrap();
        tx.commit().await.unwrap();
    }
}

pub fn id(of: &Value) -> String {
    of["id"].as_str().unwrap_or_else(|| panic!("no id: {of}")).to_owned()
}
