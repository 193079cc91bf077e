//! What there is in the tree, and where.

use uuid::Uuid;

use super::ROOT;

/// An address book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Book {
    /// The active people of the organisation.
    People,
    /// The contacts one sees.
    Contacts,
}

impl Book {
    /// Both, in their order.
    pub const ALL: [Self; 2] = [Self::People, Self::Contacts];

    /// Its name in addresses.
    pub fn segment(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Contacts => "contacts",
        }
    }
}

/// Something with an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resource {
    /// Where clients begin.
    Root,
    /// Whoever is asking.
    Principal,
    /// Holds the address books.
    Home,
    /// An address book.
    Book(Book),
    /// A card in it.
    Card(Book, Uuid),
}

impl Resource {
    /// What stands at this path.
    pub fn find(path: &str) -> Option<Self> {
        let rest = path.strip_prefix(ROOT)?;
        let segments: Vec<&str> = rest.split('/').filter(|segment| !segment.is_empty()).collect();
        let book = |name: &str| Book::ALL.into_iter().find(|book| book.segment() == name);
        match segments.as_slice() {
            [] => Some(Self::Root),
            ["me"] => Some(Self::Principal),
            ["books"] => Some(Self::Home),
            ["books", name] => book(name).map(Self::Book),
            ["books", name, card] => Some(Self::Card(book(name)?, card.strip_suffix(".vcf")?.parse().ok()?)),
            _ => None,
        }
    }

    /// Its path.
    pub fn href(self) -> String {
        match self {
            Self::Root => ROOT.to_owned(),
            Self::Principal => format!("{ROOT}me/"),
            Self::Home => format!("{ROOT}books/"),
            Self::Book(book) => format!("{ROOT}books/{}/", book.segment()),
            Self::Card(book, id) => format!("{ROOT}books/{}/{id}.vcf", book.segment()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Book, Resource};

    #[test]
    fn every_address_leads_back_to_what_it_names() {
        let card = Resource::Card(Book::Contacts, uuid::Uuid::from_u128(7));
        for resource in [Resource::Root, Resource::Principal, Resource::Home, Resource::Book(Book::People), card] {
            assert_eq!(Resource::find(&resource.href()), Some(resource));
        }
        for path in
            ["/dav/x", "/dav/books/people/../contacts", "/dav/books/people/x.vcf", "/v1/me", "/dav/books/other/"]
        {
            assert_eq!(Resource::find(path), None, "{path}");
        }
    }
}
