//! What the database keeps true beyond its constraints: asked by `doctor`, by tests of old databases that were
//! migrated, and after crashes.

use sea_orm::{ConnectionTrait, FromQueryResult};

use crate::{Database, Error, Reader, sql::Sql};

/// Tables with their histories: the table, its versions, the column that names the record in them.
pub const HISTORIES: &[(&str, &str, &str)] = &[
    ("sector", "sector_version", "sector_id"),
    ("startup", "startup_version", "startup_id"),
    ("person", "person_version", "person_id"),
    ("affiliation", "affiliation_version", "affiliation_id"),
    ("document", "document_version", "document_id"),
    ("interaction", "interaction_version", "interaction_id"),
    ("task", "task_version", "task_id"),
    ("stage", "stage_version", "stage_id"),
    ("fund", "fund_version", "fund_id"),
    ("deal", "deal_version", "deal_id"),
    ("provider", "provider_version", "provider_id"),
    ("provider_event", "provider_event_version", "provider_event_id"),
    ("dependency", "dependency_version", "dependency_id"),
    ("checklist_item", "checklist_item_version", "checklist_item_id"),
    ("thesis", "thesis_version", "thesis_id"),
    ("capability", "capability_version", "capability_id"),
];

/// A promise in words, and the statement that counts as `n` the rows that break it.
const PROMISES: &[(&str, &str)] = &[
    (
        "every operation has its place in the order of changes",
        "select count(*) as n from operation o where not exists (select from operation_order x where x.operation_id = o.id)",
    ),
    (
        "every operation has activity rows, numbered from 0 without a gap, but one that only made figures anew, which has none",
        "select count(*) as n from (select o.id from operation o left join activity a on a.operation_id = o.id group by o.id \
         having (count(a.id) = 0) <> (o.verb = 'refreshAssessments') or min(a.n) <> 0 or max(a.n) <> count(*) - 1) x",
    ),
    (
        "the newest grade of a record is that of its last review, or the one it was entered with",
        "select count(*) as n from evidence e where e.grade <> coalesce((select r.to_grade from evidence_review r \
         where r.evidence_id = e.id order by r.recorded_at desc, r.id desc limit 1), e.entered_grade)",
    ),
    (
        "a review begins with the grade that the record had",
        "select count(*) as n from (select r.from_grade, coalesce(lag(r.to_grade) over (partition by r.evidence_id order by r.recorded_at, r.id), \
         e.entered_grade) as had from evidence_review r join evidence e on e.id = r.evidence_id) x where from_grade <> had",
    ),
    (
        "a deal stands where its last move that was not voided took it",
        "select count(*) as n from deal d where d.hidden_at is null and not exists (select from (select c.to_stage_id, c.to_status \
         from deal_change c where c.deal_id = d.id and c.voids is null and not exists (select from deal_change v where v.voids = c.id) \
         order by c.recorded_at desc, c.id desc limit 1) last where last.to_stage_id = d.stage_id and last.to_status = d.status)",
    ),
    (
        "a void names a move of its own deal",
        "select count(*) as n from deal_change v join deal_change c on c.id = v.voids where v.deal_id <> c.deal_id",
    ),
    (
        "only startups that are shown are known by their external ids",
        "select count(*) as n from startup_external_id x join startup s on s.id = x.startup_id where x.in_force and s.hidden_at is not null",
    ),
    (
        "every startup has its stored figures",
        "select count(*) as n from startup s where not exists (select from startup_assessment a where a.startup_id = s.id)",
    ),
    (
        "a dependency's provider is shown",
        "select count(*) as n from dependency x join provider p on p.id = x.provider_id where x.hidden_at is null and p.hidden_at is not null",
    ),
    (
        "the provider of what is told of it is shown",
        "select count(*) as n from provider_event x join provider p on p.id = x.provider_id where x.hidden_at is null and p.hidden_at is not null",
    ),
    (
        "a startup depends on a provider in one way once at a time",
        "select count(*) as n from dependency x join dependency y on y.startup_id = x.startup_id and y.provider_id = x.provider_id \
         and y.mode = x.mode and y.id > x.id where x.hidden_at is null and y.hidden_at is null \
         and x.until is null and y.until is null and x.since is null and y.since is null",
    ),
    (
        "a rubric is in force after the one before it",
        "select count(*) as n from (select version, in_force_from, lag(version) over w as before, lag(in_force_from) over w as since \
         from rubric window w as (order by version)) x where version <> coalesce(before, 0) + 1 or since >= in_force_from",
    ),
    (
        "a startup's sectors exist",
        "select count(*) as n from startup s, unnest(s.sector_ids) i where not exists (select from sector x where x.id = i)",
    ),
    (
        "a startup's competitors exist",
        "select count(*) as n from startup s, unnest(s.competitor_ids) i where not exists (select from startup x where x.id = i)",
    ),
    (
        "a record's documents exist",
        "select count(*) as n from evidence e, unnest(e.document_ids) i where not exists (select from document x where x.id = i)",
    ),
    (
        "a file has all of its bytes, in pieces without a gap",
        "select count(*) as n from file f left join lateral (select sum(octet_length(content)) as bytes, count(*) as pieces, max(n) as last \
         from file_chunk where file_id = f.id) c on true where c.bytes is distinct from f.byte_size or c.last <> c.pieces - 1",
    ),
    (
        "a document says of its file what the file says",
        "select count(*) as n from document x join file f on f.id = x.file_id where (x.sha256, x.byte_size) is distinct from (f.sha256, f.byte_size)",
    ),
    (
        "the people of an interaction exist",
        "select count(*) as n from interaction x, unnest(x.person_ids) i where not exists (select from person p where p.id = i)",
    ),
    (
        "what belongs to a deal belongs to the deal's startup",
        "select (select count(*) from interaction x join deal d on d.id = x.deal_id where x.startup_id <> d.startup_id) \
         + (select count(*) from task x join deal d on d.id = x.deal_id where x.startup_id <> d.startup_id) as n",
    ),
    (
        "the members of a deal's team exist",
        "select count(*) as n from deal d, unnest(d.team) i where not exists (select from app_user x where x.id = i)",
    ),
    (
        "the funds of a deal exist",
        "select count(*) as n from deal d, unnest(d.fund_ids) i where not exists (select from fund x where x.id = i)",
    ),
    (
        "the startups that rest on a thesis or a capability exist",
        "select (select count(*) from thesis x, unnest(x.startup_ids) i where not exists (select from startup s where s.id = i)) \
         + (select count(*) from capability x, unnest(x.startup_ids) i where not exists (select from startup s where s.id = i)) as n",
    ),
    (
        "a correction speaks of the same startup and kind",
        "select count(*) as n from evidence n join evidence e on e.id = n.supersedes where (n.startup_id, n.kind) <> (e.startup_id, e.kind)",
    ),
    (
        "every constraint and index is in force",
        "select (select count(*) from pg_constraint where not convalidated) \
         + (select count(*) from pg_index i join pg_class c on c.oid = i.indexrelid where not i.indisvalid and c.relnamespace = 'public'::regnamespace) as n",
    ),
];

