//! What a page knows of the request it answers: language, theme, session, address.

use std::convert::Infallible;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri, header};
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use url::form_urlencoded;

use crate::words::Words;
use crate::{Language, SessionSecret, Site};

/// The cookie that holds the session.
pub(crate) const SESSION_COOKIE: &str = "touchstone_session";
/// The cookies of a browser's choices.
pub(crate) const LANGUAGE_COOKIE: &str = "lang";
pub(crate) const THEME_COOKIE: &str = "theme";
pub(crate) const KEYS_COOKIE: &str = "keys";

/// Colours as the reader chose them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Theme {
    /// As the system has it.
    #[default]
    Auto,
    Light,
    Dark,
}

impl Theme {
    pub(crate) const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// As the cookie and `data-theme` write it.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.code() == code)
    }

    pub(crate) fn word(self, words: &Words) -> &'static str {
        match self {
            Self::Auto => words.theme_auto,
            Self::Light => words.theme_light,
            Self::Dark => words.theme_dark,
        }
    }
}

/// One request, read once.
pub(crate) struct Visit {
    pub(crate) language: Language,
    pub(crate) theme: Theme,
    /// Whether a single key does something.
    pub(crate) single_keys: bool,
    pub(crate) projector: bool,
    pub(crate) print: bool,
    pub(crate) session: SessionSecret,
    pub(crate) uri: Uri,
    pub(crate) now: DateTime<Utc>,
    pub(crate) request_id: String,
    /// Whether the browser came by https, so that its cookies may be kept to that.
    pub(crate) is_secure: bool,
    /// Whether a script asks, for what it puts into a page that is open.
    pub(crate) is_part: bool,
}

impl Visit {
    /// The query string, raw.
    pub(crate) fn query(&self) -> &str {
        self.uri.query().unwrap_or_default()
    }

    /// One parameter of the query string, if it says something.
    pub(crate) fn parameter(&self, name: &str) -> Option<String> {
        parameter(self.query(), name)
    }

    /// This page's address without what holds for one request: where a choice of language comes back to.
    pub(crate) fn lasting_address(&self) -> String {
        let kept = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(form_urlencoded::parse(self.query().as_bytes()).filter(|(name, _)| name != "lang"))
            .finish();
        if kept.is_empty() {
            self.uri.path().to_owned()
        } else {
            format!("{}?{kept}", self.uri.path())
        }
    }

    pub(crate) fn words(&self) -> &'static Words {
        Words::of(self.language)
    }

    /// A `Set-Cookie` value in the manner of all our cookies. `seconds` 0 removes the cookie.
    pub(crate) fn cookie(&self, name: &str, value: &str, seconds: i64) -> String {
        let secure = if self.is_secure { "; Secure" } else { "" };
        format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")
    }
}

impl FromRequestParts<Site> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Self::Rejection> {
        let (headers, query) = (&parts.headers, parts.uri.query().unwrap_or_default());
        let now = (site.config.clock)();
        let language = parameter(query, "lang")
            .as_deref()
            .and_then(Language::from_code)
            .or_else(|| cookie(headers, LANGUAGE_COOKIE).and_then(Language::from_code))
            .unwrap_or_else(|| {
                Language::from_accept_language(text(headers, header::ACCEPT_LANGUAGE.as_str()))
            });
        Ok(Self {
            language,
            theme: cookie(headers, THEME_COOKIE)
                .and_then(Theme::from_code)
                .unwrap_or_default(),
            single_keys: cookie(headers, KEYS_COOKIE) != Some("off"),
            projector: parameter(query, "display").as_deref() == Some("projector"),
            print: parameter(query, "print").as_deref() == Some("1"),
            session: SessionSecret(cookie(headers, SESSION_COOKIE).map(str::to_owned)),
            uri: parts.uri.clone(),
            now,
            request_id: request_id(text(headers, "x-request-id"), now),
            is_part: headers.contains_key("hx-request"),
            is_secure: site.config.is_secure() || is_forwarded_secure(headers),
        })
    }
}

/// Whether a proxy in front of the server was spoken to over https; of several, the first.
fn is_forwarded_secure(headers: &HeaderMap) -> bool {
    let forwarded = text(headers, "x-forwarded-proto").split(',').next();
    forwarded.is_some_and(|scheme| scheme.trim().eq_ignore_ascii_case("https"))
}

