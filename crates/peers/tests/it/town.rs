//! Two organisations that may get to know each other: Acme with Ann, Bob and Eve, and Rival, which is Mal's.

use axum::http::StatusCode;
use directory::{Edition, Role};
use hosting::OperatorAct;
use kernel::{Actor, Module};
use serde_json::{Value, json};
use testkit::{Person, TestApp};

const PDF: &[u8] = b"%PDF-1.7\nA business licence.\n%%EOF";

pub fn modules() -> Vec<Module> {
    vec![
        applications::module(peers::APPLICATIONS.to_vec()),
        inbox::module(),
        people_groups::module(),
        verification::module(),
        peers::module(),
    ]
}

pub struct Town {
    pub t: TestApp,
    pub ann: Person,
    pub bob: Person,
    pub eve: Person,
    pub mal: Person,
}

impl Town {
    pub async fn open() -> Self {
        let t = TestApp::with(modules()).await;
        let (acme, rival) = (t.org("acme").await, t.org("rival").await);
        let (ann, bob, eve) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await, t.member(acme, "Eve").await);
        let mal = t.member_as(rival, "Mal", Role::Owner).await;
        Self { t, ann, bob, eve, mal }
    }

    /// Both verified.
    pub async fn verified() -> Self {
        let town = Self::open().await;
        town.verify(&town.ann).await;
        town.verify(&town.mal).await;
        town
    }

    /// Both verified and connected; Mal shows himself, Ann nobody.
    pub async fn connected() -> Self {
        let town = Self::verified().await;
        assert_eq!(town.ask(&town.ann, "rival").await.0, 200);
        let contact = json!({ "contact": { "name": "Mal", "phone": "138 0013 8000", "email": "Mal@Example.org" } });
        let (status, answer) = town.t.call(&town.mal, "POST", &town.address("/accept"), contact).await;
        assert_eq!(status, 200, "{answer}");
        town
    }

    /// What Mal calls Acme.
    pub fn address(&self, rest: &str) -> String {
        format!("/v1/peers/{}{rest}", self.ann.org)
    }

    pub async fn verify(&self, owner: &Person) {
        let headers = [("content-type", "application/octet-stream")];
        let address = "/v1/verification/documents?name=licence.pdf";
        let (status, _) = self.t.send(Some(owner), "POST", address, PDF.to_vec(), &headers).await;
        assert_eq!(status, 201);
        let claim = json!({ "legal_name": "A Company Ltd", "registration_number": "91330100MA27XYZ" });
        let (status, answer) = self.t.call(owner, "POST", "/v1/verification/request", claim).await;
        assert_eq!(status, 200, "{answer}");
        let mut tx = self.t.app.begin(owner.org, Actor::Operator).await.unwrap();
        let by = OperatorAct::of(&tx, None).unwrap();
        verification::verify(&mut tx, &by, &Edition::any()).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Another display name ends it.
    pub async fn lose_verification(&self, owner: &Person) {
        let (status, answer) =
            self.t.call(owner, "PATCH", "/v1/organisation", json!({ "name_en": "A famous bank" })).await;
        assert_eq!(status, 200, "{answer}");
        self.t.run_subscribers().await;
    }

    pub async fn suspend(&self, whose: &Person) {
        let mut tx = self.t.app.begin(whose.org, Actor::Operator).await.unwrap();
        let by = OperatorAct::of(&tx, None).unwrap();
        hosting::suspend(&mut tx, &by, "Bills are not paid").await.unwrap();
        tx.commit().await.unwrap();
    }

    pub async fn resume(&self, whose: &Person) {
        let mut tx = self.t.app.begin(whose.org, Actor::Operator).await.unwrap();
        let by = OperatorAct::of(&tx, None).unwrap();
        hosting::resume(&mut tx, &by).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub async fn ask(&self, who: &Person, slug: &str) -> (StatusCode, Value) {
        self.t.call(who, "POST", "/v1/peers", json!({ "slug": slug })).await
    }

    /// The peers as somebody who manages them sees them.
    pub async fn peers(&self, who: &Person) -> Value {
        let (status, peers) = self.t.call(who, "GET", "/v1/peers", json!(null)).await;
        assert_eq!(status, 200, "{peers}");
        peers["items"].clone()
    }

    /// What they were told last about peers; nothing when there is nothing.
    pub async fn told(&self, who: &Person) -> Value {
        let (status, told) = self.t.call(who, "GET", "/v1/notifications", json!(null)).await;
        assert_eq!(status, 200, "{told}");
        let mut texts = told["items"].as_array().into_iter().flatten().map(|one| one["text"].clone());
        texts.find(|text| text != "organisation_verified").unwrap_or_default()
    }

    /// Ann lets these speak with peers, and nobody else.
    pub async fn let_speak(&self, speakers: Value) -> (StatusCode, Value) {
        self.t.call(&self.ann, "PUT", "/v1/peer-speakers", json!({ "speakers": speakers })).await
    }

    /// The peers they may speak with.
    pub async fn contacts(&self, who: &Person) -> (StatusCode, Value) {
        let (status, answer) = self.t.call(who, "GET", "/v1/peer-contacts", json!(null)).await;
        (status, answer["items"].clone())
    }

    /// What the crate tells whoever carries words between the two.
    pub async fn may_speak(&self, who: &Person, peer: &Person) -> bool {
        let tx = self.t.app.begin(who.org, Actor::System).await.unwrap();
        peers::may_speak_outside(tx, who.id, peer.org).await.unwrap().1
    }
}
