//! What a rule says: whether it makes sense, whether somebody fulfils it, and who may know.

use std::collections::BTreeMap;

use directory::{FieldId, FieldRules};
use kernel::{Error, Result, Tx};
use profiles::{Audience, Definition, Kind};
use texts::fold;

use crate::model::{Condition, MadeBy, Needs, ProblemKind, Rule, Test};

/// More than anybody reads.
pub const MOST_CONDITIONS: usize = 20;
/// More than anybody names one by one.
const MOST_VALUES: usize = 100;
const LONGEST_PART: usize = 100;

impl Rule {
    /// Whether somebody of whom this is known fulfils the conditions.
    pub fn means(&self, values: &BTreeMap<FieldId, String>) -> bool {
        let mut conditions = self.conditions.iter();
        let holds = |condition: &Condition| condition.holds(values.get(&condition.field_id).map(String::as_str));
        self.conditions.is_empty()
            || match self.needs {
                Needs::All => conditions.all(holds),
                Needs::Any => conditions.any(holds),
            }
    }
}

impl Condition {
    fn holds(&self, value: Option<&str>) -> bool {
        let Some(value) = value else { return self.test == Test::Empty };
        let number = |text: &str| text.parse::<f64>().ok();
        let first = self.values.first().map(String::as_str).unwrap_or_default();
        match self.test {
            Test::Filled => true,
            Test::Empty => false,
            Test::Equals | Test::OneOf => self.values.iter().any(|one| fold(one) == fold(value)),
            Test::Contains => fold(value).contains(&fold(first)),
            // Days are written so that they stand in the order of the calendar.
            Test::Before => value < first,
            Test::After => value > first,
            Test::Less => number(value).zip(number(first)).is_some_and(|(own, other)| own < other),
            Test::Greater => number(value).zip(number(first)).is_some_and(|(own, other)| own > other),
        }
    }

    /// With its values in the form in which the field keeps them.
    pub async fn checked(mut self, tx: &mut Tx, rules: &FieldRules) -> Result<Self> {
        let wrong = |why| Error::Invalid { field: "conditions", why };
        let rule = rules.get(self.field_id).filter(|rule| rule.kind != Kind::Picture).ok_or(wrong("unknown_field"))?;
        let kind = rule.kind;
        if problem_of(rules, self.field_id).is_some() {
            return Err(wrong("field_not_usable"));
        }
        if !self.test.fits(kind) {
            return Err(wrong("test_does_not_fit"));
        }
        let wanted = match self.test {
            Test::Filled | Test::Empty => 0..=0,
            Test::OneOf => 1..=MOST_VALUES,
            _ => 1..=1,
        };
        if !wanted.contains(&self.values.len()) {
            return Err(wrong("wrong_number_of_values"));
        }
        let region = directory::settings(tx).await?.region.clone();
        let definition = directory::field_definition(tx, self.field_id).await?;
        // What a value may be says nothing of what one may compare it with.
        let definition = Definition { least: None, most: None, longest: None, ..definition };
        for value in &mut self.values {
            let is_part = self.test == Test::Contains;
            *value = if is_part { part(value)? } else { compared(kind, &definition, value, &region)? };
        }
        Ok(self)
    }
}

fn compared(kind: Kind, definition: &Definition, value: &str, region: &str) -> Result<String> {
    let value = profiles::checked(kind, definition, value, region).map_err(|error| match error {
        Error::Invalid { why, .. } => Error::Invalid { field: "conditions", why },
        other => other,
    })?;
    if value.is_empty() { Err(Error::Invalid { field: "conditions", why: "is_empty" }) } else { Ok(value) }
}

fn part(text: &str) -> Result<String> {
    let part = texts::one_line("conditions", text, LONGEST_PART)?;
    part.ok_or(Error::Invalid { field: "conditions", why: "is_empty" })
}

