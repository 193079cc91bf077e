//! What the law made the operator hand over is written down for the organisation, and stays so (`ORG-07`).

use chrono::{NaiveDate, TimeDelta, TimeZone, Utc};
use kernel::{Actor, Error, Result};
use serde_json::json;
use verification::{DisclosedKind, DisclosureId, RecordDisclosure};

use crate::office::Office;

fn order(office: &Office) -> RecordDisclosure {
    RecordDisclosure {
        recipient: " City Police ".into(),
        ground: "Cybersecurity Law, article 28; order 12/2026".into(),
        kinds: vec![DisclosedKind::Documents, DisclosedKind::Claim, DisclosedKind::Claim],
        disclosed_on: office.t.app.now().date_naive(),
        corrects: None,
    }
}

async fn record(office: &Office, disclosure: RecordDisclosure) -> Result<()> {
    let (mut tx, by) = office.operator().await;
    verification::record_disclosure(&mut tx, &by, disclosure).await?;
    tx.commit().await
}

#[tokio::test]
async fn org_07_administrators_read_what_was_disclosed_to_whom_and_on_what_ground() {
    let office = Office::asked().await;
    assert_eq!(office.shown(&office.ann).await["request"]["disclosures"], json!([]));
    record(&office, order(&office)).await.unwrap();
    let shown = office.shown(&office.ann).await["request"]["disclosures"][0].clone();
    assert_eq!((&shown["recipient"], &shown["kinds"]), (&json!("City Police"), &json!(["claim", "documents"])));
    assert_eq!(shown["ground"], "Cybersecurity Law, article 28; order 12/2026");
    assert_eq!(shown["disclosed_on"], json!(office.t.app.now().date_naive()));
    // They are told, and colleagues are not.
    let told = async |who: &testkit::Person| {
        office.t.call(who, "GET", "/v1/notifications", json!(null)).await.1["items"].clone()
    };
    let bell = told(&office.ann).await;
    assert_eq!((&bell[0]["text"], &bell[0]["ref"]["id"]), (&json!("data_disclosed"), &shown["id"]), "{bell}");
    assert_eq!(told(&office.eve).await, json!([]));
    // The operator reads it too, and colleagues do not.
    let (mut tx, by) = office.operator().await;
    assert_eq!(verification::asked(&mut tx, &by).await.unwrap().disclosures[0].recipient, "City Police");
    drop(tx);
    assert_eq!(office.shown(&office.eve).await["request"], json!(null));
    let mut tx = office.t.app.begin(office.ann.org, Actor::System).await.unwrap();
    let wanted = kernel::audit::Wanted { name: Some("verification.disclosed".into()), ..Default::default() };
    let found = kernel::audit::page(&mut tx, &wanted, 10).await.unwrap();
    assert_eq!((found.len(), &found[0].data["kinds"]), (1, &json!(["claim", "documents"])));
    assert_eq!(found[0].stored.target.unwrap().to_string(), shown["id"].as_str().unwrap());
    drop(tx);
    let rival = office.t.org("rival").await;
    let mal = office.t.member_as(rival, "Mal", directory::Role::Owner).await;
    assert_eq!(office.shown(&mal).await["request"]["disclosures"], json!([]), "another organisation");
}

#[tokio::test]
async fn a_record_stays_as_it_was_and_a_correction_stands_beside_it() {
    let office = Office::open().await;
    record(&office, order(&office)).await.unwrap();
    let first = office.shown(&office.ann).await["request"]["disclosures"][0].clone();
    let id: DisclosureId = serde_json::from_value(first["id"].clone()).unwrap();
    office.t.clock.advance(TimeDelta::hours(1));
    let correction = RecordDisclosure { recipient: "Provincial Police".into(), corrects: Some(id), ..order(&office) };
    record(&office, correction).await.unwrap();
    let shown = office.shown(&office.ann).await["request"]["disclosures"].clone();
    assert_eq!((&shown[0]["recipient"], &shown[0]["corrects"]), (&json!("Provincial Police"), &first["id"]));
    assert_eq!(shown[1], first);
    // Nothing in the program may change one.
    let mut tx = office.t.app.begin(office.ann.org, Actor::System).await.unwrap();
    let refused = sqlx::query("update verification.disclosure set said = ''").execute(tx.db()).await.unwrap_err();
    assert_eq!(refused.as_database_error().and_then(|error| error.code()).as_deref(), Some("42501"));
}

#[tokio::test]
async fn a_record_says_to_whom_why_what_and_when() {
    let office = Office::open().await;
    let unknown = DisclosureId(office.t.app.new_id());
    let later = NaiveDate::from_ymd_opt(2999, 1, 1).unwrap();
    let ok = || order(&office);
    for (wrong, field) in [
        (RecordDisclosure { recipient: " ".into(), ..ok() }, "recipient"),
        (RecordDisclosure { recipient: "x".repeat(201), ..ok() }, "recipient"),
        (RecordDisclosure { ground: String::new(), ..ok() }, "ground"),
        (RecordDisclosure { ground: "x".repeat(501), ..ok() }, "ground"),
        (RecordDisclosure { kinds: Vec::new(), ..ok() }, "kinds"),
        (RecordDisclosure { disclosed_on: later, ..ok() }, "disclosed_on"),
        (RecordDisclosure { corrects: Some(unknown), ..ok() }, "corrects"),
    ] {
        let refused = record(&office, wrong).await;
        assert!(matches!(refused, Err(Error::Invalid { field: at, .. }) if at == field), "{field}: {refused:?}");
    }
    assert_eq!(office.shown(&office.ann).await["request"]["disclosures"], json!([]), "nothing was written");
    record(&office, ok()).await.unwrap();
}

#[tokio::test]
async fn no_day_is_written_down_before_it_has_begun_anywhere() {
    let office = Office::open().await;
    let today = NaiveDate::from_ymd_opt(2027, 3, 4).unwrap();
    let tomorrow = || RecordDisclosure { disclosed_on: today.succ_opt().unwrap(), ..order(&office) };
    office.t.clock.set(Utc.with_ymd_and_hms(2027, 3, 4, 10, 0, 0).unwrap() - TimeDelta::seconds(1));
    let refused = record(&office, tomorrow()).await;
    assert!(matches!(refused, Err(Error::Invalid { field: "disclosed_on", .. })), "{refused:?}");
    office.t.clock.advance(TimeDelta::seconds(1));
    record(&office, tomorrow()).await.unwrap();
}
