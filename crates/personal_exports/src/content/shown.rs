//! How values are shown to people.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::about::Owner;
use super::words;
use texts::Language;

/// Levels of a value that are shown; what lies deeper is shown as JSON.
const DEPTH: usize = 6;

/// How the values of one record are shown.
pub struct Shown<'a> {
    pub language: Language,
    /// What those are called whom it names.
    pub names: Option<&'a Value>,
    /// Whose copy it is: their own ids are shown as their name.
    pub owner: Option<&'a Owner>,
}

impl Shown<'_> {
    /// Any value.
    pub fn value(&self, value: &Value) -> String {
        self.nested(value, DEPTH)
    }

    fn nested(&self, value: &Value, depth: usize) -> String {
        match value {
            Value::Null => String::new(),
            Value::Bool(is_so) => self.language.of(if *is_so { words::YES } else { words::NO }).to_owned(),
            Value::Number(number) => number.to_string(),
            Value::String(text) => self.text(text),
            Value::Array(_) | Value::Object(_) if depth == 0 => escaped(&value.to_string()),
            Value::Array(values) => {
                values.iter().map(|value| self.nested(value, depth - 1)).collect::<Vec<_>>().join(", ")
            }
            Value::Object(values) => {
                let parts = values.iter().filter(|(_, value)| !value.is_null());
                let parts = parts.map(|(name, value)| {
                    let label = match words::column(name) {
                        Some(label) => self.language.of(label).to_owned(),
                        None => escaped(self.name(name).unwrap_or(name)),
                    };
                    format!("<dt>{label}</dt><dd>{}</dd>", self.nested(value, depth - 1))
                });
                format!("<dl>{}</dl>", parts.collect::<String>())
            }
        }
    }

    /// People by their names, instants to be read, all else as it is.
    fn text(&self, text: &str) -> String {
        if let Some(name) = self.name(text) {
            return escaped(name);
        }
        match DateTime::parse_from_rfc3339(text) {
            Ok(at) if text.len() >= 20 => instant(at.with_timezone(&Utc)),
            _ => escaped(text),
        }
    }

    /// Somebody by name, or a link to what is in the copy too.
    pub fn reference(&self, place: Option<&str>, id: &str) -> String {
        match (self.name(id), place) {
            (Some(name), _) => escaped(name),
            (None, Some(place)) => format!("<a href=\"{place}.html#{0}\">{0}</a>", escaped(id)),
            (None, None) => escaped(id),
        }
    }

    fn name(&self, id: &str) -> Option<&str> {
        let parsed = id.parse::<Uuid>().ok()?;
        let owner = self.owner.filter(|owner| owner.about.is(parsed));
        owner.map(|owner| owner.name.as_str()).or_else(|| self.names?.get(id)?.as_str())
    }
}

/// An instant to be read.
pub fn instant(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%d %H:%M:%S UTC").to_string()
}

/// A picture, out of its bytes in Base64.
pub fn picture(record: &Map<String, Value>, bytes: &str) -> String {
    let media_type = record.get("media_type").and_then(Value::as_str).unwrap_or("image/png");
    format!("<img alt=\"\" src=\"data:{};base64,{}\">", escaped(media_type), escaped(bytes))
}

/// A text inside an element or a quoted attribute.
pub fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => written.push_str("&amp;"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '"' => written.push_str("&quot;"),
            '\'' => written.push_str("&#39;"),
            other => written.push(other),
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Shown, escaped};
    use texts::Language;

    #[test]
    fn nothing_that_somebody_wrote_becomes_markup() {
        assert_eq!(escaped("<script>'\"&"), "&lt;script&gt;&#39;&quot;&amp;");
        let shown = Shown { language: Language::English, names: None, owner: None };
        let nested = shown.value(&json!({ "<b>": ["<i>", true, 7], "text": { "name": null } }));
        assert_eq!(nested, "<dl><dt>&lt;b&gt;</dt><dd>&lt;i&gt;, yes, 7</dd><dt>Text</dt><dd><dl></dl></dd></dl>");
    }

    #[test]
    fn people_are_shown_by_name_and_instants_to_be_read() {
        let id = "0192f7a0-0000-7000-8000-000000000001";
        let names = json!({ id: "Bob" });
        let shown = Shown { language: Language::English, names: Some(&names), owner: None };
        assert_eq!(shown.value(&json!([id, "2026-12-01T18:00:00+00:00"])), "Bob, 2026-12-01 18:00:00 UTC");
        let other = "0192f7a0-0000-7000-8000-000000000002";
        assert_eq!(shown.reference(None, other), other);
        assert!(shown.reference(Some("chat.conversation"), other).contains("chat.conversation.html#0192"));
    }
}
