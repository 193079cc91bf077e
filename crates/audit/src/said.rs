//! What is to be said, before people get their pseudonyms.

use serde_json::{Map, Value};
use uuid::Uuid;

/// Fields of events under which a person stands. The first of them is whom the event concerns.
pub const PEOPLE: [&str; 4] = ["member", "asked_by", "by", "successor"];

/// Under which an operator of the installation stands: they did it, it was not done to them.
const OPERATOR: &str = "operator";

/// A line of the log in the making.
#[derive(Debug, Clone)]
pub struct Said {
    /// Names it.
    pub id: Uuid,
    /// The event, or the operation that was refused.
    pub name: String,
    /// Ids and small facts, by name.
    pub data: Map<String, Value>,
    /// Why it was refused.
    pub code: Option<&'static str>,
    /// The permission it rests on.
    pub rule: Option<&'static str>,
    /// Whether where from and with what matters, whatever it rests on.
    pub is_traced: bool,
}

impl Said {
    /// Of an event: without the fields named in `hidden`, separated by commas.
    pub fn of_event(id: Uuid, name: &str, payload: &Value, hidden: &str) -> Self {
        let mut data = payload.as_object().cloned().unwrap_or_default();
        data.retain(|field, _| hidden.split(',').all(|one| one != field));
        Self { id, name: name.to_owned(), data, code: None, rule: None, is_traced: false }
    }

    /// Of a refusal, with what it was to be done to, if that is known.
    pub fn of_refusal(id: Uuid, operation: String, code: &'static str, target: Option<(String, Uuid)>) -> Self {
        let data = target.map(|(kind, id)| (kind, Value::String(id.to_string())));
        Self { id, name: operation, data: data.into_iter().collect(), code: Some(code), rule: None, is_traced: false }
    }

    /// Whether address and device are kept: of what was done with the rights of a role, of what was refused, and of what
    /// somebody's account is entered and secured with.
    pub fn keeps_trace(&self) -> bool {
        self.is_traced || self.rule.is_some() || self.code.is_some()
    }

    /// The people who stand in it, by field.
    pub fn people(&self) -> Vec<(&'static str, Uuid)> {
        PEOPLE.iter().filter_map(|field| Some((*field, self.data.get(*field).and_then(id_of)?))).collect()
    }

    /// Takes out whom or what it was done to: the person, or else the first thing that is named by an id.
    pub fn take_target(&mut self) -> Option<(String, Uuid)> {
        let is_id = |field: &&String| *field != OPERATOR && self.data.get(*field).and_then(id_of).is_some();
        let person = self.data.keys().find(|field| *field == PEOPLE[0]).filter(is_id);
        let field = person.or_else(|| self.data.keys().find(is_id))?.clone();
        let id = self.data.remove(&field).as_ref().and_then(id_of)?;
        Some((field, id))
    }
}

/// What an operation is about: the first id of its path, by the name it has in the route.
pub fn target_in(route: &str, path: &str) -> Option<(String, Uuid)> {
    route.split('/').zip(path.split('/')).find_map(|(part, text)| {
        let name = part.strip_prefix('{')?.strip_suffix('}')?;
        Some((name.to_owned(), text.parse().ok()?))
    })
}

fn id_of(value: &Value) -> Option<Uuid> {
    value.as_str().and_then(|text| text.parse().ok())
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use uuid::Uuid;

    use super::Said;

    #[test]
    fn where_from_is_kept_of_what_rests_on_a_permission_was_refused_or_asks_for_it() {
        let said = Said::of_event(Uuid::nil(), "a.b", &json!({}), "");
        assert!(!said.keeps_trace());
        assert!(Said { rule: Some("people.add"), ..said.clone() }.keeps_trace());
        assert!(Said { is_traced: true, ..said }.keeps_trace());
        assert!(Said::of_refusal(Uuid::nil(), "addMember".to_owned(), "forbidden", None).keeps_trace());
    }

    #[test]
    fn whom_it_concerns_is_the_person_or_else_the_first_thing() {
        let (bob, thing) = (Uuid::from_u128(7), Uuid::from_u128(8));
        let of = |payload| Said::of_event(Uuid::nil(), "a.b", &payload, "secret");
        let mut both = of(json!({ "grant": thing, "member": bob, "secret": 1 }));
        assert_eq!(both.people(), [("member", bob)]);
        assert_eq!(both.take_target(), Some(("member".to_owned(), bob)));
        assert_eq!(serde_json::Value::Object(both.data), json!({ "grant": thing }));
        assert_eq!(of(json!({ "kind": "x", "role": thing })).take_target(), Some(("role".to_owned(), thing)));
        assert_eq!(of(json!({ "member": null, "count": 3 })).take_target(), None);
        assert_eq!(of(json!({ "operator": thing })).take_target(), None);
    }
}
