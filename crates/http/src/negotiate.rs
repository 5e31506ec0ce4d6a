//! What a client can read: media types and languages, by weight.

use axum::http::{HeaderMap, header};

use crate::gate::Language;

/// The media types that `/graphql` answers in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Media {
    /// `application/graphql-response+json`: statuses say how it went.
    GraphqlResponse,
    /// `application/json`: well-formed requests are answered 200.
    Json,
    /// `text/html`: a browser, which gets the explorer.
    Html,
}

impl Media {
    pub fn content_type(self) -> &'static str {
        match self {
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
            Self::Html => "text/html; charset=utf-8",
        }
    }
}

/// One element of a weighted list such as `Accept`: its name in lower case, its weight in thousandths.
fn weighted(headers: &HeaderMap, name: header::HeaderName) -> Vec<(String, u16)> {
    let mut found = Vec::new();
    for value in headers.get_all(name) {
        let Ok(text) = value.to_str() else { continue };
        for element in text.split(',') {
            let mut parts = element.split(';');
            let Some(name) = parts.next().map(|name| name.trim().to_ascii_lowercase()) else {
                continue;
            };
            if name.is_empty() {
                continue;
            }
            let weight = parts
                .filter_map(|part| {
                    part.trim()
                        .to_ascii_lowercase()
                        .strip_prefix("q=")
                        .map(str::to_owned)
                })
                .find_map(|q| q.trim().parse::<f32>().ok())
                .map_or(1000, |q| (q.clamp(0.0, 1.0) * 1000.0) as u16);
            found.push((name, weight));
        }
    }
    found
}

/// Chooses the media type of the answer; `None` when the client reads none of ours. A page is offered only where it was
/// asked for by name, so that `*/*` means JSON.
pub(crate) fn media(headers: &HeaderMap, page_offered: bool) -> Option<Media> {
    let accepted = weighted(headers, header::ACCEPT);
    if accepted.is_empty() {
        return Some(Media::Json);
    }
    let exact = |name: &str| {
        accepted
            .iter()
            .filter(|(n, _)| n == name)
            .map(|(_, weight)| *weight)
            .max()
    };
    let wild = |name: &str| {
        exact(name)
            .or_else(|| exact("application/*"))
            .or_else(|| exact("*/*"))
            .unwrap_or(0)
    };
    let json = wild("application/json");
    // `*/*` alone means plain JSON, which every client of old understands.
    let response = exact("application/graphql-response+json").unwrap_or(0);
    let page = if page_offered {
        exact("text/html").unwrap_or(0)
    } else {
        0
    };
    let best = json.max(response).max(page);
    if best == 0 {
        None
    } else if page == best {
        Some(Media::Html)
    } else if response == best {
        Some(Media::GraphqlResponse)
    } else {
        Some(Media::Json)
    }
}

/// The language of a tag like `zh-Hans-CN`, when it is one of ours.
pub(crate) fn language_of_tag(tag: &str) -> Option<Language> {
    match tag.split(['-', '_']).next()?.trim().to_ascii_lowercase().as_str() {
        "zh" => Some(Language::Zh),
        "en" => Some(Language::En),
        _ => None,
    }
}

/// Chooses between English and Chinese by `Accept-Language`; English when neither is asked for.
pub(crate) fn language(headers: &HeaderMap) -> Language {
    let mut best = (0, Language::En);
    for (tag, weight) in weighted(headers, header::ACCEPT_LANGUAGE) {
        if let Some(language) = language_of_tag(&tag)
            && weight > best.0
        {
            best = (weight, language);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn with(name: header::HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_str(value).unwrap())])
    }

    #[test]
    fn the_media_type_follows_the_weights() {
        for (accept, page, expected) in [
            (
                "application/graphql-response+json",
                false,
                Some(Media::GraphqlResponse),
            ),
            ("application/json", false, Some(Media::Json)),
            ("*/*", true, Some(Media::Json)),
            ("application/*", false, Some(Media::Json)),
            (
                "application/graphql-response+json, application/json;q=0.9",
                false,
                Some(Media::GraphqlResponse),
            ),
            (
                "application/graphql-response+json;q=0.5, application/json",
                false,
                Some(Media::Json),
            ),
            ("application/json;q=0, */*", false, None),
            (
                "text/html,application/xhtml+xml,*/*;q=0.8",
                true,
                Some(Media::Html),
            ),
            (
                "text/html,application/xhtml+xml,*/*;q=0.8",
                false,
                Some(Media::Json),
            ),
            ("text/html", false, None),
            ("image/png", true, None),
            ("APPLICATION/JSON; charset=utf-8", false, Some(Media::Json)),
        ] {
            assert_eq!(media(&with(header::ACCEPT, accept), page), expected, "{accept}");
        }
        assert_eq!(media(&HeaderMap::new(), true), Some(Media::Json));
    }

    #[test]
    fn the_language_follows_the_weights_and_falls_back_to_english() {
        for (accept, expected) in [
            ("zh-CN,zh;q=0.9,en;q=0.8", Language::Zh),
            ("en-GB,en;q=0.9,zh;q=0.8", Language::En),
            ("fr, zh;q=0.3", Language::Zh),
            ("fr", Language::En),
            ("zh;q=0", Language::En),
            ("*", Language::En),
        ] {
            assert_eq!(
                language(&with(header::ACCEPT_LANGUAGE, accept)),
                expected,
                "{accept}"
            );
        }
    }
}
