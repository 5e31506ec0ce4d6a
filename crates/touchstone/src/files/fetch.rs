//! Handing a file out, piece by piece, so that no browser takes it for a page of ours.

use std::fmt::Write as _;

use app::file::Content;
use axum::{
    body::Body,
    extract::{Path, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Redirect, Response},
};
use domain::{DocumentId, person::DocumentFile};
use futures::stream;
use touchstone_http::{AsItIs, Credentials};

use super::{Files, told};
use crate::gate;

/// What a browser may show in place; all else it is to save. No type in which something can run.
const SHOWN: [&str; 5] = [PDF, "image/gif", "image/jpeg", "image/png", "image/webp"];
const PDF: &str = "application/pdf";

/// Nothing is loaded and nothing runs.
const NOTHING: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";
/// A browser shows a PDF through a page of its own, which a sandbox would keep shut and which brings an inline style and an
/// embedded object. Sent as this type, with `nosniff`, the bytes cannot become a page that runs anything of ours.
const VIEWER: &str =
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'";

pub async fn fetch(State(files): State<Files>, Path(id): Path<String>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let shown = match files.entrance.read(&parts, false) {
        Ok(shown) => shown,
        Err(refusal) => return *refusal,
    };
    let (caller, standing) = match files.admit(&shown).await {
        Ok(admitted) => admitted,
        Err(refusal) => {
            let is_token = matches!(shown.credentials, Credentials::Bearer(_));
            if refusal.status() == StatusCode::UNAUTHORIZED && !is_token && is_browser(&parts.headers) {
                return Redirect::to(&format!("/login?next={}", parts.uri.path())).into_response();
            }
            return *refusal;
        }
    };
    let found = match id.parse::<DocumentId>() {
        Ok(id) => caller.document_content(id).await,
        // What is no id may not read either.
        Err(_) => caller.reader().await.map(|_| None),
    };
    let mut response = match found {
        Ok(Some((file, content))) => handed_out(&parts.headers, file, content),
        Ok(None) => told::nothing(&id, gate::language(shown.language)),
        Err(error) => gate::failed(&files.entrance, error, &shown),
    };
    response.headers_mut().extend(standing);
    response
}

/// Whether a person follows a link.
fn is_browser(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}

fn handed_out(asked: &HeaderMap, file: DocumentFile, content: Content) -> Response {
    let tag = format!("\"{}\"", file.sha256);
    let mut headers = HeaderMap::from_iter([
        (
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        ),
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(if file.media_type == PDF { VIEWER } else { NOTHING }),
        ),
        // Kept by one browser, and asked for again each time: rights may have changed.
        (
            header::CACHE_CONTROL,
            HeaderValue::from_static("private, no-cache"),
        ),
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    ]);
    let written = [
        (header::ETAG, tag.clone()),
        (header::CONTENT_TYPE, content_type(&file.media_type)),
        (header::CONTENT_DISPOSITION, disposition(&file)),
    ];
    for (name, value) in written {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
    if is_known(asked, &tag) {
        headers.remove(header::CONTENT_TYPE);
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    headers.insert(header::CONTENT_LENGTH, file.byte_size.into());
    let pieces = stream::try_unfold(content, |mut content| async {
        let piece = content.next().await?;
        Ok::<_, app::Error>(piece.map(|piece| (piece, content)))
    });
    let mut response = (headers, Body::from_stream(pieces)).into_response();
    response.extensions_mut().insert(AsItIs);
    response
}

fn content_type(media_type: &str) -> String {
    if media_type == "text/plain" {
        format!("{media_type}; charset=utf-8")
    } else {
        media_type.to_owned()
    }
}

/// Whether to show or to save it, and under which name (RFC 6266, RFC 8187).
fn disposition(file: &DocumentFile) -> String {
    let how = if SHOWN.contains(&file.media_type.as_str()) {
        "inline"
    } else {
        "attachment"
    };
    let mut name = String::new();
    for byte in file.name.bytes() {
        if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
            name.push(byte.into());
        } else {
            // Writing to a String cannot fail.
            let _ = write!(name, "%{byte:02X}");
        }
    }
    format!("{how}; filename*=UTF-8''{name}")
}

/// Whether who asks has these very bytes.
fn is_known(asked: &HeaderMap, tag: &str) -> bool {
    asked
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may fail")]
mod tests {
    use super::*;

    fn file(name: &str, media_type: &str) -> DocumentFile {
        DocumentFile {
            id: "file_01h455vb4pex5vsknk084sn02q".parse().unwrap(),
            name: name.into(),
            media_type: media_type.into(),
            byte_size: 1,
            sha256: "00".into(),
        }
    }

    #[test]
    fn a_name_in_any_script_is_carried_and_breaks_no_header() {
        for (name, media_type, expected) in [
            ("a b.pdf", PDF, "inline; filename*=UTF-8''a%20b.pdf"),
            (
                "计划.zip",
                "application/zip",
                "attachment; filename*=UTF-8''%E8%AE%A1%E5%88%92.zip",
            ),
            (
                "x\"\r\nSet-Cookie: a=b'%.svg",
                "image/svg+xml",
                "attachment; filename*=UTF-8''x%22%0D%0ASet-Cookie%3A%20a%3Db%27%25.svg",
            ),
        ] {
            assert_eq!(disposition(&file(name, media_type)), expected);
        }
    }

    #[test]
    fn only_what_cannot_run_is_shown_in_place() {
        for media_type in [
            "text/html",
            "image/svg+xml",
            "text/xml",
            "text/plain",
            "application/octet-stream",
        ] {
            assert!(
                disposition(&file("x", media_type)).starts_with("attachment"),
                "{media_type}"
            );
        }
    }

    #[test]
    fn bytes_that_are_known_are_told_by_any_of_their_tags() {
        for (sent, known) in [
            ("\"aa\"", true),
            ("\"bb\", W/\"aa\"", true),
            ("*", true),
            ("\"bb\"", false),
            ("aa", false),
        ] {
            let headers = HeaderMap::from_iter([(header::IF_NONE_MATCH, sent.parse().unwrap())]);
            assert_eq!(is_known(&headers, "\"aa\""), known, "{sent}");
        }
    }
}
