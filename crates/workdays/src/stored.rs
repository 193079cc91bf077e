//! The table as the database holds it.

use chrono::NaiveDate;
use kernel::{Result, Tx};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::table::{Kind, Table, Week};

/// A day on which the week does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, sqlx::FromRow, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SpecialDay {
    /// Which.
    pub day: NaiveDate,
    /// Free or worked.
    pub kind: Kind,
    /// What it is called; at most 60 characters.
    #[serde(default)]
    pub name: String,
}

/// Everything that is stored.
pub struct Stored {
    pub version: i64,
    pub week: Week,
    pub days: Vec<SpecialDay>,
}

impl Stored {
    /// Of the organisation; Monday to Friday while it said nothing.
    pub async fn load(tx: &mut Tx) -> Result<Self> {
        let row: Option<(Vec<bool>, i64)> =
            sqlx::query_as("select week, version from workdays.calendar").fetch_optional(tx.db()).await?;
        let (week, version) = row.map_or((None, 0), |(week, version)| (<[bool; 7]>::try_from(week).ok(), version));
        let days =
            sqlx::query_as("select day, kind, name from workdays.special_day order by day").fetch_all(tx.db()).await?;
        Ok(Self { version, week: week.and_then(Week::of).unwrap_or(Week::USUAL), days })
    }

    pub fn table(&self) -> Table {
        Table::new(self.week, self.days.iter().map(|special| (special.day, special.kind)))
    }
}

/// The table of the organisation, to count with.
pub async fn table(tx: &mut Tx) -> Result<Table> {
    Ok(Stored::load(tx).await?.table())
}
