//! What is there, and what is known of it (RFC 4918 §9.1).

use axum::http::HeaderMap;
use axum::response::Response;
use kernel::{Error, Result};

use super::answer::Multistatus;
use super::books::{self, Entry};
use super::caller::Caller;
use super::properties::{Described, Names, usual};
use super::resource::{Book, Resource};
use super::xml::{self, CALENDARSERVER, DAV, Name};

/// How far below the resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// The resource alone.
    Zero,
    /// With what is directly in it.
    One,
}

/// `infinity`, which is also what is meant when nothing is said, is refused: it may be anything.
pub fn depth(headers: &HeaderMap) -> Result<Depth> {
    match headers.get("depth").map(|value| value.as_bytes()) {
        Some(b"0") => Ok(Depth::Zero),
        Some(b"1") => Ok(Depth::One),
        _ => Err(Error::Protocol(403, "d:propfind-finite-depth")),
    }
}

/// The properties somebody asks for; an empty body asks for the usual ones.
pub async fn answer(caller: &mut Caller, at: &Resource, depth: Depth, body: &[u8]) -> Result<Response> {
    let asked = asked(body)?;
    let names = names(caller).await?;
    let wants_token = |book: Resource| {
        matches!(book, Resource::Book(_))
            && asked.iter().any(|name| name.is(DAV, "sync-token") || name.is(CALENDARSERVER, "getctag"))
    };
    let mut answer = Multistatus::new();
    let below = if depth == Depth::One { children(*at) } else { Vec::new() };
    for resource in std::iter::once(*at).chain(below) {
        let is_opened = wants_token(resource) || (depth == Depth::One && resource == *at);
        let entries = match resource {
            Resource::Book(book) if is_opened => books::all(caller, book).await?,
            Resource::Card(book, id) => one(books::some(caller, book, &[id]).await?)?,
            _ => Vec::new(),
        };
        let token = matches!(resource, Resource::Book(_)).then(|| books::token(&entries));
        let entry = entries.first().filter(|_| matches!(resource, Resource::Card(..)));
        answer.describe(&Described { resource, entry, token: token.as_deref(), names: &names }, &asked);
        if depth == Depth::One && resource == *at && matches!(resource, Resource::Book(_)) {
            describe_all(&mut answer, &entries, &asked, &names);
        }
    }
    Ok(answer.finish(None))
}

/// Every card, with these properties.
pub fn describe_all(answer: &mut Multistatus, entries: &[Entry], asked: &[Name], names: &Names) {
    for entry in entries {
        answer.describe(&Described { resource: entry.resource, entry: Some(entry), token: None, names }, asked);
    }
}

/// What the books are called, in the language of where the organisation is.
pub async fn names(caller: &mut Caller) -> Result<Names> {
    let organisation = directory::organisation(&mut caller.tx).await?;
    let (people, contacts) = match organisation.region.get(..2) {
        Some("CN") => ("通讯录", "联系人"),
        Some("TW" | "HK" | "MO") => ("通訊錄", "聯絡人"),
        _ => ("Directory", "Contacts"),
    };
    Ok(Names { people: people.to_owned(), contacts: contacts.to_owned() })
}

fn children(of: Resource) -> Vec<Resource> {
    match of {
        Resource::Root => vec![Resource::Principal, Resource::Home],
        Resource::Home => Book::ALL.map(Resource::Book).to_vec(),
        Resource::Principal | Resource::Book(_) | Resource::Card(..) => Vec::new(),
    }
}

fn one(entries: Vec<Entry>) -> Result<Vec<Entry>> {
    if entries.is_empty() { Err(Error::NotFound("card")) } else { Ok(entries) }
}

fn asked(body: &[u8]) -> Result<Vec<Name>> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok(usual());
    }
    let root = xml::parse(body)?;
    if !root.name.is(DAV, "propfind") {
        return Err(Error::Invalid { field: "body", why: "unknown_request" });
    }
    Ok(match root.child(DAV, "prop") {
        Some(prop) => prop.children.iter().map(|child| child.name.clone()).collect(),
        None => usual(),
    })
}
