//! What a request's headers show: credentials, and whether a browser sent them from our own pages.

use axum::http::{HeaderMap, header};

use crate::gate::{Credentials, SESSION_COOKIE};

/// The credentials in the headers; a token counts before a cookie.
pub(crate) fn credentials(headers: &HeaderMap) -> Credentials {
    if let Some(value) = headers.get(header::AUTHORIZATION) {
        // Something that is no bearer token is still something shown, and does not hold.
        return Credentials::Bearer(
            value
                .to_str()
                .ok()
                .and_then(bearer)
                .unwrap_or_default()
                .to_owned(),
        );
    }
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, value)| *name == SESSION_COOKIE && !value.is_empty())
        .map_or(Credentials::None, |(_, value)| {
            Credentials::Session(value.trim_matches('"').to_owned())
        })
}

/// The token of `Bearer <token>`.
pub(crate) fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.trim().split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| token.trim())
        .filter(|token| !token.is_empty())
}

/// Whether a browser says that another site caused the request. Programs send neither header and are not browsers.
pub(crate) fn is_foreign(headers: &HeaderMap, own_origins: &[String]) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let origin = text("origin");
    if let Some(origin) = origin
        && own_origins.iter().any(|own| own.eq_ignore_ascii_case(origin))
    {
        return false;
    }
    if let Some(site) = text("sec-fetch-site") {
        return !matches!(site, "same-origin" | "none");
    }
    let Some(origin) = origin else {
        return headers.contains_key("origin");
    };
    let host = text("host").unwrap_or_default();
    origin
        .split_once("://")
        .is_none_or(|(_, authority)| !authority.eq_ignore_ascii_case(host))
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| {
                (
                    HeaderName::from_static(name),
                    HeaderValue::from_str(value).unwrap(),
                )
            })
            .collect()
    }

    #[test]
    fn a_token_counts_before_a_cookie() {
        for (pairs, expected) in [
            (vec![], Credentials::None),
            (
                vec![("cookie", "a=b; touchstone_session=s1")],
                Credentials::Session("s1".into()),
            ),
            (vec![("cookie", "touchstone_session=")], Credentials::None),
            (
                vec![
                    ("cookie", "touchstone_session=s1"),
                    ("authorization", "bearer t1"),
                ],
                Credentials::Bearer("t1".into()),
            ),
            (
                vec![("authorization", "Basic abc")],
                Credentials::Bearer(String::new()),
            ),
        ] {
            assert_eq!(credentials(&headers(&pairs)), expected);
        }
    }

    #[test]
    fn another_site_is_told_by_fetch_metadata_or_origin() {
        let own = vec!["https://deals.example".to_owned()];
        for (pairs, foreign) in [
            (vec![("host", "localhost:1")], false),
            (
                vec![("host", "localhost:1"), ("origin", "http://localhost:1")],
                false,
            ),
            (
                vec![("host", "localhost:1"), ("origin", "http://localhost:2")],
                true,
            ),
            (vec![("host", "localhost:1"), ("origin", "null")], true),
            (
                vec![("host", "inner"), ("origin", "https://deals.example")],
                false,
            ),
            (vec![("host", "a"), ("sec-fetch-site", "cross-site")], true),
            (
                vec![
                    ("host", "a"),
                    ("sec-fetch-site", "same-site"),
                    ("origin", "http://a"),
                ],
                true,
            ),
            (
                vec![
                    ("host", "a"),
                    ("sec-fetch-site", "same-origin"),
                    ("origin", "http://b"),
                ],
                false,
            ),
        ] {
            assert_eq!(is_foreign(&headers(&pairs), &own), foreign, "{pairs:?}");
        }
    }
}
