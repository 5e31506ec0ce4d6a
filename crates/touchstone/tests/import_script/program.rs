//! The program, serving a workspace of the test's own.

use std::fs::{self, File, Permissions};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::{Value, json};
use tempfile::TempDir;
use test_support::TestDb;

const BINARY: &str = env!("CARGO_BIN_EXE_touchstone");

/// A server under way; it is ended with this value.
pub struct Program {
    /// Where it answers.
    pub url: String,
    /// A token of an analyst.
    pub token: String,
    server: Child,
    _data: Option<TempDir>,
}

impl Program {
    /// Serves a database of the shared Postgres, which is quick to come up.
    pub async fn start() -> Self {
        let database = TestDb::new().await;
        let place = ["--database-url", database.url()];
        let token = token(&place);
        let (server, url) = serve(&["serve"], &place, database.name());
        Self {
            url,
            token,
            server,
            _data: None,
        }
    }

    /// As a user runs it: with a Postgres of its own, which keeps statistics, as planning for many rows needs.
    pub fn up() -> Self {
        // As root, Postgres runs as another user, who must get through.
        let data = TempDir::with_prefix("touchstone-import-").unwrap();
        fs::set_permissions(data.path(), Permissions::from_mode(0o711)).unwrap();
        let place = ["--data-dir", data.path().to_str().unwrap()];
        let (server, url) = serve(&["up", "--no-demo"], &place, "up");
        let token = token(&place);
        Self {
            url,
            token,
            server,
            _data: Some(data),
        }
    }

    /// The data of a query's answer.
    pub fn ask(&self, query: &str) -> Value {
        let host = self.url.strip_prefix("http://").unwrap();
        let body = json!({ "query": query }).to_string();
        let mut stream = TcpStream::connect(host).unwrap();
        // HTTP/1.0: the answer is all that comes until the connection closes.
        write!(
            stream,
            "POST /graphql HTTP/1.0\r\nHost: {host}\r\nAuthorization: Bearer {}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.token,
            body.len()
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (_, json) = answer.split_once("\r\n\r\n").unwrap();
        let mut answer: Value = serde_json::from_str(json).unwrap();
        assert!(answer.get("errors").is_none(), "{answer}");
        answer["data"].take()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // Asked to, it also stops a Postgres that it started.
        let _ = kill(Pid::from_raw(self.server.id().cast_signed()), Signal::SIGTERM);
        let _ = self.server.wait();
    }
}

fn serve(command: &[&str], place: &[&str], name: &str) -> (Child, String) {
    let log = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.log"));
    let mut server = Command::new(BINARY)
        .args(command)
        .args(["--listen", "127.0.0.1:0"])
        .args(place)
        .stdout(Stdio::piped())
        .stderr(File::create(log).unwrap())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(server.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let url = line
        .trim()
        .strip_prefix("ready ")
        .unwrap_or_else(|| panic!("the server said {line:?}"));
    (server, url.to_owned())
}

/// A token of a new analyst.
fn token(place: &[&str]) -> String {
    let email = "ada@fund.example";
    run(
        &["user", "add", email, "--name", "Ada", "--role", "ANALYST"],
        place,
    );
    run(
        &["token", "create", "--user", email, "--scope", "READ,WRITE"],
        place,
    )
}

fn run(arguments: &[&str], place: &[&str]) -> String {
    let output = Command::new(BINARY).args(arguments).args(place).output().unwrap();
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}
