//! Somebody to act as.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};
use directory::{Contact, NewMember, NewOrganisation, Profile, Role, State};
use kernel::{
    AccountId, Actor, App, BoxFuture, Caller, Credentials, MemberId, Module, OrgId, Result, SessionId, SystemTx,
};

use crate::TestApp;

/// A member of an organisation, signed in.
#[derive(Debug, Clone)]
pub struct Person {
    /// Their organisation.
    pub org: OrgId,
    /// Who they are in it.
    pub id: MemberId,
    /// How they sign in.
    pub account: AccountId,
    /// Their sign-in.
    pub session: SessionId,
    /// What proves it.
    pub token: String,
}

/// Who has which token.
#[derive(Default)]
struct SignedIn(Mutex<HashMap<String, Person>>);

/// The same modules with callers proven by testkit, not by the module that knows sessions.
pub(crate) fn proving(mut modules: Vec<Module>) -> Vec<Module> {
    for module in &mut modules {
        module.authenticate = None;
    }
    modules[0].authenticate = Some(authenticate);
    modules
}

fn authenticate(app: App, credentials: Credentials) -> BoxFuture<'static, Result<Option<Caller>>> {
    let people = app.state::<SignedIn>();
    let person = people.0.lock().unwrap_or_else(PoisonError::into_inner).get(&credentials.token).cloned();
    Box::pin(async move {
        let Some(person) = person else { return Ok(None) };
        let is_asked = credentials.organisation.is_none_or(|asked| asked == person.org.to_string());
        Ok(Some(Caller {
            account: person.account,
            session: person.session,
            member: is_asked.then_some((person.org, person.id)),
            must: None,
        }))
    })
}

impl TestApp {
    /// An organisation without people; its address is its name in lower case.
    pub async fn org(&self, name: &str) -> OrgId {
        let mut tx = SystemTx::begin(&self.app).await.expect("a transaction");
        let new = NewOrganisation {
            name_zh: None,
            name_en: Some(name.into()),
            slug: Some(name.to_lowercase()),
            region: "CN".into(),
            industry: "manufacturing".into(),
            time_zone: "Asia/Shanghai".into(),
            chat_retention_days: 90,
            contact: Contact { name: "Ann".into(), phone: None, email: None },
        };
        let org = directory::found(&mut tx, new).await.expect("an organisation");
        tx.commit().await.expect("a commit");
        org
    }

    /// A member: Ann owns, everybody else is a plain member.
    pub async fn member(&self, org: OrgId, name: &str) -> Person {
        let role = if name == "Ann" { Role::Owner } else { Role::Member };
        self.member_as(org, name, role).await
    }

    /// A member with this role.
    pub async fn member_as(&self, org: OrgId, name: &str, role: Role) -> Person {
        self.add(org, name, role).await.expect("a member")
    }

    /// A member, if there is room for one.
    pub async fn try_member(&self, org: OrgId, name: &str) -> Result<Person> {
        self.add(org, name, Role::Member).await
    }

    async fn add(&self, org: OrgId, name: &str, role: Role) -> Result<Person> {
        let account = AccountId(self.app.new_id());
        self.remember_account(account).await;
        let mut tx = self.app.begin(org, Actor::System).await.expect("a transaction");
        let profile = Profile { name: name.into(), user_id: Some(user_id(name, account)), ..Profile::default() };
        let new = NewMember { account, profile, role, state: State::Active, department_ids: Vec::new() };
        let id = directory::add_member(&mut tx, new).await?;
        tx.commit().await?;
        Ok(self.sign_in(org, id, account))
    }

    /// Somebody who is here already, signed in.
    pub fn sign_in(&self, org: OrgId, id: MemberId, account: AccountId) -> Person {
        let session = SessionId(self.app.new_id());
        let person = Person { org, id, account, session, token: session.to_string() };
        let people = self.app.state::<SignedIn>();
        people.0.lock().unwrap_or_else(PoisonError::into_inner).insert(person.token.clone(), person.clone());
        person
    }

    /// Has chat of the organisation kept for so many days from now on, as if that had been decided the day before.
    pub async fn keep_chat(&self, org: OrgId, days: i32) {
        let mut tx = self.app.begin(org, Actor::System).await.expect("a transaction");
        directory::keep_chat(&mut tx, days).await.expect("another period");
        tx.commit().await.expect("a commit");
    }

    /// Has what is kept of somebody kept and not used otherwise from now on (`DSR-04`).
    pub async fn freeze(&self, who: &Person) {
        self.restrict(who, Some(self.app.now())).await;
    }

    /// Has it used again.
    pub async fn thaw(&self, who: &Person) {
        self.restrict(who, None).await;
    }

    async fn restrict(&self, who: &Person, since: Option<DateTime<Utc>>) {
        let mut tx = self.app.begin(who.org, Actor::System).await.expect("a transaction");
        directory::set_restricted(&mut tx, who.id, since).await.expect("somebody who is here");
        tx.commit().await.expect("a commit");
    }

    /// Where identity is among the modules, the account stands in its table too.
    async fn remember_account(&self, account: AccountId) {
        let has_identity: bool = sqlx::query_scalar("select to_regclass('identity.account') is not null")
            .fetch_one(&self.admin)
            .await
            .expect("an answer");
        if has_identity {
            sqlx::query("insert into identity.account (id, state, created_at) values ($1, 'active', $2)")
                .bind(account)
                .bind(self.app.now())
                .execute(&self.admin)
                .await
                .expect("an account");
        }
    }
}

/// The name in Latin letters; whoever has none of these in theirs is called by their account.
fn user_id(name: &str, account: AccountId) -> String {
    let letters: String = name.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    if letters.is_empty() { account.0.simple().to_string() } else { letters }
}
