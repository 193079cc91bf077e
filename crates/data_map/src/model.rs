//! What the data map can say.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Restricted;

/// A text in the three languages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// English.
    pub en: String,
    /// Simplified Chinese.
    #[serde(rename = "zh-CN")]
    pub zh_cn: String,
    /// Traditional Chinese, in its own words.
    #[serde(rename = "zh-TW")]
    pub zh_tw: String,
}

/// Something that can be offered or switched off.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Function {
    /// What people read.
    pub names: Names,
    /// `basic`, or `extended`: refusing an extended one must cost nothing else.
    pub kind: FunctionKind,
    /// Whether it is on before anybody chooses.
    #[serde(default = "yes")]
    pub default_on: bool,
    /// Who may switch it: `organisation`, `person`.
    #[serde(default)]
    pub switched_by: Vec<String>,
    /// The clause of the statement.
    #[serde(default)]
    pub clause: Option<String>,
}

/// Whether the product is the product without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FunctionKind {
    /// It is not.
    Basic,
    /// It is.
    Extended,
}

fn yes() -> bool {
    true
}

/// What data is for.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Purpose {
    /// In plain words: "so that colleagues receive what you send".
    pub sentence: Names,
    /// The function it serves.
    pub function: String,
    /// Whose purpose it is.
    pub role: Role,
    /// On what legal ground, by jurisdiction profile.
    pub ground: Grounds,
    /// What becomes of it while a person's data is restricted (PIPL 44, GDPR 18). There is no default: a purpose without a word does not compose.
    pub restricted: Restricted,
    /// What each person is asked first; none where nobody is.
    #[serde(default)]
    pub consent: Option<Asked>,
}

impl Purpose {
    /// Whether each person is asked first.
    pub fn needs_consent(&self) -> bool {
        self.consent.is_some()
    }
}

/// What somebody is told before they consent, apart from purpose, role and recipients (`CON-02`, `CON-04`).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// Of these words. Another version is another question: a consent to the one before does not answer it (`CON-07`).
    pub version: String,
    /// How it is done.
    pub method: Names,
    /// Which kinds of data.
    pub kinds: Vec<Category>,
    /// The table where what comes of it stands: its rule says until when.
    pub kept_in: String,
    /// What ends with a withdrawal, and what stays.
    pub withdrawal: Names,
    /// How one does without.
    pub otherwise: Names,
}

/// In the words of the law: who decides, who acts on instructions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ProcessingRole)]
pub enum Role {
    /// Decides on purpose and means.
    Controller,
    /// Acts for the organisation.
    Processor,
}

/// The ground under each profile. A ground that a profile does not know cannot be named under it.
#[derive(Debug, Clone, Copy, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Grounds {
    /// PIPL article 13.
    pub cn: Cn,
    /// GDPR article 6.
    pub eu: Eu,
}

/// PIPL article 13.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = GroundCn)]
pub enum Cn {
    /// 13 (1).
    Consent,
    /// 13 (2).
    ContractOrHrNecessity,
    /// 13 (3).
    LegalDuty,
    /// 13 (4).
    PublicHealthOrEmergency,
    /// 13 (5).
    NewsSupervision,
    /// 13 (6).
    LawfullyPublic,
    /// 13 (7).
    OtherLaw,
}

/// GDPR article 6 (1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = GroundEu)]
pub enum Eu {
    /// (a).
    Consent,
    /// (b).
    Contract,
    /// (c).
    LegalObligation,
    /// (d).
    Vital,
    /// (e).
    PublicTask,
    /// (f).
    LegitimateInterest,
}

/// What kind of data it is: a closed list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = DataCategory)]
pub enum Category {
    /// Name, picture, ids.
    Identity,
    /// Phone, e-mail.
    Contact,
    /// Position, department, number.
    Employment,
    /// ★ Passwords, tokens, keys.
    Credential,
    /// ★
    GovernmentId,
    /// ★
    Biometric,
    /// ★ Addresses of devices included (ACC-14).
    Location,
    /// ★
    Health,
    /// ★
    Financial,
    /// ★
    #[serde(rename = "minor_under_14")]
    MinorUnder14,
    /// ★
    Religion,
    /// ★ What people say to each other.
    CommunicationContent,
    /// Files, forms, documents.
    Content,
    /// Who did what when.
    Activity,
    /// What one works with.
    Device,
    /// How it is connected.
    Network,
    /// How one likes it.
    Preference,
    /// For operation and security.
    Log,
    /// About nobody.
    Technical,
}

