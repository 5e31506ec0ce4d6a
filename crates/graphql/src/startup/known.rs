//! Who is here already under a name or a web site.

use app::startup::KnownBy as By;
use async_graphql::{Context, Enum, Object, Result, SimpleObject};

use super::Startup;
use crate::{context::caller, error::told, scalar::Url};

/// By what a startup is known.
#[derive(Enum, Copy, Clone, PartialEq, Eq)]
pub enum KnownBy {
    /// A domain of its own.
    Domain,
    /// A name or an alias.
    Name,
}

/// A startup that is here already.
#[derive(SimpleObject)]
pub struct KnownStartup {
    /// The startup.
    startup: Startup,
    /// By what it is known.
    by: KnownBy,
}

/// Queries about who is here already.
#[derive(Default)]
pub struct KnownQuery;

#[Object]
impl KnownQuery {
    /// The startups that captureDeal would take a name and a web site for: none, the one that is here already, or several
    /// of which a person has to say who is meant.
    async fn known_startups(
        &self,
        ctx: &Context<'_>,
        name: String,
        website: Option<Url>,
    ) -> Result<Vec<KnownStartup>> {
        let caller = caller(ctx)?;
        let known = caller
            .known_as(&name, website.map(|url| url.0))
            .await
            .map_err(told)?;
        let ids: Vec<_> = known.iter().map(|(id, _)| *id).collect();
        let mut rows = caller.startups_by_ids(&ids, None).await.map_err(told)?;
        let of = |(id, by): (domain::StartupId, By)| {
            let at = rows.iter().position(|row| row.id == id)?;
            Some(KnownStartup {
                startup: Startup::new(rows.swap_remove(at), None),
                by: match by {
                    By::Domain => KnownBy::Domain,
                    By::Name => KnownBy::Name,
                },
            })
        };
        Ok(known.into_iter().filter_map(of).collect())
    }
}
