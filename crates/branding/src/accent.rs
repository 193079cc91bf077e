//! A colour on which and in which words can be read.

use kernel::{Error, Result};

/// What words of any size need (WCAG 2.2, 1.4.3).
const LEAST_CONTRAST: f64 = 4.5;
/// The darkest ground of the light theme on which the accent itself is read; white text on the accent then has more.
const GROUND: [u8; 3] = [0xf0, 0xee, 0xea];

/// `#rrggbb` in lower case, if it can be read.
pub fn checked(text: &str) -> Result<String> {
    let accent = text.trim().to_ascii_lowercase();
    let colour = parsed(&accent).ok_or(Error::Invalid { field: "accent", why: "not_a_colour" })?;
    if contrast(colour, GROUND) < LEAST_CONTRAST {
        return Err(Error::Invalid { field: "accent", why: "too_pale" });
    }
    Ok(accent)
}

fn parsed(accent: &str) -> Option<[u8; 3]> {
    // Asked digit by digit: a number may have a sign, a colour has none.
    let is_hex = |digits: &&str| digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let digits = accent.strip_prefix('#').filter(is_hex)?;
    let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}

/// How much two colours differ in lightness: 1 to 21.
fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Relative luminance of an sRGB colour (WCAG 2.2).
fn luminance(colour: [u8; 3]) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    let [red, green, blue] = colour.map(linear);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_standard() {
        let (white, black) = ([255; 3], [0; 3]);
        assert!((contrast(white, black) - 21.0).abs() < 0.001);
        assert!((contrast([0x76; 3], white) - 4.54).abs() < 0.01);
    }

    #[test]
    fn what_can_be_read_is_taken_and_nothing_else() {
        assert_eq!(checked(" #266365 ").unwrap(), "#266365");
        assert_eq!(checked("#B00020").unwrap(), "#b00020");
        let why = |text| match checked(text) {
            Err(Error::Invalid { why, .. }) => why,
            other => panic!("{other:?}"),
        };
        for text in ["#ffcc00", "#7ab5b3", "#ffffff"] {
            assert_eq!(why(text), "too_pale", "{text}");
        }
        for text in ["", "red", "#12345", "#1234567", "#+12345", "#12 456", "#äää"] {
            assert_eq!(why(text), "not_a_colour", "{text}");
        }
    }
}
