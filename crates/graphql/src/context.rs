//! What a request carries to the resolvers: the caller, the language, and loaders that gather ids.

use std::{collections::HashMap, sync::Arc};

use app::Caller;
use async_graphql::{
    Context, Error, Request, Result,
    dataloader::{DataLoader, Loader},
};
use domain::{
    EvidenceId, Instant, Language, Problem, StartupId, UserId,
    evidence::{Evidence, EvidenceReview},
    sector::Sector,
    startup::{ExternalId, Head, Startup},
};

use crate::error::told;

/// What a request carries.
pub struct RequestContext {
    pub(crate) caller: Arc<Caller>,
    pub(crate) language: Language,
}

/// Puts the caller, the language and fresh loaders into a request.
pub fn prepare(request: Request, caller: Caller, language: Language) -> Request {
    let caller = Arc::new(caller);
    request
        .data(DataLoader::new(Load(Arc::clone(&caller)), tokio::spawn))
        .data(Trees(tokio::sync::Mutex::default()))
        .data(RequestContext { caller, language })
}

/// Trees of sectors already read in this request, by instant.
struct Trees(tokio::sync::Mutex<HashMap<Option<Instant>, Arc<Vec<Sector>>>>);

/// The caller. A document without credentials reaches no resolver but `viewer`.
pub(crate) fn caller<'c>(ctx: &'c Context<'_>) -> Result<&'c Arc<Caller>> {
    ctx.data::<RequestContext>()
        .map(|r| &r.caller)
        .map_err(|_| told(app::Error::Unauthenticated))
}
/// The language of sentences.
pub(crate) fn language(ctx: &Context<'_>) -> Language {
    ctx.data::<RequestContext>().map_or(Language::En, |r| r.language)
}
/// The loaders.
pub(crate) fn loader<'c>(ctx: &'c Context<'_>) -> Result<&'c DataLoader<Load>> {
    ctx.data::<DataLoader<Load>>()
        .map_err(|_| told(app::Error::Unauthenticated))
}
/// The sector tree, read once a request and instant.
pub(crate) async fn tree(ctx: &Context<'_>, as_of: Option<Instant>) -> Result<Arc<Vec<Sector>>> {
    let trees = ctx
        .data::<Trees>()
        .map_err(|_| told(app::Error::Unauthenticated))?;
    let mut known = trees.0.lock().await;
    if let Some(tree) = known.get(&as_of) {
        return Ok(Arc::clone(tree));
    }
    let tree = caller(ctx)?.sectors(as_of).await.map_err(told)?;
    known.insert(as_of, Arc::clone(&tree));
    Ok(tree)
}
/// Where in the document this mutation stands: under this name its outcome is kept.
pub(crate) fn path(ctx: &Context<'_>) -> String {
    ctx.field()
        .alias()
        .unwrap_or_else(|| ctx.field().name())
        .to_owned()
}
/// Reads an id that an argument of a query names; one of another kind is the caller's mistake.
pub(crate) fn id<T: type_safe_id::StaticType + Default>(
    id: &async_graphql::ID,
) -> Result<type_safe_id::TypeSafeId<T>> {
    read_id(id, "id").map_err(|p| crate::error::coded("BAD_USER_INPUT", p.message.text(Language::En)))
}
/// Reads an id of an input's field.
pub(crate) fn read_id<T: type_safe_id::StaticType + Default>(
    id: &str,
    field: &str,
) -> std::result::Result<type_safe_id::TypeSafeId<T>, Problem> {
    id.parse().map_err(|_| {
        Problem::invalid(
            field,
            domain::Message::NotAnId {
                value: id.to_owned(),
                expected: T::TYPE.to_owned(),
            },
        )
    })
}

/// Reads an id of an input's field; one that cannot be read is added to what is wrong with the input.
pub(crate) fn gather_id<T: type_safe_id::StaticType + Default>(
    id: &str,
    field: &str,
    problems: &mut Vec<Problem>,
) -> Option<type_safe_id::TypeSafeId<T>> {
    read_id(id, field).map_err(|problem| problems.push(problem)).ok()
}

/// Gathers the ids that one level of a document asks for, and reads them together.
pub(crate) struct Load(pub(crate) Arc<Caller>);

