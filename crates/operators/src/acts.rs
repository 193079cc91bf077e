//! What operators do that is done to no single organisation: written down for 180 days, read on the server's own machine.

use std::net::IpAddr;
use std::ops::Range;

use chrono::{DateTime, TimeDelta, Utc};
use hosting::OperatorId;
use kernel::{App, Bucket, INSTALLATION, OrgId, Result, SystemTx, VaultError};
use uuid::Uuid;

/// How long an act is remembered.
const KEPT: TimeDelta = TimeDelta::days(180);
/// So far back the keys of days are looked for that are over: a server may have stood still.
const LOOK_BACK: i32 = 400;
const ADDRESS: &str = "operators.address";
const MOST: i64 = 50;

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Act {
    /// Somebody signed in.
    SignedIn,
    /// Somebody tried to.
    SignInFailed,
    /// Somebody has another password.
    PasswordChanged,
    /// A further organisation can be founded.
    FoundingCodeMade,
    /// There is an operator more, or one has a new password for one time.
    OperatorAdded,
    /// There is one less.
    OperatorRemoved,
    /// An organisation is gone, with everything that was in it.
    OrganisationDissolved,
}

impl Act {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::SignedIn => "signed in",
            Self::SignInFailed => "sign-in failed",
            Self::PasswordChanged => "password changed",
            Self::FoundingCodeMade => "founding code made",
            Self::OperatorAdded => "operator added",
            Self::OperatorRemoved => "operator removed",
            Self::OrganisationDissolved => "organisation dissolved",
        }
    }
}

/// One line of the log.
pub struct Done {
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub act: Act,
    /// Who did it or whom it was done to; absent for a name nobody has.
    pub operator: Option<OperatorId>,
    /// What they sign in with, as long as they are there.
    pub name: Option<String>,
    /// Where from; absent on the server's own machine.
    pub address: Option<String>,
    /// The organisation that was dissolved.
    pub about: Option<OrgId>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    at: DateTime<Utc>,
    act: Act,
    operator_id: Option<OperatorId>,
    name: Option<String>,
    address: Option<Vec<u8>>,
    about: Option<OrgId>,
}

/// Writes it down.
pub(crate) async fn note(
    tx: &mut SystemTx,
    act: Act,
    operator: Option<OperatorId>,
    address: Option<IpAddr>,
) -> Result<()> {
    let (id, now) = (tx.new_id(), tx.now());
    let seal =
        |address: IpAddr| tx.app().vault().seal(INSTALLATION, bucket(now), ADDRESS, id, address.to_string().as_bytes());
    let address = address.map(seal).transpose()?;
    sqlx::query("insert into operators.act (id, at, operator_id, act, address) values ($1, $2, $3, $4, $5)")
        .bind(id)
        .bind(now)
        .bind(operator)
        .bind(act)
        .bind(address)
        .execute(tx.db())
        .await?;
    Ok(())
}

/// Writes down that an organisation is gone: all that is left of it, and that for as long as the law of deletions asks (`RET-03`).
pub async fn note_dissolved(tx: &mut SystemTx, org: OrgId) -> Result<()> {
    let (id, now) = (tx.new_id(), tx.now());
    sqlx::query("insert into operators.act (id, at, act, about) values ($1, $2, $3, $4)")
        .bind(id)
        .bind(now)
        .bind(Act::OrganisationDissolved)
        .bind(org)
        .execute(tx.db())
        .await?;
    Ok(())
}

/// The newest, the last one first.
pub async fn log(app: &App) -> Result<Vec<Done>> {
    let mut tx = SystemTx::begin(app).await?;
    let rows: Vec<Row> = sqlx::query_as(
        "select a.id, a.at, a.act, a.operator_id, o.name, a.address, a.about
         from operators.act a left join operators.operator o on o.id = a.operator_id order by a.at desc, a.id desc limit $1",
    )
    .bind(MOST)
    .fetch_all(tx.db())
    .await?;
    rows.into_iter().map(|row| opened(app, row)).collect()
}

fn opened(app: &App, row: Row) -> Result<Done> {
    let Row { id, at, act, operator_id: operator, name, address, about } = row;
    let address = match address.map(|sealed| app.vault().open(INSTALLATION, bucket(at), ADDRESS, id, &sealed)) {
        None | Some(Err(VaultError::Destroyed)) => None,
        Some(plain) => Some(String::from_utf8(plain?).map_err(anyhow::Error::from)?),
    };
    Ok(Done { at, act, operator, name, address, about })
}

/// Forgets what is past its time, and gives the days whose keys are worth nothing any more.
pub(crate) async fn forget(tx: &mut SystemTx) -> Result<Range<i32>> {
    let before = tx.now() - KEPT;
    sqlx::query("delete from operators.act where at <= $1").bind(before).execute(tx.db()).await?;
    let last = day(before);
    Ok(last - LOOK_BACK..last)
}

/// Once the rows are gone for good: no backup says any more where somebody was on such a day.
pub(crate) fn destroy_keys(app: &App, days: Range<i32>) -> Result<()> {
    let over = app.vault().present(INSTALLATION, &days.map(Bucket::Day).collect::<Vec<_>>())?;
    if over.is_empty() { Ok(()) } else { Ok(app.vault().destroy(INSTALLATION, &over)?) }
}

fn bucket(at: DateTime<Utc>) -> Bucket {
    Bucket::Day(day(at))
}

fn day(at: DateTime<Utc>) -> i32 {
    i32::try_from(at.timestamp().div_euclid(86_400)).unwrap_or(i32::MAX)
}
