//! Quick add: what somebody just heard of, kept at once. The startup (or the one already here), a deal, who brought it,
//! the text and the documents are one operation, done and taken back as a whole.

use std::collections::HashSet;

use domain::{
    DealId, DocumentId, Message, Problem, ProblemCode, Problems, StartupId,
    access::Demand,
    activity::{Change, SubjectType},
    deal::{Channel, DealSource, Round, TermsEdit},
    interaction::{BODY_LIMIT, InteractionKind, summary_of},
    person::{Document, DocumentKind},
    startup::{Profile, ProfileEdit, Recognition, recognise_named},
    text::cleaned,
    time::DatePrecision,
};
use futures::FutureExt;
use serde_json::{Map, Value, json};
use storage::activity::Activity;

use super::{NewDeal, locked, open, replace};
use crate::{
    Caller, Error, Outcome, activity,
    document::{self, NewDocument},
    file::Held,
    interaction::{self, NewInteraction},
    startup::{self, NewStartup},
    write::{Stop, Write},
};

/// What a capture is called in the activity: any row of it takes back the whole.
pub(crate) const VERB: &str = "captureDeal";
/// Documents of one capture.
const DOCUMENTS_LIMIT: usize = 50;

/// What somebody just heard of.
#[derive(Debug, Clone)]
pub struct Capture {
    /// What the startup is called.
    pub name: String,
    /// Its web site, by which it is known first.
    pub website: Option<String>,
    /// What it does, in a line.
    pub one_liner: Option<String>,
    /// Who brought it, in words.
    pub brought_by: Option<String>,
    /// Through which channel; INBOUND if None.
    pub channel: Option<Channel>,
    /// What was heard, in Markdown.
    pub text: Option<String>,
    /// Documents that are kept already and belong to nothing else.
    pub documents: Vec<DocumentId>,
    /// Where more is to be read: kept as a document.
    pub link: Option<String>,
    /// Files that came along, each kept as a document.
    pub files: Vec<Held>,
}

impl Caller {
    /// Keeps what somebody just heard of; the deal that holds it.
    pub async fn capture_deal(&self, capture: Capture, path: &str) -> Result<Outcome<DealId>, Error> {
        self.write(VERB, path, Demand::ANALYST_WRITE, |w| {
            capture_all(w, capture.clone()).boxed()
        })
        .await
    }
}

async fn capture_all(w: &mut Write, capture: Capture) -> Result<DealId, Stop> {
    let Capture {
        name,
        website,
        one_liner,
        brought_by,
        channel,
        text,
        documents,
        link,
        files,
    } = capture;
    let text = text.as_deref().and_then(cleaned);
    let profile = Profile {
        website,
        one_liner,
        ..Profile::named(name)
    };
    let count = documents.len() + files.len() + usize::from(link.is_some());
    let profile = checked(w, profile, brought_by.as_deref(), text.as_deref(), count)?;
    let brought = kept(w, link, files).await?;
    let startup = startup_of(w, &profile).await?;
    let source = DealSource {
        channel: channel.unwrap_or(Channel::Inbound),
        who: brought_by.as_deref().and_then(cleaned),
        person_id: None,
        on: Some(w.today()),
        precision: DatePrecision::Day,
    };
    let here = storage::deal::active_of_team(&w.tx, startup, Round::Unknown).await?;
    let deal = if let Some((deal, _)) = here {
        brought_again(w, deal, source).await?;
        deal
    } else {
        let terms = TermsEdit {
            sources: Some(vec![source]),
            ..TermsEdit::default()
        };
        let new = NewDeal {
            startup,
            stage: None,
            terms,
            occurred_at: None,
        };
        open::open(w, new).await?
    };
    if let Some(text) = text {
        let note = NewInteraction {
            startup,
            deal: Some(deal),
            kind: InteractionKind::Note,
            at: w.now,
            summary: summary_of(&text).unwrap_or_else(|| profile.name.clone()),
            body: Some(text),
            participants: Vec::new(),
            people: Vec::new(),
        };
        interaction::log(w, note).await?;
    }
    attach_all(w, &documents, startup, deal).await?;
    for document in brought {
        let document = Document {
            startup_id: Some(startup),
            deal_id: Some(deal),
            ..document
        };
        document::placed(w, document).await?;
    }
    Ok(deal)
}

