//! The three reports of address books: these cards, cards like this, what changed (RFC 6352 §8, RFC 6578).

use std::collections::HashMap;

use axum::response::Response;
use kernel::{Error, Result};
use uuid::Uuid;

use super::answer::Multistatus;
use super::books;
use super::caller::Caller;
use super::filter::Filter;
use super::properties::{Described, usual};
use super::propfind::{describe_all, names};
use super::resource::{Book, Resource};
use super::xml::{self, CARDDAV, DAV, Element, Name};

/// Hrefs of one request at most.
const MOST_HREFS: usize = 2_000;

/// Answers whichever it is.
pub async fn answer(caller: &mut Caller, at: &Resource, body: &[u8]) -> Result<Response> {
    let root = xml::parse(body)?;
    let Resource::Book(book) = *at else { return Err(Error::Protocol(403, "d:supported-report")) };
    match (root.name.space.as_str(), root.name.local.as_str()) {
        (CARDDAV, "addressbook-multiget") => these(caller, book, &root).await,
        (CARDDAV, "addressbook-query") => like_this(caller, book, &root).await,
        (DAV, "sync-collection") => changed(caller, book, &root).await,
        _ => Err(Error::Protocol(403, "d:supported-report")),
    }
}

fn asked(root: &Element) -> Vec<Name> {
    root.child(DAV, "prop").map_or_else(usual, |prop| prop.children.iter().map(|child| child.name.clone()).collect())
}

/// What is not there, not in this book or not to be seen, is missing: one answer for all three.
async fn these(caller: &mut Caller, book: Book, root: &Element) -> Result<Response> {
    let hrefs: Vec<&str> = root.all(DAV, "href").map(|href| href.text.trim()).collect();
    if hrefs.len() > MOST_HREFS {
        return Err(Error::Protocol(403, "d:number-of-matches-within-limits"));
    }
    let wanted: Vec<Option<Uuid>> = hrefs.iter().map(|href| card_in(book, href)).collect();
    let ids: Vec<Uuid> = wanted.iter().flatten().copied().collect();
    let entries = books::some(caller, book, &ids).await?;
    let found: HashMap<String, _> = entries.iter().map(|entry| (entry.resource.href(), entry)).collect();
    let (names, asked, mut answer) = (names(caller).await?, asked(root), Multistatus::new());
    for (href, id) in hrefs.iter().zip(wanted) {
        let entry = id.and_then(|id| found.get(&Resource::Card(book, id).href()));
        match entry {
            Some(entry) => {
                let described = Described { resource: entry.resource, entry: Some(entry), token: None, names: &names };
                answer.describe(&described, &asked);
            }
            None => answer.missing(href),
        }
    }
    Ok(answer.finish(None))
}

/// Clients may write the whole address, escaped or not.
fn card_in(book: Book, href: &str) -> Option<Uuid> {
    let path = match href.split_once("://") {
        Some((_, rest)) => &rest[rest.find('/')?..],
        None => href,
    };
    match Resource::find(&path.replace("%2D", "-").replace("%2d", "-"))? {
        Resource::Card(of, id) if of == book => Some(id),
        _ => None,
    }
}

async fn like_this(caller: &mut Caller, book: Book, root: &Element) -> Result<Response> {
    let filter = root.child(CARDDAV, "filter").map(Filter::parse).transpose()?.unwrap_or_default();
    let limit = root.child(CARDDAV, "limit").and_then(|limit| limit.child(CARDDAV, "nresults"));
    let limit = limit.and_then(|most| most.text.trim().parse().ok()).unwrap_or(usize::MAX);
    let mut entries = books::all(caller, book).await?;
    entries.retain(|entry| filter.passes(entry));
    entries.truncate(limit);
    let (names, mut answer) = (names(caller).await?, Multistatus::new());
    describe_all(&mut answer, &entries, &asked(root), &names);
    Ok(answer.finish(None))
}

/// A client in the present state hears that nothing changed; one in any other begins anew (RFC 6578 §3.2), and then loads
/// only cards whose tag it does not know. What somebody may see is part of the state, so nothing taken away stays.
async fn changed(caller: &mut Caller, book: Book, root: &Element) -> Result<Response> {
    let known = root.child(DAV, "sync-token").map(|token| token.text.trim().to_owned()).unwrap_or_default();
    let entries = books::all(caller, book).await?;
    let token = books::token(&entries);
    let (names, mut answer) = (names(caller).await?, Multistatus::new());
    if known.is_empty() {
        describe_all(&mut answer, &entries, &asked(root), &names);
    } else if known != token {
        return Err(Error::Protocol(403, "d:valid-sync-token"));
    }
    Ok(answer.finish(Some(&token)))
}
