//! Running the routes until asked to stop.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::serve::ListenerExt as _;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// Says that the server stops, and waits for the sockets to close. Clones speak of the same server.
#[derive(Debug, Clone)]
pub struct Shutdown {
    begun: Arc<watch::Sender<bool>>,
    /// Every open socket listens here, so that none listening means none open.
    sockets: Arc<watch::Sender<()>>,
    grace: Duration,
}

impl Default for Shutdown {
    fn default() -> Self {
        Self::new(Duration::from_secs(10))
    }
}

impl Shutdown {
    /// A server that runs; once it begins to stop, requests under way have `grace` to finish.
    pub fn new(grace: Duration) -> Self {
        Self {
            begun: Arc::new(watch::Sender::new(false)),
            sockets: Arc::new(watch::Sender::new(())),
            grace,
        }
    }

    /// Begins to stop: no new connections, sockets close with 1001.
    pub fn begin(&self) {
        self.begun.send_replace(true);
    }

    /// Waits until the server begins to stop.
    pub async fn begun(&self) {
        let mut begun = self.begun.subscribe();
        // The sender lives as long as `self`.
        let _ = begun.wait_for(|begun| *begun).await;
    }

    /// Waits until no socket is open.
    pub async fn sockets_closed(&self) {
        self.sockets.closed().await;
    }

    /// Held by a socket while it is open.
    pub(crate) fn hold(&self) -> watch::Receiver<()> {
        self.sockets.subscribe()
    }
}

/// Serves until [`Shutdown::begin`], then finishes the requests under way and closes the sockets, within the grace time.
pub async fn serve(listener: TcpListener, router: Router, shutdown: Shutdown) -> io::Result<()> {
    let listener = listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "TCP_NODELAY was not set");
        }
    });
    let stop = shutdown.clone();
    let server = axum::serve(listener, router).with_graceful_shutdown(async move { stop.begun().await });
    let finished = async {
        server.await?;
        shutdown.sockets.closed().await;
        Ok(())
    };
    let out_of_time = async {
        shutdown.begun().await;
        tokio::time::sleep(shutdown.grace).await;
    };
    tokio::select! {
        outcome = finished => outcome,
        () = out_of_time => {
            tracing::warn!(grace_ms = shutdown.grace.as_millis() as u64, "requests under way were cut off");
            Ok(())
        }
    }
}
