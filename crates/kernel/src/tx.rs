//! A database transaction that can see one organisation only.

use chrono::{DateTime, Utc};
use sqlx::types::Json;
use sqlx::{PgConnection, Postgres, Transaction};
use uuid::Uuid;
use vault::Bucket;

use crate::bus::Hint;
use crate::{Actor, App, Error, Event, MemberId, OrgId, Result, SystemTx};

/// A transaction inside one organisation, in somebody's name. Dropped without [`Tx::commit`], it never was.
pub struct Tx {
    inner: Transaction<'static, Postgres>,
    app: App,
    org: OrgId,
    actor: Actor,
    now: DateTime<Utc>,
    emitted: Emitted,
    after: Vec<AfterCommit>,
}

/// What is done once a transaction is durable.
pub(crate) type AfterCommit = Box<dyn FnOnce(&App) + Send>;

/// The events of a transaction, as the columns of the one statement that writes them.
#[derive(Default)]
struct Emitted {
    ids: Vec<Uuid>,
    names: Vec<String>,
    audited: Vec<bool>,
    hidden: Vec<&'static str>,
    audiences: Vec<Json<crate::Audience>>,
    topics: Vec<Option<serde_json::Value>>,
    payloads: Vec<serde_json::Value>,
}

impl Tx {
    /// Row security reads `app.org`; it is set in the same round trip as `begin` and ends with the transaction.
    pub(crate) async fn begin(app: &App, org: OrgId, actor: Actor) -> Result<Self> {
        // A UUID prints as hexadecimal digits and dashes: nothing to escape.
        let inner = app.begin_with(format!("begin; select set_config('app.org', '{org}', true)")).await?;
        Ok(Self::of(inner, app, org, actor))
    }

    pub(crate) fn of(inner: Transaction<'static, Postgres>, app: &App, org: OrgId, actor: Actor) -> Self {
        Self { inner, app: app.clone(), org, actor, now: app.now(), emitted: Emitted::default(), after: Vec::new() }
    }

    /// The instant of the transaction: the same for everything in it.
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// A new UUIDv7.
    pub fn new_id(&self) -> Uuid {
        self.app.new_id()
    }

    /// The organisation.
    pub fn org(&self) -> OrgId {
        self.org
    }

    /// In whose name it runs.
    pub fn actor(&self) -> Actor {
        self.actor
    }

    /// The member in whose name it runs; `Forbidden` for anybody who is none.
    pub fn member(&self) -> Result<MemberId> {
        match self.actor {
            Actor::Member(member) => Ok(member),
            _ => Err(Error::Forbidden),
        }
    }

    /// The running program.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// The connection, for a statement.
    pub fn db(&mut self) -> &mut PgConnection {
        &mut self.inner
    }

    /// Seals a value of this organisation under the bucket's key.
    pub fn seal(&self, bucket: Bucket, kind: &str, object: Uuid, plain: &[u8]) -> Result<Vec<u8>> {
        Ok(self.app.vault().seal(self.org.0, bucket, kind, object, plain)?)
    }

    /// Opens what [`Tx::seal`] sealed with the same bucket, kind and object.
    pub fn open(&self, bucket: Bucket, kind: &str, object: Uuid, sealed: &[u8]) -> Result<Vec<u8>> {
        Ok(self.app.vault().open(self.org.0, bucket, kind, object, sealed)?)
    }

    /// Says what happened. Kept until [`Tx::commit`], which writes it last, so that the lock that orders events of the
    /// organisation is held as briefly as can be.
    pub fn emit<E: Event>(&mut self, event: &E) -> Result<()> {
        let topics = event.topics();
        let topics = if topics.is_empty() { None } else { Some(to_json(&topics)?) };
        self.emitted.payloads.push(to_json(event)?);
        self.emitted.topics.push(topics);
        self.emitted.audiences.push(Json(event.audience()));
        self.emitted.names.push(E::NAME.into());
        self.emitted.audited.push(event.is_audited());
        self.emitted.hidden.push(E::AUDIT_HIDES);
        self.emitted.ids.push(self.app.new_id());
        Ok(())
    }

    /// Has the job done at `at` or later, once, if this transaction commits. The payload carries ids only.
    pub async fn schedule(&mut self, job: &'static str, payload: serde_json::Value, at: DateTime<Utc>) -> Result<()> {
        let class = self.app.registry().job(job)?.class;
        let (id, org, now) = (self.new_id(), self.org, self.now);
        sqlx::query(
            "insert into kernel.job (id, name, org_id, payload, class, run_at, created_at) values ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(id)
        .bind(job)
        .bind(org)
        .bind(payload)
        .bind(class)
        .bind(at)
        .bind(now)
        .execute(self.db())
        .await?;
        self.on_commit(move |app| app.say(Hint::Job(class)));
        Ok(())
    }

    /// Done after the durable commit, and only then.
    pub fn on_commit(&mut self, act: impl FnOnce(&App) + Send + 'static) {
        self.after.push(Box::new(act));
    }

    /// Writes the events, commits durably, tells the sockets and the subscribers.
    pub async fn commit(mut self) -> Result<()> {
        let has_events = !self.emitted.ids.is_empty();
        if has_events {
            self.write_events().await?;
        }
        self.inner.commit().await?;
        if has_events {
            self.app.say(Hint::Events(self.org));
        }
        for act in self.after {
            act(&self.app);
        }
        Ok(())
    }

    /// Ends the stay in the organisation, not the transaction: back to the tables of the installation.
    pub async fn leave(mut self) -> Result<SystemTx> {
        if !self.emitted.ids.is_empty() {
            self.write_events().await?;
            let org = self.org;
            self.on_commit(move |app| app.say(Hint::Events(org)));
        }
        sqlx::query("select set_config('app.org', '', true)").execute(&mut *self.inner).await?;
        Ok(SystemTx::of(self.inner, &self.app, self.after))
    }

    pub(crate) fn carry(mut self, after: Vec<AfterCommit>) -> Self {
        self.after = after;
        self
    }

    /// Positions are given out under the row lock of the organisation's clock: order of position = order of commit.
    async fn write_events(&mut self) -> Result<()> {
        let Emitted { ids, names, audited, hidden, audiences, topics, payloads } = std::mem::take(&mut self.emitted);
        let count = i64::try_from(ids.len()).map_err(anyhow::Error::from)?;
        sqlx::query(
            "with clock as (
                 insert into kernel.org_clock as c (org_id, pos) values ($1, $2)
                 on conflict (org_id) do update set pos = c.pos + $2 returning pos)
             insert into kernel.outbox (pos, id, name, audience, topics, payload, actor, at, is_audited, audit_hides)
             select clock.pos - $2 + e.ord, e.id, e.name, e.audience, e.topics, e.payload, $8, $9, e.audited, e.hidden
             from clock, unnest($3::uuid[], $4::text[], $5::jsonb[], $6::jsonb[], $7::jsonb[], $10::bool[], $11::text[])
                  with ordinality as e (id, name, audience, topics, payload, audited, hidden, ord)",
        )
        .bind(self.org)
        .bind(count)
        .bind(ids)
        .bind(names)
        .bind(audiences)
        .bind(topics)
        .bind(payloads)
        .bind(Json(self.actor))
        .bind(self.now)
        .bind(audited)
        .bind(hidden)
        .execute(&mut *self.inner)
        .await?;
        Ok(())
    }
}

fn to_json(value: &impl serde::Serialize) -> Result<serde_json::Value> {
    Ok(serde_json::to_value(value).map_err(anyhow::Error::from)?)
}
