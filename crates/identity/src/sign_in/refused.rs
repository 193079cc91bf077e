//! That somebody was not let in, for whoever reads the audit log of an organisation the account is in (`ADM-02`).

use directory::State;
use kernel::audit::{self, Said};
use kernel::{AccountId, Actor, App, Rates, Result, SystemTx};

use super::enter::is_named;
use super::find::Login;
use crate::sessions::places::{self, Place};

/// One line for each person and reason in so many seconds: that it goes on is seen, and nobody fills a log by guessing.
const WINDOW_S: u32 = 60;
/// Tries of one account and reason in these seconds that are looked at more closely. It is more than one, so that what is tried in one
/// organisation hides little of what is tried in another.
const LOOKED_AT: u32 = 20;
/// Lines of one organisation in these seconds, whoever they are about: nobody fills a log by guessing for everybody either.
const LINES: u32 = 60;

/// Why somebody was not let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// They proved nothing, or not now.
    Unproven(&'static str),
    /// They proved who they are, and were shut out: of each organisation for a reason of its own, which no other one is told.
    ShutOut,
}

impl Why {
    fn code(self, place: &Place) -> Option<&'static str> {
        match self {
            Self::Unproven(code) => Some(code),
            Self::ShutOut => place.told(),
        }
    }
}

/// Records it beside the answer, which takes no longer for an account that is there than for one that is not. As whom it was tried
/// the line says; who tried is not known.
pub fn tell(app: &App, account: Option<AccountId>, login: &Login, why: Why) {
    let (Some(account), claimed) = (account, login.organisation().map(str::to_owned)) else { return };
    // Most of a flood ends here. What was claimed does not count: whoever claims something else each time would have a count of their own.
    if !is_among(app, ("identity.sign_in", account, why), LOOKED_AT) {
        return;
    }
    let of = app.clone();
    app.follow_up("identity.refused", async move {
        if let Err(error) = write(&of, account, claimed.as_deref(), why).await {
            tracing::warn!(code = error.code(), "a refused sign-in could not be recorded");
        }
    });
}

/// In the organisation that was claimed; where none was, or none of theirs, in each of them. Who is only asked to come is none of its
/// people yet.
async fn write(app: &App, account: AccountId, claimed: Option<&str>, why: Why) -> Result<()> {
    let (_, places) = places::all(SystemTx::begin(app).await?, account).await?;
    let mine: Vec<&Place> = places.iter().filter(|place| place.state != State::Invited).collect();
    let claimed = claimed.and_then(|claimed| mine.iter().find(|place| is_named(place, claimed))).map(|place| place.org);
    for place in mine.into_iter().filter(|place| claimed.is_none_or(|claimed| place.org == claimed)) {
        let Some(code) = why.code(place) else { continue };
        if is_among(app, ("identity.refused", place.member, why), 1)
            && is_among(app, ("identity.refused_in", place.org), LINES)
        {
            let whom = Some(("member".to_owned(), place.member.0));
            let said = Said::of_refusal(app.new_id(), "signIn".to_owned(), code, whom);
            audit::record(app, place.org, Actor::Visitor, said).await?;
        }
    }
    Ok(())
}

fn is_among(app: &App, of: impl std::hash::Hash, most: u32) -> bool {
    app.state::<Rates>().take(of, WINDOW_S, most, app.now())
}
