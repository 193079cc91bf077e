//! The people of each organisation in memory: what a sealed column cannot answer, names are found and sorted here.
//!
//! Loaded at first use, kept by what commits on this node, forgotten when idle.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{App, MemberId, OrgId, Result, Tx};
use texts::{Closeness, Reading, Words, digits, fold, staff_number};

use crate::fields::BuiltIn;
use crate::model::Profile;
use crate::state::State;

const IDLE: TimeDelta = TimeDelta::minutes(30);
/// So many changes are cheaper to sort in than to put one by one.
const MANY: usize = 256;
const LOOK_FOR_IDLE: Duration = Duration::from_secs(300);

/// What the index knows of one person.
pub(crate) struct Entry {
    pub id: MemberId,
    pub name: String,
    pub state: State,
    reading: Reading,
    staff_number: Option<String>,
    user_id: Option<String>,
    email: Option<String>,
    /// Digits alone.
    phone: Option<String>,
    revision: i64,
}

impl Entry {
    pub(crate) fn key(&self) -> (&str, &str, MemberId) {
        (&self.reading.sort, &self.name, self.id)
    }

    /// Under which letter the list has them.
    pub(crate) fn letter(&self) -> Option<char> {
        self.reading.letter()
    }

    /// Whether name, pinyin, initials or what `finds_by` lets one find by of staff number, e-mail address, phone number and
    /// user id are what was asked for.
    pub(crate) fn matches(&self, words: &Words, finds_by: impl Fn(BuiltIn) -> bool) -> bool {
        self.reading.matches(&words.name)
            || self.near(words).into_iter().any(|(field, near)| near.is_some() && finds_by(field))
            || (self.phone.as_deref().is_some_and(|own| words.are_in(own)) && finds_by(BuiltIn::Phone))
    }

    /// How near somebody who matches is to what was asked for.
    pub(crate) fn closeness(&self, words: &Words, finds_by: impl Fn(BuiltIn) -> bool) -> Closeness {
        let seen = self.near(words).into_iter().filter_map(|(field, near)| near.filter(|_| finds_by(field)));
        seen.fold(self.reading.closeness(&words.name), Closeness::min)
    }

    fn near(&self, words: &Words) -> [(BuiltIn, Option<Closeness>); 3] {
        [
            (BuiltIn::StaffNumber, self.staff_number.as_deref().and_then(|own| words.are_of(own))),
            (BuiltIn::Email, self.email.as_deref().and_then(|own| words.begin(own))),
            (BuiltIn::UserId, self.user_id.as_deref().and_then(|own| words.begin(own))),
        ]
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: MemberId,
    state: State,
    revision: i64,
    profile: Option<Vec<u8>>,
}

/// The people of one organisation, sorted by pinyin.
#[derive(Default)]
pub(crate) struct Index {
    sorted: Vec<Arc<Entry>>,
    by_id: HashMap<MemberId, Arc<Entry>>,
}

impl Index {
    fn of(entries: Vec<Entry>) -> Self {
        let mut sorted: Vec<Arc<Entry>> = entries.into_iter().map(Arc::new).collect();
        sorted.sort_by(|a, b| a.key().cmp(&b.key()));
        let by_id = sorted.iter().map(|entry| (entry.id, Arc::clone(entry))).collect();
        Self { sorted, by_id }
    }

    pub(crate) fn name(&self, id: MemberId) -> Option<&str> {
        self.by_id.get(&id).filter(|entry| entry.state != State::Erased).map(|entry| entry.name.as_str())
    }

    pub(crate) fn get(&self, id: MemberId) -> Option<&Entry> {
        self.by_id.get(&id).map(AsRef::as_ref)
    }

    /// The people after `after`, in the order of the list; `None` when `after` is not in it.
    pub(crate) fn after(&self, after: Option<MemberId>) -> Option<&[Arc<Entry>]> {
        let Some(after) = after else { return Some(&self.sorted) };
        let entry = self.by_id.get(&after)?;
        let from = self.sorted.partition_point(|other| other.key() <= entry.key());
        Some(&self.sorted[from..])
    }

    /// Many at once are sorted in, not put one by one.
    fn put_all(&mut self, entries: Vec<Arc<Entry>>) {
        if entries.len() < MANY {
            return entries.into_iter().for_each(|entry| self.put(entry));
        }
        for entry in entries {
            if self.by_id.get(&entry.id).is_none_or(|old| old.revision <= entry.revision) {
                self.by_id.insert(entry.id, entry);
            }
        }
        self.sorted = self.by_id.values().filter(|entry| entry.state != State::Erased).cloned().collect();
        self.sorted.sort_by(|a, b| a.key().cmp(&b.key()));
    }

