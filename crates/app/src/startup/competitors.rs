//! Which startups compete with one, as the fund names them.

use domain::{Message, Problem, StartupId, startup::ProfileEdit};
use futures::FutureExt;

use super::replace;
use crate::{
    Caller, Error, Outcome,
    write::{Stop, Write},
};
use domain::access::Demand;

impl Caller {
    /// Names the competitors of a startup, in place of those named before.
    pub async fn set_competitors(
        &self,
        id: StartupId,
        competitors: Vec<StartupId>,
        path: &str,
    ) -> Result<Outcome<StartupId>, Error> {
        self.write("setCompetitors", path, Demand::ANALYST_WRITE, |w| {
            set(w, id, competitors.clone()).boxed()
        })
        .await
    }
}

async fn set(w: &mut Write, id: StartupId, competitors: Vec<StartupId>) -> Result<StartupId, Stop> {
    let mut ids = competitors.clone();
    ids.push(id);
    let mut found = storage::startup::lock_all(&w.tx, &ids).await?;
    let mut problems = Vec::new();
    for (n, competitor) in competitors.iter().enumerate() {
        let field = format!("competitors.{n}");
        if *competitor == id {
            problems.push(Problem::invalid(
                &field,
                Message::CompetesWithItself { id: id.to_string() },
            ));
        } else if !found.iter().any(|startup| startup.id == *competitor) {
            problems.push(Problem::not_found(&field, *competitor));
        }
    }
    let Some(own) = found.iter().position(|startup| startup.id == id) else {
        problems.insert(0, Problem::not_found("startup", id));
        return Err(problems.into());
    };
    if !problems.is_empty() {
        return Err(problems.into());
    }
    let old = found.swap_remove(own);
    let edit = ProfileEdit {
        competitor_ids: Some(competitors),
        ..ProfileEdit::default()
    };
    let profile = old.profile.clone().edited(edit).prepared(w.today())?;
    replace(w, old, profile).await?;
    Ok(id)
}
