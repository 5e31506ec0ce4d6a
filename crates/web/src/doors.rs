//! What the pages need from the server that carries them: an executor for documents, and the sign-in link.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use axum::extract::Request;
use chrono::{DateTime, Utc};
use futures::future::BoxFuture;

use crate::Language;
use crate::demo::{Demo, Turn, Turned};

/// The value of the session cookie, or its absence. Never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionSecret(pub Option<String>);

impl fmt::Debug for SessionSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() {
            "SessionSecret(hidden)"
        } else {
            "SessionSecret(none)"
        })
    }
}

/// Whom a sign-in link would sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkInfo {
    /// The person's name.
    pub user_name: String,
    /// The person's e-mail address.
    pub email: String,
    /// The name of the workspace.
    pub workspace_name: String,
    /// Whether the workspace holds the demo data.
    pub is_demo: bool,
}

/// A session just made by a sign-in link.
#[derive(Clone, PartialEq, Eq)]
pub struct NewSession {
    /// The cookie's value: letters, digits, `-` and `_`.
    pub cookie_value: String,
    /// When the session ends.
    pub expires_at: DateTime<Utc>,
}

/// A door that did not open for a reason that is nobody's input.
#[derive(Debug, thiserror::Error)]
pub enum DoorError {
    /// The server failed; the words are for the log, not for the page.
    #[error("{0}")]
    Failed(String),
}

/// One mutation that a form asks for.
#[derive(Clone, Copy, Debug)]
pub struct Write<'a> {
    /// The document, of one mutation.
    pub document: &'a str,
    /// Its variables.
    pub variables: &'a serde_json::Value,
    /// The name of the operation in it.
    pub operation: &'a str,
    /// The key under which its outcome is kept: letters, digits and `-`.
    pub key: &'a str,
}

/// A file that came with a form, and waits until it is added. It is gone with its last clone.
#[derive(Clone)]
pub struct HeldFile {
    /// What its sender calls it.
    pub name: String,
    /// The server's own hold on it.
    pub content: Arc<dyn Any + Send + Sync>,
}

impl fmt::Debug for HeldFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HeldFile")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// A form that may bring a file.
#[derive(Clone, Debug, Default)]
pub struct SentForm {
    /// What was typed, by the names of its fields.
    pub fields: Vec<(String, String)>,
    /// The files that were chosen and can be kept.
    pub files: Vec<HeldFile>,
    /// What is wrong with the file that was chosen, as a sentence for who sent it.
    pub fault: Option<String>,
}

/// What came of reading a form with a file.
#[derive(Clone, Debug)]
pub enum Received {
    /// What it sent.
    Form(SentForm),
    /// Nobody is signed in.
    SignIn,
    /// The holder of the session may not write.
    NotAllowed,
    /// It broke off, was too slow, or is none.
    Broken,
}

/// In which field of a form files may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileField<'a> {
    /// The field's name.
    pub name: &'a str,
    /// How many files at most.
    pub most: usize,
}

/// What quick add keeps, with files.
#[derive(Clone, Copy, Debug)]
pub struct CaptureFiles<'a> {
    /// What is said of it, by the names of the fields of `CaptureDealInput`.
    pub fields: &'a [(&'a str, String)],
    /// The files.
    pub files: &'a [HeldFile],
    /// The key under which its outcome is kept: letters, digits and `-`.
    pub key: &'a str,
}

/// A document by file that a form asks for.
#[derive(Clone, Copy, Debug)]
pub struct AddFile<'a> {
    /// What is said of it, by the names that `POST /documents` has for its fields.
    pub fields: &'a [(&'a str, String)],
    /// The file.
    pub file: &'a HeldFile,
    /// The key under which its outcome is kept: letters, digits and `-`.
    pub key: &'a str,
}

/// The doors behind the pages. The server that carries the pages implements it once.
pub trait Doors: Send + Sync + 'static {
    /// Runs one document as the holder of the session and gives the whole GraphQL response, errors included.
    ///
    /// A session that is absent, wrong or over answers with the error code `UNAUTHENTICATED`, or with a null
    /// `viewer`. Sentences made by the server come in `language`.
    fn execute<'a>(
        &'a self,
        session: &'a SessionSecret,
        language: Language,
        document: String,
        variables: serde_json::Value,
        operation: &'a str,
    ) -> BoxFuture<'a, Result<serde_json::Value, DoorError>>;

    /// Carries one mutation out as the holder of the session and gives the whole GraphQL response, as
    /// [`execute`](Self::execute) does.
    ///
    /// Sent again with the same key within 24 hours it does nothing and gives the first outcome: a form that is sent
    /// twice writes once. Another mutation under that key answers with the error code `BAD_USER_INPUT`.
    fn write<'a>(
        &'a self,
        session: &'a SessionSecret,
        language: Language,
        write: Write<'a>,
    ) -> BoxFuture<'a, Result<serde_json::Value, DoorError>>;

    /// Reads a form whose files, if it brings some, stand in `field`. Of who may not write nothing is read.
    fn receive<'a>(
        &'a self,
        session: &'a SessionSecret,
        language: Language,
        request: Request,
        field: FileField<'a>,
    ) -> BoxFuture<'a, Result<Received, DoorError>>;

    /// Adds a document by file as the holder of the session, and gives the response of the mutation `createDocument`, as
    /// [`write`](Self::write) does, to a document that asks for its `id`.
    fn add_file<'a>(
        &'a self,
        session: &'a SessionSecret,
        language: Language,
        add: AddFile<'a>,
    ) -> BoxFuture<'a, Result<serde_json::Value, DoorError>>;

    /// Keeps what somebody just heard of, with its files, as the holder of the session, and gives the response of the
    /// mutation `captureDeal`, as [`write`](Self::write) does, to a document that asks for the `id` of the deal's startup.
    fn capture<'a>(
        &'a self,
        session: &'a SessionSecret,
        language: Language,
        capture: CaptureFiles<'a>,
    ) -> BoxFuture<'a, Result<serde_json::Value, DoorError>>;

    /// Says whom a sign-in link would sign in, and changes nothing. `None`: wrong, used or expired.
    fn look_at_link<'a>(&'a self, secret: &'a str) -> BoxFuture<'a, Result<Option<LinkInfo>, DoorError>>;

    /// Uses a sign-in link up. `None`: wrong, used or expired; of two at one moment, one gets the session.
    fn redeem_link<'a>(&'a self, secret: &'a str) -> BoxFuture<'a, Result<Option<NewSession>, DoorError>>;

    /// Ends a session; one that is not there is no error.
    fn sign_out<'a>(&'a self, session: &'a SessionSecret) -> BoxFuture<'a, Result<(), DoorError>>;

    /// The demonstration that the server serves, if it is one.
    fn demo(&self) -> Option<Demo> {
        None
    }

    /// Has the server serve another workspace than the demonstration, as the holder of the session asks.
    fn turn<'a>(
        &'a self,
        _session: &'a SessionSecret,
        _turn: Turn,
    ) -> BoxFuture<'a, Result<Turned, DoorError>> {
        Box::pin(async { Ok(Turned::NotForYou) })
    }
}
