//! Users and API tokens; what a mutation answers with when something can be repaired.

use std::sync::Arc;

use app::Outcome;
use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use domain::{Language, Message, Problem, TokenTag, UserId};

use crate::{
    context::{RequestContext, UserKey, caller, language, loader, path, read_id},
    error::told,
    review::load::LiveReviewsKey,
    scalar::DateTime,
};

/// What a user may do, each role including those before it.
#[derive(Enum, Copy, Clone, Eq, PartialEq)]
#[graphql(remote = "domain::Role")]
pub enum Role {
    /// Reads.
    Viewer,
    /// Also writes startups, evidence, people and deals.
    Analyst,
    /// Also invests, decides and overrides gates.
    Partner,
    /// Also manages users, tokens, stages and sectors.
    Admin,
}

/// What a token may be used for, within its user's role.
#[derive(Enum, Copy, Clone, Eq, PartialEq)]
#[graphql(remote = "domain::Scope")]
pub enum TokenScope {
    /// Reads.
    Read,
    /// Writes.
    Write,
    /// Runs imports.
    Import,
    /// Manages users and tokens.
    Admin,
    /// Reads its user's calendar, at /calendar/SECRET.ics, and nothing else; it stands alone.
    Calendar,
}

/// The kind of something that the caller can repair.
#[derive(Enum, Copy, Clone, Eq, PartialEq)]
#[graphql(remote = "domain::ProblemCode")]
pub enum UserErrorCode {
    /// A value that cannot be.
    Invalid,
    /// A value that is missing.
    Required,
    /// Something named that is not there, or not for the caller.
    NotFound,
    /// What the input names exists already.
    Taken,
    /// Somebody changed the record since the caller read it.
    StaleVersion,
    /// A gate of the pipeline is closed.
    GateClosed,
    /// The state of the record does not allow it.
    NotAllowed,
    /// It contradicts something else that is recorded.
    Conflict,
    /// More than there may be.
    Limit,
}

/// Something that the caller can repair; nothing was written.
#[derive(SimpleObject, Clone)]
pub struct UserError {
    /// Its kind.
    code: UserErrorCode,
    /// What is wrong, naming the value, and what would be right.
    message: String,
    /// The path of the input's field; null where it is about the whole.
    field: Option<Vec<String>>,
    /// The id of the record that is here already, where the code is TAKEN and it is one that has a page.
    existing: Option<ID>,
}

/// Puts problems into words.
pub(crate) fn user_errors(problems: Vec<Problem>, language: Language) -> Vec<UserError> {
    problems
        .into_iter()
        .map(|p| UserError {
            existing: match &p.message {
                Message::StartupTaken { id, .. }
                | Message::ProviderTaken { id, .. }
                | Message::DependencyTaken { id, .. } => Some(id.as_str().into()),
                _ => None,
            },
            code: p.code.into(),
            message: p.message.text(language),
            field: (!p.field.is_empty()).then_some(p.field),
        })
        .collect()
}

/// Splits an outcome into what was made and what is wrong.
pub(crate) fn split<T>(ctx: &Context<'_>, outcome: Outcome<T>) -> (Option<T>, Vec<UserError>) {
    match outcome {
        Ok(value) => (Some(value), Vec::new()),
        Err(problems) => (None, user_errors(problems, language(ctx))),
    }
}

/// A review meeting by its name.
#[derive(SimpleObject)]
pub struct ReviewName {
    /// The meeting's id.
    id: ID,
    /// What it is called.
    title: String,
}

/// A user of the workspace.
#[derive(Clone)]
pub struct User(pub(crate) Arc<app::User>);

/// A user of the workspace.
#[Object]
impl User {
    /// The user's id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }
    /// The user's name.
    async fn name(&self) -> &str {
        &self.0.name
    }
    /// The user's e-mail address.
    async fn email(&self) -> &str {
        &self.0.email
    }
    /// The user's role.
    async fn role(&self) -> Role {
        self.0.role.into()
    }
    /// Whether the user may sign in.
    async fn is_active(&self) -> bool {
        self.0.is_active
    }
    /// The review meetings that go on now and that the user attends, the first first.
    async fn live_reviews(&self, ctx: &Context<'_>) -> Result<Vec<ReviewName>> {
        let found = loader(ctx)?.load_one(LiveReviewsKey(self.0.id)).await?;
        let named = found.unwrap_or_default().into_iter().map(|row| ReviewName {
            id: row.id.to_string().into(),
            title: row.title,
        });
        Ok(named.collect())
    }
}

/// A user by id, through the loader.
pub(crate) async fn user(ctx: &Context<'_>, id: Option<UserId>) -> Result<Option<User>> {
    let Some(id) = id else { return Ok(None) };
    Ok(loader(ctx)?.load_one(UserKey(id)).await?.map(User))
}

/// An API token, without its secret.
pub struct ApiToken(pub(crate) app::ApiToken);

