//! Refusals of one caller: the first of a while are lines of their own, what follows is counted and told by one more.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde_json::json;
use uuid::Uuid;

use crate::{Request, Said};

/// Refusals of one caller within [`WINDOW`] that are lines of their own: more would fill the disk.
pub const ONE_BY_ONE: u32 = 10;
/// How long a window lasts from its first refusal on; then what was counted in it is told.
pub const WINDOW: TimeDelta = TimeDelta::seconds(10);
/// As which operation and for which reason the line stands that tells what was counted. Every reason there is for it ends so.
const FURTHER: (&str, &str) = ("furtherRefusals", "forbidden");

/// The windows of all callers, in memory. There are no more than callers within the last [`WINDOW`], as long as somebody asks for
/// what is [`Self::over`], and none holds more than the operations and the reasons there are.
pub struct Refusals<C>(Mutex<HashMap<C, Window>>);

/// What was counted in one window.
pub struct Counted {
    count: u32,
    first_at: DateTime<Utc>,
    last_at: DateTime<Utc>,
    operations: BTreeMap<String, u32>,
    codes: BTreeMap<&'static str, u32>,
    /// The last of the requests.
    pub request: Option<Arc<Request>>,
}

struct Window {
    began_at: DateTime<Utc>,
    one_by_one: u32,
    counted: Option<Counted>,
}

impl<C> Default for Refusals<C> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<C: Copy + Eq + Hash> Refusals<C> {
    /// Gives back what is to be a line of its own, and counts what is not. First what was counted in the caller's window before,
    /// if that is over.
    pub fn take(&self, caller: C, said: Said, now: DateTime<Utc>) -> (Option<Counted>, Option<Said>) {
        let mut windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_over = windows.get(&caller).is_some_and(|window| window.is_over(now));
        let before = if is_over { windows.remove(&caller).and_then(|window| window.counted) } else { None };
        let window = windows.entry(caller).or_insert(Window { began_at: now, one_by_one: 0, counted: None });
        if window.one_by_one < ONE_BY_ONE {
            window.one_by_one += 1;
            return (before, Some(said));
        }
        window.counted.get_or_insert_with(|| Counted::since(now)).add(said, now);
        (before, None)
    }

    /// What was counted in the windows that are over, which are forgotten.
    pub fn over(&self, now: DateTime<Utc>) -> Vec<(C, Counted)> {
        self.end(|window| window.is_over(now))
    }

    /// What was counted in all windows, when nothing more is refused.
    pub fn all(&self) -> Vec<(C, Counted)> {
        self.end(|_| true)
    }

    fn end(&self, is_over: impl Fn(&Window) -> bool) -> Vec<(C, Counted)> {
        let mut windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let ended = windows.extract_if(|_, window| is_over(window));
        ended.filter_map(|(caller, window)| Some((caller, window.counted?))).collect()
    }
}

impl Window {
    /// Also when the clock was set back.
    fn is_over(&self, now: DateTime<Utc>) -> bool {
        (now - self.began_at).abs() >= WINDOW
    }
}

impl Counted {
    fn since(now: DateTime<Utc>) -> Self {
        Self {
            count: 0,
            first_at: now,
            last_at: now,
            operations: BTreeMap::new(),
            codes: BTreeMap::new(),
            request: None,
        }
    }

    fn add(&mut self, said: Said, now: DateTime<Utc>) {
        self.count += 1;
        self.last_at = now;
        *self.operations.entry(said.name).or_default() += 1;
        *self.codes.entry(said.code.unwrap_or_default()).or_default() += 1;
        self.request = Request::current();
    }

    /// The line that tells it: how many, from when until when, how often which operation and for which reason.
    pub fn said(self, id: Uuid) -> Said {
        let [from, until] = [self.first_at, self.last_at].map(|at| at.to_rfc3339_opts(SecondsFormat::Millis, true));
        let data = json!({
            "count": self.count, "from": from, "until": until, "operations": self.operations, "codes": self.codes,
        });
        let (operation, code) = FURTHER;
        let data = data.as_object().cloned().unwrap_or_default();
        Said { data, ..Said::of_refusal(id, operation.to_owned(), code, None) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(operation: &str) -> Said {
        Said::of_refusal(Uuid::nil(), operation.to_owned(), "forbidden", None)
    }

    #[test]
    fn a_window_holds_ten_and_counts_the_others_and_each_caller_has_their_own() {
        let (refusals, start) = (Refusals::default(), DateTime::UNIX_EPOCH);
        let taken = |caller, operation, at| refusals.take(caller, refused(operation), at);
        let single = (0..12).filter(|_| taken("ann", "giveRole", start).1.is_some()).count();
        assert_eq!(single, 10);
        assert!(taken("ann", "editRole", start + TimeDelta::seconds(9)).1.is_none());
        assert!(taken("bob", "giveRole", start + TimeDelta::seconds(9)).1.is_some());
        assert!(refusals.over(start + TimeDelta::seconds(9)).is_empty());
        let (caller, counted) = refusals.over(start + WINDOW).pop().unwrap();
        assert_eq!(caller, "ann");
        let data = json!({
            "count": 3, "from": "1970-01-01T00:00:00.000Z", "until": "1970-01-01T00:00:09.000Z",
            "operations": { "giveRole": 2, "editRole": 1 }, "codes": { "forbidden": 3 },
        });
        assert_eq!(serde_json::Value::Object(counted.said(Uuid::nil()).data), data);
        assert_eq!(refusals.0.lock().unwrap().len(), 1, "Bob's, which is not over");
        assert!(refusals.all().is_empty(), "nothing of Bob's was counted");
        assert_eq!(refusals.0.lock().unwrap().len(), 0);
    }

    #[test]
    fn whoever_goes_on_is_told_what_was_counted_before() {
        let (refusals, start) = (Refusals::default(), DateTime::UNIX_EPOCH);
        for _ in 0..11 {
            assert!(refusals.take("ann", refused("giveRole"), start).0.is_none());
        }
        let (before, now) = refusals.take("ann", refused("giveRole"), start + WINDOW);
        assert_eq!(before.map(|counted| counted.count), Some(1));
        assert!(now.is_some(), "a window of its own");
        assert!(refusals.all().is_empty());
    }
}
