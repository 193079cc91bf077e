//! What a message says: sealed as JSON `{v, kind, …}`, rendered by nobody but the reader's client.

use chrono::{DateTime, Utc};
use files::{FileId, FileRef};
use kernel::{Error, MemberId, Result};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Bytes of text a message may have.
pub const MAX_TEXT: usize = 20_000;
/// People one message may name.
pub const MAX_MENTIONS: usize = 100;
/// Files one message may carry.
pub const MAX_FILES: usize = 9;
/// Characters of the quoted message that are shown with the reply.
const EXCERPT: usize = 120;
const VERSION: u8 = 1;

/// The content of a message. A client shows an unknown kind as "update to see this".
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Body {
    /// Words, as Markdown source.
    Text(Text),
    /// Something that happened to the conversation; never counts as unread.
    System(System),
    /// Something of another module, which renders it and checks who may see it.
    Card(Card),
}

/// Words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Text {
    /// Version of this shape.
    pub v: u8,
    /// Markdown source; the server never renders it.
    pub text: String,
    /// The people named in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<MemberId>,
    /// It concerns everybody.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub mentions_all: bool,
    /// What it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<Quote>,
    /// Where it was said first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forwarded: Option<Forwarded>,
    /// What it carries (`IM-06`); then it may say nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileRef>,
}

/// The message that is answered. Only its number is stored: author and excerpt are read from it each time, so that
/// they go when it is recalled or expires.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Quote {
    /// Its number in the same conversation.
    pub seq: i64,
    /// Who said it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author_id: Option<MemberId>,
    /// How it begins; absent once it is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub excerpt: Option<String>,
}

/// Whose words these are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Forwarded {
    /// Who said it.
    pub author_id: MemberId,
    /// When.
    pub sent_at: DateTime<Utc>,
}

/// What happened to the conversation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct System {
    /// Version of this shape.
    pub v: u8,
    /// What.
    pub event: Happening,
    /// To whom.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub member_ids: Vec<MemberId>,
    /// The name it got.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// Kinds of things that happen to a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Happening {
    /// It began.
    Created,
    /// People came in.
    Added,
    /// People were taken out.
    Removed,
    /// Somebody went.
    Left,
    /// It is called something else.
    Renamed,
    /// Somebody else owns it.
    Transferred,
    /// It ended.
    Dissolved,
    /// Newcomers see more, or less, of what was said.
    History,
}

/// A reference to something of another module.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Card {
    /// Version of this shape.
    pub v: u8,
    /// What.
    #[serde(rename = "ref")]
    pub reference: kernel::Ref,
}

/// What a person may send: the rest of a body is the server's to say.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewBody {
    /// Version of this shape: 1, also when absent; no other is understood.
    #[serde(default)]
    pub v: Option<u8>,
    /// Must be `text`.
    pub kind: NewKind,
    /// Markdown source, 1 to 20,000 bytes; it may be empty when there are files.
    pub text: String,
    /// Files that the author has uploaded and that are ready, at most 9.
    #[serde(default)]
    pub file_ids: Option<Vec<FileId>>,
    /// The people named in it, at most 100.
    #[serde(default)]
    pub mentions: Option<Vec<MemberId>>,
    /// It concerns everybody.
    #[serde(default)]
    pub mentions_all: Option<bool>,
    /// What it answers.
    #[serde(default)]
    pub reply_to: Option<ReplyTo>,
}

/// Kinds a person may send.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NewKind {
    /// Words.
    #[default]
    Text,
}

/// The message that is answered.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplyTo {
    /// Its number in the same conversation.
    pub seq: i64,
}

impl NewBody {
    /// The body, if it may be sent: it says or carries something, and not too much. Its files are still only named.
    pub fn check(self) -> Result<(Text, Vec<FileId>)> {
        let Self { v, kind: NewKind::Text, text, file_ids, mentions, mentions_all, reply_to } = self;
        if v.is_some_and(|v| v != VERSION) {
            return Err(Error::Invalid { field: "v", why: "unsupported" });
        }
        let file_ids = checked_files(file_ids.unwrap_or_default())?;
        let mut text = Text::new(if file_ids.is_empty() { checked_text(text)? } else { checked_caption(text)? });
        text.mentions = checked_mentions(mentions.unwrap_or_default())?;
        text.mentions_all = mentions_all.unwrap_or_default();
        text.reply_to = reply_to.map(|to| Quote { seq: to.seq, author_id: None, excerpt: None });
        Ok((text, file_ids))
    }
}

/// Words that may be sent: some, and not too many. What nobody can see is nothing; the rest stays as typed.
pub fn checked_text(text: String) -> Result<String> {
    if text.chars().all(|c| c.is_whitespace() || directory::is_unseen(c) || matches!(c, '\u{200C}' | '\u{200D}')) {
        return Err(Error::Invalid { field: "text", why: "empty" });
    }
    checked_caption(text)
}

/// What stands beside files: it may be nothing.
pub fn checked_caption(text: String) -> Result<String> {
    if text.len() > MAX_TEXT {
        return Err(Error::Invalid { field: "text", why: "too_long" });
    }
    if text.contains('\0') {
        return Err(Error::Invalid { field: "text", why: "control_character" });
    }
    Ok(text)
}

