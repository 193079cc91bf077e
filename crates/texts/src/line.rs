//! One line of text, as it is kept.

use kernel::{Error, Result};

/// One line of text without control characters; `None` when nothing is left of it.
pub fn one_line(field: &'static str, text: &str, longest: usize) -> Result<Option<String>> {
    let text = text.trim();
    if text.chars().count() > longest {
        return Err(Error::Invalid { field, why: "is_too_long" });
    }
    if text.chars().any(|c| c.is_control() || is_unseen(c)) {
        return Err(Error::Invalid { field, why: "has_control_characters" });
    }
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

/// Whether nobody sees the character: it would let a name imitate another one, or reorder the text around it. The
/// joiners are not among them: emoji and some scripts are written with them.
pub fn is_unseen(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}
