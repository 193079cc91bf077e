//! Unpacks what PostgreSQL packs: files and folders in the plain form of POSIX (ustar). Anything else is refused.

use std::fs::{self, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Component, Path};

use anyhow::{Context, Result, bail, ensure};

const BLOCK: usize = 512;

struct Header {
    name: String,
    size: u64,
    kind: u8,
}

/// Unpacks an archive into a folder that is there; says how many files it had.
pub fn unpack(mut archive: impl Read, into: &Path) -> Result<u64> {
    let mut files = 0;
    while let Some(Header { name, size, kind }) = header(&mut archive)? {
        let within = Path::new(&name);
        ensure!(
            within.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)),
            "{name} leads out"
        );
        let path = into.join(within);
        match kind {
            b'5' => folder(&path)?,
            b'0' | 0 => {
                folder(path.parent().unwrap_or(into))?;
                let mut file = OpenOptions::new()
                    .write(true)
                    .create_new(true)
                    .mode(0o600)
                    .open(&path)
                    .with_context(|| path.display().to_string())?;
                let copied = io::copy(&mut (&mut archive).take(size), &mut file)?;
                ensure!(copied == size, "{name} is cut off");
                let rest = size.next_multiple_of(BLOCK as u64) - size;
                io::copy(&mut (&mut archive).take(rest), &mut io::sink())?;
                files += 1;
            }
            _ => bail!("{name} is neither a file nor a folder: tablespaces elsewhere are not restored"),
        }
    }
    Ok(files)
}

fn folder(path: &Path) -> io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// None at the end.
fn header(archive: &mut impl Read) -> Result<Option<Header>> {
    let mut block = [0; BLOCK];
    let mut read = 0;
    while read < BLOCK {
        match archive.read(&mut block[read..])? {
            0 if read == 0 => return Ok(None),
            0 => bail!("the archive is cut off"),
            more => read += more,
        }
    }
    if block.iter().all(|byte| *byte == 0) {
        // The rest is filling; it is read so that its end is known to be there.
        io::copy(archive, &mut io::sink())?;
        return Ok(None);
    }
    let sum: u64 =
        block.iter().enumerate().map(|(at, byte)| u64::from(if (148..156).contains(&at) { b' ' } else { *byte })).sum();
    ensure!(number(&block[148..156])? == sum, "the archive has a header that is none");
    let (name, folder) = (text(&block[..100])?, text(&block[345..500])?);
    let name = if folder.is_empty() { name } else { format!("{folder}/{name}") };
    Ok(Some(Header { name, size: number(&block[124..136])?, kind: block[156] }))
}

fn text(field: &[u8]) -> Result<String> {
    let end = field.iter().position(|byte| *byte == 0).unwrap_or(field.len());
    Ok(String::from_utf8(field[..end].to_vec())?)
}

/// Octal digits, or a number of 256s where the first bit says so.
fn number(field: &[u8]) -> Result<u64> {
    if field[0] & 0x80 != 0 {
        return Ok(field[1..].iter().fold(0, |number, byte| number << 8 | u64::from(*byte)));
    }
    let digits = text(field)?;
    u64::from_str_radix(digits.trim(), 8).with_context(|| format!("{digits} is no number"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(name: &str, kind: u8, content: &[u8]) -> Vec<u8> {
        let mut block = vec![0; BLOCK];
        block[..name.len()].copy_from_slice(name.as_bytes());
        block[124..135].copy_from_slice(format!("{:011o}", content.len()).as_bytes());
        block[156] = kind;
        block[148..156].fill(b' ');
        let sum: u64 = block.iter().map(|byte| u64::from(*byte)).sum();
        block[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
        block.extend(content);
        block.resize(block.len().next_multiple_of(BLOCK), 0);
        block
    }

    #[test]
    fn files_and_folders_are_unpacked_and_what_leads_out_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let end = vec![0; 2 * BLOCK];
        let archive =
            [packed("base/", b'5', b""), packed("base/1", b'0', &[7; 700]), packed("PG_VERSION", b'0', b"18\n")];
        let whole = [archive.concat(), end.clone()].concat();
        assert_eq!(unpack(whole.as_slice(), dir.path()).unwrap(), 2);
        assert_eq!(fs::read(dir.path().join("base/1")).unwrap(), [7; 700]);
        assert_eq!(fs::read(dir.path().join("PG_VERSION")).unwrap(), b"18\n");
        for (name, kind) in [("../out", b'0'), ("/etc/out", b'0'), ("link", b'2')] {
            assert!(unpack([packed(name, kind, b""), end.clone()].concat().as_slice(), dir.path()).is_err(), "{name}");
        }
        let other = tempfile::tempdir().unwrap();
        assert!(unpack(&whole[..BLOCK * 2 + 100], other.path()).is_err(), "cut off");
        let mut changed = whole;
        changed[0] ^= 1;
        assert!(unpack(changed.as_slice(), other.path()).is_err());
    }
}
