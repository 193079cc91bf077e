//! A search for words in bytes, in every writing in which a program could have left them.

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use memchr::memmem::Finder;

/// Words, as bytes, each with what it is called when it is found.
pub struct Scan(Vec<(String, Finder<'static>)>);

impl Scan {
    /// For the texts in every writing, and for bytes just as they are.
    pub fn of<'a>(
        texts: impl IntoIterator<Item = &'a str>,
        bytes: impl IntoIterator<Item = (String, Vec<u8>)>,
    ) -> Self {
        let written = texts.into_iter().flat_map(|text| {
            let named = move |(how, bytes): (&str, Vec<u8>)| (format!("{text} as {how}"), bytes);
            writings(text).into_iter().map(named).collect::<Vec<_>>()
        });
        let finder = |(name, bytes): (String, Vec<u8>)| (name, Finder::new(&bytes).into_owned());
        Self(written.chain(bytes).map(finder).collect())
    }

    /// What of it stands in these bytes.
    pub fn found_in(&self, bytes: &[u8]) -> Vec<&str> {
        self.0.iter().filter(|(_, finder)| finder.find(bytes).is_some()).map(|(name, _)| name.as_str()).collect()
    }

    /// The files among these and below these folders in whose bytes or names something of it stands.
    pub fn found_below(&self, folders: &[PathBuf]) -> Vec<Found> {
        let mut found = Vec::new();
        for path in folders.iter().flat_map(|path| files(path)) {
            // A file of the database may go while it is looked for.
            let Ok(bytes) = fs::read(&path) else { continue };
            for text in [&bytes, path.to_string_lossy().as_bytes()] {
                let here = self.0.iter().filter_map(|(name, finder)| Some((name, finder.find(text)?)));
                found.extend(here.map(|(name, at)| Found {
                    what: name.clone(),
                    path: path.clone(),
                    around: around(text, at),
                }));
            }
        }
        found
    }
}

/// Something that was looked for and stands somewhere.
pub struct Found {
    /// What, and in which writing.
    pub what: String,
    pub path: PathBuf,
    /// What stands beside it.
    pub around: String,
}

fn around(bytes: &[u8], at: usize) -> String {
    String::from_utf8_lossy(&bytes[at.saturating_sub(60)..bytes.len().min(at + 80)]).escape_debug().to_string()
}

/// A file, or every file below a folder.
fn files(path: &Path) -> Vec<PathBuf> {
    if !path.is_dir() {
        return vec![path.to_owned()];
    }
    let Ok(entries) = fs::read_dir(path) else { return Vec::new() };
    entries.filter_map(|entry| Some(entry.ok()?.path())).flat_map(|path| files(&path)).collect()
}

/// A text as it could stand somewhere. What is the same as another one does no harm.
fn writings(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let escaped = |unit: &u16| {
        char::from_u32(u32::from(*unit)).filter(char::is_ascii).map_or(format!("\\u{unit:04x}"), String::from)
    };
    let mut all = vec![
        ("UTF-8", text.as_bytes().to_vec()),
        ("UTF-16 LE", units.iter().flat_map(|unit| unit.to_le_bytes()).collect()),
        ("UTF-16 BE", units.iter().flat_map(|unit| unit.to_be_bytes()).collect()),
        ("JSON", units.iter().map(escaped).collect::<String>().into_bytes()),
        ("hexadecimal", text.bytes().map(|byte| format!("{byte:02x}")).collect::<String>().into_bytes()),
        ("HEXADECIMAL", text.bytes().map(|byte| format!("{byte:02X}")).collect::<String>().into_bytes()),
    ];
    // What stands before it shifts it by none, one or two bytes of three; what hangs together with its neighbours is left out.
    for shift in 0..3 {
        let encoded = STANDARD_NO_PAD.encode([&b"\0\0"[..shift], text.as_bytes()].concat());
        let (from, to) = ((shift * 8).div_ceil(6), (shift + text.len()) * 8 / 6);
        all.push(("base64", encoded.as_bytes()[from..to].to_vec()));
    }
    all
}

#[test]
fn a_word_is_found_in_every_writing_wherever_it_stands() {
    let scan = Scan::of(["canary 金丝雀"], []);
    let utf_16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
    for before in ["", "x", "xx", "xxx"] {
        let text = format!("{before}canary 金丝雀 and more");
        assert!(!scan.found_in(text.as_bytes()).is_empty());
        assert!(!scan.found_in(&utf_16(&text)).is_empty());
        assert!(!scan.found_in(STANDARD_NO_PAD.encode(&text).as_bytes()).is_empty(), "{before}");
        assert!(!scan.found_in(text.bytes().map(|b| format!("{b:02x}")).collect::<String>().as_bytes()).is_empty());
    }
    assert!(!scan.found_in(br"canary \u91d1\u4e1d\u96c0").is_empty());
    assert_eq!(scan.found_in("canary 金丝 and no more".as_bytes()), Vec::<&str>::new());
}
