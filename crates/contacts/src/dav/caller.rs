//! Who is asking: a user name and a password of an app (RFC 7617).

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use directory::{State, org_by_slug_or_id};
use kernel::{Actor, Error, MemberId, OrgId, Rates, Result, SystemTx, Tx, Visitor};

use crate::ADDRESS_BOOKS;
use crate::model::AppPasswordId;
use crate::passwords::hash;
use crate::policy::Keeper;

/// Wrong passwords from one address: after twenty in ten minutes they are answered with a pause. A device with an old
/// password never stops by itself; nobody guesses 99 bits.
const WINDOW_S: u32 = 600;
const MOST_WRONG: u32 = 20;
/// Requests of one member's devices in a minute: each may open the whole directory.
const MOST_ASKED: u32 = 120;
/// When a password was used is kept to the hour.
const NOTED_EVERY: TimeDelta = TimeDelta::hours(1);

/// A member's device, in a transaction of theirs.
pub struct Caller {
    /// In the member's name.
    pub tx: Tx,
    /// The member, and what is shared with them.
    pub keeper: Keeper,
}

impl Caller {
    /// `Unauthenticated` for a wrong name or password, a revoked one, or one of somebody who is not active any more or was not
    /// since it was made;
    /// `RateLimited` when a device guesses, or asks without end; `Blocked` while address books
    /// are off or the organisation is suspended.
    pub async fn load(visitor: &Visitor, headers: &HeaderMap) -> Result<Self> {
        let app = visitor.app();
        let Some((user, password)) = basic(headers) else { return Err(Error::Unauthenticated) };
        let rates = app.state::<Rates>();
        let (org, member, with) = match proven(visitor, &user, &password).await {
            Ok(proven) => proven,
            Err(Error::Unauthenticated) => {
                let may_go_on = rates.take(("contacts.dav", visitor.address), WINDOW_S, MOST_WRONG, app.now());
                let retry_after_s = WINDOW_S / MOST_WRONG;
                return Err(if may_go_on { Error::Unauthenticated } else { Error::RateLimited { retry_after_s } });
            }
            Err(error) => return Err(error),
        };
        if !rates.take(("contacts.dav", org, member), 60, MOST_ASKED, app.now()) {
            return Err(Error::RateLimited { retry_after_s: 1 });
        }
        let mut tx = app.begin(org, Actor::Member(member)).await?;
        applications::check(&mut tx, ADDRESS_BOOKS).await?;
        note_use(&mut tx, with).await?;
        let keeper = Keeper::load(&mut tx).await?;
        Ok(Self { tx, keeper })
    }

    /// Ends the transaction.
    pub async fn leave(self) -> Result<()> {
        self.tx.commit().await
    }
}

/// Asks for name and password.
pub fn challenge() -> Response {
    let realm = "Basic realm=\"Tulou\", charset=\"UTF-8\"";
    (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, realm)]).into_response()
}

fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, coded) = value.split_once(' ')?;
    let plain = STANDARD.decode(coded.trim()).ok().filter(|_| scheme.eq_ignore_ascii_case("basic"))?;
    let text = String::from_utf8(plain).ok()?;
    let (user, password) = text.split_once(':')?;
    Some((user.to_owned(), password.to_owned()))
}

async fn proven(visitor: &Visitor, user: &str, password: &str) -> Result<(OrgId, MemberId, AppPasswordId)> {
    let is_name = |part: &str| part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let (handle, slug) =
        user.split_once('.').filter(|(a, b)| is_name(a) && is_name(b)).ok_or(Error::Unauthenticated)?;
    let mut outside = SystemTx::begin(visitor.app()).await?;
    let org = org_by_slug_or_id(&mut outside, slug).await?.ok_or(Error::Unauthenticated)?;
    drop(outside);
    let mut tx = visitor.app().begin(org, Actor::Visitor).await?;
    let hash = hash(&tx, handle, password);
    let found: Option<(AppPasswordId, MemberId, DateTime<Utc>)> = sqlx::query_as(
        "select id, member_id, created_at from contacts.app_password where org_id = $1 and handle = $2 and hash = $3",
    )
    .bind(org)
    .bind(handle)
    .bind(hash)
    .fetch_optional(tx.db())
    .await?;
    let (id, member, made_at) = found.ok_or(Error::Unauthenticated)?;
    let (state, since) = directory::member_state_since(&mut tx, member).await?;
    if state != State::Active || made_at < since {
        return Err(Error::Unauthenticated);
    }
    // Who has no password learns nothing of the organisation.
    hosting::check_open(&mut tx).await?;
    tx.commit().await?;
    Ok((org, member, id))
}

/// Announces nothing: its owner sees it in the list. Not noted while address books are off (`ORG-12`).
async fn note_use(tx: &mut Tx, id: AppPasswordId) -> Result<()> {
    let (org, now) = (tx.org(), tx.now());
    sqlx::query("update contacts.app_password set used_at = $3 where org_id = $1 and id = $2 and (used_at is null or used_at < $4)")
        .bind(org)
        .bind(id)
        .bind(now)
        .bind(now - NOTED_EVERY)
        .execute(tx.db())
        .await?;
    Ok(())
}
