//! Bytes as hexadecimal digits: how a key is kept in a file that people copy.

/// Writes two small digits for each byte.
pub fn push(line: &mut String, bytes: &[u8]) {
    for byte in bytes {
        for digit in [byte >> 4, byte & 15] {
            line.push(char::from(b"0123456789abcdef"[usize::from(digit)]));
        }
    }
}

/// The digits of these bytes.
pub fn text(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(2 * bytes.len());
    push(&mut text, bytes);
    text
}

/// Reads as many bytes as there is room for; `None` when the text is not the digits of so many.
pub fn read(text: &str, into: &mut [u8]) -> Option<()> {
    let digit = |letter: u8| char::from(letter).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if pairs.len() != into.len() || !rest.is_empty() {
        return None;
    }
    for (byte, [high, low]) in into.iter_mut().zip(pairs) {
        *byte = digit(*high)? << 4 | digit(*low)?;
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_come_back_from_their_digits_and_nothing_else_is_read() {
        let mut bytes = [0; 3];
        assert_eq!(text(&[0x0f, 0xa0, 7]), "0fa007");
        assert_eq!((read("0fA007", &mut bytes), bytes), (Some(()), [0x0f, 0xa0, 7]));
        for wrong in ["", "0fa00", "0fa0077", "0fa00707", "0fa0+7", "0fa0é"] {
            assert_eq!(read(wrong, &mut bytes), None, "{wrong}");
        }
    }
}
