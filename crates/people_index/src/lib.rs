//! People in memory, sorted by pinyin and found by whatever names them. No tables: who is in it, the directory says.

mod memory;

pub use memory::{Indexes, Slot};

use std::collections::HashMap;
use std::sync::Arc;

use access::State;
use kernel::MemberId;
use profiles::BuiltIn;
use texts::{Closeness, Reading, Words, digits, fold, staff_number};

/// So many changes are cheaper to sort in than to put one by one.
const MANY: usize = 256;

/// What is known of one person, as it is written.
pub struct Known {
    /// Who.
    pub id: MemberId,
    /// As colleagues see it.
    pub name: String,
    /// Where they stand.
    pub state: State,
    /// As it is written.
    pub staff_number: Option<String>,
    /// What one signs in with.
    pub user_id: Option<String>,
    /// An address.
    pub email: Option<String>,
    /// With country code.
    pub phone: Option<String>,
    /// Rises with every change.
    pub revision: i64,
}

/// One person, ready to be compared with what somebody types.
pub struct Entry {
    /// Who.
    pub id: MemberId,
    /// As colleagues see it.
    pub name: String,
    /// Where they stand.
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
    /// The person, in the form in which names, numbers and addresses are compared.
    pub fn of(known: Known) -> Self {
        Self {
            id: known.id,
            state: known.state,
            reading: Reading::of(&known.name),
            name: known.name,
            staff_number: known.staff_number.map(|own| staff_number(&own)),
            user_id: known.user_id.map(|name| fold(&name)),
            email: known.email.map(|address| fold(&address)),
            phone: known.phone.map(|own| digits(&own)),
            revision: known.revision,
        }
    }

    /// Where they stand in the list: by reading, then by name, then by id.
    pub fn key(&self) -> (&str, &str, MemberId) {
        (&self.reading.sort, &self.name, self.id)
    }

    /// Under which letter the list has them.
    pub fn letter(&self) -> Option<char> {
        self.reading.letter()
    }

    /// Whether name, pinyin, initials or what `finds_by` lets one find by of staff number, e-mail address, phone number and
    /// user id are what was asked for.
    pub fn matches(&self, words: &Words, finds_by: impl Fn(BuiltIn) -> bool) -> bool {
        self.reading.matches(&words.name)
            || self.near(words).into_iter().any(|(field, near)| near.is_some() && finds_by(field))
            || (self.phone.as_deref().is_some_and(|own| words.are_in(own)) && finds_by(BuiltIn::Phone))
    }

    /// How near somebody who matches is to what was asked for.
    pub fn closeness(&self, words: &Words, finds_by: impl Fn(BuiltIn) -> bool) -> Closeness {
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

/// The people of one organisation, sorted by pinyin.
#[derive(Default)]
pub struct Index {
    sorted: Vec<Arc<Entry>>,
    by_id: HashMap<MemberId, Arc<Entry>>,
}

impl Index {
    /// All of them, sorted.
    pub fn of(entries: Vec<Entry>) -> Self {
        let mut sorted: Vec<Arc<Entry>> = entries.into_iter().map(Arc::new).collect();
        sorted.sort_by(|a, b| a.key().cmp(&b.key()));
        let by_id = sorted.iter().map(|entry| (entry.id, Arc::clone(entry))).collect();
        Self { sorted, by_id }
    }

    /// What somebody is called who is not erased.
    pub fn name(&self, id: MemberId) -> Option<&str> {
        self.by_id.get(&id).filter(|entry| entry.state != State::Erased).map(|entry| entry.name.as_str())
    }

    /// The person.
    pub fn get(&self, id: MemberId) -> Option<&Entry> {
        self.by_id.get(&id).map(AsRef::as_ref)
    }

    /// The people after `after`, in the order of the list; `None` when `after` is not in it.
    pub fn after(&self, after: Option<MemberId>) -> Option<&[Arc<Entry>]> {
        let Some(after) = after else { return Some(&self.sorted) };
        let entry = self.by_id.get(&after)?;
        let from = self.sorted.partition_point(|other| other.key() <= entry.key());
        Some(&self.sorted[from..])
    }

    /// Many at once are sorted in, not put one by one.
    pub fn put_all(&mut self, entries: Vec<Arc<Entry>>) {
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use access::State;
    use kernel::MemberId;
    use profiles::BuiltIn;
    use texts::{Closeness, Words};
    use uuid::Uuid;

    use super::{Entry, Index, Known};

    const SURNAMES: [char; 10] = ['王', '李', '张', '刘', '陈', '杨', '赵', '黄', '周', '吴'];
    const GIVEN: [char; 16] =
        ['伟', '芳', '娜', '敏', '静', '丽', '强', '磊', '军', '洋', '勇', '艳', '杰', '娟', '涛', '明'];

    fn entry(n: u128, name: &str, revision: i64) -> Entry {
        Entry::of(Known {
            id: MemberId(Uuid::from_u128(n)),
            name: name.into(),
            state: State::Active,
            staff_number: Some(format!("YW-{n:05}")),
            user_id: Some(format!("user{n}")),
            email: Some(format!("user{n}@yunwu.example")),
            phone: Some(format!("+861380{n:07}")),
            revision,
        })
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
            assert_eq!(near(text), Some(Closeness::Exactly), "{text}");
        }
        assert_eq!((near("yw-000"), near("0042")), (Some(Closeness::Beginning), Some(Closeness::Inside)));
        assert_eq!((near("43"), near("2"), near("-")), (None, None, None));
    }

    #[test]
    fn srch_02_whoever_has_exactly_that_user_id_comes_before_all_whose_name_sounds_so() {
        let known = |n: u128, name: &str, user_id: &str| {
            Entry::of(Known {
                id: MemberId(Uuid::from_u128(n)),
                name: name.into(),
                state: State::Active,
                staff_number: None,
                user_id: Some(user_id.into()),
                email: None,
                phone: None,
                revision: 1,
            })
        };
        let words = Words::parse("he");
        let near = |entry: &Entry| entry.matches(&words, |_| true).then(|| entry.closeness(&words, |_| true));
        let (meant, sounds, begins) = (known(1, "周然", "he"), known(2, "何", "u2"), known(3, "王伟", "hello"));
        assert_eq!((near(&meant), near(&sounds)), (Some(Closeness::Exactly), Some(Closeness::Same)));
        assert!(near(&meant) < near(&sounds));
        assert_eq!(near(&begins), None, "two letters begin too many");
        assert_eq!(
            meant.closeness(&words, |field| field != BuiltIn::UserId),
            Closeness::Inside,
            "to whom it is not shown"
        );
    }

    #[test]
    fn among_twenty_thousand_people_somebody_is_found_by_whatever_names_them() {
        let entries = (0..20_000).map(|n| entry(n as u128, &name(n), 1)).collect();
        let index = Index::of(entries);
        let found = |text: &str| {
            let words = Words::parse(text);
            index.after(None).unwrap().iter().filter(|entry| entry.matches(&words, |_| true)).count()
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
            assert_eq!(found(text) > 0, is_there, "{text}");
        }
    }
}
