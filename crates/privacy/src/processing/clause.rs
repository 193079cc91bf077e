//! Which section of the statement speaks of a part of the program, so that whoever reads the map finds it (C1).

use crate::statement::text;
use texts::Language;

/// The sections by their ids, with the functions of the data map that they tell of.
const SECTIONS: [(&str, &[&str]); 15] = [
    ("account", &["directory.organisation", "directory.people", "identity.import", "identity.invite"]),
    ("signing_in", &["identity.sign_in"]),
    ("talking", &["chat.messages", "chat.presence", "inbox.notifications", "retention.decide"]),
    ("files", &["files.files"]),
    ("announcements", &["announcements.announce"]),
    ("searching", &["search.find", "search.words"]),
    (
        "contacts",
        &[
            "contacts.book",
            "contacts.carddav",
            "contacts.code",
            "contacts.device_book",
            "provisioning.sync",
            "tokens.programs",
        ],
    ),
    ("other_organisations", &["peers.connect"]),
    ("verification", &["verification.verify"]),
    ("leaving", &["erasure.erase", "handover.hand_over"]),
    ("ending", &["operators.console", "receipts.prove"]),
    ("audit", &["kernel.security", "people_exports.export", "people_groups.groups", "privacy.statement"]),
    ("browser", &["privacy.preferences"]),
    ("issuer", &["server.access"]),
    ("rights", &["personal_exports.copy", "requests.desk"]),
];

/// The id of the section; none where none speaks of it.
pub fn section(function: &str) -> Option<&'static str> {
    SECTIONS.iter().find(|(_, functions)| functions.contains(&function)).map(|(section, _)| *section)
}

/// What the section is called, in the statement in force.
pub fn heading(function: &str, language: Language) -> Option<&'static str> {
    let id = section(function)?;
    let statement = text::in_language(language).ok()?;
    statement.sections.iter().find(|section| section.id == id).map(|section| section.heading.as_str())
}

#[cfg(test)]
mod tests {
    use super::{SECTIONS, heading};
    use crate::statement::versions;
    use texts::Language;

    #[test]
    fn every_section_that_is_named_is_in_the_statement_and_every_function_in_the_map() {
        let facts = &versions::current().unwrap().facts;
        for function in SECTIONS.iter().flat_map(|(_, functions)| functions.iter()) {
            assert!(facts.functions.contains_key(*function), "{function}");
            for language in Language::ALL {
                assert!(heading(function, language).is_some(), "{function} {}", language.tag());
            }
        }
    }
}
