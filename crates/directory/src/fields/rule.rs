//! What the organisation decided about each field, as the database knows it (`DIR-03`, `DIR-10`).

use std::collections::HashMap;

use kernel::{Error, Result, Tx};
use profiles::{Audience, BuiltIn, FieldId, Kind, Rule};

#[derive(sqlx::FromRow)]
struct Row {
    id: FieldId,
    kind: Kind,
    position: i32,
    is_collected: bool,
    seen_by: Vec<String>,
    edited_by: Vec<String>,
    is_masked: bool,
    revision: i64,
}

impl From<Row> for Rule {
    fn from(row: Row) -> Self {
        Self {
            kind: row.kind,
            position: row.position,
            is_collected: row.is_collected,
            seen_by: Audience::parsed(&row.seen_by),
            edited_by: Audience::parsed(&row.edited_by),
            is_masked: row.is_masked,
            revision: row.revision,
        }
    }
}

/// The rules of all fields.
pub struct Rules(HashMap<FieldId, Rule>);

impl Rules {
    /// As they stand now: never out of memory, so that what was switched off is off at once.
    pub async fn load(tx: &mut Tx) -> Result<Self> {
        let mut rules: HashMap<FieldId, Rule> = BuiltIn::ALL.into_iter().map(|one| (one.id(), one.rule())).collect();
        let rows: Vec<Row> = sqlx::query_as(
            "select id, kind, position, is_collected, seen_by, edited_by, is_masked, revision from directory.field",
        )
        .fetch_all(tx.db())
        .await?;
        rules.extend(rows.into_iter().map(|row| (row.id, row.into())));
        Ok(Self(rules))
    }

    /// Of one field; nothing when there is no such field.
    pub fn get(&self, id: FieldId) -> Option<&Rule> {
        self.0.get(&id)
    }

    /// Whether anything is taken in, shown or found by it.
    pub fn is_collected(&self, id: FieldId) -> bool {
        self.get(id).is_some_and(|rule| rule.is_collected)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = (FieldId, &Rule)> {
        self.0.iter().map(|(id, rule)| (*id, rule))
    }

    /// The fields that are collected, in their order.
    pub fn in_order(&self) -> Vec<(FieldId, &Rule)> {
        let mut all: Vec<_> = self.iter().filter(|(_, rule)| rule.is_collected).collect();
        all.sort_by_key(|(id, rule)| (rule.position, *id));
        all
    }

    /// Whether any field that is collected is shown to these.
    pub fn name(&self, audience: Audience) -> bool {
        self.0.values().any(|rule| rule.is_collected && rule.seen_by.contains(&audience))
    }

    /// `Conflict` when something is written into a field that is not collected; `Forbidden` when it is not for `editor`.
    pub fn check_write(&self, id: FieldId, editors: &[Audience]) -> Result<()> {
        let rule = self.get(id).ok_or(Error::Invalid { field: "values", why: "unknown" })?;
        if !rule.is_collected {
            return Err(Error::Conflict("directory.field_not_collected"));
        }
        let may = rule.edited_by.iter().any(|editor| editors.contains(editor));
        if may { Ok(()) } else { Err(Error::Forbidden) }
    }
}
