//! Users, their secrets, and what a viewer may see. Of a secret only its hash comes here.

use std::sync::Arc;

use domain::{DealId, Instant, Role, Scope, TokenId, UserId, Viewer, access::Restricted, typed};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{Error, Reader, sql::Sql};

/// Appends the condition under which the viewer may see a deal (its table under the alias). The only place where
/// this rule is put into SQL.
pub(crate) fn push_visible(sql: &mut Sql, viewer: &Viewer, deal: &str) {
    match &viewer.restricted {
        Restricted::All => sql.push("true"),
        Restricted::Only(ids) => {
            sql.push(&format!("({deal}.visibility = 'TEAM' or {deal}.id = any("));
            sql.bind_ids(ids).push("))")
        }
    };
}

/// Appends the condition under which the viewer may see a record `x` that may belong to a deal, whose row is joined as
/// `d`: the deal is shown, and for the viewer. At an instant the deal was here by then; rights are those of today.
pub(crate) fn push_visible_with_deal(sql: &mut Sql, viewer: &Viewer, as_of: Option<Instant>) {
    sql.push("(x.deal_id is null or ");
    match as_of {
        None => sql.push("d.hidden_at is null"),
        Some(at) => sql
            .push("exists (select from deal_version h where h.deal_id = d.id and h.hidden_at is null and h.known_from <= ")
            .bind(at, "")
            .push(" and (h.known_until is null or h.known_until > ")
            .bind(at, "")
            .push("))"),
    };
    sql.push(" and ");
    push_visible(sql, viewer, "d");
    sql.push(")");
}

/// A user of the workspace.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "the fields are described in the API")]
pub struct User {
    pub id: UserId,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub is_active: bool,
}

#[derive(FromQueryResult)]
struct UserRow {
    id: Uuid,
    name: String,
    email: String,
    role: String,
    is_active: bool,
}

impl UserRow {
    fn read(self) -> Result<User, Error> {
        let Self {
            id,
            name,
            email,
            role,
            is_active,
        } = self;
        Ok(User {
            id: typed(id),
            name,
            email,
            role: Error::row("app_user", id, role.parse())?,
            is_active,
        })
    }
}

const USER: &str = "select id, name, email, role, is_active from app_user";

/// Every user, by name.
pub async fn users(db: &impl Reader) -> Result<Vec<User>, Error> {
    Sql::new(&format!("{USER} order by lower(name) collate \"C\", id"))
        .all::<UserRow>(db)
        .await?
        .into_iter()
        .map(UserRow::read)
        .collect()
}

/// The users with these ids.
pub async fn users_by_ids(db: &impl Reader, ids: &[UserId]) -> Result<Vec<User>, Error> {
    let mut sql = Sql::new(USER);
    sql.push(" where id = any(").bind_ids(ids).push(")");
    sql.all::<UserRow>(db)
        .await?
        .into_iter()
        .map(UserRow::read)
        .collect()
}

/// The user with this e-mail, whatever its case.
pub async fn user_by_email(db: &impl Reader, email: &str) -> Result<Option<User>, Error> {
    let mut sql = Sql::new(USER);
    sql.push(" where lower(email) = lower(").bind(email, "").push(")");
    sql.one::<UserRow>(db).await?.map(UserRow::read).transpose()
}

/// Adds a user.
pub async fn insert_user(db: &impl Reader, user: &User, now: Instant) -> Result<(), Error> {
    let User {
        id,
        name,
        email,
        role,
        is_active,
    } = user.clone();
    let mut sql = Sql::new(
        "insert into app_user (id, name, email, role, is_active, created_at, recorded_at, version) values (",
    );
    sql.bind(id.uuid(), "")
        .push(", ")
        .bind(name, "")
        .push(", ")
        .bind(email, "")
        .push(", ")
        .bind(role.code(), "")
        .push(", ");
    sql.bind(is_active, "")
        .push(", ")
        .bind(now, "")
        .push(", ")
        .bind(now, "")
        .push(", 1)");
    sql.run(db).await?;
    Ok(())
}

