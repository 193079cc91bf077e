//! See how long everything is kept: out of the data map and the setting in force, never written by hand (`RET-01` to `RET-25`).

use axum::http::HeaderMap;
use directory::{Permission, Permitted};
use kernel::{Cx, Json, Result, Tx};
use privacy::RetentionRule;
use serde::Serialize;
use utoipa::ToSchema;

use crate::period;
use crate::shortening::Shortening;

/// How long everything is kept.
#[derive(Serialize, ToSchema)]
pub struct Retention {
    /// Every rule, what the organisation decides first.
    pub rules: Vec<RetentionRule>,
    /// What it decides.
    pub chat: ChatRetention,
    /// The organisation's revision: what `If-Match` of a change names.
    pub revision: i64,
}

/// How long messages and their files are kept.
#[derive(Serialize, ToSchema)]
pub struct ChatRetention {
    /// Days, now.
    pub days: i32,
    /// Days that are offered.
    pub choices: Vec<i32>,
    /// The fewest there may be.
    pub least_days: i32,
    /// The most there may be.
    pub most_days: i32,
    /// Fewer than this are confirmed by themselves.
    pub confirmed_below_days: i32,
    /// What was decided and is not in force yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shortening: Option<Shortening>,
}

/// Show how long everything is kept
#[utoipa::path(
    get, path = "/v1/retention", tag = "retention", operation_id = "showRetention",
    responses((status = 200, body = Retention)),
    extensions(("x-access" = json!("holder of content.retention")), ("x-errors" = json!(["forbidden"]))),
)]
pub async fn show_retention(cx: Cx) -> Result<(HeaderMap, Json<Retention>)> {
    let mut tx = cx.begin().await?;
    let by = Permitted::everywhere(&mut tx, Permission::ContentRetention).await?;
    let shown = retention(&mut tx, &by).await?;
    Ok((directory::edition_tag(shown.revision), Json(shown)))
}

async fn retention(tx: &mut Tx, _by: &Permitted) -> Result<Retention> {
    let organisation = directory::organisation(tx).await?;
    let days = organisation.chat_retention_days;
    let shortening = Shortening::load(tx).await?;
    let rule = period::rule(tx.app())?;
    let all = || rule.choices.iter().copied().chain(rule.own.into_iter().flatten());
    let chat = ChatRetention {
        days,
        choices: rule.choices.clone(),
        least_days: all().min().unwrap_or(days),
        most_days: all().max().unwrap_or(days),
        confirmed_below_days: period::USUAL,
        shortening,
    };
    Ok(Retention { rules: privacy::rules(tx.app().data_map(), days), chat, revision: organisation.revision })
}
