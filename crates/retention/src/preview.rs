//! What another period for messages would delete, or keep longer, before anybody decides on it: in numbers of what is really there,
//! never in words (C3).

use std::time::Duration;

use chat::Effort;
use chrono::{DateTime, DurationRound, NaiveDate, TimeDelta, Utc};
use directory::{Permission, Permitted};
use files::FileCount;
use kernel::{Actor, Cx, Error, Json, Query, Result, Tx};
use privacy::Words;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::period;

/// So long a shorter period can be taken back.
pub const UNDO: TimeDelta = TimeDelta::hours(24);
/// So long what was shown can be decided on: the instant that was shown stays the same, and no less than a day away.
const READING: TimeDelta = TimeDelta::minutes(15);
/// So long it may take to count again what was counted within two seconds before.
const COUNTED_AGAIN: Duration = Duration::from_secs(20);
/// A shorter period takes effect at a full hour, so that what is counted is the same for whoever looks again.
const HOUR: TimeDelta = TimeDelta::hours(1);

/// Which period.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WantedPeriod {
    /// Days that messages and their files would be kept; needed.
    pub chat_retention_days: Option<i32>,
}

/// Which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChatRetentionChange {
    /// What is counted is deleted when it takes effect.
    Shorter,
    /// What is counted is kept longer, once a second has approved.
    Longer,
}

/// What it would do.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChatRetentionPreview {
    /// Which way.
    pub change: ChatRetentionChange,
    /// Days now.
    pub from_days: i32,
    /// Days then.
    pub to_days: i32,
    /// When it takes effect, if it is decided on within a quarter of an hour; only of a shorter one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub takes_effect_at: Option<DateTime<Utc>>,
    /// Whether whoever decides has to say twice that so short a time is meant.
    pub needs_confirmation: bool,
    /// Too much to be counted in three seconds: the numbers of messages are about right, those of conversations and people are not known.
    pub is_estimate: bool,
    /// Messages that are deleted for the shorter time alone, or that are there now and would stay longer.
    pub messages: i64,
    /// Files of theirs; where there are more than 100,000, that many.
    pub files: i64,
    /// Bytes of these files; absent where there are more than `files`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_bytes: Option<i64>,
    /// Conversations they are in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conversations: Option<i64>,
    /// People who are in these conversations now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub people: Option<i64>,
    /// When the oldest of them was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub oldest_at: Option<DateTime<Utc>>,
    /// By kind of conversation.
    pub kinds: Vec<PreviewedKind>,
    /// By the month in which they were sent, the oldest first.
    pub months: Vec<PreviewedMonth>,
    /// The purposes of which people read another period from then on: where they see what is kept, in the data map, in the records of
    /// processing. The published documents name the periods an organisation chooses from and stay as they are.
    pub told_otherwise: Vec<Words>,
    /// Versions of the statement that do not say that messages may be kept so long: whoever accepted one of them is asked anew.
    pub outgrown_versions: Vec<String>,
    /// How many people that is.
    pub asked_anew: i64,
    /// What says that this is what was shown: a change carries it.
    pub token: String,
}

/// Messages of one kind of conversation.
#[derive(Debug, Serialize, ToSchema)]
pub struct PreviewedKind {
    /// `direct` or `group`.
    pub kind: String,
    /// How many messages.
    pub messages: i64,
    /// In how many conversations.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conversations: Option<i64>,
}

/// Messages of one month.
#[derive(Debug, Serialize, ToSchema)]
pub struct PreviewedMonth {
    /// Its first day, in UTC.
    pub month: NaiveDate,
    /// How many messages.
    pub messages: i64,
}

/// Show what another period for messages would do
///
/// Nothing is changed. It takes three seconds at most.
#[utoipa::path(
    get, path = "/v1/retention/preview", tag = "retention", operation_id = "previewChatRetention",
    params(WantedPeriod),
    responses((status = 200, body = ChatRetentionPreview)),
    extensions(
        ("x-access" = json!("holder of content.retention")), ("x-rate" = json!("heavy")), ("x-errors" = json!(["forbidden"]))
    ),
)]
pub async fn preview_chat_retention(cx: Cx, Query(wanted): Query<WantedPeriod>) -> Result<Json<ChatRetentionPreview>> {
    let mut tx = cx.begin().await?;
    let by = Permitted::everywhere(&mut tx, Permission::ContentRetention).await?;
    let days = wanted.chat_retention_days.ok_or(Error::Invalid { field: "chat_retention_days", why: "is_missing" })?;
    let wanted = Wanted::of(&mut tx, &by, days, None).await?;
    tx.commit().await?;
    Ok(Json(wanted.preview(&cx, Effort::default()).await?))
}

/// A change that is not made yet.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// Days now.
    pub from: i32,
    /// Days then.
    pub to: i32,
    /// When it takes effect; only of a shorter one.
    pub at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
}

