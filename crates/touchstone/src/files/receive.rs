//! A form with a file, read as it streams in: texts are kept, the file is held until it is whole.

use std::time::Duration;

use app::file::{Held, Holding};
use axum::{
    extract::{
        DefaultBodyLimit, FromRequest as _, Multipart, Request,
        multipart::{Field, MultipartError},
    },
    http::header,
};
use domain::{Message, Problem, ProblemCode};
use tokio::time::timeout;

/// Bytes of all texts together.
const TEXT_BYTES: usize = 4 * 1024 * 1024;
/// How much of a file that is too large is still read at least, so that its sender sees the answer.
const DRAIN_BYTES: u64 = 16 * 1024 * 1024;

/// What a form sent.
#[derive(Debug, Default)]
pub struct Received {
    /// The texts, by the names of their fields.
    pub fields: Vec<(String, String)>,
    /// The files that came and can be kept.
    pub files: Vec<Held>,
    /// What is wrong with how it came.
    pub problems: Vec<Problem>,
}

/// Why a form could not be read.
#[derive(Debug)]
pub enum Broken {
    /// It is no form with parts.
    NotAForm,
    /// It broke off, or is none inside.
    BrokeOff,
    /// Its next piece did not come in time.
    TooSlow,
    /// Its texts are too much.
    TooMuch,
    /// A fault of ours.
    Ours(app::Error),
}

impl From<app::Error> for Broken {
    fn from(error: app::Error) -> Self {
        Self::Ours(error)
    }
}

/// Reads a form whose files, of so many bytes at most each, stand in the field `file_field`: as many as `most`. Each piece
/// of it may take as long as `patience`.
pub async fn receive(
    request: Request,
    (file_field, most): (&str, usize),
    limit_bytes: u64,
    patience: Duration,
) -> Result<Received, Broken> {
    let (parts, body) = request.into_parts();
    let mut form = Request::new(body);
    if let Some(content_type) = parts.headers.get(header::CONTENT_TYPE) {
        form.headers_mut()
            .insert(header::CONTENT_TYPE, content_type.clone());
    }
    // Of a page's form the limit of others is in force.
    DefaultBodyLimit::disable().apply(&mut form);
    let mut form = Multipart::from_request(form, &())
        .await
        .map_err(|_| Broken::NotAForm)?;
    let mut received = Received::default();
    let (mut text_bytes, mut came) = (0, 0);
    while let Some(mut field) = in_time(patience, form.next_field()).await? {
        let name = field.name().unwrap_or_default().to_owned();
        if name != file_field {
            let text = text(&mut field, patience, &mut text_bytes).await?;
            match String::from_utf8(text) {
                Ok(text) => received.fields.push((name, text)),
                Err(wrong) => {
                    let value = String::from_utf8_lossy(wrong.as_bytes()).into_owned();
                    let message = Message::NotA {
                        value,
                        expected: "UTF-8".to_owned(),
                    };
                    received.problems.push(Problem::invalid(&name, message));
                }
            }
            continue;
        }
        match file(&mut field, limit_bytes, patience).await? {
            Came::Nothing => continue,
            Came::Whole(_) if came >= most => {
                let message = Message::Duplicate { value: name };
                received.problems.push(Problem::invalid(file_field, message));
            }
            Came::Whole(held) => received.files.push(held),
            Came::Wrong { code, message, rest } => {
                received.problems.push(Problem::new(code, file_field, message));
                if rest == Rest::Unread {
                    // The form cannot be read on behind it.
                    break;
                }
            }
        }
        came += 1;
    }
    Ok(received)
}

/// What is left of a file that is not kept.
#[derive(PartialEq, Eq)]
enum Rest {
    Read,
    Unread,
}

/// What came in a file's field.
enum Came {
    /// No file was chosen.
    Nothing,
    Whole(Held),
    Wrong {
        code: ProblemCode,
        message: Message,
        rest: Rest,
    },
}

async fn file(field: &mut Field<'_>, limit_bytes: u64, patience: Duration) -> Result<Came, Broken> {
    let name = field.file_name().unwrap_or_default().to_owned();
    let mut holding = Some(Holding::begin(limit_bytes).await?);
    let mut seen: u64 = 0;
    while let Some(bytes) = in_time(patience, field.chunk()).await? {
        seen = seen.saturating_add(bytes.len() as u64);
        if let Some(held) = &mut holding {
            if held.take(&bytes).await?.is_err() {
                holding = None;
            }
        } else if seen - limit_bytes > DRAIN_BYTES.max(limit_bytes) {
            let code = ProblemCode::Limit;
            let message = Message::FileTooLarge { limit_bytes };
            return Ok(Came::Wrong {
                code,
                message,
                rest: Rest::Unread,
            });
        }
    }
    let rest = Rest::Read;
    Ok(match holding {
        None => {
            let code = ProblemCode::Limit;
            let message = Message::FileTooLarge { limit_bytes };
            Came::Wrong { code, message, rest }
        }
        // What browsers send where nothing was chosen.
        Some(_) if seen == 0 && name.is_empty() => Came::Nothing,
        Some(_) if seen == 0 => {
            let code = ProblemCode::Invalid;
            let message = Message::FileEmpty { name };
            Came::Wrong { code, message, rest }
        }
        Some(held) => {
            let name = if name.is_empty() { "file" } else { &name };
            Came::Whole(held.finish(name).await?)
        }
    })
}

async fn text(field: &mut Field<'_>, patience: Duration, seen: &mut usize) -> Result<Vec<u8>, Broken> {
    let mut text = Vec::new();
    while let Some(bytes) = in_time(patience, field.chunk()).await? {
        *seen += bytes.len();
        if *seen > TEXT_BYTES {
            return Err(Broken::TooMuch);
        }
        text.extend_from_slice(&bytes);
    }
    Ok(text)
}

async fn in_time<T>(
    patience: Duration,
    piece: impl Future<Output = Result<T, MultipartError>>,
) -> Result<T, Broken> {
    match timeout(patience, piece).await {
        Ok(Ok(piece)) => Ok(piece),
        Ok(Err(error)) => {
            tracing::debug!(%error, "a form broke off");
            Err(Broken::BrokeOff)
        }
        Err(_) => Err(Broken::TooSlow),
    }
}
