//! What the buttons and forms of a meeting's pages do: one address, each with its mutation.

mod mutations;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};

use super::live::{self, Again};
use super::{ADDRESS, DecisionKind, Vote, page, path};
use crate::Site;
use crate::answer::UserError;
use crate::deal::PassReason;
use crate::deal::revisit::{self, RevisitWhenInput};
use crate::form::{Fault, Sent};
use crate::problem::Problem;
use crate::send::{self, Written};
use crate::visit::{Visit, is_from_our_page};
pub(crate) use mutations::documents;
use mutations::{
    Act, AddAgendaItemInput, AmendReviewInput, ArchiveReviewInput, CastVoteInput, CloseReviewInput,
    CloseVotesInput, CreateTaskInput, DecideInput, DeclareConflictInput, OrderAgendaInput, PresentItemInput,
    StartReviewInput, UndoDecisionInput, UpdateAgendaItemInput, WriteNotesInput,
};

pub(crate) async fn act(
    State(site): State<Site>,
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
    body: Bytes,
) -> Response {
    carry_out(&site, &visit, &headers, &id, &body)
        .await
        .unwrap_or_else(|problem| problem.answer(&site, &visit))
}

/// What came of a button: what went wrong, and where to go where nothing did.
struct Done {
    errors: Vec<UserError>,
    to: String,
}

struct Button<'a> {
    site: &'a Site,
    visit: &'a Visit,
    sent: &'a Sent,
}

impl Button<'_> {
    /// Sends a mutation; Err: what it refuses, in words.
    async fn send<A: Act>(&self, input: A, to: String) -> Result<Result<Done, Vec<String>>, Problem> {
        let (document, variables) = input.document();
        let variables = variables?;
        // One form has a button for each vote, and the last that was pressed counts; the same once more changes nothing.
        let key = match self.sent.text("act") {
            "vote" => send::fresh_key(self.visit),
            _ => self.sent.text("key").to_owned(),
        };
        let written = send::write(self.site, self.visit, &document, &variables, A::NAME, &key).await?;
        Ok(match written {
            Written::Done(answer) => Ok(Done {
                errors: A::errors(answer),
                to,
            }),
            Written::Refused(reason) => Err(vec![send::plain(&reason, self.visit.words())]),
        })
    }
    fn item(&self) -> cynic::Id {
        self.sent.text("item").into()
    }
    fn version(&self) -> i32 {
        self.sent.text("version").parse().unwrap_or(0)
    }
    fn lines(&self, name: &str) -> Option<Vec<String>> {
        let lines: Vec<String> = self
            .sent
            .text(name)
            .lines()
            .map(|line| line.trim().to_owned())
            .filter(|line| !line.is_empty())
            .collect();
        (!lines.is_empty()).then_some(lines)
    }
}

async fn carry_out(
    site: &Site,
    visit: &Visit,
    headers: &HeaderMap,
    id: &str,
    body: &Bytes,
) -> Result<Response, Problem> {
    if !is_from_our_page(headers) {
        return Err(Problem::NotFromOurPage);
    }
    let sent = Sent::of_body(body);
    let button = Button {
        site,
        visit,
        sent: &sent,
    };
    let address = path(id);
    let live = format!("{address}/live");
    let words = visit.words();
    let (lines, is_stale) = match button.press(id, &address, &live).await? {
        Ok(done) if done.errors.is_empty() => return Ok(Redirect::to(&done.to).into_response()),
        Ok(done) => {
            let lines = done
                .errors
                .iter()
                .map(|error| Fault::of(error, String::new(), words).message)
                .collect();
            (lines, UserError::any_stale(&done.errors))
        }
        Err(lines) => (lines, false),
    };
    let back = back(&sent, &address);
    if back.starts_with(&live) {
        // What was typed stays in its fields.
        let again = Again {
            sent: &sent,
            lines: lines.clone(),
            is_stale,
        };
        if let Some(page) = live::page(site, visit, id, Some(again)).await? {
            return Ok(page);
        }
    }
    crate::activity::told(site, visit, words.review().not_done, lines, &back)
}

/// Where a button came from.
fn back(sent: &Sent, address: &str) -> String {
    match sent.text("act") {
        "up" | "down" | "place" => format!("{address}#{}", sent.text("item")),
        "start" | "off" | "minutes" | "drop" | "restore" | "add" => address.to_owned(),
        "amend" => format!("{address}/minutes"),
        "vote" if sent.text("from") == "preread" => format!("{address}/preread#i-{}", sent.text("item")),
        // Whoever looks at what everybody looks at goes on with everybody.
        _ => match sent.some("item").filter(|_| sent.text("from") == "item") {
            Some(item) => format!("{address}/live?item={item}"),
            None => format!("{address}/live"),
        },
    }
}

