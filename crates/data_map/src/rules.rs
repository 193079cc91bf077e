//! The register of the numbered rules of retention: what each is, and who decides its time.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Names;

/// A numbered rule, such as `RET-09`.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// What goes by it, in a few words.
    pub names: Names,
    /// What kind of rule it is.
    pub kind: RuleKind,
    /// The clause of the sources it comes from.
    pub clause: String,
    /// Days that are offered, the first of them until somebody decides; only where the organisation decides.
    #[serde(default)]
    pub choices: Vec<i32>,
    /// The fewest and the most days an organisation may choose besides.
    #[serde(default)]
    pub own: Option<[i32; 2]>,
}

/// Who decides how long that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = RetentionRuleKind)]
pub enum RuleKind {
    /// The organisation.
    Organisation,
    /// The law: it is kept for no less, whatever anybody sets or erases.
    Floor,
    /// The program: it is always the same.
    Fixed,
    /// The number of newer ones.
    Count,
    /// The life of the person, the organisation, or whatever it belongs to.
    Lifecycle,
}

impl Rule {
    /// Whether an organisation may have it last so many days.
    pub fn allows(&self, days: i32) -> bool {
        self.choices.contains(&days) || self.own.is_some_and(|[least, most]| (least..=most).contains(&days))
    }

    /// What is wrong with it, if anything is.
    pub(crate) fn problem(&self) -> Option<&'static str> {
        let is_chosen = self.kind == RuleKind::Organisation;
        if is_chosen == self.choices.is_empty() || (self.own.is_some() && !is_chosen) {
            return Some("what the organisation decides has choices, and nothing else has");
        }
        let is_within = |[least, most]: [i32; 2]| {
            0 < least && least < most && self.choices.iter().all(|days| (least..=most).contains(days))
        };
        (!self.own.is_none_or(is_within)).then_some("what is offered lies within what may be chosen")
    }
}