/// A promise that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// What was promised.
    pub promise: String,
    /// How many rows break it.
    pub rows: i64,
}

/// What was asked, and what did not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// How many promises were looked at.
    pub asked: usize,
    /// Those that do not hold.
    pub broken: Vec<Broken>,
}

/// Looks at every promise, all at one instant. It reads whole tables: for `doctor` and tests, not for requests.
pub async fn account(db: &Database) -> Result<Account, Error> {
    let tx = db.begin().await?;
    // Longer than a request may take, and while others write.
    tx.execute_unprepared(
        "set transaction isolation level repeatable read read only; set local statement_timeout = 0",
    )
    .await?;
    let account = look(&tx).await?;
    tx.rollback().await?;
    Ok(account)
}

async fn look(db: &impl Reader) -> Result<Account, Error> {
    let mut asked = 0;
    let mut broken = Vec::new();
    let mut ask = |promise: String, rows: i64| {
        asked += 1;
        if rows > 0 {
            broken.push(Broken { promise, rows });
        }
    };
    for (promise, statement) in PROMISES {
        ask((*promise).to_owned(), Sql::new(statement).count(db).await?);
    }
    for (table, versions, key) in HISTORIES {
        let columns = kept(db, versions, key).await?;
        let of = |alias: &str| {
            let names = columns.iter().map(|column| format!("{alias}.\"{column}\""));
            names.collect::<Vec<_>>().join(", ")
        };
        let open = format!(
            "select count(*) as n from {table} t left join {versions} v on v.{key} = t.id and v.known_until is null \
             where v.{key} is null or row({}) is distinct from row({}) or v.version > t.version or v.known_from > t.recorded_at",
            of("t"),
            of("v"),
        );
        ask(
            format!("{table}: the open version says what the record says"),
            Sql::new(&open).count(db).await?,
        );
        let gaps = format!(
            "select count(*) as n from (select v.known_from, v.version, lag(v.known_until) over w as until, lag(v.version) over w as before, \
             row_number() over w as place from {versions} v window w as (partition by v.{key} order by v.known_from)) x \
             where place > 1 and (until is distinct from known_from or before >= version)",
        );
        ask(
            format!("{table}: each version begins where the one before it ends"),
            Sql::new(&gaps).count(db).await?,
        );
    }
    Ok(Account { asked, broken })
}

/// The columns whose history is kept.
async fn kept(db: &impl Reader, versions: &str, key: &str) -> Result<Vec<String>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        name: String,
    }
    let mut sql = Sql::new(
        "select attname::text as name from pg_attribute where attnum > 0 and not attisdropped and attrelid = ",
    );
    sql.bind(versions, "::text::regclass")
        .push(" and attname not in ('version', 'known_from', 'known_until', ")
        .bind(key, "::text")
        .push(") order by attnum");
    let rows: Vec<Row> = sql.all(db).await?;
    Ok(rows.into_iter().map(|row| row.name).collect())
}