    /// An older revision never replaces a newer one, nor brings an erased person back: what runs after a commit may
    /// run out of order.
    fn put(&mut self, entry: Arc<Entry>) {
        if let Some(old) = self.by_id.get(&entry.id) {
            if old.revision > entry.revision {
                return;
            }
            if let Ok(place) = self.sorted.binary_search_by(|other| other.key().cmp(&old.key())) {
                self.sorted.remove(place);
            }
        }
        self.by_id.insert(entry.id, Arc::clone(&entry));
        if entry.state != State::Erased {
            let place = self.sorted.partition_point(|other| other.key() < entry.key());
            self.sorted.insert(place, entry);
        }
    }
}

/// The indexes of all organisations in use.
#[derive(Default)]
pub(crate) struct Indexes {
    slots: Mutex<HashMap<OrgId, Arc<Slot>>>,
}

#[derive(Default)]
struct Slot {
    index: RwLock<Option<Arc<RwLock<Index>>>>,
    loading: tokio::sync::Mutex<()>,
    /// Changes that committed while somebody was loading.
    missed: Mutex<Vec<Arc<Entry>>>,
    used_at: Mutex<Option<DateTime<Utc>>>,
}

impl Indexes {
    fn slot(&self, org: OrgId, now: DateTime<Utc>) -> Arc<Slot> {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        let slot = Arc::clone(slots.entry(org).or_default());
        *slot.used_at.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
        slot
    }

    fn forget_idle(&self, now: DateTime<Utc>) {
        let is_used = |slot: &Slot| {
            let used_at = *slot.used_at.lock().unwrap_or_else(PoisonError::into_inner);
            used_at.is_some_and(|at| now - at < IDLE)
        };
        self.slots.lock().unwrap_or_else(PoisonError::into_inner).retain(|_, slot| is_used(slot));
    }
}

impl Slot {
    fn loaded(&self) -> Option<Arc<RwLock<Index>>> {
        self.index.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// After a commit: into the index, or onto the list of whoever is loading it.
    fn apply(&self, entries: Vec<Arc<Entry>>) {
        let mut missed = self.missed.lock().unwrap_or_else(PoisonError::into_inner);
        match self.loaded() {
            None => missed.extend(entries),
            Some(index) => {
                let mut index = index.write().unwrap_or_else(PoisonError::into_inner);
                index.put_all(entries);
            }
        }
    }

    fn finish(&self, mut index: Index) -> Arc<RwLock<Index>> {
        let mut missed = self.missed.lock().unwrap_or_else(PoisonError::into_inner);
        index.put_all(std::mem::take(&mut *missed));
        let index = Arc::new(RwLock::new(index));
        *self.index.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&index));
        index
    }
}

/// The index of the organisation of `tx`, loaded if it is not there.
///
/// A writer asks for it before its first change, so that it never holds what has not committed.
pub(crate) async fn load(tx: &mut Tx) -> Result<Arc<RwLock<Index>>> {
    let slot = tx.app().state::<Indexes>().slot(tx.org(), tx.now());
    if let Some(index) = slot.loaded() {
        return Ok(index);
    }
    let _one_at_a_time = slot.loading.lock().await;
    if let Some(index) = slot.loaded() {
        return Ok(index);
    }
    let rows: Vec<Row> =
        sqlx::query_as("select id, state, revision, profile from directory.member where state <> 'erased'")
            .fetch_all(tx.db())
            .await?;
    let mut entries = Vec::with_capacity(rows.len());
    for (place, row) in rows.into_iter().enumerate() {
        entries.push(entry(tx, row)?);
        if place % 500 == 499 {
            tokio::task::yield_now().await;
        }
    }
    Ok(slot.finish(Index::of(entries)))
}

/// Has the index follow these people when `tx` commits. Called after the write, with the row as it now stands.
pub(crate) async fn follow(tx: &mut Tx, ids: &[MemberId]) -> Result<()> {
    let rows: Vec<Row> = sqlx::query_as("select id, state, revision, profile from directory.member where id = any($1)")
        .bind(ids)
        .fetch_all(tx.db())
        .await?;
    let mut entries = Vec::with_capacity(rows.len());
    for (place, row) in rows.into_iter().enumerate() {
        entries.push(Arc::new(entry(tx, row)?));
        if place % 500 == 499 {
            tokio::task::yield_now().await;
        }
    }
    let (org, now) = (tx.org(), tx.now());
    tx.on_commit(move |app| app.state::<Indexes>().slot(org, now).apply(entries));
    Ok(())
}

