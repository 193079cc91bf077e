//! What the file of an import is called: a label for whoever began it, sealed with what else is kept of the file.

use axum::http::HeaderMap;

/// In which a browser says it: UTF-8, with percent signs.
const HEADER: &str = "tulou-file-name";
/// Characters that are kept of it.
const LONGEST: usize = 120;

/// The name without folders and without what cannot be seen; `None` when there is none that can be read.
pub fn of(headers: &HeaderMap) -> Option<String> {
    let name = decoded(headers.get(HEADER)?.to_str().ok()?)?;
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let seen: String = last.chars().filter(|c| !c.is_control() && !directory::is_unseen(*c)).collect();
    let kept: String = seen.trim().chars().take(LONGEST).collect();
    Some(kept).filter(|name| !name.is_empty())
}

/// How a browser is told to save a file under this name (RFC 6266, RFC 8187): nothing of it can end the header.
pub fn attachment(name: &str) -> String {
    let encoded = |byte: u8| {
        let is_plain = byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
        if is_plain { char::from(byte).to_string() } else { format!("%{byte:02X}") }
    };
    format!("attachment; filename*=UTF-8''{}", name.bytes().map(encoded).collect::<String>())
}

/// A percent sign and two digits are a byte (RFC 3986).
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let decoded = if byte == b'%' { 16 * digit(rest.next()?)? + digit(rest.next()?)? } else { byte };
        bytes.push(decoded);
    }
    String::from_utf8(bytes).ok()
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue};

    use super::{attachment, of};

    #[test]
    fn a_name_cannot_end_its_header() {
        let given = "名\"; x=\r\n.csv";
        let header = attachment(given);
        assert_eq!(header, "attachment; filename*=UTF-8''%E5%90%8D%22%3B%20x%3D%0D%0A.csv");
    }

    fn named(given: &'static str) -> Option<String> {
        let mut headers = HeaderMap::new();
        headers.insert("tulou-file-name", HeaderValue::from_static(given));
        of(&headers)
    }

    #[test]
    fn a_name_is_its_last_part_without_what_misleads_and_never_longer_than_a_line() {
        assert_eq!(named("%E8%8A%B1%E5%90%8D%E5%86%8C.xlsx").as_deref(), Some("花名册.xlsx"));
        assert_eq!(named("C:%5CUsers%5Cann%5Cpeople.csv").as_deref(), Some("people.csv"));
        assert_eq!(named("people%E2%80%AEfdp%00.csv").as_deref(), Some("peoplefdp.csv"));
        let long: &'static str = "a".repeat(500).leak();
        assert_eq!(named(long).map(|name| name.len()), Some(120));
        for nothing in ["", "%", "%4", "%zz", "%FF", "a/"] {
            assert_eq!(named(nothing), None, "{nothing:?}");
        }
        assert_eq!(of(&HeaderMap::new()), None);
    }
}
