//! What docs/requirements.md says is met, some test cites: in words (`ACC-01`) or in its name (`acc_01_…`).

use super::Finding;
use crate::tree::{Tree, is_test};

const LIST: &str = "docs/requirements.md";

pub fn check(tree: &Tree) -> Vec<Finding> {
    let tests: Vec<&str> = tree.files().filter(|(path, _)| proves(path)).map(|(_, text)| text).collect();
    let lines = tree.text(LIST).unwrap_or_default().lines().enumerate();
    let rows = lines.filter_map(|(line, text)| Some((line, number(text)?)));
    let unproven = rows.filter(|(_, number)| {
        let name = format!("{}_", number.to_lowercase().replace('-', "_"));
        tests.iter().all(|text| !text.contains(number) && !text.contains(&name))
    });
    unproven.map(|(line, number)| Finding::new(LIST, line + 1, format!("no test cites {number}"))).collect()
}

fn proves(path: &str) -> bool {
    let is_code = [".rs", ".ts", ".tsx", ".js"].iter().any(|end| path.ends_with(end));
    is_code && (is_test(path) || path.starts_with("e2e/stories/"))
}

/// The first cell of a row, when it is a number such as `ACC-01`.
fn number(line: &str) -> Option<&str> {
    let cell = line.strip_prefix("| ")?.split(" |").next()?;
    let (letters, digits) = cell.split_once('-')?;
    let is_number = letters.bytes().all(|letter| letter.is_ascii_uppercase())
        && digits.len() >= 2
        && digits.bytes().all(|digit| digit.is_ascii_digit());
    is_number.then_some(cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> Vec<Finding> {
        let list = "| number | what |\n| --- | --- |\n| ACC-01 | One signs in. |\n";
        check(&Tree::of(&[(LIST, list), (path, text)]))
    }

    #[test]
    fn a_number_that_no_test_cites_is_found() {
        assert_eq!(found("crates/a/src/b.rs", "//! `ACC-01`").len(), 1, "a promise is no proof");
        assert_eq!(found("crates/a/tests/it/b.rs", "fn acc_011_other()").len(), 1);
        assert_eq!(found("crates/a/tests/it/b.rs", "fn acc_01_one_signs_in()"), []);
        assert_eq!(found("web/src/B.test.tsx", "test('one signs in (ACC-01)')"), []);
        assert_eq!(found("e2e/stories/a.test.js", "// ACC-01"), []);
    }
}
