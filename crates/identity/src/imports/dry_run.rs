//! Reads the files and says what they would do; nothing but that is written.

use std::sync::Arc;

use directory::imports::{Draft, Kind, List, Mapping, OwnField, Plan, Setting};
use directory::{Importer, imports};
use kernel::{App, Cx, Error, Result, Tx};
use tokio::sync::Semaphore;

use super::model::{Import, ImportList, OwnImport, StagedList, load, seal};
use super::staging;
use crate::model::ImportId;

/// One file is read at a time: the largest take some hundred megabytes of memory.
struct Gate(Arc<Semaphore>);

impl Default for Gate {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(1)))
    }
}

/// A file, what it is called, and how it is to be read, unless that is to be guessed.
pub struct Source {
    pub file: i16,
    pub name: Option<String>,
    pub mapping: Option<Mapping>,
}

impl Source {
    /// A file that was read before.
    pub fn of(staged: StagedList) -> Self {
        Self { file: staged.file, name: staged.list.file_name, mapping: Some(staged.list.mapping) }
    }
}

/// A file with what is in it.
pub struct File {
    source: Source,
    bytes: Vec<u8>,
}

/// All files of an import.
pub struct Files {
    files: Vec<File>,
    names: Vec<String>,
    own: Vec<OwnField>,
    setting: Setting,
}

/// Tries the import with these files and keeps what came of it. Of two lists of one kind the later counts.
pub async fn run(cx: &Cx, import: ImportId, files: Vec<Source>) -> Result<Import> {
    let mut tx = cx.begin().await?;
    let files = read_files(&mut tx, import, files).await?;
    let numbers: Vec<i16> = files.files.iter().map(|file| file.source.file).collect();
    drop(tx);
    let (staged, draft) = read(cx.app(), files).await?;
    let mut tx = cx.begin().await?;
    let by = Importer::load(&mut tx).await?;
    let plan = imports::plan(&mut tx, &by, draft).await?;
    for gone in numbers.into_iter().filter(|number| staged.iter().all(|staged| staged.file != *number)) {
        staging::drop_file(&mut tx, import, gone).await?;
    }
    keep(&mut tx, import, &staged, plan).await?;
    let row = OwnImport::load(&mut tx, import).await?.row;
    let shown = row.shown(&mut tx).await?;
    tx.commit().await?;
    Ok(shown)
}

/// The bytes of the files, out of their pieces, and what else it takes to read them.
pub async fn read_files(tx: &mut Tx, import: ImportId, files: Vec<Source>) -> Result<Files> {
    let organisation = directory::organisation(tx).await?;
    let names = [Some(organisation.name), organisation.name_zh, organisation.name_en].into_iter().flatten().collect();
    let mut read = Vec::new();
    for source in files {
        read.push(File { bytes: staging::file(tx, import, source.file).await?, source });
    }
    let own = imports::own_fields(tx).await?;
    Ok(Files { files: read, names, own, setting: Setting { region: organisation.region } })
}

/// What the files say, worked out beside the threads that serve requests; no connection waits for it.
pub async fn read(app: &App, files: Files) -> Result<(Vec<StagedList>, Draft)> {
    let permit = gate(app).acquire_owned().await.map_err(anyhow::Error::from)?;
    let work = tokio::task::spawn_blocking(move || {
        let _permit = permit;
        let (named, lists) = lists(files.files, &files.names, &files.own)?;
        let staged =
            named.into_iter().zip(&lists).map(|((file, name), list)| StagedList { file, list: shown(name, list) });
        let staged: Vec<StagedList> = staged.collect();
        Ok((staged, imports::draft(&lists, &files.setting)))
    });
    // A library that gives up on a file gives up the thread: the file is at fault.
    work.await.unwrap_or(Err(Error::Invalid { field: "file", why: "not_a_sheet" }))
}

fn gate(app: &App) -> Arc<Semaphore> {
    Arc::clone(&app.state::<Gate>().0)
}

/// Which file, and what it is called.
type Named = (i16, Option<String>);

fn lists(files: Vec<File>, names: &[String], own: &[OwnField]) -> Result<(Vec<Named>, Vec<List>)> {
    let mut lists: Vec<(Named, List)> = Vec::new();
    for File { source, bytes } in files {
        let sheets = imports::read(&bytes)?;
        let list = match source.mapping {
            Some(mapping) => List::with(sheets, mapping, own)?,
            None => List::guess(sheets, names, own)?,
        };
        let kind: Kind = list.mapping.kind;
        lists.retain(|(_, other)| other.mapping.kind != kind);
        lists.push(((source.file, source.name), list));
    }
    Ok(lists.into_iter().unzip())
}

fn shown(file_name: Option<String>, list: &List) -> ImportList {
    ImportList {
        file_name,
        mapping: list.mapping.clone(),
        columns: list.columns(),
        rows: u32::try_from(list.rows.len()).unwrap_or(u32::MAX),
        sheets: list.sheets.clone(),
        head: list.head.clone(),
    }
}

/// Keeps lists, report, problems, and what is told one by one; what was written before is not forgotten by trying again.
pub async fn keep(tx: &mut Tx, import: ImportId, staged: &[StagedList], plan: Plan) -> Result<()> {
    let (report, told, problems) = plan.into_report();
    let staged = seal(tx, import, "staged", &staged)?;
    let report = seal(tx, import, "report", &report)?;
    let told = seal(tx, import, "told", &told)?;
    let problems = seal(tx, import, "problems", &problems)?;
    if load(tx, import).await?.is_none() {
        return Err(Error::NotFound("import"));
    }
    sqlx::query(
        "update identity.import set state = 'ready', code = null, staged = $2, report = $3, problems = $4, told = $5
         where id = $1",
    )
    .bind(import)
    .bind(staged)
    .bind(report)
    .bind(problems)
    .bind(told)
    .execute(tx.db())
    .await?;
    Ok(())
}
