//! What stands in the address books, as the caller may see it.

use std::collections::{BTreeSet, HashMap};

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use directory::{DepartmentId, Member, State};
use kernel::{MemberId, Result, Tx};
use uuid::Uuid;

use super::caller::Caller;
use super::resource::{Book, Resource};
use crate::CONTACTS;
use crate::book::row;
use crate::model::{Card, Email, Label, Phone};
use crate::vcard::{Version, Written, write};

/// People are read from the directory so many at a time.
const AT_ONCE: usize = 500;

/// A card in a book.
pub struct Entry {
    /// Where.
    pub resource: Resource,
    /// What is known.
    pub card: Card,
    /// The main department of a colleague, as far as the caller sees it.
    pub department: Option<String>,
    /// As vCard 3.0, which every client reads.
    pub text: String,
}

impl Entry {
    fn of(book: Book, id: Uuid, card: Card, department: Option<String>) -> Self {
        let text = write(&Written { id, card: &card, department: department.as_deref() }, Version::V3);
        Self { resource: Resource::Card(book, id), card, department, text }
    }

    /// Changes with the text and with nothing else.
    pub fn etag(&self) -> String {
        format!("\"{}\"", shortened(&[self.text.as_bytes()]))
    }
}

/// Everything in a book.
pub async fn all(caller: &mut Caller, book: Book) -> Result<Vec<Entry>> {
    match book {
        Book::Contacts => contacts(caller, None).await,
        Book::People => {
            let ids = directory::active_members(&mut caller.tx).await?;
            people(caller, &ids).await
        }
    }
}

/// Those of these that are in the book and may be seen.
pub async fn some(caller: &mut Caller, book: Book, ids: &[Uuid]) -> Result<Vec<Entry>> {
    match book {
        Book::Contacts => contacts(caller, Some(ids)).await,
        Book::People => people(caller, &ids.iter().copied().map(MemberId).collect::<Vec<_>>()).await,
    }
}

/// Says whether anything in a book changed, for the caller: also what they may see.
pub fn token(entries: &[Entry]) -> String {
    let mut lines: Vec<String> =
        entries.iter().map(|entry| format!("{} {}", entry.resource.href(), entry.etag())).collect();
    lines.sort_unstable();
    let lines: Vec<&[u8]> = lines.iter().map(|line| line.as_bytes()).collect();
    format!("urn:tulou:sync:{}", shortened(&lines))
}

async fn contacts(caller: &mut Caller, only: Option<&[Uuid]>) -> Result<Vec<Entry>> {
    let mut entries = Vec::new();
    // The book stays, with nothing in it: devices take away what they had of it.
    if !applications::is_open(&mut caller.tx, CONTACTS).await? {
        return Ok(entries);
    }
    for row in row::visible(&mut caller.tx, &caller.keeper, None).await? {
        if only.is_none_or(|ids| ids.contains(&row.id.0)) {
            entries.push(Entry::of(Book::Contacts, row.id.0, row.open_card(&caller.tx)?, None));
        }
    }
    Ok(entries)
}

async fn people(caller: &mut Caller, ids: &[MemberId]) -> Result<Vec<Entry>> {
    let mut colleagues = Vec::new();
    for ids in ids.chunks(AT_ONCE) {
        let ids = directory::seen_members(&mut caller.tx, ids.to_vec()).await?;
        let seen = directory::members(&mut caller.tx, &ids).await?;
        colleagues.extend(seen.into_iter().filter(|member| member.state == State::Active));
    }
    if colleagues.is_empty() {
        return Ok(Vec::new());
    }
    let house = House::of(&mut caller.tx, &colleagues).await?;
    Ok(colleagues.into_iter().map(|member| house.entry(member)).collect())
}

/// What the organisation and the main departments of its people are called, as far as the caller sees those.
struct House {
    organisation: String,
    departments: HashMap<DepartmentId, String>,
}

impl House {
    async fn of(tx: &mut Tx, people: &[Member]) -> Result<Self> {
        let main: BTreeSet<DepartmentId> = people.iter().filter_map(main_department).collect();
        let main: Vec<DepartmentId> = main.into_iter().collect();
        let departments = match main.as_slice() {
            [] => Vec::new(),
            some => directory::departments_with_archived(tx, Some(some)).await?,
        };
        let departments = departments.into_iter().map(|one| (one.id, one.name)).collect();
        Ok(Self { organisation: directory::organisation(tx).await?.name, departments })
    }

    fn entry(&self, member: Member) -> Entry {
        let department = main_department(&member).and_then(|main| self.departments.get(&main).cloned());
        let card = Card {
            name: member.name,
            phones: member.phone.into_iter().map(|number| Phone { label: Label::Mobile, number }).collect(),
            emails: member.email.into_iter().map(|address| Email { label: Label::Work, address }).collect(),
            company: Some(self.organisation.clone()),
            position: member.position,
            note: None,
        };
        Entry::of(Book::People, member.id.0, card, department)
    }
}

/// The first of those that the caller is shown.
fn main_department(member: &Member) -> Option<DepartmentId> {
    member.department_ids.first().copied()
}

fn shortened(parts: &[&[u8]]) -> String {
    let hash = digest(&SHA256, &parts.join(&b'\n'));
    URL_SAFE_NO_PAD.encode(&hash.as_ref()[..18])
}
