//! One line of a vCard: unfolded, cut into name, parameters and value (RFC 6350 §3.2, §3.3; RFC 6868), of vCard 2.1 also decoded.

use super::quoted;

/// A property.
#[derive(Debug, PartialEq, Eq)]
pub struct Property {
    /// Where it begins in the file, from 1.
    pub line: u32,
    /// In upper case, without a group.
    pub name: String,
    /// Names in upper case, each with its values; a value without a name is a type, as in vCard 2.1.
    pub parameters: Vec<(String, Vec<String>)>,
    /// As it stands in the file; what is quoted-printable there is decoded.
    pub value: String,
}

impl Property {
    /// Cuts a line; the name of what is wrong with it otherwise.
    fn parse(line: u32, text: &str) -> Result<Self, &'static str> {
        let mut rest = text;
        let name = take_until(&mut rest, [';', ':']).ok_or("has_no_value")?;
        let name = name.rsplit_once('.').map_or(name, |(_, name)| name).to_ascii_uppercase();
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-';
        if name.is_empty() || !name.chars().all(is_name) {
            return Err("is_no_property");
        }
        let mut parameters = Vec::new();
        while let Some(after) = rest.strip_prefix(';') {
            rest = after;
            parameters.push(parameter(&mut rest)?);
        }
        let value = rest.strip_prefix(':').ok_or("has_no_value")?;
        let mut property = Self { line, name, parameters, value: value.to_owned() };
        if property.is_quoted() {
            property.value = quoted::decoded(value, property.parameter("CHARSET").unwrap_or("utf-8"))?;
        }
        Ok(property)
    }

    /// Old phones write `ENCODING=QUOTED-PRINTABLE`, or that word alone.
    fn is_quoted(&self) -> bool {
        let is_named = |value: &str| value.eq_ignore_ascii_case("QUOTED-PRINTABLE");
        self.parameter("ENCODING").is_some_and(is_named) || self.has_type("QUOTED-PRINTABLE")
    }

    fn parameter(&self, wanted: &str) -> Option<&str> {
        let (_, values) = self.parameters.iter().find(|(name, _)| name == wanted)?;
        values.first().map(String::as_str)
    }

    /// Whether one of its types is this, in any case.
    pub fn has_type(&self, wanted: &str) -> bool {
        let types = self.parameters.iter().filter(|(name, _)| name == "TYPE");
        types
            .flat_map(|(_, values)| values)
            .flat_map(|value| value.split(','))
            .any(|one| one.eq_ignore_ascii_case(wanted))
    }

    /// The value as one text.
    pub fn text(&self) -> String {
        unescaped(&self.value)
    }

    /// The parts of the value, separated by `;`.
    pub fn parts(&self) -> Vec<String> {
        let (mut parts, mut part, mut is_escaped) = (Vec::new(), String::new(), false);
        for c in self.value.chars() {
            if c == ';' && !is_escaped {
                parts.push(unescaped(&std::mem::take(&mut part)));
                continue;
            }
            is_escaped = c == '\\' && !is_escaped;
            part.push(c);
        }
        parts.push(unescaped(&part));
        parts
    }
}

/// All properties of a text, or which lines are none.
pub fn properties(text: &str) -> impl Iterator<Item = Result<Property, (u32, &'static str)>> + '_ {
    let mut lines =
        text.split('\n').zip(1_u32..).map(|(line, at)| (line.strip_suffix('\r').unwrap_or(line), at)).peekable();
    std::iter::from_fn(move || {
        let (first, at) = lines.by_ref().find(|(line, _)| !line.trim().is_empty())?;
        let mut whole = first.to_owned();
        let is_quoted = quoted::is_announced(first);
        loop {
            let is_cut = is_quoted && whole.ends_with('=');
            let is_folded = |(line, _): &(&str, u32)| line.starts_with([' ', '\t']);
            let next = if is_cut { lines.next() } else { lines.next_if(is_folded) };
            if is_cut {
                whole.pop();
            }
            let Some((next, _)) = next else { break };
            whole.push_str(if is_cut { next } else { &next[1..] });
        }
        Some(Property::parse(at, &whole).map_err(|why| (at, why)))
    })
}

/// What stands before one of these; the mark stays.
fn take_until<'a>(rest: &mut &'a str, marks: [char; 2]) -> Option<&'a str> {
    let at = rest.find(marks)?;
    let (taken, left) = rest.split_at(at);
    *rest = left;
    Some(taken)
}

fn parameter(rest: &mut &str) -> Result<(String, Vec<String>), &'static str> {
    let end = rest.find(['=', ';', ':']).ok_or("has_no_value")?;
    let (name, left) = rest.split_at(end);
    *rest = left;
    let Some(after) = rest.strip_prefix('=') else {
        return Ok(("TYPE".to_owned(), vec![name.to_owned()]));
    };
    *rest = after;
    let mut values = Vec::new();
    loop {
        values.push(parameter_value(rest)?);
        match rest.strip_prefix(',') {
            Some(after) => *rest = after,
            None => return Ok((name.to_ascii_uppercase(), values)),
        }
    }
}

fn parameter_value(rest: &mut &str) -> Result<String, &'static str> {
    if let Some(quoted) = rest.strip_prefix('"') {
        let (value, left) = quoted.split_once('"').ok_or("has_an_open_quote")?;
        *rest = left;
        if !rest.starts_with([',', ';', ':']) {
            return Err("has_an_open_quote");
        }
        return Ok(value.replace("^n", "\n").replace("^'", "\"").replace("^^", "^"));
    }
    let end = rest.find([',', ';', ':']).ok_or("has_no_value")?;
    let (value, left) = rest.split_at(end);
    *rest = left;
    Ok(value.to_owned())
}

fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 'N') => plain.push('\n'),
                Some(other) => plain.push(other),
                None => plain.push('\\'),
            },
            c => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Result<Property, (u32, &'static str)> {
        properties(text).next().unwrap()
    }

    #[test]
    fn a_line_is_cut_into_name_parameters_and_value() {
        let phone = one("item1.tel;type=WORK;TYPE=\"voice,cell\";PREF:tel:+86-1;ext=5").unwrap();
        assert_eq!((phone.name.as_str(), phone.value.as_str()), ("TEL", "tel:+86-1;ext=5"));
        assert!(phone.has_type("work") && phone.has_type("CELL") && phone.has_type("pref") && !phone.has_type("home"));
        let name = one("N:Lu\\;x;Xing\r\n zhou;;;").unwrap();
        assert_eq!(name.parts(), ["Lu;x", "Xingzhou", "", "", ""]);
        assert_eq!(one("NOTE:a\\nb\\,c\\\\").unwrap().text(), "a\nb,c\\");
    }

    #[test]
    fn a_line_that_is_none_is_named() {
        let wrong: Vec<_> = properties("\r\nBEGIN\r\n=:x\nTEL;TYPE=\"x:1\nTEL;A\n").map(Result::unwrap_err).collect();
        let named = [(2, "has_no_value"), (3, "is_no_property"), (4, "has_an_open_quote"), (5, "has_no_value")];
        assert_eq!(wrong, named);
    }
}
