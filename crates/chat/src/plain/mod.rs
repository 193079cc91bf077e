//! What people read of a message: its words without the marks of Markdown. The one text that is indexed, compared with
//! what somebody looks for, and shown as a snippet. Reads the same subset as the client draws
//! (`web/src/features/messages/text/markdown.ts`); whoever changes one changes both.

mod inline;

use inline::inline;

/// The words as they are read, one line for each item of a list; of a block of code everything, of a link its words and,
/// where these do not say it, the place it leads to. Any text gives some, and no word is lost but addresses behind links
/// and names of languages.
pub fn plain(source: &str) -> String {
    let source: String = source.chars().filter(|c| !turns(*c)).collect();
    let source = source.replace("\r\n", "\n");
    let lines: Vec<&str> = source.split('\n').collect();
    let (mut blocks, mut at) = (Vec::new(), 0);
    while at < lines.len() {
        let (text, taken) = block(&lines[at..]);
        if !text.is_empty() {
            blocks.push(text);
        }
        at += taken;
    }
    blocks.join("\n")
}

/// Signs that turn text around by force; readers never see their effect.
fn turns(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The first block of these lines, and how many lines it takes.
fn block(lines: &[&str]) -> (String, usize) {
    if is_fence(lines[0]) {
        // One that was never closed runs to the end.
        let inside: Vec<&str> = lines[1..].iter().copied().take_while(|line| line.trim_end() != "```").collect();
        return (inside.join("\n"), inside.len() + 2);
    }
    let bullets: Vec<String> = lines.iter().map_while(|line| bullet(line)).map(inline).collect();
    if !bullets.is_empty() {
        return (bullets.join("\n"), bullets.len());
    }
    if let Some((first, _)) = number(lines[0]) {
        let items = (first..).zip(lines.iter().map_while(|line| number(line)));
        let items: Vec<String> = items.map(|(number, (_, text))| format!("{number}. {}", inline(text))).collect();
        return (items.join("\n"), items.len());
    }
    let quoted: Vec<&str> = lines.iter().map_while(|line| quote(line)).collect();
    if !quoted.is_empty() {
        return (inline(&quoted.join("\n")), quoted.len());
    }
    let ends = |(at, line): (usize, &&str)| line.trim().is_empty() || (at > 0 && starts_block(line));
    let length = lines.iter().enumerate().position(ends).unwrap_or(lines.len());
    (inline(&lines[..length].join("\n")), length.max(1))
}

fn starts_block(line: &str) -> bool {
    is_fence(line) || bullet(line).is_some() || number(line).is_some() || quote(line).is_some()
}

fn is_fence(line: &str) -> bool {
    let language = |c: char| c.is_ascii_alphanumeric() || "_+#.-".contains(c);
    line.strip_prefix("```").is_some_and(|rest| rest.trim_end().chars().all(language))
}

/// What stands behind the mark of an item.
fn bullet(line: &str) -> Option<&str> {
    item(indented(line)?.strip_prefix(['-', '*', '+'])?)
}

fn number(line: &str) -> Option<(u64, &str)> {
    let line = indented(line)?;
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number = line[..digits].parse().ok().filter(|_| digits <= 9)?;
    Some((number, item(line[digits..].strip_prefix(['.', ')'])?)?))
}

fn item(rest: &str) -> Option<&str> {
    rest.starts_with(char::is_whitespace).then(|| rest.trim_start())
}

fn indented(line: &str) -> Option<&str> {
    let rest = line.trim_start();
    (line[..line.len() - rest.len()].chars().count() <= 3).then_some(rest)
}

fn quote(line: &str) -> Option<&str> {
    let rest = line.strip_prefix('>')?;
    Some(rest.strip_prefix(char::is_whitespace).unwrap_or(rest))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::plain;

    #[test]
    fn marks_are_not_read() {
        for (source, read) in [
            ("**重点**看", "重点看"),
            ("a __b__ *c* _d_ ~~e~~ `f*g*`", "a b c d e f*g*"),
            ("**bold _and more_**", "bold and more"),
            ("Clauses *7.2* and *9*.", "Clauses 7.2 and 9."),
            ("``a ` b``", "a ` b"),
            ("\\*no\\*", "*no*"),
            ("see \u{202E}moc.knab\u{202C}", "see moc.knab"),
        ] {
            assert_eq!(plain(source), read, "{source}");
        }
    }

    #[test]
    fn what_is_no_mark_is_read() {
        for text in
            ["snake_case_name", "2 * 3 * 4", "5*6", "2*3*4", "a ** b", "**", "~~", "`", "- ", "#1 [x] (y)", "```"]
        {
            assert_eq!(plain(text), if text == "- " || text == "```" { "" } else { text }, "{text}");
        }
        assert_eq!(plain("https://a.example/x_y_z*, *yes*"), "https://a.example/x_y_z*, yes");
        assert_eq!(plain("看 https://a.example/_a_。_b_"), "看 https://a.example/_a_。b");
    }

    #[test]
    fn of_a_link_its_words_and_where_it_leads_are_read() {
        for (source, read) in [
            ("[the plan](https://a.example/p?q=secret)", "the plan (a.example)"),
            ("[a.example/p](https://www.a.example/p)", "a.example/p"),
            ("[bank.example](https://bank.example.evil.example/)", "bank.example (bank.example.evil.example)"),
            ("[https://bank.example](https://bank.example@evil.example/)", "https://bank.example (evil.example)"),
            ("[call](tel:+8613800000000)", "call (+8613800000000)"),
            ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
            ("[x](https://)", "[x](https://)"),
        ] {
            assert_eq!(plain(source), read, "{source}");
        }
    }

    #[test]
    fn lists_quotes_and_code_are_read_line_by_line() {
        let source = "note\n- one\n- **two**\n\n3. three\n9) four\n> said\n> *so*\n```rust\nlet a = *b*;\n```\nend";
        assert_eq!(plain(source), "note\none\ntwo\n3. three\n4. four\nsaid\nso\nlet a = *b*;\nend");
        assert_eq!(plain("先发\r\n- 周五 18:00"), "先发\n周五 18:00");
        assert_eq!(plain("```\nnever closed"), "never closed");
    }

    #[test]
    fn a_text_made_to_be_slow_is_not() {
        for piece in ["`", "*", "**a*", "_a", "~~_**", "[", "http://", "www.a)", "https://a))))", "> ", "` `` ``` "] {
            // A hundred times what fits into a message: what takes the square of it does not come back.
            let text = piece.repeat(100 * crate::body::MAX_TEXT / piece.len());
            assert!(plain(&text).len() <= text.len(), "{piece}");
        }
    }

    proptest! {
        #[test]
        fn any_text_gives_some_and_keeps_its_words(pieces in prop::collection::vec(
            prop::sample::select(vec!["*", "_", "~", "`", "[", "]", "\n", " ", "a", "字", "-", "1.", ">", "http://", "\\", "@"]), 0..60)) {
            let source = pieces.concat();
            let words = |text: &str| text.chars().filter(|c| *c == '字').count();
            prop_assert_eq!(words(&plain(&source)), words(&source));
        }
    }
}
