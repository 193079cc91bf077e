//! The versions there are: of each the clauses in three languages and the facts of the data map of its day. Documents of an older
//! version are made of what stands here, not of what holds now (`DOC-03`).

use std::sync::LazyLock;

use kernel::{Error, Result, Tx};

use super::clauses::{self, Clauses};
use crate::documents::changes;
use crate::documents::facts::Facts;
use crate::documents::kept;
use texts::Language;

/// The facts and the three files of each, the newest first. A new one begins with a folder for the one before (`docs/privacy/statement.md`).
const RELEASED: [(&str, [&str; 3]); 2] = [
    (
        include_str!("../../statement/facts.json"),
        [
            include_str!("../../statement/zh-CN.md"),
            include_str!("../../statement/zh-TW.md"),
            include_str!("../../statement/en.md"),
        ],
    ),
    (
        include_str!("../../statement/0.4/facts.json"),
        [
            include_str!("../../statement/0.4/zh-CN.md"),
            include_str!("../../statement/0.4/zh-TW.md"),
            include_str!("../../statement/0.4/en.md"),
        ],
    ),
];

/// One version.
#[derive(Debug)]
pub struct Version {
    /// What the data map said on its day.
    pub facts: Facts,
    clauses: [Clauses; 3],
}

static VERSIONS: LazyLock<Result<Vec<Version>, String>> =
    LazyLock::new(|| RELEASED.into_iter().map(|(facts, texts)| Version::read(facts, texts)).collect());

/// An acceptance of one of these is one of the version in force: nothing that matters has changed since.
static STANDING: LazyLock<Result<Vec<String>, String>> = LazyLock::new(|| {
    let versions = VERSIONS.as_ref().map_err(Clone::clone)?;
    Ok(since_something_mattered(versions).iter().map(|version| version.name().to_owned()).collect())
});

/// Whether each of them changed something that matters, in their order; the first that there was did.
static MATTERED: LazyLock<Result<Vec<bool>, String>> = LazyLock::new(|| {
    let versions = VERSIONS.as_ref().map_err(Clone::clone)?;
    let next = |place: usize| versions.get(place + 1);
    Ok(versions.iter().enumerate().map(|(place, new)| next(place).is_none_or(|old| is_material(old, new))).collect())
});

impl Version {
    /// From the text of its facts and its files, in the order of [`Language::ALL`].
    pub fn read(facts: &str, [simplified, traditional, english]: [&str; 3]) -> Result<Self, String> {
        let read = |language: Language, text: &str| {
            clauses::parse(text).map_err(|why| format!("statement/{}.md {why}", language.tag()))
        };
        Ok(Self {
            facts: serde_json::from_str(facts).map_err(|why| format!("statement/facts.json: {why}"))?,
            clauses: [
                read(Language::Simplified, simplified)?,
                read(Language::Traditional, traditional)?,
                read(Language::English, english)?,
            ],
        })
    }

    /// What it is called.
    pub fn name(&self) -> &str {
        &self.clauses(Language::English).version
    }

    /// In one language.
    pub fn clauses(&self, language: Language) -> &Clauses {
        language.of(self.clauses.each_ref())
    }
}

/// Of these, the newest first, the ones that nothing separates from the newest that matters.
pub fn since_something_mattered(versions: &[Version]) -> &[Version] {
    let changed = versions.windows(2).position(|pair| is_material(&pair[1], &pair[0]));
    &versions[..changed.map_or(versions.len(), |place| place + 1)]
}

/// Whether going from one version to the next asks for acceptance anew: by what the two maps say, or because the newer one says so.
pub fn is_material(old: &Version, new: &Version) -> bool {
    new.clauses(Language::English).is_material
        || changes::between(Language::English, &old.facts, &new.facts).iter().any(|change| change.is_material)
}

/// All of them, the newest first.
pub fn all() -> Result<&'static [Version]> {
    VERSIONS.as_ref().map(Vec::as_slice).map_err(|why| unreadable(why))
}

/// The one in force.
pub fn current() -> Result<&'static Version> {
    all()?.first().ok_or_else(|| Error::Internal(anyhow::anyhow!("there is no statement")))
}

/// All of them, the newest first, each with whether it changed something that matters.
pub fn with_what_mattered() -> Result<impl Iterator<Item = (&'static Version, bool)>> {
    let mattered = MATTERED.as_ref().map_err(|why| unreadable(why))?;
    Ok(all()?.iter().zip(mattered.iter().copied()))
}

/// The names of those whose acceptance still stands, the one in force first.
pub fn standing() -> Result<&'static [String]> {
    STANDING.as_ref().map(Vec::as_slice).map_err(|why| unreadable(why))
}

/// Of the versions whose acceptance stands, those that do not say that messages may be kept for so many days: an acceptance of one of
/// them is none of this (`DOC-03`).
pub fn outgrown_by(chat_days: i32) -> Result<Vec<&'static str>> {
    let standing = standing()?;
    let is_too_short = |one: &&Version| kept::longest(&one.facts, "RET-09") < i64::from(chat_days) * 24;
    let outgrown = all()?.iter().filter(|one| standing.iter().any(|name| name == one.name())).filter(is_too_short);
    Ok(outgrown.map(Version::name).collect())
}

/// How many people here have accepted one of these versions.
pub async fn acceptances(tx: &mut Tx, versions: &[&str]) -> Result<i64> {
    Ok(sqlx::query_scalar("select count(distinct member_id) from privacy.acceptance where version = any($1)")
        .bind(versions)
        .fetch_one(tx.db())
        .await?)
}

fn unreadable(why: &str) -> Error {
    Error::Internal(anyhow::anyhow!("{why}"))
}
