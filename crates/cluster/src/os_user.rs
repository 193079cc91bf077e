//! As whom the database runs: the user `tulou` when started as root, else whoever started it.

use std::fs;
use std::os::unix::process::CommandExt;
use std::process::Command;
use std::thread;
use std::time::Duration;

use crate::{Error, Result};

const NAME: &str = "tulou";
const USERADD: [&str; 3] = ["/usr/sbin/useradd", "/sbin/useradd", "/usr/bin/useradd"];

#[derive(Clone, Debug)]
pub struct OsUser {
    pub name: String,
    pub uid: u32,
    pub gid: u32,
    /// Who runs this program; the same name unless that is root.
    pub started_by: String,
}

impl OsUser {
    /// Finds the user, and makes it where root asks for it the first time.
    pub fn find() -> Result<Self> {
        let uid = rustix::process::geteuid().as_raw();
        if uid != 0 {
            let own = passwd(|entry| entry.uid == uid).or_else(|| getent(&uid.to_string()));
            return own.ok_or(Error::NamelessUser { uid });
        }
        let started_by = passwd(|entry| entry.uid == 0).map_or_else(|| "root".into(), |root| root.name);
        let user = match passwd(|entry| entry.name == NAME).or_else(|| getent(NAME)) {
            Some(user) => user,
            None => make()?,
        };
        Ok(Self { started_by, ..user })
    }

    /// Whether the database runs as somebody else than this program.
    pub fn is_other(&self) -> bool {
        self.name != self.started_by
    }

    /// A command that runs as this user, with nothing of our environment and away from our terminal's signals.
    pub fn command(&self, program: &std::path::Path) -> Command {
        let mut command = Command::new(program);
        command.env_clear().env("PATH", "/usr/bin:/bin").env("LC_ALL", "C").env("TZ", "UTC");
        command.process_group(0).current_dir("/");
        if self.is_other() {
            command.uid(self.uid).gid(self.gid);
        }
        command
    }
}

fn make() -> Result<OsUser> {
    let missing = || Error::NoUser { reason: "there is no useradd".into() };
    let program = USERADD.iter().find(|path| fs::exists(path).unwrap_or(false)).ok_or_else(missing)?;
    let mut reason = String::new();
    // Of two that look for a name at once `useradd` makes both, with two numbers, and the first number is nobody's then.
    let one_at_a_time = fs::File::open("/etc").map_err(|error| Error::NoUser { reason: error.to_string() })?;
    rustix::fs::flock(&one_at_a_time, rustix::fs::FlockOperation::LockExclusive)
        .map_err(|error| Error::NoUser { reason: error.to_string() })?;
    if let Some(user) = passwd(|entry| entry.name == NAME) {
        return Ok(user);
    }
    // Somebody else's tool may hold the password file.
    for _ in 0..20 {
        let arguments = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"];
        let shell = ["--shell", "/usr/sbin/nologin", NAME];
        let output = Command::new(program).args(arguments).args(shell).output();
        if let Some(user) = passwd(|entry| entry.name == NAME).or_else(|| getent(NAME)) {
            return Ok(user);
        }
        reason = match output {
            Ok(output) => String::from_utf8_lossy(&output.stderr).trim().to_owned(),
            Err(error) => error.to_string(),
        };
        thread::sleep(Duration::from_millis(100));
    }
    Err(Error::NoUser { reason })
}

fn passwd(is_wanted: impl Fn(&OsUser) -> bool) -> Option<OsUser> {
    fs::read_to_string("/etc/passwd").ok()?.lines().filter_map(parse).find(|entry| is_wanted(entry))
}

/// Users that live in a directory service and not in the file.
fn getent(key: &str) -> Option<OsUser> {
    let output = Command::new("getent").args(["passwd", key]).output().ok()?;
    String::from_utf8_lossy(&output.stdout).lines().find_map(parse)
}

fn parse(line: &str) -> Option<OsUser> {
    let mut fields = line.split(':');
    let name = fields.next()?.to_owned();
    let uid = fields.nth(1)?.parse().ok()?;
    let gid = fields.next()?.parse().ok()?;
    Some(OsUser { started_by: name.clone(), name, uid, gid })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_password_file_names_user_and_group() {
        let user = parse("tulou:x:998:997::/nonexistent:/usr/sbin/nologin").unwrap();
        assert_eq!((user.name.as_str(), user.uid, user.gid), ("tulou", 998, 997));
        assert!(parse("# a remark").is_none());
    }
}
