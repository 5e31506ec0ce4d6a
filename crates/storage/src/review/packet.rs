//! What was frozen of a meeting when it was closed, and the remarks made on it since.

use std::collections::HashMap;

use domain::{
    DealId, Instant, ReviewAmendmentId, ReviewId, UserId, Viewer,
    review::{Amendment, DecisionKind},
    typed,
};
use sea_orm::FromQueryResult;
use serde_json::Value;
use uuid::Uuid;

use super::word;
use crate::{Error, Reader, access::push_visible, sql::Sql};

/// A frozen item.
#[derive(Debug, Clone, PartialEq)]
#[allow(
    missing_docs,
    reason = "what is frozen of an item, its hash and the salt of that"
)]
pub struct PacketItem {
    pub position: i32,
    pub deal: DealId,
    /// The canonical JSON.
    pub body: String,
    pub salt: [u8; 16],
    pub sha256: [u8; 32],
    pub minutes_en: String,
    pub minutes_zh: String,
}

/// What was frozen of a meeting.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "what is frozen of a meeting, and its hash")]
pub struct PacketHead {
    /// The canonical JSON.
    pub head: String,
    pub sha256: [u8; 32],
    pub minutes_en: String,
    pub minutes_zh: String,
}

/// Closes a locked meeting and freezes it.
pub async fn close(
    db: &impl Reader,
    review: ReviewId,
    now: Instant,
    version: i32,
    head: &PacketHead,
    items: &[PacketItem],
) -> Result<(), Error> {
    if !items.is_empty() {
        let mut sql = Sql::new(
            "insert into packet_item (review_id, position, deal_id, body, salt, sha256, minutes_en, minutes_zh) values ",
        );
        for (n, item) in items.iter().enumerate() {
            sql.push(if n == 0 { "(" } else { ", (" });
            sql.bind(review.uuid(), "::uuid")
                .push(", ")
                .bind(item.position, "")
                .push(", ");
            sql.bind(item.deal.uuid(), "::uuid")
                .push(", ")
                .bind(item.body.as_str(), "")
                .push(", ");
            sql.bind(item.salt.to_vec(), "::bytea")
                .push(", ")
                .bind(item.sha256.to_vec(), "::bytea")
                .push(", ");
            sql.bind(item.minutes_en.as_str(), "")
                .push(", ")
                .bind(item.minutes_zh.as_str(), "")
                .push(")");
        }
        sql.run(db).await?;
    }
    let mut sql = Sql::new(
        "update review set status = 'CLOSED', current_item = null, current_since = null, closed_at = ",
    );
    sql.bind(now, "")
        .push(", version = ")
        .bind(version, "")
        .push(", packet_head = ")
        .bind(head.head.as_str(), "");
    sql.push(", packet_sha256 = ")
        .bind(head.sha256.to_vec(), "::bytea");
    sql.push(", minutes_en = ")
        .bind(head.minutes_en.as_str(), "")
        .push(", minutes_zh = ")
        .bind(head.minutes_zh.as_str(), "");
    sql.push(" where id = ").bind(review.uuid(), "");
    sql.run(db).await?;
    Ok(())
}

/// What was frozen of these meetings: the heads, and the items in their order with whether the viewer may see them.
pub async fn packets(
    db: &impl Reader,
    viewer: &Viewer,
    reviews: &[ReviewId],
) -> Result<HashMap<ReviewId, (PacketHead, Vec<(PacketItem, bool)>)>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        packet_head: String,
        packet_sha256: Vec<u8>,
        minutes_en: String,
        minutes_zh: String,
    }
    #[derive(FromQueryResult)]
    struct Item {
        review_id: Uuid,
        position: i32,
        deal_id: Uuid,
        body: String,
        salt: Vec<u8>,
        sha256: Vec<u8>,
        minutes_en: String,
        minutes_zh: String,
        is_seen: bool,
    }
    let mut sql = Sql::new(
        "select r.id, r.packet_head, r.packet_sha256, r.minutes_en, r.minutes_zh from review r where r.packet_sha256 is not null and ",
    );
    sql.one_of("r.id", reviews);
    let mut found = HashMap::new();
    for row in sql.all::<Row>(db).await? {
        let head = PacketHead {
            head: row.packet_head,
            sha256: bytes(row.id, row.packet_sha256)?,
            minutes_en: row.minutes_en,
            minutes_zh: row.minutes_zh,
        };
        found.insert(typed(row.id), (head, Vec::new()));
    }
    let mut sql = Sql::new("select p.*, ");
    push_visible(&mut sql, viewer, "d");
    // Who had a conflict does not read what was noted.
    sql.push(" and not exists (select from review_item i join review_conflict c on c.item_id = i.id where i.review_id = p.review_id \
         and i.deal_id = p.deal_id and c.user_id = ")
        .bind(viewer.user_id.uuid(), "")
        .push(") as is_seen from packet_item p join deal d on d.id = p.deal_id where ");
    sql.one_of("p.review_id", reviews)
        .push(" order by p.review_id, p.position");
    for row in sql.all::<Item>(db).await? {
        let review: ReviewId = typed(row.review_id);
        if let Some((_, items)) = found.get_mut(&review) {
            let item = PacketItem {
                position: row.position,
                deal: typed(row.deal_id),
                body: row.body,
                salt: bytes(row.review_id, row.salt)?,
                sha256: bytes(row.review_id, row.sha256)?,
                minutes_en: row.minutes_en,
                minutes_zh: row.minutes_zh,
            };
            items.push((item, row.is_seen));
        }
    }
    Ok(found)
}

