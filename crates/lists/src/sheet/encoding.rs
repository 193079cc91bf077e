//! Which encoding a text file is in: Chinese spreadsheet programs write UTF-8 with a mark, UTF-16, GBK or Big5.

use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// The texts the bytes may be, the likeliest first. What cannot be read becomes U+FFFD where it stands.
pub fn texts(bytes: &[u8]) -> Vec<String> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return vec![text(encoding, &bytes[mark..])];
    }
    if is_utf_16(bytes) {
        let encoding = if bytes[0] == 0 { UTF_16BE } else { UTF_16LE };
        return vec![text(encoding, bytes)];
    }
    if is_mostly_utf_8(bytes) {
        return vec![text(UTF_8, bytes)];
    }
    vec![lines(GB18030, bytes), lines(BIG5, bytes)]
}

/// The same line by line: one in UTF-8 would come out as other characters (鏉庨潤 for 李静) and be believed.
fn lines(encoding: &'static Encoding, bytes: &[u8]) -> String {
    let foreign = |line: &str| line.chars().map(|c| if c.is_ascii() { c } else { '\u{FFFD}' }).collect();
    let read = |line: &[u8]| in_utf_8(line).map_or_else(|| text(encoding, line), foreign);
    bytes.split_inclusive(|byte| *byte == b'\n').map(read).collect()
}

/// The line, when all that is not ASCII in it makes Chinese in UTF-8: in another encoding hardly a name does.
fn in_utf_8(line: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(line).ok().filter(|text| !text.is_ascii())?;
    let is_chinese = |c: char| matches!(c, '\u{3000}'..='\u{303F}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF01}'..='\u{FF5E}');
    text.chars().all(|c| c.is_ascii() || is_chinese(c)).then_some(text)
}

fn text(encoding: &'static Encoding, bytes: &[u8]) -> String {
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// Every other byte of Latin text is zero.
fn is_utf_16(bytes: &[u8]) -> bool {
    let begin = &bytes[..bytes.len().min(64) & !1];
    let zeros = |of: usize| begin.iter().skip(of).step_by(2).filter(|byte| **byte == 0).count();
    begin.len() >= 8 && (zeros(0) * 3 > begin.len() / 2) != (zeros(1) * 3 > begin.len() / 2)
}

/// Mixed files exist: what most lines are decides, and the other lines are named.
fn is_mostly_utf_8(bytes: &[u8]) -> bool {
    let (mut fine, mut wrong) = (0_usize, 0_usize);
    for line in bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_ascii()) {
        if std::str::from_utf8(line).is_ok() {
            fine += 1;
        } else {
            wrong += 1;
        }
    }
    fine >= wrong
}

#[cfg(test)]
mod tests {
    use super::texts;

    #[test]
    fn the_encodings_of_the_region_are_told_apart() {
        let gbk = encoding_rs::GBK.encode("姓名,手机\n陆行舟,1\n").0.into_owned();
        assert_eq!(texts(&gbk)[0], "姓名,手机\n陆行舟,1\n");
        let big5 = encoding_rs::BIG5.encode("姓名,職務\n陸行舟,1\n").0.into_owned();
        assert!(texts(&big5).contains(&"姓名,職務\n陸行舟,1\n".to_owned()));
        assert_eq!(texts("\u{feff}姓名,a".as_bytes()), ["姓名,a"]);
        let wide: Vec<u8> = "Name,Phone".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(texts(&wide), ["Name,Phone"]);
    }

    #[test]
    fn a_line_in_another_encoding_spoils_only_itself() {
        let mut bytes = "姓名\n陆行舟\n王芳\n".as_bytes().to_vec();
        bytes.extend_from_slice(&encoding_rs::GBK.encode("赵敏\n").0);
        let text = texts(&bytes).remove(0);
        assert!(text.starts_with("姓名\n陆行舟\n王芳\n") && text.contains('\u{FFFD}'));
        let mut bytes = encoding_rs::GBK.encode("姓名,部门\n陆行舟,研发\n王芳,联通\n").0.into_owned();
        bytes.extend_from_slice("李静,研发\n".as_bytes());
        let text = texts(&bytes).remove(0);
        assert_eq!(text, "姓名,部门\n陆行舟,研发\n王芳,联通\n\u{FFFD}\u{FFFD},\u{FFFD}\u{FFFD}\n");
    }
}
