//! Has a picture looked at and keeps what comes back in place of what was uploaded.

use std::process::Stdio;
use std::sync::Once;
use std::time::Duration;

use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::TryStreamExt;
use kernel::{Actor, App, Bucket, Class, Error, Job, JobCx, OrgId, Result, Tx};
use serde::Deserialize;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, ChildStdout, Command};
use uuid::Uuid;

use super::worker::{Head, MAX_PICTURE};
use crate::blob::{Appender, Blob};
use crate::model::{FileId, FileKind, FileRow, FileState, NAME};
use crate::{attach, policy, remove, sniff};

/// The name of the job.
pub const JOB: &str = "files.look_at_picture";
/// A worker that takes longer is killed.
const PATIENCE: Duration = Duration::from_secs(40);
const PIECE: usize = 64 * 1024;
/// So much of a picture that is not looked at as a whole, bytes: enough for the size it says it has.
const BEGINNING: u64 = 1 << 20;
/// What looking at a usual picture takes of a core.
const EACH: TimeDelta = TimeDelta::milliseconds(400);
/// Nobody waits longer than this many of their own.
const MOST_BEFORE: i32 = 150;

/// The job.
pub fn job() -> Job {
    Job { name: JOB, class: Class::Apart, every: None, run: |cx| Box::pin(look(cx)) }
}

/// When the next picture of the caller is looked at: whoever sends many at once lets others in between.
pub async fn turn(tx: &mut Tx) -> Result<DateTime<Utc>> {
    let (me, now) = (tx.member()?, tx.now());
    // The newest of them is the one that asks.
    let waiting: i64 =
        sqlx::query_scalar("select count(*) from files.file where owner_id = $1 and state = 'processing'")
            .bind(me)
            .fetch_one(tx.db())
            .await?;
    let before = i32::try_from(waiting.saturating_sub(1)).unwrap_or(i32::MAX);
    Ok(now + EACH * before.min(MOST_BEFORE))
}

#[derive(Deserialize)]
struct Payload {
    file: FileId,
}

/// What came back.
struct Kept {
    /// Pixels of what is shown, and of what is too large to be.
    size: Option<(i32, i32)>,
    /// Nothing: the file stays as it came.
    made: Option<Made>,
}

/// What takes the place of what was uploaded.
struct Made {
    picture: Blob,
    thumbnail: Option<Blob>,
}

async fn look(cx: JobCx) -> Result<()> {
    let Payload { file } = serde_json::from_value(cx.payload).map_err(anyhow::Error::from)?;
    let (app, org) = (cx.app, cx.org.ok_or_else(|| anyhow::anyhow!("a picture without an organisation"))?);
    let mut tx = app.begin(org, Actor::System).await?;
    let row = attach::find(&mut tx, file).await?.filter(|row| row.state == FileState::Processing);
    tx.commit().await?;
    // Given up or looked at before.
    let Some(row) = row else { return Ok(()) };
    let blob = Blob { org, id: row.blob_id, length: row.size.unsigned_abs() };
    let kept = worked(&app, blob).await?;
    let mut tx = app.begin(org, Actor::System).await?;
    match kept.made {
        Some(made) => replace(&mut tx, &row, kept.size, made).await?,
        None => leave_as_file(&mut tx, &row, kept.size).await?,
    }
    tx.commit().await
}

/// Nothing is kept of what is no picture that can be read, or took more than is allowed.
async fn worked(app: &App, blob: Blob) -> Result<Kept> {
    let program = &app.settings().program;
    let mut child = Command::new(program)
        .args(["worker", "picture"])
        .env_clear()
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .with_context(|| format!("starting {}", program.display()))?;
    match tokio::time::timeout(PATIENCE, converse(app, blob, &mut child)).await {
        Ok(Ok(kept)) => Ok(kept),
        Ok(Err(Failure::Ours(error))) => Err(error),
        Ok(Err(Failure::Worker)) | Err(_) => Ok(Kept { size: None, made: None }),
    }
}

/// Whose fault it is that nothing came of it.
enum Failure {
    /// The disk's, the database's: to be tried again.
    Ours(Error),
    /// The worker gave up, and would again.
    Worker,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Ours(error)
    }
}

impl From<std::io::Error> for Failure {
    fn from(_: std::io::Error) -> Self {
        Self::Worker
    }
}

