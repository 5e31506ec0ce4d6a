//! Choices of the browser: language, theme and whether single keys do something, each kept in a cookie.

use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::problem::Problem;
use crate::visit::{
    KEYS_COOKIE, LANGUAGE_COOKIE, THEME_COOKIE, Theme, Visit, is_from_our_page, local_address,
};
use crate::{Language, Site};

const YEAR_SECONDS: i64 = 365 * 24 * 60 * 60;

/// One choice, and the page to come back to.
#[derive(Deserialize)]
pub(crate) struct Choice {
    lang: Option<String>,
    theme: Option<String>,
    keys: Option<String>,
    #[serde(default)]
    back: String,
}

pub(crate) async fn choose(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Form(choice): Form<Choice>,
) -> Response {
    if !is_from_our_page(&headers) {
        return Problem::NotFromOurPage.answer(&site, &visit);
    }
    let language = choice.lang.as_deref().and_then(Language::from_code);
    let theme = choice.theme.as_deref().and_then(Theme::from_code);
    let keys = choice.keys.as_deref().filter(|keys| ["on", "off"].contains(keys));
    let cookies = [
        keys.map(|keys| visit.cookie(KEYS_COOKIE, keys, YEAR_SECONDS)),
        language.map(|language| visit.cookie(LANGUAGE_COOKIE, language.code(), YEAR_SECONDS)),
        theme.map(|theme| visit.cookie(THEME_COOKIE, theme.code(), YEAR_SECONDS)),
    ];
    let back = local_address(&choice.back).unwrap_or("/");
    let cookies = cookies
        .into_iter()
        .flatten()
        .map(|cookie| (header::SET_COOKIE, cookie));
    (AppendHeaders(cookies), Redirect::to(back)).into_response()
}