/// Who a secret belongs to, and until when.
#[derive(Debug, Clone, PartialEq)]
pub struct Holder {
    /// The user.
    pub user: User,
    /// What the credentials allow.
    pub scopes: Arc<[Scope]>,
    /// Until when.
    pub expires_at: Option<Instant>,
    /// The token, if it is one.
    pub token_id: Option<TokenId>,
    /// Which restricted deals the user may see.
    pub restricted: Restricted,
}

impl Holder {
    /// What the holder is as a viewer.
    pub fn viewer(&self) -> Viewer {
        Viewer {
            user_id: self.user.id,
            role: self.user.role,
            scopes: Arc::clone(&self.scopes),
            restricted: self.restricted.clone(),
        }
    }
}

#[derive(FromQueryResult)]
struct HolderRow {
    id: Uuid,
    name: String,
    email: String,
    role: String,
    is_active: bool,
    scopes: Option<Vec<String>>,
    expires_at: Option<Instant>,
    token_id: Option<Uuid>,
    deals: Vec<Uuid>,
}

impl HolderRow {
    fn read(self) -> Result<Holder, Error> {
        let Self {
            id,
            name,
            email,
            role,
            is_active,
            scopes,
            expires_at,
            token_id,
            deals,
        } = self;
        let user = UserRow {
            id,
            name,
            email,
            role,
            is_active,
        }
        .read()?;
        let scopes = match scopes {
            None => Scope::ALL.to_vec(),
            Some(codes) => codes
                .iter()
                .map(|code| Error::row("api_token", id, code.parse()))
                .collect::<Result<_, _>>()?,
        };
        Ok(Holder {
            restricted: restricted(user.role, deals),
            user,
            scopes: scopes.into(),
            expires_at,
            token_id: token_id.map(typed),
        })
    }
}

fn restricted(role: Role, deals: Vec<Uuid>) -> Restricted {
    if role == Role::Admin {
        Restricted::All
    } else {
        Restricted::Only(deals.into_iter().map(typed).collect::<Vec<DealId>>().into())
    }
}

/// Which restricted deals a user may see, as a subquery over `u`. Served by deal_restricted.
const DEALS: &str = "array(select d.id from deal d where d.visibility = 'RESTRICTED' and u.role <> 'ADMIN' \
    and (d.owner_id = u.id or d.opened_by = u.id or u.id = any(d.team)) order by d.id) as deals";

/// Whom an unexpired, unrevoked API token belongs to.
pub async fn token_holder(
    db: &impl Reader,
    secret_sha256: [u8; 32],
    now: Instant,
) -> Result<Option<Holder>, Error> {
    let mut sql = Sql::new(&format!(
        "select u.id, u.name, u.email, u.role, u.is_active, t.scopes, t.expires_at, t.id as token_id, {DEALS} \
         from api_token t join app_user u on u.id = t.user_id where u.is_active and t.revoked_at is null and (t.expires_at is null or t.expires_at > "
    ));
    sql.bind(now, "")
        .push(") and t.secret_sha256 = ")
        .bind(secret_sha256.to_vec(), "");
    sql.one::<HolderRow>(db).await?.map(HolderRow::read).transpose()
}

/// Whom an unexpired session belongs to.
pub async fn session_holder(
    db: &impl Reader,
    secret_sha256: [u8; 32],
    now: Instant,
) -> Result<Option<Holder>, Error> {
    let mut sql = Sql::new(&format!(
        "select u.id, u.name, u.email, u.role, u.is_active, null::text[] as scopes, x.expires_at, null::uuid as token_id, {DEALS} \
         from session x join app_user u on u.id = x.user_id where u.is_active and x.expires_at > "
    ));
    sql.bind(now, "")
        .push(" and x.secret_sha256 = ")
        .bind(secret_sha256.to_vec(), "");
    sql.one::<HolderRow>(db).await?.map(HolderRow::read).transpose()
}

