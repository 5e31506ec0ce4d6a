//! Search over records of every kind.

use app::search::{Hit, Kind};
use async_graphql::{Context, Object, Result, SimpleObject};
use futures::future::try_join_all;

use crate::{
    connection::page_size,
    context::caller,
    error::told,
    node::{Node, by_id},
    word::word,
};

word! {
    /// The kinds of records that are searched.
    SearchKind, "app::search::Kind" {
        /// Startups: names, aliases, domains, what they do, sectors, people and where those studied or worked.
        Startup,
        /// Deals that the caller may see: title, startup, next step.
        Deal,
        /// People: names and contacts.
        Person,
        /// Documents that the caller may see: title, publisher, byline, note, address.
        Document,
        /// Evidence: notes, words as found, segment, who supplied it.
        Evidence,
        /// Interactions that the caller may see: summary, what was said, who took part.
        Interaction,
        /// Review meetings: title.
        Review,
        /// Theses: statement.
        Thesis,
        /// What base models can do, or not yet: statement.
        Capability,
    }
}

/// A record that was found.
#[derive(SimpleObject)]
pub struct SearchHit {
    /// The record.
    node: Node,
    /// What it is called; of evidence, its startup.
    title: String,
    /// A line that tells it from others of that name; empty where there is none.
    snippet: String,
}

/// How many hits are told when not asked.
const DEFAULT_HITS: i32 = 20;

/// Search.
#[derive(Default)]
pub struct SearchQuery;

#[Object]
impl SearchQuery {
    /// Records that hold every word of the query, the last of which may go on: whole names first, then names that
    /// begin with it, names that hold it, names with a part of a word, what is beside names, names that sound so, and
    /// texts. In quotation marks the words stand side by side. Width, case, accents and traditional characters make no
    /// difference. Where nothing is found, names that differ by a slip. At most 200; without kinds, of every kind.
    async fn search(
        &self,
        ctx: &Context<'_>,
        query: String,
        kinds: Option<Vec<SearchKind>>,
        #[graphql(default_with = "Some(DEFAULT_HITS)")] first: Option<i32>,
    ) -> Result<Vec<SearchHit>> {
        let first = page_size(first.unwrap_or(DEFAULT_HITS))?;
        let kinds: Vec<Kind> = match kinds {
            Some(kinds) => kinds.into_iter().map(Into::into).collect(),
            None => Kind::ALL.to_vec(),
        };
        let hits = caller(ctx)?.search(&query, &kinds, first).await.map_err(told)?;
        let nodes = try_join_all(hits.iter().map(|hit| by_id(ctx, hit.id))).await?;
        // What somebody hid since it was found is left out.
        Ok(hits
            .into_iter()
            .zip(nodes)
            .filter_map(|(Hit { title, snippet, .. }, node)| {
                node.map(|node| SearchHit { node, title, snippet })
            })
            .collect())
    }
}
