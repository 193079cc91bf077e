//! The decisions of the operator, on a real database.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use hosting::{Closed, Limits, OperatorAct};
use kernel::{Actor, Error, OrgId, SystemTx};
use testkit::TestApp;

/// What every domain promises: tenancy, access, the data map.
#[tokio::test]
async fn contract() {
    testkit::contract(vec![hosting::module()]).await;
}

async fn suspend(t: &TestApp, org: OrgId, reason: &str) -> kernel::Result<()> {
    let mut tx = t.app.begin(org, Actor::Operator).await.unwrap();
    let by = OperatorAct::of(&tx, None)?;
    hosting::suspend(&mut tx, &by, reason).await?;
    tx.commit().await
}

#[tokio::test]
async fn only_a_transaction_of_the_operator_decides() {
    let t = TestApp::with(Vec::new()).await;
    let acme = t.org("acme").await;
    let tx = t.app.begin(acme, Actor::System).await.unwrap();
    assert!(matches!(OperatorAct::of(&tx, None), Err(Error::Forbidden)));
}

#[tokio::test]
async fn a_suspended_organisation_is_closed_until_it_is_resumed_and_others_are_not() {
    let t = TestApp::with(Vec::new()).await;
    let (acme, rival) = (t.org("acme").await, t.org("rival").await);
    assert!(matches!(suspend(&t, acme, "  ").await, Err(Error::Invalid { field: "reason", .. })));
    suspend(&t, acme, "Bills are not paid").await.unwrap();
    assert!(matches!(suspend(&t, acme, "again").await, Err(Error::Conflict("hosting.suspended_already"))));
    for (org, is_closed) in [(acme, true), (rival, false)] {
        let mut tx = t.app.begin(org, Actor::Visitor).await.unwrap();
        assert_eq!(hosting::check_open(&mut tx).await.is_err(), is_closed);
        let closed = hosting::closed(tx.db(), &[acme, rival]).await.unwrap();
        assert_eq!(closed, [Closed { org: acme, is_suspended: true, dissolves_at: None }]);
    }
    let mut tx = t.app.begin(acme, Actor::Operator).await.unwrap();
    let (_, reason) = hosting::decision(&mut tx).await.unwrap().suspended.unwrap();
    assert_eq!(reason, "Bills are not paid");
    let by = OperatorAct::of(&tx, None).unwrap();
    hosting::resume(&mut tx, &by).await.unwrap();
    assert!(hosting::check_open(&mut tx).await.is_ok());
    assert!(matches!(hosting::resume(&mut tx, &by).await, Err(Error::Conflict("hosting.not_suspended"))));
    tx.commit().await.unwrap();
    assert_eq!(t.events(acme).await, ["hosting.organisation_suspended", "hosting.organisation_resumed"]);
}

#[tokio::test]
async fn a_full_organisation_takes_nobody_until_the_limit_is_lifted() {
    let t = TestApp::with(Vec::new()).await;
    let acme = t.org("acme").await;
    t.member(acme, "Ann").await;
    let set = async |most_people| {
        let mut tx = t.app.begin(acme, Actor::Operator).await.unwrap();
        let by = OperatorAct::of(&tx, None).unwrap();
        hosting::limit(&mut tx, &by, Limits { most_people, most_bytes: None }).await?;
        tx.commit().await
    };
    assert!(matches!(set(Some(0)).await, Err(Error::Invalid { field: "most_people", .. })));
    set(Some(2)).await.unwrap();
    t.member(acme, "Bob").await;
    assert!(matches!(t.try_member(acme, "Eve").await, Err(Error::Conflict("hosting.people_limit"))));
    set(None).await.unwrap();
    t.member(acme, "Eve").await;
}

#[tokio::test]
async fn of_two_who_limit_at_once_the_second_sees_what_the_first_said() {
    let t = TestApp::with(Vec::new()).await;
    let acme = t.org("acme").await;
    let limited = async |most_people| {
        let mut tx = t.app.begin(acme, Actor::Operator).await.unwrap();
        let by = OperatorAct::of(&tx, None).unwrap();
        hosting::limit(&mut tx, &by, Limits { most_people: Some(most_people), most_bytes: None }).await.unwrap();
        tx
    };
    let first = limited(5).await;
    let second = async { limited(7).await.commit().await.unwrap() };
    let commit = async {
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        first.commit().await.unwrap();
    };
    tokio::join!(second, commit);
    let mut tx = t.app.begin(acme, Actor::System).await.unwrap();
    let before: Vec<Option<i32>> = sqlx::query_scalar(
        "select (payload->'before'->>'most_people')::int from kernel.outbox where name = 'hosting.limits_changed' order by pos",
    )
    .fetch_all(tx.db())
    .await
    .unwrap();
    assert_eq!(before, [None, Some(5)]);
    assert_eq!(hosting::decision(&mut tx).await.unwrap().held.limits.most_people, Some(7));
}

