//! The data map as administrators see it, and what they take away of it (C1).

use std::collections::BTreeSet;

use serde_json::{Value, json};
use testkit::{Person, TestApp};

const MAP: &str = "/v1/data-map";
const RECORDS: &str = "/v1/data-map/records";

async fn acme() -> (TestApp, Person, Person) {
    let t = TestApp::with(vec![privacy::module()]).await;
    let acme = t.org("acme").await;
    let (ann, bob) = (t.member(acme, "Ann").await, t.member(acme, "Bob").await);
    (t, ann, bob)
}

async fn file(t: &TestApp, who: &Person, query: &str) -> String {
    let (status, bytes) = t.send(Some(who), "GET", &format!("{RECORDS}?{query}"), Vec::new(), &[]).await;
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(status, 200, "{text}");
    text
}

#[tokio::test]
async fn whoever_reads_the_audit_log_sees_the_data_map_and_nobody_else_does() {
    let (t, ann, bob) = acme().await;
    let (status, map) = t.call(&ann, "GET", MAP, json!(null)).await;
    assert_eq!(status, 200, "{map}");
    for path in [MAP, RECORDS] {
        assert_eq!(t.call(&bob, "GET", path, json!(null)).await.0, 403, "{path}");
        assert_eq!(t.call(None, "GET", path, json!(null)).await.0, 401, "{path}");
    }
}

#[tokio::test]
async fn every_purpose_of_personal_data_is_in_the_map_with_ground_rule_and_clause() {
    let (t, ann, _) = acme().await;
    let (_, map) = t.call(&ann, "GET", MAP, json!(null)).await;
    let flows = map["flows"].as_array().unwrap();
    let told: BTreeSet<&str> = flows.iter().map(|flow| flow["purpose"].as_str().unwrap()).collect();
    let columns = t.app.data_map().table.values().flat_map(|table| table.columns.values());
    for column in columns {
        if let kernel::data_map::Column::Personal(personal) = column {
            assert!(told.contains(personal.purpose.as_str()), "{}", personal.purpose);
        }
    }
    for flow in flows {
        let (function, purpose) = (flow["function"].as_str().unwrap(), flow["purpose"].as_str().unwrap());
        assert!(map["functions"][function]["name"]["zh-CN"].is_string(), "{flow}");
        assert!(map["purposes"][purpose]["cn"].is_string(), "{flow}");
        let keys = [("place", "place_kind"), ("subject", "subject"), ("erasure", "erasure")];
        let words = keys.iter().filter_map(|(list, key)| Some(format!("{list}.{}", flow[*key].as_str()?)));
        let unnamed: Vec<String> = words.filter(|word| !map["names"][word]["en"].is_string()).collect();
        assert!(unnamed.is_empty(), "{unnamed:?}");
    }
    let acceptance = flows.iter().find(|flow| flow["place"] == "privacy.acceptance").unwrap();
    assert_eq!((&acceptance["subject"], &acceptance["is_in_copies"]), (&json!("member"), &json!(true)));
    assert_eq!((&acceptance["rule"], &acceptance["until"]["kind"]), (&json!("membership"), &json!("membership")));
    assert_eq!(map["functions"]["privacy.statement"]["clause"], "audit");
}

#[tokio::test]
async fn a_record_says_whose_it_is_on_what_ground_and_until_when() {
    let (t, ann, _) = acme().await;
    let records: Value = serde_json::from_str(&file(&t, &ann, "format=json").await).unwrap();
    assert_eq!((&records["kind"], &records["organisation"]), (&json!("tulou.processing/1"), &json!("acme")));
    let all = records["records"].as_array().unwrap();
    let acceptance = all.iter().find(|one| one["id"] == "privacy.prove_acceptance").unwrap();
    assert_eq!(acceptance["grounds"], json!(["Duty by law, PIPL 13 (3)", "Legal obligation, GDPR 6 (1) (c)"]));
    assert_eq!(
        (&acceptance["clause"], &acceptance["recipients"]),
        (&json!("What administrators can check"), &json!([]))
    );
    assert!(acceptance["kept"].to_string().contains("(membership)"), "{acceptance}");
}

#[tokio::test]
async fn records_are_taken_away_in_three_languages_and_no_cell_is_computed() {
    let (t, ann, _) = acme().await;
    for (language, title) in [("zh-CN", "处理目的标识"), ("zh-HK", "處理目的識別碼"), ("en-GB", "Purpose id")]
    {
        let table = file(&t, &ann, &format!("language={language}")).await;
        assert!(table.starts_with(&format!("\u{FEFF}\"{title}\"")), "{table}");
        assert!(table.contains("\"privacy.prove_acceptance\""), "{table}");
        for cell in table.split("\",\"") {
            assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell}");
        }
    }
    assert_eq!(t.call(&ann, "GET", &format!("{RECORDS}?language=fr"), json!(null)).await.0, 422);
}

#[tokio::test]
async fn an_assessment_begins_with_what_the_map_knows_and_leaves_the_rest_to_be_filled_in() {
    let (t, ann, _) = acme().await;
    let renamed = json!({ "name_en": "Acme | <b>" });
    assert_eq!(t.call(&ann, "PATCH", "/v1/organisation", renamed).await.0, 200);
    let text = file(&t, &ann, "format=assessment&language=en").await;
    assert!(text.starts_with("# Impact assessment on personal data\n"), "{text}");
    assert!(text.contains("which statement you accepted") && text.contains("(to be filled in)"), "{text}");
    assert!(text.contains("Nobody outside gets any."), "{text}");
    assert!(!text.contains("<b>"), "{text}");
    let table = text.split("## 1.").nth(1).unwrap().split("## 2.").next().unwrap();
    for line in table.lines().filter(|line| line.starts_with('|')) {
        assert_eq!(line.replace("\\|", "").matches('|').count(), 5, "{line}");
    }
}
