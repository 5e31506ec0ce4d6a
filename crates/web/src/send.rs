//! Running documents: reading for a page, writing for a form.

use std::sync::atomic::{AtomicU64, Ordering};

use axum::body::Bytes;
use axum::extract::{FromRequest as _, Request};
use axum::http::header;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::Site;
use crate::activity::field_word;
use crate::answer::{self, Outcome};
use crate::doors::{AddFile, CaptureFiles, FileField, HeldFile, Received, Write};
use crate::evidence::{EvidenceKind, EvidenceSource, Grade};
use crate::form::{Fault, Sent};
use crate::problem::Problem;
use crate::visit::{Visit, is_from_our_page};
use crate::words::Words;

/// The variables of a document.
pub(crate) fn variables(variables: &impl Serialize) -> Result<Value, Problem> {
    serde_json::to_value(variables)
        .map_err(|error| Problem::Failed(format!("variables that are no JSON: {error}")))
}

/// Reads for a page. Whoever has no session is asked to sign in before anything is run.
pub(crate) async fn read<T: DeserializeOwned>(
    site: &Site,
    visit: &Visit,
    document: String,
    variables: Value,
    operation: &str,
) -> Result<Outcome<T>, Problem> {
    if visit.session.0.is_none() {
        return Err(Problem::SignIn);
    }
    let response = site
        .doors
        .execute(&visit.session, visit.language, document, variables, operation)
        .await?;
    answer::read(response)
}

/// Reads one record for its page: what the server does not take for an id is no id of anything.
pub(crate) async fn read_record<T: DeserializeOwned>(
    site: &Site,
    visit: &Visit,
    document: String,
    variables: Value,
    operation: &str,
) -> Result<T, Problem> {
    match read(site, visit, document, variables, operation).await? {
        Outcome::Data(data) => Ok(data),
        Outcome::Refused(_) => Err(Problem::NotFound),
    }
}

/// What came of a form's mutation.
pub(crate) enum Written<T> {
    /// What the mutation answered, user errors among it.
    Done(T),
    /// The server did not take it, and says why: that it was sent before with other words in it, say.
    Refused(String),
}

impl<T> Written<T> {
    /// The part of what was answered that matters.
    pub(crate) fn map<U>(self, read: impl FnOnce(T) -> U) -> Written<U> {
        match self {
            Self::Done(done) => Written::Done(read(done)),
            Self::Refused(reason) => Written::Refused(reason),
        }
    }
}

/// Carries a form's mutation out, once for its key.
pub(crate) async fn write<T: DeserializeOwned>(
    site: &Site,
    visit: &Visit,
    document: &str,
    variables: &Value,
    operation: &str,
    key: &str,
) -> Result<Written<T>, Problem> {
    if visit.session.0.is_none() {
        return Err(Problem::SignIn);
    }
    let key = usable_key(visit, key);
    let write = Write {
        document,
        variables,
        operation,
        key: &key,
    };
    let response = site.doors.write(&visit.session, visit.language, write).await?;
    match answer::read(response)? {
        Outcome::Data(data) => Ok(Written::Done(data)),
        Outcome::Refused(reason) => Ok(Written::Refused(reason)),
    }
}

/// A form that may bring a file.
pub(crate) struct Parcel {
    pub(crate) sent: Sent,
    /// The file, if one was chosen that can be kept.
    pub(crate) file: Option<HeldFile>,
    /// Further files, of a form that takes several.
    pub(crate) more: Vec<HeldFile>,
    /// What is wrong with the file that was chosen.
    pub(crate) fault: Option<Fault>,
}

/// The name of the file that came along, among what was typed: for the form that is shown again without it.
pub(crate) const CHOSEN: &str = "chosen";

/// Reads a form of one of our own pages whose file, if any, stands in `file_field`. One without parts is read too.
pub(crate) async fn receive(
    site: &Site,
    visit: &Visit,
    request: Request,
    file_field: &str,
) -> Result<Parcel, Problem> {
    let field = FileField {
        name: file_field,
        most: 1,
    };
    receive_several(site, visit, request, field).await
}

/// Reads a form that may bring several files, as [`receive`] does.
pub(crate) async fn receive_several(
    site: &Site,
    visit: &Visit,
    request: Request,
    field: FileField<'_>,
) -> Result<Parcel, Problem> {
    let headers = request.headers();
    if !is_from_our_page(headers) {
        return Err(Problem::NotFromOurPage);
    }
    let content_type = headers.get(header::CONTENT_TYPE);
    let has_parts = content_type.is_some_and(|value| value.as_bytes().starts_with(b"multipart/"));
    if !has_parts {
        let body = Bytes::from_request(request, &())
            .await
            .map_err(|_| Problem::BrokenForm)?;
        return Ok(Parcel {
            sent: Sent::of_body(&body),
            file: None,
            more: Vec::new(),
            fault: None,
        });
    }
    let received = site
        .doors
        .receive(&visit.session, visit.language, request, field)
        .await?;
    let form = match received {
        Received::Form(form) => form,
        Received::SignIn => return Err(Problem::SignIn),
        Received::NotAllowed => return Err(Problem::NotAllowed),
        Received::Broken => return Err(Problem::BrokenForm),
    };
    let mut sent = Sent::of_fields(form.fields);
    sent.drop(CHOSEN);
    let mut files = form.files.into_iter();
    let (file, more) = (files.next(), files.collect());
    sent.put_some(CHOSEN, file.as_ref().map(|file| &file.name));
    Ok(Parcel {
        sent,
        file,
        more,
        fault: form
            .fault
            .map(|fault| Fault::new(field.name, plain(&fault, visit.words()))),
    })
}