/// Both may hold at once; only the operator opens what the operator shut.
#[tokio::test]
async fn an_organisation_that_is_being_dissolved_is_closed_until_it_is_brought_back_or_its_day_comes() {
    let t = TestApp::with(Vec::new()).await;
    let acme = t.org("acme").await;
    let at = t.app.now() + chrono::TimeDelta::days(60);
    let refused = async || {
        let mut tx = t.app.begin(acme, Actor::Visitor).await.unwrap();
        hosting::check_open(&mut tx).await.err().map(|error| error.code())
    };
    let mut tx = t.app.begin(acme, Actor::System).await.unwrap();
    assert!(matches!(hosting::restore(&mut tx).await, Err(Error::Conflict("hosting.not_dissolving"))));
    hosting::dissolve(&mut tx, at).await.unwrap();
    assert!(matches!(hosting::dissolve(&mut tx, at).await, Err(Error::Conflict("hosting.dissolving_already"))));
    assert_eq!(hosting::dissolves_at(&mut tx).await.unwrap(), Some(at));
    tx.commit().await.unwrap();
    assert_eq!(refused().await, Some("hosting.organisation_dissolving"));
    suspend(&t, acme, "Bills are not paid").await.unwrap();
    assert_eq!(refused().await, Some("hosting.organisation_suspended"));
    let mut tx = t.app.begin(acme, Actor::Operator).await.unwrap();
    let by = OperatorAct::of(&tx, None).unwrap();
    hosting::resume(&mut tx, &by).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(refused().await, Some("hosting.organisation_dissolving"));
    let mut tx = t.app.begin(acme, Actor::System).await.unwrap();
    hosting::restore(&mut tx).await.unwrap();
    assert!(hosting::check_open(&mut tx).await.is_ok());
    drop(tx);
    t.clock.advance(chrono::TimeDelta::days(60));
    let mut tx = t.app.begin(acme, Actor::System).await.unwrap();
    let now = tx.now();
    assert_eq!(hosting::over(tx.db(), now).await.unwrap(), [acme]);
    assert!(matches!(hosting::restore(&mut tx).await, Err(Error::Conflict("hosting.not_dissolving"))));
}

/// What brings it back, what suspends it and what erases it exclude each other.
#[tokio::test]
async fn what_is_suspended_is_not_erased_and_what_is_being_erased_is_neither_suspended_nor_brought_back() {
    let t = TestApp::with(Vec::new()).await;
    let acme = t.org("acme").await;
    let mut tx = t.app.begin(acme, Actor::System).await.unwrap();
    hosting::dissolve(&mut tx, t.app.now() + chrono::TimeDelta::days(60)).await.unwrap();
    tx.commit().await.unwrap();
    t.clock.advance(chrono::TimeDelta::days(60));
    suspend(&t, acme, "An account was taken over").await.unwrap();
    let erased = async || {
        let mut tx = SystemTx::begin(&t.app).await.unwrap();
        let now = tx.now();
        let over = hosting::over(tx.db(), now).await.unwrap();
        let is_begun = hosting::begin_erasure(&mut tx, acme).await.unwrap();
        tx.commit().await.unwrap();
        (over, is_begun)
    };
    assert_eq!(erased().await, (Vec::new(), false));
    let mut tx = t.app.begin(acme, Actor::System).await.unwrap();
    hosting::restore(&mut tx).await.unwrap();
    drop(tx);
    let mut tx = t.app.begin(acme, Actor::Operator).await.unwrap();
    let by = OperatorAct::of(&tx, None).unwrap();
    hosting::resume(&mut tx, &by).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(erased().await, (vec![acme], true));
    assert!(matches!(suspend(&t, acme, "Too late").await, Err(Error::NotFound("organisation"))));
    let mut tx = t.app.begin(acme, Actor::System).await.unwrap();
    assert!(matches!(hosting::restore(&mut tx).await, Err(Error::Conflict("hosting.not_dissolving"))));
    drop(tx);
    assert_eq!(erased().await, (vec![acme], true), "what was cut is gone on with");
    let mut tx = SystemTx::begin(&t.app).await.unwrap();
    assert!(hosting::forget(&mut tx, acme).await.unwrap());
    assert!(!hosting::forget(&mut tx, acme).await.unwrap());
}
