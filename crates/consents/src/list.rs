//! See what one is asked for, in the words of the data map, and what one answered (`CON-02`, `CON-14`, C17).

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use kernel::data_map::{Asked, Category, DataMap, Role};
use kernel::{Bucket, Cx, Json, Result, Tx};
use privacy::{Until, Words};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::give::Way;
use crate::policy::Decider;

/// Every purpose that rests on consent.
#[derive(Serialize, ToSchema)]
pub struct MyConsents {
    /// In the order of their ids.
    pub items: Vec<MyConsent>,
}

/// What is asked, and what one answered. Texts come in three languages.
#[derive(Serialize, ToSchema)]
pub struct MyConsent {
    /// Its id in the data map.
    pub purpose: String,
    /// What the function is called that needs it, and nothing else does.
    pub name: Words,
    /// What for.
    pub sentence: Words,
    /// Whether the organisation decides about it (`processor`), or whoever runs the installation (`controller`).
    pub role: Role,
    /// How it is done.
    pub method: Words,
    /// Which kinds of data.
    pub kinds: Vec<ConsentKind>,
    /// Who outside gets something of it.
    pub recipients: Vec<Words>,
    /// Until when what comes of it is kept.
    pub until: Until,
    /// What ends with a withdrawal, and what stays.
    pub withdrawal: Words,
    /// How one does without.
    pub otherwise: Words,
    /// The version of these words.
    pub text_version: String,
    /// What one answered.
    pub state: ConsentState,
    /// Since when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<DateTime<Utc>>,
    /// What one answered before and now, the newest first: twenty at most.
    pub history: Vec<GivenConsent>,
}

/// A kind of data.
#[derive(Serialize, ToSchema)]
pub struct ConsentKind {
    /// Of the closed list.
    pub category: Category,
    /// What it is called.
    pub name: Words,
    /// Whether the law calls it sensitive.
    pub is_sensitive: bool,
}

/// What one answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConsentState {
    /// Nothing yet.
    Never,
    /// It holds.
    Given,
    /// One agreed to other words than those in force: one is asked again.
    Outgrown,
    /// One took it back.
    Withdrawn,
}

/// A consent.
#[derive(Serialize, ToSchema)]
pub struct GivenConsent {
    /// The version of the words.
    pub text_version: String,
    /// Where one was asked.
    pub way: Way,
    /// When.
    pub given_at: DateTime<Utc>,
    /// From what; not known of the oldest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device: Option<String>,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<DateTime<Utc>>,
    /// How.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended_as: Option<ConsentEnd>,
    /// From what.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended_device: Option<String>,
}

/// How a consent ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum ConsentEnd {
    /// One took it back.
    Withdrawn,
    /// One agreed to newer words.
    Outgrown,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    purpose: String,
    text_version: String,
    way: Way,
    given_at: DateTime<Utc>,
    device: Option<Vec<u8>>,
    ended_at: Option<DateTime<Utc>>,
    ended_as: Option<ConsentEnd>,
    ended_device: Option<Vec<u8>>,
}

/// List what one is asked to agree to, and what one answered
#[utoipa::path(
    get, path = "/v1/me/consents", tag = "consents", operation_id = "listMyConsents",
    responses((status = 200, body = MyConsents)),
    extensions(("x-access" = json!("member of the organisation, of themselves")), ("x-errors" = json!(["forbidden"]))),
)]
pub async fn list_my_consents(cx: Cx) -> Result<Json<MyConsents>> {
    let mut tx = cx.begin().await?;
    let decider = Decider::load(&mut tx).await?;
    let mut given = history(&mut tx, &decider).await?;
    let chat_days = directory::chat_retention_days(&mut tx).await?;
    let map = cx.app().data_map();
    let asked = map.purpose.iter().filter_map(|(id, purpose)| Some((id, purpose.consent.as_ref()?)));
    let items = asked.filter_map(|(id, asked)| one(map, id, asked, given.remove(id).unwrap_or_default(), chat_days));
    Ok(Json(MyConsents { items: items.collect() }))
}

/// The composition of the map has proven that function and table are there.
fn one(map: &DataMap, id: &str, asked: &Asked, history: Vec<GivenConsent>, chat_days: i32) -> Option<MyConsent> {
    let purpose = map.purpose.get(id)?;
    let kind = |category: &Category| ConsentKind {
        category: *category,
        name: Words::from(category.words()),
        is_sensitive: category.is_sensitive(),
    };
    let recipients = map.recipient.values().filter(|recipient| recipient.purpose == id);
    let (state, since) = state(asked, history.first());
    Some(MyConsent {
        purpose: id.to_owned(),
        name: Words::from(&map.function.get(&purpose.function)?.names),
        sentence: Words::from(&purpose.sentence),
        role: purpose.role,
        method: Words::from(&asked.method),
        kinds: asked.kinds.iter().map(kind).collect(),
        recipients: recipients.map(|recipient| Words::from(&recipient.name)).collect(),
        until: Until::of(&map.table.get(&asked.kept_in)?.rule, chat_days),
        withdrawal: Words::from(&asked.withdrawal),
        otherwise: Words::from(&asked.otherwise),
        text_version: asked.version.clone(),
        state,
        since,
        history,
    })
}

fn state(asked: &Asked, newest: Option<&GivenConsent>) -> (ConsentState, Option<DateTime<Utc>>) {
    match newest {
        None => (ConsentState::Never, None),
        Some(GivenConsent { ended_at: Some(at), .. }) => (ConsentState::Withdrawn, Some(*at)),
        Some(held) if held.text_version == asked.version => (ConsentState::Given, Some(held.given_at)),
        Some(held) => (ConsentState::Outgrown, Some(held.given_at)),
    }
}

/// By purpose, the newest first: what holds, then what ended last.
async fn history(tx: &mut Tx, decider: &Decider) -> Result<BTreeMap<String, Vec<GivenConsent>>> {
    let (org, member) = (tx.org(), decider.id());
    let rows: Vec<Row> = sqlx::query_as(
        "select id, purpose, text_version, way, given_at, device, ended_at, ended_as, ended_device
         from (select c.*, row_number() over (partition by purpose order by ended_at desc nulls first, given_at desc) as place
               from consents.consent c where org_id = $1 and member_id = $2) newest
         where place <= 20 order by purpose, place",
    )
    .bind(org)
    .bind(member)
    .fetch_all(tx.db())
    .await?;
    let mut found: BTreeMap<String, Vec<GivenConsent>> = BTreeMap::new();
    for row in rows {
        let open = |kind: &str, sealed: Option<Vec<u8>>| -> Result<Option<String>> {
            let Some(sealed) = sealed else { return Ok(None) };
            let plain = tx.open(Bucket::Member(member.0), kind, row.id, &sealed)?;
            Ok(Some(String::from_utf8(plain).map_err(anyhow::Error::from)?))
        };
        let given = GivenConsent {
            device: open("consents.device", row.device)?,
            ended_device: open("consents.ended_device", row.ended_device)?,
            text_version: row.text_version,
            way: row.way,
            given_at: row.given_at,
            ended_at: row.ended_at,
            ended_as: row.ended_as,
        };
        found.entry(row.purpose).or_default().push(given);
    }
    Ok(found)
}
