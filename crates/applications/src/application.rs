//! What a module brings that can be switched off.

use std::sync::Arc;

use kernel::{Error, Result};

use crate::kept::Kept;

/// A part of the program that an organisation can do without. Everything else is always there.
#[derive(Clone, Copy)]
pub struct Application {
    /// Stable: its operations name it in `x-application`, clients have its text under it.
    pub key: &'static str,
    /// Whether it can be open to some departments only. Not what programs use: they are in none.
    pub by_departments: bool,
    /// What is kept for it, and how that is counted and erased.
    pub kept: Kept,
}

impl Application {
    /// For everybody, for nobody, or by departments.
    pub const fn of_people(key: &'static str, kept: Kept) -> Self {
        Self { key, by_departments: true, kept }
    }

    /// For the whole organisation or not at all.
    pub const fn of_the_whole(key: &'static str, kept: Kept) -> Self {
        Self { key, by_departments: false, kept }
    }
}

/// All applications there are.
#[derive(Clone)]
pub(crate) struct Known(Arc<[Application]>);

impl Known {
    pub fn of(applications: Vec<Application>) -> Self {
        Self(applications.into())
    }

    pub fn all(&self) -> &[Application] {
        &self.0
    }

    pub fn find(&self, key: &str) -> Result<Application> {
        self.0.iter().find(|one| one.key == key).copied().ok_or(Error::NotFound("application"))
    }
}
