//! What somebody signs in with comes along into a further organisation.

use directory::Profile;
use kernel::{Actor, App, Caller, Result, SystemTx};

/// The profile with the handles of the organisation one comes from, where it names none of its own.
pub async fn bring_along(app: &App, caller: &Caller, mut profile: Profile) -> Result<Profile> {
    if [&profile.user_id, &profile.phone, &profile.email].into_iter().any(Option::is_some) {
        return Ok(profile);
    }
    let Some((org, member)) = caller.member else { return Ok(profile) };
    let mut tx = SystemTx::begin(app).await?.enter(org, Actor::Member(member)).await?;
    let known = directory::person(&mut tx, member).await?.profile;
    // A user id is of one organisation; it comes along where there is nothing else.
    profile.user_id = known.user_id.filter(|_| known.phone.is_none() && known.email.is_none());
    (profile.phone, profile.email) = (known.phone, known.email);
    Ok(profile)
}
