//! An organisation that wants to be verified, and the operator it asks.

use axum::extract::FromRequestParts;
use axum::http::{Request, StatusCode, header};
use directory::Edition;
use hosting::OperatorAct;
use kernel::{Actor, Result, Tx};
use serde_json::{Value, json};
use testkit::{Person, TestApp};

pub const PDF: &[u8] = b"%PDF-1.7\nA business licence.\n%%EOF";

pub struct Office {
    pub t: TestApp,
    pub ann: Person,
    pub eve: Person,
}

impl Office {
    pub async fn open() -> Self {
        let t = TestApp::with(vec![inbox::module(), verification::module()]).await;
        let acme = t.org("acme").await;
        let (ann, eve) = (t.member(acme, "Ann").await, t.member(acme, "Eve").await);
        Self { t, ann, eve }
    }

    pub async fn add(&self, who: &Person, name: &str, bytes: &[u8]) -> (StatusCode, Value) {
        let address = format!("/v1/verification/documents?name={name}");
        let headers = [("content-type", "application/octet-stream")];
        let (status, answer) = self.t.send(Some(who), "POST", &address, bytes.to_vec(), &headers).await;
        (status, serde_json::from_slice(&answer).unwrap_or_default())
    }

    pub async fn ask(&self, legal_name: &str) -> (StatusCode, Value) {
        let claim = json!({ "legal_name": legal_name, "registration_number": "91330100MA27XYZ" });
        self.t.call(&self.ann, "POST", "/v1/verification/request", claim).await
    }

    /// With a document, and asked.
    pub async fn asked() -> Self {
        let office = Self::open().await;
        assert_eq!(office.add(&office.ann, "licence.pdf", PDF).await.0, 201);
        assert_eq!(office.ask("Acme Ltd").await.0, 200);
        office
    }

    pub async fn shown(&self, who: &Person) -> Value {
        self.t.call(who, "GET", "/v1/verification", json!(null)).await.1
    }

    /// What the bell of this person says, the newest first.
    pub async fn bell(&self, who: &Person) -> Vec<String> {
        let told = self.t.call(who, "GET", "/v1/notifications", json!(null)).await.1;
        let items = told["items"].as_array().unwrap().iter();
        items.map(|one| one["text"].as_str().unwrap().to_owned()).collect()
    }

    pub async fn operator(&self) -> (Tx, OperatorAct) {
        let tx = self.t.app.begin(self.ann.org, Actor::Operator).await.unwrap();
        let by = OperatorAct::of(&tx, None).unwrap();
        (tx, by)
    }

    /// The request as the operator sees it now, for whoever decides by it later.
    pub async fn seen(&self) -> Edition {
        let (mut tx, by) = self.operator().await;
        let tag = format!("\"{}\"", verification::asked(&mut tx, &by).await.unwrap().revision);
        let (mut parts, ()) = Request::builder().header(header::IF_MATCH, tag).body(()).unwrap().into_parts();
        Edition::from_request_parts(&mut parts, &()).await.unwrap()
    }

    pub async fn verify(&self) -> Result<()> {
        self.verify_seen(&Edition::any()).await
    }

    pub async fn verify_seen(&self, seen: &Edition) -> Result<()> {
        let (mut tx, by) = self.operator().await;
        verification::verify(&mut tx, &by, seen).await?;
        tx.commit().await
    }

    pub async fn refuse(&self, reason: &str) -> Result<()> {
        self.refuse_seen(&Edition::any(), reason).await
    }

    pub async fn refuse_seen(&self, seen: &Edition, reason: &str) -> Result<()> {
        let (mut tx, by) = self.operator().await;
        verification::refuse(&mut tx, &by, seen, reason).await?;
        tx.commit().await
    }
}