impl Test {
    fn fits(self, kind: Kind) -> bool {
        match self {
            Self::Filled | Self::Empty | Self::Equals => true,
            Self::OneOf => kind != Kind::Date,
            Self::Contains => matches!(kind, Kind::Text | Kind::Phone | Kind::Link),
            Self::Before | Self::After => kind == Kind::Date,
            Self::Less | Self::Greater => kind == Kind::Number,
        }
    }
}

/// Why no rule may ask what stands in the field. Whoever writes rules sees it of everybody, and sees all of it: a rule is a
/// question about everybody at once, and nobody learns by it what they may not see (`DIR-03`).
pub fn problem_of(rules: &FieldRules, field: FieldId) -> Option<ProblemKind> {
    let Some(rule) = rules.get(field) else { return Some(ProblemKind::FieldGone) };
    if !rule.is_collected {
        return Some(ProblemKind::FieldOff);
    }
    let is_seen = [Audience::Everyone, Audience::Administrators].iter().any(|one| rule.seen_by.contains(one));
    if rule.is_masked || !is_seen { Some(ProblemKind::FieldUnseen) } else { None }
}

/// Whether everybody may see whom a group holds: each field its rule names is one that everybody sees.
pub fn is_for_everyone(rules: &FieldRules, made_by: &MadeBy) -> bool {
    made_by.conditions().iter().all(|condition| {
        problem_of(rules, condition.field_id).is_none()
            && rules.get(condition.field_id).is_some_and(|rule| rule.seen_by.contains(&Audience::Everyone))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use profiles::BuiltIn;

    use crate::model::{Condition, Needs, Rule, Test};

    fn holds(value: Option<&str>, test: Test, values: &[&str]) -> bool {
        let field_id = BuiltIn::Position.id();
        let values = values.iter().map(ToString::to_string).collect();
        Condition { field_id, test, values }.holds(value)
    }

    #[test]
    fn dir_02_each_test_compares_in_its_own_way() {
        assert!(holds(Some("Ｅngineer"), Test::Equals, &["engineer"]));
        assert!(holds(Some("b"), Test::OneOf, &["a", "b"]) && !holds(Some("c"), Test::OneOf, &["a", "b"]));
        assert!(
            holds(Some("高级工程师"), Test::Contains, &["工程"]) && !holds(Some("会计"), Test::Contains, &["工程"])
        );
        assert!(holds(Some("2026-01-31"), Test::Before, &["2026-02-01"]));
        assert!(!holds(Some("2026-02-01"), Test::Before, &["2026-02-01"]));
        assert!(holds(Some("2026-12-01"), Test::After, &["2026-02-01"]));
        assert!(holds(Some("9"), Test::Less, &["10"]) && !holds(Some("10"), Test::Less, &["10"]));
        assert!(holds(Some("10.5"), Test::Greater, &["10"]) && holds(Some("-1"), Test::Greater, &["-2"]));
    }

    #[test]
    fn of_whom_nothing_is_known_fulfils_only_that() {
        for test in [Test::Equals, Test::OneOf, Test::Contains, Test::Before, Test::After, Test::Less, Test::Greater] {
            assert!(!holds(None, test, &["1"]), "{test:?}");
        }
        assert!(holds(None, Test::Empty, &[]) && !holds(Some("x"), Test::Empty, &[]));
        assert!(holds(Some("x"), Test::Filled, &[]) && !holds(None, Test::Filled, &[]));
    }

    #[test]
    fn all_or_any_and_no_conditions_mean_everybody() {
        let filled = |field: BuiltIn| Condition { field_id: field.id(), test: Test::Filled, values: Vec::new() };
        let conditions = vec![filled(BuiltIn::Position), filled(BuiltIn::Post)];
        let mut rule = Rule { conditions, ..Rule::default() };
        let known = BTreeMap::from([(BuiltIn::Post.id(), "x".to_owned())]);
        assert!(!rule.means(&known));
        rule.needs = Needs::Any;
        assert!(rule.means(&known) && !rule.means(&BTreeMap::new()));
        assert!(Rule { needs: Needs::Any, ..Rule::default() }.means(&known));
    }
}
