//! The states of a member and the ways between them: one table, and nothing else changes a state (`ACC-10`, `ACC-11`, `DEL-01`, `DEL-02`).

use chrono::{DateTime, Months, TimeDelta, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Permission;

/// Where a member stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type, ToSchema)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum State {
    /// Asked in, has not accepted yet.
    Invited,
    /// Works here.
    Active,
    /// Shut out at once by an administrator (`ACC-10`).
    Suspended,
    /// Shut out for a period (`ACC-11`).
    Disabled,
    /// On the way out: erased when the period ends.
    Leaving,
    /// Gone for good.
    Erased,
}

/// Who takes a way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Somebody else who holds this wherever the person is, and no less than the person.
    Holder(Permission),
    /// The person, where the organisation lets its people leave.
    Oneself,
    /// The program: an invitation was accepted or declined, a period is over.
    Program,
}

/// Whether one alone may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Second {
    /// One alone.
    None,
    /// One alone, but of owners: owners are made and unmade by two, who take the owner's role first.
    OfOwners,
}

/// Who lets somebody in again who is shut out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum WayBack {
    /// People: somebody here shut them out.
    #[default]
    People,
    /// Also a call of another program, which alone shut them out.
    Calls,
}

/// What ends with the commit, on every node within five seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ends {
    /// Nothing: they could do nothing before, or were out already.
    Nothing,
    /// For good: sign-ins, sockets, addresses of files and downloads under way, links to join that they made, service tokens
    /// and passwords of address books. Whoever is let in again makes new ones. Imports they set going do nothing while they
    /// are not active.
    Access,
}

/// What begins to run out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// Nothing.
    None,
    /// A period that is chosen, a month unless said otherwise; then they leave.
    Period,
    /// Fourteen days; then they are erased.
    Leaving,
}

/// From the day on which somebody is marked to the day on which they are erased (`DEL-01`).
const LEAVES_IN: TimeDelta = TimeDelta::days(14);

impl Clock {
    /// When what begins now is over; a chosen period is of so many calendar months where the organisation is (`ACC-11`).
    pub fn ends_at(self, now: DateTime<Utc>, months: u32, zone: Tz) -> Option<DateTime<Utc>> {
        match self {
            Self::None => None,
            Self::Leaving => Some(now + LEAVES_IN),
            Self::Period => {
                let later = now.with_timezone(&zone).checked_add_months(Months::new(months));
                // An hour that the clocks leave out on that day is as good as the hour in UTC.
                later.map(|at| at.with_timezone(&Utc)).or_else(|| now.checked_add_months(Months::new(months)))
            }
        }
    }
}

/// One way from one state to another, with everything that belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Way {
    /// From here.
    pub from: State,
    /// To there.
    pub to: State,
    /// Whoever of these.
    pub by: &'static [By],
    /// Whether one alone may.
    pub second: Second,
    /// What ends at once.
    pub ends: Ends,
    /// What begins to run out.
    pub clock: Clock,
    /// What is told: those who look after people hear it from the line of the audit log and, where something is to be
    /// handed over, from a notification.
    pub tells: Tells,
    /// The line of the audit log: the event that says so.
    pub receipt: &'static str,
}

/// Who is told besides the audit log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tells {
    /// Nobody: whoever did it stands before it.
    Nobody,
    /// The person, when they come in again.
    Person,
    /// Whoever looks after sign-in, at once; the person when they try to come in.
    Guards,
    /// Whoever sees to leavers, with what is to be handed over; the person when they try to come in.
    Overseers,
}

const SUSPEND: &[By] = &[By::Holder(Permission::PeopleSuspend)];
const REMOVE: &[By] = &[By::Holder(Permission::PeopleRemove)];
const PROGRAM: &[By] = &[By::Program];

/// Every way there is. What is not here cannot happen. From `suspended` one is disabled or removed without being let in for
/// a moment first, and whoever was invited and does not come is erased: why is in `docs/adr/0022-ways.md`.
pub const WAYS: &[Way] = &[
    quiet(State::Invited, State::Active),
    quiet(State::Invited, State::Erased),
    Way {
        from: State::Active,
        to: State::Suspended,
        by: SUSPEND,
        second: Second::None,
        ends: Ends::Access,
        clock: Clock::None,
        tells: Tells::Guards,
        receipt: "directory.member_suspended",
    },
    back(State::Suspended, SUSPEND),
    disable(State::Active),
    disable(State::Suspended),
    back(State::Disabled, REMOVE),
    leave(State::Active, &[By::Holder(Permission::PeopleRemove), By::Oneself]),
    leave(State::Suspended, REMOVE),
    leave(State::Disabled, &[By::Holder(Permission::PeopleRemove), By::Program]),
    back(State::Leaving, REMOVE),
    quiet(State::Leaving, State::Erased),
];

