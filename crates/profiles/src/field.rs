//! A field as it is shown: what a card and a form are made of.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{Audience, BuiltIn, Choice, Definition, FieldId, Kind, Names, Rule};

/// A field.
#[derive(Serialize, ToSchema)]
pub struct Field {
    /// Which.
    pub id: FieldId,
    /// Which of the built-in ones; absent when the organisation made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub built_in: Option<BuiltIn>,
    /// What its values are.
    pub kind: Kind,
    /// What it is called; nothing for a built-in one.
    pub names: Names,
    /// Fields of the same group stand together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<Names>,
    /// What can be chosen.
    pub choices: Vec<Choice>,
    /// Characters a text may have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub longest: Option<u16>,
    /// The smallest number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub least: Option<f64>,
    /// The greatest number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most: Option<f64>,
    /// What is offered for a text, in its order.
    pub listed: Vec<String>,
    /// Whether a text has to be one of these.
    pub only_listed: bool,
    /// Order among the fields.
    pub position: i32,
    /// Whether it is collected.
    pub is_collected: bool,
    /// Who sees it.
    pub seen_by: Vec<Audience>,
    /// Who changes it.
    pub edited_by: Vec<Audience>,
    /// Whether most of a value is hidden until somebody asks, which is recorded.
    pub is_masked: bool,
    /// Rises with every change; goes into `If-Match`.
    pub revision: i64,
    /// What the caller may do to it.
    pub can: FieldCan,
}

/// What the caller may do to a field.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct FieldCan {
    /// Decide about it.
    pub edit: bool,
    /// Remove it with everything that stands in it.
    pub delete: bool,
}

impl Field {
    /// Out of what holds for it and what it may hold.
    pub fn of(id: FieldId, rule: Rule, definition: Definition, can: FieldCan) -> Self {
        Self {
            id,
            built_in: BuiltIn::of(id),
            kind: rule.kind,
            names: definition.names,
            group: definition.group,
            choices: definition.choices,
            longest: definition.longest,
            least: definition.least,
            most: definition.most,
            listed: definition.listed,
            only_listed: definition.only_listed,
            position: rule.position,
            is_collected: rule.is_collected,
            seen_by: rule.seen_by,
            edited_by: rule.edited_by,
            is_masked: rule.is_masked,
            revision: rule.revision,
            can,
        }
    }
}
