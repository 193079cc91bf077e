//! What becomes of what is kept for an application that is switched off (`ORG-12`).

use chrono::TimeDelta;
use serde_json::{Value, json};
use testkit::Person;

use crate::{Office, errands};

impl Office {
    /// What is decided about the errands, as the list says it.
    async fn decided(&self) -> Value {
        let (_, listed) = self.t.call(&self.ann, "GET", "/v1/applications", json!(null)).await;
        listed["items"][0]["decided"].clone()
    }

    async fn counted(&self, who: &Person) -> (u16, Value) {
        let (status, answer) = self.t.call(who, "GET", "/v1/applications/errands/kept", json!(null)).await;
        (status.as_u16(), answer)
    }

    async fn wait_and_work(&self) {
        self.t.clock.advance(TimeDelta::seconds(31));
        self.t.run_jobs().await;
    }
}

const ERASED: &str = "erased";

#[tokio::test]
async fn what_is_kept_stays_when_it_is_off_unless_it_is_to_be_erased() {
    let office = Office::open().await;
    let rival = office.t.org("rival").await;
    errands::put(&office.t.app, office.ann.org, 5);
    errands::put(&office.t.app, rival, 5);
    assert_eq!(office.counted(&office.ann).await, (200, json!({ "items": [{ "kind": "errands", "count": 5 }] })));
    assert_eq!(office.counted(&office.eve).await.0, 403, "whoever decides about it");
    let (status, answer) = office.switch(&office.ann, "errands", "*", json!({ "open_to": "nobody" })).await;
    assert_eq!((status.as_u16(), &answer["decided"]["kept"]), (200, &json!("kept")));
    office.wait_and_work().await;
    assert_eq!(errands::kept(&office.t.app, office.ann.org), 5, "nothing was said");

    let off = json!({ "open_to": "nobody", "stored": ERASED });
    let (status, answer) = office.switch(&office.ann, "errands", "*", off).await;
    assert_eq!((status.as_u16(), &answer["decided"]["kept"]), (200, &json!("erasing")), "said later");
    let (status, answer) = office.switch(&office.ann, "errands", "*", json!({ "open_to": "everybody" })).await;
    assert_eq!((status.as_u16(), &answer["code"]), (409, &json!("applications.still_erasing")));
    assert!(!office.is_open(&office.bob).await);
    office.wait_and_work().await;
    let decided = office.decided().await;
    assert_eq!((&decided["kept"], &decided["erased"]), (&json!(ERASED), &json!(5)), "in three parts");
    assert_eq!(errands::kept(&office.t.app, office.ann.org), 0);
    assert_eq!(errands::kept(&office.t.app, rival), 5, "another organisation decides for itself");

    office.open_to("everybody", &[]).await;
    errands::put(&office.t.app, office.ann.org, 1);
    office.wait_and_work().await;
    let decided = office.decided().await;
    assert_eq!((&decided["kept"], &decided["erased"]), (&json!("kept"), &json!(0)));
    assert_eq!(errands::kept(&office.t.app, office.ann.org), 1, "what is new stays");
}

/// A job that was cut, or given up, is begun again from where it stands.
#[tokio::test]
async fn erasing_goes_on_where_it_stood() {
    let office = Office::open().await;
    errands::put(&office.t.app, office.ann.org, 3);
    let off = json!({ "open_to": "nobody", "stored": ERASED });
    assert_eq!(office.switch(&office.ann, "errands", "*", off.clone()).await.0, 200);
    // The first attempt was lost, and somebody says it once more: nothing is decided anew.
    let before = office.decided().await;
    assert_eq!(office.switch(&office.ann, "errands", "*", off).await.0, 200);
    assert_eq!(office.decided().await["revision"], before["revision"]);
    office.wait_and_work().await;
    let decided = office.decided().await;
    assert_eq!((&decided["kept"], &decided["erased"]), (&json!(ERASED), &json!(3)), "each is counted once");
}

