//! Tokens for machines and codes for people; of both only a hash is ever stored.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use tokens::readable;

/// Bytes of a token.
pub const TOKEN: usize = 32;

pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest(&SHA256, bytes).as_ref());
    hash
}

pub fn encode(token: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(token)
}

/// Only the one spelling [`encode`] makes is a token.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// A secret that only its holder knows, for what is no sign-in of an account.
pub struct Token([u8; TOKEN]);

impl Token {
    /// A new one.
    pub fn new(app: &kernel::App) -> Self {
        Self(app.random())
    }

    /// `None` for anything [`Token::text`] did not make.
    pub fn parse(text: &str) -> Option<Self> {
        decode(text)?.try_into().ok().map(Self)
    }

    /// As it travels.
    pub fn text(&self) -> String {
        encode(&self.0)
    }

    /// As it is kept.
    pub fn hash(&self) -> [u8; 32] {
        sha256(&self.0)
    }
}

/// A password for one time, as it is printed.
pub fn one_time(app: &kernel::App) -> String {
    readable(4, || app.random::<32>())
}

/// What somebody typed, as [`readable`] would have written it: case, spaces and dashes do not matter.
pub fn normalise(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).take(64).collect()
}

#[cfg(test)]
mod tests {
    use super::normalise;
    use tokens::readable;

    #[test]
    fn a_code_is_readable_and_survives_being_typed() {
        let mut seed = 0_u8;
        let code = readable(3, || {
            seed = seed.wrapping_add(77);
            [seed, 255, seed.wrapping_mul(3)]
        });
        assert_eq!(code.len(), 14);
        assert_eq!(code.matches('-').count(), 2);
        assert_eq!(normalise(&code.to_lowercase().replace('-', " ")), normalise(&code));
    }
}
