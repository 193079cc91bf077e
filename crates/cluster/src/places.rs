//! Where the parts of the cluster lie under the data directory, and who may enter.

use std::fs;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};

use crate::os_user::OsUser;
use crate::{Error, Result};

/// A socket's path may have 107 bytes; PostgreSQL adds its own name to the folder's.
const LONGEST_SOCKET_DIR: usize = 107 - "/.s.PGSQL.5432".len();

#[derive(Clone, Debug)]
pub struct Places {
    pub data_dir: PathBuf,
    /// PostgreSQL's own files.
    pub cluster: PathBuf,
    /// Our configuration files, which the database reads and cannot change.
    pub configuration: PathBuf,
    /// The folder of the socket.
    pub socket: PathBuf,
    /// Space set aside for the hour the disk is full.
    pub reserve: PathBuf,
}

impl Places {
    pub fn new(data_dir: &Path) -> Result<Self> {
        make_data_dir(data_dir)?;
        let data_dir = data_dir.canonicalize().map_err(|error| Error::at(data_dir, error))?;
        Ok(Self {
            cluster: data_dir.join("cluster"),
            configuration: data_dir.join("cluster-configuration"),
            socket: socket_dir(&data_dir),
            reserve: data_dir.join("cluster-reserve"),
            data_dir,
        })
    }

    /// Lets the database's user pass through the data directory and own the folder of the socket.
    pub fn open_for(&self, user: &OsUser) -> Result<()> {
        if user.is_other() {
            fs::set_permissions(&self.data_dir, fs::Permissions::from_mode(0o711))
                .map_err(|error| Error::at(&self.data_dir, error))?;
            if let Some(closed) = closed_to_others(&self.data_dir) {
                return Err(Error::Unreachable { path: closed, user: user.name.clone() });
            }
        }
        private_dir(&self.socket, user)?;
        open_dir(&self.configuration)
    }
}

fn make_data_dir(data_dir: &Path) -> Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true).mode(0o711).create(data_dir).map_err(|error| Error::at(data_dir, error))
}

/// `<data>/run`, or a folder under /tmp with a name made from the data directory where that would be too long.
fn socket_dir(data_dir: &Path) -> PathBuf {
    let usual = data_dir.join("run");
    if usual.as_os_str().len() <= LONGEST_SOCKET_DIR {
        return usual;
    }
    let name = data_dir.as_os_str().as_encoded_bytes();
    // FNV-1a: the same short name for the same directory on every start.
    let hash = name
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    PathBuf::from(format!("/tmp/tulou-{hash:016x}"))
}

/// Makes a folder that only this user (and root) may enter; refuses one that somebody else made.
pub fn private_dir(path: &Path, user: &OsUser) -> Result<()> {
    match fs::DirBuilder::new().mode(0o700).create(path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => return Err(Error::at(path, error)),
        _ => {}
    }
    let metadata = fs::symlink_metadata(path).map_err(|error| Error::at(path, error))?;
    let is_ours = metadata.uid() == user.uid || metadata.uid() == rustix::process::geteuid().as_raw();
    if !metadata.is_dir() || !is_ours {
        return Err(Error::NoPermission { path: path.to_path_buf() });
    }
    fs::set_permissions(path, fs::Permissions::from_mode(0o700)).map_err(|error| Error::at(path, error))?;
    if metadata.uid() != user.uid {
        chown(path, Some(user.uid), Some(user.gid)).map_err(|error| Error::at(path, error))?;
    }
    Ok(())
}

/// Makes a folder that everybody may read, whatever the umask is.
pub fn open_dir(path: &Path) -> Result<()> {
    fs::create_dir_all(path).map_err(|error| Error::at(path, error))?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).map_err(|error| Error::at(path, error))
}

/// The first folder on the way to a path that other users may not pass through.
pub fn closed_to_others(path: &Path) -> Option<PathBuf> {
    let mut way: Vec<&Path> = path.ancestors().collect();
    way.reverse();
    let closed = way.into_iter().find(|part| match fs::metadata(part) {
        Ok(metadata) => metadata.is_dir() && metadata.mode() & 0o001 == 0,
        Err(_) => true,
    });
    closed.map(Path::to_path_buf)
}
