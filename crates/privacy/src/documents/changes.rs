//! What changed between two versions: what matters, and so asks for acceptance anew, and what does not (`DOC-03`, `CON-07`). What matters is a
//! new purpose, kind of data or recipient, another region, a longer period, a weaker ground, or a function that is on by itself now.

use std::collections::{BTreeMap, BTreeSet};

use kernel::data_map::{Asked, Category, Cn, Eu};

use super::facts::{Facts, Purpose, Recipient};
use super::kept;
use texts::{Language, Text};

/// One of them, in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Whether it matters.
    pub is_material: bool,
    /// What it is a change of.
    pub what: String,
    /// As it was; empty for what is new.
    pub before: String,
    /// As it is; empty for what is gone.
    pub after: String,
}

const NEW_PURPOSE: Text = ["新的处理目的", "新的處理目的", "A new purpose"];
const NO_PURPOSE: Text = ["不再有的处理目的", "不再有的處理目的", "A purpose less"];
const SENTENCE: Text = ["处理目的的表述", "處理目的的表述", "How a purpose is put"];
const GROUND: Text = ["合法性基础", "合法性基礎", "Legal ground"];
const ASKED: Text = ["征求同意的内容", "徵求同意的內容", "What people are asked to agree to"];
const NEW_KIND: Text = ["新的信息种类", "新的資料種類", "A new kind of data"];
const NO_KIND: Text = ["不再收集的信息种类", "不再蒐集的資料種類", "A kind of data less"];
const PERIOD: Text = ["保存期限", "保存期限", "How long it is kept"];
const NEW_RECIPIENT: Text = ["新的接收方", "新的接收方", "A new recipient"];
const NO_RECIPIENT: Text = ["不再有的接收方", "不再有的接收方", "A recipient less"];
const RECIPIENT: Text = ["接收方", "接收方", "Recipient"];
const ON: Text = ["默认开启的功能", "預設開啟的功能", "A function that is on by itself now"];
const PERMISSION: Text = ["申请的权限", "申請的權限", "Permissions that are asked for"];
const COOKIE: Text = ["Cookie", "Cookie", "Cookies"];
const COMPONENT: Text = ["第三方组件", "第三方元件", "Components of others"];

/// Everything that changed, what matters first.
pub fn between(language: Language, old: &Facts, new: &Facts) -> Vec<Change> {
    let mut all = Compared { language, old, new, changes: Vec::new() };
    all.purposes();
    all.kinds();
    all.recipients();
    all.functions();
    all.listings();
    all.changes.sort_by_key(|change| !change.is_material);
    all.changes
}

struct Compared<'a> {
    language: Language,
    old: &'a Facts,
    new: &'a Facts,
    changes: Vec<Change>,
}

