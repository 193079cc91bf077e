//! Licence expressions: `(MIT OR Apache-2.0) AND Unicode-3.0`.

use anyhow::{Context, Result, bail};

/// Whether the expression is satisfied by licences we accept.
pub fn is_accepted(expression: &str, accepts: &dyn Fn(&str) -> bool) -> Result<bool> {
    // The old way to write OR.
    let expression = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = expression.split_whitespace().collect();
    let mut at = 0;
    let accepted = any(&words, &mut at, accepts)?;
    if at < words.len() {
        bail!("`{expression}` is no licence expression");
    }
    Ok(accepted)
}

fn any(words: &[&str], at: &mut usize, accepts: &dyn Fn(&str) -> bool) -> Result<bool> {
    let mut accepted = all(words, at, accepts)?;
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        accepted |= all(words, at, accepts)?;
    }
    Ok(accepted)
}

fn all(words: &[&str], at: &mut usize, accepts: &dyn Fn(&str) -> bool) -> Result<bool> {
    let mut accepted = one(words, at, accepts)?;
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        accepted &= one(words, at, accepts)?;
    }
    Ok(accepted)
}

fn one(words: &[&str], at: &mut usize, accepts: &dyn Fn(&str) -> bool) -> Result<bool> {
    let word = *words.get(*at).context("a licence expression ends too early")?;
    *at += 1;
    if word == "(" {
        let accepted = any(words, at, accepts)?;
        *at += 1;
        return Ok(accepted);
    }
    if words.get(*at) == Some(&"WITH") {
        let name = format!("{word} WITH {}", words.get(*at + 1).context("WITH names no exception")?);
        *at += 2;
        // An exception only adds permissions.
        return Ok(accepts(&name) || accepts(word));
    }
    Ok(accepts(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(expression: &str) -> bool {
        is_accepted(expression, &|name| ["MIT", "Apache-2.0"].contains(&name)).unwrap()
    }

    #[test]
    fn expressions_mean_what_they_say() {
        assert!(accepted("MIT"));
        assert!(accepted("GPL-3.0 OR MIT"));
        assert!(accepted("MIT/Zlib"));
        assert!(accepted("(MIT OR Zlib) AND Apache-2.0 WITH LLVM-exception"));
        assert!(!accepted("GPL-3.0"));
        assert!(!accepted("MIT AND GPL-3.0"));
        assert!(!accepted("(MIT AND Zlib) OR (BSL AND MIT)"));
    }

    #[test]
    fn nonsense_is_an_error() {
        assert!(is_accepted("MIT Zlib", &|_| true).is_err());
        assert!(is_accepted("MIT OR", &|_| true).is_err());
    }
}
