//! Relay connections: the page's arguments, cursors that carry their order, and what a page tells of itself.

use std::sync::Arc;

use app::page::{KeyKind, Page, Place, Slice};
use async_graphql::{Error, Result, SimpleObject};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

use crate::error::coded;

/// How many rows a page has when not asked.
const DEFAULT: i32 = 50;
/// How many it may have.
const LIMIT: i32 = 200;

/// Which part of a list is asked for, its cursor read.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Window {
    limit: i32,
    from: Option<Place>,
    backward: bool,
}

#[derive(Serialize, Deserialize)]
struct Cursor {
    o: String,
    #[serde(flatten)]
    place: Place,
}

/// A cursor for a place in a list of this order.
fn cursor(order: &str, place: Place) -> String {
    URL_SAFE_NO_PAD.encode(
        serde_json::to_vec(&Cursor {
            o: order.to_owned(),
            place,
        })
        .unwrap_or_default(),
    )
}

/// Reads an argument's cursor; one of another order, or of a kind that this order never gives, is the caller's mistake.
fn read_cursor(argument: &str, (order, kind): (&str, KeyKind), text: &str) -> Result<Place> {
    let read = URL_SAFE_NO_PAD
        .decode(text)
        .ok()
        .and_then(|bytes| serde_json::from_slice::<Cursor>(&bytes).ok());
    let cursor = read.ok_or_else(|| no_cursor(argument))?;
    if cursor.o != order {
        return Err(coded(
            "BAD_USER_INPUT",
            format!(
                "{argument}: the cursor is of a list ordered by {}, not by {order}",
                cursor.o
            ),
        ));
    }
    if !cursor.place.key.fits(kind) {
        return Err(no_cursor(argument));
    }
    Ok(cursor.place)
}

fn no_cursor(argument: &str) -> Error {
    coded(
        "BAD_USER_INPUT",
        format!("{argument}: this is no cursor of the list; send one that it gave"),
    )
}

/// The argument that the cursor of a page comes by.
fn argument(backward: bool) -> &'static str {
    if backward { "before" } else { "after" }
}

/// How many rows are asked for; more than a page has is the caller's mistake.
pub(crate) fn page_size(size: i32) -> Result<u64> {
    if (0..=LIMIT).contains(&size) {
        Ok(size.unsigned_abs().into())
    } else {
        Err(coded(
            "BAD_USER_INPUT",
            format!("{size} rows cannot be had; a page has 0 to {LIMIT}"),
        ))
    }
}

impl Window {
    /// Reads the four arguments of a connection whose order has this name and values of this kind.
    pub(crate) fn read(
        order: (&str, KeyKind),
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<Self> {
        let (size, from, backward) = match (first, last) {
            (Some(_), Some(_)) => {
                return Err(coded(
                    "BAD_USER_INPUT",
                    "first and last together say nothing; send one of them",
                ));
            }
            (None, Some(last)) => (last, before, true),
            (first, None) if before.is_some() && first.is_none() => (DEFAULT, before, true),
            (first, None) => (first.unwrap_or(DEFAULT), after, false),
        };
        page_size(size)?;
        let argument = argument(backward);
        let from = from.map(|text| read_cursor(argument, order, &text)).transpose()?;
        Ok(Self {
            limit: size,
            from,
            backward,
        })
    }
    /// What is said of a cursor that only the list itself finds to be none.
    pub(crate) fn no_cursor(&self) -> Error {
        no_cursor(argument(self.backward))
    }
    /// The page to read.
    pub(crate) fn page(&self) -> Page {
        Page {
            limit: self.limit(),
            from: self.from.clone(),
            backward: self.backward,
        }
    }
    /// How many rows at most.
    pub(crate) fn limit(&self) -> u64 {
        u64::from(self.limit.unsigned_abs())
    }
    /// Whether it is read from the end.
    pub(crate) fn backward(&self) -> bool {
        self.backward
    }
    /// The nodes of a page read. `node` makes of a row what is shown, `place` says where in the order a node stands.
    pub(crate) fn rows<T, N>(
        &self,
        slice: Slice<T>,
        order: &str,
        place: impl Fn(&N) -> Place + Send + Sync + 'static,
        node: impl Fn(T) -> N,
    ) -> Rows<N> {
        let beyond = self.from.is_some();
        let (has_next_page, has_previous_page) = if self.backward {
            (beyond, slice.more)
        } else {
            (slice.more, beyond)
        };
        Rows {
            nodes: slice.rows.into_iter().map(node).collect(),
            order: order.to_owned(),
            place: Box::new(place),
            has_next_page,
            has_previous_page,
        }
    }
}

/// A page whose rows are shared instead of copied.
pub(crate) fn shared<T>(Slice { rows, more }: Slice<T>) -> Slice<Arc<T>> {
    let rows = rows.into_iter().map(Arc::new).collect();
    Slice { rows, more }
}

/// The nodes of a page, and what it takes to tell their cursors: they are made only when asked for, as a place by name
/// has to be spelt.
pub(crate) struct Rows<N> {
    pub(crate) nodes: Vec<N>,
    order: String,
    place: Box<dyn Fn(&N) -> Place + Send + Sync>,
    has_next_page: bool,
    has_previous_page: bool,
}

impl<N> Rows<N> {
    pub(crate) fn cursor(&self, node: &N) -> String {
        cursor(&self.order, (self.place)(node))
    }
    pub(crate) fn info(&self) -> PageInfo {
        PageInfo {
            has_next_page: self.has_next_page,
            has_previous_page: self.has_previous_page,
            start_cursor: self.nodes.first().map(|node| self.cursor(node)),
            end_cursor: self.nodes.last().map(|node| self.cursor(node)),
        }
    }
}

/// Where a page stands in its list.
#[derive(SimpleObject, Clone)]
pub struct PageInfo {
    /// Whether more rows follow.
    has_next_page: bool,
    /// Whether rows come before.
    has_previous_page: bool,
    /// The cursor of the first row.
    start_cursor: Option<String>,
    /// The cursor of the last row.
    end_cursor: Option<String>,
}

/// Declares a connection with its edge over a node type.
macro_rules! connection {
    ($connection:ident, $edge:ident, $node:ty, $count:ty, $what:literal) => {
        #[doc = concat!("A row of a page of ", $what, ".")]
        #[derive(async_graphql::SimpleObject)]
        pub struct $edge {
            /// Its cursor: where to go on from.
            pub(crate) cursor: String,
            /// The row itself.
            pub(crate) node: $node,
        }
        /// A page of a list.
        pub struct $connection {
            pub(crate) rows: $crate::connection::Rows<$node>,
            pub(crate) count: $count,
        }
        #[doc = concat!("A page of ", $what, ".")]
        #[async_graphql::Object]
        impl $connection {
            /// Its rows with their cursors.
            async fn edges(&self) -> Vec<$edge> {
                self.rows
                    .nodes
                    .iter()
                    .map(|node| $edge {
                        cursor: self.rows.cursor(node),
                        node: node.clone(),
                    })
                    .collect()
            }
            /// Its rows.
            async fn nodes(&self) -> &[$node] {
                &self.rows.nodes
            }
            /// Where it stands in its list.
            async fn page_info(&self) -> $crate::connection::PageInfo {
                self.rows.info()
            }
            /// How many rows the whole list has; counted only when asked for.
            async fn total_count(&self, ctx: &async_graphql::Context<'_>) -> async_graphql::Result<i32> {
                self.count.count(ctx).await
            }
        }
    };
}
pub(crate) use connection;
