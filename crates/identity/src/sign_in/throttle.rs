//! How often a password may be guessed, counted so that a stranger's guesses never keep the person out.
//!
//! Three budgets, each a bucket that refills with time: a device that has signed in to this account before has its
//! own; everything else shares one per client network and one for all networks together. Whoever floods the
//! second and third leaves the first untouched. All are kept by what was typed, known or not, so that an
//! answer never tells whether there is such an account.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};
use kernel::Error;

type Time = DateTime<Utc>;

/// Wrong guesses in a row, and the seconds after which one more is allowed.
struct Budget {
    guesses: f64,
    seconds: f64,
}

const KNOWN_DEVICE: Budget = Budget { guesses: 10.0, seconds: 60.0 };
const NETWORK: Budget = Budget { guesses: 8.0, seconds: 120.0 };
const ALL_NETWORKS: Budget = Budget { guesses: 60.0, seconds: 60.0 };

/// Above this the fullest (that is, least interesting) buckets are forgotten.
const MOST_BUCKETS: usize = 100_000;

/// Who is guessing.
#[derive(Debug, Clone, Copy)]
pub enum Guesser {
    /// A device that has signed in to this account before, by the hash of its token.
    Known([u8; 32]),
    Unknown(IpAddr),
    /// Somebody who guesses what nobody can be kept from by others' guesses; counted by network only.
    Alone(IpAddr),
}

/// There is no guess left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused {
    pub retry_after_s: u32,
    /// The first refusal since there was a guess: worth writing down once.
    pub is_first: bool,
}

impl From<Refused> for Error {
    fn from(refused: Refused) -> Self {
        Self::RateLimited { retry_after_s: refused.retry_after_s }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
    Device([u8; 32], [u8; 32]),
    Network([u8; 32], IpAddr),
    All([u8; 32]),
}

#[derive(Debug, Clone, Copy)]
struct Bucket {
    spent: f64,
    at: Time,
    has_refused: bool,
}

/// The counters of one process. Several nodes multiply the budgets by their number, which changes nothing that matters.
#[derive(Debug, Default)]
pub struct Throttle(Mutex<HashMap<Key, Bucket>>);

impl Throttle {
    /// Takes one guess from every budget that applies, or says when there is one.
    pub fn take(&self, login: [u8; 32], guesser: Guesser, now: Time) -> Result<(), Refused> {
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let keys = keys(login, guesser);
        for (key, budget) in &keys {
            let spent = spent(buckets.get(key), budget, now);
            if spent + 1.0 > budget.guesses {
                let wait = (spent + 1.0 - budget.guesses) * budget.seconds;
                let is_first = buckets.get_mut(key).is_some_and(|b| !std::mem::replace(&mut b.has_refused, true));
                return Err(Refused { retry_after_s: wait.ceil().clamp(1.0, 86_400.0) as u32, is_first });
            }
        }
        forget(&mut buckets, now);
        for (key, budget) in &keys {
            let spent = spent(buckets.get(key), budget, now) + 1.0;
            buckets.insert(*key, Bucket { spent, at: now, has_refused: false });
        }
        Ok(())
    }

    /// The guess was right: it does not count, and the guesser starts afresh.
    pub fn was_right(&self, login: [u8; 32], guesser: Guesser, now: Time) {
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (key, budget) in keys(login, guesser) {
            let left = match key {
                Key::All(_) => spent(buckets.get(&key), &budget, now) - 1.0,
                Key::Device(..) | Key::Network(..) => 0.0,
            };
            if left > 0.0 {
                buckets.insert(key, Bucket { spent: left, at: now, has_refused: false });
            } else {
                buckets.remove(&key);
            }
        }
    }
}

fn keys(login: [u8; 32], guesser: Guesser) -> Vec<(Key, Budget)> {
    match guesser {
        Guesser::Known(device) => vec![(Key::Device(login, device), KNOWN_DEVICE)],
        Guesser::Unknown(address) => {
            vec![(Key::Network(login, network(address)), NETWORK), (Key::All(login), ALL_NETWORKS)]
        }
        Guesser::Alone(address) => vec![(Key::Network(login, network(address)), NETWORK)],
    }
}

fn spent(bucket: Option<&Bucket>, budget: &Budget, now: Time) -> f64 {
    let Some(bucket) = bucket else { return 0.0 };
    let passed = (now - bucket.at).num_milliseconds().max(0) as f64 / 1000.0;
    (bucket.spent - passed / budget.seconds).max(0.0)
}

/// What one subscriber can change freely is one client: the last byte of an IPv4 address, the last half of an IPv6 one.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            IpAddr::from([a, b, c, 0])
        }
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::from([a, b, c, d, 0, 0, 0, 0])
        }
    }
}

