//! The inside of a line or paragraph, without its marks.

/// Marks around words; the longer ones first.
const MARKS: [&str; 5] = ["**", "__", "~~", "*", "_"];
/// Characters the words and the address of a link may have.
const LINK_WORDS: usize = 500;
const LINK_ADDRESS: usize = 2000;
/// Where an address in running text ends.
const AFTER_ADDRESS: &str = "<>\"'，。；！？、）】》」』";
/// An address shorter than this is words.
const LEAST_ADDRESS: usize = 8;

/// What is read in its place, and how many characters it took.
type Span = Option<(String, usize)>;

/// The words of a line or paragraph as they are read.
pub fn inline(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    read(&chars)
}

fn read(text: &[char]) -> String {
    let (mut out, mut at) = (String::new(), 0);
    while at < text.len() {
        match span(text, at) {
            Some((words, length)) => {
                out.push_str(&words);
                at += length;
            }
            None => {
                out.push(text[at]);
                at += 1;
            }
        }
    }
    out
}

fn span(text: &[char], at: usize) -> Span {
    match text[at] {
        '\\' => escaped(text, at),
        '`' => code(text, at),
        '[' => link(text, at),
        'h' | 'H' | 'w' | 'W' => address(text, at),
        '*' | '_' | '~' => emphasis(text, at),
        _ => None,
    }
}

fn escaped(text: &[char], at: usize) -> Span {
    let next = text.get(at + 1).filter(|next| "\\`*_~[]()>#+.!-".contains(**next))?;
    Some((next.to_string(), 2))
}

fn code(text: &[char], at: usize) -> Span {
    let ticks = text[at..].iter().take_while(|c| **c == '`').count();
    let end = find(text, &text[at..at + ticks], at + ticks)?;
    let inside: String = text[at + ticks..end].iter().collect();
    (!inside.trim().is_empty()).then_some((inside, end + ticks - at))
}

/// The words, and the place when they do not begin with it: as the client shows it.
fn link(text: &[char], at: usize) -> Span {
    let words = run(&text[at + 1..], LINK_WORDS, |c| !"[]\n".contains(c))?;
    let open = at + 1 + words.chars().count();
    if !text[open..].starts_with(&[']', '(']) {
        return None;
    }
    let href = run(&text[open + 2..], LINK_ADDRESS, |c| !c.is_whitespace() && !c.is_control() && !"()".contains(c))?;
    let close = open + 2 + href.chars().count();
    let place = place(&href)?;
    if text.get(close) != Some(&')') {
        return None;
    }
    let read = if says(&words, &place) { words } else { format!("{words} ({place})") };
    Some((read, close + 1 - at))
}

/// Where an address leads: host, mail address or number. `None`: it is none that may be opened, and stays text.
fn place(href: &str) -> Option<String> {
    let lower = href.to_lowercase();
    if let Some(rest) = lower.strip_prefix("mailto:").or_else(|| lower.strip_prefix("tel:")) {
        return Some(rest.split(['?', '#']).next().unwrap_or_default().to_owned());
    }
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"))?;
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    (!host.is_empty()).then(|| host.to_owned())
}

fn says(words: &str, place: &str) -> bool {
    let words = words.trim().to_lowercase();
    let said = ["https://", "http://", "mailto:", "tel:"].iter().find_map(|scheme| words.strip_prefix(scheme));
    let said = said.unwrap_or(&words);
    [place, place.strip_prefix("www.").unwrap_or(place)]
        .iter()
        .any(|place| said.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#'])))
}

/// An address in running text: marks inside of it are its own.
fn address(text: &[char], at: usize) -> Span {
    let begins = |with: &str| text[at..].iter().zip(with.chars()).filter(|(a, b)| a.eq_ignore_ascii_case(b)).count();
    if !["https://", "http://", "www."].iter().any(|with| begins(with) == with.len())
        || at.checked_sub(1).is_some_and(|before| text[before].is_ascii_alphabetic())
    {
        return None;
    }
    let ends = |c: char| c.is_whitespace() || AFTER_ADDRESS.contains(c);
    let mut shown = run(&text[at..], LINK_ADDRESS + 100, |c| !ends(c))?;
    let count = |shown: &str, of: char| shown.chars().filter(|c| *c == of).count();
    shown.truncate(shown.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '"', '*', '_', '~']).len());
    while shown.ends_with(')') && count(&shown, ')') > count(&shown, '(') {
        shown.pop();
    }
    let length = shown.chars().count();
    (length >= LEAST_ADDRESS).then_some((shown, length))
}

/// `*like this*`: marks stand at the word; an underscore inside a word and the stars of 2*3*4 are themselves.
fn emphasis(text: &[char], at: usize) -> Span {
    MARKS.iter().find_map(|mark| marked(text, at, mark))
}

fn marked(text: &[char], at: usize, mark: &str) -> Span {
    let mark: Vec<char> = mark.chars().collect();
    if !text[at..].starts_with(&mark) {
        return None;
    }
    let start = at + mark.len();
    let end = find(text, &mark, start + 1)?;
    let after = end + mark.len();
    if text[start].is_whitespace()
        || text[end - 1].is_whitespace()
        || (mark.len() == 1 && text.get(after) == Some(&mark[0]))
    {
        return None;
    }
    let around = [at.checked_sub(1).map(|before| text[before]), text.get(after).copied()];
    let is_product = mark == ['*'] && around.iter().all(|c| c.is_some_and(|c| c.is_ascii_alphanumeric()));
    let is_in_word = mark[0] == '_' && around.iter().flatten().any(|c| c.is_alphanumeric());
    (!is_product && !is_in_word).then(|| (read(&text[start..end]), after - at))
}

/// The place of `wanted` at or after `from`.
fn find(text: &[char], wanted: &[char], from: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    rest.windows(wanted.len()).position(|window| window == wanted).map(|at| from + at)
}

/// The characters for which this holds, at least one and at most `most`.
fn run(text: &[char], most: usize, holds: impl Fn(char) -> bool) -> Option<String> {
    let run: String = text.iter().copied().take(most).take_while(|c| holds(*c)).collect();
    (!run.is_empty()).then_some(run)
}
