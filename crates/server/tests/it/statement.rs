//! The statement says what the program does: the whole of it, not one domain.

use std::path::Path;

use crate::house::House;

/// A difference means that the data map has changed and the statement has not. Of a version that is not released yet the facts are
/// written anew; of one that is, a new one begins (`docs/privacy/statement.md`).
#[test]
fn doc_03_the_version_in_force_says_what_the_data_map_says() {
    let (succeeded, printed) = House::new().run(&["facts"]);
    assert!(succeeded, "{printed}");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../privacy/statement/facts.json");
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    let difference = committed.lines().zip(printed.lines()).find(|(one, other)| one != other);
    let how = "cargo run -p server -- facts > crates/privacy/statement/facts.json";
    assert!(
        committed == printed,
        "the data map says something else than the statement, first {difference:?}. A version that is released gets a \
         successor first: docs/privacy/statement.md. Then: {how}"
    );
}

/// `RET-01` to `RET-25`: nothing goes by a number that nobody has said what it is, and none is said in vain.
#[test]
fn every_numbered_rule_that_the_data_map_goes_by_is_in_its_register_and_no_other() {
    let map = kernel::data_map(&server::modules::all()).unwrap();
    let stored = [&map.blob, &map.index, &map.queue, &map.log, &map.export, &map.backup].into_iter().flatten();
    let rules = map.table.values().map(|table| &table.rule).chain(stored.map(|(_, stored)| &stored.rule));
    let named: std::collections::BTreeSet<&String> = rules.filter(|rule| rule.starts_with("RET-")).collect();
    assert_eq!(named, map.rule.keys().collect());
}
