//! A request body, read with nothing of XML that could hurt: no document types, so no entities of one's own (bombs, files of
//! the server), no processing instructions, no depth or size without end.

use std::borrow::Cow;

use kernel::{Error, Result};
use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;

/// WebDAV (RFC 4918).
pub const DAV: &str = "DAV:";
/// CardDAV (RFC 6352).
pub const CARDDAV: &str = "urn:ietf:params:xml:ns:carddav";
/// What older clients ask besides.
pub const CALENDARSERVER: &str = "http://calendarserver.org/ns/";

const DEEPEST: usize = 16;
const MOST_ELEMENTS: usize = 10_000;

/// The name of an element: namespace and local part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Empty when there is none.
    pub space: String,
    /// Letters, digits, `-`, `_` and `.` only.
    pub local: String,
}

impl Name {
    /// Whether it is this one.
    pub fn is(&self, space: &str, local: &str) -> bool {
        self.space == space && self.local == local
    }
}

/// An element with all that is in it.
#[derive(Debug)]
pub struct Element {
    /// What it is.
    pub name: Name,
    /// Without namespaces.
    pub attributes: Vec<(String, String)>,
    /// In their order.
    pub children: Vec<Element>,
    /// The text directly in it.
    pub text: String,
}

impl Element {
    /// The first child of this name.
    pub fn child(&self, space: &str, local: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name.is(space, local))
    }

    /// The children of this name.
    pub fn all<'a>(&'a self, space: &'a str, local: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name.is(space, local))
    }

    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// The one element of the body.
pub fn parse(body: &[u8]) -> Result<Element> {
    let text = std::str::from_utf8(body).map_err(|_| wrong("not_utf8"))?;
    let mut reader = NsReader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let (mut open, mut root, mut count): (Vec<Element>, Option<Element>, usize) = (Vec::new(), None, 0);
    loop {
        let (space, event) = reader.read_resolved_event().map_err(|_| wrong("not_xml"))?;
        match event {
            Event::Start(start) => {
                count += 1;
                if root.is_some() || open.len() >= DEEPEST || count > MOST_ELEMENTS {
                    return Err(wrong("too_much"));
                }
                open.push(element(&space, &start)?);
            }
            Event::End(_) => {
                let done = open.pop().ok_or_else(|| wrong("not_xml"))?;
                match open.last_mut() {
                    Some(parent) => parent.children.push(done),
                    None => root = Some(done),
                }
            }
            Event::Text(text) => append(&mut open, &text.xml_content(XmlVersion::Implicit1_0))?,
            Event::CData(text) => append(&mut open, &text.xml_content(XmlVersion::Implicit1_0))?,
            Event::GeneralRef(reference) => append(&mut open, &referred(&reference)?)?,
            Event::DocType(_) | Event::PI(_) => return Err(wrong("has_declarations")),
            Event::Decl(_) | Event::Comment(_) | Event::Empty(_) => {}
            Event::Eof => break,
        }
    }
    root.filter(|_| open.is_empty()).ok_or_else(|| wrong("not_xml"))
}

fn element(space: &ResolveResult, start: &BytesStart) -> Result<Element> {
    let space = match space {
        ResolveResult::Bound(Namespace(space)) => (*space).to_owned(),
        ResolveResult::Unbound => String::new(),
        ResolveResult::Unknown(_) => return Err(wrong("has_unknown_prefix")),
    };
    let local = plain(start.local_name().as_ref())?;
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|_| wrong("not_xml"))?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| wrong("not_xml"))?;
        attributes.push((attribute.key.0.to_owned(), value.into_owned()));
    }
    Ok(Element { name: Name { space, local }, attributes, children: Vec::new(), text: String::new() })
}

/// Names go back into answers.
fn plain(name: &str) -> Result<String> {
    let is_plain = !name.is_empty()
        && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
    if is_plain { Ok(name.to_owned()) } else { Err(wrong("has_strange_names")) }
}

fn append(open: &mut [Element], text: &str) -> Result<()> {
    match open.last_mut() {
        Some(element) => element.text.push_str(text),
        None if text.trim().is_empty() => {}
        None => return Err(wrong("not_xml")),
    }
    Ok(())
}

/// A character by number, or one of the five that XML itself names.
fn referred(reference: &BytesRef) -> Result<Cow<'static, str>> {
    if let Some(c) = reference.resolve_char_ref().map_err(|_| wrong("not_xml"))? {
        return Ok(c.to_string().into());
    }
    let known = [("amp", "&"), ("lt", "<"), ("gt", ">"), ("quot", "\""), ("apos", "'")];
    let found = known.into_iter().find(|(name, _)| *name == &**reference);
    found.map(|(_, text)| text.into()).ok_or_else(|| wrong("has_unknown_entity"))
}

fn wrong(why: &'static str) -> Error {
    Error::Invalid { field: "body", why }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        parse(text.as_bytes()).err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn a_body_is_read_with_its_namespaces() {
        let text = "<?xml version=\"1.0\"?><x:multiget xmlns:x='urn:ietf:params:xml:ns:carddav' xmlns='DAV:'>\
                    <href a='&lt;1'>/a&amp;b&#x20;</href><x:y/></x:multiget>";
        let root = parse(text.as_bytes()).unwrap();
        assert!(root.name.is(CARDDAV, "multiget"));
        let href = root.child(DAV, "href").unwrap();
        assert_eq!((href.text.as_str(), href.attribute("a")), ("/a&b ", Some("<1")));
        assert!(root.child(CARDDAV, "y").is_some());
    }

    #[test]
    fn bombs_files_and_endless_depth_are_refused_before_they_go_off() {
        let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><x>&b;</x>";
        assert_eq!(refused(bomb), "body: has_declarations");
        assert_eq!(refused("<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><x/>"), "body: has_declarations");
        assert_eq!(refused("<?xml-stylesheet href='x'?><x/>"), "body: has_declarations");
        assert_eq!(refused("<x>&b;</x>"), "body: has_unknown_entity");
        assert_eq!(refused(&"<x>".repeat(100_000)), "body: too_much");
        assert_eq!(refused(&format!("<x>{}</x>", "<y/>".repeat(20_000))), "body: too_much");
        assert_eq!(refused("<x:y/>"), "body: has_unknown_prefix");
        assert_eq!(refused("<a&b/>"), "body: has_strange_names");
        for text in ["", "x", "<x>", "<x></y>", "<x/><y/>", "<x a=1/>", "\u{0}"] {
            assert!(refused(text).starts_with("body: "), "{text}");
        }
    }

    #[test]
    fn whatever_is_not_utf8_is_refused() {
        assert!(parse(b"\xff\xfe<\0x\0").is_err());
    }
}
