//! Takes the address to answer on; when somebody else has it, says who.

use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;

use anyhow::{Context, anyhow};

/// A listener at the address, or words that an operator can act on.
pub fn listen(address: SocketAddr) -> anyhow::Result<TcpListener> {
    match TcpListener::bind(address) {
        Ok(listener) => Ok(listener),
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
            let holder =
                holder(address.port()).map_or_else(String::new, |(pid, name)| format!(" by {name} (process {pid})"));
            Err(anyhow!(
                "{address} is in use{holder}. Stop that program, or choose another address: tulou --listen 127.0.0.1:{}",
                if address.port() < 65535 { address.port() + 1 } else { 8080 }
            ))
        }
        Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => Err(error)
            .with_context(|| format!("{address} may not be used: ports below 1024 need root or CAP_NET_BIND_SERVICE")),
        Err(error) => Err(error).with_context(|| format!("{address} cannot be listened on")),
    }
}

/// The process that listens on the port, as far as this user may see it (Linux).
fn holder(port: u16) -> Option<(u32, String)> {
    let socket = format!("socket:[{}]", listening_inode(port)?);
    let processes = fs::read_dir("/proc").ok()?.flatten();
    let (pid, path) = processes
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse::<u32>().ok()?, entry.path())))
        .find(|(_, path)| has_open(path, &socket))?;
    let name = fs::read_to_string(path.join("comm")).ok()?;
    Some((pid, name.trim().to_owned()))
}

fn has_open(process: &Path, socket: &str) -> bool {
    let files = fs::read_dir(process.join("fd")).into_iter().flatten().flatten();
    files.into_iter().any(|file| fs::read_link(file.path()).is_ok_and(|target| target.as_os_str() == socket))
}

/// Lines of /proc/net/tcp: `sl local rem st …`, the tenth word is the inode; state 0A is "listening".
fn listening_inode(port: u16) -> Option<String> {
    let wanted = format!(":{port:04X}");
    ["/proc/net/tcp", "/proc/net/tcp6"].into_iter().find_map(|table| {
        let text = fs::read_to_string(table).ok()?;
        text.lines().skip(1).find_map(|line| {
            let words: Vec<&str> = line.split_whitespace().collect();
            let is_it = words.get(1)?.ends_with(&wanted) && *words.get(3)? == "0A";
            is_it.then(|| words.get(9).map(|inode| (*inode).to_owned())).flatten()
        })
    })
}

#[cfg(test)]
mod tests {
    use super::listen;

    #[test]
    fn a_port_in_use_names_its_holder() {
        let first = listen("127.0.0.1:0".parse().unwrap()).unwrap();
        let said = listen(first.local_addr().unwrap()).unwrap_err().to_string();
        assert!(said.contains(&format!("process {}", std::process::id())), "{said}");
        assert!(said.contains("--listen"), "{said}");
    }
}
