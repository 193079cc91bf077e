//! The document is the committed one, and every operation in it keeps the promises that hold for all.

use std::path::Path;

use crate::house::House;

/// `cargo xtask gen` writes the file; a difference here means that it was not run.
#[test]
fn the_document_is_the_committed_one() {
    let (succeeded, printed) = House::new().run(&["openapi"]);
    assert!(succeeded, "{printed}");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../api/openapi.json");
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    let difference = committed.lines().zip(printed.lines()).position(|(one, other)| one != other);
    let is_same = committed == printed;
    assert!(is_same, "api/openapi.json differs from the program, first at line {difference:?}: run cargo xtask gen");
}

/// Every operation: nobody 401, another organisation 404, no grant 403 or 404, nonsense 4xx.
#[tokio::test]
async fn every_operation_keeps_the_contract() {
    let modules = server::modules::all().into_iter().filter(|module| module.name != "kernel").collect();
    testkit::contract(modules).await;
}
