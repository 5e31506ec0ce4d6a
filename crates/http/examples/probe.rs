//! The transport around a small schema, for the conformance suites: prints `ready http://…` and serves until interrupted.
//!
//! Usage: `probe [127.0.0.1:0]`; the token is `good`.

#[path = "../tests/probe/mod.rs"]
mod probe;

use touchstone_http::{Limits, Shutdown, serve};

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let address = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "127.0.0.1:0".to_owned());
    let listener = tokio::net::TcpListener::bind(address).await?;
    println!("ready http://{}", listener.local_addr()?);
    let shutdown = Shutdown::default();
    let router = probe::transport(Limits::default())
        .shutdown(shutdown.clone())
        .router();
    let stop = shutdown.clone();
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            stop.begin();
        }
    });
    serve(listener, router, shutdown).await
}
