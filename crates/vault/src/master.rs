//! The master key: one line in one file that only the server may read. Whoever loses it loses everything sealed.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Write},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::Path,
};

use aws_lc_rs::digest;
use zeroize::Zeroizing;

use crate::{
    Error, Result,
    crypto::{Secret, random_secret},
    hexadecimal,
};

const MARK: &str = "tulou-master-key";
const VERSION: &str = "1";
/// A line is 16 + 1 + 1 + 1 + 64 + 1 + 8 characters and its end.
const LONGEST: u64 = 256;

/// Reads the key and refuses a file that others may read or that is not whole.
pub fn read(path: &Path) -> Result<Secret> {
    let refuse = |why| Error::MasterKey { path: path.to_owned(), why };
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    if metadata.permissions().mode() & 0o077 != 0 {
        return Err(refuse("others may read it: give it to the server alone with `chmod 600`"));
    }
    let mut line = Zeroizing::new(String::with_capacity(LONGEST as usize));
    file.take(LONGEST).read_to_string(&mut line).map_err(|_| refuse(CORRUPT))?;
    parse(&line).ok_or_else(|| refuse(CORRUPT))
}

const CORRUPT: &str = "it is not a whole master key: put back the copy that was made of it";

/// Makes a new key; the file is durable and complete under its name or not there at all. Never replaces one.
pub fn create(path: &Path) -> Result<Secret> {
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(directory)?;
    let secret = random_secret()?;
    let draft = path.with_extension("new");
    remove_if_there(&draft)?;
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
    file.write_all(format(&secret).as_bytes())?;
    file.sync_all()?;
    // A link, not a rename: should a key have appeared meanwhile, it stays.
    fs::hard_link(&draft, path)?;
    remove_if_there(&draft)?;
    File::open(directory)?.sync_all()?;
    Ok(secret)
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn format(secret: &Secret) -> Zeroizing<String> {
    let mut line = Zeroizing::new(String::with_capacity(LONGEST as usize));
    line.push_str(MARK);
    line.push(' ');
    line.push_str(VERSION);
    line.push(' ');
    hexadecimal::push(&mut line, secret.as_ref());
    line.push(' ');
    hexadecimal::push(&mut line, &checksum(secret));
    line.push('\n');
    line
}

fn parse(line: &str) -> Option<Secret> {
    let mut words = line.split_ascii_whitespace();
    if words.next()? != MARK || words.next()? != VERSION {
        return None;
    }
    let mut secret = Secret::default();
    let mut sum = [0; 4];
    hexadecimal::read(words.next()?, secret.as_mut())?;
    hexadecimal::read(words.next()?, &mut sum)?;
    (words.next().is_none() && sum == checksum(&secret)).then_some(secret)
}

fn checksum(secret: &Secret) -> [u8; 4] {
    let mut context = digest::Context::new(&digest::SHA256);
    context.update(b"tulou master key checksum");
    context.update(secret.as_ref());
    let sum = context.finish();
    let mut first = [0; 4];
    first.copy_from_slice(&sum.as_ref()[..4]);
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_survives_its_line() {
        let secret = random_secret().unwrap();
        assert_eq!(parse(&format(&secret)), Some(secret));
    }

    #[test]
    fn any_changed_letter_is_noticed() {
        let line = format(&random_secret().unwrap());
        for at in 0..line.len() - 1 {
            let mut bytes = line.as_bytes().to_vec();
            bytes[at] = if bytes[at] == b'0' { b'1' } else { b'0' };
            assert!(parse(std::str::from_utf8(&bytes).unwrap()).is_none(), "letter {at}");
        }
    }
}
