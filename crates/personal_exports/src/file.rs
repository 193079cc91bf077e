//! Take a copy: the archive is packed while it is taken. The parts that were written come out of their pieces, the files out of where
//! they lie: no byte of them stands twice.

use std::collections::VecDeque;
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use bytes::Bytes;
use chrono::{DateTime, Datelike, TimeDelta, Timelike, Utc};
use directory::Assured;
use files::{FileId, OwnFile, OwnListing};
use futures_util::stream::{self, BoxStream};
use futures_util::{StreamExt, TryStreamExt};
use kernel::{Actor, App, Cx, Error, MemberId, OrgId, Path, Result, Tx};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

use crate::content::json;
use crate::events::PersonalExportTaken;
use crate::model::{ExportState, PersonalExportId};
use crate::pieces::{self, Place};
use crate::policy::OwnExport;
use crate::write::is_let_in;

/// Files that are looked up at a time.
const AT_A_TIME: i64 = 50;
/// Bytes of a file's name that its place in the archive keeps, and of what comes after its last dot: no system takes a name of more than 255.
const LONGEST_NAME: usize = 200;
const LONGEST_EXTENSION: usize = 16;
/// Pieces of a file after which it is asked again whether whoever takes it is still let in: 32 MiB.
const ASKED_EVERY: u32 = 64;

/// Take a copy of one's own data
///
/// A ZIP archive: `index.html` to read, `data.json` for programs, and the files one uploaded. Needs the password again.
#[utoipa::path(
    get, path = "/v1/personal-exports/{personal_export}/file", tag = "personal_exports", operation_id = "takePersonalExport",
    params(("personal_export" = PersonalExportId, Path)),
    responses((status = 200, description = "The archive", body = Vec<u8>, content_type = "application/zip")),
    extensions(
        ("x-access" = json!("member; one's own only")), ("x-rate" = json!("heavy")),
        ("x-errors" = json!(["identity.prove_again", "personal_exports.is_being_written"]))
    ),
)]
pub async fn take_personal_export(cx: Cx, Path(export): Path<PersonalExportId>) -> Result<Response> {
    let mut tx = cx.begin().await?;
    let own = OwnExport::load(&mut tx, export).await?;
    let proof = Assured::load(&mut tx, cx.session).await?;
    let archive = take(&mut tx, &own, &proof).await?;
    tx.commit().await?;
    Ok(archive.respond())
}

/// The archive, recorded. `Conflict` while it is being written.
pub async fn take(tx: &mut Tx, own: &OwnExport, _: &Assured) -> Result<Archive> {
    let row = own.row();
    if row.state != ExportState::Ready {
        return Err(Error::Conflict("personal_exports.is_being_written"));
    }
    let sink = Sink::default();
    let archive = Archive {
        app: tx.app().clone(),
        org: tx.org(),
        member: row.member_id,
        export: row.id,
        made: row.ready_at.unwrap_or(row.asked_at),
        pieces: ordered(pieces::places(tx, row.id).await?),
        part: String::new(),
        files: Files::After,
        last: None,
        zip: Some(ZipWriter::new_stream(sink.clone())),
        sink,
    };
    tx.emit(&PersonalExportTaken { export: row.id, member: row.member_id })?;
    Ok(archive)
}

/// What one reads first stands first.
fn ordered(mut pieces: Vec<Place>) -> VecDeque<Place> {
    pieces.sort_by_key(|piece| piece.path != crate::content::page::CONTENTS);
    pieces.into()
}

/// Where the bytes of a file are in the archive, also as a link; nothing in its name leads out of there.
pub fn file_path(id: &str, name: &str) -> String {
    let is_fit =
        |character: &char| !character.is_control() && !is_bidi(*character) && !"/\\:*?\"<>|#%".contains(*character);
    let name: String = name.chars().filter(is_fit).collect();
    let name = name.trim_matches(['.', ' ']);
    match name.rsplit_once('.').filter(|(_, extension)| extension.len() <= LONGEST_EXTENSION) {
        Some((stem, extension)) => format!("files/{id}-{}.{extension}", cut(stem)),
        None if name.is_empty() => format!("files/{id}"),
        None => format!("files/{id}-{}", cut(name)),
    }
}

