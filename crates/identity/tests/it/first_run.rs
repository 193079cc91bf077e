//! The first run (`ORG-01`, `ORG-02`, `ORG-10`, `ORG-11`, `ACC-16`, `ACC-18`).

use serde_json::{Value, json};

use crate::browser::{ANNS, Browser, ann, app, set_up};

#[tokio::test]
async fn org_01_whoever_has_the_code_founds_the_organisation_and_owns_it() {
    let t = app().await;
    assert!(!identity::is_set_up(&t.app).await.unwrap());
    let code = identity::setup_code(&t.app).await.unwrap().unwrap();
    let mut browser = Browser::new(&t);
    let typed = code.to_lowercase().replace('-', " ");
    assert_eq!(browser.post("/v1/setup/check", json!({ "code": typed })).await.0, 204);
    let (status, session) = browser.post("/v1/setup", set_up(&typed, "Acme", "ann")).await;
    assert_eq!(status, 201, "{session}");
    assert_eq!(session["organisations"][0]["role"], "owner");
    assert_eq!(session["organisations"][0]["slug"], "acme");
    assert_eq!(session["must"], json!([]));
    assert_eq!(session["language"], "en");
    assert_eq!(session["token"], Value::Null);
    assert_eq!(browser.get("/v1/organisation").await.0, 200, "the cookie works");
    assert!(identity::is_set_up(&t.app).await.unwrap());
    assert_eq!(identity::setup_code(&t.app).await.unwrap(), None);
    let mut again = Browser::new(&t);
    again.sign_in("ann", ANNS).await;
}

#[tokio::test]
async fn a_stranger_cannot_claim_the_server() {
    let t = app().await;
    let code = identity::setup_code(&t.app).await.unwrap().unwrap();
    let mut mal = Browser::new(&t);
    let (status, answer) = mal.post("/v1/setup", set_up("AAAA-BBBB-CCCC", "Rival", "mal")).await;
    assert_eq!((status, answer["code"].as_str()), (403, Some("identity.setup_code_wrong")));
    let mut guesses = 0;
    while mal.post("/v1/setup/check", json!({ "code": "AAAA-BBBB-CCCC" })).await.0 == 403 {
        guesses += 1;
        assert!(guesses < 20, "guessing goes on for ever");
    }
    assert_eq!(mal.post("/v1/setup/check", json!({ "code": code })).await.0, 429, "even the right one, for a while");
    assert!(!identity::is_set_up(&t.app).await.unwrap());
    let mut ann = Browser::at(&t, [203, 0, 113, 5]);
    assert_eq!(
        ann.post("/v1/setup", set_up(&code, "Acme", "ann")).await.0,
        201,
        "guessing elsewhere costs her nothing"
    );
    assert_eq!(ann.post("/v1/setup", set_up(&code, "Acme 2", "ann")).await.0, 403, "a code is good once");
}

#[tokio::test]
async fn org_02_each_step_of_the_first_run_says_what_would_be_refused_at_its_end() {
    let t = app().await;
    let code = identity::setup_code(&t.app).await.unwrap().unwrap();
    let mut browser = Browser::new(&t);
    let whole = set_up(&code, "Acme", "ann");
    let step = |part: &str, field: &str, value: &str| {
        let mut filled =
            json!({ "code": code, "organisation": whole["organisation"], "administrator": whole["administrator"] });
        if !part.is_empty() {
            filled[part][field] = json!(value);
        }
        filled
    };
    assert_eq!(browser.post("/v1/setup/check", step("", "", "")).await.0, 204);
    for (part, field, value, refused) in [
        ("organisation", "time_zone", "Mars/Olympus", "time_zone"),
        ("administrator", "user_id", "何 小满!", "user_id"),
        ("administrator", "password", "12345678", "administrator.password"),
        ("administrator", "password", "acme-2026", "administrator.password"),
    ] {
        let (status, answer) = browser.post("/v1/setup/check", step(part, field, value)).await;
        assert_eq!((status, answer["field"].as_str()), (422, Some(refused)), "{value}: {answer}");
    }
    assert!(!identity::is_set_up(&t.app).await.unwrap(), "nothing was kept");
    assert_eq!(browser.post("/v1/setup", whole).await.0, 201, "the code is not used up");
}

