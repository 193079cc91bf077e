//! Rows of a file for somebody's spreadsheet program (RFC 4180).

/// Stands at the beginning: without it Excel takes UTF-8 for something else.
pub const MARK: char = '\u{FEFF}';

/// One row, every cell in quotes, ended. No cell is computed by the program that opens it.
pub fn row(cells: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let quoted = |cell: &str| format!("\"{}\"", harmless(cell).replace('"', "\"\""));
    let cells: Vec<String> = cells.into_iter().map(|cell| quoted(cell.as_ref())).collect();
    format!("{}\r\n", cells.join(","))
}

/// A spreadsheet program would compute what begins like a formula; a number with a country code it would round.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::row;

    #[test]
    fn no_cell_is_a_formula_and_quotes_are_doubled() {
        for begin in ["=", "+", "-", "@", "\t", "\r"] {
            assert_eq!(row([format!("{begin}1")]), format!("\"'{begin}1\"\r\n"));
        }
        assert_eq!(row(["a", "say \"b\""]), "\"a\",\"say \"\"b\"\"\"\r\n");
    }
}