impl Button<'_> {
    /// Does what the button says; Err: what it cannot do, in words.
    async fn press(&self, id: &str, address: &str, live: &str) -> Result<Result<Done, Vec<String>>, Problem> {
        let sent = self.sent;
        let words = self.visit.words();
        let r = words.review();
        let did = |to: &str| send::with_note(to, "did");
        let here = did(&back(sent, address));
        let version = self.version();
        Ok(match sent.text("act") {
            "start" => {
                let input = StartReviewInput {
                    id: id.into(),
                    version,
                };
                self.send(input, live.to_owned()).await?
            }
            "off" => {
                let input = ArchiveReviewInput {
                    id: id.into(),
                    version,
                };
                self.send(input, send::with_note(ADDRESS, "off")).await?
            }
            "close" => {
                let input = CloseReviewInput {
                    id: id.into(),
                    version,
                };
                let to = send::with_note(&format!("{address}/minutes"), "closed");
                self.send(input, to).await?
            }
            "present" | "pause" => {
                let input = PresentItemInput {
                    review: id.into(),
                    item: sent.some("item").map(cynic::Id::new),
                };
                self.send(input, live.to_owned()).await?
            }
            "up" | "down" | "place" => match self.put_elsewhere(id).await? {
                Some(items) => {
                    let review = id.into();
                    self.send(OrderAgendaInput { review, items }, here).await?
                }
                None => Err(vec![r.place_is_gone.to_owned()]),
            },
            "add" => {
                let input = AddAgendaItemInput {
                    review: id.into(),
                    deal: sent.text("deal").into(),
                };
                self.send(input, here).await?
            }
            "drop" | "restore" => {
                let input = UpdateAgendaItemInput {
                    item: self.item(),
                    planned_minutes: None,
                    dropped: Some(sent.text("act") == "drop"),
                };
                self.send(input, here).await?
            }
            "minutes" => match sent.text("minutes").parse() {
                Ok(minutes) => {
                    let input = UpdateAgendaItemInput {
                        item: self.item(),
                        planned_minutes: Some(minutes),
                        dropped: None,
                    };
                    self.send(input, here).await?
                }
                Err(_) => Err(vec![r.not_minutes.to_owned()]),
            },
            "vote" => match Vote::of(sent.text("vote")) {
                Some(vote) => {
                    let comment = sent.some("comment").map(str::to_owned);
                    let item = self.item();
                    self.send(CastVoteInput { item, vote, comment }, here).await?
                }
                None => Err(vec![r.your_vote.to_owned()]),
            },
            "close-votes" => self.send(CloseVotesInput { item: self.item() }, here).await?,
            "conflict" => {
                let has_conflict = sent.text("has") != "no";
                let item = self.item();
                self.send(DeclareConflictInput { item, has_conflict }, here)
                    .await?
            }
            "notes" => {
                let notes = sent.text("notes").to_owned();
                let item = self.item();
                self.send(WriteNotesInput { item, version, notes }, here).await?
            }
            "decide" => match self.decision() {
                Ok(input) => self.send(input, here).await?,
                Err(lines) => Err(lines),
            },
            "undo-decision" => self.send(UndoDecisionInput { item: self.item() }, here).await?,
            "task" => {
                let mut faults = Vec::new();
                let due = sent.day("due", &mut faults, words);
                if let Some(fault) = faults.pop() {
                    return Ok(Err(vec![fault.message]));
                }
                let input = CreateTaskInput {
                    what: sent.text("what").to_owned(),
                    who: sent.some("who").map(cynic::Id::new),
                    due,
                    deal: sent.some("deal").map(cynic::Id::new),
                    review: Some(id.into()),
                };
                self.send(input, here).await?
            }
            "amend" => {
                let text = sent.text("text").to_owned();
                let id = id.into();
                self.send(AmendReviewInput { id, text }, here).await?
            }
            _ => return Err(Problem::NotFound),
        })
    }

    /// What is decided, or what cannot be read of it.
    fn decision(&self) -> Result<DecideInput, Vec<String>> {
        let sent = self.sent;
        let words = self.visit.words();
        let mut faults = Vec::new();
        let revisit_on = sent.day("revisit", &mut faults, words);
        let kind = DecisionKind::of(sent.text("kind"));
        let waits = matches!(kind, Some(DecisionKind::Hold | DecisionKind::Pass));
        if waits {
            faults.extend(revisit::faults(sent, words));
        }
        if let Some(fault) = faults.pop() {
            return Err(vec![fault.message]);
        }
        let Some(kind) = kind else {
            return Err(vec![words.review().what.to_owned()]);
        };
        let goes_on = matches!(kind, DecisionKind::Advance | DecisionKind::Invest);
        Ok(DecideInput {
            item: self.item(),
            kind,
            stage: sent
                .some("stage")
                .filter(|_| kind == DecisionKind::Advance)
                .map(str::to_owned),
            pass_reason: PassReason::from_code(sent.text("pass")).filter(|_| kind == DecisionKind::Pass),
            revisit_on,
            revisit_when: RevisitWhenInput::of(sent).filter(|_| waits),
            rationale: sent.text("rationale").to_owned(),
            conditions: self.lines("conditions").filter(|_| goes_on),
            override_reason: sent.some("override").map(str::to_owned),
        })
    }

    /// The agenda with an item before another, or with none named at its end; None where one of them is not on it any more.
    /// A form says before which, not by how many places: sent twice, it asks for the same.
    async fn put_elsewhere(&self, id: &str) -> Result<Option<Vec<cynic::Id>>, Problem> {
        let found = page::read(self.site, self.visit, id, |title, _| title.to_owned()).await?;
        let mut items: Vec<cynic::Id> = found.review.items.into_iter().map(|item| item.id).collect();
        let place_of = |items: &[cynic::Id], id: &str| items.iter().position(|item| item.inner() == id);
        let Some(at) = place_of(&items, self.sent.text("item")) else {
            return Ok(None);
        };
        let item = items.remove(at);
        let place = match self.sent.some("before") {
            None => Some(items.len()),
            Some(other) => place_of(&items, other),
        };
        Ok(place.map(|place| {
            items.insert(place, item);
            items
        }))
    }
}
