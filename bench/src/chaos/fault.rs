//! What can be wrong with a history.

use std::fmt;

use crate::target::Stamp;

/// Something that must not be. Conversations and messages are named by number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It was acknowledged, and this one does not show it.
    Lost { message: Stamp, who: String },
    /// One message under two numbers.
    Doubled { message: Stamp, who: String, seqs: Vec<i64> },
    /// A number under which nothing is, and there are later ones.
    Missing { conversation: usize, seq: i64, who: String },
    /// Two things under one number.
    Contradicts { conversation: usize, seq: i64, who: String, other: String },
    /// Shown in a conversation in which it was not said.
    Astray { message: Stamp, conversation: usize, who: String },
    /// Nobody said it.
    Invented { message: Stamp, who: String },
    /// Acknowledged under another number than it stands under, or under several.
    Misnumbered { message: Stamp, acknowledged: Vec<i64>, shown: i64 },
    /// It was acknowledged before the other one was even sent, and stands behind it.
    Backwards { earlier: Stamp, later: Stamp, conversation: usize },
    /// The count of what can be unread does not go up by one with each message.
    Miscounted { conversation: usize, seq: i64, n: i64, expected: i64 },
    /// What this one says is unread, or read, is not so.
    Unread { conversation: usize, who: String, why: String },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lost { message, who } => {
                write!(f, "lost: {} was acknowledged, and {who} does not have it", Name(*message))
            }
            Self::Doubled { message, who, seqs } => write!(f, "doubled: {who} has {} under {seqs:?}", Name(*message)),
            Self::Missing { conversation, seq, who } => {
                write!(f, "missing: {who} has no {seq} of conversation {conversation}")
            }
            Self::Contradicts { conversation, seq, who, other } => {
                write!(
                    f,
                    "contradiction: {who} and {other} have different messages {seq} of conversation {conversation}"
                )
            }
            Self::Astray { message, conversation, who } => {
                write!(f, "astray: {who} has {} in conversation {conversation}, where it was not said", Name(*message))
            }
            Self::Invented { message, who } => write!(f, "invented: {who} has {}, which nobody said", Name(*message)),
            Self::Misnumbered { message, acknowledged, shown } => {
                write!(f, "misnumbered: {} was acknowledged as {acknowledged:?} and is {shown}", Name(*message))
            }
            Self::Backwards { earlier, later, conversation } => write!(
                f,
                "backwards: in conversation {conversation} {} was acknowledged before {} was sent, and stands behind it",
                Name(*earlier),
                Name(*later)
            ),
            Self::Miscounted { conversation, seq, n, expected } => {
                write!(
                    f,
                    "miscounted: message {seq} of conversation {conversation} is the {n}th, and should be the {expected}th"
                )
            }
            Self::Unread { conversation, who, why } => write!(f, "unread: {who}, conversation {conversation}: {why}"),
        }
    }
}

/// A message for people to look for in the logs.
struct Name(Stamp);

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "message {} of device {}", self.0.number, self.0.sender)
    }
}
