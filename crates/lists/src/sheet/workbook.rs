//! XLSX and XLS. Formulas are what they were last computed to be; a cell
//! that is merged with those below it stands for each of them; colours and hidden columns mean nothing.

use std::io::Cursor;

use calamine::{Data, Dimensions, ExcelDateTime, Reader, Xls, Xlsx};
use chrono::NaiveDate;
use kernel::Result;

use super::{Cell, Kind, NOT_A_SHEET, Sheet, UNCOMPUTED};

/// Cell by cell, so that a sheet whose only cell stands in the last corner is not a sheet of a billion cells.
pub fn xlsx(bytes: &[u8]) -> Result<Vec<Sheet>> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|_| NOT_A_SHEET)?;
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        let mut sheet = Sheet { name: name.clone(), ..Sheet::default() };
        if !put_cells(&mut book, &mut sheet)? {
            continue;
        }
        for merged in book.merge_cells_by_sheet_name(&name).unwrap_or_default() {
            spread(&mut sheet, merged)?;
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

/// Whether it is one of cells: charts are sheets too.
fn put_cells(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &mut Sheet) -> Result<bool> {
    let Ok(mut cells) = book.worksheet_cells_reader(&sheet.name) else { return Ok(false) };
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(|_| NOT_A_SHEET)? {
        let value = Data::from(cell.value);
        // What a program wrote without computing it has no value, and is not empty all the same.
        let is_uncomputed = value == Data::Empty && cell.formula.is_some();
        let read = if is_uncomputed { Cell { text: UNCOMPUTED.into(), kind: Kind::Failed } } else { as_cell(&value) };
        sheet.put(cell.pos.0, cell.pos.1 as usize, read)?;
    }
    Ok(true)
}

pub fn xls(bytes: &[u8]) -> Result<Vec<Sheet>> {
    let mut book = Xls::new(Cursor::new(bytes)).map_err(|_| NOT_A_SHEET)?;
    let mut sheets = Vec::new();
    for (name, range) in book.worksheets() {
        let mut sheet = Sheet { name, ..Sheet::default() };
        let (first_row, first_column) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            let row = first_row.saturating_add(u32::try_from(row).unwrap_or(u32::MAX));
            sheet.put(row, first_column as usize + column, as_cell(value))?;
        }
        for merged in book.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default() {
            spread(&mut sheet, merged)?;
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

/// What is merged across columns too is a heading or an explanation, and stands where it stands.
fn spread(sheet: &mut Sheet, merged: Dimensions) -> Result<()> {
    if merged.start.1 != merged.end.1 {
        return Ok(());
    }
    sheet.spread(merged.start.0..=merged.end.0, merged.start.1 as usize)
}

fn as_cell(value: &Data) -> Cell {
    let text = |text: String| Cell { kind: Kind::of(&text), text };
    match value {
        Data::Empty => Cell::default(),
        Data::String(s) | Data::DateTimeIso(s) | Data::DurationIso(s) => text(s.clone()),
        Data::Int(n) => Cell { text: n.to_string(), kind: Kind::Number },
        // Rust writes no exponent: 1.38E+10 is 13800138000 again.
        Data::Float(n) => Cell { text: n.to_string(), kind: Kind::Number },
        Data::Bool(yes) => text(if *yes { "1" } else { "0" }.into()),
        Data::DateTime(date) => day(date),
        Data::Error(error) => Cell { text: error.to_string(), kind: Kind::Failed },
    }
}

/// A day as it is written everywhere else, by the calendar of its workbook (some count from 1904); with a time of day, and how
/// long something takes, it stays the number it is.
fn day(date: &ExcelDateTime) -> Cell {
    let days = date.as_f64();
    let is_day = date.is_datetime() && days.fract() == 0.0 && (1.0..100_000.0).contains(&days);
    let (year, month, day, ..) = date.to_ymd_hms_milli();
    match NaiveDate::from_ymd_opt(year.into(), month.into(), day.into()).filter(|_| is_day) {
        Some(day) => Cell { text: day.to_string(), kind: Kind::Text },
        None => Cell { text: days.to_string(), kind: Kind::Number },
    }
}

#[cfg(test)]
mod tests {
    use calamine::{Data, ExcelDateTime, ExcelDateTimeType};

    use super::{Kind, as_cell};

    #[test]
    fn a_day_is_that_of_the_calendar_of_its_workbook_and_a_duration_is_none() {
        let cell = |days, kind, is_1904| as_cell(&Data::DateTime(ExcelDateTime::new(days, kind, is_1904)));
        let day = |is_1904| cell(44_927.0, ExcelDateTimeType::DateTime, is_1904).text;
        assert_eq!((day(false), day(true)), ("2023-01-01".to_owned(), "2027-01-02".to_owned()));
        assert_eq!(cell(2.0, ExcelDateTimeType::TimeDelta, false).kind, Kind::Number);
        assert_eq!(cell(44_927.5, ExcelDateTimeType::DateTime, false).kind, Kind::Number);
    }

    #[test]
    fn what_only_looks_like_text_is_a_formula_or_what_went_wrong_in_one() {
        let kind = |text: &str| as_cell(&Data::String(text.into())).kind;
        assert_eq!((kind("#REF!"), kind("=cmd|calc")), (Kind::Failed, Kind::Failed));
        assert_eq!((kind("#1"), kind("R&D = good")), (Kind::Text, Kind::Text));
    }
}
