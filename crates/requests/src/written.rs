//! What is written, by whoever asks and to them: checked, and sealed under the request's own key.

use kernel::{Bucket, Error, Result, Tx};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use texts::is_unseen;

use crate::model::SubjectRequestId;

/// Characters of a text.
pub const LONGEST_TEXT: usize = 4_000;

/// What a sealed value is bound to.
pub const SAID: &str = "requests.said";
pub const DELAY: &str = "requests.delay";
pub const ANSWER: &str = "requests.answer";

/// What whoever asks wrote.
#[derive(Serialize, Deserialize)]
pub struct Said {
    /// How they call themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where they are reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// What they want.
    pub words: String,
}

impl Said {
    /// Once it is known which member asks: their name and address stand in the directory, and go with them.
    pub fn unnamed(self) -> Self {
        Self { name: None, contact: None, words: self.words }
    }
}

/// What they are answered.
#[derive(Serialize, Deserialize)]
pub struct Answer {
    /// In words.
    pub text: String,
    /// Who has it now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forwarded_to: Option<String>,
}

/// Seals it as JSON.
pub fn seal(tx: &Tx, id: SubjectRequestId, kind: &str, value: &impl Serialize) -> Result<Vec<u8>> {
    let plain = serde_json::to_vec(value).map_err(anyhow::Error::from)?;
    seal_text(tx, id, kind, &plain)
}

/// Seals it as it is.
pub fn seal_text(tx: &Tx, id: SubjectRequestId, kind: &str, plain: &[u8]) -> Result<Vec<u8>> {
    tx.seal(Bucket::Object(id.0), kind, id.0, plain)
}

/// Opens what [`seal`] sealed.
pub fn open<T: DeserializeOwned>(tx: &Tx, id: SubjectRequestId, kind: &str, sealed: &[u8]) -> Result<T> {
    let plain = tx.open(Bucket::Object(id.0), kind, id.0, sealed)?;
    Ok(serde_json::from_slice(&plain).map_err(anyhow::Error::from)?)
}

/// Opens what [`seal_text`] sealed.
pub fn open_text(tx: &Tx, id: SubjectRequestId, kind: &str, sealed: &[u8]) -> Result<String> {
    let plain = tx.open(Bucket::Object(id.0), kind, id.0, sealed)?;
    Ok(String::from_utf8(plain).map_err(anyhow::Error::from)?)
}

/// Several lines that say something: they end one way, and nothing in them reorders the others.
pub fn several_lines(field: &'static str, text: &str) -> Result<String> {
    let wrong = |why| Err(Error::Invalid { field, why });
    let text = text.replace("\r\n", "\n");
    let text = text.trim();
    if text.is_empty() {
        return wrong("is_empty");
    }
    if text.chars().count() > LONGEST_TEXT {
        return wrong("is_too_long");
    }
    if text.chars().any(|c| (c.is_control() && !matches!(c, '\n' | '\t')) || is_unseen(c)) {
        return wrong("has_control_characters");
    }
    Ok(text.to_owned())
}
