//! See what waits for a second administrator or for its day, and what became of it. Everybody sees what will be done
//! without a second (foundation §7).

use access::Permission;
use kernel::{Cx, Json, Limit, MemberId, Page, Query, Result, Tx};
use serde::Deserialize;

use super::model::{ActState, Needs, Row, SensitiveAct, SensitiveActId, apart, seconds};
use crate::policy::Acting;

/// Which acts.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// Only those in this state.
    pub state: Option<ActState>,
    /// The `next` of the page before.
    pub before: Option<SensitiveActId>,
    /// How many at most.
    #[serde(default)]
    #[param(inline)]
    pub limit: Limit,
}

/// List sensitive acts, the newest first
#[utoipa::path(
    get, path = "/v1/sensitive-acts", tag = "directory", operation_id = "listSensitiveActs", params(Wanted),
    responses((status = 200, body = Page<SensitiveAct>)),
    extensions(("x-access" = json!("member of the organisation, what waits for its day; holder of acts.decide, all"))),
)]
pub async fn list_sensitive_acts(cx: Cx, Query(wanted): Query<Wanted>) -> Result<Json<Page<SensitiveAct>>> {
    let mut tx = cx.begin().await?;
    let acting = Acting::load(&mut tx).await?;
    let limit = wanted.limit.get();
    let rows = rows(&mut tx, &acting, &wanted, limit + 1).await?;
    let Page { items: rows, next } = Page::of(rows, limit, |row| row.id.to_string());
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        let apart = apart(row.asked_by, &row.kind, row.about);
        let seconds: Vec<MemberId> = match (row.state, row.needs) {
            (ActState::Open, Needs::Second) => seconds(&mut tx, apart, row.asked_at).await?,
            _ => Vec::new(),
        };
        items.push(row.shown(&tx, &acting, &seconds)?);
    }
    Ok(Json(Page { items, next }))
}

async fn rows(tx: &mut Tx, acting: &Acting, wanted: &Wanted, limit: usize) -> Result<Vec<Row>> {
    let sees_all = acting.holdings.everywhere().has(Permission::ActsDecide);
    Ok(sqlx::query_as(
        "select id, kind, about, params, needs, state, asked_by, asked_at, due_at, decided_by, decided_at, code,
                (select r.reason from directory.act_reason r where r.act_id = sensitive_act.id) as reason
         from directory.sensitive_act
         where ($1 or asked_by = $2 or (needs = 'time' and state in ('open', 'approved')))
             and ($3::text is null or state = $3) and ($4::uuid is null or id < $4)
         order by id desc limit $5",
    )
    .bind(sees_all)
    .bind(acting.id)
    .bind(wanted.state)
    .bind(wanted.before)
    .bind(i64::try_from(limit).unwrap_or(i64::MAX))
    .fetch_all(tx.db())
    .await?)
}
