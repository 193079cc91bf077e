//! Brings the database to this program's version. A database that is there already costs one query.

use anyhow::{Context, bail};
use sqlx::PgConnection;
use sqlx::migrate::Migrator;

/// Applies what is missing, in order. Several nodes may start at once: the first one works, the others wait.
pub async fn apply(owner: &mut PgConnection, migrator: &Migrator) -> anyhow::Result<()> {
    let applied = applied(owner).await?;
    let known: Vec<(i64, &[u8])> = migrator.iter().map(|one| (one.version, one.checksum.as_ref())).collect();
    let is_current = applied.len() == known.len()
        && applied.iter().zip(&known).all(|((version, sum), (ours, our_sum))| version == ours && sum == our_sum);
    if !is_current {
        if let Some((version, _)) = applied.iter().find(|(version, _)| known.iter().all(|(ours, _)| ours != version)) {
            bail!(
                "the database was migrated by a newer Tulou (migration {version}). Start that version, or restore a backup"
            );
        }
        tracing::info!(applied = applied.len(), known = known.len(), "migrating the database");
        migrator.run(owner).await.context("the database could not be migrated; nothing of the failed step was kept")?;
    }
    Ok(())
}

/// Version and checksum of what was applied; nothing on a fresh database.
async fn applied(owner: &mut PgConnection) -> anyhow::Result<Vec<(i64, Vec<u8>)>> {
    let rows = sqlx::query_as("select version, checksum from _sqlx_migrations where success order by version");
    match rows.fetch_all(owner).await {
        Ok(rows) => Ok(rows),
        // 42P01: there is no such table yet.
        Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some("42P01") => Ok(Vec::new()),
        Err(error) => Err(error).context("the database does not show its migrations to the owner (database.owner_url)"),
    }
}