/// Characters that turn the order of those around them: with them a name looks like another one.
fn is_bidi(character: char) -> bool {
    matches!(character, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// As many whole characters as fit.
fn cut(stem: &str) -> &str {
    let end = (0..=LONGEST_NAME.min(stem.len())).rev().find(|end| stem.is_char_boundary(*end));
    stem.split_at(end.unwrap_or_default()).0
}

/// What the packer writes into, taken out again after each step.
#[derive(Clone, Default)]
struct Sink(Arc<Mutex<Vec<u8>>>);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Sink {
    fn take(&self) -> Bytes {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner)).into()
    }
}

/// How far the files are.
enum Files {
    /// Those after the last one are to be looked up.
    After,
    /// These are next.
    Found(VecDeque<OwnFile>),
    /// One is being read.
    Reading(Reading),
    /// All are in it.
    Done,
}

/// A file that is being read.
struct Reading {
    id: FileId,
    bytes: BoxStream<'static, Result<Bytes>>,
    /// Pieces until it is asked again who takes it.
    left: u32,
    /// Those after it.
    others: VecDeque<OwnFile>,
}

/// An archive that is being packed.
pub struct Archive {
    app: App,
    org: OrgId,
    member: MemberId,
    export: PersonalExportId,
    made: DateTime<Utc>,
    /// Of the written parts, what is still to come.
    pieces: VecDeque<Place>,
    /// The part that is being packed.
    part: String,
    files: Files,
    /// The last file that was begun.
    last: Option<FileId>,
    /// None once it is closed.
    zip: Option<ZipWriter<StreamWriter<Sink>>>,
    sink: Sink,
}

impl Archive {
    fn respond(self) -> Response {
        let pieces = stream::try_unfold(self, |mut archive| async move {
            let piece = archive.next().await?;
            Ok::<_, Error>(piece.map(|piece| (piece, archive)))
        });
        let mut response = Response::new(Body::from_stream(pieces));
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/zip"));
        let disposition = HeaderValue::from_static("attachment; filename=\"my-data.zip\"");
        headers.insert(header::CONTENT_DISPOSITION, disposition);
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        response
    }

    /// The next bytes of the archive.
    async fn next(&mut self) -> Result<Option<Bytes>> {
        while let Some(mut zip) = self.zip.take() {
            if let Some(piece) = self.pieces.pop_front() {
                self.pack_piece(&mut zip, piece).await?;
                self.zip = Some(zip);
            } else if matches!(self.files, Files::Done) {
                zip.finish().map_err(anyhow::Error::from)?;
            } else {
                self.pack_file(&mut zip).await?;
                self.zip = Some(zip);
            }
            let bytes = self.sink.take();
            if !bytes.is_empty() {
                return Ok(Some(bytes));
            }
        }
        Ok(None)
    }

    /// A transaction for each step, so that a slow reader holds none. Whoever is let in no more, or deleted the copy, gets no more.
    async fn enter(&mut self) -> Result<(Tx, OwnExport)> {
        let mut tx = self.app.begin(self.org, Actor::Member(self.member)).await?;
        if !is_let_in(&mut tx, self.member).await? {
            return Err(Error::NotFound("personal_export"));
        }
        let own = OwnExport::load(&mut tx, self.export).await?;
        Ok((tx, own))
    }

    async fn pack_piece(&mut self, zip: &mut ZipWriter<StreamWriter<Sink>>, piece: Place) -> Result<()> {
        let (mut tx, own) = self.enter().await?;
        let plain = pieces::read(&mut tx, own.row(), &piece).await?;
        drop(tx);
        if piece.path != self.part {
            // How much everything together is, nobody knows yet.
            let options = self.options(CompressionMethod::Deflated).large_file(piece.path == json::PATH);
            zip.start_file(&piece.path, options).map_err(anyhow::Error::from)?;
            self.part = piece.path;
        }
        Ok(zip.write_all(&plain).map_err(anyhow::Error::from)?)
    }

    async fn pack_file(&mut self, zip: &mut ZipWriter<StreamWriter<Sink>>) -> Result<()> {
        self.files = match std::mem::replace(&mut self.files, Files::Done) {
            Files::Done => Files::Done,
            Files::After => {
                let found = self.look_up().await?;
                if found.is_empty() { Files::Done } else { Files::Found(found.into()) }
            }
            Files::Found(others) => self.begin_file(zip, others).await?,
            Files::Reading(reading) => self.go_on(zip, reading).await?,
        };
        Ok(())
    }

