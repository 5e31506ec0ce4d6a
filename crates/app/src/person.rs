//! People and their posts. The activity of a person says which fields changed, never what they held: a person may be
//! erased later, and activity is kept.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::{
    AffiliationId, AffiliationTag, Instant, Message, PersonId, PersonTag, Problem, ProblemCode, Problems,
    StartupId,
    access::Demand,
    activity::{Change, SubjectType},
    person::{Affiliation, Contact, ContactKind, OrganisationKind, Person},
    startup::Name,
    time, typed,
};
use futures::FutureExt;
use serde_json::json;
pub use storage::person::{Filter, place};
use storage::{
    activity::Activity,
    page::{Page, Slice},
};

use crate::{
    Caller, Error, Outcome,
    activity::cannot,
    write::{Stop, Write},
};

/// What is needed to add a person. Their contacts are known by who adds them.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the fields are those of Person")]
pub struct NewPerson {
    pub name: String,
    pub aliases: Vec<Name>,
    pub contacts: Vec<(ContactKind, String)>,
    pub links: Vec<String>,
}

/// What is needed to add a post.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the fields are those of Affiliation")]
pub struct NewAffiliation {
    pub person: PersonId,
    pub organisation: String,
    pub kind: OrganisationKind,
    pub startup: Option<StartupId>,
    pub title: Option<String>,
    pub is_founder: bool,
    pub from_on: Option<NaiveDate>,
    pub to_on: Option<NaiveDate>,
}

impl Caller {
    /// The people with these ids.
    pub async fn people_by_ids(
        &self,
        ids: &[PersonId],
        as_of: Option<Instant>,
    ) -> Result<Vec<Person>, Error> {
        self.reader().await?;
        Ok(storage::person::by_ids(&self.db, ids, as_of).await?)
    }
    /// A page of people, by name.
    pub async fn people(&self, filter: &Filter, page: &Page) -> Result<Slice<Person>, Error> {
        self.reader().await?;
        Ok(storage::person::list(&self.db, filter, page).await?)
    }
    /// How many people the filter leaves.
    pub async fn people_count(&self, filter: &Filter) -> Result<i64, Error> {
        self.reader().await?;
        Ok(storage::person::count(&self.db, filter).await?)
    }
    /// The posts with these ids.
    pub async fn affiliations_by_ids(
        &self,
        ids: &[AffiliationId],
        as_of: Option<Instant>,
    ) -> Result<Vec<Affiliation>, Error> {
        self.reader().await?;
        Ok(storage::person::affiliations_by_ids(&self.db, ids, as_of).await?)
    }
    /// The posts at each of these startups, founders first.
    pub async fn affiliations_of_startups(
        &self,
        startups: &[StartupId],
        as_of: Option<Instant>,
    ) -> Result<HashMap<StartupId, Vec<Affiliation>>, Error> {
        self.reader().await?;
        Ok(storage::person::affiliations_of_startups(&self.db, startups, as_of).await?)
    }
    /// The posts of each of these people, the latest first.
    pub async fn affiliations_of_people(
        &self,
        people: &[PersonId],
        as_of: Option<Instant>,
    ) -> Result<HashMap<PersonId, Vec<Affiliation>>, Error> {
        self.reader().await?;
        Ok(storage::person::affiliations_of_people(&self.db, people, as_of).await?)
    }

    /// Adds a person.
    pub async fn create_person(&self, new: NewPerson, path: &str) -> Result<Outcome<PersonId>, Error> {
        self.write("createPerson", path, Demand::ANALYST_WRITE, |w| {
            create(w, new.clone()).boxed()
        })
        .await
    }
    /// Adds a post of a person.
    pub async fn create_affiliation(
        &self,
        new: NewAffiliation,
        path: &str,
    ) -> Result<Outcome<AffiliationId>, Error> {
        self.write("createAffiliation", path, Demand::ANALYST_WRITE, |w| {
            create_affiliation(w, new.clone()).boxed()
        })
        .await
    }
}

async fn create(w: &mut Write, new: NewPerson) -> Result<PersonId, Stop> {
    let NewPerson {
        name,
        aliases,
        contacts,
        links,
    } = new;
    let contacts = contacts
        .into_iter()
        .map(|(kind, value)| Contact {
            kind,
            value,
            known_by: w.by.into_iter().collect(),
        })
        .collect();
    let id = w.new_id::<PersonTag>();
    let person = Person {
        id,
        name,
        aliases,
        contacts,
        links,
        updated_at: w.now,
        version: 1,
        hidden_at: None,
    };
    let person = person.prepared()?;
    storage::person::insert(&w.tx, &person).await?;
    w.record(Change {
        subject_type: SubjectType::Person,
        subject_id: id.uuid(),
        startup_id: None,
        deal_id: None,
        before: None,
        after: Some(json!({ "version": person.version })),
    });
    Ok(id)
}

