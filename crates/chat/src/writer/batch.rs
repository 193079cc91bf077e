//! One batch: sealed, written and committed together, organisation by organisation, since row security lets a statement
//! see one of them only.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, SubsecRound, Utc};
use kernel::{App, Error, OrgId};
use sqlx::PgConnection;
use uuid::Uuid;

use super::Job;
use super::more::More;
use super::statement::{self, Answer, Columns, Verdict};
use crate::body::Body;
use crate::days;
use crate::messages::rows::MessageRow;
use crate::model::MessageId;

/// How often a batch is sealed anew because a conversation's clock is ahead of ours by a day.
const ROUNDS: usize = 3;

/// Messages that are committed together.
pub struct Batch {
    pub jobs: Vec<Job>,
    /// The same message twice in one batch: the second shares the fate of the first.
    pub followers: Vec<(usize, Job)>,
    pub(super) orgs: BTreeMap<OrgId, Vec<usize>>,
}

/// What became of one message of a batch.
pub enum Fate {
    Written(Place),
    Known(MessageRow),
    Refused(Error),
}

/// Where a message stands.
#[derive(Clone, Copy)]
pub struct Place {
    pub id: MessageId,
    pub seq: i64,
    pub n: i64,
    pub sent_at: DateTime<Utc>,
}

/// Why a batch was not written.
pub enum Failure {
    /// Something in it has to be looked into.
    Unusual,
    Database(sqlx::Error),
    Other(Error),
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error)
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Unusual => Self::Unavailable("chat.not_written"),
            Failure::Database(error) => error.into(),
            Failure::Other(error) => error,
        }
    }
}

impl Batch {
    /// Sorts what was gathered by organisation, each client id once.
    pub fn of(gathered: Vec<Job>) -> Self {
        let mut batch = Self { jobs: Vec::with_capacity(gathered.len()), followers: Vec::new(), orgs: BTreeMap::new() };
        let mut first = HashMap::with_capacity(gathered.len());
        for job in gathered {
            let place = batch.jobs.len();
            match *first.entry((job.org, job.author, job.client_id)).or_insert(place) {
                leader if leader < place => batch.followers.push((leader, job)),
                _ => {
                    batch.orgs.entry(job.org).or_default().push(place);
                    batch.jobs.push(job);
                }
            }
        }
        batch
    }

    /// Whether each of it only needs to be written: whether its author may mention everybody has to be looked up.
    pub fn is_simple(&self) -> bool {
        !self.jobs.iter().any(|job| matches!(&job.body, Body::Text(text) if text.mentions_all))
    }

    /// Writes all of it in one transaction, looking into each. Nothing has happened unless this returns `Ok`.
    pub async fn write_carefully(&self, app: &App, db: &mut PgConnection) -> Result<HashMap<usize, Fate>, Failure> {
        let now = now(app);
        let mut fates = HashMap::with_capacity(self.jobs.len());
        let Some(first) = self.orgs.keys().next() else { return Ok(fates) };
        // A UUID prints as hexadecimal digits and dashes: nothing to escape.
        let mut tx = super::begin(app, db, &format!("; select set_config('app.org', '{first}', true)")).await?;
        for (org, jobs) in &self.orgs {
            if org != first {
                sqlx::query("select set_config('app.org', $1, true)").bind(org.to_string()).execute(&mut *tx).await?;
            }
            self.look_into(app, &mut tx, Part { jobs, now }, &mut fates).await?;
        }
        tx.commit().await?;
        Ok(fates)
    }

    async fn look_into(
        &self,
        app: &App,
        db: &mut PgConnection,
        part: Part<'_>,
        fates: &mut HashMap<usize, Fate>,
    ) -> Result<(), Failure> {
        let mut columns = self.seal(app, part.jobs, part.now, fates);
        statement::lock(db, &columns).await?;
        let mut found = Found::default();
        for _ in 0..ROUNDS {
            if columns.place.is_empty() {
                break;
            }
            for row in statement::write(db, &columns).await? {
                self.judge(&columns, row, &mut found, fates);
            }
            let later_at = found.later_at.unwrap_or(part.now);
            columns = self.seal(app, &std::mem::take(&mut found.later), later_at, fates);
        }
        for place in columns.place {
            fates.insert(place, Fate::Refused(Verdict::Day.refusal()));
        }
        found.more.write(db).await?;
        for (place, row) in statement::known(db, &found.known, part.now).await? {
            fates.insert(place, Fate::Known(row));
        }
        Ok(())
    }

    /// What the statement said to one row.
    fn judge(&self, columns: &Columns, row: Answer, found: &mut Found, fates: &mut HashMap<usize, Fate>) {
        let index = usize::try_from(row.ord - 1).unwrap_or(usize::MAX);
        let (Some(place), Some(id)) = (columns.place.get(index).copied(), columns.id.get(index).copied()) else {
            return;
        };
        match row.verdict {
            Verdict::Written => {
                let at = Place { id, seq: row.seq, n: row.n, sent_at: row.at };
                fates.insert(place, Fate::Written(at));
                found.more.add(&self.jobs[place], at);
            }
            Verdict::Known => found.known.push((place, row.known_conversation.unwrap_or_default(), row.seq)),
            Verdict::Day => {
                found.later.push(place);
                found.later_at = found.later_at.max(Some(row.at));
            }
            refused => drop(fates.insert(place, Fate::Refused(refused.refusal()))),
        }
    }

    /// The columns of these jobs, sealed for the day of `now`. One that cannot be sealed fails alone.
    pub(super) fn seal(
        &self,
        app: &App,
        places: &[usize],
        now: DateTime<Utc>,
        fates: &mut HashMap<usize, Fate>,
    ) -> Columns {
        let day = days::of(now);
        let mut columns = Columns::new(now, days::date(day), places.len());
        for place in places {
            let job = &self.jobs[*place];
            let id = app.new_id();
            let sealed = job
                .body
                .to_bytes()
                .and_then(|plain| Ok(app.vault().seal_message(job.org.0, day, job.author.0, id, &plain)?));
            match sealed {
                Ok(sealed) => columns.push(*place, job, MessageId(id), sealed),
                Err(error) => drop(fates.insert(*place, Fate::Refused(error))),
            }
        }
        columns
    }
}

/// To the millisecond, which is what everybody is told.
pub fn now(app: &App) -> DateTime<Utc> {
    app.now().trunc_subsecs(3)
}

/// The jobs of one organisation.
struct Part<'a> {
    jobs: &'a [usize],
    now: DateTime<Utc>,
}

/// What is still to be done for an organisation after its statement.
#[derive(Default)]
struct Found {
    more: More,
    known: Vec<KnownAt>,
    /// To be sealed anew, for the day of `later_at`.
    later: Vec<usize>,
    later_at: Option<DateTime<Utc>>,
}

/// A message that was taken before: where its job stands, where it is.
pub type KnownAt = (usize, Uuid, i64);
