//! Which departments lie above which.

use std::collections::HashMap;

use crate::DepartmentId;

/// For each department that matters to a question: itself and everything above it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lineage(HashMap<DepartmentId, Vec<DepartmentId>>);

impl Lineage {
    /// Out of pairs: a department, and itself or one above it.
    pub fn of(pairs: impl IntoIterator<Item = (DepartmentId, DepartmentId)>) -> Self {
        let mut above: HashMap<DepartmentId, Vec<DepartmentId>> = HashMap::new();
        for (department, ancestor) in pairs {
            above.entry(department).or_default().push(ancestor);
        }
        Self(above)
    }

    /// Whether `department` is `top` or lies below it. What is not known lies below nothing.
    pub fn is_below(&self, department: DepartmentId, top: DepartmentId) -> bool {
        department == top || self.0.get(&department).is_some_and(|above| above.contains(&top))
    }
}
