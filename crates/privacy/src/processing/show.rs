//! See the data map: which personal data stands where, for what, on what ground, until when, and who gets it (C1).

use std::collections::BTreeMap;

use directory::{Permission, Permitted};
use kernel::data_map::DataMap;
use kernel::{Cx, Json, Result};
use serde::Serialize;
use utoipa::ToSchema;

use super::clause;
use super::flow::{self, Flow, FlowFunction, FlowPurpose, FlowRecipient};
use crate::words::Words;

/// The whole map. Texts come in three languages; ids stand for themselves.
#[derive(Serialize, ToSchema)]
pub struct ComposedMap {
    /// Every line, by function, purpose and place.
    pub flows: Vec<Flow>,
    /// The functions in them, by id.
    pub functions: BTreeMap<String, FlowFunction>,
    /// The purposes in them, by id.
    pub purposes: BTreeMap<String, FlowPurpose>,
    /// The recipients in them, by id.
    pub recipients: BTreeMap<String, FlowRecipient>,
    /// What the words of the closed lists in all of this mean: by list and word, such as `category.identity`. The lists are
    /// `category`, `subject`, `place`, `role`, `cn`, `eu` and `erasure`.
    pub names: BTreeMap<String, Words>,
}

/// Show the data map
#[utoipa::path(
    get, path = "/v1/data-map", tag = "privacy", operation_id = "showDataMap",
    responses((status = 200, body = ComposedMap)),
    extensions(("x-access" = json!("holder of audit.read")), ("x-errors" = json!(["forbidden"]))),
)]
pub async fn show_data_map(cx: Cx) -> Result<Json<ComposedMap>> {
    let mut tx = cx.begin().await?;
    Permitted::everywhere(&mut tx, Permission::AuditRead).await?;
    let chat_days = directory::chat_retention_days(&mut tx).await?;
    Ok(Json(ComposedMap::of(cx.app().data_map(), chat_days)?))
}

impl ComposedMap {
    /// By the settings in force: messages are kept for so many days.
    pub fn of(map: &DataMap, chat_days: i32) -> Result<Self> {
        let flows = flow::flows(map, chat_days);
        let names = names(map, &flows)?;
        let (mut functions, mut purposes, mut recipients) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for flow in &flows {
            if let Some(known) = map.function.get(&flow.function) {
                let clause = clause::section(&flow.function).map(str::to_owned);
                let function = FlowFunction { name: Words::from(&known.names), clause };
                functions.insert(flow.function.clone(), function);
            }
            if let Some(known) = map.purpose.get(&flow.purpose) {
                let purpose = FlowPurpose {
                    sentence: Words::from(&known.sentence),
                    function: known.function.clone(),
                    role: known.role,
                    cn: known.ground.cn,
                    eu: known.ground.eu,
                    needs_consent: known.needs_consent(),
                };
                purposes.insert(flow.purpose.clone(), purpose);
            }
            let outside = flow.recipient.as_ref().and_then(|id| Some((id, map.recipient.get(id)?)));
            if let Some((id, known)) = outside {
                let recipient = FlowRecipient {
                    name: Words::from(&known.name),
                    contact: Words::from(&known.contact),
                    region: Words::from(&known.region),
                    kinds: Words::from(&known.kinds),
                };
                recipients.insert(id.clone(), recipient);
            }
        }
        Ok(Self { flows, functions, purposes, recipients, names })
    }
}

/// Of each word that is in it, what it means.
fn names(map: &DataMap, flows: &[Flow]) -> Result<BTreeMap<String, Words>> {
    let mut names = BTreeMap::new();
    let mut add = |list: &str, word: String, words: kernel::data_map::Words| {
        names.insert(format!("{list}.{word}"), Words::from(words));
    };
    for flow in flows {
        add("place", code(flow.place_kind)?, flow.place_kind.words());
        add("subject", code(flow.subject)?, flow.subject.words());
        for category in &flow.categories {
            add("category", code(category)?, category.words());
        }
        if let Some(erasure) = flow.erasure {
            add("erasure", code(erasure)?, erasure.words());
        }
        if let Some(purpose) = map.purpose.get(&flow.purpose) {
            add("role", code(purpose.role)?, purpose.role.words());
            add("cn", code(purpose.ground.cn)?, purpose.ground.cn.words());
            add("eu", code(purpose.ground.eu)?, purpose.ground.eu.words());
        }
    }
    Ok(names)
}

/// A word of a closed list as answers say it.
fn code(word: impl Serialize) -> Result<String> {
    let said = serde_json::to_value(word).map_err(anyhow::Error::from)?;
    Ok(said.as_str().unwrap_or_default().to_owned())
}
