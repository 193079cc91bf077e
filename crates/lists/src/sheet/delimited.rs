//! CSV as programs write it: commas, semicolons or tabs, quotes or none, any line end (RFC 4180 and its relatives).

use kernel::Result;

use super::encoding::texts;
use super::{Cell, Kind, NOT_A_SHEET, Sheet};
use crate::header;

const DELIMITERS: [char; 3] = [',', ';', '\t'];
/// Enough to tell what separates the cells.
const LOOKED_AT: usize = 20;

pub fn read(bytes: &[u8]) -> Result<Vec<Sheet>> {
    let mut sheets = Vec::new();
    for text in texts(bytes) {
        // A picture, a program, a document: no list of people holds such characters.
        if is_markup(&text) {
            return Err(NOT_A_SHEET);
        }
        let is_binary = text.chars().take(4096).any(|c| c.is_control() && !matches!(c, '\r' | '\n' | '\t'));
        if !is_binary {
            sheets.push(parse(&text)?);
        }
    }
    // Two encodings may both make letters of the bytes; only one makes a header we know.
    let known = sheets.iter().position(|sheet| header::find(sheet).is_some());
    match known {
        Some(place) => Ok(vec![sheets.swap_remove(place)]),
        None if sheets.is_empty() => Err(NOT_A_SHEET),
        None => Ok(vec![sheets.swap_remove(0)]),
    }
}

/// A page of a browser has commas too; some programs call theirs a spreadsheet.
fn is_markup(text: &str) -> bool {
    let begin: String = text.trim_start().chars().take(16).collect::<String>().to_lowercase();
    ["<!doctype", "<html", "<?xml", "<table", "<meta", "<head", "%pdf-", "{\\rtf"]
        .iter()
        .any(|mark| begin.starts_with(mark))
}

fn parse(text: &str) -> Result<Sheet> {
    let delimiter = delimiter(text);
    let mut sheet = Sheet::default();
    let mut reader = Reader { rest: text, delimiter };
    let (mut row, mut column) = (0, 0);
    while let Some((text, is_closed, end)) = reader.next_cell() {
        let cell = if is_closed { as_cell(text) } else { Cell { text, kind: Kind::Unclosed } };
        sheet.put(row, column, cell)?;
        match end {
            End::Cell => column += 1,
            End::Row => (row, column) = (row + 1, 0),
        }
    }
    Ok(sheet)
}

/// Excel's way to keep leading zeros in CSV is a formula: `="013"`.
fn as_cell(mut text: String) -> Cell {
    let inner = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    if let Some(inner) = inner {
        text = inner.to_owned();
    }
    let kind = match () {
        () if text.contains('\u{FFFD}') => Kind::Unreadable,
        () => Kind::of(&text),
    };
    Cell { text, kind }
}

/// What occurs in most of the first lines, outside quotes: lists inside a cell are separated too, but not in every line.
fn delimiter(text: &str) -> char {
    // Lines with it, and how often it occurs in all of them.
    let mut counts = [(0_usize, 0_usize); DELIMITERS.len()];
    let mut line = [0_usize; DELIMITERS.len()];
    let (mut lines, mut is_quoted) = (0, false);
    for c in text.chars().chain(['\n']) {
        if c == '"' {
            is_quoted = !is_quoted;
        } else if is_quoted {
            continue;
        } else if let Some(place) = DELIMITERS.iter().position(|delimiter| *delimiter == c) {
            line[place] += 1;
        } else if c == '\n' {
            for (count, found) in counts.iter_mut().zip(std::mem::take(&mut line)) {
                *count = (count.0 + usize::from(found > 0), count.1 + found);
            }
            lines += 1;
        }
        if lines == LOOKED_AT {
            break;
        }
    }
    let [commas, semicolons, tabs] = counts;
    match () {
        () if tabs > commas && tabs > semicolons => '\t',
        () if semicolons > commas => ';',
        () => ',',
    }
}

enum End {
    Cell,
    Row,
}

struct Reader<'a> {
    rest: &'a str,
    delimiter: char,
}