fn entry(tx: &Tx, row: Row) -> Result<Entry> {
    let profile = match row.profile {
        Some(sealed) => Profile::open(tx, row.id, &sealed)?,
        None => Profile::default(),
    };
    Ok(Entry {
        id: row.id,
        state: row.state,
        reading: Reading::of(&profile.name),
        name: profile.name,
        staff_number: profile.staff_number.map(|own| staff_number(&own)),
        user_id: profile.user_id.map(|name| fold(&name)),
        email: profile.email.map(|address| fold(&address)),
        phone: profile.phone.map(|own| digits(&own)),
        revision: row.revision,
    })
}

/// Forgets, as long as the program runs, what nobody has asked for in a while.
pub(crate) fn forget_when_idle(app: &App) {
    let keeper = app.clone();
    app.spawn("directory.forget_idle_indexes", async move {
        loop {
            tokio::select! {
                () = keeper.stopped() => return,
                () = tokio::time::sleep(LOOK_FOR_IDLE) => {
                    let now = keeper.now();
                    keeper.state::<Indexes>().forget_idle(now);
                }
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::{Duration, Instant};

    use kernel::MemberId;
    use texts::{Closeness, Reading, Words, staff_number};
    use uuid::Uuid;

    use super::{Entry, Index};
    use crate::state::State;

    const SURNAMES: [char; 10] = ['王', '李', '张', '刘', '陈', '杨', '赵', '黄', '周', '吴'];
    const GIVEN: [char; 16] =
        ['伟', '芳', '娜', '敏', '静', '丽', '强', '磊', '军', '洋', '勇', '艳', '杰', '娟', '涛', '明'];

    fn entry(n: u128, name: &str, revision: i64) -> Entry {
        Entry {
            id: MemberId(Uuid::from_u128(n)),
            name: name.into(),
            state: State::Active,
            reading: Reading::of(name),
            staff_number: Some(staff_number(&format!("YW-{n:05}"))),
            user_id: Some(format!("user{n}")),
            email: Some(format!("user{n}@yunwu.example")),
            phone: Some(format!("861380{n:07}")),
            revision,
        }
    }

    fn name(n: usize) -> String {
        let middle = GIVEN[n / 10 % 16];
        [SURNAMES[n % 10], middle, GIVEN[n / 160 % 16]].iter().collect()
    }

    fn names(index: &Index) -> Vec<&str> {
        index.after(None).unwrap().iter().map(|entry| entry.name.as_str()).collect()
    }

    #[test]
    fn an_older_change_never_replaces_a_newer_one_nor_brings_anybody_back() {
        let mut index = Index::of(vec![entry(1, "安然", 1), entry(2, "张伟", 1)]);
        index.put(Arc::new(entry(1, "周然", 3)));
        index.put(Arc::new(entry(1, "李然", 2)));
        assert_eq!(names(&index), ["张伟", "周然"]);
        index.put(Arc::new(Entry { state: State::Erased, ..entry(2, "", 3) }));
        index.put(Arc::new(entry(2, "张伟", 2)));
        assert_eq!(names(&index), ["周然"]);
        assert_eq!(index.name(MemberId(Uuid::from_u128(2))), None);
    }

    #[test]
    fn a_staff_number_is_found_in_any_case_and_by_any_part() {
        let person = entry(42, "陆行舟", 1);
        let near = |text: &str| {
            let words = Words::parse(text);
            person.matches(&words, |_| true).then(|| person.closeness(&words, |_| true))
        };
        for text in ["YW-00042", "yw00042", "ＹＷ 00042", "user42"] {
            assert_eq!(near(text), Some(Closeness::Same), "{text}");
        }
        assert_eq!((near("yw-000"), near("0042")), (Some(Closeness::Beginning), Some(Closeness::Inside)));
        assert_eq!((near("43"), near("2"), near("-")), (None, None, None));
    }

    #[test]
    fn twenty_thousand_people_are_searched_in_thirty_milliseconds() {
        let entries = (0..20_000).map(|n| entry(n as u128, &name(n), 1)).collect();
        let index = Index::of(entries);
        let found = |text: &str| {
            let words = Words::parse(text);
            let begun = Instant::now();
            let count = index.after(None).unwrap().iter().filter(|entry| entry.matches(&words, |_| true)).count();
            (count, begun.elapsed())
        };
        for (text, is_there) in [
            ("张伟", true),
            ("zhangwei", true),
            ("zw", true),
            ("yw-1999", true),
            ("13800019999", true),
            ("user19999", true),
            ("quetzal", false),
        ] {
            // The fastest of some: the machine may be busy with other things.
            let (count, fastest) = (0..5).map(|_| found(text)).min_by_key(|(_, time)| *time).unwrap();
            assert_eq!(count > 0, is_there, "{text}");
            assert!(fastest < Duration::from_millis(30), "{text}: {fastest:?}");
        }
    }
}
