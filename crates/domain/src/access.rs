//! Who may do what (domain.md §9): roles, scopes of tokens, and what a viewer may see.

use std::sync::Arc;

use crate::{DealId, UserId};

crate::vocabulary::vocabulary! {
    /// What a user may do, each role including those before it.
    Role {
        /// Reads.
        Viewer = "VIEWER",
        /// Also writes startups, evidence and people, opens, updates, moves, holds and passes deals.
        Analyst = "ANALYST",
        /// Also invests, decides and overrides gates.
        Partner = "PARTNER",
        /// Also manages users, tokens, stages, sectors, merges.
        Admin = "ADMIN",
    }
}

crate::vocabulary::vocabulary! {
    /// What a token may be used for, within its user's role.
    Scope {
        /// Reads.
        Read = "READ",
        /// Writes.
        Write = "WRITE",
        /// Runs imports.
        Import = "IMPORT",
        /// Manages users and tokens.
        Admin = "ADMIN",
        /// Reads its user's calendar and nothing else: a calendar's address holds the secret, so it stands alone.
        Calendar = "CALENDAR",
    }
}

/// Which restricted deals a viewer may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Restricted {
    /// Every one: an administrator.
    All,
    /// Those of which the viewer is owner, opener or member.
    Only(Arc<[DealId]>),
}

/// Who is looking. Every read that can reach a deal takes one and cannot be called without it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer {
    /// The user.
    pub user_id: UserId,
    /// The user's role.
    pub role: Role,
    /// What the credentials allow within the role; a session in the web app has all.
    pub scopes: Arc<[Scope]>,
    /// Which restricted deals are seen.
    pub restricted: Restricted,
}

/// A verb's demand on its caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Demand {
    /// The least role.
    pub role: Role,
    /// The scope a token must have.
    pub scope: Scope,
}

impl Demand {
    /// What writing startups, evidence, people and deals takes.
    pub const ANALYST_WRITE: Self = Self {
        role: Role::Analyst,
        scope: Scope::Write,
    };
    /// What investing and overriding takes.
    pub const PARTNER_WRITE: Self = Self {
        role: Role::Partner,
        scope: Scope::Write,
    };
    /// What managing users, tokens, stages and sectors takes.
    pub const ADMIN: Self = Self {
        role: Role::Admin,
        scope: Scope::Admin,
    };
}

impl Viewer {
    /// Whether the viewer's role and the credentials' scopes meet the demand.
    pub fn meets(&self, demand: Demand) -> bool {
        self.role >= demand.role && self.scopes.contains(&demand.scope)
    }
    /// Whether the viewer administers the workspace with these credentials or by role alone (for reading).
    pub fn is_admin(&self) -> bool {
        self.role == Role::Admin
    }
}