/// An API token, without its secret.
#[Object]
impl ApiToken {
    /// The token's id.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }
    /// What it is called.
    async fn name(&self) -> &str {
        &self.0.name
    }
    /// Whose it is.
    async fn user(&self, ctx: &Context<'_>) -> Result<User> {
        user(ctx, Some(self.0.user_id))
            .await?
            .ok_or_else(|| told(app::Error::Internal("a token without its user".into())))
    }
    /// What it may be used for.
    async fn scopes(&self) -> Vec<TokenScope> {
        self.0.scopes.iter().map(|s| (*s).into()).collect()
    }
    /// When it was made.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }
    /// Until when it is good; null: until it is revoked.
    async fn expires_at(&self) -> Option<DateTime> {
        self.0.expires_at.map(DateTime)
    }
    /// When it was last used, to the minute.
    async fn last_used_at(&self) -> Option<DateTime> {
        self.0.last_used_at.map(DateTime)
    }
    /// When it was revoked.
    async fn revoked_at(&self) -> Option<DateTime> {
        self.0.revoked_at.map(DateTime)
    }
}

/// What is needed to make a token for oneself.
#[derive(InputObject)]
pub struct CreateTokenInput {
    /// What it is called.
    name: String,
    /// What it may be used for; not more than the caller may.
    scopes: Vec<TokenScope>,
    /// Until when it is good; left out: until it is revoked.
    expires_at: Option<DateTime>,
}

/// Which token to revoke.
#[derive(InputObject)]
pub struct RevokeTokenInput {
    /// The token's id.
    id: ID,
}

/// A token as it is made or revoked.
#[derive(SimpleObject)]
pub struct TokenPayload {
    /// The token.
    token: Option<ApiToken>,
    /// Shown once, when the token is made; null when a repeated request is answered.
    secret: Option<String>,
    /// What the caller can repair.
    user_errors: Vec<UserError>,
}

/// Queries about users.
#[derive(Default)]
pub struct UserQuery;

#[Object]
impl UserQuery {
    /// Who is asking; null without credentials.
    async fn viewer(&self, ctx: &Context<'_>) -> Result<Option<User>> {
        match ctx.data_opt::<RequestContext>() {
            None => Ok(None),
            Some(request) => Ok(request.caller.me().await.map_err(told)?.map(Arc::new).map(User)),
        }
    }
    /// The caller's API tokens that were not revoked, the newest first.
    async fn tokens(&self, ctx: &Context<'_>) -> Result<Vec<ApiToken>> {
        let tokens = caller(ctx)?.tokens().await.map_err(told)?;
        Ok(tokens.into_iter().map(ApiToken).collect())
    }
    /// Every user of the workspace, by name.
    async fn users(&self, ctx: &Context<'_>) -> Result<Vec<User>> {
        Ok(caller(ctx)?
            .users()
            .await
            .map_err(told)?
            .into_iter()
            .map(Arc::new)
            .map(User)
            .collect())
    }
}

/// Mutations about tokens.
#[derive(Default)]
pub struct UserMutation;

#[Object]
impl UserMutation {
    /// Makes an API token for the caller.
    async fn create_token(&self, ctx: &Context<'_>, input: CreateTokenInput) -> Result<TokenPayload> {
        let caller = caller(ctx)?;
        let scopes = input.scopes.into_iter().map(Into::into).collect();
        let made = caller
            .create_token(
                None,
                input.name,
                scopes,
                input.expires_at.map(|d| d.0),
                &path(ctx),
            )
            .await
            .map_err(told)?;
        let (made, user_errors) = split(ctx, made);
        let Some(made) = made else {
            return Ok(TokenPayload {
                token: None,
                secret: None,
                user_errors,
            });
        };
        let token = caller
            .tokens_by_ids(&[made.id])
            .await
            .map_err(told)?
            .pop()
            .map(ApiToken);
        Ok(TokenPayload {
            token,
            secret: made.secret,
            user_errors,
        })
    }
    /// Revokes a token: one's own, or any as an administrator.
    async fn revoke_token(&self, ctx: &Context<'_>, input: RevokeTokenInput) -> Result<TokenPayload> {
        let caller = caller(ctx)?;
        let id = match read_id::<TokenTag>(&input.id, "id") {
            Ok(id) => id,
            Err(problem) => {
                return Ok(TokenPayload {
                    token: None,
                    secret: None,
                    user_errors: user_errors(vec![problem], language(ctx)),
                });
            }
        };
        let (done, user_errors) = split(ctx, caller.revoke_token(id, &path(ctx)).await.map_err(told)?);
        let token = match done {
            Some(id) => caller
                .tokens_by_ids(&[id])
                .await
                .map_err(told)?
                .pop()
                .map(ApiToken),
            None => None,
        };
        Ok(TokenPayload {
            token,
            secret: None,
            user_errors,
        })
    }
}
