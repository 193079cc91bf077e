//! The swift way: a batch as it nearly always is costs one round trip, commit and all. Anything unusual in it undoes
//! everything, and the careful way begins again.

use std::collections::HashMap;

use kernel::{App, OrgId};
use sqlx::PgConnection;

use super::batch::{self, Batch, Failure, Fate, Place};
use super::more::{self, More};
use super::statement::{self, Columns};

impl Batch {
    /// Writes all of it in one transaction, trusting that nothing has to be looked into; `Unusual` when something has.
    /// Nothing has happened unless this returns `Ok`.
    pub async fn write_swiftly(&self, app: &App, db: &mut PgConnection) -> Result<HashMap<usize, Fate>, Failure> {
        let now = batch::now(app);
        let mut fates = HashMap::with_capacity(self.jobs.len());
        let parts: Vec<(OrgId, Columns)> =
            self.orgs.iter().map(|(org, jobs)| (*org, self.seal(app, jobs, now, &mut fates))).collect();
        // A pooler might prepare it on one connection and run it on another, unless a transaction is around both.
        let needs_tx = app.settings().is_pooled || self.jobs.iter().any(more::is_in);
        if let ([(org, columns)], false) = (parts.as_slice(), needs_tx) {
            self.take(db, *org, columns, &mut fates).await?;
            return Ok(fates);
        }
        let mut tx = super::begin(app, db, "").await?;
        for (org, columns) in &parts {
            let more = self.take(&mut tx, *org, columns, &mut fates).await?;
            more.write(&mut tx).await?;
        }
        tx.commit().await?;
        Ok(fates)
    }

    async fn take(
        &self,
        db: &mut PgConnection,
        org: OrgId,
        columns: &Columns,
        fates: &mut HashMap<usize, Fate>,
    ) -> Result<More, Failure> {
        let mut more = More::default();
        if columns.place.is_empty() {
            return Ok(more);
        }
        let taken = statement::take_all(db, org, columns).await.map_err(unusual)?;
        let numbers = taken.seq.into_iter().zip(taken.n).zip(taken.sent_at);
        for ((place, id), ((seq, n), sent_at)) in columns.place.iter().zip(&columns.id).zip(numbers) {
            let at = Place { id: *id, seq, n, sent_at };
            more.add(&self.jobs[*place], at);
            fates.insert(*place, Fate::Written(at));
        }
        Ok(more)
    }
}

/// What the function raises, and a client id that is there already.
fn unusual(error: sqlx::Error) -> Failure {
    match error.as_database_error().and_then(|e| e.code()).as_deref() {
        Some("TU001" | "23505") => Failure::Unusual,
        _ => Failure::Database(error),
    }
}
