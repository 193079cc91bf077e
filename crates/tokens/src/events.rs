//! What happens to tokens without anybody asking for it.

use kernel::{Audience, Event, MemberId};
use serde::{Deserialize, Serialize};

use crate::TokenId;

/// A program may speak with the organisation no more: whoever made its token was shut out. Colleagues need not know of either.
#[derive(Debug, Serialize, Deserialize)]
pub struct TokenEnded {
    /// Which token.
    pub token: TokenId,
    /// Who made it.
    pub maker: MemberId,
}

impl Event for TokenEnded {
    const NAME: &'static str = "tokens.token_ended";
    fn audience(&self) -> Audience {
        Audience::Nobody
    }
}
