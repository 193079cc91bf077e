//! A sheet with what its columns are: guessed, or as the administrator says.

use kernel::{Error, Result};
use profiles::FieldId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::field::{Field, Kind};
use super::header::{self, Product};
use super::own::OwnField;
use super::problem::letters;
use super::sheet::{Cell, Kind as CellKind, Row, Sheet};

/// Values of each column that are shown beside its title.
const SAMPLES: usize = 3;
/// Rows that are shown to find the titles in.
const HEAD: usize = 10;
/// Cells of such a row, and characters of a cell, that are shown.
const HEAD_CELLS: usize = 12;
const HEAD_CHARACTERS: usize = 40;

/// How departments are written in a list of people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DepartmentForm {
    /// From the top down: `Research/Backend`.
    Paths,
    /// By the ids of a list of departments.
    Ids,
}

/// What the columns are and how cells are to be read.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ImportMapping)]
pub struct Mapping {
    /// Which sheet of the file, from 0.
    pub sheet: u32,
    /// What the rows are.
    pub kind: Kind,
    /// The row with the titles, as the spreadsheet program counts; what stands above is not read. 0: it is to be found;
    /// `null`: no row has titles, and every row is read.
    pub header_row: Option<u32>,
    /// What each column is, from the left; `null` for columns that are not imported.
    pub fields: Vec<Option<Field>>,
    /// For each column the field that it is, if it is one of the organisation's own making, or a built-in one that no word of
    /// `fields` means, such as the post; guessed from the titles when there are none at all.
    #[serde(default)]
    pub own_fields: Vec<Option<FieldId>>,
    /// How departments are written.
    pub department_form: DepartmentForm,
    /// Between the levels of a path.
    pub level_separator: String,
    /// Between the departments of one person.
    pub list_separator: String,
    /// The first level of paths that stands for the organisation itself.
    pub root: Option<String>,
    /// Whether a department that sounds like one that is here is that one, not a new one: 研發部 is 研发部.
    #[serde(default)]
    pub joins_alike: bool,
    /// Whether people who work here and are not in this list of people leave.
    #[serde(default)]
    pub others_leave: bool,
}

/// A column, as the administrator decides about it.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = ImportColumn)]
pub struct Column {
    /// As the spreadsheet program names it.
    pub letter: String,
    /// What its header says.
    pub title: String,
    /// Some of its values.
    pub samples: Vec<String>,
    /// Whether it says whom people report to: that is known here of departments only, not of people. A field of people under
    /// that name, which the organisation makes itself, takes it.
    #[serde(default)]
    pub is_supervisor: bool,
}

/// One of the first rows of a sheet, for whoever says which one has the titles.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = ImportHeadRow)]
pub struct HeadRow {
    /// As the spreadsheet program counts.
    pub row: u32,
    /// What stands there, from the left; long texts are cut.
    pub cells: Vec<String>,
}

/// A sheet and its mapping.
pub struct List {
    /// What its columns are.
    pub mapping: Mapping,
    /// What stands below the titles.
    pub rows: Vec<Row>,
    /// The first rows of the sheet, with what stands above the titles.
    pub head: Vec<HeadRow>,
    /// All sheets of the file as they are called; empty names when the file has none.
    pub sheets: Vec<String>,
    header: Option<Row>,
}

impl Mapping {
    /// Each field that is called by its id has one column, which is nothing else.
    fn check_own(&self, own: &[OwnField]) -> Result<()> {
        let mut seen: Vec<FieldId> = Vec::new();
        for (column, id) in self.own_fields.iter().enumerate() {
            let Some(id) = id else { continue };
            let is_taken = self.fields.get(column).copied().flatten().is_some() || seen.contains(id);
            if is_taken || self.kind != Kind::People || own.iter().all(|one| one.id != *id) {
                return Err(Error::Invalid { field: "own_fields", why: "twice_or_unknown" });
            }
            seen.push(*id);
        }
        Ok(())
    }
}

impl List {
    /// The sheet that has a header we know, else the first one, in which the administrator points at the columns.
    pub fn guess(sheets: Vec<Sheet>, organisation: &[String], own: &[OwnField]) -> Result<Self> {
        let place = sheets.iter().position(|sheet| header::find(sheet).is_some()).unwrap_or(0);
        let names = names(&sheets);
        let sheet = sheets.into_iter().nth(place).ok_or(Error::Invalid { field: "file", why: "is_empty" })?;
        let found = header::find(&sheet);
        let at = found.as_ref().map_or(0, |header| header.place);
        let product = found.as_ref().map_or(Product::Other, |header| header.product);
        let mapping = Mapping {
            sheet: u32::try_from(place).unwrap_or(0),
            kind: found.as_ref().map_or(Kind::People, |header| header.kind),
            header_row: match sheet.rows.get(at) {
                Some(row) if found.is_none() && header::is_data(row) => None,
                row => Some(row.map_or(1, |row| row.number)),
            },
            fields: Vec::new(),
            own_fields: Vec::new(),
            department_form: DepartmentForm::Paths,
            level_separator: if product == Product::DingTalk { "-" } else { "/" }.into(),
            list_separator: if product == Product::DingTalk { "," } else { ";" }.into(),
            root: None,
            joins_alike: false,
            others_leave: false,
        };
        let mut list = Self::cut(sheet, names, mapping, own);
        list.guess_departments(organisation);
        Ok(list)
    }

