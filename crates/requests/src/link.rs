//! The secret link by which whoever asked follows their request: only a hash of it is kept.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kernel::{App, OrgId};
use uuid::Uuid;

const SECRET: usize = 24;
/// Letters and digits that nobody confuses on paper or over the phone.
const READABLE: &[u8; 31] = b"ABCDEFGHJKMNPQRSTUVWXYZ23456789";

/// The organisation and a secret: whoever holds it follows the request.
pub struct Token {
    pub org: OrgId,
    secret: [u8; SECRET],
}

impl Token {
    /// A new one.
    pub fn new(app: &App, org: OrgId) -> Self {
        Self { org, secret: app.random() }
    }

    /// `None` for anything [`Token::text`] did not make.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (org, secret) = bytes.split_at_checked(16)?;
        Some(Self { org: OrgId(Uuid::from_slice(org).ok()?), secret: secret.try_into().ok()? })
    }

    /// As it stands in the link.
    pub fn text(&self) -> String {
        URL_SAFE_NO_PAD.encode([self.org.0.as_bytes().as_slice(), &self.secret].concat())
    }

    /// As it is kept.
    pub fn hash(&self) -> Vec<u8> {
        digest(&SHA256, &self.secret).as_ref().to_vec()
    }
}

/// A number that says nothing of how many there were: `K7QM-3XP2`. It is no secret and opens nothing.
pub fn number(app: &App) -> String {
    let chosen = |byte: &u8| char::from(READABLE[usize::from(*byte) % READABLE.len()]);
    let letters: Vec<char> = app.random::<8>().iter().map(chosen).collect();
    let (first, last) = letters.split_at(4);
    format!("{}-{}", first.iter().collect::<String>(), last.iter().collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::Token;
    use kernel::OrgId;
    use uuid::Uuid;

    #[test]
    fn a_link_is_read_back_and_nothing_else_is_one() {
        let token = Token { org: OrgId(Uuid::from_u128(7)), secret: [9; 24] };
        let text = token.text();
        let read = Token::parse(&text).unwrap();
        assert_eq!((read.org, read.hash()), (token.org, token.hash()));
        for wrong in ["", "abc", &text[1..], &format!("{text}A")] {
            assert!(Token::parse(wrong).is_none(), "{wrong}");
        }
    }
}
