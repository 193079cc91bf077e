//! A database transaction that can see one organisation only.

use std::sync::Arc;

use ::audit::{Request, Said};
use chrono::{DateTime, Utc};
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, PgConnection, Postgres, Transaction};
use uuid::Uuid;
use vault::Bucket;

use crate::audit::Lines;
use crate::bus::Hint;
use crate::{Actor, App, Error, Event, MemberId, OrgId, Result, SystemTx};

/// A transaction inside one organisation, in somebody's name. Dropped without [`Tx::commit`], it never was.
pub struct Tx {
    inner: Transaction<'static, Postgres>,
    app: App,
    org: OrgId,
    actor: Actor,
    now: DateTime<Utc>,
    request: Option<Arc<Request>>,
    rule: Option<(OrgId, &'static str)>,
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
    audiences: Vec<Json<crate::Audience>>,
    topics: Vec<Option<serde_json::Value>>,
    payloads: Vec<serde_json::Value>,
    lines: Vec<Said>,
}

impl Tx {
    /// Row security reads `app.org`; it is set in the same round trip as `begin` and ends with the transaction.
    pub(crate) async fn begin(app: &App, org: OrgId, actor: Actor) -> Result<Self> {
        // A UUID prints as hexadecimal digits and dashes: nothing to escape.
        let begin = AssertSqlSafe(format!("{}; select set_config('app.org', '{org}', true)", app.beginning()));
        Ok(Self::of(app.pool().begin_with(begin).await?, app, org, actor))
    }

    pub(crate) fn of(inner: Transaction<'static, Postgres>, app: &App, org: OrgId, actor: Actor) -> Self {
        let (app, now, request) = (app.clone(), app.now(), Request::current());
        Self { inner, app, org, actor, now, request, rule: None, emitted: Emitted::default(), after: Vec::new() }
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

    /// Says on which permission rests what is done here: in the audit log it is then a documented instruction of the
    /// organisation (`ADM-06`). Only where a proof is cut.
    pub fn rest_on(&mut self, permission: &'static str) {
        self.rule = Some((self.org, permission));
    }

    pub(crate) fn request(&self) -> Option<&Request> {
        self.request.as_deref()
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
        let (id, payload) = self.write_down(event)?;
        self.emitted.payloads.push(payload);
        self.emitted.topics.push(topics);
        self.emitted.audiences.push(Json(event.audience()));
        self.emitted.names.push(E::NAME.into());
        self.emitted.ids.push(id);
        Ok(())
    }

    /// Says it to the audit log alone, of each of many at once: windows and subscribers hear of all of them in one event.
    pub fn record<E: Event>(&mut self, event: &E) -> Result<()> {
        self.write_down(event).map(drop)
    }

    fn write_down<E: Event>(&mut self, event: &E) -> Result<(Uuid, serde_json::Value)> {
        let (id, payload) = (self.app.new_id(), to_json(event)?);
        if event.is_audited() {
            self.say(Said { is_traced: E::IS_TRACED, ..Said::of_event(id, E::NAME, &payload, E::AUDIT_HIDES) });
        }
        Ok((id, payload))
    }

    /// A line of the audit log, written with the events.
    pub(crate) fn say(&mut self, line: Said) {
        self.emitted.lines.push(Said { rule: self.rule.filter(|of| of.0 == self.org).map(|of| of.1), ..line });
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
        self.write_events().await?;
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
            let org = self.org;
            self.on_commit(move |app| app.say(Hint::Events(org)));
        }
        self.write_events().await?;
        sqlx::query("select set_config('app.org', '', true)").execute(&mut *self.inner).await?;
        Ok(SystemTx::of(self.inner, &self.app, self.after).resting_on(self.rule))
    }

    pub(crate) fn carry(mut self, after: Vec<AfterCommit>, rule: Option<(OrgId, &'static str)>) -> Self {
        (self.after, self.rule) = (after, rule);
        self
    }

    /// Positions are given out under the row lock of the organisation's clock: order of position = order of commit. The
    /// lines of the audit log are numbered and chained under the same lock, by the same statement.
    async fn write_events(&mut self) -> Result<()> {
        let Emitted { ids, names, audiences, topics, payloads, lines } = std::mem::take(&mut self.emitted);
        if ids.is_empty() && lines.is_empty() {
            return Ok(());
        }
        let lines = Lines::make(self, lines)?;
        let count = |of: usize| i64::try_from(of).map_err(anyhow::Error::from);
        let (events, entries) = (count(ids.len())?, count(lines.ids.len())?);
        let query = sqlx::query(
            "with clock as (
                 insert into kernel.org_clock as c (org_id, pos, line, links)
                 values ($1, $2, $3, kernel.linked('{}', 0, $4::bytea[]))
                 on conflict (org_id) do update
                 set pos = c.pos + $2, line = c.line + $3, links = kernel.linked(c.links, c.line, $4::bytea[])
                 returning pos, line, links),
             named as (
                 insert into kernel.pseudonym (pseudonym, member_id)
                 select p.pseudonym, p.member_id from clock, unnest($5::uuid[], $6::uuid[]) as p (pseudonym, member_id)
                 on conflict on constraint pseudonym_pkey do nothing),
             audited as (
                 insert into kernel.audit_entry (line, id, at, actor_kind, actor, name, target_kind, target, data, code,
                     rule, request_id, trace, link)
                 select clock.line - $3 + e.ord, e.id, $7, $8, $9, e.name, e.target_kind, e.target, e.data, e.code,
                     e.rule, $10, e.trace, clock.links[e.ord]
                 from clock, unnest($11::uuid[], $12::text[], $13::text[], $14::uuid[], $15::text[], $16::text[], $17::text[],
                                    $18::bytea[])
                      with ordinality as e (id, name, target_kind, target, data, code, rule, trace, ord))
             insert into kernel.outbox (pos, id, name, audience, topics, payload, actor, at)
             select clock.pos - $2 + e.ord, e.id, e.name, e.audience, e.topics, e.payload, $24, $7
             from clock, unnest($19::uuid[], $20::text[], $21::jsonb[], $22::jsonb[], $23::jsonb[])
                  with ordinality as e (id, name, audience, topics, payload, ord)",
        );
        let query = query.bind(self.org).bind(events).bind(entries).bind(lines.digests);
        let query = query.bind(lines.pseudonyms).bind(lines.members).bind(self.now);
        let query = query.bind(lines.actor_kind).bind(lines.actor).bind(lines.request_id);
        let query = query.bind(lines.ids).bind(lines.names).bind(lines.target_kinds).bind(lines.targets);
        let query = query.bind(lines.data).bind(lines.codes).bind(lines.rules).bind(lines.traces);
        let query = query.bind(ids).bind(names).bind(audiences).bind(topics).bind(payloads).bind(Json(self.actor));
        query.execute(&mut *self.inner).await?;
        Ok(())
    }
}

fn to_json(value: &impl serde::Serialize) -> Result<serde_json::Value> {
    Ok(serde_json::to_value(value).map_err(anyhow::Error::from)?)
}
