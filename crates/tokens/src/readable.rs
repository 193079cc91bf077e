//! Codes that people read and type.

/// Letters and digits that nobody confuses on paper or over the phone.
const READABLE: &[u8; 31] = b"ABCDEFGHJKMNPQRSTUVWXYZ23456789";

/// Groups of four readable characters; a byte too high to be dealt evenly is skipped.
pub fn readable<const N: usize>(groups: usize, mut random: impl FnMut() -> [u8; N]) -> String {
    let fair = 256 / READABLE.len() * READABLE.len();
    let mut code = String::new();
    let mut left = groups * 4;
    while left > 0 {
        for byte in random().into_iter().filter(|byte| usize::from(*byte) < fair).take(left) {
            if left.is_multiple_of(4) && !code.is_empty() {
                code.push('-');
            }
            code.push(char::from(READABLE[usize::from(byte) % READABLE.len()]));
            left -= 1;
        }
    }
    code
}
