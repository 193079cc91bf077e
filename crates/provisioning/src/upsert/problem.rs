//! What is wrong with rows.

use std::borrow::Cow;

use kernel::{Error, Refused, Result};
use serde::Serialize;
use utoipa::ToSchema;

use crate::fields;
use crate::link::Kind;

/// More say nothing new.
const MOST: usize = 100;

/// Nothing was written, and why (RFC 9457, with the rows).
#[derive(Serialize, ToSchema)]
pub struct RowsProblem {
    /// Always `about:blank`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The HTTP status in words.
    pub title: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// `provisioning.rows_wrong`.
    pub code: &'static str,
    /// The first hundred things that are wrong.
    pub rows: Vec<RowProblem>,
}

/// One thing that is wrong.
#[derive(Debug, Serialize, ToSchema)]
pub struct RowProblem {
    /// In which list.
    pub kind: Kind,
    /// Which row of it; the first is 0.
    pub row: usize,
    /// Which member of the row, when one is meant: `email`, `fields.post`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<Cow<'static, str>>,
    /// A stable word.
    pub code: &'static str,
}

/// What stands in the way of this member of a row is told of as wrong with it.
pub fn over(field: &'static str) -> impl Fn(Error) -> Error {
    move |error| if let Error::Conflict(code) = error { Error::Taken(field, code) } else { error }
}

/// What is wrong so far.
#[derive(Default)]
pub struct Problems {
    rows: Vec<RowProblem>,
    /// With which code a row was refused first, told or not.
    refused: Option<&'static str>,
}

impl Problems {
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Notes what the caller can mend; everything else ends the call.
    pub fn note(&mut self, (kind, row): (Kind, usize), error: Error) -> Result<()> {
        let (field, code) = match error {
            Error::Invalid { field, why } => (Some(fields::place(field)), why),
            Error::InvalidAt(place, why) => (Some(fields::place(&place)), why),
            Error::Taken(field, code) => (Some(Cow::Borrowed(field)), code),
            Error::Conflict(code) => (None, code),
            Error::Blocked(code) => (None, code),
            Error::Forbidden => (None, "forbidden"),
            Error::NotFound(_) => (None, "not_found"),
            other => return Err(other),
        };
        if code.ends_with("forbidden") {
            self.refused.get_or_insert(code);
        }
        if self.rows.len() < MOST {
            self.rows.push(RowProblem { kind, row, field, code });
        }
        Ok(())
    }

    /// What is recorded of it, if the caller may not do what a row says.
    pub fn refusal(&self) -> Option<Refused> {
        self.refused.map(Refused)
    }

    pub fn into_answer(mut self) -> RowsProblem {
        self.rows.sort_by_key(|problem| (problem.kind == Kind::Person, problem.row));
        RowsProblem {
            kind: "about:blank",
            title: "Unprocessable Content",
            status: 422,
            code: "provisioning.rows_wrong",
            rows: self.rows,
        }
    }
}
