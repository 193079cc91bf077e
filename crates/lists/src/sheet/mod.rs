//! A file of rows, whatever program wrote it: CSV in any of the encodings of the region, XLSX, or the old XLS.

mod delimited;
mod encoding;
mod guard;
mod workbook;

use std::ops::RangeInclusive;

use kernel::{Error, Result};

/// The largest file.
pub const MAX_BYTES: usize = 32 * 1024 * 1024;
/// More rows than any organisation here has people.
const MOST_ROWS: usize = 100_000;
/// What stands further to the right is not looked at.
const MOST_COLUMNS: usize = 128;
/// Cells with something in them.
const MOST_CELLS: usize = 3_000_000;
/// Characters of one cell that are read.
const LONGEST: usize = 2_000;

/// What stands in one cell.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// As it is shown.
    pub text: String,
    /// What it is besides.
    pub kind: Kind,
}

/// What a cell is, besides its text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Kind {
    #[default]
    Text,
    /// A number to the program that wrote it: leading zeros are gone.
    Number,
    /// `#N/A` and its like, or a formula.
    Failed,
    /// Some of its characters could not be read in the encoding of the file.
    Unreadable,
    /// It opens a quote that nothing closes.
    Unclosed,
}

/// What stands for a formula that no program has computed and whose words the file does not tell.
pub const UNCOMPUTED: &str = "=";

impl Cell {
    /// What somebody sees there who opens the file; `None` where that is nothing.
    pub fn seen(&self) -> Option<&str> {
        Some(self.text.as_str()).filter(|text| *text != UNCOMPUTED)
    }
}

impl Kind {
    /// Of what stands in a cell as text, in whatever file: a formula that was not computed, or what went wrong in one, is none.
    pub fn of(text: &str) -> Self {
        let is_error = matches!(text, "#N/A" | "#REF!" | "#VALUE!" | "#NAME?" | "#DIV/0!" | "#NULL!" | "#NUM!");
        if is_error || text.starts_with('=') { Self::Failed } else { Self::Text }
    }
}

/// One row.
pub struct Row {
    /// As the spreadsheet program counts: from 1.
    pub number: u32,
    /// From the left.
    pub cells: Vec<Cell>,
}

/// Rows with something in them, in their order.
#[derive(Default)]
pub struct Sheet {
    /// As its program calls it; empty when the file has no names.
    pub name: String,
    /// From the top.
    pub rows: Vec<Row>,
    cells: usize,
}

impl Row {
    /// What stands in the column; nothing beyond the last cell.
    pub fn text(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.text.as_str())
    }
}

impl Sheet {
    /// Puts a cell where it stands; rows come in their order.
    fn put(&mut self, row: u32, column: usize, cell: Cell) -> Result<()> {
        if column >= MOST_COLUMNS || (cell.text.trim().is_empty() && cell.kind == Kind::Text) {
            return Ok(());
        }
        let number = row.saturating_add(1);
        if self.rows.last().is_none_or(|last| last.number != number) {
            if self.rows.last().is_some_and(|last| last.number > number) {
                return Err(NOT_A_SHEET);
            }
            self.rows.push(Row { number, cells: Vec::new() });
        }
        self.cells += 1;
        if self.rows.len() > MOST_ROWS || self.cells > MOST_CELLS {
            return Err(Error::Invalid { field: "file", why: "too_many_rows" });
        }
        let Some(last) = self.rows.last_mut() else { return Ok(()) };
        if last.cells.len() <= column {
            last.cells.resize(column + 1, Cell::default());
        }
        last.cells[column] = Cell { text: cell.text.chars().take(LONGEST).collect(), kind: cell.kind };
        Ok(())
    }

    /// Puts the topmost of these cells into those below it that are empty, as far as there are rows.
    fn spread(&mut self, rows: RangeInclusive<u32>, column: usize) -> Result<()> {
        let first = self.rows.partition_point(|row| row.number <= *rows.start());
        let after = self.rows.partition_point(|row| row.number <= rows.end().saturating_add(1));
        let Some((top, below)) = self.rows.get_mut(first..after).and_then(|rows| rows.split_first_mut()) else {
            return Ok(());
        };
        let cell = top.cells.get(column).filter(|_| top.number == rows.start().saturating_add(1)).cloned();
        let Some(cell) = cell.filter(|cell| *cell != Cell::default()) else { return Ok(()) };
        // Merged areas that lie on each other, as only a hostile file has them, end here too.
        self.cells += below.len();
        if self.cells > MOST_CELLS {
            return Err(Error::Invalid { field: "file", why: "too_many_rows" });
        }
        for row in below {
            if row.cells.len() <= column {
                row.cells.resize(column + 1, Cell::default());
            }
            if row.cells[column] == Cell::default() {
                row.cells[column] = cell.clone();
            }
        }
        Ok(())
    }

    fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

const NOT_A_SHEET: Error = Error::Invalid { field: "file", why: "not_a_sheet" };

/// The sheets of the file that hold something, or `Invalid` about `file`. Takes seconds for the largest: not for a thread
/// that serves requests.
pub fn read(bytes: &[u8]) -> Result<Vec<Sheet>> {
    let sheets = match bytes {
        [b'P', b'K', 3, 4, ..] => {
            guard::check_xlsx(bytes)?;
            workbook::xlsx(bytes)?
        }
        [0xD0, 0xCF, 0x11, 0xE0, ..] => {
            guard::check_xls(bytes)?;
            workbook::xls(bytes)?
        }
        _ => delimited::read(bytes)?,
    };
    let sheets: Vec<Sheet> = sheets.into_iter().filter(|sheet| !sheet.is_empty()).collect();
    if sheets.is_empty() { Err(Error::Invalid { field: "file", why: "is_empty" }) } else { Ok(sheets) }
}
