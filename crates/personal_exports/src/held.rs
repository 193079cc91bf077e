//! See what is kept of oneself: which kinds, how much of each, what for, on what ground, and until when (C1, C17).

use std::collections::{BTreeMap, BTreeSet};

use kernel::data_map::DataMap;
use kernel::{Cx, Json, Result};
use privacy::{Until, Words};
use serde::Serialize;
use utoipa::ToSchema;

use crate::content::{About, Certainty, Count, Owner, Place, Plan, place_words};
use texts::Language;

/// What is kept of the caller.
#[derive(Serialize, ToSchema)]
pub struct OwnData {
    /// By the parts of the program.
    pub kinds: Vec<OwnKind>,
}

/// What one part of the program keeps of the caller.
#[derive(Serialize, ToSchema)]
pub struct OwnKind {
    /// The part: an id of the data map.
    pub function: String,
    /// What it is called.
    pub name: Words,
    /// What it needs that for, and why it may.
    pub purposes: Vec<OwnPurpose>,
    /// The places where it stands.
    pub places: Vec<OwnPlace>,
}

/// What something is kept for.
#[derive(Serialize, ToSchema)]
pub struct OwnPurpose {
    /// In plain words.
    pub sentence: Words,
    /// Its ground by the law of China.
    pub cn: Words,
    /// Its ground by the law of the European Union.
    pub eu: Words,
}

/// A place of the data map, which a copy of one's own data has too.
#[derive(Serialize, ToSchema)]
pub struct OwnPlace {
    /// Its id in the data map.
    pub id: String,
    /// What it is called.
    pub name: Words,
    /// How many records there are.
    pub records: i64,
    /// How sure that number is.
    pub certainty: Certainty,
    /// Of them, those whose time is over within 14 days: counted of what the organisation keeps as long as messages (`RET-09`), 0 elsewhere.
    pub soon: i64,
    /// Until when they are kept.
    pub until: Until,
    /// The rule that says so, such as `RET-09`.
    pub rule: String,
}

/// Show what is kept of oneself
///
/// Counted when it is asked for, in every place that a copy of one's own data is made of. Of a place with very many records of
/// everybody the number is reckoned.
#[utoipa::path(
    get, path = "/v1/me/data", tag = "personal_exports", operation_id = "showMyData",
    responses((status = 200, body = OwnData)),
    extensions(("x-access" = json!("member; of oneself only")), ("x-rate" = json!("heavy"))),
)]
pub async fn show_my_data(cx: Cx) -> Result<Json<OwnData>> {
    let mut tx = cx.begin().await?;
    let about = About::load(&tx, cx.member, cx.account)?;
    // Nothing that is counted has a language.
    let owner = Owner::load(&mut tx, about, Language::English).await?;
    let map = cx.app().data_map();
    let mut kinds: BTreeMap<&str, (BTreeSet<&str>, Vec<OwnPlace>)> = BTreeMap::new();
    for place in Plan::of(map).places() {
        let Some(function) = function(map, place) else { continue };
        let count = Count::of(&mut tx, place, &owner).await?;
        let (purposes, places) = kinds.entry(function).or_default();
        purposes.extend(purposes_of(map, place));
        places.push(shown(place, &count, owner.chat_days));
    }
    let kinds = kinds.into_iter().filter_map(|(function, (purposes, places))| {
        let name = Words::from(&map.function.get(function)?.names);
        let purposes = purposes.into_iter().filter_map(|id| purpose(map, id)).collect();
        Some(OwnKind { function: function.to_owned(), name, purposes, places })
    });
    Ok(Json(OwnData { kinds: kinds.collect() }))
}

/// The part of the program a place belongs to.
fn function<'a>(map: &'a DataMap, place: &Place<'a>) -> Option<&'a str> {
    let first = || Some(map.purpose.get(*purposes_of(map, place).first()?)?.function.as_str());
    place.table.function.as_deref().or_else(first)
}

/// The ids of what a place is for, as the map has them.
fn purposes_of<'a>(map: &'a DataMap, place: &Place<'a>) -> Vec<&'a str> {
    let known = place.purposes().into_iter().filter_map(|id| map.purpose.get_key_value(id));
    known.map(|(id, _)| id.as_str()).collect()
}

fn purpose(map: &DataMap, id: &str) -> Option<OwnPurpose> {
    let known = map.purpose.get(id)?;
    let (cn, eu) = (known.ground.cn.words(), known.ground.eu.words());
    Some(OwnPurpose { sentence: Words::from(&known.sentence), cn: Words::from(cn), eu: Words::from(eu) })
}

fn shown(place: &Place<'_>, count: &Count, chat_days: i32) -> OwnPlace {
    let as_it_is = || Words { en: place.id.to_owned(), zh_cn: place.id.to_owned(), zh_tw: place.id.to_owned() };
    OwnPlace {
        id: place.id.to_owned(),
        name: place_words(place.id).map_or_else(as_it_is, Words::from),
        records: count.records,
        certainty: count.certainty,
        soon: count.soon,
        until: Until::of(&place.table.rule, chat_days),
        rule: place.table.rule.clone(),
    }
}
