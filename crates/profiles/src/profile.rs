//! What is known of a person: the rules for what it may say, and how it is sealed and looked up.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use kernel::{Bucket, Error, MemberId, Result, Tx};
use serde::{Deserialize, Serialize};
use texts::{contact, one_line};

use crate::{BuiltIn, FieldId};

const KIND: &str = "directory.profile";
const LANGUAGES: [&str; 3] = ["zh-CN", "zh-TW", "en"];
/// Older than anybody alive.
const FIRST_BIRTHDAY: (i32, u32, u32) = (1900, 1, 1);

/// What is known of a person, as one sealed value under the person's own key.
///
/// Deliberately without `Debug`: contents are not printed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// As colleagues see it.
    pub name: String,
    /// The name one signs in with; unique in the organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// With country code, digits only: `+8613800138000`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// In lower case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Unique in the organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub staff_number: Option<String>,
    /// What one is called: 职务.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<String>,
    /// One line about oneself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
    /// A day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birthday: Option<NaiveDate>,
    /// `zh-CN`, `zh-TW` or `en`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// What stands in the other fields, in the form the kind of each has (`value.rs`).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<FieldId, String>,
}

/// What stands beside the sealed profile so that equality can be asked; kept apart per organisation.
pub struct LookUp {
    /// Of the user id.
    pub user_id: Option<Vec<u8>>,
    /// Of the phone number.
    pub phone: Option<Vec<u8>>,
    /// Of the e-mail address.
    pub email: Option<Vec<u8>>,
    /// Of the staff number in lower case.
    pub staff_number: Option<Vec<u8>>,
}

impl Profile {
    /// The profile in the form it is kept in, or the first field that is wrong.
    ///
    /// Somebody without user id, phone number and e-mail address could never sign in (`ACC-01`), so one is asked for.
    pub fn checked(mut self, region: &str, today: NaiveDate) -> Result<Self> {
        self.name = one_line("name", &self.name, 64)?.ok_or(Error::Invalid { field: "name", why: "is_empty" })?;
        self.user_id = given(self.user_id).map(|text| contact::user_id(&text)).transpose()?;
        self.phone = given(self.phone).map(|text| contact::phone(&text, region)).transpose()?;
        self.email = given(self.email).map(|text| contact::email(&text)).transpose()?;
        self.staff_number = optional_line("staff_number", self.staff_number, 32)?;
        self.position = optional_line("position", self.position, 64)?;
        self.signature = optional_line("signature", self.signature, 120)?;
        if self.user_id.is_none() && self.phone.is_none() && self.email.is_none() {
            return Err(Error::Invalid { field: "user_id", why: "one_of_user_id_phone_email" });
        }
        let first = NaiveDate::from_ymd_opt(FIRST_BIRTHDAY.0, FIRST_BIRTHDAY.1, FIRST_BIRTHDAY.2);
        if self.birthday.is_some_and(|day| Some(day) < first || day > today) {
            return Err(Error::Invalid { field: "birthday", why: "out_of_range" });
        }
        if self.language.as_deref().is_some_and(|language| !LANGUAGES.contains(&language)) {
            return Err(Error::Invalid { field: "language", why: "unknown" });
        }
        Ok(self)
    }

    /// Under the key of the member.
    pub fn seal(&self, tx: &Tx, member: MemberId) -> Result<Vec<u8>> {
        let plain = serde_json::to_vec(self).map_err(anyhow::Error::from)?;
        tx.seal(Bucket::Member(member.0), KIND, member.0, &plain)
    }

    /// What [`Profile::seal`] sealed.
    pub fn open(tx: &Tx, member: MemberId, sealed: &[u8]) -> Result<Self> {
        let plain = tx.open(Bucket::Member(member.0), KIND, member.0, sealed)?;
        Ok(serde_json::from_slice(&plain).map_err(anyhow::Error::from)?)
    }

