//! People who do not exist: an organisation that nobody is in, sees or counts, in which one of them says something now and then. What
//! they are called and say has a word in it that only the key ring knows; where it stands in clear, something leaked.

use chat::{ConversationId, NewConversation, NewGroup, Sending, Text};
use chrono::{DateTime, TimeDelta, Utc};
use directory::{Contact, NewMember, NewOrganisation, Profile, Role, State};
use kernel::{AccountId, Actor, App, MemberId, OrgId, Result, SystemTx, Tx};

/// What was said is not kept for ever: then it is said again.
const AGAIN: TimeDelta = TimeDelta::days(30);

/// Where they are, and by what they are known.
pub struct Canary {
    pub org: OrgId,
    /// Lower-case letters and digits, the same for the life of the key ring.
    pub word: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    org_id: OrgId,
    member_id: MemberId,
    conversation_id: ConversationId,
    said_at: DateTime<Utc>,
}

/// Finds them, and makes them where there are none.
pub async fn stand(app: &App) -> Result<Canary> {
    let word = hexadecimal(&app.vault().lookup("reality.canary", None, "word"));
    let mut tx = SystemTx::begin(app).await?;
    let row: Option<Row> = sqlx::query_as("select org_id, member_id, conversation_id, said_at from reality.canary")
        .fetch_optional(tx.db())
        .await?;
    tx.commit().await?;
    let row = match row {
        Some(row) if app.now() - row.said_at < AGAIN => return Ok(Canary { org: row.org_id, word }),
        Some(row) => row,
        None => settle(app, &word).await?,
    };
    let text = Text {
        v: 1,
        text: format!("canary {word}"),
        mentions: Vec::new(),
        mentions_all: true,
        reply_to: None,
        forwarded: None,
        files: Vec::new(),
    };
    let sending =
        Sending { conversation: row.conversation_id, client_id: app.new_id(), body: text, file_ids: Vec::new() };
    chat::send(app, row.org_id, row.member_id, sending).await?;
    let mut tx = SystemTx::begin(app).await?;
    let now = tx.now();
    sqlx::query("update reality.canary set said_at = $1").bind(now).execute(tx.db()).await?;
    tx.commit().await?;
    Ok(Canary { org: row.org_id, word })
}

/// An organisation, two people and a conversation between them, in one transaction. Nobody can sign in as one of them: they have no
/// account, and neither phone nor address to find one by; a user id counts in an organisation that is found.
async fn settle(app: &App, word: &str) -> Result<Row> {
    let mut outside = SystemTx::begin(app).await?;
    let contact =
        Contact { name: format!("Canary {word}"), phone: None, email: Some(format!("{word}@canary.invalid")) };
    let new = NewOrganisation {
        name_zh: None,
        name_en: Some(format!("Canary {word}")),
        slug: Some(format!("c-{}", outside.new_id().simple())),
        region: "CN".into(),
        industry: "other".into(),
        time_zone: "Asia/Shanghai".into(),
        chat_retention_days: 90,
        contact,
    };
    let org = directory::found(&mut outside, new).await?;
    directory::hide(&mut outside, org).await?;
    let mut tx = outside.enter(org, Actor::System).await?;
    let (one, other) = (person(&mut tx, ("one", word)).await?, person(&mut tx, ("other", word)).await?);
    let mut tx = tx.leave().await?.enter(org, Actor::Member(one)).await?;
    let group = NewGroup { name: Some(format!("Canary {word}")), member_ids: vec![other], ..NewGroup::default() };
    let (conversation, _) = chat::create(&mut tx, NewConversation::Group(group)).await?;
    // They have said nothing yet.
    let long_ago = tx.now() - AGAIN;
    sqlx::query("insert into reality.canary (org_id, member_id, conversation_id, said_at) values ($1, $2, $3, $4)")
        .bind(org)
        .bind(one)
        .bind(conversation)
        .bind(long_ago)
        .execute(tx.db())
        .await?;
    tx.commit().await?;
    Ok(Row { org_id: org, member_id: one, conversation_id: conversation, said_at: long_ago })
}

async fn person(tx: &mut Tx, (name, word): (&str, &str)) -> Result<MemberId> {
    let profile =
        Profile { name: format!("Canary {name} {word}"), user_id: Some(format!("canary{name}")), ..Profile::default() };
    let account = AccountId(tx.new_id());
    let new = NewMember { account, profile, role: Role::Member, state: State::Active, department_ids: Vec::new() };
    directory::add_member(tx, new).await
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().take(10).map(|byte| format!("{byte:02x}")).collect()
}