    /// What came after the copy was written is not in its list, and not in the archive.
    async fn look_up(&mut self) -> Result<Vec<OwnFile>> {
        let (mut tx, _) = self.enter().await?;
        let days = directory::chat_retention_days(&mut tx).await?;
        let attached_after = tx.now() - TimeDelta::days(days.into());
        let (owner, after, made_until) = (self.member, self.last, self.made);
        files::own_files(&mut tx, OwnListing { owner, after, made_until, attached_after, limit: AT_A_TIME }).await
    }

    /// Its first bytes before its name: one that is gone meanwhile is in the list, and not in the archive.
    async fn begin_file(
        &mut self,
        zip: &mut ZipWriter<StreamWriter<Sink>>,
        mut others: VecDeque<OwnFile>,
    ) -> Result<Files> {
        let Some(file) = others.pop_front() else { return Ok(Files::After) };
        let id = file.id;
        self.last = Some(id);
        let path = file_path(&id.to_string(), &file.name);
        // They are packed already, most of them: pictures, films, documents.
        let options = self.options(CompressionMethod::Stored).large_file(file.is_large());
        let mut bytes = file.read(self.app.clone()).boxed();
        let first = match bytes.try_next().await {
            Ok(first) => first,
            Err(error) => {
                broke_off(id, &error);
                return Ok(Files::Found(others));
            }
        };
        zip.start_file(path, options).map_err(anyhow::Error::from)?;
        let Some(first) = first else { return Ok(Files::Found(others)) };
        zip.write_all(&first).map_err(anyhow::Error::from)?;
        Ok(Files::Reading(Reading { id, bytes, left: ASKED_EVERY, others }))
    }

    /// One that breaks off stays as short as it is: the others are not lost for it.
    async fn go_on(&mut self, zip: &mut ZipWriter<StreamWriter<Sink>>, mut reading: Reading) -> Result<Files> {
        if reading.left == 0 {
            self.enter().await?;
            reading.left = ASKED_EVERY;
        }
        reading.left -= 1;
        match reading.bytes.try_next().await {
            Ok(Some(piece)) => {
                zip.write_all(&piece).map_err(anyhow::Error::from)?;
                Ok(Files::Reading(reading))
            }
            Ok(None) => Ok(Files::Found(reading.others)),
            Err(error) => {
                broke_off(reading.id, &error);
                Ok(Files::Found(reading.others))
            }
        }
    }

    fn options(&self, method: CompressionMethod) -> SimpleFileOptions {
        SimpleFileOptions::default().compression_method(method).last_modified_time(stamp(self.made))
    }
}

fn broke_off(file: FileId, error: &Error) {
    tracing::warn!(file_id = %file, code = error.code(), "a file cannot be read and is not whole in a copy");
}

/// As archives say it: two seconds at a time, from 1980 on.
fn stamp(at: DateTime<Utc>) -> zip::DateTime {
    let small = |number: u32| u8::try_from(number).unwrap_or_default();
    let year = u16::try_from(at.year()).unwrap_or_default();
    let (month, day) = (small(at.month()), small(at.day()));
    let (hour, minute, second) = (small(at.hour()), small(at.minute()), small(at.second()));
    zip::DateTime::from_date_and_time(year, month, day, hour, minute, second).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::file_path;

    #[test]
    fn no_name_of_a_file_leads_out_of_the_archive() {
        assert_eq!(file_path("7", "report 报告.pdf"), "files/7-report 报告.pdf");
        assert_eq!(file_path("7", "../../etc/passwd"), "files/7-etcpasswd");
        assert_eq!(file_path("7", "a\u{0}\\b:c#%.txt. "), "files/7-abc.txt");
        assert_eq!((file_path("7", ""), file_path("7", "..")), ("files/7".to_owned(), "files/7".to_owned()));
    }

    #[test]
    fn a_long_name_is_cut_between_characters_and_keeps_what_it_ends_with() {
        let long = "报".repeat(255);
        assert_eq!(file_path("7", &long), format!("files/7-{}", "报".repeat(66)));
        assert_eq!(file_path("7", &format!("{long}.pdf")), format!("files/7-{}.pdf", "报".repeat(66)));
        let all = format!("a.{}", "b".repeat(300));
        assert_eq!(file_path("7", &all).len(), "files/7-".len() + 200);
    }

    #[test]
    fn no_character_turns_the_order_of_a_name() {
        assert_eq!(file_path("7", "report\u{202E}fdp.exe\u{2066}\u{200F}"), "files/7-reportfdp.exe");
    }
}
