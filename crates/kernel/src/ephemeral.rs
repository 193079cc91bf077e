//! What is never kept.

/// A value that must never be stored or logged: typing, presence, what is said to the assistant (RET-13, 18, 22, 23).
/// It has no `Serialize`, no `Debug` of its content and no way into a statement.
pub struct Ephemeral<T>(T);

impl<T> Ephemeral<T> {
    /// Wraps the value.
    pub fn new(value: T) -> Self {
        Self(value)
    }

    /// The value, for use in memory.
    pub fn get(&self) -> &T {
        &self.0
    }
}

impl<T> std::fmt::Debug for Ephemeral<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Ephemeral")
    }
}
