//! The program from outside: started, asked, told to stop, killed.
#![allow(dead_code, reason = "each test file uses its part")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests may fail the test"
)]

pub mod socket;

use std::{
    fs,
    io::{BufRead, BufReader},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Output, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::{Duration, Instant},
};

use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use serde_json::{Value, json};

/// How long anything may take before the test gives up; a machine may be busy.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// Looks again and again until something is there.
pub fn wait_for<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < deadline, "waited in vain for {what}");
        thread::sleep(Duration::from_millis(20));
    }
}

/// A data directory of one test. It can be entered by others, as root's Postgres runs as somebody else.
pub struct Home {
    dir: tempfile::TempDir,
}

impl Home {
    pub fn new() -> Self {
        let dir = tempfile::Builder::new()
            .permissions(fs::Permissions::from_mode(0o711))
            .tempdir()
            .unwrap();
        Self { dir }
    }
    pub fn data(&self) -> PathBuf {
        self.dir.path().join("data")
    }
    /// The program with this data directory, and nothing of the tester's own settings.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program(arguments);
        command
            .arg("--data-dir")
            .arg(self.data())
            .arg("--no-install")
            .current_dir(self.dir.path());
        command
    }
    /// `up` without the demonstration, on a port of its own.
    pub fn up(&self) -> Running {
        Running::start(self.command(&["up", "--no-demo", "--listen", "127.0.0.1:0"]))
    }
    /// What a command that succeeds says.
    pub fn said_by(&self, arguments: &[&str]) -> String {
        said(&self.command(arguments).output().unwrap())
    }
    /// The process of the Postgres that runs here.
    pub fn postmaster(&self) -> i32 {
        let text = fs::read_to_string(self.data().join("postgres/postmaster.pid")).unwrap();
        text.lines().next().unwrap().parse().unwrap()
    }
    /// What Postgres itself says of the cluster.
    pub fn cluster_state(&self) -> String {
        let control = fs::read(self.data().join("postgres/global/pg_control")).unwrap();
        // Read here, as not every installation has pg_controldata: behind the cluster's id and two versions.
        match u32::from_ne_bytes(control[16..20].try_into().unwrap()) {
            1 => "shut down".to_owned(),
            6 => "in production".to_owned(),
            other => format!("state {other}"),
        }
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        // Nothing may be left running, whatever the test ran into.
        if let Ok(text) = fs::read_to_string(self.data().join("postgres/postmaster.pid"))
            && let Some(Ok(pid)) = text.lines().next().map(str::parse::<i32>)
            && fs::read_link(format!("/proc/{pid}/cwd")).is_ok_and(|cwd| cwd.starts_with(self.dir.path()))
        {
            let _ = kill(Pid::from_raw(pid), Signal::SIGQUIT);
        }
    }
}

/// The program, with nothing of the tester's own settings.
pub fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_touchstone"));
    command.args(arguments);
    for name in [
        "DATABASE_URL",
        "TOUCHSTONE_DATA_DIR",
        "TOUCHSTONE_DEMO",
        "TOUCHSTONE_DEMO_DATE",
        "TOUCHSTONE_NO_DEMO",
        "TOUCHSTONE_LISTEN",
        "TOUCHSTONE_LOG",
    ] {
        command.env_remove(name);
    }
    command
}

/// What a command that succeeded said.
pub fn said(output: &Output) -> String {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {errors}", output.status);
    String::from_utf8(output.stdout.clone())
        .unwrap()
        .trim()
        .to_owned()
}

/// The program while it runs. Dropped, it is killed.
pub struct Running {
    child: Child,
    lines: Receiver<String>,
    heard: Vec<String>,
    log: tempfile::NamedTempFile,
    /// Where it answers.
    pub url: String,
}