async fn create_affiliation(w: &mut Write, new: NewAffiliation) -> Result<AffiliationId, Stop> {
    let NewAffiliation {
        person,
        organisation,
        kind,
        startup,
        title,
        is_founder,
        from_on,
        to_on,
    } = new;
    let id = w.new_id::<AffiliationTag>();
    let post = Affiliation {
        id,
        person_id: person,
        organisation,
        kind,
        startup_id: startup,
        title,
        is_founder,
        from_on,
        to_on,
    };
    let post = post.prepared()?;
    let mut wrong = Problems::default();
    if let Some(startup) = startup {
        let found = storage::startup::lock(&w.tx, startup).await?;
        wrong.push_if(found.is_none(), || Problem::not_found("startup", startup));
    }
    let found = storage::person::lock(&w.tx, person).await?;
    wrong.push_if(found.is_none(), || Problem::not_found("person", person));
    wrong.into_result()?;
    storage::person::insert_affiliation(&w.tx, &post, w.now).await?;
    w.created(SubjectType::Affiliation, id.uuid(), &post).startup_id = startup;
    Ok(id)
}

fn conflict(message: Message) -> Stop {
    Problem::new(ProblemCode::Conflict, "activity", message).into()
}

/// Takes back a row about a person: who was added is hidden, who was hidden is shown, and the other way round.
pub(crate) async fn undo(w: &mut Write, row: &Activity) -> Result<Vec<Message>, Stop> {
    let id: PersonId = typed(row.change.subject_id);
    let missing = || Stop::from(Problem::not_found("activity", row.id));
    let old = storage::person::lock_even_hidden(&w.tx, id)
        .await?
        .ok_or_else(missing)?;
    let said = |name: &str| row.change.after.as_ref().and_then(|after| after.get(name));
    let version = said("version").and_then(serde_json::Value::as_i64);
    if row.change.before.is_some() && said("fields") != Some(&json!(["hidden"])) {
        return Err(cannot(row));
    }
    if row.change.before.is_none() && old.hidden_at.is_some() {
        return Err(conflict(Message::NothingToUndo));
    }
    if version != Some(i64::from(old.version)) {
        return Err(conflict(Message::UndoKeptChanged {
            field: "version".into(),
        }));
    }
    let hidden = old.hidden_at.is_none();
    if hidden && storage::person::referred_by(&w.tx, id).await? {
        return Err(conflict(Message::UndoKeptReferred {
            what: "another record".into(),
        }));
    }
    let at = time::recorded_after(w.now, old.updated_at);
    let before = old.version;
    let new = Person {
        hidden_at: hidden.then_some(at),
        updated_at: at,
        version: before + 1,
        ..old
    };
    if !storage::person::update(&w.tx, &new, before).await? {
        return Err(Error::Internal("a locked row changed".into()).into());
    }
    w.record(Change {
        subject_type: SubjectType::Person,
        subject_id: id.uuid(),
        startup_id: None,
        deal_id: None,
        before: Some(json!({ "version": before, "fields": ["hidden"] })),
        after: Some(json!({ "version": new.version, "fields": ["hidden"] })),
    });
    Ok(Vec::new())
}

/// Takes back a row about a post: it is hidden, or shown again where its person and startup still are.
pub(crate) async fn undo_affiliation(w: &mut Write, row: &Activity) -> Result<Vec<Message>, Stop> {
    let id: AffiliationId = typed(row.change.subject_id);
    let missing = || Stop::from(Problem::not_found("activity", row.id));
    let nothing = || conflict(Message::NothingToUndo);
    if let Some(startup) = row.change.startup_id {
        storage::startup::lock(&w.tx, startup)
            .await?
            .ok_or_else(nothing)?;
    }
    let (post, is_hidden) = storage::person::lock_affiliation_even_hidden(&w.tx, id)
        .await?
        .ok_or_else(missing)?;
    let hide = match &row.change.before {
        None => true,
        Some(before) => match before.get("hidden").and_then(serde_json::Value::as_bool) {
            Some(was_hidden) => was_hidden,
            None => return Err(cannot(row)),
        },
    };
    let changed = storage::activity::fields_changed_since(&w.tx, row).await?;
    if is_hidden == hide || (row.change.before.is_some() && changed.iter().any(|field| field == "hidden")) {
        return Err(nothing());
    }
    if hide && let Some(field) = changed.iter().find(|field| *field != "hidden") {
        return Err(conflict(Message::UndoKeptChanged { field: field.clone() }));
    }
    if !hide {
        storage::person::lock(&w.tx, post.person_id)
            .await?
            .ok_or_else(nothing)?;
    }
    storage::person::set_affiliation_hidden(&w.tx, id, post.person_id, hide, w.now).await?;
    w.record(Change {
        subject_type: SubjectType::Affiliation,
        subject_id: id.uuid(),
        startup_id: post.startup_id,
        deal_id: None,
        before: Some(json!({ "hidden": !hide })),
        after: Some(json!({ "hidden": hide })),
    });
    Ok(Vec::new())
}
