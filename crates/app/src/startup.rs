//! Startups: read, created unless they are here already, updated against a version.

mod competitors;
mod facets;
mod known;
mod proposals;

use std::collections::HashMap;

use domain::{
    DealId, Instant, Message, Problem, ProblemCode, StartupId, StartupTag,
    access::Demand,
    activity::{Change, SubjectType, diff},
    startup::{ExternalId, Head, Profile, ProfileEdit, Startup, recognise},
    text, time,
};
use futures::FutureExt;
pub use known::KnownBy;
pub use proposals::Confirm;
use serde_json::json;
use storage::page::{Page, Place, Slice};
pub use storage::startup::{Filter, Order, Ranking};

use crate::{
    Caller, Error, Outcome,
    write::{Stop, Write},
};

/// What is needed to create a startup. Sectors come as slugs, as people name them.
#[derive(Debug, Clone)]
pub struct NewStartup {
    /// What is known about it; its `sector_ids` are those of `sectors`.
    pub profile: Profile,
    /// The slugs of its sectors.
    pub sectors: Vec<String>,
    /// Under which keys sources know it.
    pub external_ids: Vec<ExternalId>,
}

/// How many external ids a startup may have.
const EXTERNAL_IDS_LIMIT: usize = 50;

impl Caller {
    /// The heads of the startups with these ids.
    pub async fn startup_heads(&self, ids: &[StartupId], as_of: Option<Instant>) -> Result<Vec<Head>, Error> {
        self.reader().await?;
        Ok(storage::startup::heads(&self.db, ids, as_of).await?)
    }
    /// The startups with these ids.
    pub async fn startups_by_ids(
        &self,
        ids: &[StartupId],
        as_of: Option<Instant>,
    ) -> Result<Vec<Startup>, Error> {
        self.reader().await?;
        Ok(storage::startup::by_ids(&self.db, ids, as_of).await?)
    }
    /// The id of the startup with this slug.
    pub async fn startup_id_by_slug(&self, slug: &str) -> Result<Option<StartupId>, Error> {
        self.reader().await?;
        Ok(storage::startup::id_by_slug(&self.db, slug).await?)
    }
    /// The keys under which sources know these startups.
    pub async fn external_ids(
        &self,
        ids: &[StartupId],
    ) -> Result<HashMap<StartupId, Vec<ExternalId>>, Error> {
        self.reader().await?;
        Ok(storage::startup::external_ids(&self.db, ids).await?)
    }
    /// A page of startups.
    pub async fn startups(
        &self,
        filter: &Filter,
        order: Order,
        descending: bool,
        page: &Page,
    ) -> Result<Slice<Startup>, Error> {
        let viewer = self.reader().await?;
        Ok(storage::startup::list(&self.db, &viewer, filter, order, descending, page).await?)
    }
    /// A page of startups ranked by a stored figure, with their places in the list.
    pub async fn startups_ranked(
        &self,
        filter: &Filter,
        ranking: Ranking,
        descending: bool,
        page: &Page,
    ) -> Result<Slice<(Startup, Place)>, Error> {
        let viewer = self.reader().await?;
        Ok(storage::startup::ranked(&self.db, &viewer, filter, ranking, descending, page).await?)
    }
    /// How many startups the filter leaves.
    pub async fn startup_count(&self, filter: &Filter) -> Result<i64, Error> {
        let viewer = self.reader().await?;
        Ok(storage::startup::count(&self.db, &viewer, filter).await?)
    }

    /// Creates a startup, unless it is recognised as one that is here: then TAKEN names that one.
    pub async fn create_startup(&self, new: NewStartup, path: &str) -> Result<Outcome<StartupId>, Error> {
        self.write("createStartup", path, Demand::ANALYST_WRITE, |w| {
            create(w, new.clone()).boxed()
        })
        .await
    }

    /// Changes a startup that is still at `version`. `sectors`, if given, are slugs and replace the old ones.
    pub async fn update_startup(
        &self,
        id: StartupId,
        version: i32,
        edit: ProfileEdit,
        sectors: Option<Vec<String>>,
        path: &str,
    ) -> Result<Outcome<StartupId>, Error> {
        self.write("updateStartup", path, Demand::ANALYST_WRITE, |w| {
            update(w, id, version, edit.clone(), sectors.clone()).boxed()
        })
        .await
    }
}

async fn sector_ids(w: &Write, slugs: &[String]) -> Result<Vec<domain::SectorId>, Stop> {
    let tree = storage::sector::all(&w.tx, None).await?;
    let mut problems = Vec::new();
    let mut found = Vec::new();
    for (n, slug) in slugs.iter().enumerate() {
        match tree.iter().find(|sector| &sector.slug == slug) {
            Some(sector) => found.push(sector.id),
            None => problems.push(Problem::new(
                ProblemCode::NotFound,
                &format!("sectors.{n}"),
                Message::NoSuchSector { slug: slug.clone() },
            )),
        }
    }
    if problems.is_empty() {
        Ok(found)
    } else {
        Err(problems.into())
    }
}