/// By what the votes on an item were read when its meeting was closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Who could vote.
    pub voters: Vec<UserId>,
    /// Who led the deal.
    pub lead: Option<UserId>,
    /// What they came to.
    pub outcome: Option<DecisionKind>,
}

/// By what the votes in these closed meetings were read, for each deal that the viewer may see. Nothing was made of votes on
/// what was dropped.
pub async fn counted(
    db: &impl Reader,
    viewer: &Viewer,
    reviews: &[ReviewId],
) -> Result<HashMap<(ReviewId, DealId), Counted>, Error> {
    const TABLE: &str = "packet_item";
    #[derive(FromQueryResult)]
    struct Row {
        review_id: Uuid,
        deal_id: Uuid,
        voters: Value,
        lead: Option<Value>,
        outcome: Option<String>,
    }
    let mut sql = Sql::new(
        "select p.review_id, p.deal_id, coalesce(x.body -> 'voters', '[]') as voters, x.body #> '{deal,terms,ownerId}' as lead, \
         x.body #>> '{tally,outcome}' as outcome from packet_item p join deal d on d.id = p.deal_id \
         cross join lateral (select p.body::jsonb as body offset 0) x where ",
    );
    push_visible(&mut sql, viewer, "d");
    sql.push(" and ").one_of("p.review_id", reviews);
    let read = |row: Row| {
        let voters = Error::row(TABLE, row.deal_id, serde_json::from_value(row.voters))?;
        let lead = row.lead.unwrap_or(Value::Null);
        let lead = Error::row(TABLE, row.deal_id, serde_json::from_value(lead))?;
        let outcome = row.outcome.map(|code| word(TABLE, &code)).transpose()?;
        let counted = Counted {
            voters,
            lead,
            outcome,
        };
        Ok(((typed(row.review_id), typed(row.deal_id)), counted))
    };
    sql.all::<Row>(db).await?.into_iter().map(read).collect()
}

fn bytes<const N: usize>(review: Uuid, bytes: Vec<u8>) -> Result<[u8; N], Error> {
    Error::row(
        "packet_item",
        review,
        <[u8; N]>::try_from(bytes).map_err(|bytes| format!("{} bytes", bytes.len())),
    )
}

/// Adds a remark.
pub async fn insert_amendment(
    db: &impl Reader,
    id: ReviewAmendmentId,
    review: ReviewId,
    amendment: &Amendment,
) -> Result<(), Error> {
    let Amendment { text, by, at } = amendment.clone();
    let mut sql = Sql::new("insert into review_amendment (id, review_id, text, by, at) values (");
    sql.bind(id.uuid(), "")
        .push(", ")
        .bind(review.uuid(), "")
        .push(", ")
        .bind(text, "");
    sql.push(", ")
        .bind(by.map(|id| id.uuid()), "::uuid")
        .push(", ")
        .bind(at, "")
        .push(")");
    sql.run(db).await?;
    Ok(())
}

/// The remarks on these meetings, the first first.
pub async fn amendments(
    db: &impl Reader,
    reviews: &[ReviewId],
) -> Result<HashMap<ReviewId, Vec<Amendment>>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        review_id: Uuid,
        text: String,
        by: Option<Uuid>,
        at: Instant,
    }
    let mut sql = Sql::new("select * from review_amendment a where ");
    sql.one_of("a.review_id", reviews)
        .push(" order by a.review_id, a.at, a.id");
    let mut found: HashMap<ReviewId, Vec<Amendment>> = HashMap::new();
    for Row {
        review_id,
        text,
        by,
        at,
    } in sql.all(db).await?
    {
        found.entry(typed(review_id)).or_default().push(Amendment {
            text,
            by: by.map(typed),
            at,
        });
    }
    Ok(found)
}
