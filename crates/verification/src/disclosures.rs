//! What the operator handed to an authority, or to whom it named, because the law says so (`ORG-07`): written down for the
//! organisation, and never changed. A correction is another line.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use hosting::OperatorAct;
use kernel::{Bucket, Error, Result, Tx};
use serde::{Deserialize, Serialize};
use texts::one_line;
use utoipa::ToSchema;

use crate::events::VerificationDisclosed;
use crate::model::DisclosureId;
use crate::tell::tell;

const KIND: &str = "verification.disclosure";
const LONGEST_RECIPIENT: usize = 200;
const LONGEST_GROUND: usize = 500;
/// The first to have a day are fourteen hours ahead of UTC.
const FIRST_MIDNIGHT: TimeDelta = TimeDelta::hours(14);

/// What was handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DisclosedKind {
    /// Legal name and registration number.
    Claim,
    /// What was uploaded to prove them.
    Documents,
    /// Whom to ask for in the organisation.
    Contact,
}

/// What the operator says of it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordDisclosure {
    /// To which authority, or to whom it named; at most 200 characters.
    pub recipient: String,
    /// On what legal ground, with the number of the order; at most 500 characters.
    pub ground: String,
    /// What was handed over; at least one.
    pub kinds: Vec<DisclosedKind>,
    /// When; not later than today where the day begins first on earth: it may be tomorrow already where the operator is.
    pub disclosed_on: NaiveDate,
    /// The record this one corrects.
    #[serde(default)]
    pub corrects: Option<DisclosureId>,
}

/// A record, as the organisation and the operator read it.
#[derive(Serialize, ToSchema)]
pub struct Disclosure {
    /// Which.
    pub id: DisclosureId,
    /// To whom.
    pub recipient: String,
    /// On what ground.
    pub ground: String,
    /// What.
    pub kinds: Vec<DisclosedKind>,
    /// When it was handed over.
    pub disclosed_on: NaiveDate,
    /// When that was written down.
    pub recorded_at: DateTime<Utc>,
    /// The record this one corrects, which stays as it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corrects: Option<DisclosureId>,
}

/// What of it is sealed.
#[derive(Serialize, Deserialize)]
struct Told {
    recipient: String,
    ground: String,
    kinds: Vec<DisclosedKind>,
}

/// Writes it down in the organisation of `tx`, where its administrators read it.
pub async fn record_disclosure(tx: &mut Tx, by: &OperatorAct, input: RecordDisclosure) -> Result<()> {
    let wrong = |field, why| Err(Error::Invalid { field, why });
    let RecordDisclosure { recipient, ground, mut kinds, disclosed_on, corrects } = input;
    let line = |field, text: &str, most| one_line(field, text, most)?.ok_or(Error::Invalid { field, why: "is_empty" });
    let recipient = line("recipient", &recipient, LONGEST_RECIPIENT)?;
    let ground = line("ground", &ground, LONGEST_GROUND)?;
    kinds.sort_unstable();
    kinds.dedup();
    if kinds.is_empty() {
        return wrong("kinds", "is_empty");
    }
    let now = tx.now();
    if disclosed_on > (now + FIRST_MIDNIGHT).date_naive() {
        return wrong("disclosed_on", "out_of_range");
    }
    if let Some(earlier) = corrects
        && !is_there(tx, earlier).await?
    {
        return wrong("corrects", "unknown");
    }
    let id = DisclosureId(tx.new_id());
    let told = Told { recipient, ground, kinds };
    let plain = serde_json::to_vec(&told).map_err(anyhow::Error::from)?;
    let sealed = tx.seal(Bucket::Organisation, KIND, id.0, &plain)?;
    sqlx::query(
        "insert into verification.disclosure (id, said, disclosed_on, recorded_at, corrects) values ($1, $2, $3, $4, $5)",
    )
    .bind(id)
    .bind(sealed)
    .bind(disclosed_on)
    .bind(now)
    .bind(corrects)
    .execute(tx.db())
    .await?;
    tell(tx, (KIND, id.0), "data_disclosed").await?;
    tx.emit(&VerificationDisclosed { disclosure: id, earlier: corrects, operator: by.operator(), kinds: told.kinds })
}

async fn is_there(tx: &mut Tx, id: DisclosureId) -> Result<bool> {
    const THERE: &str = "select exists (select from verification.disclosure where id = $1)";
    Ok(sqlx::query_scalar(THERE).bind(id).fetch_one(tx.db()).await?)
}

/// All records of the organisation of `tx`, the newest first.
pub async fn disclosures(tx: &mut Tx) -> Result<Vec<Disclosure>> {
    type Row = (DisclosureId, Vec<u8>, NaiveDate, DateTime<Utc>, Option<DisclosureId>);
    let rows: Vec<Row> = sqlx::query_as(
        "select id, said, disclosed_on, recorded_at, corrects from verification.disclosure order by recorded_at desc, id desc",
    )
    .fetch_all(tx.db())
    .await?;
    let opened = |(id, sealed, disclosed_on, recorded_at, corrects): Row| -> Result<Disclosure> {
        let plain = tx.open(Bucket::Organisation, KIND, id.0, &sealed)?;
        let Told { recipient, ground, kinds } = serde_json::from_slice(&plain).map_err(anyhow::Error::from)?;
        Ok(Disclosure { id, recipient, ground, kinds, disclosed_on, recorded_at, corrects })
    };
    rows.into_iter().map(opened).collect()
}