/// Which restricted deals these users may see now, with their roles; for subscriptions, in one statement. Users who
/// are no longer active are missing.
pub async fn rights(db: &impl Reader, users: &[UserId]) -> Result<Vec<(UserId, Role, Restricted)>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        role: String,
        deals: Vec<Uuid>,
    }
    let mut sql = Sql::new(&format!(
        "select u.id, u.role, {DEALS} from app_user u where u.is_active and u.id = any("
    ));
    sql.bind_ids(users).push(")");
    sql.all::<Row>(db)
        .await?
        .into_iter()
        .map(|row| {
            let role: Role = Error::row("app_user", row.id, row.role.parse())?;
            Ok((typed(row.id), role, restricted(role, row.deals)))
        })
        .collect()
}

/// Notes that a token was used; at most once a minute, so that reads stay reads.
pub async fn touch_token(db: &impl Reader, id: TokenId, now: Instant) -> Result<(), Error> {
    let mut sql = Sql::new("update api_token set last_used_at = ");
    sql.bind(now, "")
        .push(" where id = ")
        .bind(id.uuid(), "")
        .push(" and (last_used_at is null or last_used_at < ");
    sql.bind(now - chrono::TimeDelta::minutes(1), "").push(")");
    sql.run(db).await?;
    Ok(())
}

/// An API token, without its secret.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "the fields are described in the API")]
pub struct ApiToken {
    pub id: TokenId,
    pub user_id: UserId,
    pub name: String,
    pub scopes: Vec<Scope>,
    pub created_at: Instant,
    pub expires_at: Option<Instant>,
    pub last_used_at: Option<Instant>,
    pub revoked_at: Option<Instant>,
}

#[derive(FromQueryResult)]
struct TokenRow {
    id: Uuid,
    user_id: Uuid,
    name: String,
    scopes: Vec<String>,
    created_at: Instant,
    expires_at: Option<Instant>,
    last_used_at: Option<Instant>,
    revoked_at: Option<Instant>,
}

impl TokenRow {
    fn read(self) -> Result<ApiToken, Error> {
        let Self {
            id,
            user_id,
            name,
            scopes,
            created_at,
            expires_at,
            last_used_at,
            revoked_at,
        } = self;
        let scopes = scopes
            .iter()
            .map(|code| Error::row("api_token", id, code.parse()))
            .collect::<Result<_, _>>()?;
        Ok(ApiToken {
            id: typed(id),
            user_id: typed(user_id),
            name,
            scopes,
            created_at,
            expires_at,
            last_used_at,
            revoked_at,
        })
    }
}

const TOKEN: &str =
    "select id, user_id, name, scopes, created_at, expires_at, last_used_at, revoked_at from api_token";

/// The tokens with these ids.
pub async fn tokens_by_ids(db: &impl Reader, ids: &[TokenId]) -> Result<Vec<ApiToken>, Error> {
    let mut sql = Sql::new(TOKEN);
    sql.push(" where id = any(").bind_ids(ids).push(")");
    sql.all::<TokenRow>(db)
        .await?
        .into_iter()
        .map(TokenRow::read)
        .collect()
}

/// A user's tokens that were not revoked, the newest first.
pub async fn tokens_of(db: &impl Reader, user: UserId) -> Result<Vec<ApiToken>, Error> {
    let mut sql = Sql::new(TOKEN);
    sql.push(" where revoked_at is null and user_id = ")
        .bind(user.uuid(), "")
        .push(" order by created_at desc, id desc");
    sql.all::<TokenRow>(db)
        .await?
        .into_iter()
        .map(TokenRow::read)
        .collect()
}

/// The token with this secret.
pub async fn token_by_secret(db: &impl Reader, secret_sha256: [u8; 32]) -> Result<Option<ApiToken>, Error> {
    let mut sql = Sql::new(TOKEN);
    sql.push(" where secret_sha256 = ")
        .bind(secret_sha256.to_vec(), "");
    sql.one::<TokenRow>(db).await?.map(TokenRow::read).transpose()
}

