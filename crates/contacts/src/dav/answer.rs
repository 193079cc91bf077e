//! Answers in the form of WebDAV: one response for each resource, with what was found and what was not.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::properties::Described;
use super::xml::{CALENDARSERVER, CARDDAV, DAV, Name};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>";

/// The inside of an element, escaped already.
pub struct Inner(pub String);

/// An answer about many resources (RFC 4918 §13).
pub struct Multistatus(String);

impl Multistatus {
    /// About nothing yet.
    pub fn new() -> Self {
        Self(format!("{HEAD}<d:multistatus xmlns:d=\"{DAV}\" xmlns:c=\"{CARDDAV}\" xmlns:cs=\"{CALENDARSERVER}\">"))
    }

    /// A resource with the properties asked for.
    pub fn describe(&mut self, described: &Described, asked: &[Name]) {
        let (mut found, mut missing) = (String::new(), String::new());
        for name in asked {
            match described.value(name) {
                Some(Inner(inner)) => found.push_str(&element(name, &inner)),
                None => missing.push_str(&element(name, "")),
            }
        }
        self.0.push_str(&format!("<d:response><d:href>{}</d:href>", escaped(&described.resource.href())));
        if !found.is_empty() || missing.is_empty() {
            self.0.push_str(&propstat(&found, "200 OK"));
        }
        if !missing.is_empty() {
            self.0.push_str(&propstat(&missing, "404 Not Found"));
        }
        self.0.push_str("</d:response>");
    }

    /// A resource that is not there, in the words of whoever asked.
    pub fn missing(&mut self, href: &str) {
        let href = escaped(href);
        self.0.push_str(&format!(
            "<d:response><d:href>{href}</d:href><d:status>HTTP/1.1 404 Not Found</d:status></d:response>"
        ));
    }

    /// The whole answer; of a synchronisation with the state it leads to.
    pub fn finish(mut self, token: Option<&str>) -> Response {
        if let Some(token) = token {
            self.0.push_str(&format!("<d:sync-token>{}</d:sync-token>", escaped(token)));
        }
        self.0.push_str("</d:multistatus>");
        xml(StatusCode::MULTI_STATUS, self.0)
    }
}

/// A refusal with the condition that was not met (RFC 4918 §16).
pub fn refusal(status: u16, condition: &str) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::FORBIDDEN);
    xml(status, format!("{HEAD}<d:error xmlns:d=\"{DAV}\" xmlns:c=\"{CARDDAV}\"><{condition}/></d:error>"))
}

/// Text as it may stand in XML; what may not stand there at all is left out.
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            // A bare one would be read as a line feed.
            '\r' => safe.push_str("&#13;"),
            '\t' | '\n' => safe.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => safe.push(c),
        }
    }
    safe
}

fn xml(status: StatusCode, text: String) -> Response {
    (status, [(header::CONTENT_TYPE, "application/xml; charset=utf-8")], text).into_response()
}

fn propstat(inner: &str, status: &str) -> String {
    format!("<d:propstat><d:prop>{inner}</d:prop><d:status>HTTP/1.1 {status}</d:status></d:propstat>")
}

fn element(name: &Name, inner: &str) -> String {
    let local = &name.local;
    let prefix = match name.space.as_str() {
        DAV => "d",
        CARDDAV => "c",
        CALENDARSERVER => "cs",
        "" => return format!("<{local}>{inner}</{local}>"),
        other => return format!("<x:{local} xmlns:x=\"{}\">{inner}</x:{local}>", escaped(other)),
    };
    format!("<{prefix}:{local}>{inner}</{prefix}:{local}>")
}