/// An "off" of people over that of a call (`ACC-10`): whom only another program shut out stays where they stand, and from then
/// on only people let them in. Not among the ways, since it leads nowhere: nothing is left to end, and nothing begins.
const OWN: &[Way] = &[
    Way {
        from: State::Suspended,
        to: State::Suspended,
        by: SUSPEND,
        second: Second::None,
        ends: Ends::Nothing,
        clock: Clock::None,
        tells: Tells::Guards,
        receipt: "directory.member_suspended",
    },
    // The fourteen days go on as they began. No call sends an owner away, so there is none to ask a second about.
    Way { second: Second::None, ends: Ends::Nothing, clock: Clock::None, ..leave(State::Leaving, REMOVE) },
];

const fn quiet(from: State, to: State) -> Way {
    let (ends, tells) = (Ends::Nothing, Tells::Nobody);
    Way {
        from,
        to,
        by: PROGRAM,
        second: Second::None,
        ends,
        clock: Clock::None,
        tells,
        receipt: "directory.member_changed",
    }
}

const fn back(from: State, by: &'static [By]) -> Way {
    let (to, receipt) = (State::Active, "directory.member_resumed");
    let (second, ends, tells) = (Second::None, Ends::Nothing, Tells::Person);
    Way { from, to, by, second, ends, clock: Clock::None, tells, receipt }
}

const fn disable(from: State) -> Way {
    let (to, receipt) = (State::Disabled, "directory.member_disabled");
    let (second, ends, tells) = (Second::OfOwners, Ends::Access, Tells::Overseers);
    Way { from, to, by: REMOVE, second, ends, clock: Clock::Period, tells, receipt }
}

const fn leave(from: State, by: &'static [By]) -> Way {
    let (to, receipt) = (State::Leaving, "directory.member_leaving");
    let (second, ends, tells) = (Second::OfOwners, Ends::Access, Tells::Overseers);
    Way { from, to, by, second, ends, clock: Clock::Leaving, tells, receipt }
}

impl Way {
    /// What somebody else holds who takes it; `None` when only the program or the person does.
    pub fn permission(&self) -> Option<Permission> {
        self.by.iter().find_map(|by| match by {
            By::Holder(permission) => Some(*permission),
            By::Oneself | By::Program => None,
        })
    }
}

impl State {
    /// The way from here to there, if there is one.
    pub fn way(self, to: Self) -> Option<&'static Way> {
        WAYS.iter().find(|way| way.from == self && way.to == to)
    }

    /// The same for people, who also make the "off" of a call their own.
    pub fn way_of_people(self, to: Self, back: WayBack) -> Option<&'static Way> {
        let own = || OWN.iter().find(|own| own.from == self && own.to == to && back == WayBack::Calls);
        self.way(to).or_else(own).filter(|way| way.permission().is_some())
    }

    /// The way the program takes by itself when the time here is over.
    pub fn way_out(self) -> Option<&'static Way> {
        WAYS.iter().find(|way| way.from == self && self.is_shut_out() && way.by.contains(&By::Program))
    }

    /// Whether one may get from here to there in one step.
    pub fn leads_to(self, to: Self) -> bool {
        self.way(to).is_some()
    }

    /// Whether somebody who stands here is given roles.
    pub fn can_hold_roles(self) -> bool {
        matches!(self, Self::Active | Self::Suspended)
    }

    /// Whether somebody who stands here was here and is let in no more, though not erased. They are seen by nobody but
    /// those who look after them, and what they had can be handed over.
    pub fn is_shut_out(self) -> bool {
        matches!(self, Self::Suspended | Self::Disabled | Self::Leaving)
    }

    /// What they are told who prove who they are and are not let in.
    pub fn told(self) -> Option<&'static str> {
        match self {
            Self::Suspended => Some("identity.suspended"),
            Self::Disabled => Some("identity.disabled"),
            Self::Leaving => Some("identity.leaving"),
            Self::Invited | Self::Active | Self::Erased => None,
        }
    }

    /// Every state, in the order of a working life.
    pub const ALL: [Self; 6] =
        [Self::Invited, Self::Active, Self::Suspended, Self::Disabled, Self::Leaving, Self::Erased];
}

#[cfg(test)]
mod tests {
    use super::{By, Clock, Ends, OWN, Second, State, Tells, WAYS, WayBack};

    #[test]
    fn nothing_leads_out_of_erased_and_nothing_leads_to_itself() {
        for from in State::ALL {
            assert!(!State::Erased.leads_to(from));
            assert!(!from.leads_to(from));
        }
    }

