//! `Idempotency-Key`: a creating request that is sent again gets the answer of the first one, and nothing is created twice.

use aws_lc_rs::digest;
use axum::RequestExt;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use vault::Bucket;

use super::caller::Caller;
use super::request::Edge;
use crate::{AccountId, App, Error, INSTALLATION, Result, SystemTx};

/// Longer answers are given once and not kept: creating requests answer with one noun.
const MAX_ANSWER: usize = 256 * 1024;

/// Answers a repeated request from memory of the first; passes everything else on.
pub(crate) async fn layer(State(edge): State<Edge>, request: Request, next: Next) -> Response {
    let key = request.headers().get("idempotency-key").and_then(|v| v.to_str().ok()).map(ToOwned::to_owned);
    let caller = request.extensions().get::<Caller>().cloned();
    // An operator is not the member whose session the same browser holds.
    let caller = caller.filter(|_| !request.uri().path().starts_with("/v1/operator/"));
    let (Some(key), Some(caller), &Method::POST) = (key, caller, request.method()) else {
        return next.run(request).await;
    };
    once(&edge.app, caller.account, &key, request, next).await.unwrap_or_else(IntoResponse::into_response)
}

async fn once(app: &App, account: AccountId, key: &str, request: Request, next: Next) -> Result<Response> {
    if key.is_empty() || key.len() > 128 {
        return Err(Error::Invalid { field: "idempotency-key", why: "wrong_length" });
    }
    let (parts, body) = request.with_limited_body().into_parts();
    let body = to_bytes(body, usize::MAX).await.map_err(|_| Error::TooLarge)?;
    let hash = fingerprint(&parts, &body);
    if let Some(answer) = claim(app, account, key, &hash).await? {
        return Ok(answer);
    }
    let response = next.run(Request::from_parts(parts, Body::from(body))).await;
    if is_final(response.status()) {
        keep(app, account, key, response).await
    } else {
        forget(app, account, key, response).await
    }
}

/// What makes two requests the same: where to, in which organisation, and what they say.
fn fingerprint(parts: &Parts, body: &[u8]) -> Vec<u8> {
    let org =
        parts.extensions.get::<Caller>().and_then(|caller| caller.member).map(|(org, _)| org.0).unwrap_or_default();
    let mut context = digest::Context::new(&digest::SHA256);
    context.update(org.as_bytes());
    context.update(parts.uri.path_and_query().map_or("", |path| path.as_str()).as_bytes());
    context.update(b"\n");
    context.update(body);
    context.finish().as_ref().to_vec()
}

/// What another attempt could change is not kept.
fn is_final(status: StatusCode) -> bool {
    status.is_success() || matches!(status, StatusCode::UNPROCESSABLE_ENTITY | StatusCode::CONFLICT | StatusCode::GONE)
}

/// Hash of the request, status and sealed body of the answer; these two are absent while it is being worked on.
type Kept = (Vec<u8>, Option<i32>, Option<Vec<u8>>);

/// `None`: the key is ours now. A claim whose request died with the program is free again after a minute.
async fn claim(app: &App, account: AccountId, key: &str, hash: &[u8]) -> Result<Option<Response>> {
    let mut tx = SystemTx::begin(app).await?;
    let now = tx.now();
    let is_new = sqlx::query(
        "insert into kernel.idempotency as i (account_id, key, request_hash, at) values ($1, $2, $3, $4)
         on conflict on constraint idempotency_pkey do update set at = $4
         where i.status is null and i.request_hash = $3 and i.at < $4 - interval '1 minute'",
    )
    .bind(account)
    .bind(key)
    .bind(hash)
    .bind(now)
    .execute(tx.db())
    .await?
    .rows_affected()
        == 1;
    let kept: Option<Kept> =
        sqlx::query_as("select request_hash, status, body from kernel.idempotency where account_id = $1 and key = $2")
            .bind(account)
            .bind(key)
            .fetch_optional(tx.db())
            .await?;
    tx.commit().await?;
    match kept {
        _ if is_new => Ok(None),
        Some((kept_hash, _, _)) if kept_hash != hash => Err(Error::Conflict("kernel.idempotency_key_reused")),
        Some((_, Some(status), Some(body))) => answer(app, account, status, &body).map(Some),
        _ => Err(Error::Conflict("kernel.request_in_progress")),
    }
}

fn answer(app: &App, account: AccountId, status: i32, sealed: &[u8]) -> Result<Response> {
    let body = app.vault().open(INSTALLATION, Bucket::Object(account.0), "kernel.idempotency", account.0, sealed)?;
    let status = u16::try_from(status).ok().and_then(|s| StatusCode::from_u16(s).ok()).unwrap_or(StatusCode::OK);
    let kind = if status.is_success() { "application/json" } else { "application/problem+json" };
    Ok((status, [(header::CONTENT_TYPE, HeaderValue::from_static(kind))], body).into_response())
}

async fn keep(app: &App, account: AccountId, key: &str, response: Response) -> Result<Response> {
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.map_err(|e| Error::Internal(e.into()))?;
    // What was done is not done twice, although its answer cannot be given again.
    let (status, kept) = if body.len() > MAX_ANSWER {
        let problem = Error::Conflict("kernel.answer_not_kept").problem();
        (problem.status, serde_json::to_vec(&problem).map_err(anyhow::Error::from)?)
    } else {
        (parts.status.as_u16(), body.to_vec())
    };
    let sealed = app.vault().seal(INSTALLATION, Bucket::Object(account.0), "kernel.idempotency", account.0, &kept)?;
    let mut tx = SystemTx::begin(app).await?;
    sqlx::query("update kernel.idempotency set status = $3, body = $4 where account_id = $1 and key = $2")
        .bind(account)
        .bind(key)
        .bind(i32::from(status))
        .bind(sealed)
        .execute(tx.db())
        .await?;
    tx.commit().await?;
    Ok(Response::from_parts(parts, Body::from(body)))
}

async fn forget(app: &App, account: AccountId, key: &str, response: Response) -> Result<Response> {
    let mut tx = SystemTx::begin(app).await?;
    sqlx::query("delete from kernel.idempotency where account_id = $1 and key = $2 and status is null")
        .bind(account)
        .bind(key)
        .execute(tx.db())
        .await?;
    tx.commit().await?;
    Ok(response)
}