/// By which address the server was reached, without a path: `https://deals.example`. None where the request does not
/// name its host.
pub fn reached_at(headers: &HeaderMap) -> Option<String> {
    let host = text(headers, header::HOST.as_str());
    let scheme = if is_forwarded_secure(headers) {
        "https"
    } else {
        "http"
    };
    (!host.is_empty()).then(|| format!("{scheme}://{host}"))
}

/// Whether a form was sent by one of our own pages. Browsers say so; what says nothing is no browser, and then no
/// cookie came along against its user's will.
pub(crate) fn is_from_our_page(headers: &HeaderMap) -> bool {
    match text(headers, "sec-fetch-site") {
        "same-origin" | "none" => true,
        // Plain http on a name that is not localhost: only Origin tells.
        "" => match text(headers, header::ORIGIN.as_str()) {
            "" => true,
            origin => {
                let host = text(headers, header::HOST.as_str());
                !host.is_empty()
                    && origin
                        .split_once("://")
                        .is_some_and(|(_, from)| from.eq_ignore_ascii_case(host))
            }
        },
        _ => false,
    }
}

/// An address to go to after a form, if it stays on this site.
pub(crate) fn local_address(address: &str) -> Option<&str> {
    let stays = address.starts_with('/')
        && !address.starts_with("//")
        && !address.contains('\\')
        && address.bytes().all(|b| b.is_ascii_graphic());
    stays.then_some(address)
}

fn parameter(query: &str, name: &str) -> Option<String> {
    form_urlencoded::parse(query.as_bytes())
        .find(|(key, value)| key == name && !value.is_empty())
        .map(|(_, value)| value.into_owned())
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, value)| *key == name && !value.is_empty())
        .map(|(_, value)| value)
}

/// The number by which a log finds a request: the one it came with, else a new one.
fn request_id(given: &str, now: DateTime<Utc>) -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let readable = given
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
    if readable && (1..=64).contains(&given.len()) {
        return given.to_owned();
    }
    let mut hash = Sha256::new();
    hash.update(now.timestamp_nanos_opt().unwrap_or_default().to_be_bytes());
    hash.update(COUNT.fetch_add(1, Ordering::Relaxed).to_be_bytes());
    hash.update(std::process::id().to_be_bytes());
    hex::encode(hash.finalize())[..12].to_owned()
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| {
                (
                    HeaderName::from_bytes(name.as_bytes()).unwrap(),
                    HeaderValue::from_str(value).unwrap(),
                )
            })
            .collect()
    }

    #[test]
    fn only_our_own_pages_may_send_forms() {
        for (pairs, expected) in [
            (&[("sec-fetch-site", "same-origin"), ("origin", "null")][..], true),
            (&[("sec-fetch-site", "none")], true),
            (&[("sec-fetch-site", "cross-site")], false),
            (
                &[
                    ("sec-fetch-site", "same-site"),
                    ("origin", "http://a.example"),
                    ("host", "a.example"),
                ],
                false,
            ),
            (
                &[("origin", "http://a.example:7000"), ("host", "a.example:7000")],
                true,
            ),
            (&[("origin", "http://b.example"), ("host", "a.example")], false),
            (&[("origin", "null"), ("host", "a.example")], false),
            (&[("origin", "http://a.example")], false),
            (&[("host", "a.example")], true),
        ] {
            assert_eq!(is_from_our_page(&headers(pairs)), expected, "{pairs:?}");
        }
    }

    #[test]
    fn an_address_to_go_back_to_stays_on_this_site() {
        for good in ["/", "/startups?layer=APP&q=%E7%AB%8B", "/a//b"] {
            assert_eq!(local_address(good), Some(good));
        }
        for bad in [
            "",
            "startups",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/a\r\nb",
            "/立",
        ] {
            assert_eq!(local_address(bad), None, "{bad}");
        }
    }

    #[test]
    fn cookies_are_found_among_others() {
        let headers = headers(&[("cookie", "a=1; theme=dark;lang=zh; empty=")]);
        assert_eq!(cookie(&headers, "lang"), Some("zh"));
        assert_eq!(cookie(&headers, "theme"), Some("dark"));
        assert_eq!(cookie(&headers, "empty"), None);
        assert_eq!(cookie(&headers, "me"), None);
    }
}
