//! See where what is kept stands, and how long it stays: read from the configuration, the settings and the data map, so
//! that what is told is what is done (`ADM-08`).

use std::collections::{BTreeMap, BTreeSet};

use kernel::data_map::{Column, DataMap};
use kernel::{Cx, Json, Result};
use serde::Serialize;
use utoipa::ToSchema;

use super::until::Until;
use crate::words::Words;

/// Where and how long.
#[derive(Serialize, ToSchema)]
pub struct Storage {
    /// The address of the organisation's server, as people type it.
    pub address: String,
    /// Days that messages and their files are kept; after that they are gone (`RET-09`).
    pub chat_retention_days: i32,
    /// Days that lines of the audit log are kept (`RET-01`).
    pub audit_days: i64,
    /// Everything that is kept on the server about people, by function and purpose.
    pub items: Vec<KeptFor>,
}

/// What is kept for one purpose.
#[derive(Serialize, ToSchema)]
pub struct KeptFor {
    /// What it is for: an id of the data map.
    pub purpose_code: String,
    /// The same in words.
    pub purpose: Words,
    /// The function it belongs to, in words.
    pub function: Words,
    /// When parts of it go, each way once; the soonest first where that is known.
    pub until: Vec<Until>,
}

/// Show where and how long things are kept
#[utoipa::path(
    get, path = "/v1/storage", tag = "privacy", operation_id = "showStorage",
    responses((status = 200, body = Storage)),
    extensions(("x-access" = json!("member of the organisation"))),
)]
pub async fn show_storage(cx: Cx) -> Result<Json<Storage>> {
    let mut tx = cx.begin().await?;
    let chat_retention_days = directory::chat_retention_days(&mut tx).await?;
    let map = cx.app().data_map();
    Ok(Json(Storage {
        address: cx.app().settings().public_url.clone(),
        chat_retention_days,
        audit_days: kernel::audit::KEPT.num_days(),
        items: kept(map, chat_retention_days),
    }))
}

/// What the map declares of people, in rows and files; what is about nobody serves no purpose and is left out.
fn kept(map: &DataMap, chat_days: i32) -> Vec<KeptFor> {
    let mut found: BTreeMap<(&str, &str), BTreeSet<Until>> = BTreeMap::new();
    let columns = map.table.values().flat_map(|table| {
        let purposes = table.columns.values().filter_map(|column| match column {
            Column::Personal(personal) => Some(personal.purpose.as_str()),
            Column::About(_) => None,
        });
        purposes.map(move |purpose| (purpose, table.rule.as_str()))
    });
    let stored = map.blob.values().chain(map.index.values()).chain(map.export.values());
    let stored = stored.filter_map(|stored| Some((stored.purpose.as_deref()?, stored.rule.as_str())));
    for (purpose, rule) in columns.chain(stored) {
        let function = map.purpose.get(purpose).map_or("", |known| known.function.as_str());
        found.entry((function, purpose)).or_default().insert(Until::of(rule, chat_days));
    }
    let item = |((function, purpose), until): ((&str, &str), BTreeSet<Until>)| {
        let purpose_words = &map.purpose.get(purpose)?.sentence;
        let function_words = &map.function.get(function)?.names;
        Some(KeptFor {
            purpose_code: purpose.to_owned(),
            purpose: Words::from(purpose_words),
            function: Words::from(function_words),
            until: until.into_iter().collect(),
        })
    };
    found.into_iter().filter_map(item).collect()
}
