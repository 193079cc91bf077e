//! The words a person's password must not be made of, gathered from every organisation they belong to.

use directory::Profile;
use kernel::{AccountId, Actor, Result, SystemTx, Tx};

use super::rules::OwnWords;
use crate::sessions::places;

/// Everything an account is called anywhere.
pub async fn of_account(tx: SystemTx, account: AccountId) -> Result<(SystemTx, OwnWords)> {
    let mut own = OwnWords::default();
    let (mut tx, places) = places::all(tx, account).await?;
    for place in places {
        let mut inside = tx.enter(place.org, Actor::Member(place.member)).await?;
        let person = directory::person(&mut inside, place.member).await?;
        add_profile(&mut own, &person.profile);
        add_organisation(&mut own, &mut inside).await?;
        own.organisation(&place.slug);
        tx = inside.leave().await?;
    }
    Ok((tx, own))
}

/// What a profile calls somebody.
pub fn add_profile(own: &mut OwnWords, profile: &Profile) {
    own.name(&profile.name);
    for handle in [&profile.user_id, &profile.email].into_iter().flatten() {
        own.handle(handle);
    }
    if let Some(phone) = &profile.phone {
        own.phone(phone);
    }
}

/// What the organisation of `tx` is called.
pub async fn add_organisation(own: &mut OwnWords, tx: &mut Tx) -> Result<()> {
    let organisation = directory::organisation(tx).await?;
    for name in [organisation.name_zh, organisation.name_en].into_iter().flatten() {
        own.organisation(&name);
    }
    Ok(())
}