/// The link and the files as documents that belong nowhere yet.
async fn kept(w: &mut Write, link: Option<String>, files: Vec<Held>) -> Result<Vec<Document>, Stop> {
    let document = |title: String| NewDocument {
        title,
        kind: DocumentKind::Other,
        url: None,
        file: None,
        publisher: None,
        byline: None,
        reprint_of: None,
        note: None,
        startup: None,
        deal: None,
    };
    let mut all = Vec::new();
    if let Some(link) = link.as_deref().and_then(cleaned) {
        let new = NewDocument {
            url: Some(link.clone()),
            ..document(link.chars().take(domain::startup::NAME_LIMIT).collect())
        };
        let done = document::kept(w, new).await;
        all.push(done.map_err(|stop| at(stop, "link"))?);
    }
    for (n, held) in files.into_iter().enumerate() {
        let new = NewDocument {
            file: Some(held.clone()),
            ..document(held.name.chars().take(domain::startup::NAME_LIMIT).collect())
        };
        let done = document::kept(w, new).await;
        all.push(done.map_err(|stop| at(stop, &format!("files.{n}")))?);
    }
    Ok(all)
}

/// What is wrong with a document, at the field that it came in.
fn at(stop: Stop, field: &str) -> Stop {
    match stop {
        Stop::Refused(problems) => {
            let told = problems
                .into_iter()
                .map(|one| Problem::new(one.code, field, one.message));
            Stop::Refused(told.collect())
        }
        failed @ Stop::Failed(_) => failed,
    }
}

/// All that is wrong with what was sent, at its places; the profile as it is stored.
fn checked(
    w: &Write,
    profile: Profile,
    brought_by: Option<&str>,
    text: Option<&str>,
    count: usize,
) -> Result<Profile, Stop> {
    let mut wrong = Problems::default();
    let prepared = profile.prepared(w.today()).map_err(|more| wrong.0.extend(more));
    for (value, field, limit) in [
        (brought_by, "broughtBy", domain::startup::NAME_LIMIT),
        (text, "text", BODY_LIMIT),
    ] {
        let length = value.map_or(0, |value| value.trim().chars().count());
        wrong.push_if(length > limit, || {
            Problem::invalid(field, Message::TooLong { length, limit })
        });
    }
    wrong.push_if(count > DOCUMENTS_LIMIT, || {
        let limit = DOCUMENTS_LIMIT;
        Problem::new(ProblemCode::Limit, "documents", Message::TooMany { count, limit })
    });
    wrong.into_result()?;
    prepared.map_err(|()| Stop::Failed(Error::Internal("a profile was refused without a word".into())))
}

/// The startup that is here already, with what it lacked filled in, or a new one; its row is locked. Where several may
/// be meant, a person has to say.
async fn startup_of(w: &mut Write, profile: &Profile) -> Result<StartupId, Stop> {
    storage::startup::lock_identity(&w.tx, profile, &[]).await?;
    let candidates = storage::startup::candidates(&w.tx, profile, &[]).await?;
    match recognise_named(profile, &candidates) {
        Recognition::Nobody => {
            let new = NewStartup {
                profile: profile.clone(),
                sectors: Vec::new(),
                external_ids: Vec::new(),
            };
            startup::create(w, new).await
        }
        Recognition::One(id) => {
            let missing = || Stop::from(Problem::not_found("name", id));
            let old = storage::startup::lock(&w.tx, id).await?.ok_or_else(missing)?;
            let mut edit = ProfileEdit::default();
            if old.profile.website.is_none() {
                edit.website = profile.website.clone().map(Some);
            }
            if old.profile.one_liner.is_none() {
                edit.one_liner = profile.one_liner.clone().map(Some);
            }
            let filled = old.profile.clone().edited(edit).prepared(w.today())?;
            startup::replace(w, old, filled).await?;
            Ok(id)
        }
        Recognition::Several(ids) => {
            let meant = candidates.iter().filter(|candidate| ids.contains(&candidate.id));
            let named = meant.map(|candidate| format!("{} ({})", candidate.name, candidate.id));
            let message = Message::SeveralMeant {
                candidates: named.collect::<Vec<_>>().join(", "),
            };
            Err(Problem::new(ProblemCode::Conflict, "name", message).into())
        }
    }
}