impl Compared<'_> {
    fn add(&mut self, is_material: bool, what: Text, before: String, after: String) {
        let what = self.language.of(what).to_owned();
        self.changes.push(Change { is_material, what, before, after });
    }

    fn purposes(&mut self) {
        let (old, new, language) = (self.old, self.new, self.language);
        let said = |purpose: &Purpose| purpose.sentence.in_language(language).to_owned();
        for (id, after) in &new.purposes {
            let Some(before) = old.purposes.get(id) else {
                self.add(true, NEW_PURPOSE, String::new(), said(after));
                continue;
            };
            if before.sentence != after.sentence {
                self.add(false, SENTENCE, said(before), said(after));
            }
            let is_changed = (before.cn, before.eu, before.needs_consent) != (after.cn, after.eu, after.needs_consent);
            if is_changed {
                self.add(is_weaker(before, after), GROUND, ground(language, before), ground(language, after));
            }
            // Those who agreed are asked anew by themselves: the version of the words says so.
            if let (Some(was), Some(is)) = (&before.consent, &after.consent)
                && was.version != is.version
            {
                self.add(true, ASKED, method(language, was), method(language, is));
            }
        }
        for purpose in old.purposes.iter().filter(|(id, _)| !new.purposes.contains_key(*id)).map(|(_, one)| one) {
            self.add(false, NO_PURPOSE, said(purpose), String::new());
        }
    }

    /// What is kept of people for purposes there were before, and how long: each kind for each purpose.
    fn kinds(&mut self) {
        let (old, new, language) = (self.old, self.new, self.language);
        let (were, are) = (kept_kinds(old), kept_kinds(new));
        let said = |facts: &Facts, purpose: &str, category: Category| {
            let sentence = facts.purposes.get(purpose).map_or("", |one| one.sentence.in_language(language));
            format!("{} – {sentence}", language.of(category.words()))
        };
        let lasting = |facts: &Facts, rules: &BTreeSet<&str>| {
            let rules: Vec<String> = rules.iter().map(|rule| kept::until(facts, rule, language)).collect();
            rules.join(language.of(["；", "；", "; "]))
        };
        for ((purpose, category), rules) in &are {
            if !old.purposes.contains_key(*purpose) {
                continue;
            }
            let named = said(new, purpose, *category);
            let Some(before) = were.get(&(*purpose, *category)) else {
                self.add(true, NEW_KIND, String::new(), named);
                continue;
            };
            let (was, is) = (lasting(old, before), lasting(new, rules));
            if was != is {
                let is_longer = longest(new, rules) > longest(old, before);
                self.add(is_longer, PERIOD, format!("{named}: {was}"), format!("{named}: {is}"));
            }
        }
        for (purpose, category) in were.keys().filter(|one| !are.contains_key(*one)) {
            self.add(false, NO_KIND, said(old, purpose, *category), String::new());
        }
    }

    fn recipients(&mut self) {
        let (old, new, language) = (self.old, self.new, self.language);
        let said = |one: &Recipient| {
            let words = [&one.name, &one.region, &one.kinds, &one.method, &one.contact];
            words.map(|words| words.in_language(language)).join(" · ")
        };
        for (id, after) in &new.recipients {
            match old.recipients.get(id) {
                None => self.add(true, NEW_RECIPIENT, String::new(), said(after)),
                Some(before) if before == after => {}
                Some(before) => {
                    let is_another = before.name != after.name || before.region != after.region;
                    let gets_more = before.kinds != after.kinds || before.purpose != after.purpose;
                    self.add(is_another || gets_more, RECIPIENT, said(before), said(after));
                }
            }
        }
        for recipient in old.recipients.iter().filter(|(id, _)| !new.recipients.contains_key(*id)).map(|(_, one)| one) {
            self.add(false, NO_RECIPIENT, said(recipient), String::new());
        }
    }

    fn functions(&mut self) {
        for (id, after) in &self.new.functions {
            let was_off = self.old.functions.get(id).is_some_and(|before| !before.is_on_at_first);
            if was_off && after.is_on_at_first {
                self.add(true, ON, String::new(), after.names.in_language(self.language).to_owned());
            }
        }
    }

    /// What is only listed: that it is another list than before.
    fn listings(&mut self) {
        let (old, new, language) = (self.old, self.new, self.language);
        let permissions = |facts: &Facts| -> BTreeSet<String> {
            facts.permissions.values().map(|one| one.names.in_language(language).to_owned()).collect()
        };
        self.listed(PERMISSION, &permissions(old), &permissions(new));
        let cookies = |facts: &Facts| -> BTreeSet<String> { facts.cookies.keys().cloned().collect() };
        self.listed(COOKIE, &cookies(old), &cookies(new));
        self.listed(COMPONENT, &old.components, &new.components);
        for (name, after) in &new.cookies {
            let Some(before) = old.cookies.get(name).filter(|before| before.kept_for_s != after.kept_for_s) else {
                continue;
            };
            let days = |seconds: u32| format!("{name}: {seconds} s");
            self.add(before.kept_for_s < after.kept_for_s, PERIOD, days(before.kept_for_s), days(after.kept_for_s));
        }
    }

    fn listed(&mut self, what: Text, old: &BTreeSet<String>, new: &BTreeSet<String>) {
        let joined = |one: &BTreeSet<String>, other: &BTreeSet<String>| {
            one.difference(other).cloned().collect::<Vec<_>>().join(", ")
        };
        if old != new {
            self.add(false, what, joined(old, new), joined(new, old));
        }
    }
}

/// By purpose and kind the rules by which it goes. What is about nobody is not among them.
fn kept_kinds(facts: &Facts) -> BTreeMap<(&str, Category), BTreeSet<&str>> {
    let mut found: BTreeMap<(&str, Category), BTreeSet<&str>> = BTreeMap::new();
    for store in facts.stores.values() {
        for (purpose, kinds) in &store.holds {
            for kind in kinds.iter().filter(|kind| **kind != Category::Technical) {
                found.entry((purpose.as_str(), *kind)).or_default().insert(store.rule.as_str());
            }
        }
    }
    found
}

fn longest(facts: &Facts, rules: &BTreeSet<&str>) -> i64 {
    rules.iter().map(|rule| kept::longest(facts, rule)).max().unwrap_or_default()
}

/// Under either law, or because nobody is asked any more.
fn is_weaker(before: &Purpose, after: &Purpose) -> bool {
    let cn = |ground: Cn| match ground {
        Cn::Consent => 3,
        Cn::ContractOrHrNecessity | Cn::LegalDuty => 2,
        Cn::PublicHealthOrEmergency | Cn::NewsSupervision | Cn::LawfullyPublic | Cn::OtherLaw => 1,
    };
    let eu = |ground: Eu| match ground {
        Eu::Consent => 3,
        Eu::Contract | Eu::LegalObligation | Eu::Vital => 2,
        Eu::PublicTask | Eu::LegitimateInterest => 1,
    };
    cn(after.cn) < cn(before.cn) || eu(after.eu) < eu(before.eu) || (before.needs_consent && !after.needs_consent)
}

fn method(language: Language, asked: &Asked) -> String {
    language.of([&asked.method.zh_cn, &asked.method.zh_tw, &asked.method.en]).clone()
}

fn ground(language: Language, purpose: &Purpose) -> String {
    let (cn, eu) = (language.of(purpose.cn.words()), language.of(purpose.eu.words()));
    format!("{} – {cn}; {eu}", purpose.sentence.in_language(language))
}
