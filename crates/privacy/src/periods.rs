//! How long the rules of the data map last that have a number or a name instead of a period: what the documents say is what
//! the program does, since both read it here or where it is done.

use chrono::TimeDelta;

/// From the dissolution of an organisation to its erasure (`RET-02`, `RET-07`, `RET-10`).
pub const DISSOLVING: TimeDelta = TimeDelta::days(60);
/// So long it is known what was erased (`RET-03`).
pub const DELETION_LOG: TimeDelta = TimeDelta::days(180);
/// A sign-in that is remembered ends when it was not used for so long.
pub const SIGNED_IN: TimeDelta = TimeDelta::days(30);
/// One that is not.
pub const SIGNED_IN_BRIEFLY: TimeDelta = TimeDelta::hours(24);

/// Under this the periods of sign-ins are named: no rule of the data map, since the row ends with the sign-in.
pub(crate) const SIGN_INS: [&str; 2] = ["signed_in", "signed_in_briefly"];

/// The days of a rule; years for `RET-04`, a count of things for `RET-17`. None where the
/// organisation chooses, which the map says itself, where the rule is a period, or the life of something.
pub(crate) fn days(rule: &str) -> Option<Vec<i64>> {
    Some(match rule {
        "RET-01" => vec![kernel::audit::KEPT.num_days()],
        "RET-02" | "RET-07" | "RET-10" | "organisation" => vec![DISSOLVING.num_days()],
        "RET-03" => vec![DELETION_LOG.num_days()],
        "RET-04" => vec![5],
        "RET-05" | "RET-08" | "membership" => vec![14],
        "RET-17" => vec![20],
        "signed_in" => vec![SIGNED_IN.num_days()],
        "signed_in_briefly" => vec![SIGNED_IN_BRIEFLY.num_days()],
        _ => return None,
    })
}