    /// Its look-up codes in the organisation of `tx`.
    pub fn look_up(&self, tx: &Tx) -> LookUp {
        let code = |kind, value: &Option<String>| value.as_deref().map(|value| look_up(tx, kind, value));
        LookUp {
            user_id: code("directory.user_id", &self.user_id),
            phone: code("directory.phone", &self.phone),
            email: code("directory.email", &self.email),
            staff_number: code("directory.staff_number", &self.staff_number.as_deref().map(str::to_lowercase)),
        }
    }
}

/// The look-up code of a value inside the organisation of `tx`.
pub fn look_up(tx: &Tx, kind: &'static str, value: &str) -> Vec<u8> {
    tx.app().vault().lookup(kind, Some(tx.org().0), value).to_vec()
}

fn given(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}

fn optional_line(field: &'static str, text: Option<String>, longest: usize) -> Result<Option<String>> {
    text.map_or(Ok(None), |text| one_line(field, &text, longest))
}

impl Profile {
    /// What stands in the field; nothing for the picture, which is kept apart.
    pub fn get(&self, field: FieldId) -> Option<String> {
        match BuiltIn::of(field) {
            Some(BuiltIn::UserId) => self.user_id.clone(),
            Some(BuiltIn::StaffNumber) => self.staff_number.clone(),
            Some(BuiltIn::Phone) => self.phone.clone(),
            Some(BuiltIn::Email) => self.email.clone(),
            Some(BuiltIn::Position) => self.position.clone(),
            Some(BuiltIn::Signature) => self.signature.clone(),
            Some(BuiltIn::Birthday) => self.birthday.map(|day| day.to_string()),
            _ => self.values.get(&field).cloned(),
        }
    }

    /// Whether anything stands in the field.
    pub fn has(&self, field: FieldId) -> bool {
        self.get(field).is_some()
    }

    /// Takes out what stands in the field.
    pub fn take(&mut self, field: FieldId) {
        match BuiltIn::of(field) {
            Some(BuiltIn::UserId) => self.user_id = None,
            Some(BuiltIn::StaffNumber) => self.staff_number = None,
            Some(BuiltIn::Phone) => self.phone = None,
            Some(BuiltIn::Email) => self.email = None,
            Some(BuiltIn::Position) => self.position = None,
            Some(BuiltIn::Signature) => self.signature = None,
            Some(BuiltIn::Birthday) => self.birthday = None,
            _ => drop(self.values.remove(&field)),
        }
    }

    /// Puts something into the field; whether it is fit for it, [`Profile::checked`] says, and for values `fields::fill`.
    pub fn put(&mut self, field: FieldId, text: String) -> Result<()> {
        match BuiltIn::of(field) {
            Some(BuiltIn::UserId) => self.user_id = Some(text),
            Some(BuiltIn::StaffNumber) => self.staff_number = Some(text),
            Some(BuiltIn::Phone) => self.phone = Some(text),
            Some(BuiltIn::Email) => self.email = Some(text),
            Some(BuiltIn::Position) => self.position = Some(text),
            Some(BuiltIn::Signature) => self.signature = Some(text),
            Some(BuiltIn::Birthday) => {
                let day = text.trim().parse().map_err(|_| Error::Invalid { field: "birthday", why: "not_a_date" })?;
                self.birthday = Some(day);
            }
            _ => drop(self.values.insert(field, text)),
        }
        Ok(())
    }

    /// The fields in which something stands.
    pub fn fields(&self) -> BTreeSet<FieldId> {
        let built_in = BuiltIn::ALL.into_iter().map(BuiltIn::id);
        built_in.chain(self.values.keys().copied()).filter(|field| self.has(*field)).collect()
    }

    /// The fields in which something else stands than in `other`.
    pub fn differing(&self, other: &Self) -> Vec<FieldId> {
        let all: BTreeSet<FieldId> = self.fields().union(&other.fields()).copied().collect();
        all.into_iter().filter(|field| self.get(*field) != other.get(*field)).collect()
    }
}
