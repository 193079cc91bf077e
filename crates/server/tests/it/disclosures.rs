//! What the law made the operator hand over is written down on the machine, and the organisation reads it (`ORG-07`).

use serde_json::json;

use crate::house::House;
use crate::people::set_up;

#[tokio::test]
async fn org_07_the_machine_writes_down_what_was_disclosed_and_the_organisation_reads_it() {
    let house = House::ready();
    let running = house.start();
    let ann = set_up(&running).await;
    let disclose = ["admin", "verification", "disclose", "acme", "--to", "City Police", "--ground", "Order 12/2026"];
    let (succeeded, said) = house.run(&[&disclose[..], &["--what", "messages", "--on", "2024-01-02"]].concat());
    assert!(!succeeded && said.contains("claim, documents or contact"), "{said}");
    let (succeeded, said) = house.run(&[&disclose[..], &["--what", "claim,documents", "--on", "2024-01-02"]].concat());
    assert!(succeeded && said.contains("Written down"), "{said}");
    let shown = ann.done("GET", "/v1/verification", json!(null)).await["request"]["disclosures"].clone();
    assert_eq!(shown.as_array().map(Vec::len), Some(1));
    assert_eq!((&shown[0]["recipient"], &shown[0]["kinds"]), (&json!("City Police"), &json!(["claim", "documents"])));
    let first = shown[0]["id"].as_str().unwrap();
    let show = ["admin", "verification", "show", "acme"];
    let (_, said) = house.run(&show);
    let line = format!("Disclosed on 2024-01-02 to City Police: Order 12/2026; claim, documents ({first})");
    assert!(said.contains(&line), "{said}");
    let correction = ["--what", "claim", "--on", "2024-01-02", "--corrects", first];
    let (succeeded, said) = house.run(&[&disclose[..], &correction].concat());
    assert!(succeeded, "{said}");
    let (_, said) = house.run(&show);
    assert!(said.contains("; claim (") && said.contains(&format!(", corrects {first})")), "{said}");
}