/// Until something is gone it is kept after all, and whoever wants it erased again has half a minute again.
#[tokio::test]
async fn what_is_to_be_erased_can_be_kept_after_all_before_anything_is_gone() {
    let office = Office::open().await;
    errands::put(&office.t.app, office.ann.org, 3);
    let erase = json!({ "open_to": "nobody", "stored": ERASED });
    let keep = json!({ "open_to": "nobody", "stored": "kept" });
    assert_eq!(office.switch(&office.ann, "errands", "*", erase.clone()).await.0, 200);
    let (status, answer) = office.switch(&office.ann, "errands", "*", keep).await;
    assert_eq!((status.as_u16(), &answer["decided"]["kept"]), (200, &json!("kept")));
    office.wait_and_work().await;
    assert_eq!((&office.decided().await["kept"], errands::kept(&office.t.app, office.ann.org)), (&json!("kept"), 3));

    assert_eq!(office.switch(&office.ann, "errands", "*", erase.clone()).await.0, 200);
    office.t.clock.advance(TimeDelta::seconds(20));
    assert_eq!(office.switch(&office.ann, "errands", "*", erase).await.0, 200);
    office.t.clock.advance(TimeDelta::seconds(11));
    office.t.run_jobs().await;
    assert_eq!(errands::kept(&office.t.app, office.ann.org), 3, "the half a minute of the second time is not over");
    office.wait_and_work().await;
    assert_eq!(errands::kept(&office.t.app, office.ann.org), 0);
}

/// A job that was given up after its last attempt comes back by itself.
#[tokio::test]
async fn erasing_that_was_given_up_is_begun_again() {
    let office = Office::open().await;
    errands::put(&office.t.app, office.ann.org, 3);
    let off = json!({ "open_to": "nobody", "stored": ERASED });
    assert_eq!(office.switch(&office.ann, "errands", "*", off).await.0, 200);
    let given_up = sqlx::query(
        "update kernel.job set state = 'failed', finished_at = run_at
         where name = 'errands.erase_kept' and org_id = $1",
    )
    .bind(office.ann.org)
    .execute(&office.t.admin)
    .await
    .unwrap();
    assert_eq!(given_up.rows_affected(), 1);
    office.wait_and_work().await;
    assert_eq!(office.decided().await["kept"], "erasing");
    office.t.clock.advance(TimeDelta::hours(2));
    office.t.run_jobs().await;
    let decided = office.decided().await;
    assert_eq!((&decided["kept"], &decided["erased"]), (&json!(ERASED), &json!(3)));
}

#[tokio::test]
async fn erasing_is_an_instruction_and_its_end_is_told() {
    let office = Office::open().await;
    errands::put(&office.t.app, office.ann.org, 5);
    let off = json!({ "open_to": "nobody", "stored": ERASED });
    assert_eq!(office.switch(&office.eve, "errands", "*", off.clone()).await.0, 403);
    assert_eq!(office.switch(&office.ann, "errands", "*", off).await.0, 200);
    office.wait_and_work().await;
    let mut tx = office.t.app.begin(office.ann.org, kernel::Actor::System).await.unwrap();
    let wanted = |name: &str| kernel::audit::Wanted { name: Some(name.into()), ..Default::default() };
    let told = kernel::audit::page(&mut tx, &wanted("applications.application_decided"), 10).await.unwrap();
    assert_eq!((told.len(), &told[0].data["stored"]), (1, &json!(ERASED)));
    assert_eq!(told[0].stored.rule.as_deref(), Some("organisation.edit"));
    let told = kernel::audit::page(&mut tx, &wanted("applications.kept_erased"), 10).await.unwrap();
    assert_eq!((told.len(), &told[0].data["count"]), (1, &json!(5)));
}

#[tokio::test]
async fn nothing_is_said_about_what_is_kept_for_what_stays_on() {
    let office = Office::open().await;
    let body = json!({ "open_to": "everybody", "stored": ERASED });
    let (status, answer) = office.switch(&office.ann, "errands", "*", body).await;
    assert_eq!((status.as_u16(), &answer["field"], &answer["why"]), (422, &json!("stored"), &json!("not_used")));
}
