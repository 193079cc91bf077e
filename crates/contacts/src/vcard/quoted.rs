//! Quoted-printable in the encoding a line names (RFC 2045 §6.7), as vCard 2.1 has it: what phones of twenty years ago write.

use encoding_rs::Encoding;

/// Whether a line says of itself that it is quoted-printable, and so goes on where it ends with `=`.
pub fn is_announced(line: &str) -> bool {
    let head = line.split_once(':').map_or(line, |(head, _)| head);
    head.split([';', '=', ',']).skip(1).any(|word| word.eq_ignore_ascii_case("QUOTED-PRINTABLE"))
}

/// The text; otherwise what is wrong with it. `charset` is a label of the WHATWG encoding standard, such as `GBK`.
pub fn decoded(text: &str, charset: &str) -> Result<String, &'static str> {
    let encoding = Encoding::for_label(charset.trim().as_bytes()).ok_or("unknown_charset")?;
    let bytes = bytes(text.as_bytes()).ok_or("is_not_quoted_printable")?;
    let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes).ok_or("is_not_in_its_charset")?;
    Ok(text.replace("\r\n", "\n"))
}

fn bytes(text: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.iter();
    while let Some(byte) = rest.next() {
        bytes.push(if *byte == b'=' { digit(*rest.next()?)? << 4 | digit(*rest.next()?)? } else { *byte });
    }
    Some(bytes)
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_read_in_the_encoding_that_is_named() {
        let same = [("=E9=99=86 x", "UTF-8", "陆 x"), ("=C2=BD x", "gb2312", "陆 x"), ("=b3=b0 x", "Big5", "陸 x")];
        for (text, charset, read) in same {
            assert_eq!(decoded(text, charset).as_deref(), Ok(read), "{charset}");
        }
        assert_eq!(decoded("a=0D=0Ab", "utf-8").as_deref(), Ok("a\nb"));
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        assert_eq!(decoded("=E9=99=86", "ebcdic-7"), Err("unknown_charset"));
        assert_eq!(decoded("=E9=99=8", "utf-8"), Err("is_not_quoted_printable"));
        assert_eq!(decoded("=XY", "utf-8"), Err("is_not_quoted_printable"));
        assert_eq!(decoded("=C2=BD=FF", "utf-8"), Err("is_not_in_its_charset"));
    }

    #[test]
    fn only_the_parameters_of_a_line_say_that_it_goes_on() {
        assert!(is_announced("N;CHARSET=UTF-8;ENCODING=quoted-printable:=E9="));
        assert!(is_announced("NOTE;QUOTED-PRINTABLE:a="));
        assert!(!is_announced("NOTE:see QUOTED-PRINTABLE;QUOTED-PRINTABLE="));
    }
}
