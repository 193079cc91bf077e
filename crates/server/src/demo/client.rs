//! Calls operations of the program in somebody's name, without a network.

use std::sync::{Arc, OnceLock};

use anyhow::{Context, bail};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, header};
use chrono::{DateTime, Utc};
use kernel::{App, Random};
use serde_json::Value;
use tower::ServiceExt;
use uuid::Uuid;

use super::chance::Foretold;

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

pub struct Client {
    app: App,
    router: Router,
    ids: Arc<Foretold>,
    /// All of them sign in on one machine: nobody is told of a new device.
    device: OnceLock<String>,
}

impl Client {
    pub fn new(app: App, router: Router, ids: Arc<Foretold>) -> Self {
        Self { app, router, ids, device: OnceLock::new() }
    }

    /// Calls an operation and lets everything follow that follows from it; anything but success ends the demo.
    pub async fn call(&self, who: Option<&Person>, method: &str, path: &str, body: Value) -> anyhow::Result<Value> {
        let mut request = Request::builder().method(method).uri(path).header("content-type", "application/json");
        // The story says what is to hold, and nobody else is here yet.
        request = request.header("if-match", "*");
        if let Some(person) = who {
            request = request
                .header("authorization", format!("Bearer {}", person.token))
                .header("tulou-organisation", &person.organisation);
        }
        let bytes = if body.is_null() { Vec::new() } else { serde_json::to_vec(&body)? };
        Ok(self.send(request.body(Body::from(bytes))?).await?.1)
    }

    /// Signs in: the session's token, and the answer.
    pub async fn enter(&self, body: &Value) -> anyhow::Result<(String, Value)> {
        let name = self.app.settings().cookie("device");
        let mut request =
            Request::builder().method("POST").uri("/v1/sessions").header("content-type", "application/json");
        if let Some(device) = self.device.get() {
            request = request.header("cookie", format!("{name}={device}"));
        }
        let (headers, answer) = self.send(request.body(Body::from(serde_json::to_vec(body)?))?).await?;
        let token = cookie(&headers, &self.app.settings().cookie("session")).context("a sign-in without a session")?;
        Ok((token, answer))
    }

    async fn send(&self, request: Request<Body>) -> anyhow::Result<(HeaderMap, Value)> {
        let what = format!("{} {}", request.method(), request.uri());
        let response = self.router.clone().oneshot(request).await?;
        let (status, headers) = (response.status(), response.headers().clone());
        let answer = serde_json::from_slice(&to_bytes(response.into_body(), MAX_ANSWER).await?).unwrap_or(Value::Null);
        if !status.is_success() {
            bail!("{what}: {status} {answer}");
        }
        if let Some(device) = cookie(&headers, &self.app.settings().cookie("device")) {
            self.device.get_or_init(|| device);
        }
        self.app.settled().await;
        self.app.run_subscribers().await?;
        Ok((headers, answer))
    }

    /// A message's id as a device would make it at that time: UUIDv7.
    pub fn id(&self, at: DateTime<Utc>) -> Uuid {
        let mut bytes = [0; 10];
        self.ids.fill(&mut bytes);
        let millis = u64::try_from(at.timestamp_millis()).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
    }
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines = headers.get_all(header::SET_COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.filter_map(|line| line.split(';').next()?.split_once('='));
    pairs.find(|(found, _)| *found == name).map(|(_, value)| value.to_owned())
}