/// Each person once, and not too many.
pub fn checked_mentions(mut mentions: Vec<MemberId>) -> Result<Vec<MemberId>> {
    mentions.sort_unstable();
    mentions.dedup();
    if mentions.len() > MAX_MENTIONS {
        return Err(Error::Invalid { field: "mentions", why: "too_many" });
    }
    Ok(mentions)
}

/// Each file once, and not too many.
fn checked_files(ids: Vec<FileId>) -> Result<Vec<FileId>> {
    let is_once = ids.iter().enumerate().all(|(at, id)| !ids[..at].contains(id));
    if ids.len() > MAX_FILES || !is_once {
        return Err(Error::Invalid { field: "file_ids", why: "too_many_or_twice" });
    }
    Ok(ids)
}

impl Text {
    /// Words and nothing else.
    pub fn new(text: String) -> Self {
        Self {
            v: VERSION,
            text,
            mentions: Vec::new(),
            mentions_all: false,
            reply_to: None,
            forwarded: None,
            files: Vec::new(),
        }
    }
}

impl Body {
    /// Something that happened.
    pub fn system(event: Happening, member_ids: Vec<MemberId>, name: Option<String>) -> Self {
        Self::System(System { v: VERSION, event, member_ids, name })
    }

    /// The bytes that are sealed: of a quote only its number.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        let stored = match self {
            Self::Text(Text { reply_to: Some(quote), .. }) if quote.author_id.is_some() || quote.excerpt.is_some() => {
                let mut stored = self.clone();
                stored.set_quote(Quote { seq: quote.seq, author_id: None, excerpt: None });
                serde_json::to_vec(&stored)
            }
            _ => serde_json::to_vec(self),
        };
        Ok(stored.map_err(anyhow::Error::from)?)
    }

    /// The words, when it has some.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(&text.text),
            Self::System(_) | Self::Card(_) => None,
        }
    }

    /// The people named in it.
    pub fn mentions(&self) -> &[MemberId] {
        match self {
            Self::Text(text) => &text.mentions,
            Self::System(_) | Self::Card(_) => &[],
        }
    }

    /// The number of the message it answers.
    pub fn quoted(&self) -> Option<i64> {
        match self {
            Self::Text(text) => text.reply_to.as_ref().map(|quote| quote.seq),
            Self::System(_) | Self::Card(_) => None,
        }
    }

    /// Fills in what the answered message says just now.
    pub fn set_quote(&mut self, quote: Quote) {
        if let Self::Text(text) = self {
            text.reply_to = Some(quote);
        }
    }

    /// What it carries.
    pub fn files(&self) -> &[FileRef] {
        match self {
            Self::Text(text) => &text.files,
            Self::System(_) | Self::Card(_) => &[],
        }
    }

    /// How it begins, on one line; of a message without words, what its files are called.
    pub fn excerpt(&self) -> Option<String> {
        let mut words = self.text()?.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() {
            words = self.files().iter().map(|file| file.name.as_str()).collect::<Vec<_>>().join(", ");
        }
        Some(match words.char_indices().nth(EXCERPT) {
            Some((end, _)) => format!("{}…", &words[..end]),
            None => words,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Body, NewBody, Quote, Text};
    use kernel::MemberId;
    use uuid::Uuid;

    #[test]
    fn a_body_keeps_its_version_and_kind() {
        let body = Body::Text(Text::new("noodles?".into()));
        let bytes = body.to_bytes().unwrap();
        assert_eq!(String::from_utf8(bytes.clone()).unwrap(), r#"{"kind":"text","v":1,"text":"noodles?"}"#);
        assert_eq!(serde_json::from_slice::<Body>(&bytes).unwrap(), body);
    }

    #[test]
    fn the_words_of_a_quoted_message_are_never_stored_with_the_answer() {
        let mut text = Text::new("yes".into());
        text.reply_to = Some(Quote { seq: 7, author_id: Some(MemberId(Uuid::nil())), excerpt: Some("secret".into()) });
        let stored = String::from_utf8(Body::Text(text).to_bytes().unwrap()).unwrap();
        assert!(stored.contains(r#""reply_to":{"seq":7}"#) && !stored.contains("secret"));
    }

    #[test]
    fn nothing_and_too_much_cannot_be_sent() {
        for text in [" \n\t ".to_owned(), "x".repeat(super::MAX_TEXT + 1), "a\0b".to_owned()] {
            assert!(NewBody { text, ..NewBody::default() }.check().is_err());
        }
        assert!(NewBody { text: "好".repeat(6666), ..NewBody::default() }.check().is_ok());
    }

    #[test]
    fn a_shape_of_another_version_is_not_taken_for_this_one() {
        let of = |v| NewBody { v, text: "noodles?".into(), ..NewBody::default() }.check();
        assert!(of(None).is_ok() && of(Some(1)).is_ok());
        assert!(of(Some(0)).is_err() && of(Some(2)).is_err());
    }

    #[test]
    fn an_excerpt_is_one_short_line_and_never_cuts_a_character() {
        let body = Body::Text(Text::new(format!("一\n{}", "好".repeat(300))));
        let excerpt = body.excerpt().unwrap();
        assert!(excerpt.starts_with("一 好") && excerpt.ends_with('…') && excerpt.chars().count() == 121);
    }
}
