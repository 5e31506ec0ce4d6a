//! The bar of the demonstration: what the workspace is, and the ways out of it.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};

use crate::Site;
use crate::problem::Problem;
use crate::visit::{Visit, is_from_our_page};

/// What a server that serves a demonstration says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Demo {
    /// Whether its days lie so far back that it should be begun anew.
    pub is_old: bool,
}

/// Where to from the demonstration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// To a workspace of one's own, empty where it was not begun yet.
    Own,
    /// To the same demonstration with today as its day 0: what was done in this one is gone.
    Anew,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turned {
    /// The next page comes from there.
    Done,
    /// Only an administrator may, as it is so for everybody on the server.
    NotForYou,
}

pub(crate) async fn own(state: State<Site>, visit: Visit, headers: HeaderMap) -> Response {
    turn(&state.0, &visit, &headers, Turn::Own).await
}

pub(crate) async fn anew(state: State<Site>, visit: Visit, headers: HeaderMap) -> Response {
    turn(&state.0, &visit, &headers, Turn::Anew).await
}

async fn turn(site: &Site, visit: &Visit, headers: &HeaderMap, turn: Turn) -> Response {
    if !is_from_our_page(headers) {
        return Problem::NotFromOurPage.answer(site, visit);
    }
    if site.doors.demo().is_none() {
        return Problem::NotFound.answer(site, visit);
    }
    if visit.session.0.is_none() {
        return Redirect::to("/login").into_response();
    }
    match site.doors.turn(&visit.session, turn).await {
        Ok(Turned::Done) => Redirect::to("/").into_response(),
        Ok(Turned::NotForYou) => Problem::NotForYou.answer(site, visit),
        Err(error) => Problem::from(error).answer(site, visit),
    }
}
