//! Calls operations of the program in somebody's name, without a network.

use anyhow::bail;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use chrono::{DateTime, Utc};
use kernel::{Random, SystemRandom};
use serde_json::Value;
use tower::ServiceExt;
use uuid::Uuid;

/// An answer is at most this long.
const MAX_ANSWER: usize = 1024 * 1024;

/// Somebody who has signed in.
#[derive(Clone)]
pub struct Person {
    pub token: String,
    pub organisation: String,
    pub member: String,
    pub statement_version: String,
}

pub struct Client(Router);

impl Client {
    pub fn new(router: Router) -> Self {
        Self(router)
    }

    /// Calls an operation; anything but success ends the demo.
    pub async fn call(&self, who: Option<&Person>, method: &str, path: &str, body: Value) -> anyhow::Result<Value> {
        let mut request = Request::builder().method(method).uri(path).header("content-type", "application/json");
        if let Some(person) = who {
            request = request
                .header("authorization", format!("Bearer {}", person.token))
                .header("tulou-organisation", &person.organisation);
        }
        let bytes = if body.is_null() { Vec::new() } else { serde_json::to_vec(&body)? };
        let response = self.0.clone().oneshot(request.body(Body::from(bytes))?).await?;
        let status = response.status();
        let answer: Value =
            serde_json::from_slice(&to_bytes(response.into_body(), MAX_ANSWER).await?).unwrap_or(Value::Null);
        if !status.is_success() {
            bail!("{method} {path}: {status} {answer}");
        }
        Ok(answer)
    }

    /// A message's id as a device would make it at that time: UUIDv7.
    pub fn id(&self, at: DateTime<Utc>) -> Uuid {
        let mut bytes = [0; 10];
        SystemRandom.fill(&mut bytes);
        let millis = u64::try_from(at.timestamp_millis()).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
    }
}
