//! The program serving a database of its own, with limits from a configuration file, and a client for it.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
};

use app::{App, Caller, Clock, Identity, Secret};
use domain::{Role, Scope, UserId};
use serde_json::{Value, json};
use tempfile::TempDir;
use test_support::TestDb;

/// The media type whose status tells what went wrong.
const GRAPHQL: &str = "application/graphql-response+json";

pub struct Server {
    child: Child,
    _home: TempDir,
    pub db: TestDb,
    /// The same workspace, without the server.
    pub app: App,
    /// `127.0.0.1:PORT`.
    pub address: String,
    pub user: UserId,
    /// The token of the first user.
    pub token: String,
}

/// An answer.
pub struct Told {
    pub status: u16,
    pub body: Value,
    headers: ureq::http::HeaderMap,
}

impl Told {
    /// The code of the first error, empty without one.
    pub fn code(&self) -> &str {
        self.body["errors"][0]["extensions"]["code"]
            .as_str()
            .unwrap_or_default()
    }
    pub fn message(&self) -> &str {
        self.body["errors"][0]["message"].as_str().unwrap_or_default()
    }
    pub fn complexity(&self) -> u64 {
        let cost = &self.body["extensions"]["cost"];
        cost["complexity"]
            .as_u64()
            .unwrap_or_else(|| panic!("no cost in {}", self.body))
    }
    pub fn header(&self, name: &str) -> Option<u64> {
        self.headers.get(name)?.to_str().ok()?.parse().ok()
    }
    /// That it was answered.
    #[track_caller]
    pub fn is_answered(&self) -> &Self {
        assert!(
            self.status == 200 && self.body["errors"].is_null(),
            "{} {}",
            self.status,
            self.body
        );
        self
    }
    /// That it was refused with this status and code, in words that have all of these.
    #[track_caller]
    pub fn is_refused(&self, status: u16, code: &str, words: &[&str]) -> &Self {
        assert_eq!((self.status, self.code()), (status, code), "{}", self.body);
        for word in words {
            assert!(
                self.message().contains(word),
                "{word:?} is not in {:?}",
                self.message()
            );
        }
        assert!(self.body["data"].is_null(), "{}", self.body);
        self
    }
}

impl Server {
    /// Serves with these lines in the file's table of limits.
    pub async fn start(limits: &str) -> Self {
        Self::start_with("", limits).await
    }

    /// The same with more lines at the head of the file.
    pub async fn start_with(settings: &str, limits: &str) -> Self {
        let db = TestDb::new().await;
        let pool = storage::Database::connect(db.url(), &storage::Options::default())
            .await
            .unwrap();
        let app = App::open(pool, Clock::system()).await.unwrap();
        let home = TempDir::new().unwrap();
        let file = home.path().join("touchstone.toml");
        fs::write(
            &file,
            format!("listen = \"127.0.0.1:0\"\nlog = \"warn\"\n{settings}\n[limits]\n{limits}\n"),
        )
        .unwrap();
        let log = fs::File::create(home.path().join("log")).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_touchstone"))
            .arg("serve")
            .env_clear()
            .env("HOME", home.path())
            .env("TOUCHSTONE_CONFIG", &file)
            .env("DATABASE_URL", db.url())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let Some(address) = line.trim().strip_prefix("ready http://").map(str::to_owned) else {
            let said = fs::read_to_string(home.path().join("log")).unwrap();
            panic!("not ready: {line}{said}");
        };
        let user = add_user(&app, "ada@fund.example").await;
        let token = token_of(&app, user).await;
        Self {
            child,
            _home: home,
            db,
            app,
            address,
            user,
            token,
        }
    }

    /// A token of another user.
    pub async fn other_token(&self) -> String {
        let user = add_user(&self.app, "bo@fund.example").await;
        token_of(&self.app, user).await
    }

    pub fn system(&self) -> Caller {
        Caller::new(&self.app, Identity::System)
    }

    pub fn post(&self, token: &str, body: &str) -> Told {
        let mut answer = agent()
            .post(format!("http://{}/graphql", self.address))
            .header("Authorization", format!("Bearer {token}"))
            .header("Content-Type", "application/json")
            .header("Accept", GRAPHQL)
            .send(body)
            .unwrap();
        Told {
            status: answer.status().as_u16(),
            headers: answer.headers().clone(),
            body: answer.body_mut().read_json().unwrap(),
        }
    }

    pub fn query(&self, document: &str) -> Told {
        self.post(&self.token, &json!({ "query": document }).to_string())
    }

    /// A new sign-in link's secret for the first user.
    pub async fn link(&self) -> String {
        let link = self.system().make_link(self.user).await.unwrap();
        link.reveal().to_owned()
    }

    /// What a page answers a signed-in browser: the status and the text.
    pub async fn page(&self, path: &str) -> (u16, String) {
        let link = Secret::sent(self.link().await);
        let session = self.app.redeem_link(&link).await.unwrap().unwrap();
        let cookie = format!("{}={}", touchstone_http::SESSION_COOKIE, session.secret.reveal());
        let mut answer = agent()
            .get(format!("http://{}{path}", self.address))
            .header("Cookie", cookie)
            .call()
            .unwrap();
        (
            answer.status().as_u16(),
            answer.body_mut().read_to_string().unwrap(),
        )
    }

    /// Asks the server to stop, as a service manager does.
    pub fn terminate(&self) {
        let pid = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-TERM", &pid])
                .status()
                .unwrap()
                .success()
        );
    }

    /// Whether it ended by itself, and well.
    pub fn ended(&mut self) -> Option<bool> {
        self.child.try_wait().unwrap().map(|status| status.success())
    }

    /// Takes the rights of the token away.
    pub async fn revoke(&self) {
        let system = self.system();
        let found = system
            .token_by_secret(&Secret::sent(self.token.as_str()))
            .await
            .unwrap()
            .unwrap();
        system
            .revoke_token(found.id, "revokeToken")
            .await
            .unwrap()
            .unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A client that takes every status as an answer, and follows no redirect.
pub fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .timeout_global(Some(std::time::Duration::from_mins(1)))
        .build()
        .into()
}

async fn add_user(app: &App, email: &str) -> UserId {
    let system = Caller::new(app, Identity::System);
    system
        .add_user(email.to_owned(), "Ada".to_owned(), Role::Partner)
        .await
        .unwrap()
        .unwrap()
}

async fn token_of(app: &App, user: UserId) -> String {
    let system = Caller::new(app, Identity::System);
    let scopes = vec![Scope::Read, Scope::Write];
    let made = system
        .create_token(Some(user), "limits".to_owned(), scopes, None, "createToken")
        .await;
    made.unwrap().unwrap().secret.unwrap()
}
