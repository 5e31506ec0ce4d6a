//! Who looks at a page, and what they may do.

use crate::problem::Problem;
use crate::schema;
use crate::shell::UserMenu;
use crate::words::Words;

/// Who is signed in.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "User")]
pub(crate) struct Viewer {
    pub(crate) name: String,
    pub(crate) role: Role,
    pub(crate) live_reviews: Vec<LiveReview>,
}

/// A meeting that goes on now and that they attend.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "ReviewName")]
pub(crate) struct LiveReview {
    pub(crate) id: cynic::Id,
    pub(crate) title: String,
}

/// Who is signed in, known by id.
#[derive(Clone, Debug, cynic::QueryFragment)]
#[cynic(graphql_type = "User")]
pub(crate) struct Reader {
    pub(crate) id: cynic::Id,
    #[cynic(spread)]
    pub(crate) viewer: Viewer,
}

/// What a user may do; each role may what those before it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, cynic::Enum)]
pub(crate) enum Role {
    Viewer,
    Analyst,
    Partner,
    Admin,
}

impl Role {
    /// Whether forms that write are for them.
    pub(crate) fn may_write(self) -> bool {
        self >= Self::Analyst
    }

    /// Whether they override gates and take back moves of others.
    pub(crate) fn may_override(self) -> bool {
        self >= Self::Partner
    }

    /// The word for it.
    pub(crate) fn word(self, words: &Words) -> &'static str {
        match self {
            Self::Viewer => words.viewer,
            Self::Analyst => words.analyst,
            Self::Partner => words.partner,
            Self::Admin => words.admin,
        }
    }
}

/// Who is signed in, if forms that write are for them.
pub(crate) fn writer(viewer: Option<Viewer>) -> Result<Viewer, Problem> {
    let viewer = viewer.ok_or(Problem::SignIn)?;
    if viewer.role.may_write() {
        Ok(viewer)
    } else {
        Err(Problem::NotAllowed)
    }
}

impl Viewer {
    /// As the bar shows them.
    pub(crate) fn menu(self, words: &Words) -> UserMenu {
        UserMenu {
            role: self.role.word(words),
            may_write: self.role.may_write(),
            name: self.name,
            live_reviews: self.live_reviews,
        }
    }
}
