//! The diligence checklist of a startup.

use std::collections::HashMap;

use async_graphql::{
    ComplexObject, Context, Error, ID, InputObject, Object, Result, SimpleObject, dataloader::Loader,
};
use domain::{
    Instant, StartupId, StartupTag, UserId, assessment,
    checklist::{Answer, Answered, Item, shown},
    startup::Layer,
};

use crate::{
    context::{Load, caller, grouped, language, loader, path, read_id},
    error::told,
    scalar::DateTime,
    startup::{StartupPayload, payload},
    user::{User, user},
    word::word,
};

word! {
    /// What came of an item of the checklist.
    ChecklistState, "assessment::ChecklistState" {
        /// Not looked at.
        Open,
        /// As it should be.
        Ok,
        /// A worry.
        Concern,
    }
}

/// An item of a startup's diligence checklist, with what came of it.
#[derive(SimpleObject, Clone)]
#[graphql(complex)]
pub struct ChecklistItem {
    /// Its name for programs, such as who_pays.
    key: &'static str,
    /// Of which layer's startups it is asked; null: of every one.
    layer: Option<crate::startup::Layer>,
    /// What it asks, in a line.
    label: &'static str,
    /// What came of it; OPEN where nobody answered.
    state: ChecklistState,
    /// What there is to say of it.
    note: Option<String>,
    #[graphql(skip)]
    answered_by: Option<UserId>,
    /// When it was answered last; null where nobody did.
    at: Option<DateTime>,
}

#[ComplexObject]
impl ChecklistItem {
    /// Who answered it last; null where nobody did, and for the program itself.
    async fn by(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        user(ctx, self.answered_by).await
    }
}

/// What was answered for a startup.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct ChecklistKey(StartupId, Option<Instant>);

impl Loader<ChecklistKey> for Load {
    type Value = Vec<Answered>;
    type Error = Error;
    async fn load(&self, keys: &[ChecklistKey]) -> Result<HashMap<ChecklistKey, Vec<Answered>>> {
        let mut found = HashMap::new();
        for (at, ids) in grouped(keys, |key| (key.1, key.0)) {
            let answers = self.0.checklists_of(&ids, at).await.map_err(told)?;
            found.extend(answers.into_iter().map(|(id, rows)| (ChecklistKey(id, at), rows)));
        }
        Ok(found)
    }
}

/// What was answered for a startup.
pub(crate) async fn answers(
    ctx: &Context<'_>,
    id: StartupId,
    as_of: Option<Instant>,
) -> Result<Vec<Answered>> {
    let found = loader(ctx)?.load_one(ChecklistKey(id, as_of)).await?;
    Ok(found.unwrap_or_default())
}

/// The checklist of a startup of a layer.
pub(crate) async fn of_startup(
    ctx: &Context<'_>,
    id: StartupId,
    layer: Option<Layer>,
    as_of: Option<Instant>,
) -> Result<Vec<ChecklistItem>> {
    let answered = answers(ctx, id, as_of).await?;
    let item = |(item, answered): (&'static Item, Option<Answered>)| {
        let at = answered.as_ref().map(|answered| DateTime(answered.at));
        let answered_by = answered.as_ref().and_then(|answered| answered.by);
        let Answer { state, note } = answered.map(|answered| answered.answer).unwrap_or_default();
        ChecklistItem {
            key: item.key,
            layer: item.layer.map(Into::into),
            label: item.label(language(ctx)),
            state: state.into(),
            note,
            answered_by,
            at,
        }
    };
    Ok(shown(layer, answered).into_iter().map(item).collect())
}

/// The answer to an item of a startup's checklist.
#[derive(InputObject)]
pub struct SetChecklistItemInput {
    /// Of which startup.
    startup: ID,
    /// Which item: one of the startup's layer or of every layer, such as who_pays.
    key: String,
    /// What came of it.
    state: ChecklistState,
    /// What there is to say of it, in place of the note before.
    note: Option<String>,
}

/// Mutations of checklists.
#[derive(Default)]
pub struct ChecklistMutation;

#[Object]
impl ChecklistMutation {
    /// Answers an item of a startup's checklist, in place of the answer before.
    async fn set_checklist_item(
        &self,
        ctx: &Context<'_>,
        input: SetChecklistItemInput,
    ) -> Result<StartupPayload> {
        let SetChecklistItemInput {
            startup,
            key,
            state,
            note,
        } = input;
        let startup = match read_id::<StartupTag>(&startup, "startup") {
            Ok(startup) => startup,
            Err(problem) => return payload(ctx, Err(vec![problem])).await,
        };
        let state = state.into();
        let done = caller(ctx)?
            .set_checklist_item(startup, key, Answer { state, note }, &path(ctx))
            .await;
        payload(ctx, done.map_err(told)?).await
    }
}
