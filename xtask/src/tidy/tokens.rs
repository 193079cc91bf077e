//! SQL as the checks read it: words and names, without comments and without what stands in quotes.

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    Word(String),
    /// The text of a literal in single quotes.
    Text(String),
    Sign(char),
}

/// Lower-case words. What stands between dollar quotes is code and is read as such.
pub fn tokens(sql: &str) -> Vec<(usize, Token)> {
    let mut tokens = Vec::new();
    let mut rest = sql;
    while let Some(letter) = rest.chars().next() {
        let line = sql[..sql.len() - rest.len()].matches('\n').count() + 1;
        let (token, length) = if rest.starts_with("--") {
            (None, rest.find('\n').unwrap_or(rest.len()))
        } else if rest.starts_with("/*") {
            (None, rest.find("*/").map_or(rest.len(), |at| at + 2))
        } else if letter == '\'' {
            let length = quoted(rest);
            (Some(Token::Text(rest[1..length].trim_end_matches('\'').to_owned())), length)
        } else if letter.is_alphabetic() || letter == '_' {
            let length = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(rest.len());
            (Some(Token::Word(rest[..length].to_lowercase())), length)
        } else if letter.is_whitespace() || letter == '"' {
            (None, letter.len_utf8())
        } else {
            (Some(Token::Sign(letter)), letter.len_utf8())
        };
        tokens.extend(token.map(|token| (line, token)));
        rest = &rest[length..];
    }
    tokens
}

/// The length of a literal with its quotes; a doubled quote stands for one.
fn quoted(text: &str) -> usize {
    let mut at = 1;
    while let Some(end) = text[at..].find('\'') {
        at += end + 1;
        if !text[at..].starts_with('\'') {
            return at;
        }
        at += 1;
    }
    text.len()
}

/// `schema.name` pairs with their lines, also where a literal begins with one.
pub fn qualified(sql: &str) -> Vec<(usize, String, String)> {
    let tokens = tokens(sql);
    let mut names = Vec::new();
    for (at, (line, token)) in tokens.iter().enumerate() {
        match (token, tokens.get(at + 1), tokens.get(at + 2)) {
            (Token::Word(schema), Some((_, Token::Sign('.'))), Some((_, Token::Word(name)))) => {
                names.push((*line, schema.clone(), name.clone()));
            }
            (Token::Text(text), ..) => {
                let named = text.split_once('.').filter(|(schema, _)| schema.chars().all(char::is_alphabetic));
                names.extend(named.map(|(schema, name)| (*line, schema.to_owned(), name.to_owned())));
            }
            _ => {}
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_quotes_are_set_apart() {
        let sql = "select a -- from x.y\n/* x.z */ from chat.\"message\" where b = 'it''s x.w' and c = 'chat.draft'";
        let names: Vec<_> =
            qualified(sql).into_iter().map(|(line, schema, name)| format!("{line} {schema}.{name}")).collect();
        assert_eq!(names, ["2 chat.message", "2 chat.draft"]);
    }
}
