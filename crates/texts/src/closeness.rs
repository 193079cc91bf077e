//! How near what was typed is to what was found (`SRCH-02`).

/// How near, the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Closeness {
    /// All of what only one is called: a number, a user id, an address.
    Exactly,
    /// All of it.
    Same,
    /// It begins so.
    Beginning,
    /// Somewhere in it.
    Inside,
}

impl Closeness {
    /// Of a text that is as it is compared; `None` when the part is not in it.
    pub fn of(text: &str, part: &str) -> Option<Self> {
        match text.find(part)? {
            0 if text.len() == part.len() => Some(Self::Same),
            0 => Some(Self::Beginning),
            _ => Some(Self::Inside),
        }
    }

    /// The same of what names one person alone: whoever is named by all of it is meant before those whose name sounds so.
    pub fn of_what_names_one(self) -> Self {
        if self == Self::Same { Self::Exactly } else { self }
    }
}
