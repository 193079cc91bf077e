//! The documents anybody may read (`DOC-01` to `DOC-10`).

use serde_json::{Value, json};
use testkit::TestApp;

const KINDS: [&str; 8] =
    ["statement", "summary", "changes", "collection", "permissions", "sharing", "components", "cookies"];

async fn read(t: &TestApp, path: &str) -> Value {
    let (status, answer) = t.call(None, "GET", path, json!(null)).await;
    assert_eq!(status, 200, "{path}: {answer}");
    answer
}

#[tokio::test]
async fn doc_01_doc_02_doc_04_doc_05_doc_06_doc_07_anybody_reads_every_document_in_three_languages() {
    let t = TestApp::with(vec![privacy::module()]).await;
    let listed = read(&t, "/v1/privacy/documents?language=zh-CN").await;
    let kinds = listed["versions"][0]["documents"].as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap());
    assert_eq!(kinds.collect::<Vec<_>>(), KINDS);
    for (kind, language) in KINDS.into_iter().flat_map(|kind| ["zh-CN", "zh-TW", "en"].map(|language| (kind, language)))
    {
        let document = read(&t, &format!("/v1/privacy/documents/{kind}?language={language}")).await;
        assert_eq!((&document["kind"], &document["language"]), (&json!(kind), &json!(language)));
        assert!(!document["sections"].as_array().unwrap().is_empty(), "{kind}");
    }
}

#[tokio::test]
async fn doc_08_a_document_says_since_when_it_holds_and_where() {
    let t = TestApp::with(vec![privacy::module()]).await;
    let statement = read(&t, "/v1/privacy/documents/statement?language=en-GB").await;
    let days = ["issued_at", "released_at", "effective_at"].map(|day| statement[day].as_str().unwrap().to_owned());
    assert!(days.is_sorted(), "{days:?}");
    assert_eq!(statement["version"], json!(privacy::statement_version().unwrap()));
    assert_eq!(statement["address"], "http://127.0.0.1:8080");
}

#[tokio::test]
async fn doc_09_doc_10_the_statement_says_what_it_covers_and_its_key_clauses_are_bold() {
    let t = TestApp::with(vec![privacy::module()]).await;
    let statement = read(&t, "/v1/privacy/documents/statement").await;
    let sections = statement["sections"].as_array().unwrap();
    for id in ["scope", "definitions", "issuer", "sharing", "language"] {
        let section = sections.iter().find(|section| section["id"] == id).unwrap();
        assert!(!section["blocks"].as_array().unwrap().is_empty(), "{id}");
    }
    let language = sections.iter().find(|section| section["id"] == "language").unwrap();
    assert_eq!(language["blocks"][0]["runs"][0]["is_key"], true, "which text holds is a key clause");
}

#[tokio::test]
async fn doc_03_an_older_version_stays_readable_and_what_changed_is_told() {
    let t = TestApp::with(vec![privacy::module()]).await;
    let listed = read(&t, "/v1/privacy/documents").await;
    let versions = listed["versions"].as_array().unwrap();
    assert!(versions.len() > 1);
    for version in versions {
        let name = version["version"].as_str().unwrap();
        let statement = read(&t, &format!("/v1/privacy/documents/statement?version={name}")).await;
        assert_eq!(
            (&statement["version"], &statement["effective_at"]),
            (&version["version"], &version["effective_at"])
        );
    }
    let notes = read(&t, "/v1/privacy/documents/changes").await;
    assert_eq!(notes["sections"].as_array().unwrap().len(), versions.len(), "one of each");
}

#[tokio::test]
async fn what_there_is_not_is_not_found_and_an_unknown_language_is_refused() {
    let t = TestApp::with(vec![privacy::module()]).await;
    let answer = async |path: &str| t.call(None, "GET", path, json!(null)).await;
    assert_eq!(answer("/v1/privacy/documents/cookies").await.0, 200);
    for path in ["nothing", "statement?version=0.0", "statement?version=", "cookies?version=0.4"] {
        assert_eq!(answer(&format!("/v1/privacy/documents/{path}")).await.0, 404, "{path}");
    }
    for path in ["/v1/privacy/documents?language=zz", "/v1/privacy/documents/statement?language=zz"] {
        let (status, problem) = answer(path).await;
        assert_eq!((status.as_u16(), &problem["field"]), (422, &json!("language")), "{path}");
    }
}

#[tokio::test]
async fn cke_02_cke_03_cke_04_the_page_about_cookies_says_what_a_cookie_is_who_reads_it_and_how_it_goes() {
    let t = TestApp::with(vec![privacy::module()]).await;
    let page = read(&t, "/v1/privacy/documents/cookies?language=en").await;
    let text = page.to_string();
    for told in ["the site it belongs to, and a value", "only this server can read them", "delete cookies", "session"] {
        assert!(text.contains(told), "{told}");
    }
    let sdk = read(&t, "/v1/privacy/documents/components?language=en").await.to_string();
    assert!(sdk.contains("There is no SDK of a third party here") && sdk.contains("\"react\""), "{sdk}");
}

#[tokio::test]
async fn doc_05_each_permission_is_told_with_what_one_does_without_it() {
    let t = TestApp::with(vec![privacy::module()]).await;
    let list = read(&t, "/v1/privacy/documents/permissions?language=en").await.to_string();
    for told in ["Notifications on the desktop", "Camera", "what you do without it"] {
        assert!(list.contains(told), "{told}: {list}");
    }
}

#[tokio::test]
async fn ret_09_the_times_the_documents_name_are_those_an_organisation_chooses_from() {
    let t = TestApp::with(vec![privacy::module()]).await;
    let acme = t.org("acme").await;
    let rule = &t.app.data_map().rule["RET-09"];
    for days in rule.choices.iter().copied().chain(rule.own.unwrap()) {
        assert!(rule.allows(days));
        t.keep_chat(acme, days).await;
    }
    assert!(!rule.allows(6) && !rule.allows(721));
    let list = read(&t, "/v1/privacy/documents/collection?language=en").await.to_string();
    assert!(
        list.contains("90, 180, 360 or 720 days, or another number of days from 7 to 720, as the organisation chooses"),
        "{list}"
    );
}