/// Adds a document by file, once for its key.
pub(crate) async fn add_file<T: DeserializeOwned>(
    site: &Site,
    visit: &Visit,
    add: AddFile<'_>,
) -> Result<Written<T>, Problem> {
    if visit.session.0.is_none() {
        return Err(Problem::SignIn);
    }
    let key = usable_key(visit, add.key);
    let add = AddFile { key: &key, ..add };
    let response = site.doors.add_file(&visit.session, visit.language, add).await?;
    match answer::read(response)? {
        Outcome::Data(data) => Ok(Written::Done(data)),
        Outcome::Refused(reason) => Ok(Written::Refused(reason)),
    }
}

/// Keeps what was heard of with its files, once for its key.
pub(crate) async fn capture<T: DeserializeOwned>(
    site: &Site,
    visit: &Visit,
    capture: CaptureFiles<'_>,
) -> Result<Written<T>, Problem> {
    if visit.session.0.is_none() {
        return Err(Problem::SignIn);
    }
    let key = usable_key(visit, capture.key);
    let capture = CaptureFiles { key: &key, ..capture };
    let response = site
        .doors
        .capture(&visit.session, visit.language, capture)
        .await?;
    match answer::read(response)? {
        Outcome::Data(data) => Ok(Written::Done(data)),
        Outcome::Refused(reason) => Ok(Written::Refused(reason)),
    }
}

/// The key that a form came with, if it is one.
fn usable_key(visit: &Visit, key: &str) -> String {
    let is_key = (8..=80).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if is_key { key.to_owned() } else { fresh_key(visit) }
}

/// A key that no form had before.
pub(crate) fn fresh_key(visit: &Visit) -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let mut hash = Sha256::new();
    hash.update(visit.now.timestamp_nanos_opt().unwrap_or_default().to_be_bytes());
    hash.update(COUNT.fetch_add(1, Ordering::Relaxed).to_be_bytes());
    hash.update(std::process::id().to_be_bytes());
    // Where a container's process always has the same number, the place of this counter in memory differs.
    hash.update((&raw const COUNT as usize).to_be_bytes());
    hex::encode(hash.finalize())[..32].to_owned()
}

/// An address with a note of what was just done, which the page there tells.
pub(crate) fn with_note(address: &str, note: &str) -> String {
    let (page, anchor) = address
        .split_once('#')
        .map_or((address, None), |(p, a)| (p, Some(a)));
    let (path, query) = page.split_once('?').unwrap_or((page, ""));
    let kept = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(url::form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name != "did"))
        .append_pair("did", note)
        .finish();
    let anchor = anchor.map_or(String::new(), |anchor| format!("#{anchor}"));
    format!("{path}?{kept}{anchor}")
}

/// A sentence of the server's with its codes replaced by the words that the page shows for them.
pub(crate) fn plain(sentence: &str, words: &Words) -> String {
    let mut out = String::with_capacity(sentence.len());
    let is_code = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut rest = sentence;
    while let Some(at) = rest.find(is_code) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find(|c| !is_code(c)).unwrap_or(rest.len());
        let (token, after) = rest.split_at(end);
        out.push_str(word_of(token, words).unwrap_or(token));
        rest = after;
    }
    out.push_str(rest);
    let out = out.replace('`', "");
    let mut letters = out.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => out,
    }
}

fn word_of(token: &str, words: &Words) -> Option<&'static str> {
    let is_upper = token.len() > 2 && token.bytes().all(|b| b.is_ascii_uppercase() || b == b'_');
    if is_upper {
        return Grade::from_code(token)
            .map(|grade| grade.word(words))
            .or_else(|| EvidenceKind::from_code(token).map(|kind| kind.word(words)))
            .or_else(|| EvidenceSource::from_code(token).map(|source| source.word(words)))
            .or_else(|| crate::evidence::ActivityWindow::from_code(token).map(|window| window.word(words)));
    }
    let f = words.form();
    // Only names that are no words of English.
    Some(match token {
        "horizonDays" => f.horizon_days,
        "validUntil" => f.valid_until,
        "revenueBasis" => f.revenue_basis,
        "sampleSize" => f.sample_size,
        "checked" => f.checked,
        "oneLiner" | "previousFocus" | "technicalRoute" | "ownsTrainingData" | "usageFlywheel"
        | "claimsLargeModel" | "foundedOn" | "pivotedOn" | "productLaunchedOn" | "sectorIds"
        | "competitorIds" => field_word(token, words),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language;

    #[test]
    fn a_note_goes_before_the_anchor_and_replaces_the_last_one() {
        for (address, expected) in [
            ("/startups/x", "/startups/x?did=saved"),
            (
                "/startups/x?did=undone#evidence",
                "/startups/x?did=saved#evidence",
            ),
            ("/startups/x?after=a%3D", "/startups/x?after=a%3D&did=saved"),
        ] {
            assert_eq!(with_note(address, "saved"), expected);
        }
    }

    #[test]
    fn codes_in_the_servers_sentences_become_words() {
        let (en, zh) = (Words::of(Language::En), Words::of(Language::Zh));
        assert_eq!(
            plain(
                "DOCUMENTED needs a document or a link; without one it is CLAIMED",
                en
            ),
            "Documented needs a document or a link; without one it is Claimed"
        );
        assert_eq!(
            plain("DOCUMENTED 需要文件或链接；否则为 CLAIMED", zh),
            "有凭据 需要文件或链接；否则为 声称"
        );
        assert_eq!(plain("\"X\" is no domain", en), "\"X\" is no domain");
    }
}
