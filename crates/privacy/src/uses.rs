//! What others did with one's data in the organisation, as far as the audit log says it: who changed what, who gave or took rights (C5). Who
//! looked at what is masked the directory tells, with the field.

use chrono::{DateTime, Utc};
use kernel::audit::{self, Found};
use kernel::{Actor, Cx, Json, Limit, MemberId, Page, Query, Result, Tx};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

/// Lines of the log that one question looks at, whoever did what is in them.
const LOOKED_AT: usize = 1000;

/// Where the page begins.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WantedUses {
    /// The `next` of the page before; the newest when absent.
    pub before: Option<i64>,
    /// How many at most.
    #[serde(default)]
    #[param(inline)]
    pub limit: Limit,
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum UseKind {
    /// Let into the organisation.
    Added,
    /// Name, departments, position or other data was changed.
    Changed,
    /// Let in no more, for now.
    Suspended,
    /// Let in again.
    Resumed,
    /// Let in no more, for a period after which they leave.
    Disabled,
    /// A role was given.
    RoleGiven,
    /// A role was taken away.
    RoleTaken,
    /// A new password was made.
    PasswordMade,
}

/// Who did it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum UseBy {
    /// Somebody of the organisation.
    Member,
    /// A program with a service token.
    Program,
    /// Whoever runs the server.
    Operator,
    /// The program itself, by a rule.
    System,
}

/// That somebody did something with one's data.
#[derive(Debug, Serialize, ToSchema)]
pub struct DataUse {
    /// Its number in the log; pages go by it.
    pub line: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub kind: UseKind,
    /// Who.
    pub by: UseBy,
    /// Which of the people; none of whoever the reader does not see in the directory, or who is erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<MemberId>,
}

/// List what others did with my data, the newest first
///
/// As long as the audit log is kept. What is only asked for, and what was refused, is not in it. A page may hold fewer than
/// was asked for, or none, and still have a next one.
#[utoipa::path(
    get, path = "/v1/me/data-uses", tag = "privacy", operation_id = "listMyDataUses",
    params(WantedUses),
    responses((status = 200, description = "A page of uses", body = Page<DataUse>)),
    extensions(("x-access" = json!("member of the organisation, about themselves"))),
)]
pub async fn list_my_data_uses(cx: Cx, Query(wanted): Query<WantedUses>) -> Result<Json<Page<DataUse>>> {
    let mut tx = cx.begin().await?;
    let mut page = uses(&mut tx, cx.member, &wanted).await?;
    let named = page.items.iter().filter_map(|one| one.member).collect();
    let seen = directory::seen_members(&mut tx, named).await?;
    for one in &mut page.items {
        one.member = one.member.filter(|member| seen.contains(member));
    }
    Ok(Json(page))
}

async fn uses(tx: &mut Tx, me: MemberId, wanted: &WantedUses) -> Result<Page<DataUse>> {
    let asked = audit::Wanted { target: Some(me.0), before: wanted.before, ..audit::Wanted::default() };
    let found = audit::page(tx, &asked, LOOKED_AT).await?;
    let last = found.last().filter(|_| found.len() == LOOKED_AT).map(|found| found.line.to_string());
    let mut items = Vec::new();
    for one in found {
        items.extend(DataUse::of(&one, me)?);
    }
    let mut page = Page::of(items, wanted.limit.get(), |one| one.line.to_string());
    page.next = page.next.or(last);
    Ok(page)
}

impl DataUse {
    /// Of a line about `me`; none of what is no use of their data, was refused, or they did themselves.
    fn of(found: &Found, me: MemberId) -> Result<Option<Self>> {
        let stored = &found.stored;
        let Some(kind) = UseKind::of(&stored.name).filter(|_| stored.code.is_none()) else { return Ok(None) };
        let actor = json!({ "kind": stored.actor_kind, "id": stored.actor });
        let actor: Actor = serde_json::from_value(actor).map_err(anyhow::Error::from)?;
        let (by, member) = match actor {
            Actor::Member(member) if member == me => return Ok(None),
            Actor::Member(member) => (UseBy::Member, Some(member)),
            Actor::Operator => (UseBy::Operator, None),
            Actor::System | Actor::Visitor => (UseBy::System, None),
            Actor::Guest(_) | Actor::Application(_) | Actor::Bot(_) | Actor::Device(_) => (UseBy::Program, None),
        };
        Ok(Some(Self { line: found.line, at: stored.at, kind, by, member }))
    }
}

impl UseKind {
    /// Of an event that is about somebody. What is about to be decided is not told before it is.
    fn of(event: &str) -> Option<Self> {
        Some(match event {
            "directory.member_added" => Self::Added,
            "directory.member_changed" | "directory.member_details_changed" | "directory.member_placed" => {
                Self::Changed
            }
            "directory.member_suspended" => Self::Suspended,
            "directory.member_resumed" => Self::Resumed,
            "directory.member_disabled" => Self::Disabled,
            "directory.role_given" => Self::RoleGiven,
            "directory.role_taken" => Self::RoleTaken,
            "identity.initial_password_set" => Self::PasswordMade,
            _ => return None,
        })
    }
}
