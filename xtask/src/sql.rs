//! Every SQL literal is understood by PostgreSQL: the oldest and the newest one we run on.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use cluster::{Binaries, Cluster};
use sqlx::{AssertSqlSafe, ConnectOptions, Executor, PgConnection, SqlSafeStr, migrate::Migrator};

use crate::{
    source::Statement,
    tidy::{Finding, statements_of_domains},
    tree::Tree,
};

/// Where Debian puts them.
const INSTALLED: &str = "/usr/lib/postgresql";

/// `cargo xtask sql [--postgres DIR]…`
pub fn run(root: &Path, options: &[&str]) -> Result<()> {
    let mut chosen = Vec::new();
    for option in options.chunks(2) {
        match option {
            ["--postgres", dir] => chosen.push(Binaries::At(PathBuf::from(dir))),
            _ => bail!("say `--postgres DIR` with the folder that has bin/postgres"),
        }
    }
    let tree = Tree::read(root)?;
    let installations = if chosen.is_empty() { installations() } else { chosen };
    let findings = check(root, &tree, installations)?;
    for finding in &findings {
        println!("{finding}");
    }
    if findings.is_empty() { Ok(()) } else { bail!("sql: {} findings", findings.len()) }
}

/// The one that is bundled or named by `TULOU_POSTGRES`, and those of the system from 15 on.
pub fn installations() -> Vec<Binaries> {
    let mut all = vec![Binaries::for_tests()];
    let folders = std::fs::read_dir(INSTALLED).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut system: Vec<_> =
        folders.filter(|path| is_new_enough(path) && path.join("bin/postgres").is_file()).collect();
    system.sort();
    all.extend(system.into_iter().map(Binaries::At));
    all
}

fn is_new_enough(path: &Path) -> bool {
    let major = path.file_name().and_then(|name| name.to_str()).and_then(|name| name.parse().ok());
    major.is_some_and(|major: u32| major >= 15)
}

/// Prepares every literal of the domains on a fresh, migrated database of each installation.
pub fn check(root: &Path, tree: &Tree, installations: Vec<Binaries>) -> Result<Vec<Finding>> {
    let statements = statements_of_domains(tree)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut findings = Vec::new();
        for binaries in installations {
            let cluster =
                cluster::temporary(binaries.clone()).await.with_context(|| format!("starting {binaries:?}"))?;
            let checked = on(&cluster, root, tree, &statements).await;
            cluster.stop().await?;
            findings.extend(checked?);
        }
        Ok(findings)
    })
}

async fn on(cluster: &Cluster, root: &Path, tree: &Tree, statements: &[Statement]) -> Result<Vec<Finding>> {
    let mut owner = cluster.owner().connect().await?;
    migrate(&mut owner, root, tree).await?;
    let mut findings = Vec::new();
    let (mut prepared, version) = (0, cluster.version());
    // A text with several statements is not prepared by anybody; tests say what they like.
    for statement in statements.iter().filter(|statement| !statement.is_raw && !statement.is_test) {
        for text in &statement.texts {
            prepared += 1;
            if let Err(error) = owner.prepare(AssertSqlSafe(text.clone()).into_sql_str()).await {
                let what = format!("PostgreSQL {version}: {}", said(&error));
                findings.push(Finding::new(&statement.path, statement.line, what));
            }
        }
    }
    eprintln!("sql: {prepared} literals prepared on PostgreSQL {version}");
    Ok(findings)
}

/// One history, as the server makes it.
async fn migrate(owner: &mut PgConnection, root: &Path, tree: &Tree) -> Result<()> {
    let mut all = Vec::new();
    for name in tree.schemas() {
        let folder = root.join("crates").join(name).join("migrations");
        let migrator = Migrator::new(folder).await.with_context(|| format!("the migrations of {name}"))?;
        all.extend(migrator.iter().cloned());
    }
    all.sort_by_key(|migration| migration.version);
    if let Some(twice) = all.windows(2).find(|pair| pair[0].version == pair[1].version) {
        bail!("two migrations have the version {}", twice[0].version);
    }
    let migrator = Migrator { migrations: all.into(), ..Migrator::DEFAULT };
    migrator.run(owner).await.context("migrating a fresh database")
}

fn said(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Database(error) => format!("{} ({})", error.message(), error.code().unwrap_or_default()),
        error => error.to_string(),
    }
}
