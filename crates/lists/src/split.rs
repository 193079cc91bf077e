//! Departments in one cell: how their names are told apart, and how a name keeps a mark that tells names apart (`DIR-04`).

use super::list::Mapping;

/// A mark behind it belongs to the name. WeCom lets no name of a department have one, so no list of theirs means anything else by it.
const ESCAPE: char = '\\';

/// Whether it tells names apart; full-width marks do too, since a list is read in ordinary width.
fn is_mark(c: char) -> bool {
    matches!(c, ESCAPE | '/' | ';' | '＼' | '／' | '；')
}

/// A department's name as a part of a path in a list: marks between names stand behind a backslash, and so does a backslash.
pub fn escaped(name: &str) -> String {
    let mut escaped = String::with_capacity(name.len());
    for c in name.chars() {
        if is_mark(c) {
            escaped.push(ESCAPE);
        }
        escaped.push(c);
    }
    escaped
}

impl Mapping {
    /// The levels of a path, without the organisation itself.
    pub fn levels(&self, path: &str) -> Vec<String> {
        let parts = self.split(path, &self.level_separator);
        let mut levels: Vec<String> = parts.into_iter().map(|part| self.unescaped(part)).collect();
        if self.root.as_ref().is_some_and(|root| levels.first() == Some(root)) {
            levels.remove(0);
        }
        levels
    }

    /// The departments of a person, as each is written.
    pub fn departments<'a>(&self, text: &'a str) -> Vec<&'a str> {
        self.split(text, &self.list_separator)
    }

    /// Whoever writes levels with a backslash between them means nothing else by it.
    fn escapes(&self) -> bool {
        !self.level_separator.contains(ESCAPE) && !self.list_separator.contains(ESCAPE)
    }

    fn split<'a>(&self, text: &'a str, separator: &str) -> Vec<&'a str> {
        let (mut parts, mut from, mut at) = (Vec::new(), 0, 0);
        while let Some(next) = text[at..].chars().next() {
            let rest = &text[at..];
            if rest.starts_with(separator) {
                parts.push(&text[from..at]);
                at += separator.len();
                from = at;
            } else {
                at += next.len_utf8();
                let behind = text[at..].chars().next().filter(|_| next == ESCAPE && self.escapes());
                at += behind.map_or(0, char::len_utf8);
            }
        }
        parts.push(&text[from..]);
        parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
    }

    fn unescaped(&self, part: &str) -> String {
        let separators = [&self.level_separator, &self.list_separator];
        let is_mark = |c: char| is_mark(c) || separators.iter().any(|one| one.starts_with(c));
        let (mut name, mut rest) = (String::with_capacity(part.len()), part.chars().peekable());
        while let Some(c) = rest.next() {
            let behind = rest.next_if(|next| c == ESCAPE && self.escapes() && is_mark(*next));
            name.push(behind.unwrap_or(c));
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::escaped;
    use crate::{DepartmentForm, Kind, Mapping};

    fn mapping(level_separator: &str) -> Mapping {
        Mapping {
            sheet: 0,
            kind: Kind::People,
            header_row: Some(1),
            fields: Vec::new(),
            own_fields: Vec::new(),
            department_form: DepartmentForm::Paths,
            level_separator: level_separator.into(),
            list_separator: ";".into(),
            root: Some("Acme".into()),
            joins_alike: false,
            others_leave: false,
        }
    }

    #[test]
    fn dir_04_a_name_keeps_the_marks_that_tell_names_apart() {
        let mapping = mapping("/");
        let names = ["研发/测试", "A;B", "back\\slash", "end\\", "\\/;", "C\\D"];
        for name in names {
            let text = format!("Sales/{};Acme/Care", escaped(name));
            let departments = mapping.departments(&text);
            assert_eq!(departments.len(), 2, "{text}");
            assert_eq!(mapping.levels(departments[0]), ["Sales", name], "{text}");
            assert_eq!(mapping.levels(departments[1]), ["Care"], "{text}");
        }
        assert_eq!(escaped("研发／测试"), "研发\\／测试");
    }

    #[test]
    fn a_backslash_that_stands_before_no_mark_is_part_of_the_name_and_may_tell_levels_apart() {
        assert_eq!(mapping("/").levels("R\\D / Back end /"), ["R\\D", "Back end"]);
        assert_eq!(mapping("\\").levels("Acme\\Sales\\\\North"), ["Sales", "North"]);
        assert_eq!(mapping("-").levels("Sales-A\\-B"), ["Sales", "A-B"]);
    }
}
