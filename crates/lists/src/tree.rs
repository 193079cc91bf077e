//! The departments that the lists name, as a tree, whether they are written as paths or with ids.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use super::field::Kind;

/// A department as a person's row names it.
#[derive(Clone, PartialEq, Eq)]
pub enum DepartmentRef {
    /// One of the tree.
    Node(usize),
    /// The id of a department that no list of this import has, but an earlier one may have had.
    Numbered(String),
}

/// A department that a list names.
pub struct Node {
    /// What it is called.
    pub name: String,
    /// The one above.
    pub parent: Option<usize>,
    /// In the product that wrote the list.
    pub number: Option<String>,
    /// Order among siblings: the greatest first.
    pub order: Option<i64>,
    /// Who leads it, as each is written; nobody when the list does not say.
    pub leaders: Vec<String>,
    /// Where it is named first.
    pub kind: Kind,
    /// In which row.
    pub row: u32,
}

/// What the lists say of departments.
#[derive(Default)]
pub struct Tree {
    /// Each once.
    pub nodes: Vec<Node>,
    by_name: HashMap<(Option<usize>, String), usize>,
    compared: HashMap<(Option<usize>, String), usize>,
    by_number: HashMap<String, usize>,
}

impl Tree {
    /// The child of exactly this name, made when it is not there: whether one of another width is meant depends on who is here.
    pub fn child(&mut self, parent: Option<usize>, name: &str, row: u32) -> usize {
        let key = (parent, name.to_owned());
        if let Some(node) = self.by_name.get(&key) {
            return *node;
        }
        let (name, leaders) = (name.to_owned(), Vec::new());
        let node = Node { name, parent, number: None, order: None, leaders, kind: Kind::People, row };
        self.nodes.push(node);
        self.by_name.insert(key, self.nodes.len() - 1);
        self.nodes.len() - 1
    }

    /// A department of a list of departments; its parent is set when all of them are known.
    pub fn add(&mut self, node: Node) -> usize {
        self.nodes.push(node);
        let place = self.nodes.len() - 1;
        if let Some(number) = &self.nodes[place].number {
            self.by_number.insert(number.clone(), place);
        }
        place
    }

    /// A row of a list of departments is about this one, which was only named so far.
    pub fn list(&mut self, node: usize, (row, number, order): (u32, Option<String>, Option<i64>)) {
        if let Some(number) = &number {
            self.by_number.insert(number.clone(), node);
        }
        let one = &mut self.nodes[node];
        (one.kind, one.row, one.number, one.order) = (Kind::Departments, row, number, order);
    }

    /// The department of this number.
    pub fn numbered(&self, number: &str) -> Option<usize> {
        self.by_number.get(number).copied()
    }

    /// Remembers the name under the parent; the other one of that name, in whatever width, when there is one.
    pub fn name(&mut self, node: usize) -> Option<usize> {
        let Node { parent, name, .. } = &self.nodes[node];
        let key = (*parent, compared(name));
        if let Some(other) = self.compared.get(&key) {
            return Some(*other);
        }
        self.by_name.insert((*parent, name.clone()), node);
        self.compared.insert(key, node);
        None
    }

    /// How many levels down from the top, or `None` when it is its own ancestor.
    pub fn depth(&self, node: usize) -> Option<usize> {
        let (mut depth, mut at) = (1, node);
        while let Some(parent) = self.nodes[at].parent {
            depth += 1;
            at = parent;
            if depth > self.nodes.len() {
                return None;
            }
        }
        Some(depth)
    }
}

/// A department's name as it is compared with its siblings': neither case nor width counts, as in 研发部（上海） and 研发部(上海).
pub fn compared(name: &str) -> String {
    name.nfkc().flat_map(char::to_lowercase).collect()
}
