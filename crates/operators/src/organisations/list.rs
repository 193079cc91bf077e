//! See which organisations there are, and how large: numbers, never what is in them.

use chrono::{DateTime, Utc};
use hosting::{Decision, HeldLimits, Limits};
use kernel::{Json, Limit, OrgId, Page, Query, Result, SystemTx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use verification::VerificationState;

use crate::acting::Acting;

/// Which page.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WantedOrganisations {
    /// The last one of the page before.
    pub after: Option<OrgId>,
    /// How many at most.
    #[serde(default)]
    #[param(inline)]
    pub limit: Limit,
}

/// An organisation from outside.
#[derive(Serialize, ToSchema)]
pub struct HostedOrganisation {
    /// Which.
    pub id: OrgId,
    /// Its short name in addresses.
    pub slug: String,
    /// What it is called.
    pub name: String,
    /// The Chinese name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_zh: Option<String>,
    /// The English name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_en: Option<String>,
    /// People who are not erased.
    pub people: i64,
    /// How many it may have; absent: as many as it wants.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most_people: Option<i32>,
    /// Bytes of its files.
    pub used_bytes: i64,
    /// How many it may have; absent: as many as there is room for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most_bytes: Option<i64>,
    /// Rises when other limits are set: what `If-Match` of a change of them names.
    pub revision: i64,
    /// Since when nobody comes in; absent: it is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suspended_at: Option<DateTime<Utc>>,
    /// Why, in the operator's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suspension_reason: Option<String>,
    /// When it is gone for good, if its owners are dissolving it; until then they may bring it back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dissolves_at: Option<DateTime<Utc>>,
    /// Whether it is what it says.
    pub verification: VerificationState,
}

/// List the organisations of the installation
#[utoipa::path(
    get, path = "/v1/operator/organisations", tag = "operators", operation_id = "listOrganisations",
    params(WantedOrganisations),
    responses((status = 200, description = "The oldest first", body = Page<HostedOrganisation>)),
    extensions(("x-access" = json!("operator")), ("x-errors" = json!(["operators.change_password"]))),
)]
pub async fn list_organisations(
    acting: Acting,
    Query(wanted): Query<WantedOrganisations>,
) -> Result<Json<Page<HostedOrganisation>>> {
    let mut tx = SystemTx::begin(acting.app()).await?;
    let limit = wanted.limit.get();
    let mut later = directory::organisations(&mut tx).await?;
    // Ids rise with time. The one that was shown last may be gone meanwhile: the page begins behind where it stood.
    later.retain(|org| wanted.after.is_none_or(|after| *org > after));
    later.sort_unstable();
    later.truncate(limit + 1);
    let page = Page::of(later, limit, OrgId::to_string);
    let mut items = Vec::with_capacity(page.items.len());
    for org in page.items {
        let item;
        (tx, item) = look(&acting, tx, org).await?;
        items.push(item);
    }
    Ok(Json(Page { items, next: page.next }))
}

async fn look(acting: &Acting, tx: SystemTx, org: OrgId) -> Result<(SystemTx, HostedOrganisation)> {
    let (mut tx, _) = acting.enter_from(tx, org).await?;
    let organisation = directory::organisation(&mut tx).await?;
    let Decision { suspended, held } = hosting::decision(&mut tx).await?;
    let HeldLimits { limits: Limits { most_people, most_bytes }, revision } = held;
    let (suspended_at, suspension_reason) = suspended.unzip();
    let item = HostedOrganisation {
        id: org,
        slug: organisation.slug,
        name: organisation.name,
        name_zh: organisation.name_zh,
        name_en: organisation.name_en,
        people: directory::people_count(&mut tx).await?,
        most_people,
        used_bytes: files::used_bytes(&mut tx).await?,
        most_bytes,
        revision,
        suspended_at,
        suspension_reason,
        dissolves_at: hosting::dissolves_at(&mut tx).await?,
        verification: verification::state(&mut tx).await?,
    };
    Ok((tx.leave().await?, item))
}
