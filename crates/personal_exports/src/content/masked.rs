//! Of a line of the audit log what is about somebody else does not leave: who else did it or whom else it was done to, and the request of
//! whoever did it.

use serde_json::{Map, Value};
use uuid::Uuid;

use super::about::About;
use super::plan::{Place, Whose};

/// The row without the ids of others, where people stand in it under pseudonyms; other places name people under the ids of the directory,
/// which everybody sees anyway.
pub fn mask(place: &Place<'_>, about: &About, stands_as: &str, row: &mut Map<String, Value>) {
    if place.whose() != Whose::Pseudonym {
        return;
    }
    let is_theirs = |value: &Value| value.as_str() == Some(stands_as);
    let subject = place.table.subject.as_deref().unwrap_or_default();
    let did_it = row.get(subject).is_some_and(is_theirs);
    for column in place.pointing() {
        if let Some(value) = row.get_mut(column).filter(|value| !is_theirs(value)) {
            *value = Value::Null;
        }
    }
    if let Some(request) = row.get_mut("request_id").filter(|_| !did_it) {
        *request = Value::Null;
    }
    if let Some(data) = row.get_mut("data") {
        *data = data.as_str().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
        without_others(about, data);
    }
}

fn without_others(about: &About, value: &mut Value) {
    match value {
        Value::String(text) if text.parse::<Uuid>().is_ok_and(|id| !about.is(id)) => *value = Value::Null,
        Value::Array(values) => values.iter_mut().for_each(|value| without_others(about, value)),
        Value::Object(values) => values.values_mut().for_each(|value| without_others(about, value)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use kernel::{AccountId, MemberId};
    use serde_json::{Value, json};
    use uuid::Uuid;

    use super::super::about::About;
    use super::super::plan::Plan;
    use super::mask;

    const MAP: &str = r#"
[table.entry]
subject = "actor"
also = ["target"]
rule = "P184D"
erasure = "pseudonym"
export = "about_me"
[table.entry.columns]
actor = "technical"
target = "technical"
"#;

    fn masked(row: Value) -> Value {
        let map = kernel::data_map::parse("kernel", MAP).unwrap();
        let plan = Plan::of(&map);
        let me = Uuid::from_u128(1);
        let about = About::new(MemberId(Uuid::from_u128(7)), AccountId(Uuid::from_u128(8)), Some(me));
        let Value::Object(mut row) = row else { unreachable!("a row") };
        mask(&plan.places()[0], &about, &me.to_string(), &mut row);
        Value::Object(row)
    }

    #[test]
    fn dsr_01_a_line_of_the_audit_log_names_nobody_but_oneself() {
        let (me, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let data = json!({ "member_id": me, "by": other, "all": [other, me], "reason": "left" }).to_string();
        let own = json!({ "actor": me, "target": other, "request_id": other, "data": data });
        let left = json!({ "member_id": me, "by": null, "all": [null, me], "reason": "left" });
        assert_eq!(masked(own), json!({ "actor": me, "target": null, "request_id": other, "data": left }));
        let of_others = json!({ "actor": other, "target": me, "request_id": other, "data": "no JSON" });
        assert_eq!(masked(of_others), json!({ "actor": null, "target": me, "request_id": null, "data": null }));
    }
}