fn forget(buckets: &mut HashMap<Key, Bucket>, now: Time) {
    if buckets.len() < MOST_BUCKETS {
        return;
    }
    buckets.retain(|key, bucket| {
        let budget = match key {
            Key::Device(..) => KNOWN_DEVICE,
            Key::Network(..) => NETWORK,
            Key::All(_) => ALL_NETWORKS,
        };
        spent(Some(bucket), &budget, now) > 0.0
    });
    // Someone who fills the table with addresses that do not exist may only push out single guesses.
    for most in [1.0, 2.0, f64::MAX] {
        if buckets.len() < MOST_BUCKETS {
            return;
        }
        buckets.retain(|_, bucket| bucket.spent > most);
    }
}

#[cfg(test)]
mod tests {
    use chrono::{TimeDelta, TimeZone, Utc};

    use super::{Guesser, Refused, Throttle, Time};

    const ANN: [u8; 32] = [1; 32];
    const DEVICE: Guesser = Guesser::Known([7; 32]);

    fn noon() -> Time {
        Utc.with_ymd_and_hms(2026, 1, 2, 12, 0, 0).unwrap()
    }

    fn at(address: &str) -> Guesser {
        Guesser::Unknown(address.parse().unwrap())
    }

    #[test]
    fn guessing_is_stopped_and_goes_on_after_a_while() {
        let throttle = Throttle::default();
        for _ in 0..8 {
            assert_eq!(throttle.take(ANN, at("192.0.2.1"), noon()), Ok(()));
        }
        let refused = Refused { retry_after_s: 120, is_first: true };
        assert_eq!(throttle.take(ANN, at("192.0.2.200"), noon()), Err(refused), "the neighbour is the same network");
        assert_eq!(throttle.take(ANN, at("192.0.2.1"), noon() + TimeDelta::seconds(120)), Ok(()));
        assert!(throttle.take(ANN, at("192.0.2.1"), noon() + TimeDelta::seconds(120)).is_err());
    }

    #[test]
    fn a_flood_from_everywhere_never_reaches_the_known_device() {
        let throttle = Throttle::default();
        let mut refused = 0;
        for i in 0..=255_u8 {
            refused += u32::from(throttle.take(ANN, Guesser::Unknown([198, 51, i, 9].into()), noon()).is_err());
        }
        assert!(refused > 150, "the flood is stopped");
        assert!(throttle.take(ANN, at("203.0.113.5"), noon()).is_err(), "so is an unknown device");
        assert_eq!(throttle.take(ANN, DEVICE, noon()), Ok(()), "the device that signed in before is not");
    }

    #[test]
    fn guesses_at_one_account_cost_another_nothing() {
        let throttle = Throttle::default();
        while throttle.take(ANN, at("192.0.2.1"), noon()).is_ok() {}
        assert_eq!(throttle.take([2; 32], at("192.0.2.1"), noon()), Ok(()));
    }

    #[test]
    fn a_right_password_clears_the_slate_of_its_device_only() {
        let throttle = Throttle::default();
        for _ in 0..9 {
            throttle.take(ANN, DEVICE, noon()).unwrap();
        }
        throttle.was_right(ANN, DEVICE, noon());
        for _ in 0..10 {
            assert_eq!(throttle.take(ANN, DEVICE, noon()), Ok(()));
        }
        assert!(throttle.take(ANN, DEVICE, noon()).is_err(), "a known device may not guess for ever either");
    }
}
