//! A PostgreSQL server of a test's own: a temporary folder, a socket in it, nothing on the network; gone with the test, however that ends.
#![allow(dead_code, reason = "each test file uses a part")]

use std::fs;
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock};
use std::time::{Duration, Instant};

use postgres::{Client, Config, NoTls};

/// Where the server's programs are: `POSTGRES_BIN`, else the newest of Debian's, else the usual places. Where that is empty, nowhere.
fn programs() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os("POSTGRES_BIN") {
        return Some(path.into()).filter(|path: &PathBuf| !path.as_os_str().is_empty());
    }
    let mut found: Vec<(u32, PathBuf)> = Vec::new();
    for folder in fs::read_dir("/usr/lib/postgresql").into_iter().flatten() {
        let path = folder.unwrap().path();
        let number = path
            .file_name()
            .and_then(|name| name.to_str()?.parse().ok());
        found.push((number.unwrap_or(0), path.join("bin")));
    }
    found.sort();
    let usual = ["/usr/bin", "/usr/local/bin", "/usr/local/pgsql/bin"].map(PathBuf::from);
    let all = found.into_iter().rev().map(|(_, path)| path).chain(usual);
    let mut all = all.filter(|path| path.join("initdb").exists() && path.join("postgres").exists());
    all.next()
}

/// Whether there is a server to be started; if not, that is said once, unless `REQUIRE_POSTGRES` asks for one.
pub(crate) fn there_is_one() -> bool {
    static THERE: OnceLock<bool> = OnceLock::new();
    *THERE.get_or_init(|| {
        let there = programs().is_some();
        let required = std::env::var_os("REQUIRE_POSTGRES").is_some();
        assert!(there || !required, "there is no PostgreSQL server to start");
        if !there {
            let why = "skipped: no PostgreSQL server to start (Debian: `apt-get install postgresql`; else set POSTGRES_BIN)";
            let _ = writeln!(std::io::stderr(), "{why}"); // past the harness
        }
        there
    })
}

fn id(arguments: &[&str]) -> Option<u32> {
    let told = Command::new("id").args(arguments).output().ok()?;
    String::from_utf8(told.stdout).ok()?.trim().parse().ok()
}

/// Who the server runs as, where the test is root: it does not start as root.
fn somebody() -> Option<(u32, u32)> {
    if id(&["-u"]) != Some(0) {
        return None;
    }
    let of = |name| Some((id(&["-u", name])?, id(&["-g", name])?));
    Some(
        of("postgres")
            .or_else(|| of("nobody"))
            .expect("nobody to run a server as"),
    )
}

pub(crate) struct Server {
    folder: PathBuf,
    running: Mutex<Option<Child>>,
    /// Ends the server and removes the folder when its standard input ends, which it does with this process.
    keeper: Child,
}

const KEEP: &str = r#"cat >/dev/null
pid=$(head -n 1 "$1/data/postmaster.pid" 2>/dev/null)
if [ -n "$pid" ] && [ "$(readlink "/proc/$pid/cwd")" = "$1/data" ]; then
  kill -QUIT "$pid"
  for _ in $(seq 100); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
fi
rm -rf "$1""#;

impl Server {
    /// One with data of its own; none, where there is no such program.
    pub(crate) fn start() -> Option<Self> {
        if !there_is_one() {
            return None;
        }
        let server = Self::folder();
        let mut initdb = server.command("initdb");
        initdb
            .args([
                "-U",
                "host",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C",
                "--no-sync",
                "-D",
            ])
            .arg(server.data());
        let told = initdb.output().unwrap();
        assert!(
            told.status.success(),
            "{}",
            String::from_utf8_lossy(&told.stderr)
        );
        server.up();
        Some(server)
    }

