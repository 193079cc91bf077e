//! Whether everybody can have what they are to have: judged by how things stand when all of it is done (`DIR-04`).

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use kernel::{AccountId, MemberId};
use lists::{Draft, Field, Place};
use profiles::Profile;

use crate::acts::{Act, Update};

/// Who has something now.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum Holder {
    /// It stands in the profile of somebody here.
    Member(MemberId),
    /// Somebody of the installation signs in with it.
    Account(AccountId),
}

impl Holder {
    /// By whom it stands in the profile. What an account signs in with may be known to nobody in this organisation.
    fn called(self, names: &HashMap<MemberId, String>) -> Option<&str> {
        match self {
            Self::Member(member) => names.get(&member).map(String::as_str),
            Self::Account(_) => None,
        }
    }
}

/// What a row says somebody has, and who has it now.
pub struct Claim {
    /// The person's place in the draft.
    pub place: usize,
    /// What.
    pub field: Field,
    /// In the form it is kept in.
    pub value: String,
    /// Somebody else.
    pub holder: Holder,
}

/// What somebody gives up with a list for somebody else in it: it is free before anybody is written.
pub struct GivenUp {
    /// Who.
    pub member: MemberId,
    /// How they sign in.
    pub account: AccountId,
    /// What.
    pub field: Field,
    /// Whether they sign in with it.
    pub names_follow: bool,
}

/// Leaves out whoever claims what nobody gives up with the same list, and whoever then waits for them in vain; what is given up.
/// Of what stands in somebody's profile it is told in whose.
pub fn settle(
    draft: &mut Draft,
    acts: &mut [Act],
    claims: &[Claim],
    names: &HashMap<MemberId, String>,
) -> Vec<GivenUp> {
    let mut givers: HashMap<Holder, usize> = HashMap::new();
    for (place, act) in acts.iter().enumerate() {
        let Act::Update(update) = act else { continue };
        givers.insert(Holder::Member(update.member), place);
        if update.names_follow {
            givers.insert(Holder::Account(update.account), place);
        }
    }
    let giver = |claim: &Claim| givers.get(&claim.holder).copied().filter(|place| gives_up(&acts[*place], claim));
    let bonds: Vec<(usize, Option<usize>)> = claims.iter().map(|claim| (claim.place, giver(claim))).collect();
    let refused = fallen(&bonds);
    let mut given_up = Vec::new();
    for (claim, (place, on)) in claims.iter().zip(&bonds) {
        match on.filter(|on| !refused.contains(on)) {
            None => {
                let at = Place::person(draft.people[*place].row(), claim.field);
                draft.problems.taken(at, &claim.value, claim.holder.called(names));
            }
            Some(on) => given_up.extend(update_of(&acts[on]).map(|update| GivenUp {
                member: update.member,
                account: update.account,
                field: claim.field,
                names_follow: update.names_follow,
            })),
        }
    }
    for place in refused {
        acts[place] = Act::LeaveOut;
    }
    given_up
}

fn update_of(act: &Act) -> Option<&Update> {
    if let Act::Update(update) = act { Some(update) } else { None }
}

fn gives_up(act: &Act, claim: &Claim) -> bool {
    let own = |profile: &Profile| match claim.field {
        Field::UserId => profile.user_id.clone(),
        Field::StaffNumber => profile.staff_number.clone(),
        Field::Phone => profile.phone.clone(),
        Field::Email => profile.email.clone(),
        _ => None,
    };
    update_of(act).is_some_and(|update| {
        let stays = own(&update.profile).is_some_and(|own| own.to_lowercase() == claim.value.to_lowercase());
        update.is_changed && !stays
    })
}

/// Who of those that lean on something falls: whoever leans on nothing, and whoever leans on them.
pub fn fallen<K: Copy + Eq + Hash>(bonds: &[(K, Option<K>)]) -> HashSet<K> {
    let mut leaning: HashMap<K, Vec<K>> = HashMap::new();
    for (one, on) in bonds {
        if let Some(on) = on {
            leaning.entry(*on).or_default().push(*one);
        }
    }
    let mut falling: Vec<K> = bonds.iter().filter(|(_, on)| on.is_none()).map(|(one, _)| *one).collect();
    let mut fallen = HashSet::new();
    while let Some(one) = falling.pop() {
        if fallen.insert(one) {
            falling.extend(leaning.get(&one).into_iter().flatten().copied());
        }
    }
    fallen
}

#[cfg(test)]
mod tests {
    use super::fallen;

    #[test]
    fn a_ring_stands_and_who_leans_on_somebody_that_falls_falls_too() {
        let ring = [(1, Some(2)), (2, Some(3)), (3, Some(1))];
        assert!(fallen(&ring).is_empty());
        let row = [(1, Some(2)), (2, Some(3)), (3, None), (4, Some(5)), (5, Some(4))];
        let mut found: Vec<i32> = fallen(&row).into_iter().collect();
        found.sort_unstable();
        assert_eq!(found, [1, 2, 3]);
    }
}
