//! What a document is, told from its first bytes. What its name or its sender says is never believed.

/// `None` for anything that is no PDF, JPEG or PNG.
pub fn media_type(bytes: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 3] =
        [(b"%PDF-", "application/pdf"), (b"\xFF\xD8\xFF", "image/jpeg"), (b"\x89PNG\r\n\x1A\n", "image/png")];
    KINDS.into_iter().find(|(begin, _)| bytes.starts_with(begin)).map(|(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use super::media_type;

    #[test]
    fn only_what_begins_like_one_is_one() {
        assert_eq!(media_type(b"%PDF-1.7\n"), Some("application/pdf"));
        assert_eq!(media_type(b"\xFF\xD8\xFF\xE0"), Some("image/jpeg"));
        assert_eq!(media_type(b"\x89PNG\r\n\x1A\n."), Some("image/png"));
        for other in [b"<html>%PDF-".as_slice(), b"", b"GIF89a", b"\x89PNG", b"PK\x03\x04", b"MZ"] {
            assert_eq!(media_type(other), None);
        }
    }
}