    fn folder() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        // Short: the path of a socket has a hundred bytes.
        let name = format!("rm-pg-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir(&folder).unwrap();
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).unwrap();
        let mut keeper = Command::new("sh");
        keeper
            .args(["-c", KEEP, "keeper"])
            .arg(&folder)
            .stdin(Stdio::piped());
        if let Some((user, group)) = somebody() {
            chown(&folder, Some(user), Some(group)).unwrap();
            keeper.uid(user).gid(group);
        }
        keeper.current_dir(&folder);
        Self {
            folder,
            running: Mutex::new(None),
            keeper: keeper.spawn().unwrap(),
        }
    }

    /// A standby of this server, which reads what that has written so far, and cannot be written to.
    pub(crate) fn standby(&self) -> Self {
        let standby = Self::folder();
        self.stop();
        let mut copy = Command::new("cp");
        if let Some((user, group)) = somebody() {
            copy.uid(user).gid(group);
        }
        copy.arg("-R").arg(self.data()).arg(standby.data());
        copy.current_dir(&self.folder);
        assert!(copy.status().unwrap().success());
        let sign = standby.data().join("standby.signal");
        fs::write(&sign, "").unwrap();
        if let Some((user, group)) = somebody() {
            chown(&sign, Some(user), Some(group)).unwrap();
        }
        self.up();
        standby.up();
        standby
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// The path of its socket.
    pub(crate) fn socket(&self) -> PathBuf {
        self.folder.join(".s.PGSQL.5432")
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(programs().unwrap().join(program));
        if let Some((user, group)) = somebody() {
            command.uid(user).gid(group);
        }
        command
            .env("LC_ALL", "C")
            .current_dir(&self.folder)
            .stdin(Stdio::null());
        command
    }

    /// Starts it, and waits until it answers; again, where something of one that was killed is still in the way.
    pub(crate) fn up(&self) {
        let patience = Instant::now() + Duration::from_secs(120);
        loop {
            *self.running.lock().unwrap() = Some(self.spawn());
            let ended = || {
                let mut running = self.running.lock().unwrap();
                running
                    .as_mut()
                    .is_none_or(|child| child.try_wait().unwrap().is_some())
            };
            while self.config().connect(NoTls).is_err() && !ended() {
                assert!(Instant::now() < patience, "{}", self.log());
                std::thread::sleep(Duration::from_millis(20));
            }
            if !ended() {
                return;
            }
            assert!(Instant::now() < patience, "{}", self.log());
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn spawn(&self) -> Child {
        let log = fs::File::options()
            .create(true)
            .append(true)
            .open(self.folder.join("log"));
        let log = log.unwrap();
        let mut command = self.command("postgres");
        let folder = self.folder.display();
        for setting in [
            "listen_addresses=",
            &format!("unix_socket_directories={folder}"),
            "port=5432",
            "fsync=on",
            "shared_buffers=16MB",
            "max_connections=60",
            "deadlock_timeout=200ms",
            "hot_standby=on",
        ] {
            command.args(["-c", setting]);
        }
        command.arg("-D").arg(self.data());
        command.stdout(log.try_clone().unwrap()).stderr(log);
        command.spawn().unwrap()
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }

    /// Waits until it has started again by itself.
    pub(crate) fn wait(&self) {
        let patience = Instant::now() + Duration::from_secs(120);
        while self.config().connect(NoTls).is_err() {
            assert!(Instant::now() < patience, "{}", self.log());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Shuts it down in good order.
    pub(crate) fn stop(&self) {
        signal("-INT", &[self.pid().unwrap()]);
        self.reap();
    }

    fn reap(&self) {
        if let Some(mut child) = self.running.lock().unwrap().take() {
            child.wait().unwrap();
        }
    }

    fn pid(&self) -> Option<u32> {
        let text = fs::read_to_string(self.data().join("postmaster.pid")).ok()?;
        text.lines().next()?.trim().parse().ok()
    }

    /// The server's processes: the first one, and those that it has made.
    pub(crate) fn processes(&self) -> Vec<u32> {
        let Some(first) = self.pid() else {
            return Vec::new();
        };
        let mut all = vec![first];
        for entry in fs::read_dir("/proc").unwrap().flatten() {
            let Some(pid) = entry
                .file_name()
                .to_str()
                .and_then(|name| name.parse().ok())
            else {
                continue;
            };
            let stat = fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
            // `pid (name) state parent …`
            let parent = stat
                .rsplit(") ")
                .next()
                .and_then(|rest| rest.split(' ').nth(1));
            if parent.and_then(|parent| parent.parse().ok()) == Some(first) {
                all.push(pid);
            }
        }
        all
    }

    /// Kill −9 of everything that is the server.
    pub(crate) fn kill(&self) {
        signal("-KILL", &self.processes());
        // Those that were made meanwhile end by themselves when the first one is gone.
        self.reap();
    }

    /// Kill −9 of one of its processes, at which it ends all others and starts again by itself.
    pub(crate) fn kill_one(&self, which: usize) {
        let all = self.processes();
        if all.len() > 1 {
            signal("-KILL", &[all[1 + which % (all.len() - 1)]]);
        }
    }

    /// How to connect to it.
    pub(crate) fn config(&self) -> Config {
        let mut config = Config::new();
        config
            .host_path(&self.folder)
            .user("host")
            .dbname("postgres");
        config
    }

    pub(crate) fn client(&self) -> Client {
        self.config().connect(NoTls).unwrap()
    }

    /// A schema as `pg_dump` writes it.
    pub(crate) fn dump(&self, schema: &str) -> Vec<u8> {
        let mut dump = self.command("pg_dump");
        dump.arg("-h")
            .arg(&self.folder)
            .args(["-U", "host", "-n", schema, "postgres"]);
        let told = dump.output().unwrap();
        assert!(
            told.status.success(),
            "{}",
            String::from_utf8_lossy(&told.stderr)
        );
        told.stdout
    }

    pub(crate) fn restore(&self, dumped: &[u8]) {
        let mut psql = self.command("psql");
        psql.arg("-h").arg(&self.folder).args([
            "-U",
            "host",
            "-d",
            "postgres",
            "-qX",
            "-v",
            "ON_ERROR_STOP=1",
        ]);
        let mut running = psql
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        running.stdin.take().unwrap().write_all(dumped).unwrap();
        assert!(running.wait().unwrap().success());
    }

    /// How often a text stands in the files below a folder of its data.
    pub(crate) fn grep(&self, folder: &str, text: &str) -> usize {
        let mut folders = vec![self.data().join(folder)];
        let mut count = 0;
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap().flatten() {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    count += times(&path, text);
                }
            }
        }
        count
    }
}

fn times(path: &Path, text: &str) -> usize {
    // A file may be gone since it was listed.
    let bytes = fs::read(path).unwrap_or_default();
    let text = text.as_bytes();
    let begins = bytes
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte == text[0]);
    begins
        .filter(|(at, _)| bytes[*at..].starts_with(text))
        .count()
}

fn signal(signal: &str, pids: &[u32]) {
    let pids = pids.iter().map(u32::to_string);
    // Some may be gone already.
    let _ = Command::new("kill")
        .arg(signal)
        .args(pids)
        .stderr(Stdio::null())
        .status()
        .unwrap();
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
        self.reap();
    }
}
