//! Who calls, with what came along: rights, language of answers, request id, idempotency key, and a counter of
//! statements. One for each request, or for each operation on a socket.

use std::sync::{Arc, atomic::AtomicU64};

use domain::{
    Instant, Role, Scope, UserId, Viewer,
    access::{Demand, Restricted},
    typed,
};
use storage::{
    Database,
    access::{Holder, User},
};
use tokio::sync::Mutex;
use uuid::Uuid;

use crate::{App, Error, Secret};

/// By what the caller is known.
#[derive(Debug, Clone)]
pub enum Identity {
    /// An API token.
    Token(Secret),
    /// A session of the web app.
    Session(Secret),
    /// The program itself: the command line on the machine.
    System,
    /// A user for whom the program acts: the demonstration.
    User(UserId),
}

/// Who the caller is, once looked up.
#[derive(Clone)]
struct Known {
    viewer: Arc<Viewer>,
    /// Where the credentials told it together with the rights.
    user: Option<User>,
    /// Until when the credentials are good.
    expires_at: Option<Instant>,
}

impl Known {
    fn by_credentials(holder: &Holder) -> Self {
        Self {
            viewer: Arc::new(holder.viewer()),
            user: Some(holder.user.clone()),
            expires_at: holder.expires_at,
        }
    }
    /// Somebody for whom the program acts, with all scopes.
    fn by_program(user_id: UserId, role: Role, restricted: Restricted) -> Self {
        Self {
            viewer: Arc::new(Viewer {
                user_id,
                role,
                scopes: Scope::ALL.to_vec().into(),
                restricted,
            }),
            user: None,
            expires_at: None,
        }
    }
}

/// A caller of use cases.
pub struct Caller {
    pub(crate) app: App,
    pub(crate) db: Database,
    identity: Identity,
    known: Mutex<Option<Known>>,
    pub(crate) request_id: Option<String>,
    pub(crate) idempotency: Option<(String, [u8; 32])>,
}

impl Caller {
    /// A caller whose rights are looked up when first needed.
    pub fn new(app: &App, identity: Identity) -> Self {
        Self {
            db: app.inner.db.clone(),
            app: app.clone(),
            identity,
            known: Mutex::new(None),
            request_id: None,
            idempotency: None,
        }
    }
    /// With the id that the answer and the log carry.
    #[must_use]
    pub fn with_request_id(mut self, id: Option<String>) -> Self {
        self.request_id = id;
        self
    }
    /// With a key under which outcomes are kept, and the hash of the request it came with.
    #[must_use]
    pub fn with_idempotency(mut self, key: Option<(String, [u8; 32])>) -> Self {
        self.idempotency = key;
        self
    }
    /// Counting its statements.
    #[must_use]
    pub fn counting(mut self, counter: Arc<AtomicU64>) -> Self {
        self.db = self.db.counting(counter);
        self
    }

    /// The same caller in a task of its own: rights looked up anew, no idempotency key.
    pub(crate) fn again(&self) -> Self {
        Self::new(&self.app, self.identity.clone()).with_request_id(self.request_id.clone())
    }

    /// The id that the answer and the log carry.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }
    /// The application.
    pub fn app(&self) -> &App {
        &self.app
    }
    /// Now.
    pub fn now(&self) -> Instant {
        self.app.now()
    }
    /// Today in the workspace's zone.
    pub fn today(&self) -> chrono::NaiveDate {
        domain::time::day_in(self.app.workspace().time_zone, self.now())
    }

    /// Who is looking: looked up once, and again after a change of rights.
    pub async fn viewer(&self) -> Result<Arc<Viewer>, Error> {
        Ok(self.known().await?.viewer)
    }

    /// The caller as a user, where the credentials told.
    pub(crate) async fn known_user(&self) -> Result<Option<User>, Error> {
        Ok(self.known().await?.user)
    }

    async fn known(&self) -> Result<Known, Error> {
        // Held while looking up, so that the fields of one document, which run side by side, look up once.
        let mut known = self.known.lock().await;
        if let Some(known) = &*known {
            return Ok(known.clone());
        }
        let found = self.look_up().await?;
        *known = Some(found.clone());
        Ok(found)
    }

    /// Looks the caller up now: the viewer, and until when the credentials are good.
    pub async fn admit(&self) -> Result<(Arc<Viewer>, Option<Instant>), Error> {
        let found = self.look_up().await?;
        *self.known.lock().await = Some(found.clone());
        Ok((found.viewer, found.expires_at))
    }

    async fn look_up(&self) -> Result<Known, Error> {
        let now = self.now();
        match &self.identity {
            Identity::Token(secret) => {
                let holder = self.token_holder(secret.sha256(), now).await?;
                Ok(Known::by_credentials(&holder))
            }
            Identity::Session(secret) => {
                let holder = storage::access::session_holder(&self.db, secret.sha256(), now)
                    .await?
                    .ok_or(Error::Unauthenticated)?;
                Ok(Known::by_credentials(&holder))
            }
            Identity::System => Ok(Known::by_program(
                typed(Uuid::nil()),
                Role::Admin,
                Restricted::All,
            )),
            Identity::User(id) => {
                let (id, role, restricted) = storage::access::rights(&self.db, &[*id])
                    .await?
                    .pop()
                    .ok_or(Error::Unauthenticated)?;
                Ok(Known::by_program(id, role, restricted))
            }
        }
    }

    async fn token_holder(&self, secret_sha256: [u8; 32], now: Instant) -> Result<Arc<Holder>, Error> {
        let remembered = &self.app.inner.remembered;
        if let Some(holder) = remembered.holder(&secret_sha256, now) {
            return Ok(holder);
        }
        let since = remembered.since(now);
        let holder = storage::access::token_holder(&self.db, secret_sha256, now)
            .await?
            .ok_or(Error::Unauthenticated)?;
        if let Some(id) = holder.token_id {
            storage::access::touch_token(&self.app.inner.db, id, now).await?;
        }
        let holder = Arc::new(holder);
        remembered.keep_holder(secret_sha256, &holder, since);
        Ok(holder)
    }

    /// Has the rights looked up anew: after a change that may have given or taken some.
    pub(crate) async fn forget_viewer(&self) {
        *self.known.lock().await = None;
    }

    /// The viewer, if the role and scopes reach.
    pub async fn demand(&self, demand: Demand) -> Result<Arc<Viewer>, Error> {
        let viewer = self.viewer().await?;
        if viewer.meets(demand) {
            Ok(viewer)
        } else {
            Err(Error::Forbidden(demand))
        }
    }

    /// The viewer, if the credentials may read.
    pub async fn reader(&self) -> Result<Arc<Viewer>, Error> {
        self.demand(Demand {
            role: Role::Viewer,
            scope: Scope::Read,
        })
        .await
    }

    /// Who is recorded as having done it; None for the program itself.
    pub(crate) fn by(&self, viewer: &Viewer) -> Option<UserId> {
        (!matches!(self.identity, Identity::System)).then_some(viewer.user_id)
    }
}