    /// The sheet as the administrator says it is to be read.
    pub fn with(sheets: Vec<Sheet>, mut mapping: Mapping, own: &[OwnField]) -> Result<Self> {
        let names = names(&sheets);
        let place = usize::try_from(mapping.sheet).unwrap_or(usize::MAX);
        let sheet = sheets.into_iter().nth(place).ok_or(Error::Invalid { field: "sheet", why: "unknown" })?;
        if mapping.level_separator.is_empty() || mapping.list_separator.is_empty() {
            return Err(Error::Invalid { field: "level_separator", why: "is_empty" });
        }
        let known = mapping.kind.fields();
        let mut seen: Vec<Field> = Vec::new();
        for field in mapping.fields.iter().flatten() {
            if seen.contains(field) || !known.contains(field) {
                return Err(Error::Invalid { field: "fields", why: "twice_or_unknown" });
            }
            seen.push(*field);
        }
        mapping.check_own(own)?;
        if mapping.header_row == Some(0) {
            let found = header::find(&sheet).filter(|header| header.kind == mapping.kind);
            let titles = sheet.rows.get(found.map_or(0, |header| header.place));
            mapping.header_row = Some(titles.map_or(1, |row| row.number));
        }
        Ok(Self::cut(sheet, names, mapping, own))
    }

    fn cut(sheet: Sheet, sheets: Vec<String>, mut mapping: Mapping, own: &[OwnField]) -> Self {
        let head = sheet.rows.iter().take(HEAD).map(head_row).collect();
        let (above, rows): (Vec<Row>, Vec<Row>) =
            sheet.rows.into_iter().partition(|row| mapping.header_row.is_some_and(|titles| row.number <= titles));
        let header = above.into_iter().find(|row| Some(row.number) == mapping.header_row);
        let width = rows.iter().chain(&header).map(|row| row.cells.len()).max().unwrap_or(0);
        if mapping.fields.is_empty() {
            mapping.fields = match (&header, rows.first()) {
                (Some(titles), _) => header::fields_of(titles, mapping.kind, own),
                (None, Some(row)) if mapping.kind == Kind::People => header::fields_by_sight(row),
                _ => Vec::new(),
            };
        }
        mapping.fields.resize(width, None);
        if mapping.own_fields.is_empty() && mapping.kind == Kind::People {
            mapping.own_fields =
                header.as_ref().map(|row| header::own_fields(row, &mapping.fields, own)).unwrap_or_default();
        }
        mapping.own_fields.resize(width, None);
        Self { mapping, rows, head, sheets, header }
    }

    /// Ids are digits throughout; the first level of paths is the organisation when it is called so.
    fn guess_departments(&mut self, organisation: &[String]) {
        let named = self.column(Field::Departments).or_else(|| self.column(Field::Path));
        let Some(column) = named else { return };
        let cells = || self.rows.iter().map(|row| row.text(column).trim()).filter(|text| !text.is_empty());
        let is_id = |text: &str| text.split([';', '；', ',']).all(|id| id.trim().bytes().all(|b| b.is_ascii_digit()));
        if cells().next().is_some() && cells().all(is_id) {
            self.mapping.department_form = DepartmentForm::Ids;
            return;
        }
        let first = |text: &str| self.mapping.levels(text).into_iter().next();
        let root = cells().filter_map(first).find(|name| organisation.iter().any(|own| own.trim() == name));
        self.mapping.root = root;
    }

    /// Where the field stands, if it does.
    pub fn column(&self, field: Field) -> Option<usize> {
        self.mapping.fields.iter().position(|own| *own == Some(field))
    }

    /// Cells with a quote that nothing closes: row, column, and what stands there.
    pub fn unclosed(&self) -> impl Iterator<Item = (u32, usize, &str)> {
        self.header.iter().chain(&self.rows).flat_map(|row| {
            let open = row.cells.iter().enumerate().filter(|(_, cell)| cell.kind == CellKind::Unclosed);
            open.map(|(column, cell)| (row.number, column, cell.text.as_str()))
        })
    }

    /// Columns with something in them that are not imported, by their titles; in a list without titles by what stands first.
    pub fn left_out(&self) -> impl Iterator<Item = (usize, &str)> {
        let named = self.header.as_ref().or_else(|| self.rows.first());
        let titles = named.into_iter().flat_map(|row| row.cells.iter().enumerate());
        titles.map(|(column, cell)| (column, cell.text.trim())).filter(move |(column, title)| {
            let is_known = self.mapping.fields.get(*column).copied().flatten().is_some();
            let is_imported = is_known || self.mapping.own_fields.get(*column).copied().flatten().is_some();
            !is_imported && !title.is_empty() && self.rows.iter().any(|row| !row.text(*column).trim().is_empty())
        })
    }

    /// What the administrator sees of each column.
    pub fn columns(&self) -> Vec<Column> {
        let samples = |column: usize| {
            let texts = self.rows.iter().map(|row| row.text(column).trim()).filter(|text| !text.is_empty());
            texts.take(SAMPLES).map(|text| text.chars().take(60).collect()).collect()
        };
        let title = |column| self.header.as_ref().map_or("", |row| row.text(column)).trim().chars().take(60).collect();
        let column = |column: usize| {
            let title: String = title(column);
            let is_supervisor = self.mapping.kind == Kind::People && header::is_supervisor(&title);
            Column { letter: letters(column), title, samples: samples(column), is_supervisor }
        };
        (0..self.mapping.fields.len()).map(column).collect()
    }
}

fn names(sheets: &[Sheet]) -> Vec<String> {
    sheets.iter().map(|sheet| sheet.name.chars().take(HEAD_CHARACTERS).collect()).collect()
}

fn head_row(row: &Row) -> HeadRow {
    let shown = |cell: &Cell| cell.seen().unwrap_or_default().trim().chars().take(HEAD_CHARACTERS).collect();
    HeadRow { row: row.number, cells: row.cells.iter().take(HEAD_CELLS).map(shown).collect() }
}
