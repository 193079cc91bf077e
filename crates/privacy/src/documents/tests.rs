//! The documents say what the map says, and say what changed of it.

use kernel::data_map::compose;

use super::facts::Facts;
use super::model::Kind;
use super::render::{document, kinds};
use crate::statement::versions::{Version, all, is_material, since_something_mattered};
use texts::Language;

const MAP: &str = r#"
[function."inbox.notifications"]
names = { en = "Notifications", "zh-CN" = "通知", "zh-TW" = "通知" }
kind = "basic"
[function."inbox.mail"]
names = { en = "Mail", "zh-CN" = "邮件", "zh-TW" = "郵件" }
kind = "extended"
default_on = false
[purpose."inbox.notify"]
sentence = { en = "so that you learn what concerns you", "zh-CN" = "以便通知你", "zh-TW" = "以便通知你" }
function = "inbox.notifications"
role = "processor"
ground = { cn = "consent", eu = "contract" }
restricted = "own_act"
[purpose."inbox.notify".consent]
version = "1"
method = { en = "by the server", "zh-CN" = "由服务器", "zh-TW" = "由伺服器" }
kinds = ["identity"]
kept_in = "inbox.notification"
withdrawal = { en = "nothing more", "zh-CN" = "不再", "zh-TW" = "不再" }
otherwise = { en = "look yourself", "zh-CN" = "自行查看", "zh-TW" = "自行檢視" }
[table.notification]
function = "inbox.notifications"
subject = "member_id"
rule = "P90D"
erasure = "delete"
[table.notification.columns]
member_id = { category = "identity", purpose = "inbox.notify" }
id = "technical"
"#;

const PRINTER: &str = r#"
[recipient.printer]
name = { en = "Paper Ltd", "zh-CN" = "纸业公司", "zh-TW" = "紙業公司" }
contact = { en = "paper@example.com", "zh-CN" = "paper@example.com", "zh-TW" = "paper@example.com" }
region = { en = "Jiangsu", "zh-CN" = "江苏", "zh-TW" = "江蘇" }
method = { en = "by wire", "zh-CN" = "有线", "zh-TW" = "有線" }
kinds = { en = "names", "zh-CN" = "姓名", "zh-TW" = "姓名" }
purpose = "inbox.notify"
"#;

const CLAUSES: &str = "# Statement

- In short.

## kept | Kept

Notifications go after {kept:inbox.notification}. **They are yours.**

## collection/list | List

{collection}

## sharing/list | Outside

{recipients}";

/// A version whose map and clauses are these.
fn version(name: &str, map: &str, clauses: &str) -> Version {
    let facts = Facts::of(&compose(&[("inbox", map)]).unwrap(), name);
    let text = format!("version: {name}\nissued: 2026-01-01\nreleased: 2026-01-02\neffective: 2026-01-03\n\n{clauses}");
    Version::read(&serde_json::to_string(&facts).unwrap(), [text.as_str(); 3]).unwrap()
}

fn read(version: &Version, older: &[Version], kind: Kind) -> String {
    serde_json::to_string(&document((version, older), kind, Language::English, "https://tulou.example").unwrap())
        .unwrap()
}

/// What the change note says of a map that came after another.
fn noted(old: &str, new: &str) -> (bool, String) {
    let (old, new) = (version("1", old, CLAUSES), version("2", new, CLAUSES));
    let is_material = is_material(&old, &new);
    (is_material, read(&new, &[old], Kind::Changes))
}

#[test]
fn doc_01_doc_03_doc_04_a_retention_number_is_followed_everywhere() {
    let longer = MAP.replace("P90D", "P120D");
    let (old, new) = (version("1", MAP, CLAUSES), version("2", &longer, CLAUSES));
    for kind in [Kind::Statement, Kind::Collection] {
        let (before, after) = (read(&old, &[], kind), read(&new, &[], kind));
        assert!(before.contains("90 days") && !before.contains("120 days"), "{before}");
        assert!(after.contains("120 days") && !after.contains("90 days"), "{after}");
    }
    let (is_material, note) = noted(MAP, &longer);
    assert!(is_material && note.contains("How long it is kept ★"), "{note}");
    assert!(
        note.contains("Notifications go after 90 days.") && note.contains("Notifications go after 120 days."),
        "{note}"
    );
    let (is_material, note) = noted(&longer, MAP);
    assert!(!is_material && note.contains("How long it is kept\""), "sooner is no worse: {note}");
}

#[test]
fn doc_03_doc_06_shr_02_a_recipient_is_followed_everywhere() {
    let shared = format!("{MAP}{PRINTER}");
    assert!(read(&version("1", MAP, CLAUSES), &[], Kind::Sharing).contains("At present there is none."));
    let list = read(&version("2", &shared, CLAUSES), &[], Kind::Sharing);
    for told in ["Paper Ltd", "paper@example.com", "Jiangsu", "by wire", "names", "so that you learn what concerns you"]
    {
        assert!(list.contains(told), "{told}: {list}");
    }
    let (is_material, note) = noted(MAP, &shared);
    assert!(is_material && note.contains("A new recipient ★") && note.contains("Paper Ltd"), "{note}");
    assert!(noted(&shared, &shared.replace("Jiangsu", "Oregon")).0, "elsewhere matters");
    assert!(!noted(&shared, &shared.replace("by wire", "by post")).0);
    assert!(!noted(&shared, MAP).0);
}

