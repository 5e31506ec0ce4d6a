//! The sector tree.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};
use domain::{Instant, SectorId, sector};

use crate::context::tree;

/// A node of the sector tree, with the tree it stands in.
#[derive(Clone)]
pub struct Sector {
    tree: Arc<Vec<sector::Sector>>,
    at: usize,
}

impl Sector {
    fn row(&self) -> Option<&sector::Sector> {
        self.tree.get(self.at)
    }
    fn find(tree: &Arc<Vec<sector::Sector>>, wanted: impl Fn(&sector::Sector) -> bool) -> Vec<Self> {
        tree.iter()
            .enumerate()
            .filter(|(_, s)| wanted(s))
            .map(|(at, _)| Self {
                tree: Arc::clone(tree),
                at,
            })
            .collect()
    }
    /// Whether it is the sector with this id.
    pub(crate) fn is(&self, id: SectorId) -> bool {
        self.row().is_some_and(|s| s.id == id)
    }
    /// The one with this id in a tree that is at hand.
    pub(crate) fn within(tree: &Arc<Vec<sector::Sector>>, id: SectorId) -> Option<Self> {
        let at = tree.iter().position(|s| s.id == id)?;
        Some(Self {
            tree: Arc::clone(tree),
            at,
        })
    }
    /// Those with these ids, in the tree's order.
    pub(crate) async fn of(ctx: &Context<'_>, ids: &[SectorId], as_of: Option<Instant>) -> Result<Vec<Self>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        Ok(Self::find(&tree(ctx, as_of).await?, |s| ids.contains(&s.id)))
    }
}

/// A node of the sector tree: what startups work on. A focus is one the fund looks for.
#[Object]
impl Sector {
    /// The sector's id.
    pub async fn id(&self) -> ID {
        self.row().map(|s| s.id.to_string()).unwrap_or_default().into()
    }
    /// Its name in filters and URLs, such as 3d-generation.
    async fn slug(&self) -> &str {
        self.row().map_or("", |s| &s.slug)
    }
    /// English name.
    async fn name(&self) -> &str {
        self.row().map_or("", |s| &s.name)
    }
    /// Chinese name.
    async fn name_zh(&self) -> &str {
        self.row().map_or("", |s| &s.name_zh)
    }
    /// The sector above it.
    async fn parent(&self) -> Option<Sector> {
        let parent = self.row()?.parent_id?;
        Self::find(&self.tree, |s| s.id == parent).pop()
    }
    /// The sectors right below it.
    async fn children(&self) -> Vec<Sector> {
        let id = self.row().map(|s| s.id);
        Self::find(&self.tree, |s| s.parent_id.is_some() && s.parent_id == id)
    }
    /// Whether the fund focuses on it.
    async fn is_focus(&self) -> bool {
        self.row().is_some_and(|s| s.is_focus)
    }
    /// Why the fund believes in it.
    async fn thesis(&self) -> Option<&str> {
        self.row()?.thesis.as_deref()
    }
    /// Who pays, in a focus.
    async fn payer(&self) -> Option<&str> {
        self.row()?.payer.as_deref()
    }
    /// What models still cannot do, in a focus.
    async fn open_problem(&self) -> Option<&str> {
        self.row()?.open_problem.as_deref()
    }
}

/// Queries about sectors.
#[derive(Default)]
pub struct SectorQuery;

#[Object]
impl SectorQuery {
    /// Every sector, parents before children.
    async fn sectors(&self, ctx: &Context<'_>) -> Result<Vec<Sector>> {
        Ok(Sector::find(&tree(ctx, None).await?, |_| true))
    }
    /// The sector with this slug; null if there is none.
    async fn sector(&self, ctx: &Context<'_>, slug: String) -> Result<Option<Sector>> {
        Ok(Sector::find(&tree(ctx, None).await?, |s| s.slug == slug).pop())
    }
}