/// Adds a token.
pub async fn insert_token(db: &impl Reader, token: &ApiToken, secret_sha256: [u8; 32]) -> Result<(), Error> {
    let ApiToken {
        id,
        user_id,
        name,
        scopes,
        created_at,
        expires_at,
        last_used_at: _,
        revoked_at: _,
    } = token.clone();
    let mut sql = Sql::new(
        "insert into api_token (id, user_id, name, secret_sha256, scopes, created_at, expires_at) values (",
    );
    sql.bind(id.uuid(), "")
        .push(", ")
        .bind(user_id.uuid(), "")
        .push(", ")
        .bind(name, "")
        .push(", ")
        .bind(secret_sha256.to_vec(), "")
        .push(", ");
    sql.bind(
        scopes.iter().map(|s| s.code().to_owned()).collect::<Vec<_>>(),
        "::text[]",
    )
    .push(", ")
    .bind(created_at, "")
    .push(", ");
    sql.bind(expires_at, "::timestamptz").push(")");
    sql.run(db).await?;
    Ok(())
}

/// Revokes a token. False: it was revoked already.
pub async fn revoke_token(db: &impl Reader, id: TokenId, now: Instant) -> Result<bool, Error> {
    let mut sql = Sql::new("update api_token set revoked_at = ");
    sql.bind(now, "")
        .push(" where revoked_at is null and id = ")
        .bind(id.uuid(), "");
    Ok(sql.run(db).await? == 1)
}

/// Adds a one-time sign-in link.
pub async fn insert_link(
    db: &impl Reader,
    secret_sha256: [u8; 32],
    user: UserId,
    now: Instant,
    expires_at: Instant,
) -> Result<(), Error> {
    let mut sql =
        Sql::new("insert into sign_in_link (secret_sha256, user_id, created_at, expires_at) values (");
    sql.bind(secret_sha256.to_vec(), "")
        .push(", ")
        .bind(user.uuid(), "")
        .push(", ")
        .bind(now, "")
        .push(", ")
        .bind(expires_at, "")
        .push(")");
    sql.run(db).await?;
    Ok(())
}

/// Whom an unused, unexpired link would sign in. Changes nothing.
pub async fn link_user(
    db: &impl Reader,
    secret_sha256: [u8; 32],
    now: Instant,
) -> Result<Option<User>, Error> {
    let mut sql = Sql::new(USER);
    sql.push(
        " where is_active and id = (select user_id from sign_in_link where used_at is null and expires_at > ",
    );
    sql.bind(now, "")
        .push(" and secret_sha256 = ")
        .bind(secret_sha256.to_vec(), "")
        .push(")");
    sql.one::<UserRow>(db).await?.map(UserRow::read).transpose()
}

/// Uses a link up. Of two who try, one gets the user.
pub async fn use_link(
    db: &impl Reader,
    secret_sha256: [u8; 32],
    now: Instant,
) -> Result<Option<UserId>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        user_id: Uuid,
    }
    let mut sql = Sql::new("update sign_in_link l set used_at = ");
    sql.bind(now, "").push(" from app_user u where u.id = l.user_id and u.is_active and l.used_at is null and l.expires_at > ").bind(now, "");
    sql.push(" and l.secret_sha256 = ")
        .bind(secret_sha256.to_vec(), "")
        .push(" returning l.user_id");
    Ok(sql.one::<Row>(db).await?.map(|row| typed(row.user_id)))
}

/// Begins a session.
pub async fn insert_session(
    db: &impl Reader,
    secret_sha256: [u8; 32],
    user: UserId,
    now: Instant,
    expires_at: Instant,
) -> Result<(), Error> {
    let mut sql = Sql::new("insert into session (secret_sha256, user_id, created_at, expires_at) values (");
    sql.bind(secret_sha256.to_vec(), "")
        .push(", ")
        .bind(user.uuid(), "")
        .push(", ")
        .bind(now, "")
        .push(", ")
        .bind(expires_at, "")
        .push(")");
    sql.run(db).await?;
    Ok(())
}

/// Ends a session, and forgets those that are over.
pub async fn delete_session(db: &impl Reader, secret_sha256: [u8; 32], now: Instant) -> Result<(), Error> {
    let mut sql = Sql::new("delete from session where secret_sha256 = ");
    sql.bind(secret_sha256.to_vec(), "")
        .push(" or expires_at <= ")
        .bind(now, "");
    sql.run(db).await?;
    Ok(())
}