#[test]
fn doc_03_con_07_what_matters_is_told_apart_from_what_does_not() {
    let purpose = "\n[purpose.\"inbox.sell\"]\nsentence = { en = \"so\", \"zh-CN\" = \"以便\", \"zh-TW\" = \"以便\" }\n\
                   function = \"inbox.mail\"\nrole = \"processor\"\nground = { cn = \"legal_duty\", eu = \"legal_obligation\" }\nrestricted = \"legal_duty\"\n";
    let column = "\ndevice = { category = \"device\", purpose = \"inbox.notify\" }\n";
    for (what, new) in [
        ("A new purpose", format!("{MAP}{purpose}")),
        ("A new kind of data", MAP.replace("\nid = ", &format!("{column}id = "))),
        ("Legal ground", MAP.replace("cn = \"consent\"", "cn = \"other_law\"")),
        ("A function that is on by itself now", MAP.replace("default_on = false", "default_on = true")),
    ] {
        let (is_material, note) = noted(MAP, &new);
        assert!(is_material && note.contains(&format!("{what} ★")), "{what}: {note}");
        assert!(!noted(&new, MAP).0, "{what}: the other way it is none");
    }
    let (is_material, note) = noted(MAP, &MAP.replace("version = \"1\"", "version = \"2\""));
    assert!(is_material && note.contains("What people are asked to agree to ★"), "{note}");
    let (is_material, note) = noted(MAP, &MAP.replace("learn what concerns you", "are told"));
    assert!(
        !is_material && note.contains("How a purpose is put") && note.contains("Earlier acceptances stand."),
        "{note}"
    );
    assert!(
        !noted(MAP, &MAP.replace("\nid = ", "\nseq = \"technical\"\nid = ")).0,
        "what is about nobody concerns nobody"
    );
}

#[test]
fn doc_03_an_acceptance_stands_until_something_changes_that_matters() {
    let reworded = CLAUSES.replace("They are yours.", "They are yours alone.");
    let longer = MAP.replace("P90D", "P120D");
    let mut versions =
        vec![version("3", &longer, &reworded), version("2", &longer, CLAUSES), version("1", MAP, CLAUSES)];
    let stands = |versions: &[Version]| -> Vec<String> {
        since_something_mattered(versions).iter().map(|version| version.name().to_owned()).collect()
    };
    assert_eq!(stands(&versions), ["3", "2"]);
    assert_eq!(stands(&versions[1..]), ["2"]);
    let text = reworded.replacen("# Statement", "# The statement", 1);
    versions.insert(0, version("4\nchange: material", &longer, &text));
    assert_eq!(stands(&versions), ["4"], "a version may say so of itself");
}

/// Consents name the version of the words: what it said has to be found later.
#[test]
fn con_14_the_words_of_a_consent_are_the_same_in_every_version_of_the_statement() {
    let asked = |version: &'static Version| {
        let purposes = version.facts.purposes.iter();
        purposes.filter_map(|(id, purpose)| Some((id, purpose.consent.as_ref()?)))
    };
    let versions = all().unwrap();
    assert!(asked(&versions[0]).count() > 0, "something is asked");
    for pair in versions.windows(2) {
        for (id, new) in asked(&pair[0]) {
            let old = asked(&pair[1]).find(|(other, old)| *other == id && old.version == new.version);
            assert!(old.is_none_or(|(_, old)| old == new), "{id}: other words need another version");
        }
    }
}

#[test]
fn doc_01_doc_02_doc_08_doc_09_doc_10_every_document_can_be_read_in_every_language() {
    let versions = all().unwrap();
    for (place, version) in versions.iter().enumerate() {
        for (kind, language) in
            kinds(version).into_iter().flat_map(|kind| Language::ALL.map(|language| (kind, language)))
        {
            let older = &versions[place + 1..];
            let found = document((version, older), kind, language, "https://tulou.example").unwrap();
            assert!(!found.title.is_empty() && found.issued_at <= found.released_at, "{kind:?}");
            let text = serde_json::to_string(&found.sections).unwrap();
            for left in ["{kept", "{rule", "{sensitive", "{recipients", "{collection", "**"] {
                assert!(!text.contains(left), "{kind:?} {} has {left}", language.tag());
            }
        }
    }
    let newest = versions.first().unwrap();
    let statement = document((newest, &[]), Kind::Statement, Language::English, "https://tulou.example").unwrap();
    let ids: Vec<&str> = statement.sections.iter().map(|section| section.id.as_str()).collect();
    assert!(["scope", "definitions", "issuer", "sharing", "language"].iter().all(|id| ids.contains(id)), "{ids:?}");
    assert!(serde_json::to_string(&statement).unwrap().contains("\"is_key\":true"), "key clauses are bold");
}