    #[test]
    fn every_state_but_the_first_can_be_reached_and_no_way_is_listed_twice() {
        for to in State::ALL.into_iter().filter(|state| *state != State::Invited) {
            assert!(State::ALL.into_iter().any(|from| from.leads_to(to)), "{to:?}");
        }
        for (place, way) in WAYS.iter().enumerate() {
            assert!(WAYS[place + 1..].iter().all(|other| (other.from, other.to) != (way.from, way.to)), "{way:?}");
        }
    }

    #[test]
    fn people_make_the_off_of_a_call_their_own_and_nothing_else_leads_to_where_one_stands() {
        for from in State::ALL {
            let is_own = from.way_of_people(from, WayBack::Calls).is_some();
            assert_eq!(is_own, matches!(from, State::Suspended | State::Leaving), "{from:?}");
            assert!(from.way_of_people(from, WayBack::People).is_none());
            for to in State::ALL.into_iter().filter(|to| *to != from) {
                let (people, calls) = (WayBack::People, WayBack::Calls);
                assert_eq!(from.way_of_people(to, people), from.way_of_people(to, calls), "{from:?} {to:?}");
            }
        }
        for own in OWN {
            let (begun, ways) = (own.clock, WAYS.iter().filter(|way| way.to == own.to));
            assert_eq!(begun, Clock::None, "what runs out goes on as it began");
            assert_eq!((own.ends, own.second), (Ends::Nothing, Second::None), "they are out already");
            assert!(ways.filter(|way| way.ends == Ends::Access).any(|way| way.receipt == own.receipt));
        }
    }

    #[test]
    fn a_suspended_person_cannot_be_erased_without_passing_through_leaving() {
        assert!(!State::Suspended.leads_to(State::Erased));
        assert!(!State::Active.leads_to(State::Erased));
        assert!(!State::Disabled.leads_to(State::Erased));
    }

    #[test]
    fn del_01_del_02_the_program_leads_on_from_where_a_clock_runs_and_from_nowhere_else() {
        for state in State::ALL {
            let runs_out = WAYS.iter().any(|way| way.to == state && way.clock != Clock::None);
            assert_eq!(state.way_out().is_some(), runs_out, "{state:?}");
        }
        assert_eq!(State::Disabled.way_out().map(|way| way.to), Some(State::Leaving));
        assert_eq!(State::Leaving.way_out().map(|way| way.to), Some(State::Erased));
    }

    #[test]
    fn acc_11_months_are_those_of_the_calendar_where_the_organisation_is() {
        let at = |text: &str| text.parse::<chrono::DateTime<chrono::Utc>>().ok();
        let ends = |from, zone| at(from).and_then(|now| Clock::Period.ends_at(now, 1, zone));
        // 31 January in Shanghai begins on the 30th in UTC; February has 28 days, in a leap year 29.
        assert_eq!(ends("2027-01-30T17:00:00Z", chrono_tz::Asia::Shanghai), at("2027-02-27T17:00:00Z"));
        assert_eq!(ends("2028-01-30T17:00:00Z", chrono_tz::Asia::Shanghai), at("2028-02-28T17:00:00Z"));
        // The clocks go forward in between: the same hour on the wall.
        assert_eq!(ends("2027-03-15T09:00:00Z", chrono_tz::Europe::Berlin), at("2027-04-15T08:00:00Z"));
        // 02:30 on 28 March does not exist there.
        assert_eq!(ends("2027-02-28T01:30:00Z", chrono_tz::Europe::Berlin), at("2027-03-28T01:30:00Z"));
    }

    #[test]
    fn del_02_whoever_is_shut_out_can_be_let_in_again_until_they_are_erased() {
        for state in State::ALL {
            assert_eq!(state.is_shut_out(), state.told().is_some());
            let is_let_in = state.way(State::Active).is_some_and(|way| way.permission().is_some());
            assert_eq!(is_let_in, state.is_shut_out(), "{state:?}");
        }
    }

    #[test]
    fn every_way_that_shuts_out_ends_what_is_open_and_says_so() {
        for way in WAYS {
            assert_eq!(way.ends == Ends::Access, way.to.is_shut_out(), "{way:?}");
            assert_eq!(way.clock == Clock::Leaving, way.to == State::Leaving);
            assert_eq!(way.clock == Clock::Period, way.to == State::Disabled);
            assert_eq!(
                way.second == Second::OfOwners,
                way.clock != Clock::None,
                "what ends in erasure two decide of owners"
            );
            assert_eq!(way.tells == Tells::Nobody, way.by == [By::Program], "{way:?}");
            assert!(!way.by.contains(&By::Oneself) || way.from == State::Active);
        }
    }
}
