//! The nouns: a group of people, and what makes it.

use directory::{DepartmentId, FieldId, PeopleGroupId};
use kernel::MemberId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// A group of people.
#[derive(Serialize, ToSchema)]
pub struct PeopleGroup {
    /// Which.
    pub id: PeopleGroupId,
    /// What it is called.
    pub name: String,
    /// What it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// How many people of those whom the caller sees are in it; in lists only for whoever manages groups.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member_count: Option<i64>,
    /// For whoever manages groups.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub managed: Option<ManagedPeopleGroup>,
    /// Rises with every change; goes into `If-Match`.
    pub revision: i64,
    /// What the caller may do to it.
    pub can: PeopleGroupCan,
}

/// What whoever manages groups sees besides.
#[derive(Serialize, ToSchema)]
pub struct ManagedPeopleGroup {
    /// Whether it is put together by hand or by a rule.
    pub kind: MadeByKind,
    /// What makes it; not in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub made_by: Option<MadeBy>,
    /// Whether colleagues are to find it and see who is in it.
    pub is_shown: bool,
    /// Whether they do not all the same, since its rule names a field that not everybody sees.
    pub is_withheld: bool,
    /// What is wrong with it. As long as one of these is about a field, nobody is in it.
    pub problems: Vec<PeopleGroupProblem>,
}

/// What the caller may do to a group.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct PeopleGroupCan {
    /// Change or delete it.
    pub edit: bool,
}

/// How a group is put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = PeopleGroupKind)]
pub enum MadeByKind {
    /// By hand.
    Hand,
    /// By a rule.
    Rule,
}

/// What makes a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[schema(as = PeopleGroupMadeBy)]
pub enum MadeBy {
    /// Somebody named people and departments.
    Hand(Listed),
    /// A rule about departments and fields.
    Rule(Rule),
}

/// People and departments that somebody named.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PeopleGroupListed)]
pub struct Listed {
    /// These people.
    #[serde(default)]
    #[schema(required = true)]
    pub member_ids: Vec<MemberId>,
    /// And whoever is in these departments or below them.
    #[serde(default)]
    pub department_ids: Vec<DepartmentId>,
}

/// A rule: in one of the departments, if any are named, and fulfilling the conditions, if there are any.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PeopleGroupRule)]
pub struct Rule {
    /// In one of these; anywhere when there are none.
    #[serde(default)]
    pub department_ids: Vec<DepartmentId>,
    /// Or in one below them.
    #[serde(default)]
    pub includes_below: bool,
    /// How many of the conditions somebody has to fulfil.
    #[serde(default)]
    pub needs: Needs,
    /// About fields.
    #[serde(default)]
    pub conditions: Vec<Condition>,
}

/// How many of the conditions somebody has to fulfil.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = PeopleGroupNeeds)]
pub enum Needs {
    /// All of them.
    #[default]
    All,
    /// One of them.
    Any,
}

/// What is to stand in a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PeopleGroupCondition)]
pub struct Condition {
    /// In which.
    pub field_id: FieldId,
    /// How it is compared.
    pub test: Test,
    /// With what, in the form the kind of the field has; nothing for `filled` and `empty`.
    #[serde(default)]
    pub values: Vec<String>,
}

/// How what stands in a field is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = PeopleGroupTest)]
pub enum Test {
    /// It is this.
    Equals,
    /// It is one of these.
    OneOf,
    /// This is part of it.
    Contains,
    /// A day before this one.
    Before,
    /// A day after this one.
    After,
    /// A smaller number.
    Less,
    /// A greater number.
    Greater,
    /// Anything at all.
    Filled,
    /// Nothing.
    Empty,
}

/// Something a group names that does not hold any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct PeopleGroupProblem {
    /// What happened to it.
    pub kind: ProblemKind,
    /// The field or the department.
    pub id: Uuid,
}

/// What happened to something a group names. As long as it is about a field nobody is in the group; a department that is gone
/// has nobody in it, and the others go on counting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = PeopleGroupProblemKind)]
pub enum ProblemKind {
    /// The field is not collected any more.
    FieldOff,
    /// There is no such field any more.
    FieldGone,
    /// Those who look after people do not see the field, or see it masked.
    FieldUnseen,
    /// There is no such department any more.
    DepartmentGone,
}

impl MadeBy {
    /// By hand or by a rule.
    pub fn kind(&self) -> MadeByKind {
        match self {
            Self::Hand(_) => MadeByKind::Hand,
            Self::Rule(_) => MadeByKind::Rule,
        }
    }

    /// The departments it names.
    pub fn departments(&self) -> &[DepartmentId] {
        match self {
            Self::Hand(listed) => &listed.department_ids,
            Self::Rule(rule) => &rule.department_ids,
        }
    }

    /// The departments it names, to be changed.
    pub fn departments_mut(&mut self) -> &mut Vec<DepartmentId> {
        match self {
            Self::Hand(listed) => &mut listed.department_ids,
            Self::Rule(rule) => &mut rule.department_ids,
        }
    }

    /// Its conditions.
    pub fn conditions(&self) -> &[Condition] {
        match self {
            Self::Hand(_) => &[],
            Self::Rule(rule) => &rule.conditions,
        }
    }
}
