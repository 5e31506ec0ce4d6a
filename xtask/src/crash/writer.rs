//! A writer: sends one mutation after the other, and repeats each under its key until it is acknowledged.

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};

use super::api::{Answer, Api};
use super::ledger::{Acknowledged, Ledger};

/// How long a request may stay unanswered: longer than any recovery.
const PATIENCE: Duration = Duration::from_mins(2);
/// Between two tries of a request.
const PAUSE: Duration = Duration::from_millis(100);

/// What all writers and the one who kills share.
#[derive(Default)]
pub struct Shared {
    url: Mutex<String>,
    /// Writes that were sent and not yet answered.
    pub in_flight: AtomicUsize,
    /// Writes that were acknowledged and noted.
    pub acknowledged: AtomicU64,
    /// Writes that were sent again because no answer had come.
    pub repeated: AtomicU64,
    /// No new requests: those begun are brought to their end.
    pub stopping: AtomicBool,
}

impl Shared {
    /// Where the program answers now.
    pub fn url(&self) -> String {
        self.url.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
    pub fn moved_to(&self, url: &str) {
        url.clone_into(&mut self.url.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

/// One of the writers, with what it knows of its startups.
pub struct Writer {
    number: u32,
    seed: u64,
    random: StdRng,
    api: Api,
    ledger: Ledger,
    startups: Vec<Startup>,
    sent: u32,
}

struct Startup {
    id: String,
    version: i64,
}

/// A request that is to be carried out once.
enum Request {
    Create { name: String },
    Record { startup: usize, note: String },
    Update { startup: usize, one_liner: String },
}

impl Writer {
    pub fn new(number: u32, seed: u64, token: String, ledger: Ledger) -> Self {
        Self {
            number,
            seed,
            random: StdRng::seed_from_u64(seed ^ (u64::from(number) + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15)),
            api: Api::new(token),
            ledger,
            startups: Vec::new(),
            sent: 0,
        }
    }

    /// Writes until it is told to stop.
    pub fn run(mut self, shared: &Shared) -> Result<()> {
        while !shared.stopping.load(Ordering::Acquire) {
            self.sent += 1;
            let request = self.choose();
            let acknowledged = self.carry_out(&request, shared)?;
            self.ledger.note(&acknowledged)?;
            shared.acknowledged.fetch_add(1, Ordering::AcqRel);
        }
        Ok(())
    }

    /// The next request. Its words name it, so that one carried out twice is seen.
    fn choose(&mut self) -> Request {
        let name = format!("w{:02}n{:05}", self.number, self.sent);
        let draw = self.random.random_range(0..100);
        if self.startups.is_empty() || draw < 35 {
            return Request::Create { name };
        }
        let startup = self.random.random_range(0..self.startups.len());
        if draw < 70 {
            Request::Record { startup, note: name }
        } else {
            Request::Update {
                startup,
                one_liner: name,
            }
        }
    }

    fn carry_out(&mut self, request: &Request, shared: &Shared) -> Result<Acknowledged> {
        let body = self.body(request).to_string();
        let key = format!("crash-{}-{}-{}", self.seed, self.number, self.sent);
        let deadline = Instant::now() + PATIENCE;
        loop {
            let url = shared.url();
            shared.in_flight.fetch_add(1, Ordering::AcqRel);
            let answer = self.api.send(&url, &body, Some(&key));
            shared.in_flight.fetch_sub(1, Ordering::AcqRel);
            match answer {
                Answer::Data(data) => return self.acknowledged(request, &data),
                Answer::Refused(why) => bail!("{key} was refused: {why}"),
                Answer::Nothing(why) if Instant::now() > deadline => {
                    bail!("{key} was not answered for {} s: {why}", PATIENCE.as_secs())
                }
                Answer::Nothing(_) => {
                    shared.repeated.fetch_add(1, Ordering::AcqRel);
                    sleep(PAUSE);
                }
            }
        }
    }

    fn body(&self, request: &Request) -> Value {
        match request {
            Request::Create { name } => json!({
                "query": "mutation($input: CreateStartupInput!) { write: createStartup(input: $input) {
                    startup { id version } userErrors { code message } } }",
                "variables": { "input": { "name": name } },
            }),
            Request::Record { startup, note } => json!({
                "query": "mutation($input: RecordEvidenceInput!) { write: recordEvidence(input: $input) {
                    evidence { id } userErrors { code message } } }",
                "variables": { "input": {
                    "startup": self.startups[*startup].id,
                    "kind": "PAYING_CUSTOMERS",
                    "source": "CUSTOMER_CALL",
                    "value": "12",
                    "observedOn": "2025-01-15",
                    "note": note,
                } },
            }),
            Request::Update { startup, one_liner } => json!({
                "query": "mutation($input: UpdateStartupInput!) { write: updateStartup(input: $input) {
                    startup { id version } userErrors { code message } } }",
                "variables": { "input": {
                    "id": self.startups[*startup].id,
                    "version": self.startups[*startup].version,
                    "oneLiner": one_liner,
                } },
            }),
        }
    }

    /// Reads what was promised. A repeated request must be answered as the first would have been, so a refusal here is
    /// a broken promise, such as TAKEN for a startup that the first try has made.
    fn acknowledged(&mut self, request: &Request, data: &Value) -> Result<Acknowledged> {
        let payload = &data["write"];
        if payload["userErrors"]
            .as_array()
            .is_none_or(|errors| !errors.is_empty())
        {
            bail!("writer {}, request {}: {payload}", self.number, self.sent);
        }
        let id = |record: &Value| {
            let id = record["id"].as_str();
            Ok::<_, anyhow::Error>(
                id.with_context(|| format!("{payload} names no record"))?
                    .to_owned(),
            )
        };
        let version = || {
            payload["startup"]["version"]
                .as_i64()
                .context("no version came back")
        };
        Ok(match request {
            Request::Create { name } => {
                let id = id(&payload["startup"])?;
                self.startups.push(Startup {
                    id: id.clone(),
                    version: version()?,
                });
                Acknowledged::Startup {
                    id,
                    name: name.clone(),
                }
            }
            Request::Record { startup, note } => Acknowledged::Evidence {
                id: id(&payload["evidence"])?,
                startup: self.startups[*startup].id.clone(),
                note: note.clone(),
            },
            Request::Update { startup, one_liner } => {
                let startup = &mut self.startups[*startup];
                startup.version = version()?;
                Acknowledged::Update {
                    startup: startup.id.clone(),
                    version: startup.version,
                    one_liner: one_liner.clone(),
                }
            }
        })
    }
}
