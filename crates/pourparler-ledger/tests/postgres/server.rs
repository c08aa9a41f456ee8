//! Debian's PostgreSQL server, started on a free port for as long as this program runs.

use std::fs;
use std::io::Read;
use std::net::TcpListener;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A server that ends when this program does, however it ends.
pub struct Server {
    port: u16,
    /// A shell that waits for the end of its input, which is that of this program, and ends the server then.
    _guard: Child,
}

/// Runs a server in the folder `$1`, of the programs in `$2`, on the port `$3`, until the input ends.
const RUN: &str = r#"
"$2/postgres" -D "$1" -p "$3" -k "$1" -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200 -c logging_collector=off >"$1.log" 2>&1 &
server=$!
cat >/dev/null
kill -INT $server
wait $server
rm -rf "$1" "$1.log"
"#;

impl Server {
    /// Starts one.
    ///
    /// # Panics
    /// Where PostgreSQL is not installed: `tools/test` sees to that.
    pub fn start() -> Self {
        let programs = programs().expect("PostgreSQL is not installed here: apt-get install postgresql");
        let folder = tempfile::tempdir().expect("a folder").keep();
        let data = folder.join("data");
        let user = other_user();
        let as_user = |program: &Path| {
            let mut command = Command::new(program);
            if let Some((user, group)) = user {
                command.uid(user).gid(group);
            }
            command.current_dir("/");
            command
        };
        if let Some((user, group)) = user {
            chown(&folder, Some(user), Some(group)).expect("the server's own folder");
        }
        let made = as_user(&programs.join("initdb"))
            .args(["--auth=trust", "--username=pourparler", "--encoding=UTF8", "--no-locale", "--no-sync", "-D"])
            .arg(&data)
            .output()
            .expect("initdb runs");
        assert!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));
        // Free at this moment; whoever takes it in between makes the start fail loudly.
        let port = TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a free port").port();
        let guard = as_user(Path::new("/bin/sh"))
            .args(["-c", RUN, "sh"])
            .arg(&data)
            .arg(&programs)
            .arg(port.to_string())
            .stdin(Stdio::piped())
            .spawn()
            .expect("a shell");
        let server = Self { port, _guard: guard };
        let patience = Instant::now() + Duration::from_secs(60);
        while postgres::Client::connect(&server.address(), postgres::NoTls).is_err() {
            if Instant::now() > patience {
                let mut log = String::new();
                let _read = fs::File::open(data.with_extension("log")).and_then(|mut f| f.read_to_string(&mut log));
                panic!("the server did not start: {log}");
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        server
    }

    /// The address of its database.
    pub fn address(&self) -> String {
        format!("postgres://pourparler@127.0.0.1:{}/postgres", self.port)
    }
}

/// Where the newest server's programs are.
fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?;
    let mut found: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let version = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .filter(|(_, programs)| programs.join("postgres").exists())
        .collect();
    found.sort();
    found.pop().map(|(_, programs)| programs)
}

/// PostgreSQL does not run as root: then as the user that its package made.
fn other_user() -> Option<(u32, u32)> {
    let own = fs::metadata("/proc/self").ok().map(|m| std::os::unix::fs::MetadataExt::uid(&m));
    if own != Some(0) {
        return None;
    }
    let users = fs::read_to_string("/etc/passwd").ok()?;
    let line = users.lines().find(|line| line.starts_with("postgres:"))?;
    let mut fields = line.split(':').skip(2);
    Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}