impl Running {
    /// Starts it and waits until it serves.
    pub fn start(mut command: Command) -> Self {
        let log = tempfile::NamedTempFile::new().unwrap();
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log.reopen().unwrap())
            .spawn()
            .unwrap();
        let (said, lines) = channel();
        let out = BufReader::new(child.stdout.take().unwrap());
        thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                let _ = said.send(line);
            }
        });
        let mut running = Self {
            child,
            lines,
            heard: Vec::new(),
            log,
            url: String::new(),
        };
        let Ok(line) = running.lines.recv_timeout(PATIENCE) else {
            panic!("it did not become ready: {}", running.log());
        };
        line.strip_prefix("ready ")
            .unwrap_or_else(|| panic!("{line:?} comes before the ready line"))
            .clone_into(&mut running.url);
        running.heard.push(line);
        running
    }
    /// The next line that it says on stdout.
    pub fn next_line(&mut self) -> String {
        let line = self.lines.recv_timeout(PATIENCE).unwrap();
        self.heard.push(line.clone());
        line
    }
    pub fn pid(&self) -> i32 {
        self.child.id() as i32
    }
    /// What it said on stderr so far.
    pub fn log(&self) -> String {
        fs::read_to_string(self.log.path()).unwrap()
    }
    pub fn signal(&self, signal: Signal) {
        kill(Pid::from_raw(self.pid()), signal).unwrap();
    }
    /// Waits until it ends, and gives how it did and all that it said on stdout.
    pub fn ended(mut self) -> (ExitStatus, Vec<String>) {
        let status = wait_for("the program's end", || self.child.try_wait().unwrap());
        while let Ok(line) = self.lines.recv_timeout(PATIENCE) {
            self.heard.push(line);
        }
        (status, std::mem::take(&mut self.heard))
    }
    /// Asks it to stop, and gives how it did and all that it said on stdout.
    pub fn stop(self) -> (ExitStatus, Vec<String>) {
        self.signal(Signal::SIGTERM);
        self.ended()
    }
    pub fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Asks `url`'s API something, as the owner of a token; gives the answer, or why there is none.
pub fn try_ask(url: &str, token: &str, query: &str, variables: &Value) -> Result<Value, String> {
    try_send(url, token, None, query, variables)
}

/// The same under an idempotency key.
pub fn try_send(
    url: &str,
    token: &str,
    key: Option<&str>,
    query: &str,
    variables: &Value,
) -> Result<Value, String> {
    let body = json!({ "query": query, "variables": variables });
    let mut request =
        ureq::post(format!("{url}/graphql")).header("Authorization", &format!("Bearer {token}"));
    if let Some(key) = key {
        request = request.header("Idempotency-Key", key);
    }
    let answer: Value = request
        .config()
        .http_status_as_error(false)
        .timeout_global(Some(PATIENCE))
        .build()
        .send_json(&body)
        .and_then(|mut answer| answer.body_mut().read_json())
        .map_err(|error| error.to_string())?;
    if answer.get("errors").is_some() {
        return Err(answer.to_string());
    }
    Ok(answer["data"].clone())
}

/// Asks `url`'s API something that it answers.
pub fn ask(url: &str, token: &str, query: &str, variables: &Value) -> Value {
    try_ask(url, token, query, variables).unwrap_or_else(|error| panic!("{query}: {error}"))
}

/// Creates a startup and gives its id.
pub fn create_startup(url: &str, token: &str, name: &str) -> String {
    let made = ask(
        url,
        token,
        "mutation($name: String!) { createStartup(input: { name: $name }) { startup { id } userErrors { message } } }",
        &json!({ "name": name }),
    );
    made["createStartup"]["startup"]["id"]
        .as_str()
        .unwrap_or_else(|| panic!("{made}"))
        .to_owned()
}

/// The names of all startups, in order.
pub fn names(url: &str, token: &str) -> Vec<String> {
    let all = ask(
        url,
        token,
        "{ startups(first: 200) { nodes { name } } }",
        &json!({}),
    );
    let nodes = all["startups"]["nodes"].as_array().unwrap();
    nodes
        .iter()
        .map(|node| node["name"].as_str().unwrap().to_owned())
        .collect()
}

/// Whether a process is there and has not ended.
pub fn is_alive(pid: i32) -> bool {
    let stat = fs::read_to_string(Path::new("/proc").join(pid.to_string()).join("stat"));
    stat.is_ok_and(|stat| {
        !stat
            .rsplit_once(") ")
            .is_some_and(|(_, rest)| rest.starts_with(['Z', 'X']))
    })
}
