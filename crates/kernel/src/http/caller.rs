//! Who is calling: nobody, an account, or a member of an organisation.

use std::net::{IpAddr, Ipv4Addr};

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::socket::BoxFuture;
use crate::{AccountId, Actor, App, Error, MemberId, OrgId, Result, SessionId, Tx};

/// What a request shows to prove who it comes from.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// The session's token, from the cookie or the bearer header.
    pub token: String,
    /// The organisation asked for: an id or a slug.
    pub organisation: Option<String>,
}

/// Finds the caller; `None` when the token is worth nothing. The one module that knows sessions brings it.
pub type Authenticate = fn(App, Credentials) -> BoxFuture<'static, Result<Option<Caller>>>;

/// What a service token begins with; no other token does.
pub const SERVICE_TOKEN: &str = "tulou.";

/// A program that showed a service token.
#[derive(Debug, Clone, Copy)]
pub struct Service {
    /// Where it may speak.
    pub org: OrgId,
    /// Which token; the actor of what it does.
    pub token: Uuid,
}

/// Finds the program; `None` when the token is worth nothing. The one module that knows service tokens brings it.
pub type AuthenticateService = fn(App, String) -> BoxFuture<'static, Result<Option<Service>>>;

/// Whether the application an operation names in `x-application` is open to them. The one module that knows brings it.
pub type Gate = fn(App, String, OrgId, Actor) -> BoxFuture<'static, Result<()>>;

/// A proven caller.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The account that signed in.
    pub account: AccountId,
    /// The sign-in.
    pub session: SessionId,
    /// The organisation of this request and the caller's membership in it.
    pub member: Option<(OrgId, MemberId)>,
    /// What the caller must do before anything in the organisation is open to them: a code such as
    /// `identity.change_password`.
    pub must: Option<&'static str>,
}

/// The client's address, after the proxies that are trusted. Device-location information (ACC-14).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Address(pub IpAddr);

/// A caller inside one organisation.
pub struct Cx {
    /// The organisation.
    pub org: OrgId,
    /// The caller in it.
    pub member: MemberId,
    /// The account behind.
    pub account: AccountId,
    /// The sign-in.
    pub session: SessionId,
    /// Where from.
    pub address: IpAddr,
    /// With what.
    pub user_agent: String,
    app: App,
}

impl Cx {
    /// A transaction in the caller's organisation and name.
    pub async fn begin(&self) -> Result<Tx> {
        self.app.begin(self.org, Actor::Member(self.member)).await
    }

    /// The running program.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// Now.
    pub fn now(&self) -> DateTime<Utc> {
        self.app.now()
    }
}

impl FromRequestParts<App> for Cx {
    type Rejection = Error;

    /// `Unauthenticated` for nobody, `Blocked` while something must be done first, `NotFound` outside the organisation.
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let caller = parts.extensions.get::<Caller>().ok_or(Error::Unauthenticated)?;
        if let Some(code) = caller.must {
            return Err(Error::Blocked(code));
        }
        let (org, member) = caller.member.ok_or(Error::NotFound("organisation"))?;
        Ok(Self {
            org,
            member,
            account: caller.account,
            session: caller.session,
            address: address(parts),
            user_agent: user_agent(parts),
            app: app.clone(),
        })
    }
}

/// A caller inside one organisation who may be a member or a program: for operations that serve both.
pub struct Agent {
    org: OrgId,
    actor: Actor,
    app: App,
}

impl Agent {
    /// A transaction in the caller's organisation and name.
    pub async fn begin(&self) -> Result<Tx> {
        self.app.begin(self.org, self.actor).await
    }
}

impl FromRequestParts<App> for Agent {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        if let Some(Service { org, token }) = parts.extensions.get::<Service>().copied() {
            return Ok(Self { org, actor: Actor::Application(token), app: app.clone() });
        }
        let cx = Cx::from_request_parts(parts, app).await?;
        Ok(Self { org: cx.org, actor: Actor::Member(cx.member), app: cx.app })
    }
}

/// A caller who has signed in, whatever the organisation, whatever must still be done.
pub struct SignedIn {
    /// Who is calling.
    pub caller: Caller,
    /// Where from.
    pub address: IpAddr,
    /// With what.
    pub user_agent: String,
    app: App,
}

impl SignedIn {
    /// The running program.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// A transaction in the organisation of the request; `NotFound` when there is none.
    pub async fn begin(&self) -> Result<Tx> {
        let (org, member) = self.caller.member.ok_or(Error::NotFound("organisation"))?;
        self.app.begin(org, Actor::Member(member)).await
    }
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let caller = parts.extensions.get::<Caller>().ok_or(Error::Unauthenticated)?.clone();
        Ok(Self { caller, address: address(parts), user_agent: user_agent(parts), app: app.clone() })
    }
}

/// Anybody, signed in or not: for the operations a module lists as public.
pub struct Visitor {
    /// Who it is, if they signed in.
    pub caller: Option<Caller>,
    /// Where from.
    pub address: IpAddr,
    /// With what.
    pub user_agent: String,
    app: App,
}

impl Visitor {
    /// The running program.
    pub fn app(&self) -> &App {
        &self.app
    }
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let caller = parts.extensions.get::<Caller>().cloned();
        Ok(Self { caller, address: address(parts), user_agent: user_agent(parts), app: app.clone() })
    }
}

fn address(parts: &Parts) -> IpAddr {
    parts.extensions.get::<Address>().map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |address| address.0)
}

/// What the browser says it is, cut to a length that is worth keeping.
fn user_agent(parts: &Parts) -> String {
    let said = parts.headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    said.chars().take(300).collect()
}