#[tokio::test]
async fn a_new_code_replaces_the_one_before() {
    let t = app().await;
    let old = identity::setup_code(&t.app).await.unwrap().unwrap();
    let new = identity::setup_code(&t.app).await.unwrap().unwrap();
    let mut browser = Browser::new(&t);
    assert_eq!(browser.post("/v1/setup/check", json!({ "code": old })).await.0, 403);
    assert_eq!(browser.post("/v1/setup/check", json!({ "code": new })).await.0, 204);
}

#[tokio::test]
async fn org_10_org_11_acc_16_what_the_founder_accepts_and_declares_is_recorded() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let org = ann.person().org;
    let (status, accepted) = ann.get("/v1/statement/acceptances").await;
    assert_eq!(status, 200);
    assert_eq!(accepted["items"][0]["version"], "0.5");
    assert_eq!(accepted["items"][0]["device"], "Firefox · Linux");
    assert_eq!(accepted["items"][0]["address"], "192.0.2.1");
    let mut tx = t.app.begin(org, kernel::Actor::System).await.unwrap();
    let kinds: Vec<String> =
        sqlx::query_scalar("select kind from privacy.attestation order by kind").fetch_all(tx.db()).await.unwrap();
    assert_eq!(kinds, ["adult", "control", "statement"]);
}

#[tokio::test]
async fn nothing_is_founded_without_acceptance_declarations_and_a_good_password() {
    let t = app().await;
    let code = identity::setup_code(&t.app).await.unwrap().unwrap();
    let mut browser = Browser::new(&t);
    for field in ["accepts_statement", "attests_control", "is_adult"] {
        let mut input = set_up(&code, "Acme", "ann");
        input[field] = json!(false);
        let (status, answer) = browser.post("/v1/setup", input).await;
        assert_eq!((status, answer["field"].as_str()), (422, Some(field)));
    }
    for (password, why) in [("Acme-Acme-2026", "contains_organisation"), ("short", "too_short")] {
        let mut input = set_up(&code, "Acme", "ann");
        input["administrator"]["password"] = json!(password);
        let (status, answer) = browser.post("/v1/setup", input).await;
        assert_eq!((status, answer["why"].as_str()), (422, Some(why)));
        assert_eq!(answer["field"], "administrator.password");
    }
    let mut input = set_up(&code, "Acme", "ann");
    input["statement_version"] = json!("0.0");
    assert_eq!(browser.post("/v1/setup", input).await.0, 422);
    assert!(!identity::is_set_up(&t.app).await.unwrap());
    assert_eq!(browser.post("/v1/setup", set_up(&code, "Acme", "ann")).await.0, 201, "the code was not used up");
}

#[tokio::test]
async fn the_operator_gives_a_lone_owner_a_way_back_in() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let initial = identity::reset_owner_password(&t.app, "acme").await.unwrap();
    assert_eq!(ann.get("/v1/session").await.0, 204, "every sign-in has ended");
    assert_eq!(ann.try_sign_in("ann", ANNS).await.0, 401);
    ann.sign_in("ann", &initial).await;
    assert_eq!(ann.session["must"], json!(["change_password"]));
}

#[tokio::test]
async fn whoever_is_signed_in_founds_a_further_organisation_with_the_account_they_have() {
    let t = app().await;
    let mut ann = ann(&t).await;
    let code = identity::new_setup_code(&t.app).await.unwrap();
    let mut second = set_up(&code, "Borealis", "ann");
    second["administrator"] = json!({ "name": "Ann Lee" });
    let so_far = json!({
        "code": code, "organisation": second["organisation"], "administrator": second["administrator"],
    });
    assert_eq!(ann.post("/v1/setup/check", so_far.clone()).await.0, 204);
    let refused = Browser::new(&t).post("/v1/setup/check", so_far).await;
    assert_eq!((refused.0, refused.1["why"].as_str()), (422, Some("is_missing")), "nobody's account has no password");
    let before = ann.session["account_id"].clone();
    let (status, session) = ann.post("/v1/setup", second).await;
    assert_eq!(status, 201, "{session}");
    assert_eq!(session["account_id"], before);
    assert_eq!(session["must"], json!([]));
    let names: Vec<&str> =
        session["organisations"].as_array().unwrap().iter().filter_map(|o| o["slug"].as_str()).collect();
    assert_eq!(names, ["acme", "borealis"]);
}