impl Wanted {
    /// To so many days, at an instant that was shown before, or at the first one there may be. `Invalid` for a period there is not, and
    /// for the one in force; `Conflict` for an instant that is less than a day away by now.
    pub async fn of(tx: &mut Tx, _by: &Permitted, to: i32, shown_at: Option<DateTime<Utc>>) -> Result<Self> {
        let (from, now) = (directory::organisation(tx).await?.chat_retention_days, tx.now());
        let to = period::checked(tx.app(), to)?;
        if to == from {
            return Err(Error::Invalid { field: "chat_retention_days", why: "in_force" });
        }
        if to > from {
            return Ok(Self { from, to, at: None, now });
        }
        let first = first_hour(now);
        let at = shown_at.unwrap_or(first);
        let is_shown = at - now >= UNDO && at <= first && at.timestamp() % HOUR.num_seconds() == 0;
        if is_shown {
            Ok(Self { from, to, at: Some(at), now })
        } else {
            Err(Error::Conflict("retention.preview_changed"))
        }
    }

    /// Which way.
    pub fn change(&self) -> ChatRetentionChange {
        if self.at.is_some() { ChatRetentionChange::Shorter } else { ChatRetentionChange::Longer }
    }

    /// Whether it has to be said twice.
    pub fn needs_confirmation(&self) -> bool {
        self.at.is_some() && self.to < period::USUAL
    }

    /// When it takes effect, what is past the longer time is gone anyway; until then nothing that is within the shorter one is added,
    /// since no period is shorter than a day.
    fn span(&self) -> chat::Span {
        let days = |days: i32| TimeDelta::days(days.into());
        match self.at {
            Some(at) => chat::Span { after: at - days(self.from), until: at - days(self.to) },
            None => chat::Span { after: self.now - days(self.from), until: self.now },
        }
    }

    /// Whether this is what was shown. What was counted is counted again, and gets all the time it needs for that: a machine that is
    /// busier now must not make another number of it. What was estimated is not: there was no number to compare.
    pub async fn is_what_was_shown(&self, cx: &Cx, token: &str) -> Result<bool> {
        if token == self.token(None) {
            return Ok(true);
        }
        let effort = Effort { exactly_within: COUNTED_AGAIN, ..Effort::default() };
        Ok(self.preview(cx, effort).await?.token == token)
    }

    /// What it would do, counted now.
    async fn preview(&self, cx: &Cx, effort: Effort) -> Result<ChatRetentionPreview> {
        let (app, org, span) = (cx.app(), cx.org, self.span());
        let counted = chat::count_messages(app, org, span, effort).await?;
        let mut tx = app.begin(org, Actor::System).await?;
        let files = chat::count_files(&mut tx, span, effort).await?;
        let outgrown_versions = privacy::outgrown_by(self.to)?;
        let asked_anew = privacy::acceptances(&mut tx, &outgrown_versions).await?;
        tx.commit().await?;
        let (messages, conversations) = (counted.messages(), counted.conversations());
        let kind = |(kind, messages, conversations)| PreviewedKind { kind, messages, conversations };
        Ok(ChatRetentionPreview {
            change: self.change(),
            from_days: self.from,
            to_days: self.to,
            takes_effect_at: self.at,
            needs_confirmation: self.needs_confirmation(),
            is_estimate: counted.is_estimate,
            messages,
            files: files.files,
            file_bytes: files.bytes,
            conversations,
            people: counted.people,
            oldest_at: counted.oldest_at,
            kinds: counted.by_kind.into_iter().map(kind).collect(),
            months: counted.months.into_iter().map(|(month, messages)| PreviewedMonth { month, messages }).collect(),
            told_otherwise: privacy::told_otherwise(app.data_map(), self.from, self.to),
            outgrown_versions: outgrown_versions.into_iter().map(str::to_owned).collect(),
            asked_anew,
            token: self.token(conversations.map(|conversations| Deleted { messages, conversations, files })),
        })
    }

    /// What is deleted, in one word: where a number is another one, what was shown is not what would be done. Who is in the
    /// conversations is not in it: somebody always comes and goes. What is kept longer is more with every message and is not either.
    /// None: it was too much to be counted.
    fn token(&self, deleted: Option<Deleted>) -> String {
        let Some(at) = self.at else { return format!("{}-{}", self.from, self.to) };
        let told = |Deleted { messages, conversations, files }: Deleted| {
            let bytes = files.bytes.map_or_else(|| "more".to_owned(), |bytes| bytes.to_string());
            format!("{messages}-{conversations}-{}-{bytes}", files.files)
        };
        format!("{}-{}-{}-{}", self.from, self.to, at.timestamp(), deleted.map(told).unwrap_or_default())
    }
}

/// What was counted of what is deleted.
struct Deleted {
    messages: i64,
    conversations: i64,
    files: FileCount,
}

/// The first full hour that leaves a day after the time it takes to read.
fn first_hour(now: DateTime<Utc>) -> DateTime<Utc> {
    let least = now + UNDO + READING;
    let hour = least.duration_trunc(HOUR).unwrap_or(least);
    if hour == least { hour } else { hour + HOUR }
}
