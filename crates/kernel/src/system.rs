//! A transaction that is in no organisation, on the tables of the installation: accounts, sessions, organisations, jobs.

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, Postgres, Transaction};
use uuid::Uuid;

use crate::tx::AfterCommit;
use crate::{Actor, App, OrgId, Result, Tx};

/// Sees the installation's tables and, under row security, no row of any organisation. (A [`Tx`] reaches the tables of
/// the installation too: what an organisation does may change a membership or a handle.) It is a loop over
/// organisations or over those tables, never a bypass; `xtask tidy` lists the files that may use it.
pub struct SystemTx {
    inner: Transaction<'static, Postgres>,
    app: App,
    now: DateTime<Utc>,
    after: Vec<AfterCommit>,
    /// Of an organisation that was left, for when it is entered again.
    rule: Option<(OrgId, &'static str)>,
}

impl SystemTx {
    /// Begins.
    pub async fn begin(app: &App) -> Result<Self> {
        Ok(Self::of(app.pool().begin_with(app.beginning()).await?, app, Vec::new()))
    }

    pub(crate) fn of(inner: Transaction<'static, Postgres>, app: &App, after: Vec<AfterCommit>) -> Self {
        Self { inner, app: app.clone(), now: app.now(), after, rule: None }
    }

    pub(crate) fn resting_on(mut self, rule: Option<(OrgId, &'static str)>) -> Self {
        self.rule = rule;
        self
    }

    /// The connection, for a statement.
    pub fn db(&mut self) -> &mut PgConnection {
        &mut self.inner
    }

    /// The instant of the transaction.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// A new UUIDv7.
    pub fn new_id(&self) -> Uuid {
        self.app.new_id()
    }

    /// The running program.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// Done after the durable commit, and only then.
    pub fn on_commit(&mut self, act: impl FnOnce(&App) + Send + 'static) {
        self.after.push(Box::new(act));
    }

    /// The same transaction, from here on inside `org` and in the name of `actor`.
    pub async fn enter(mut self, org: OrgId, actor: Actor) -> Result<Tx> {
        sqlx::query("select set_config('app.org', $1, true)").bind(org.to_string()).execute(&mut *self.inner).await?;
        Ok(Tx::of(self.inner, &self.app, org, actor).carry(self.after, self.rule))
    }

    /// Commits durably.
    pub async fn commit(self) -> Result<()> {
        self.inner.commit().await?;
        for act in self.after {
            act(&self.app);
        }
        Ok(())
    }
}
