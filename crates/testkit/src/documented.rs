//! Every problem a test meets is one the document names: a code that clients match on and nobody wrote down is a mistake.

use serde_json::Value;

/// Panics when the answer is a problem whose code is neither the operation's nor one that any operation may answer with.
pub(crate) fn check(document: &Value, method: &str, path: &str, answer: &[u8]) {
    let Some(operation) = operation(document, method, path) else { return };
    let answer: Value = serde_json::from_slice(answer).unwrap_or_default();
    let (Some(code), Some(_)) = (answer["code"].as_str(), answer["title"].as_str()) else { return };
    let names = |errors: &Value| errors.as_array().is_some_and(|codes| codes.iter().any(|known| known == code));
    let is_named = names(&operation["x-errors"]) || names(&document["x-errors"]);
    assert!(is_named, "{} answers {code}, which its x-errors do not name", operation["operationId"]);
}

/// Whether the operation behind this address asks which edition is changed.
pub(crate) fn takes_an_edition(document: &Value, method: &str, path: &str) -> bool {
    operation(document, method, path).is_some_and(asks_which_edition)
}

/// Whether the operation takes `If-Match`.
pub(crate) fn asks_which_edition(operation: &Value) -> bool {
    operation["parameters"].as_array().into_iter().flatten().any(|one| one["name"] == "If-Match")
}

/// The operation behind an address: of several patterns that fit, the one with the fewest blanks.
fn operation<'a>(document: &'a Value, method: &str, path: &str) -> Option<&'a Value> {
    let path = path.split('?').next().unwrap_or_default();
    let fits = |pattern: &str| {
        let (pattern, path) = (pattern.split('/'), path.split('/'));
        pattern.clone().count() == path.clone().count()
            && pattern.zip(path).all(|(pattern, part)| pattern.starts_with('{') || pattern == part)
    };
    let patterns = document["paths"].as_object()?.iter().filter(|(pattern, _)| fits(pattern));
    let (_, methods) = patterns.min_by_key(|(pattern, _)| pattern.matches('{').count())?;
    methods.get(method.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::check;
    use serde_json::json;

    fn answer(code: &str) {
        let document = json!({
            "x-errors": ["internal"],
            "paths": {
                "/v1/notes/{note}": {"delete": {"operationId": "burnNote", "x-errors": ["forbidden"]}},
                "/v1/notes/all": {"delete": {"operationId": "burnAll", "x-errors": []}},
            },
        });
        let answer = json!({"title": "t", "code": code}).to_string();
        check(&document, "DELETE", "/v1/notes/7?x=1", answer.as_bytes());
    }

    #[test]
    fn what_is_written_down_may_be_answered() {
        answer("forbidden");
        answer("internal");
    }

    #[test]
    #[should_panic(expected = "notes.too_wet")]
    fn what_nobody_wrote_down_is_noticed() {
        answer("notes.too_wet");
    }
}
