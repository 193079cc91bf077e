//! Files of the corpus: a document, a photograph with words in it and what the program makes of it, and one that stops in the middle.

use std::io::Cursor;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use kernel::{Actor, Bucket};
use serde_json::Value;
use testkit::Person;
use uuid::Uuid;

use super::corpus::{Corpus, MARK, word};

/// What was sent, and what became of it.
#[derive(Default)]
pub struct Sent {
    /// Where the photograph is opened by whoever is in the conversation.
    pub photograph: String,
    /// Of what has no words some bytes, each with what it is of: they stand nowhere in clear.
    pub pieces: Vec<(String, Vec<u8>)>,
    /// All bytes that were ever kept, also those that something took the place of.
    blobs: Vec<Uuid>,
}

impl Corpus {
    /// A file of somebody's, as far as it was uploaded.
    pub async fn upload(&self, who: &Person, (name, length): (&str, usize), bytes: &[u8]) -> String {
        let name = STANDARD.encode(name);
        let (length, named) = (length.to_string(), format!("filename {name}"));
        let new = [("tus-resumable", "1.0.0"), ("upload-length", length.as_str()), ("upload-metadata", named.as_str())];
        let begun = self.t.answer(Some(who), "POST", "/v1/uploads", Vec::new(), &new).await;
        assert_eq!(begun.status(), 201);
        let place = begun.headers()["location"].to_str().unwrap().to_owned();
        let more =
            [("tus-resumable", "1.0.0"), ("upload-offset", "0"), ("content-type", "application/offset+octet-stream")];
        let (status, _) = self.t.send(Some(who), "PATCH", &place, bytes.to_vec(), &more).await;
        assert_eq!(status, 204);
        place.rsplit('/').next().unwrap().to_owned()
    }

    /// Bob brings a document and a photograph, and gives up a third in the middle; the ids of the two.
    pub async fn bring_files(&mut self) -> [String; 2] {
        let (bob, name) = (self.bob.clone(), word("files.file.name"));
        let content = word("files.blob");
        let document = self.upload(&bob, (&name, content.len()), content.as_bytes()).await;
        let bytes = photograph();
        self.files.pieces.push(("the photograph as it came".to_owned(), middle(&bytes)));
        let photograph = self.upload(&bob, (&format!("{name} photograph"), bytes.len()), &bytes).await;
        self.note_blobs().await;
        // The program looks at it in a process apart.
        self.t.run_jobs().await;
        // Of what is not whole yet whole chunks are kept.
        let beginning = word("files.blob").repeat(4000);
        self.upload(&bob, (&word("files.upload.name"), 1 << 20), beginning.as_bytes()).await;
        self.note_blobs().await;
        [document, photograph]
    }

    /// Eve opens the photograph: what the camera wrote into it is gone, and there is a small one.
    pub async fn open_photograph(&mut self, path: &str) {
        path.clone_into(&mut self.files.photograph);
        let addresses = self.ask(&self.eve, ("GET", path), Value::Null).await;
        for variant in ["content", "thumbnail"] {
            let address = addresses[variant].as_str().unwrap_or_else(|| panic!("no {variant}: {addresses}"));
            let (status, bytes) = self.read(address).await;
            assert!(status == 200 && image::load_from_memory(&bytes).is_ok(), "{variant}: {status}");
            assert_eq!(memchr::memmem::find(&bytes, MARK.as_bytes()), None, "{variant}");
            self.files.pieces.push((format!("the photograph: {variant}"), middle(&bytes)));
        }
    }

    /// The answer to Eve who opens it again.
    pub async fn opens_photograph(&self) -> u16 {
        self.tell(&self.eve, ("GET", &self.files.photograph), Value::Null).await.0
    }

    /// Where she has the photograph now.
    pub async fn address_of_photograph(&self) -> String {
        let addresses = self.ask(&self.eve, ("GET", &self.files.photograph), Value::Null).await;
        addresses["content"].as_str().unwrap().to_owned()
    }

    /// What anybody gets at an address.
    pub async fn read(&self, address: &str) -> (u16, Vec<u8>) {
        self.send(None, ("GET", address), Vec::new(), &[]).await
    }

    async fn note_blobs(&mut self) {
        let mut tx = self.t.app.begin(self.acme, Actor::System).await.unwrap();
        let known: Vec<Uuid> = sqlx::query_scalar("select id from files.blob").fetch_all(tx.db()).await.unwrap();
        self.files.blobs.extend(known);
        self.files.blobs.sort();
        self.files.blobs.dedup();
    }

    /// How many there ever were, and how many of them a key still opens.
    pub fn blobs(&self) -> (usize, usize) {
        let blobs = &self.files.blobs;
        let open = blobs.iter().filter(|id| self.t.app.vault().has(self.acme.0, &Bucket::Object(**id)).unwrap());
        (blobs.len(), open.count())
    }
}

/// A photograph in which the camera has written a word.
fn photograph() -> Vec<u8> {
    let mut plain = Cursor::new(Vec::new());
    let picture =
        RgbImage::from_fn(300, 200, |x, y| Rgb([(x * y % 251) as u8, (x * 7 % 253) as u8, (y * 5 % 249) as u8]));
    DynamicImage::ImageRgb8(picture).write_to(&mut plain, ImageFormat::Jpeg).unwrap();
    let plain = plain.into_inner();
    let said = word("files.blob");
    let length = u16::try_from(said.len() + 2).unwrap().to_be_bytes();
    // Behind the beginning of every JPEG a comment (ITU-T T.81, B.2.4.5).
    [&plain[..2], &[0xFF, 0xFE], &length, said.as_bytes(), &plain[2..]].concat()
}

/// Enough bytes that they stand nowhere else, from where a picture is no head any more.
fn middle(bytes: &[u8]) -> Vec<u8> {
    let at = bytes.len() / 2;
    bytes[at..at + 48].to_vec()
}
