//! GraphQL over HTTP and over WebSocket, with the limits, the health pages and the explorer that go with it.
//!
//! The crate knows no schema of ours: a [`Transport`] is made from any `async_graphql` executor, the SDL it serves, and a
//! [`Gate`], by which the product says who is calling. `Transport::router` gives the routes; [`serve`] runs them until a
//! [`Shutdown`] begins, finishing what is under way.
//!
//! | module | holds |
//! |---|---|
//! | `gate` | who is calling: credentials, admissions, refusals |
//! | `limits` | every limit, its default, and the table of them |
//! | `shape` | what the SDL says of types, for measuring documents and checking variables |
//! | `measure` | the cost of a document, each fragment measured once |
//! | `document` | from what came over the wire to a request that may be executed |
//! | `answer` | what goes back: errors with codes, internal ones masked |
//! | `graphql` | the HTTP side of `/graphql` |
//! | `entrance` | the same door for other routes that programs call |
//! | `events` | server-sent events for such routes |
//! | `socket` | its WebSocket side, `graphql-transport-ws` |
//! | `observe` | request ids, spans, metrics, panics |

mod answer;
mod document;
mod entrance;
mod events;
mod fault;
mod gate;
mod graphiql;
mod graphql;
mod health;
mod limits;
mod measure;
mod negotiate;
mod observe;
mod origin;
mod rate;
mod serve;
mod shape;
mod socket;
mod transport;
mod variables;

pub use entrance::{Entrance, Shown};
pub use events::{Event, Reader, Streams};
pub use fault::Code;
pub use gate::{
    Admission, BoxFuture, Clock, Credentials, Gate, IdempotencyKey, Language, Refusal, RequestMeta,
    SESSION_COOKIE,
};
pub use limits::{LimitRow, Limits};
pub use observe::RequestId;
pub use serve::{Shutdown, serve};
pub use transport::{AsItIs, SchemaError, Transport};