impl Reader<'_> {
    /// The cell, whether its quote is closed, and what ends it.
    fn next_cell(&mut self) -> Option<(String, bool, End)> {
        if self.rest.is_empty() {
            return None;
        }
        let mut cell = String::new();
        if let Some(quoted) = self.rest.strip_prefix('"') {
            self.rest = quoted;
            if !self.take_quoted(&mut cell) {
                // What follows on the line cannot be told from what stands in the quotes; the next line is one again.
                let stop = quoted.find(['\n', '\r']).unwrap_or(quoted.len());
                self.rest = &quoted[stop..];
                return Some((quoted[..stop].to_owned(), false, self.take_end()));
            }
        }
        let delimiter = self.delimiter;
        let stop = self.rest.find([delimiter, '\n', '\r']).unwrap_or(self.rest.len());
        cell.push_str(&self.rest[..stop]);
        self.rest = &self.rest[stop..];
        let end = self.take_end();
        Some((cell, true, end))
    }

    /// Up to the closing quote; a doubled one stands for itself. Whether there is one: what closes a quote lines below, with
    /// more of a cell right behind it, opens the next cell's and closes nothing.
    fn take_quoted(&mut self, cell: &mut String) -> bool {
        loop {
            let Some(quote) = self.rest.find('"') else { return false };
            cell.push_str(&self.rest[..quote]);
            self.rest = &self.rest[quote + 1..];
            match self.rest.strip_prefix('"') {
                Some(rest) => {
                    cell.push('"');
                    self.rest = rest;
                }
                None => {
                    let behind = self.rest.trim_start_matches(' ');
                    let is_end = behind.is_empty() || behind.starts_with([self.delimiter, '\n', '\r']);
                    return is_end || !cell.contains(['\n', '\r']);
                }
            }
        }
    }

    fn take_end(&mut self) -> End {
        if let Some(rest) = self.rest.strip_prefix(self.delimiter) {
            self.rest = rest;
            // A delimiter at the very end has an empty cell after it, which nobody misses.
            return End::Cell;
        }
        let rest = self.rest.strip_prefix("\r\n").or_else(|| self.rest.strip_prefix(['\n', '\r']));
        self.rest = rest.unwrap_or(self.rest);
        End::Row
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, parse};

    fn texts(text: &str) -> Vec<(u32, Vec<String>)> {
        let sheet = parse(text).unwrap();
        let cells = |row: super::super::Row| (row.number, row.cells.into_iter().map(|cell| cell.text).collect());
        sheet.rows.into_iter().map(cells).collect()
    }

    fn row(number: u32, cells: &[&str]) -> (u32, Vec<String>) {
        (number, cells.iter().map(|cell| (*cell).to_owned()).collect())
    }

    #[test]
    fn quotes_line_ends_and_delimiters_are_read_as_programs_write_them() {
        assert_eq!(texts("a,b\r\n\"c,\"\"d\"\"\",e\r\n"), [row(1, &["a", "b"]), row(2, &["c,\"d\"", "e"])]);
        assert_eq!(texts("a;b\nc;d,e"), [row(1, &["a", "b"]), row(2, &["c", "d,e"])]);
        assert_eq!(texts("a\tb\n\n\"c\nd\"\te\n,,\n"), [row(1, &["a", "b"]), row(3, &["c\nd", "e"]), row(4, &[",,"])]);
        assert_eq!(texts("姓名,部门\n张伟,1;2;3\n"), [row(1, &["姓名", "部门"]), row(2, &["张伟", "1;2;3"])]);
    }

    #[test]
    fn a_quote_that_nothing_closes_ends_with_its_line() {
        let kinds = |text: &str| -> Vec<(u32, Vec<(String, Kind)>)> {
            let cells = |row: super::super::Row| row.cells.into_iter().map(|cell| (cell.text, cell.kind)).collect();
            parse(text).unwrap().rows.into_iter().map(|row| (row.number, cells(row))).collect()
        };
        let cell = |text: &str, kind| (text.to_owned(), kind);
        let (open, fine) = (Kind::Unclosed, Kind::Text);
        let rows = vec![(1, vec![cell("a", fine), cell("b,c", open)]), (2, vec![cell("d", fine), cell("e", fine)])];
        assert_eq!(kinds("a,\"b,c\nd,e\n"), rows);
        let rows = vec![
            (1, vec![cell("a,b", open)]),
            (2, vec![cell("c", fine)]),
            (3, vec![cell("d, e", fine), cell("f", fine)]),
        ];
        assert_eq!(kinds("\"a,b\r\nc\r\n\"d, e\",f\r\n"), rows, "the quote of a later cell closes nothing");
        assert_eq!(kinds("\"a\"b,c\n"), [(1, vec![cell("ab", fine), cell("c", fine)])]);
    }

    #[test]
    fn a_page_of_a_browser_is_no_sheet() {
        for page in ["<!DOCTYPE html><p>a,b", "\n <HTML>\n", "<?xml version=\"1.0\"?><Workbook>", "<table><tr><td>姓名"]
        {
            assert!(super::read(page.as_bytes()).is_err(), "{page}");
        }
        assert!(super::read("<姓名>,手机\n".as_bytes()).is_ok());
    }

    #[test]
    fn a_formula_is_no_text_unless_it_only_quotes_one() {
        let sheet = parse("a,\"=\"\"0138\"\"\",=1+1,#N/A\n").unwrap();
        let cells = &sheet.rows[0].cells;
        assert_eq!((cells[1].text.as_str(), cells[1].kind), ("0138", Kind::Text));
        assert_eq!((cells[2].kind, cells[3].kind), (Kind::Failed, Kind::Failed));
    }
}