macro_rules! keys { ($($(#[$m:meta])* $name:ident($($field:ty),+);)+) => {$($(#[$m])* #[derive(Debug, Clone, PartialEq, Eq, Hash)] pub(crate) struct $name($(pub(crate) $field),+);)+} }
keys! {
    /// A startup as known at an instant.
    StartupKey(StartupId, Option<Instant>);
    /// Its head alone.
    HeadKey(StartupId, Option<Instant>);
    /// A startup's external ids.
    ExternalIdsKey(StartupId);
    /// A user.
    UserKey(UserId);
    /// A record as known at an instant.
    EvidenceKey(EvidenceId, Option<Instant>);
    /// A record's reviews.
    ReviewsKey(EvidenceId, Option<Instant>);
    /// What supersedes a record.
    SupersededKey(EvidenceId, Option<Instant>);
    /// A page of a startup's records.
    LedgerKey(StartupId, app::evidence::Filter, crate::connection::Window);
    /// How many records of a startup.
    LedgerCountKey(StartupId, app::evidence::Filter);
}

/// Groups keys by what they share besides the id, so that each group is one statement.
pub(crate) fn grouped<K, S: Eq + std::hash::Hash, I>(
    keys: &[K],
    split: impl Fn(&K) -> (S, I),
) -> HashMap<S, Vec<I>> {
    let mut groups: HashMap<S, Vec<I>> = HashMap::new();
    for key in keys {
        let (shared, id) = split(key);
        groups.entry(shared).or_default().push(id);
    }
    groups
}

impl Loader<StartupKey> for Load {
    type Value = Arc<Startup>;
    type Error = Error;
    async fn load(&self, keys: &[StartupKey]) -> Result<HashMap<StartupKey, Arc<Startup>>> {
        let mut found = HashMap::new();
        for (at, ids) in grouped(keys, |k| (k.1, k.0)) {
            for startup in self.0.startups_by_ids(&ids, at).await.map_err(told)? {
                found.insert(StartupKey(startup.id, at), Arc::new(startup));
            }
        }
        Ok(found)
    }
}
impl Loader<HeadKey> for Load {
    type Value = Arc<Head>;
    type Error = Error;
    async fn load(&self, keys: &[HeadKey]) -> Result<HashMap<HeadKey, Arc<Head>>> {
        let mut found = HashMap::new();
        for (at, ids) in grouped(keys, |k| (k.1, k.0)) {
            for head in self.0.startup_heads(&ids, at).await.map_err(told)? {
                found.insert(HeadKey(head.id, at), Arc::new(head));
            }
        }
        Ok(found)
    }
}
impl Loader<ExternalIdsKey> for Load {
    type Value = Vec<ExternalId>;
    type Error = Error;
    async fn load(&self, keys: &[ExternalIdsKey]) -> Result<HashMap<ExternalIdsKey, Vec<ExternalId>>> {
        let ids: Vec<_> = keys.iter().map(|k| k.0).collect();
        Ok(self
            .0
            .external_ids(&ids)
            .await
            .map_err(told)?
            .into_iter()
            .map(|(id, v)| (ExternalIdsKey(id), v))
            .collect())
    }
}
impl Loader<UserKey> for Load {
    type Value = Arc<app::User>;
    type Error = Error;
    async fn load(&self, keys: &[UserKey]) -> Result<HashMap<UserKey, Arc<app::User>>> {
        let ids: Vec<_> = keys.iter().map(|k| k.0).collect();
        Ok(self
            .0
            .users_by_ids(&ids)
            .await
            .map_err(told)?
            .into_iter()
            .map(|u| (UserKey(u.id), Arc::new(u)))
            .collect())
    }
}
impl Loader<EvidenceKey> for Load {
    type Value = Evidence;
    type Error = Error;
    async fn load(&self, keys: &[EvidenceKey]) -> Result<HashMap<EvidenceKey, Evidence>> {
        let mut found = HashMap::new();
        for (at, ids) in grouped(keys, |k| (k.1, k.0)) {
            for record in self.0.evidence_by_ids(&ids, at).await.map_err(told)? {
                found.insert(EvidenceKey(record.id, at), record);
            }
        }
        Ok(found)
    }
}
impl Loader<ReviewsKey> for Load {
    type Value = Vec<EvidenceReview>;
    type Error = Error;
    async fn load(&self, keys: &[ReviewsKey]) -> Result<HashMap<ReviewsKey, Vec<EvidenceReview>>> {
        let mut found = HashMap::new();
        for (at, ids) in grouped(keys, |k| (k.1, k.0)) {
            found.extend(
                self.0
                    .evidence_reviews(&ids, at)
                    .await
                    .map_err(told)?
                    .into_iter()
                    .map(|(id, v)| (ReviewsKey(id, at), v)),
            );
        }
        Ok(found)
    }
}
impl Loader<SupersededKey> for Load {
    type Value = EvidenceId;
    type Error = Error;
    async fn load(&self, keys: &[SupersededKey]) -> Result<HashMap<SupersededKey, EvidenceId>> {
        let mut found = HashMap::new();
        for (at, ids) in grouped(keys, |k| (k.1, k.0)) {
            found.extend(
                self.0
                    .superseded_by(&ids, at)
                    .await
                    .map_err(told)?
                    .into_iter()
                    .map(|(id, v)| (SupersededKey(id, at), v)),
            );
        }
        Ok(found)
    }
}
impl Loader<LedgerKey> for Load {
    type Value = app::page::Slice<Evidence>;
    type Error = Error;
    async fn load(&self, keys: &[LedgerKey]) -> Result<HashMap<LedgerKey, app::page::Slice<Evidence>>> {
        let mut found = HashMap::new();
        for ((filter, window), ids) in grouped(keys, |k| ((k.1.clone(), k.2.clone()), k.0)) {
            let pages = self
                .0
                .evidence_of(&ids, &filter, &window.page())
                .await
                .map_err(told)?;
            found.extend(
                pages
                    .into_iter()
                    .map(|(id, v)| (LedgerKey(id, filter.clone(), window.clone()), v)),
            );
        }
        Ok(found)
    }
}
impl Loader<LedgerCountKey> for Load {
    type Value = i64;
    type Error = Error;
    async fn load(&self, keys: &[LedgerCountKey]) -> Result<HashMap<LedgerCountKey, i64>> {
        let mut found = HashMap::new();
        for (filter, ids) in grouped(keys, |k| (k.1.clone(), k.0)) {
            let counts = self.0.evidence_counts_of(&ids, &filter).await.map_err(told)?;
            found.extend(
                counts
                    .into_iter()
                    .map(|(id, n)| (LedgerCountKey(id, filter.clone()), n)),
            );
        }
        Ok(found)
    }
}
