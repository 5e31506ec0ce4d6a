//! Signing in by a one-time link: opening it changes nothing, its button uses it up.

use std::sync::Arc;

use askama::Template;
use axum::{
    Form,
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use crate::{
    Doors, Language, LinkInfo, SESSION, Words, failed, from_elsewhere, language, not_here, page, session,
    words,
};

#[derive(Template)]
#[template(path = "login.html")]
struct LoginPage {
    t: Words,
    who: Option<LinkInfo>,
    link: String,
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    link: Option<String>,
    lang: Option<String>,
}

pub(crate) async fn show(
    State(doors): State<Arc<dyn Doors>>,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Response {
    let language = language(asked.lang.as_deref(), &headers);
    let Some(link) = asked.link else {
        return page(
            StatusCode::OK,
            &LoginPage {
                t: words(language),
                who: None,
                link: String::new(),
            },
        );
    };
    match doors.look_at_link(&link).await {
        Ok(Some(who)) => page(
            StatusCode::OK,
            &LoginPage {
                t: words(language),
                who: Some(who),
                link,
            },
        ),
        Ok(None) => not_here(language),
        Err(error) => failed(language, &error),
    }
}

#[derive(Deserialize)]
pub(crate) struct Sent {
    link: String,
}

pub(crate) async fn sign_in(
    State(doors): State<Arc<dyn Doors>>,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Response {
    let language = language(None, &headers);
    if from_elsewhere(&headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    match doors.redeem_link(&sent.link).await {
        Ok(Some(session)) => {
            let secure = headers.get("x-forwarded-proto").is_some_and(|p| p == "https");
            let expires = session.expires_at.format("%a, %d %b %Y %H:%M:%S GMT");
            let cookie = format!(
                "{SESSION}={}; HttpOnly; SameSite=Lax; Path=/; Expires={expires}{}",
                session.cookie_value,
                if secure { "; Secure" } else { "" }
            );
            ([(header::SET_COOKIE, cookie)], Redirect::to("/startups")).into_response()
        }
        Ok(None) => not_here(language),
        Err(error) => failed(language, &error),
    }
}

pub(crate) async fn sign_out(State(doors): State<Arc<dyn Doors>>, headers: HeaderMap) -> Response {
    if from_elsewhere(&headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    if let Err(error) = doors.sign_out(&session(&headers)).await {
        return failed(Language::En, &error);
    }
    let gone = format!("{SESSION}=; HttpOnly; SameSite=Lax; Path=/; Max-Age=0");
    ([(header::SET_COOKIE, gone)], Redirect::to("/login")).into_response()
}