impl Category {
    /// Whether the law calls it sensitive (the union of CON-03).
    pub fn is_sensitive(self) -> bool {
        matches!(
            self,
            Self::Credential
                | Self::GovernmentId
                | Self::Biometric
                | Self::Location
                | Self::Health
                | Self::Financial
                | Self::MinorUnder14
                | Self::Religion
                | Self::CommunicationContent
        )
    }
}

/// A table.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Whose boundary it stands in.
    #[serde(default)]
    pub scope: Scope,
    /// The function it serves; none for tables about nobody.
    #[serde(default)]
    pub function: Option<String>,
    /// The column that points at the person, or "conversation" for shared content.
    #[serde(default)]
    pub subject: Option<String>,
    /// Other columns that point at somebody the row is as much about: the second of two people.
    #[serde(default)]
    pub also: Vec<String>,
    /// When rows go: the id of a rule (`RET-09`), the life of the thing they belong to, or a period (`P90D`), also one
    /// that begins when the thing is over (`end+P90D`).
    pub rule: String,
    /// What happens when the subject is erased first.
    pub erasure: Erasure,
    /// Which data key seals it, and what expiry drops.
    #[serde(default)]
    pub bucket: Option<String>,
    /// Whether it is in a person's export.
    #[serde(default)]
    pub export: Export,
    /// Of what is shared and exported: the table with a `member_id` whose rows say whose it is, a `conversation` by its
    /// `conversation_id`.
    #[serde(default)]
    pub through: Option<String>,
    /// Of what is exported and goes by the organisation's period for messages (`RET-09`): the column with the instant from which that counts.
    /// What is past it is in no export, also before it is deleted; a row without an instant is.
    #[serde(default)]
    pub kept_from: Option<String>,
    /// Every column.
    pub columns: BTreeMap<String, Column>,
}

/// Whose boundary a table stands in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// One organisation's, under row security.
    #[default]
    Organisation,
    /// The installation's: only `SystemTx` names it.
    Installation,
}

/// What erasing a person does to a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ErasureMethod)]
pub enum Erasure {
    /// Rows and blobs about the subject go.
    Delete,
    /// Content stays for the others until its own rule; the author becomes a former member.
    AuthorAnonymised,
    /// Lines stay under a pseudonym whose key dies with the member.
    Pseudonym,
    /// About nobody, or on a named legal ground that the subject is shown.
    Keep,
}

/// What a person's export takes from a store.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Export {
    /// What they made.
    Own,
    /// What is about them.
    AboutMe,
    /// Nothing.
    #[default]
    None,
}

/// A column: the word `"technical"`, or what personal data it holds and what for.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(untagged)]
pub enum Column {
    /// `"technical"`: about nobody.
    About(Nobody),
    /// Personal data.
    Personal(Personal),
}

/// The one word a column about nobody may carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Nobody {
    /// About nobody.
    Technical,
}

/// Personal data in a column.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Personal {
    /// What kind.
    pub category: Category,
    /// What for.
    pub purpose: String,
    /// Whether it is sealed. Sensitive content must be.
    #[serde(default)]
    pub sealed: bool,
    /// How a person's export opens it; needed of what is sealed and exported, but for credentials, which never are.
    #[serde(default)]
    pub opens: Option<Opens>,
}

/// What a sealed column is bound to, beside the key which `bucket` of its table names.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Opens {
    /// As what it was sealed.
    pub kind: String,
    /// The column with the id of the object.
    pub object: String,
    /// The column that says that it holds words of somebody else, which are in nobody's export but theirs: with another id than that of whose
    /// export it is, or with `true`.
    #[serde(default)]
    pub unless_from: Option<String>,
    /// Of JSON: the member that says, by its `author_id`, whose words `text` and `files` repeat.
    #[serde(default)]
    pub repeats: Option<String>,
    /// What comes out.
    #[serde(default)]
    pub holds: Holds,
}

/// What a sealed column holds once it is open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Holds {
    /// Text.
    #[default]
    Text,
    /// JSON.
    Json,
    /// Bytes, such as a picture.
    Bytes,
}

/// Any other place where data stands.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Stored {
    /// What it holds or is made of.
    pub of: String,
    /// What kind; none when it is about nobody.
    #[serde(default)]
    pub category: Option<Category>,
    /// What for.
    #[serde(default)]
    pub purpose: Option<String>,
    /// When it goes.
    pub rule: String,
    /// Which data key seals it.
    #[serde(default)]
    pub bucket: Option<String>,
}
