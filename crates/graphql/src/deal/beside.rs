//! What is read of others along with a page of deals, for all of them in one call: a call for each of hundreds of cards
//! costs more than what it reads.

use std::collections::HashSet;

use async_graphql::{Context, Result, SelectionField};
use domain::{Instant, StartupId};

use super::Deal;
use crate::{
    context::{UserKey, loader},
    startup::{self, Startup},
    user::User,
};

/// What a deal of a page knows of others. What is not there is read when it is asked for.
#[derive(Clone, Default)]
pub(super) struct Beside {
    pub(super) startup: Option<Startup>,
    pub(super) owner: Option<User>,
}

/// The fields that the connection being answered is asked for of each deal.
fn asked<'c>(ctx: &'c Context<'_>) -> Vec<SelectionField<'c>> {
    let mut found = Vec::new();
    for part in ctx.field().selection_set() {
        match part.name() {
            "nodes" => found.extend(part.selection_set()),
            "edges" => {
                let nodes = part.selection_set().filter(|field| field.name() == "node");
                found.extend(nodes.flat_map(|node| node.selection_set().collect::<Vec<_>>()));
            }
            _ => {}
        }
    }
    found
}

/// Reads what the connection being answered asks for of its deals' startups and owners.
pub(super) async fn fill(ctx: &Context<'_>, deals: &mut [Deal], as_of: Option<Instant>) -> Result<()> {
    let asked = asked(ctx);
    let startups = async {
        let fields = || asked.iter().filter(|field| field.name() == "startup");
        if fields().next().is_none() {
            return Ok(None);
        }
        let ids: HashSet<StartupId> = deals.iter().map(|deal| deal.row.startup_id).collect();
        let heads_do = fields().all(startup::is_of_head);
        startup::by_ids(ctx, ids, as_of, heads_do).await.map(Some)
    };
    let owners = async {
        if !asked.iter().any(|field| field.name() == "owner") {
            return Ok(None);
        }
        let ids: HashSet<_> = deals.iter().filter_map(|deal| deal.row.terms.owner_id).collect();
        loader(ctx)?
            .load_many(ids.into_iter().map(UserKey))
            .await
            .map(Some)
    };
    let (startups, owners) = futures::future::try_join(startups, owners).await?;
    for deal in deals {
        let startup = startups
            .as_ref()
            .and_then(|known| known.get(&deal.row.startup_id));
        let owner = deal.row.terms.owner_id.map(UserKey);
        let owner = owner.and_then(|key| owners.as_ref()?.get(&key));
        deal.beside = Beside {
            startup: startup.cloned(),
            owner: owner.cloned().map(User),
        };
    }
    Ok(())
}
