//! Signing in by a link that works once, and signing out.
//!
//! Opening a link changes nothing, since programs that preview links open them too; its button uses it up.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::problem::{self, Problem};
use crate::shell::Shell;
use crate::visit::{SESSION_COOKIE, Visit, is_from_our_page, local_address};
use crate::{LinkInfo, Site};

#[derive(Template)]
#[template(path = "login.html")]
struct LoginPage {
    shell: Shell,
    link: Option<(String, LinkInfo)>,
    next: String,
}

/// What the button sends.
#[derive(Deserialize)]
pub(crate) struct LoginForm {
    link: String,
    #[serde(default)]
    next: String,
}

pub(crate) async fn show(State(site): State<Site>, visit: Visit) -> Response {
    sign_in_page(&site, &visit)
        .await
        .unwrap_or_else(|problem| problem.answer(&site, &visit))
}

async fn sign_in_page(site: &Site, visit: &Visit) -> Result<Response, Problem> {
    let link = match visit.parameter("link") {
        None => None,
        Some(secret) => {
            let info = site.doors.look_at_link(&secret).await?.ok_or(Problem::NotFound)?;
            Some((secret, info))
        }
    };
    let words = visit.words();
    let next = visit
        .parameter("next")
        .as_deref()
        .and_then(local_address)
        .unwrap_or_default()
        .to_owned();
    let page = LoginPage {
        shell: Shell::new(site, visit, words.sign_in),
        link,
        next,
    };
    problem::page(StatusCode::OK, words.language.tag(), &page)
}

pub(crate) async fn redeem(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Form(form): Form<LoginForm>,
) -> Response {
    sign_in(&site, &visit, &headers, &form)
        .await
        .unwrap_or_else(|problem| problem.answer(&site, &visit))
}

async fn sign_in(
    site: &Site,
    visit: &Visit,
    headers: &HeaderMap,
    form: &LoginForm,
) -> Result<Response, Problem> {
    if !is_from_our_page(headers) {
        return Err(Problem::NotFromOurPage);
    }
    let session = site
        .doors
        .redeem_link(&form.link)
        .await?
        .ok_or(Problem::NotFound)?;
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'~');
    if session.cookie_value.is_empty() || !session.cookie_value.bytes().all(plain) {
        return Err(Problem::Failed(
            "the new session's value does not fit in a cookie".to_owned(),
        ));
    }
    let seconds = (session.expires_at - visit.now).num_seconds().max(0);
    let cookie = visit.cookie(SESSION_COOKIE, &session.cookie_value, seconds);
    let next = local_address(&form.next).unwrap_or("/");
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to(next)).into_response())
}

pub(crate) async fn sign_out(State(site): State<Site>, visit: Visit, headers: HeaderMap) -> Response {
    if !is_from_our_page(&headers) {
        return Problem::NotFromOurPage.answer(&site, &visit);
    }
    match site.doors.sign_out(&visit.session).await {
        Ok(()) => {
            let cookie = visit.cookie(SESSION_COOKIE, "", 0);
            ([(header::SET_COOKIE, cookie)], Redirect::to("/login")).into_response()
        }
        Err(error) => Problem::from(error).answer(&site, &visit),
    }
}
