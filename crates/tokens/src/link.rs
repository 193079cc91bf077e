//! The secret of a link, by which whoever holds it comes to one thing of an organisation: an invitation, a request.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kernel::{App, OrgId};
use uuid::Uuid;

use crate::secret::hash;

const SECRET: usize = 24;

/// The organisation, since nothing of another one can be looked up, and a secret of which only a hash is kept.
pub struct LinkToken {
    /// Where what it leads to is.
    pub org: OrgId,
    secret: [u8; SECRET],
}

impl LinkToken {
    /// A new one.
    pub fn new(app: &App, org: OrgId) -> Self {
        Self { org, secret: app.random() }
    }

    /// `None` for anything [`LinkToken::text`] did not make.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (org, secret) = bytes.split_at_checked(16)?;
        Some(Self { org: OrgId(Uuid::from_slice(org).ok()?), secret: secret.try_into().ok()? })
    }

    /// As it stands in the link.
    pub fn text(&self) -> String {
        URL_SAFE_NO_PAD.encode([self.org.0.as_bytes().as_slice(), &self.secret].concat())
    }

    /// As it is kept: SHA-256 of the secret.
    pub fn hash(&self) -> Vec<u8> {
        hash(&self.secret)
    }
}

#[cfg(test)]
mod tests {
    use super::LinkToken;
    use kernel::OrgId;
    use uuid::Uuid;

    #[test]
    fn a_link_is_read_back_and_nothing_else_is_one() {
        let token = LinkToken { org: OrgId(Uuid::from_u128(7)), secret: [9; 24] };
        let text = token.text();
        let read = LinkToken::parse(&text).unwrap();
        assert_eq!((read.org, read.hash()), (token.org, token.hash()));
        for wrong in ["", "abc", &text[1..], &format!("{text}A")] {
            assert!(LinkToken::parse(wrong).is_none(), "{wrong}");
        }
    }
}
