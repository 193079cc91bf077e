//! The checker and the devices are tried on servers that break one promise each: a check that cannot fail proves nothing.

use std::rc::Rc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::task::{LocalSet, spawn_local};
use tokio::time::{sleep, timeout};

use super::device::Device;
use super::fake::{Fake, Way, member};
use super::fault::Fault;
use super::verdict::{Court, Verdict};
use super::world::{Talk, World};

const TALKS: [(&str, &[usize]); 2] = [("one", &[0, 1]), ("other", &[0, 1, 2])];
/// Whose each device is.
const DEVICES: [usize; 5] = [0, 1, 2, 0, 1];
/// Enough for each way to have done it several times, before and after the crash.
const MESSAGES: usize = 100;
/// What is not answered for so long is handed over again.
const AGAIN: Duration = Duration::from_millis(100);
const PATIENCE: Duration = Duration::from_secs(60);

/// People talk, the server crashes, people go on; what the court says.
async fn try_on(way: Way, rest: Duration) -> Verdict {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let fake = Fake::new(way, &TALKS);
    let serving = spawn_local(axum::serve(listener, fake.router()).into_future());
    let talks = TALKS.map(|(id, people)| Talk { id: id.to_owned(), people: people.to_vec() });
    let people = (0..3).map(member).collect();
    let world = World::new("fake", (vec![address.clone(), address], AGAIN), people, talks.into()).unwrap();
    let mut devices = Vec::new();
    for (number, person) in (0..).zip(DEVICES) {
        devices.push(Device::new(&world, number, person, person.to_string()));
    }
    let lives: Vec<_> = devices.iter().map(|device| spawn_local(Rc::clone(device).live())).collect();
    for said in [MESSAGES, 2 * MESSAGES] {
        let enough = async {
            while world.messages().1 < said {
                sleep(Duration::from_millis(5)).await;
            }
        };
        timeout(PATIENCE, enough).await.unwrap();
        fake.crash();
    }
    let tokens: Vec<String> = (0..3).map(|person: usize| person.to_string()).collect();
    let verdict = Court { world: &world, devices: &devices, tokens: &tokens }.sit(rest).await.unwrap();
    world.is_over.set(true);
    for life in lives {
        life.await.unwrap();
    }
    serving.abort();
    assert!(world.tally().contains_key("handed over again"), "answers were lost on the way");
    verdict
}

/// Such a server is found out, by this fault among others.
async fn is_found_out(way: Way, by: impl Fn(&Fault) -> bool) {
    // It never agrees with itself: what has not come by then does not come.
    let verdict = LocalSet::new().run_until(try_on(way, Duration::from_millis(500))).await;
    assert!(verdict.faults.iter().any(by), "{way:?}: {:?}", verdict.faults);
}

#[tokio::test]
async fn an_honest_server_that_crashes_and_whose_answers_are_lost_has_no_fault() {
    let verdict = LocalSet::new().run_until(try_on(Way::Honest, PATIENCE)).await;
    assert!(verdict.is_sound(), "{} unanswered, {:?}", verdict.unanswered, verdict.faults);
}

#[tokio::test]
async fn one_that_acknowledges_before_it_stores_is_found_out() {
    is_found_out(Way::AcknowledgesFirst, |fault| matches!(fault, Fault::Lost { who, .. } if who.starts_with("node")))
        .await;
}

#[tokio::test]
async fn one_that_drops_what_it_acknowledged_is_found_out() {
    is_found_out(Way::Drops, |fault| matches!(fault, Fault::Lost { who, .. } if who.starts_with("node"))).await;
}

#[tokio::test]
async fn one_that_stores_a_repetition_again_is_found_out() {
    is_found_out(Way::Doubles, |fault| matches!(fault, Fault::Doubled { .. })).await;
}

#[tokio::test]
async fn one_that_changes_the_order_is_found_out() {
    is_found_out(Way::Reorders, |fault| matches!(fault, Fault::Contradicts { .. })).await;
}

#[tokio::test]
async fn one_that_leaves_numbers_out_is_found_out() {
    is_found_out(Way::Skips, |fault| matches!(fault, Fault::Missing { .. })).await;
}

#[tokio::test]
async fn one_that_hides_messages_from_a_device_is_found_out() {
    is_found_out(Way::Hides, |fault| matches!(fault, Fault::Lost { who, .. } if who.starts_with("device"))).await;
}

#[tokio::test]
async fn one_that_puts_messages_elsewhere_is_found_out() {
    is_found_out(Way::Strays, |fault| matches!(fault, Fault::Astray { .. })).await;
}

#[tokio::test]
async fn one_that_counts_wrong_is_found_out() {
    is_found_out(Way::Miscounts, |fault| matches!(fault, Fault::Unread { .. })).await;
}
