//! The token as a program shows it, and the program behind it.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use kernel::{Actor, App, BoxFuture, OrgId, Result, SERVICE_TOKEN, Service};
use uuid::Uuid;

const SECRET: usize = 32;
/// "Last used" is true to this: not a write for every request.
const COARSE: TimeDelta = TimeDelta::hours(1);

/// The whole token. The organisation stands in it, since nothing of another one can be looked up.
pub(crate) fn written(org: OrgId, secret: &[u8; SECRET]) -> String {
    format!("{SERVICE_TOKEN}{}.{}", org.0.simple(), URL_SAFE_NO_PAD.encode(secret))
}

pub(crate) fn hash(secret: &[u8]) -> Vec<u8> {
    digest(&SHA256, secret).as_ref().to_vec()
}

fn parsed(token: &str) -> Option<(OrgId, Vec<u8>)> {
    let (org, secret) = token.strip_prefix(SERVICE_TOKEN)?.split_once('.')?;
    let secret = URL_SAFE_NO_PAD.decode(secret).ok().filter(|secret| secret.len() == SECRET)?;
    Some((OrgId(Uuid::try_parse(org).ok()?), secret))
}

/// Finds the program behind a token; `None` when the token is worth nothing, or nothing any more. `Blocked` while the
/// organisation is suspended.
pub fn authenticate(app: App, token: String) -> BoxFuture<'static, Result<Option<Service>>> {
    Box::pin(async move { find(&app, &token).await })
}

async fn find(app: &App, token: &str) -> Result<Option<Service>> {
    let Some((org, secret)) = parsed(token) else { return Ok(None) };
    let mut tx = app.begin(org, Actor::System).await?;
    let now = tx.now();
    let found: Option<(Uuid, Option<DateTime<Utc>>)> = sqlx::query_as(
        "select id, last_used_at from tokens.token
         where org_id = $1 and hash = $2 and revoked_at is null and expires_at > $3",
    )
    .bind(org)
    .bind(hash(&secret))
    .bind(now)
    .fetch_optional(tx.db())
    .await?;
    let Some((token, used)) = found else { return Ok(None) };
    hosting::check_open(&mut tx).await?;
    if used.is_none_or(|used| now - used >= COARSE) {
        // Nobody needs to hear of it: it is a fact for the list of tokens.
        sqlx::query("update tokens.token set last_used_at = $2 where id = $1")
            .bind(token)
            .bind(now)
            .execute(tx.db())
            .await?;
    }
    tx.commit().await?;
    Ok(Some(Service { org, token }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_written_is_read() {
        let (org, secret) = (OrgId(Uuid::from_u128(7)), [3; SECRET]);
        let token = written(org, &secret);
        assert_eq!(parsed(&token), Some((org, secret.to_vec())));
        for wrong in ["", "tulou.", "tulou.x.y", &token[..token.len() - 1], token.trim_start_matches("tulou.")] {
            assert_eq!(parsed(wrong), None, "{wrong}");
        }
    }
}
