//! The nouns: a request as whoever made it sees it, and as the desk does.

use chrono::{DateTime, Utc};
use kernel::MemberId;
use serde::{Deserialize, Serialize};
use texts::Language;
use utoipa::ToSchema;

kernel::id!(
    /// One request; ids rise with time.
    SubjectRequestId
);

/// What somebody asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[schema(as = SubjectRequestKind)]
pub enum Kind {
    /// What is held, and a copy of it (`DSR-01`).
    Access,
    /// That it is put right (`DSR-02`).
    Correction,
    /// That some or all of it goes (`DSR-03`).
    Deletion,
    /// That it is not used for a while (`DSR-04`).
    Restriction,
    /// That it is not used for something (`DSR-04`).
    Objection,
    /// Why and how it is used.
    Explanation,
    /// That a consent holds no more (`DSR-05`).
    Withdrawal,
    /// What close relatives ask about somebody who has died.
    Deceased,
    /// That something is wrong (`DSR-11`).
    Complaint,
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[schema(as = SubjectRequestState)]
pub enum State {
    /// It is there, and nobody has looked who asks.
    Received,
    /// It is known who asks.
    IdentityChecked,
    /// Somebody deals with it.
    InWork,
    /// It was answered.
    Answered,
    /// It was refused, with the ground.
    Refused,
    /// Somebody else decides about that data; they have it now (`DSR-13`).
    Forwarded,
    /// Whoever asked took it back.
    Withdrawn,
}

/// By what it is known who asks: never by more than is held already (`DSR-09`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[schema(as = SubjectRequestProof)]
pub enum Proof {
    /// They were signed in when they asked.
    Session,
    /// They answered under a phone number or an address that is held of them.
    Contact,
    /// They came, and somebody knows them.
    InPerson,
    /// They showed papers, of which nothing was kept.
    Papers,
}

/// Why it is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[schema(as = SubjectRequestGround)]
pub enum Ground {
    /// It could not be found out who asks.
    IdentityUnproven,
    /// Nothing of the kind is held.
    NothingHeld,
    /// A law says that it stays, or forbids it to be told.
    LawRequires,
    /// It would take rights from others.
    RightsOfOthers,
    /// It was asked over and over without a reason.
    Excessive,
}

/// Whether the answer is in time (`DSR-10`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[schema(as = SubjectRequestLateness)]
pub enum Lateness {
    /// It is.
    OnTime,
    /// Fifteen days are over: the reason has to be told.
    PastTarget,
    /// Fifteen working days are over as well.
    PastLimit,
}

/// Until when a request is to be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = SubjectRequestDue)]
pub struct Due {
    /// Fifteen days from when it was known who asks; until then from when it came.
    pub target_at: DateTime<Utc>,
    /// The end of the fifteenth working day after that, by the table of the organisation and in its zone.
    pub limit_at: DateTime<Utc>,
    /// Where it stands now, or stood when it ended.
    pub lateness: Lateness,
}

/// A request as whoever made it sees it.
#[derive(Serialize, ToSchema)]
pub struct OwnSubjectRequest {
    /// Which; ids rise with time.
    pub id: SubjectRequestId,
    /// As it is read out over the phone.
    pub number: String,
    /// What the organisation is called.
    pub organisation: String,
    /// What they asked for.
    pub kind: Kind,
    /// How far it is.
    pub state: State,
    /// What they wrote.
    pub words: String,
    /// When it came.
    pub received_at: DateTime<Utc>,
    /// When it was known who asks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity_at: Option<DateTime<Utc>>,
    /// When somebody took it up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub taken_at: Option<DateTime<Utc>>,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<DateTime<Utc>>,
    /// Until when it is to be answered.
    pub due: Due,
    /// What they are told.
    pub told: Told,
    /// Whether they may take it back.
    pub can_withdraw: bool,
    /// Until when it is kept.
    pub goes_at: DateTime<Utc>,
}

/// What whoever asked is told.
#[derive(Serialize, ToSchema)]
#[schema(as = SubjectRequestTold)]
pub struct Told {
    /// Why it takes longer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delay: Option<String>,
    /// The answer, or why it is refused or forwarded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// On what ground it is refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ground: Option<Ground>,
    /// Who has it now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forwarded_to: Option<String>,
}

/// A request as the desk sees it.
#[derive(Serialize, ToSchema)]
pub struct SubjectRequest {
    /// Which; ids rise with time.
    pub id: SubjectRequestId,
    /// As it is read out over the phone.
    pub number: String,
    /// What is asked for.
    pub kind: Kind,
    /// In which language to answer.
    pub language: Language,
    /// How far it is.
    pub state: State,
    /// Who asked, once it is known and they are of the organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member_id: Option<MemberId>,
    /// How they call themselves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where they are reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// What they wrote.
    pub words: String,
    /// By what it is known who they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity_how: Option<Proof>,
    /// Who took it up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handler_id: Option<MemberId>,
    /// When it came.
    pub received_at: DateTime<Utc>,
    /// When it was known who asks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity_at: Option<DateTime<Utc>>,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<DateTime<Utc>>,
    /// Until when it is to be answered.
    pub due: Due,
    /// What whoever asked is told.
    pub told: Told,
    /// What may be done to it now.
    pub can: SubjectRequestCan,
}

/// What the desk may do to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct SubjectRequestCan {
    /// Say by what it is known who asks.
    pub check_identity: bool,
    /// Deal with it.
    pub take_up: bool,
    /// Say why it takes longer.
    pub explain_delay: bool,
    /// Answer it, or refuse it on any ground.
    pub answer: bool,
    /// Refuse it because it could not be found out who asks.
    pub refuse_unproven: bool,
    /// Say that somebody else has it now.
    pub forward: bool,
}
