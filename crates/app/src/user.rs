//! Users, their sign-in links and sessions, and API tokens.

use chrono::TimeDelta;
use domain::{
    Instant, Message, Problem, ProblemCode, Role, Scope, TokenId, TokenTag, UserId, UserTag,
    access::Demand,
    activity::{Change, SubjectType},
};
use futures::FutureExt;
use serde::{Deserialize, Serialize};
use serde_json::json;
use storage::access::{ApiToken, User};

use crate::{
    App, Caller, Error, Outcome, Secret,
    write::{Stop, Write},
};

/// How long a sign-in link is good.
pub const LINK_HOURS: i64 = 24 * 7;
/// How long a session lasts.
pub const SESSION_DAYS: i64 = 30;

/// A session as it begins.
#[derive(Debug)]
pub struct NewSession {
    /// What the cookie holds.
    pub secret: Secret,
    /// Until when.
    pub expires_at: Instant,
}

/// A token as it is made. The secret is not kept: a repeated request gets none.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NewToken {
    /// Which token.
    pub id: TokenId,
    /// In the clear, the first time only.
    #[serde(skip)]
    pub secret: Option<String>,
}

impl Caller {
    /// Every user.
    pub async fn users(&self) -> Result<Vec<User>, Error> {
        self.reader().await?;
        Ok(storage::access::users(&self.db).await?)
    }
    /// The users with these ids.
    pub async fn users_by_ids(&self, ids: &[UserId]) -> Result<Vec<User>, Error> {
        self.reader().await?;
        Ok(storage::access::users_by_ids(&self.db, ids).await?)
    }
    /// The caller, as a user. None for the program itself.
    pub async fn me(&self) -> Result<Option<User>, Error> {
        if let Some(user) = self.known_user().await? {
            return Ok(Some(user));
        }
        let viewer = self.viewer().await?;
        Ok(storage::access::users_by_ids(&self.db, &[viewer.user_id])
            .await?
            .pop())
    }
    /// The caller's tokens that were not revoked, the newest first.
    pub async fn tokens(&self) -> Result<Vec<ApiToken>, Error> {
        let viewer = self.reader().await?;
        Ok(storage::access::tokens_of(&self.db, viewer.user_id).await?)
    }
    /// The tokens with these ids, if they are the caller's or the caller is an administrator.
    pub async fn tokens_by_ids(&self, ids: &[TokenId]) -> Result<Vec<ApiToken>, Error> {
        let viewer = self.reader().await?;
        let found = storage::access::tokens_by_ids(&self.db, ids).await?;
        Ok(found
            .into_iter()
            .filter(|t| t.user_id == viewer.user_id || viewer.is_admin())
            .collect())
    }

    /// Adds a user.
    pub async fn add_user(&self, email: String, name: String, role: Role) -> Result<Outcome<UserId>, Error> {
        self.write("addUser", "addUser", Demand::ADMIN, |w| {
            add(w, email.clone(), name.clone(), role).boxed()
        })
        .await
    }

    /// Makes an API token for a user: for oneself, within one's own role; for another, as an administrator.
    pub async fn create_token(
        &self,
        user: Option<UserId>,
        name: String,
        scopes: Vec<Scope>,
        expires_at: Option<Instant>,
        path: &str,
    ) -> Result<Outcome<NewToken>, Error> {
        let secret = Secret::random("tst_");
        let scope = if scopes.contains(&Scope::Admin) {
            Scope::Admin
        } else {
            Scope::Write
        };
        let viewer = self.viewer().await?;
        let own = user.is_none_or(|id| id == viewer.user_id);
        let demand = if own {
            Demand {
                role: Role::Viewer,
                scope: if viewer.role == Role::Viewer {
                    Scope::Read
                } else {
                    scope
                },
            }
        } else {
            Demand::ADMIN
        };
        // A token cannot make one that may more than itself.
        if let Some(more) = scopes.iter().find(|s| !viewer.scopes.contains(s)) {
            return Err(Error::Forbidden(Demand {
                role: Role::Viewer,
                scope: *more,
            }));
        }
        let sha256 = secret.sha256();
        let made = self
            .write("createToken", path, demand, |w| {
                make_token(w, user, name.clone(), scopes.clone(), expires_at, sha256).boxed()
            })
            .await?;
        Ok(made.map(|token| NewToken {
            secret: token.secret.map(|_: String| secret.reveal().to_owned()),
            ..token
        }))
    }

    /// Revokes a token: one's own, or any as an administrator.
    pub async fn revoke_token(&self, id: TokenId, path: &str) -> Result<Outcome<TokenId>, Error> {
        self.write(
            "revokeToken",
            path,
            Demand {
                role: Role::Viewer,
                scope: Scope::Read,
            },
            |w| revoke(w, id).boxed(),
        )
        .await
    }

    /// Makes a one-time sign-in link for a user: its secret.
    pub async fn make_link(&self, user: UserId) -> Result<Secret, Error> {
        self.demand(Demand::ADMIN).await?;
        let secret = Secret::random("");
        let now = self.now();
        storage::access::insert_link(
            &self.db,
            secret.sha256(),
            user,
            now,
            now + TimeDelta::hours(LINK_HOURS),
        )
        .await?;
        Ok(secret)
    }