/// Notes who brought a deal again that is here already, if that is said and not known of it.
async fn brought_again(w: &mut Write, deal: DealId, source: DealSource) -> Result<(), Stop> {
    let (_, old) = locked(w, "name", deal).await?;
    let known = |known: &DealSource| known.who == source.who && known.channel == source.channel;
    if source.who.is_none() || old.terms.sources.iter().any(known) {
        return Ok(());
    }
    let mut sources = old.terms.sources.clone();
    sources.push(source);
    let edit = TermsEdit {
        sources: Some(sources),
        ..TermsEdit::default()
    };
    let terms = old.terms.clone().edited(edit).prepared()?;
    let standing = old.standing.clone();
    replace(w, old, terms, standing, &Map::new()).await
}

/// Gives documents to the deal and its startup, both locked. One that belongs elsewhere stays there, and is refused.
async fn attach_all(
    w: &mut Write,
    documents: &[DocumentId],
    startup: StartupId,
    deal: DealId,
) -> Result<(), Stop> {
    let mut seen = HashSet::new();
    let mut wrong = Problems::default();
    for (n, id) in documents.iter().enumerate().filter(|(_, id)| seen.insert(**id)) {
        let field = format!("documents.{n}");
        let Some(old) = storage::document::lock(&w.tx, &w.viewer, *id).await? else {
            wrong.push(Problem::not_found(&field, id));
            continue;
        };
        let elsewhere =
            old.startup_id.is_some_and(|of| of != startup) || old.deal_id.is_some_and(|of| of != deal);
        if elsewhere {
            let message = Message::DocumentElsewhere { id: id.to_string() };
            wrong.push(Problem::new(ProblemCode::Conflict, &field, message));
            continue;
        }
        // What others rest on goes to the startup alone: all have to see it.
        let shared = storage::document::referred_by(&w.tx, *id).await?;
        let of_deal = old.deal_id.or((!shared).then_some(deal));
        attach(w, &old, Some(startup), of_deal).await?;
    }
    Ok(wrong.into_result()?)
}

/// Says anew where a locked document belongs, with its activity row; nothing where it belongs there.
async fn attach(
    w: &mut Write,
    old: &Document,
    startup: Option<StartupId>,
    deal: Option<DealId>,
) -> Result<(), Stop> {
    if (old.startup_id, old.deal_id) == (startup, deal) {
        return Ok(());
    }
    if !storage::document::attach(&w.tx, old.id, (startup, deal), old.version, w.now).await? {
        return Err(Error::Internal("a locked row changed".into()).into());
    }
    w.record(Change {
        subject_type: SubjectType::Document,
        subject_id: old.id.uuid(),
        // Told to those who could see it before and can after.
        startup_id: startup.or(old.startup_id),
        deal_id: deal.or(old.deal_id),
        before: Some(json!({ "startupId": old.startup_id, "dealId": old.deal_id })),
        after: Some(json!({ "startupId": startup, "dealId": deal })),
    });
    Ok(())
}

/// Takes back that a locked document was given to a deal: `before` says where it belonged.
pub(crate) async fn detach(w: &mut Write, old: &Document, before: &Value) -> Result<(), Stop> {
    let read = |name: &str| before.get(name).cloned().unwrap_or(Value::Null);
    let unreadable =
        |error: serde_json::Error| Error::Internal(format!("activity cannot be read back: {error}"));
    let startup = serde_json::from_value(read("startupId")).map_err(unreadable)?;
    let deal = serde_json::from_value(read("dealId")).map_err(unreadable)?;
    attach(w, old, startup, deal).await
}

/// Whether a row about a document says where it belongs, not what it is.
pub(crate) fn is_attachment(before: &Value) -> bool {
    before.get("startupId").is_some() && before.get("dealId").is_some()
}

/// Takes a capture back as a whole, the last record first: all of it, or nothing where something rests on it or changed
/// since.
pub(crate) async fn undo(w: &mut Write, row: &Activity) -> Result<Vec<Message>, Stop> {
    let mut kept = Vec::new();
    let rows = storage::activity::of_operation(&w.tx, &w.viewer, row.operation_id).await?;
    for row in rows.iter().rev() {
        kept.extend(activity::undo_row(w, row).await?);
    }
    Ok(kept)
}
