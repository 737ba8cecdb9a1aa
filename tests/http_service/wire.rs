//! The service as a process, and HTTP/1.1 by hand.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::Value;

pub fn built() -> PathBuf {
    let me = std::env::current_exe().unwrap();
    let examples = me.ancestors().nth(2).unwrap().join("examples");
    let built = examples.join("http_service");
    assert!(
        built.exists(),
        "http_service is not built: run `cargo build --examples` with the same features first"
    );
    built
}

/// A service under way; it ends with this value, and must not have panicked by then.
pub struct Server {
    child: Child,
    pub address: SocketAddr,
}

impl Server {
    /// In memory, with ids from the space 1.
    pub fn start() -> Self {
        Self::with(&["--rehearsal", "1"])
    }

    pub fn with(words: &[&str]) -> Self {
        let mut child = Command::new(built())
            .arg("--serve")
            .args(words)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let out = child.stdout.as_mut().unwrap();
        BufReader::new(out).read_line(&mut line).unwrap();
        let address = line.strip_prefix("listening on http://").map(str::trim_end);
        let address: SocketAddr = address
            .unwrap_or_else(|| panic!("{line:?}"))
            .parse()
            .unwrap();
        assert!(address.ip().is_loopback());
        Self { child, address }
    }

    /// Ends it, as a machine that fails does; what it wrote on standard error.
    pub fn end(&mut self) -> String {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        let mut told = String::new();
        let err = self.child.stderr.take();
        err.unwrap().read_to_string(&mut told).unwrap();
        told
    }

    /// A connection on which nobody waits for ever.
    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        let patience = Some(Duration::from_secs(60));
        stream.set_read_timeout(patience).unwrap();
        stream.set_write_timeout(patience).unwrap();
        stream
    }

    /// One request on a connection of its own.
    pub fn ask(&self, request: &Request<'_>) -> Answer {
        let mut stream = self.connect();
        stream.write_all(&request.bytes()).unwrap();
        Answer::read(&mut stream).expect("an answer")
    }

    /// Whatever bytes, and all that comes back until nothing more does for a moment.
    pub fn exchange(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect();
        let _ = stream.write_all(bytes);
        stream
            .set_read_timeout(Some(Duration::from_millis(700)))
            .unwrap();
        let mut back = Vec::new();
        let _ = stream.read_to_end(&mut back);
        String::from_utf8_lossy(&back).into_owned()
    }

    /// Whatever bytes, then the end of what is sent; and all that comes back. To somebody who has ended, the service may say nothing.
    pub fn throw(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect();
        // The service may have closed before all is written.
        let _ = stream.write_all(bytes);
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let mut back = Vec::new();
        let _ = stream.read_to_end(&mut back);
        String::from_utf8_lossy(&back).into_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if self.child.stderr.is_some() {
            let told = self.end();
            if !std::thread::panicking() {
                assert!(!told.contains("panicked"), "{told}");
            }
        }
    }
}

/// A request in the making.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    pub line: &'a str,
    pub caller: &'a str,
    pub today: &'a str,
    pub body: &'a [u8],
}

impl Request<'_> {
    pub fn bytes(&self) -> Vec<u8> {
        let Self {
            line,
            caller,
            today,
            body,
        } = self;
        let mut bytes = format!("{line} HTTP/1.1\r\nHost: x\r\n").into_bytes();
        for (name, value) in [("Caller", caller), ("Today", today)] {
            if !value.is_empty() {
                bytes.extend(format!("{name}: {value}\r\n").into_bytes());
            }
        }
        bytes.extend(format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes());
        bytes.extend_from_slice(body);
        bytes
    }
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Value,
}

impl Answer {
    /// Reads one answer off a connection; none where it is closed first.
    pub fn read(stream: &mut TcpStream) -> Option<Self> {
        let mut head = Vec::new();
        let mut byte = [0];
        while !head.ends_with(b"\r\n\r\n") {
            match stream.read(&mut byte) {
                Ok(1) => head.push(byte[0]),
                _ => return None,
            }
        }
        let head = String::from_utf8(head).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            let length = name.eq_ignore_ascii_case("content-length");
            length.then(|| value.trim().parse().unwrap())
        });
        let mut body = vec![0; length.unwrap_or(0)];
        stream.read_exact(&mut body).unwrap();
        let body = match &*body {
            [] => Value::Null,
            body => serde_json::from_slice(body).unwrap(),
        };
        Some(Self { status, head, body })
    }

    /// Its code, where it is a refusal.
    pub fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or("-")
    }

    /// The codes of its violations, in their order.
    pub fn codes(&self) -> Vec<&str> {
        let all = self.body["violations"].as_array().into_iter().flatten();
        all.map(|v| v["code"].as_str().unwrap()).collect()
    }
}