async fn converse(app: &App, blob: Blob, child: &mut Child) -> Result<Kept, Failure> {
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(Failure::Worker);
    };
    let is_whole = blob.length <= MAX_PICTURE;
    let read = if is_whole { blob.length } else { BEGINNING };
    let mut pieces = Box::pin(blob.read(app.clone(), 0..read));
    while let Some(piece) = pieces.try_next().await? {
        input.write_all(&piece).await?;
    }
    drop(input);
    let mut output = BufReader::with_capacity(PIECE, output);
    let mut line = String::new();
    output.read_line(&mut line).await?;
    let head: Head = serde_json::from_str(&line).map_err(|_| Failure::Worker)?;
    if !head.is_filtered {
        static SAID: Once = Once::new();
        SAID.call_once(|| tracing::warn!("the kernel sets no filter for the process that looks at pictures"));
    }
    let is_shown = head.thumbnail > 0;
    if !is_whole || head.picture == 0 {
        // What a beginning shows is not the picture.
        return Ok(Kept { size: head.size.filter(|_| !is_shown), made: None });
    }
    let picture = write(app, blob.org, head.picture, &mut output).await?;
    let thumbnail = match is_shown {
        true => Some(write(app, blob.org, head.thumbnail, &mut output).await?),
        false => None,
    };
    Ok(Kept { size: head.size, made: Some(Made { picture, thumbnail }) })
}

/// The next `length` bytes of the output as a blob of their own.
async fn write(app: &App, org: OrgId, length: u64, output: &mut BufReader<ChildStdout>) -> Result<Blob, Failure> {
    if length > 2 * MAX_PICTURE {
        return Err(Failure::Worker);
    }
    let blob = Blob { org, id: app.new_id(), length };
    announce(app, blob).await?;
    let mut appender = Appender::open(app, blob, 0).await?;
    let mut rest = output.take(length);
    let mut piece = vec![0; PIECE];
    loop {
        let count = rest.read(&mut piece).await?;
        if count == 0 {
            break;
        }
        appender.take(&piece[..count]).await?;
    }
    if appender.rest().await? == length { Ok(blob) } else { Err(Failure::Worker) }
}

/// The row comes first: bytes without one would never be swept.
async fn announce(app: &App, blob: Blob) -> Result<()> {
    let size = i64::try_from(blob.length).map_err(anyhow::Error::from)?;
    let mut tx = app.begin(blob.org, Actor::System).await?;
    let now = tx.now();
    sqlx::query("insert into files.blob (id, size, created_at) values ($1, $2, $3)")
        .bind(blob.id)
        .bind(size)
        .bind(now)
        .execute(tx.db())
        .await?;
    policy::occupy(&mut tx, size).await?;
    tx.commit().await
}

async fn replace(tx: &mut Tx, row: &FileRow, size: Option<(i32, i32)>, made: Made) -> Result<()> {
    let name = tx.open(Bucket::Object(row.blob_id), NAME, row.id.0, &row.name)?;
    let sealed = tx.seal(Bucket::Object(made.picture.id), NAME, row.id.0, &name)?;
    let is_shown = made.thumbnail.is_some();
    let length = i64::try_from(made.picture.length).map_err(anyhow::Error::from)?;
    let done = sqlx::query(
        "update files.file
         set state = 'ready', blob_id = $2, thumbnail_id = $3, name = $4, size = $5, width = $6, height = $7, kind = $8,
             media_type = case when $8 = 'picture' then media_type else $9 end
         where id = $1 and state = 'processing'",
    )
    .bind(row.id)
    .bind(made.picture.id)
    .bind(made.thumbnail.map(|blob| blob.id))
    .bind(sealed)
    .bind(length)
    .bind(size.map(|(width, _)| width))
    .bind(size.map(|(_, height)| height))
    .bind(if is_shown { FileKind::Picture } else { FileKind::File })
    // What is only cleaned and never shown stays what it is; a picture too large to be shown is bytes to save.
    .bind(if row.kind == FileKind::File { &row.media_type } else { sniff::UNKNOWN })
    .execute(tx.db())
    .await?;
    let new = [Some(made.picture.id), made.thumbnail.map(|blob| blob.id)].into_iter().flatten();
    let unused: Vec<Uuid> = if done.rows_affected() == 1 { vec![row.blob_id] } else { new.collect() };
    remove::drop_unused(tx, unused).await
}

/// It calls itself a picture and is none, or is too large to be shown: to be downloaded, never shown.
async fn leave_as_file(tx: &mut Tx, row: &FileRow, size: Option<(i32, i32)>) -> Result<()> {
    sqlx::query(
        "update files.file set state = 'ready', kind = 'file', media_type = $2, width = $3, height = $4
         where id = $1 and state = 'processing'",
    )
    .bind(row.id)
    .bind(sniff::UNKNOWN)
    .bind(size.map(|(width, _)| width))
    .bind(size.map(|(_, height)| height))
    .execute(tx.db())
    .await?;
    Ok(())
}