/// Creates a startup, unless it is recognised as one that is here.
pub(crate) async fn create(w: &mut Write, new: NewStartup) -> Result<StartupId, Stop> {
    let NewStartup {
        mut profile,
        sectors,
        external_ids,
    } = new;
    let external_ids = prepared(external_ids)?;
    profile.sector_ids = if sectors.is_empty() {
        Vec::new()
    } else {
        sector_ids(w, &sectors).await?
    };
    let profile = profile.prepared(w.today())?;
    storage::startup::lock_identity(&w.tx, &profile, &external_ids).await?;
    let candidates = storage::startup::candidates(&w.tx, &profile, &external_ids).await?;
    if let Some((id, name, matched)) = recognise(&profile, &external_ids, &candidates) {
        let field = match matched {
            domain::message::Match::ExternalId(_) => "externalIds",
            domain::message::Match::Domain(_) => "domains",
            domain::message::Match::Name(_) => "name",
        };
        return Err(Problem::new(
            ProblemCode::Taken,
            field,
            Message::StartupTaken {
                name,
                id: id.to_string(),
                matched,
            },
        )
        .into());
    }
    let base = text::slug_base(&profile.name);
    storage::startup::lock_slug(&w.tx, &base).await?;
    let slug = storage::startup::free_slug(&w.tx, &base).await?;
    let id = w.new_id::<StartupTag>();
    let startup = Startup {
        id,
        slug,
        profile,
        created_at: w.now,
        updated_at: w.now,
        version: 1,
        hidden_at: None,
    };
    storage::startup::insert(&w.tx, &startup, &external_ids).await?;
    let change = w.created(SubjectType::Startup, id.uuid(), &startup.profile);
    change.startup_id = Some(id);
    if let Some(after) = change.after.as_mut().and_then(serde_json::Value::as_object_mut)
        && !external_ids.is_empty()
    {
        after.insert("externalIds".into(), json!(external_ids));
    }
    Ok(id)
}

fn prepared(external_ids: Vec<ExternalId>) -> Result<Vec<ExternalId>, Stop> {
    if external_ids.len() > EXTERNAL_IDS_LIMIT {
        return Err(Problem::new(
            ProblemCode::Limit,
            "externalIds",
            Message::TooMany {
                count: external_ids.len(),
                limit: EXTERNAL_IDS_LIMIT,
            },
        )
        .into());
    }
    let mut problems = Vec::new();
    let mut kept: Vec<ExternalId> = Vec::new();
    for (n, ExternalId { source, id }) in external_ids.into_iter().enumerate() {
        let (source, id) = (source.trim().to_owned(), id.trim().to_owned());
        for (field, value) in [("source", &source), ("id", &id)] {
            if value.is_empty() {
                problems.push(Problem::required(&format!("externalIds.{n}.{field}")));
            }
            let length = value.chars().count();
            if length > 200 {
                problems.push(Problem::invalid(
                    &format!("externalIds.{n}.{field}"),
                    Message::TooLong { length, limit: 200 },
                ));
            }
        }
        let external_id = ExternalId { source, id };
        if !kept.contains(&external_id) {
            kept.push(external_id);
        }
    }
    if problems.is_empty() {
        Ok(kept)
    } else {
        Err(problems.into())
    }
}

async fn update(
    w: &mut Write,
    id: StartupId,
    version: i32,
    mut edit: ProfileEdit,
    sectors: Option<Vec<String>>,
) -> Result<StartupId, Stop> {
    let Some(old) = storage::startup::lock(&w.tx, id).await? else {
        return Err(Problem::not_found("id", id).into());
    };
    if old.version != version {
        return Err(Problem::new(
            ProblemCode::StaleVersion,
            "version",
            Message::StaleVersion {
                sent: version,
                current: old.version,
            },
        )
        .into());
    }
    if let Some(slugs) = sectors {
        edit.sector_ids = Some(sector_ids(w, &slugs).await?);
    }
    let profile = old.profile.clone().edited(edit).prepared(w.today())?;
    replace(w, old, profile).await?;
    Ok(id)
}

/// Stores a profile in place of a locked startup's, with its activity row; nothing where nothing differs.
pub(crate) async fn replace(w: &mut Write, old: Startup, profile: Profile) -> Result<(), Stop> {
    let Some((before, after)) = diff(&old.profile, &profile) else {
        return Ok(());
    };
    let id = old.id;
    let version = old.version;
    let new = Startup {
        profile,
        updated_at: time::recorded_after(w.now, old.updated_at),
        version: version + 1,
        ..old
    };
    if !storage::startup::update(&w.tx, &new, version).await? {
        return Err(Error::Internal("a locked row changed".into()).into());
    }
    w.record(Change {
        subject_type: SubjectType::Startup,
        subject_id: id.uuid(),
        startup_id: Some(id),
        deal_id: None::<DealId>,
        before: Some(before),
        after: Some(after),
    });
    Ok(())
}

/// Hides a startup whose creation is undone, or shows it again.
pub(crate) async fn set_hidden(w: &mut Write, old: Startup, hidden: bool) -> Result<(), Stop> {
    let id = old.id;
    let version = old.version;
    let at = time::recorded_after(w.now, old.updated_at);
    let new = Startup {
        hidden_at: hidden.then_some(at),
        updated_at: at,
        version: version + 1,
        ..old
    };
    if !storage::startup::update(&w.tx, &new, version).await? {
        return Err(Error::Internal("a locked row changed".into()).into());
    }
    storage::startup::set_external_ids_in_force(&w.tx, id, !hidden).await?;
    w.record(Change {
        subject_type: SubjectType::Startup,
        subject_id: id.uuid(),
        startup_id: Some(id),
        deal_id: None,
        before: Some(json!({ "hidden": !hidden })),
        after: Some(json!({ "hidden": hidden })),
    });
    Ok(())
}
