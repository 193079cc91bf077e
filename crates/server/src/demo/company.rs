//! The company of the demo, as `company.toml` tells it.

#[cfg(test)]
use std::collections::HashMap;

use anyhow::Context;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Company {
    pub name_zh: String,
    pub name_en: String,
    pub slug: String,
    pub region: String,
    pub industry: String,
    pub time_zone: String,
    pub department: Vec<Department>,
    pub people: People,
    conversation: Vec<Group>,
    direct: Vec<Direct>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Department {
    pub id: String,
    pub name: String,
    pub parent: Option<String>,
}

/// By sign-in name, in the order of the names.
#[derive(Deserialize)]
#[serde(transparent)]
pub struct People(std::collections::BTreeMap<String, Human>);

impl People {
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Human)> {
        self.0.iter().map(|(id, human)| (id.as_str(), human))
    }

    pub fn first_key_value_of(&self, id: &str) -> anyhow::Result<(&str, &Human)> {
        self.0
            .get_key_value(id)
            .map(|(id, human)| (id.as_str(), human))
            .with_context(|| format!("nobody is called {id}"))
    }
}

/// Name, department, position.
#[derive(Deserialize)]
#[serde(from = "(String, String, String)")]
pub struct Human {
    pub name: String,
    pub department: String,
    pub position: String,
}

impl From<(String, String, String)> for Human {
    fn from((name, department, position): (String, String, String)) -> Self {
        Self { name, department, position }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    name: String,
    owner: String,
    members: Vec<String>,
    #[serde(default)]
    read: bool,
    #[serde(default)]
    muted_by: Vec<String>,
    messages: Vec<Message>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Direct {
    between: [String; 2],
    messages: Vec<Message>,
}

/// Author, minutes ago, text, and which earlier message of the list it answers.
#[derive(Deserialize, Clone)]
#[serde(from = "Parts")]
pub struct Message {
    pub author: String,
    pub minutes_ago: i64,
    pub text: String,
    pub answers: Option<usize>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Parts {
    Plain(String, i64, String),
    Answer(String, i64, String, usize),
}

impl From<Parts> for Message {
    fn from(parts: Parts) -> Self {
        match parts {
            Parts::Plain(author, minutes_ago, text) => Self { author, minutes_ago, text, answers: None },
            Parts::Answer(author, minutes_ago, text, answers) => {
                Self { author, minutes_ago, text, answers: Some(answers) }
            }
        }
    }
}

/// A conversation of either kind.
pub struct Talk {
    /// None: a direct one.
    pub name: Option<String>,
    pub owner: String,
    pub members: Vec<String>,
    pub is_read: bool,
    pub muted_by: Vec<String>,
    pub messages: Vec<Message>,
}

impl Company {
    pub fn read() -> anyhow::Result<Self> {
        toml::from_str(include_str!("company.toml")).context("company.toml")
    }

    pub fn talks(&self) -> Vec<Talk> {
        let groups = self.conversation.iter().map(|group| Talk {
            name: Some(group.name.clone()),
            owner: group.owner.clone(),
            members: group.members.clone(),
            is_read: group.read,
            muted_by: group.muted_by.clone(),
            messages: group.messages.clone(),
        });
        let directs = self.direct.iter().map(|direct| Talk {
            name: None,
            owner: direct.between[0].clone(),
            members: vec![direct.between[1].clone()],
            is_read: false,
            muted_by: Vec::new(),
            messages: direct.messages.clone(),
        });
        groups.chain(directs).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_who_speaks_is_there_and_is_one_of_those_in_the_conversation() {
        let company = Company::read().unwrap();
        let people: HashMap<&str, &Human> = company.people.iter().collect();
        assert_eq!(people.len(), 48);
        for talk in company.talks() {
            for (index, message) in talk.messages.iter().enumerate() {
                assert!(message.answers.is_none_or(|answered| answered < index), "an answer before the question");
                let is_in = talk.owner == message.author || talk.members.contains(&message.author);
                assert!(people.contains_key(message.author.as_str()));
                assert!(is_in || talk.members.contains(&"*".to_owned()), "{} speaks from outside", message.author);
            }
        }
    }
}
