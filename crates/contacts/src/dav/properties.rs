//! What is known of a resource, by the name of the property.

use super::answer::{Inner, escaped};
use super::books::Entry;
use super::resource::{Book, Resource};
use super::xml::{CALENDARSERVER, CARDDAV, DAV, Name};

/// Something to be described, with what was read of it.
pub struct Described<'a> {
    /// What.
    pub resource: Resource,
    /// Of a card, what is in it.
    pub entry: Option<&'a Entry>,
    /// Of a book, its state.
    pub token: Option<&'a str>,
    /// Of a book, what it is called: in the words of the organisation's region.
    pub names: &'a Names,
}

/// What the books are called.
pub struct Names {
    /// The directory.
    pub people: String,
    /// The contacts.
    pub contacts: String,
}

/// Asked for when a client asks for everything.
pub fn usual() -> Vec<Name> {
    let names = ["resourcetype", "displayname", "getetag", "getcontenttype", "current-user-principal"];
    names.into_iter().map(|local| Name { space: DAV.to_owned(), local: local.to_owned() }).collect()
}

impl Described<'_> {
    /// The value, as XML; none when the resource has no such property.
    pub fn value(&self, name: &Name) -> Option<Inner> {
        match name.space.as_str() {
            DAV => self.of_dav(&name.local),
            CARDDAV => self.of_carddav(&name.local),
            CALENDARSERVER if name.local == "getctag" => self.token.map(|token| Inner(escaped(token))),
            _ => None,
        }
    }

    fn of_dav(&self, local: &str) -> Option<Inner> {
        let inner = match (local, self.resource) {
            ("resourcetype", Resource::Book(_)) => "<d:collection/><c:addressbook/>".to_owned(),
            ("resourcetype", Resource::Card(..)) => String::new(),
            ("resourcetype", Resource::Principal) => "<d:collection/><d:principal/>".to_owned(),
            ("resourcetype", _) => "<d:collection/>".to_owned(),
            ("displayname", Resource::Book(Book::People)) => escaped(&self.names.people),
            ("displayname", Resource::Book(Book::Contacts)) => escaped(&self.names.contacts),
            ("displayname", Resource::Card(..)) => escaped(&self.entry?.card.name),
            ("displayname", _) => "Tulou".to_owned(),
            ("getetag", Resource::Card(..)) => escaped(&self.entry?.etag()),
            ("getcontenttype", Resource::Card(..)) => "text/vcard; charset=utf-8".to_owned(),
            ("getcontentlength", Resource::Card(..)) => self.entry?.text.len().to_string(),
            ("current-user-principal" | "owner", _) | ("principal-URL", Resource::Principal) => {
                href(Resource::Principal)
            }
            ("principal-collection-set", _) => href(Resource::Root),
            ("current-user-privilege-set", _) => "<d:privilege><d:read/></d:privilege>".to_owned(),
            ("supported-report-set", Resource::Book(_)) => {
                let report = |name| format!("<d:supported-report><d:report><{name}/></d:report></d:supported-report>");
                ["c:addressbook-query", "c:addressbook-multiget", "d:sync-collection"].map(report).concat()
            }
            ("sync-token", Resource::Book(_)) => escaped(self.token?),
            _ => return None,
        };
        Some(Inner(inner))
    }

    fn of_carddav(&self, local: &str) -> Option<Inner> {
        let inner = match (local, self.resource) {
            ("addressbook-home-set", Resource::Principal | Resource::Root) => href(Resource::Home),
            ("supported-address-data", Resource::Book(_)) => {
                "<c:address-data-type content-type=\"text/vcard\" version=\"3.0\"/>".to_owned()
            }
            ("address-data", Resource::Card(..)) => escaped(&self.entry?.text),
            _ => return None,
        };
        Some(Inner(inner))
    }
}

fn href(resource: Resource) -> String {
    format!("<d:href>{}</d:href>", resource.href())
}