    /// The user with this e-mail.
    pub async fn user_by_email(&self, email: &str) -> Result<Option<User>, Error> {
        self.demand(Demand::ADMIN).await?;
        Ok(storage::access::user_by_email(&self.db, email).await?)
    }
    /// The token with this secret.
    pub async fn token_by_secret(&self, secret: &Secret) -> Result<Option<ApiToken>, Error> {
        self.demand(Demand::ADMIN).await?;
        Ok(storage::access::token_by_secret(&self.db, secret.sha256()).await?)
    }
}

impl App {
    /// Whom a sign-in link would sign in. Changes nothing: link previews look at links too.
    pub async fn look_at_link(&self, secret: &Secret) -> Result<Option<User>, Error> {
        Ok(storage::access::link_user(&self.inner.db, secret.sha256(), self.now()).await?)
    }
    /// Uses a sign-in link up and begins a session.
    pub async fn redeem_link(&self, secret: &Secret) -> Result<Option<NewSession>, Error> {
        let now = self.now();
        let tx = self.inner.db.begin().await?;
        let Some(user) = storage::access::use_link(&tx, secret.sha256(), now).await? else {
            return Ok(None);
        };
        let session = NewSession {
            secret: Secret::random(""),
            expires_at: now + TimeDelta::days(SESSION_DAYS),
        };
        storage::access::insert_session(&tx, session.secret.sha256(), user, now, session.expires_at).await?;
        tx.commit().await?;
        Ok(Some(session))
    }
    /// Ends a session.
    pub async fn sign_out(&self, secret: &Secret) -> Result<(), Error> {
        storage::access::delete_session(&self.inner.db, secret.sha256(), self.now()).await?;
        self.inner
            .ended
            .send_modify(|count| *count = count.wrapping_add(1));
        Ok(())
    }
}

async fn add(w: &mut Write, email: String, name: String, role: Role) -> Result<UserId, Stop> {
    let (email, name) = (email.trim().to_owned(), name.trim().to_owned());
    let mut problems = domain::Problems::default();
    let valid = email
        .split_once('@')
        .is_some_and(|(local, host)| !local.is_empty() && !host.is_empty() && !host.contains('@'));
    problems.push_if(!valid || email.contains(char::is_whitespace), || {
        Problem::invalid("email", Message::NotAnEmail { value: email.clone() })
    });
    problems.push_if(name.is_empty(), || Problem::required("name"));
    problems.into_result()?;
    storage::workspace::lock_set_up(&w.tx).await?;
    if storage::access::user_by_email(&w.tx, &email).await?.is_some() {
        return Err(Problem::new(ProblemCode::Taken, "email", Message::UserTaken { email }).into());
    }
    let id = w.new_id::<UserTag>();
    storage::access::insert_user(
        &w.tx,
        &User {
            id,
            name: name.clone(),
            email,
            role,
            is_active: true,
        },
        w.now,
    )
    .await?;
    // Names and addresses of people stay out of what can never be changed; they are read from the user.
    w.created(SubjectType::User, id.uuid(), &json!({ "role": role }));
    Ok(id)
}

async fn make_token(
    w: &mut Write,
    user: Option<UserId>,
    name: String,
    scopes: Vec<Scope>,
    expires_at: Option<Instant>,
    sha256: [u8; 32],
) -> Result<NewToken, Stop> {
    let user = user.unwrap_or(w.viewer.user_id);
    let name = name.trim().to_owned();
    let mut problems = domain::Problems::default();
    problems.push_if(name.is_empty(), || Problem::required("name"));
    problems.push_if(scopes.is_empty(), || Problem::required("scopes"));
    problems.push_if(
        scopes.contains(&Scope::Calendar) && scopes.iter().any(|scope| *scope != Scope::Calendar),
        || Problem::invalid("scopes", Message::CalendarStandsAlone),
    );
    if let Some(at) = expires_at {
        problems.push_if(at <= w.now, || {
            Problem::invalid("expiresAt", Message::ExpiryInPast { at })
        });
    }
    problems.into_result()?;
    if storage::access::users_by_ids(&w.tx, &[user]).await?.is_empty() {
        return Err(Problem::not_found("user", user).into());
    }
    let id = w.new_id::<TokenTag>();
    let mut kept: Vec<Scope> = Scope::ALL.to_vec();
    kept.retain(|s| scopes.contains(s));
    let token = ApiToken {
        id,
        user_id: user,
        name: name.clone(),
        scopes: kept,
        created_at: w.now,
        expires_at,
        last_used_at: None,
        revoked_at: None,
    };
    storage::access::insert_token(&w.tx, &token, sha256).await?;
    w.created(
        SubjectType::Token,
        id.uuid(),
        &json!({ "name": name, "user": user, "scopes": token.scopes, "expiresAt": expires_at }),
    );
    Ok(NewToken {
        id,
        secret: Some(String::new()),
    })
}

async fn revoke(w: &mut Write, id: TokenId) -> Result<TokenId, Stop> {
    let found = storage::access::tokens_by_ids(&w.tx, &[id]).await?.pop();
    let token = found
        .filter(|t| t.user_id == w.viewer.user_id || w.viewer.is_admin())
        .ok_or_else(|| Problem::not_found("id", id))?;
    if storage::access::revoke_token(&w.tx, token.id, w.now).await? {
        w.record(Change {
            subject_type: SubjectType::Token,
            subject_id: id.uuid(),
            startup_id: None,
            deal_id: None,
            before: Some(json!({ "revoked": false })),
            after: Some(json!({ "revoked": true })),
        });
    }
    Ok(id)
}

/// Whether the workspace has no user yet.
pub async fn none_yet(caller: &Caller) -> Result<bool, Error> {
    Ok(caller.users().await?.is_empty())
}
