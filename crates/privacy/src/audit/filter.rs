//! Which lines of the audit log are wanted.

use chrono::{DateTime, Utc};
use kernel::audit::Wanted;
use kernel::{Error, MemberId, Result};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

const LONGEST_NAME: usize = 100;

/// All that is absent does not matter.
#[derive(Debug, Clone, Default, Serialize, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
#[schema(as = AuditFilter)]
pub struct Filter {
    /// Done by this member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<MemberId>,
    /// Done to this: a member, or a thing such as a department.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Uuid>,
    /// The event, or the operation that was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Not before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<DateTime<Utc>>,
    /// Before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<DateTime<Utc>>,
    /// Only what was refused.
    #[serde(default)]
    pub is_refused: bool,
}

impl Filter {
    /// As the kernel reads it, from the newest line or from before another.
    pub fn wanted(&self, before: Option<i64>) -> Result<Wanted> {
        let is_name = |name: &String| {
            name.len() <= LONGEST_NAME && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_'))
        };
        if !self.name.iter().all(is_name) {
            return Err(Error::Invalid { field: "name", why: "unknown" });
        }
        if self.from.zip(self.until).is_some_and(|(from, until)| until < from) {
            return Err(Error::Invalid { field: "until", why: "before_from" });
        }
        let Self { actor, target, name, from, until, is_refused } = self.clone();
        Ok(Wanted { actor, target, name, from, until, is_refused, before })
    }
}
