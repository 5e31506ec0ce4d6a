//! The demonstration: a fictional fund with its fictional startups, evidence and deals of two years, and some real makers
//! of base models and AI products with nothing but public facts.
//!
//! What it holds is data (crates/app/data), dated by offsets from day 0, the day of the first run. It is replayed with a
//! simulated clock through the same use cases as everything else, so that histories and views of the past are true to
//! it: the one place where the activity's time is not the machine's. The same day 0 gives the same database, ids
//! included.

mod beliefs;
mod companies;
mod data;
mod deals;
mod evidence;
mod measures;
mod meetings;
mod replay;
mod startups;
mod work;

use chrono::{Days, NaiveDate, TimeDelta};
use domain::{Instant, Problem, UserId, time};
use storage::{Workspace, access::User};

use crate::{App, Caller, Error, Identity, Secret};

/// The e-mail of who signs in by the first link: a partner of the demo fund, with the rights of an administrator.
pub const PARTNER: &str = "admin@touchstone.example";

/// For how many days the demonstration looks fresh; an older one may be begun anew.
pub const FRESH_DAYS: i64 = 14;

/// The zone of the demo fund's days.
const ZONE: chrono_tz::Tz = chrono_tz::Asia::Shanghai;

/// Day 0 of a demonstration that is begun at an instant.
pub fn day_of(at: Instant) -> NaiveDate {
    time::day_in(ZONE, at)
}

/// Whether a workspace holds a demonstration that is older than it looks fresh.
pub fn is_old(workspace: &Workspace, now: Instant) -> bool {
    let day_zero = time::day_in(workspace.time_zone, workspace.created_at);
    let today = time::day_in(workspace.time_zone, now);
    workspace.is_demo && (today - day_zero).num_days() > FRESH_DAYS
}

/// Fills an empty, migrated database with the demonstration as it stands on the morning of `day_zero`.
pub async fn fill(db: storage::Database, day_zero: NaiveDate) -> Result<(), Error> {
    let story = data::Story::read()?;
    replay::replay(db, Calendar { day_zero }, &story).await
}

/// Whether the holder of a session may have everybody on the server turn from this workspace to another.
pub async fn may_turn(from: &App, session: &Secret) -> Result<bool, Error> {
    Ok(Going::of(from, session).await?.is_some())
}

/// An administrator who goes along to a workspace that was just begun, and stays signed in.
#[derive(Debug)]
pub struct Going {
    user: User,
    sha256: [u8; 32],
    expires_at: Instant,
}

impl Going {
    /// Whose session it is; None where it is not good, or not an administrator's.
    pub async fn of(from: &App, session: &Secret) -> Result<Option<Self>, Error> {
        let sha256 = session.sha256();
        let holder = storage::access::session_holder(&from.inner.db, sha256, from.now()).await?;
        Ok(holder
            .filter(|holder| holder.viewer().is_admin())
            .and_then(|holder| {
                Some(Self {
                    expires_at: holder.expires_at?,
                    user: holder.user,
                    sha256,
                })
            }))
    }

    /// Lets them in: as the user of the same address, or as a new one.
    pub async fn arrive(self, to: &App) -> Result<UserId, Error> {
        let User {
            email, name, role, ..
        } = self.user;
        let system = Caller::new(to, Identity::System);
        let user = match system.user_by_email(&email).await? {
            Some(user) => user.id,
            None => made("user", system.add_user(email, name, role).await?)?,
        };
        storage::access::insert_session(&to.inner.db, self.sha256, user, to.now(), self.expires_at).await?;
        Ok(user)
    }
}

/// Reads offsets from day 0.
#[derive(Debug, Clone, Copy)]
struct Calendar {
    day_zero: NaiveDate,
}

impl Calendar {
    /// The day that lies so many days from day 0.
    fn day(self, offset: i32) -> NaiveDate {
        let days = Days::new(u64::from(offset.unsigned_abs()));
        let day = if offset < 0 {
            self.day_zero.checked_sub_days(days)
        } else {
            self.day_zero.checked_add_days(days)
        };
        day.unwrap_or(self.day_zero)
    }

    /// When the `nth` thing of a day was written down: minutes apart from ten in the morning on, but on day 0 at its very
    /// beginning, as nothing may lie in the future of who looks at it that day.
    fn moment(self, offset: i32, nth: i64) -> Instant {
        let midnight = time::end_of_day(ZONE, self.day(offset).pred_opt().unwrap_or_default())
            + TimeDelta::microseconds(1);
        if offset < 0 {
            midnight + TimeDelta::hours(10) + TimeDelta::minutes(nth)
        } else {
            midnight + TimeDelta::milliseconds(nth)
        }
    }
}

/// What the story's data must not run into: a refusal.
fn made<T>(what: &str, outcome: Result<T, Vec<Problem>>) -> Result<T, Error> {
    outcome
        .map_err(|problems| Error::Internal(format!("the demonstration's {what} was refused: {problems:?}")))
}

/// A workspace of the demo fund, set up on the day of its first record.
fn workspace(calendar: Calendar) -> Workspace {
    Workspace {
        name: "Touchstone demo fund 试金石演示基金".into(),
        time_zone: ZONE,
        currency: "CNY".into(),
        is_demo: true,
        created_at: calendar.moment(0, 0),
    }
}

/// The application in which the story is replayed.
async fn stage(db: storage::Database, clock: crate::Clock, calendar: Calendar) -> Result<App, Error> {
    crate::workspace::set_up(&db, &clock, workspace(calendar)).await?;
    App::open(db, clock).await
}
