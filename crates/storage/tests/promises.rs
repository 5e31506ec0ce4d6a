//! What the database promises: asked of a workspace in use, and of one that was broken on purpose.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

extern crate touchstone_storage as storage;

use sqlx::{AssertSqlSafe, Connection, PgConnection, Row};
use storage::{Database, Options, promise};
use test_support::TestDb;

/// Columns that no view reads as of a date, and why.
const NOT_READ_BY_VIEWS: &[(&str, &[&str])] = &[
    // keys and bookkeeping of the row itself
    ("", &["id", "recorded_at", "version", "created_at"]),
    // made from the names, for recognising and finding what is here now
    ("startup", &["name_keys", "search_text"]),
    ("person", &["search_text"]),
    ("fund", &["name_key"]),
    // how it stood before any verdict: never changes
    ("thesis", &["begun_as"]),
    ("capability", &["begun_as"]),
    ("deal", &["search_text", "origin_startup_id", "opened_at"]),
    // where a merge took them from; never changes
    ("affiliation", &["origin_startup_id", "organisation_key"]),
    // made from the name, so that one vendor is not entered twice
    ("provider", &["name_key", "origin_startup_id"]),
    ("dependency", &["origin_startup_id"]),
    ("checklist_item", &["origin_startup_id"]),
    // who wrote it down, and when, never changes
    ("interaction", &["origin_startup_id", "by", "logged_at"]),
    (
        "task",
        &["origin_startup_id", "recorded_by", "review_id", "decision_id"],
    ),
    // what a provider did is never rewritten
    (
        "provider_event",
        &[
            "provider_id",
            "kind",
            "on_day",
            "precision",
            "summary",
            "source_url",
            "created_by",
        ],
    ),
    // a file is another document: these never change
    (
        "document",
        &[
            "sha256",
            "byte_size",
            "file_id",
            "origin_startup_id",
            "added_by",
            "added_at",
        ],
    ),
];

async fn columns(db: &mut PgConnection, table: &str) -> Vec<String> {
    let rows = sqlx::query(
        "select attname::text from pg_attribute where attrelid = $1::text::regclass and attnum > 0 and not attisdropped",
    )
    .bind(table)
    .fetch_all(db)
    .await
    .unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

#[tokio::test]
async fn every_column_is_kept_in_the_history_or_named_as_read_by_no_view() {
    let test = TestDb::new().await;
    let mut db = PgConnection::connect(test.url()).await.unwrap();
    for (table, versions, _) in promise::HISTORIES {
        let kept = columns(&mut db, versions).await;
        let excused: Vec<&str> = NOT_READ_BY_VIEWS
            .iter()
            .filter(|(of, _)| of.is_empty() || of == table)
            .flat_map(|(_, names)| names.iter().copied())
            .collect();
        for column in columns(&mut db, table).await {
            assert!(
                kept.contains(&column) || excused.contains(&column.as_str()),
                "{table}.{column} is neither in {versions} nor named as read by no view"
            );
        }
        let with_history: bool = sqlx::query_scalar(
            "select count(*) = 2 from pg_trigger where tgrelid = $1::text::regclass and tgname in ('keep_versions_insert', 'keep_versions_update') and tgenabled = 'O'",
        )
        .bind(table)
        .fetch_one(&mut db)
        .await
        .unwrap();
        assert!(with_history, "{table} does not write {versions}");
    }
    let tables: Vec<String> = sqlx::query_scalar(
        "select relname::text from pg_class where relkind = 'r' and relname like '%\\_version' and relnamespace = 'public'::regnamespace order by 1",
    )
    .fetch_all(&mut db)
    .await
    .unwrap();
    let mut named: Vec<&str> = promise::HISTORIES
        .iter()
        .map(|(_, versions, _)| *versions)
        .collect();
    named.sort_unstable();
    assert_eq!(tables, named, "promise::HISTORIES names every table of versions");
}

#[tokio::test]
async fn every_foreign_key_has_an_index_that_begins_with_it() {
    let test = TestDb::new().await;
    let mut db = PgConnection::connect(test.url()).await.unwrap();
    let bare: Vec<String> = sqlx::query_scalar(
        "select c.conrelid::regclass || '(' || (select string_agg(a.attname, ', ') from pg_attribute a \
         where a.attrelid = c.conrelid and a.attnum = any(c.conkey)) || ')' from pg_constraint c where c.contype = 'f' \
         and c.connamespace = 'public'::regnamespace and not exists (select from pg_index i where i.indrelid = c.conrelid \
         and i.indisvalid and (i.indkey::int2[])[0:cardinality(c.conkey) - 1] @> c.conkey) order by 1",
    )
    .fetch_all(&mut db)
    .await
    .unwrap();
    assert_eq!(bare, Vec::<String>::new());
}

/// A workspace with a bit of everything, written by hand.
async fn filled(db: &mut PgConnection) {
    let fill = "
        insert into app_user (id, name, email, role, created_at, recorded_at, version)
          values ('00000000-0000-7000-8000-000000000001', 'Ana', 'a@fund.example', 'ANALYST', '2025-01-01', '2025-01-01', 1);
        insert into stage (id, key, name, name_zh, position, limit_days, recorded_at, version)
          values ('00000000-0000-7000-8000-000000000011', 'SEEN', 'Seen', '见过', 1, 9, '2025-01-01', 1),
                 ('00000000-0000-7000-8000-000000000012', 'MET', 'Met', '见面', 2, 9, '2025-01-01', 1);
        insert into startup (id, slug, name, name_sort, name_keys, search_text, created_at, recorded_at, version)
          values ('00000000-0000-7000-8000-000000000021', 'one', 'One', 'one', '{one}', 'one', '2025-01-01', '2025-01-01', 1);
        update startup set name = 'One!', recorded_at = '2025-01-02', version = 2;
        insert into startup_assessment (startup_id, day, rubric_version, formula_version, demand, claimed_demand, hype_gap, has_proof, has_verified_proof, flags)
          values ('00000000-0000-7000-8000-000000000021', '2025-01-01', 1, 1, 0, 0, 0, false, false, '{}');
        insert into evidence (id, startup_id, origin_startup_id, kind, value, observed_on, entered_grade, grade, source, recorded_at)
          values ('00000000-0000-7000-8000-000000000031', '00000000-0000-7000-8000-000000000021', '00000000-0000-7000-8000-000000000021',
                  'PILOTS', 2, '2025-01-01', 'CLAIMED', 'CLAIMED', 'OTHER', '2025-01-01');
        insert into evidence_review (id, evidence_id, from_grade, to_grade, recorded_at, checked)
          values ('00000000-0000-7000-8000-000000000041', '00000000-0000-7000-8000-000000000031', 'CLAIMED', 'VERIFIED', '2025-01-02', 'called');
        update evidence set grade = 'VERIFIED';
        insert into deal (id, startup_id, origin_startup_id, title, title_sort, search_text, stage_id, status, visibility, round,
                          entered_stage_at, opened_at, created_at, recorded_at, version)
          values ('00000000-0000-7000-8000-000000000051', '00000000-0000-7000-8000-000000000021', '00000000-0000-7000-8000-000000000021',
                  'D', 'd', 'd', '00000000-0000-7000-8000-000000000012', 'ACTIVE', 'TEAM', 'SEED', '2025-01-01', '2025-01-01', '2025-01-01', '2025-01-01', 1);
        insert into deal_change (id, deal_id, to_stage_id, to_status, occurred_at, recorded_at)
          values ('00000000-0000-7000-8000-000000000061', '00000000-0000-7000-8000-000000000051', '00000000-0000-7000-8000-000000000012',
                  'ACTIVE', '2025-01-01', '2025-01-01');
        insert into startup_external_id (startup_id, origin_startup_id, source, external_id, recorded_at)
          values ('00000000-0000-7000-8000-000000000021', '00000000-0000-7000-8000-000000000021', 'yc', '1', '2025-01-01');
        insert into provider (id, name, name_key, startup_id, origin_startup_id, recorded_at, version)
          values ('00000000-0000-7000-8000-000000000091', 'Base', 'base', '00000000-0000-7000-8000-000000000021',
                  '00000000-0000-7000-8000-000000000021', '2025-01-01', 1);
        insert into dependency (id, startup_id, origin_startup_id, provider_id, mode, is_critical, recorded_at, version)
          values ('00000000-0000-7000-8000-0000000000a1', '00000000-0000-7000-8000-000000000021', '00000000-0000-7000-8000-000000000021',
                  '00000000-0000-7000-8000-000000000091', 'API', true, '2025-01-01', 1);
        insert into checklist_item (id, startup_id, origin_startup_id, key, state, recorded_at, version)
          values ('00000000-0000-7000-8000-0000000000b1', '00000000-0000-7000-8000-000000000021', '00000000-0000-7000-8000-000000000021',
                  'team', 'OK', '2025-01-01', 1);
        insert into file (id, sha256, byte_size, media_type, file_name, recorded_at)
          values ('00000000-0000-7000-8000-0000000000c1', sha256('ab'), 2, 'text/plain', 'a.txt', '2025-01-01');
        insert into file_chunk (file_id, n, content)
          values ('00000000-0000-7000-8000-0000000000c1', 0, 'a'), ('00000000-0000-7000-8000-0000000000c1', 1, 'b');
        insert into document (id, title, kind, sha256, byte_size, file_id, added_at, recorded_at, version)
          values ('00000000-0000-7000-8000-0000000000d1', 'A', 'OTHER', sha256('ab'), 2, '00000000-0000-7000-8000-0000000000c1',
                  '2025-01-01', '2025-01-01', 1);
        insert into capability (id, statement, startup_ids, begun_as, created_at, recorded_at, version)
          values ('00000000-0000-7000-8000-0000000000e1', 'models can rig', array['00000000-0000-7000-8000-000000000021'::uuid], 'NOT_YET',
                  '2025-01-01', '2025-01-01', 1);
        insert into operation (id, at, verb) values ('00000000-0000-7000-8000-000000000071', '2025-01-01', 'createStartup');
        insert into activity (operation_id, n, id, subject_type, subject_id, after)
          values ('00000000-0000-7000-8000-000000000071', 0, '00000000-0000-7000-8000-000000000081', 'startup',
                  '00000000-0000-7000-8000-000000000021', '{}');";
    sqlx::raw_sql(fill).execute(db).await.unwrap();
}

#[tokio::test]
async fn a_broken_promise_is_told_with_its_rows() {
    // Past the triggers, as a faulty disk or a hand in the database would.
    let ways = [
        ("delete from operation_order", "its place in the order of changes"),
        ("update activity set n = 1", "numbered from 0 without a gap"),
        ("update evidence set grade = 'REFUTED'", "the newest grade"),
        (
            "update evidence_review set from_grade = 'REFUTED'",
            "a review begins with",
        ),
        (
            "update deal_change set to_stage_id = '00000000-0000-7000-8000-000000000011'",
            "a deal stands where",
        ),
        (
            "update startup set hidden_at = '2025-01-02'",
            "known by their external ids",
        ),
        (
            "delete from startup_assessment",
            "every startup has its stored figures",
        ),
        (
            "update startup set sector_ids = array[gen_random_uuid()]",
            "a startup's sectors exist",
        ),
        (
            "update startup set competitor_ids = array[gen_random_uuid()]",
            "a startup's competitors exist",
        ),
        (
            "update evidence set document_ids = array[gen_random_uuid()]",
            "a record's documents exist",
        ),
        ("delete from file_chunk where n = 1", "all of its bytes"),
        ("update file_chunk set n = 2 where n = 1", "without a gap"),
        (
            "update document set sha256 = sha256('x')",
            "a document says of its file",
        ),
        (
            "update deal set team = array[gen_random_uuid()]",
            "the members of a deal's team exist",
        ),
        (
            "update deal set fund_ids = array[gen_random_uuid()]",
            "the funds of a deal exist",
        ),
        (
            "update capability set startup_ids = array[gen_random_uuid()]",
            "the startups that rest on a thesis or a capability exist",
        ),
        (
            "delete from capability_version",
            "capability: the open version says",
        ),
        (
            "update startup set name = 'Two'",
            "startup: the open version says",
        ),
        ("delete from deal_version", "deal: the open version says"),
        (
            "update startup_version set known_until = '2025-01-01 12:00Z' where known_until is not null",
            "startup: each version begins",
        ),
        (
            "insert into evidence (id, startup_id, origin_startup_id, kind, observed_on, entered_grade, grade, source, recorded_at, supersedes) \
             select gen_random_uuid(), startup_id, startup_id, 'WAITLIST', observed_on, 'CLAIMED', 'CLAIMED', 'OTHER', recorded_at, id from evidence",
            "a correction speaks of",
        ),
        (
            "insert into deal_change (id, deal_id, to_stage_id, to_status, occurred_at, recorded_at, voids, reason) \
             select gen_random_uuid(), gen_random_uuid(), to_stage_id, 'ACTIVE', occurred_at, recorded_at, id, 'x' from deal_change",
            "a void names a move of its own deal",
        ),
        (
            "update provider set hidden_at = '2025-01-02'",
            "a dependency's provider is shown",
        ),
        (
            "insert into dependency (id, startup_id, origin_startup_id, provider_id, mode, is_critical, recorded_at, version) \
             select gen_random_uuid(), startup_id, startup_id, provider_id, mode, false, recorded_at, 1 from dependency",
            "in one way once at a time",
        ),
        (
            "insert into rubric (id, version, in_force_from, kinds) values (gen_random_uuid(), 3, '2025-01-01', '[]')",
            "a rubric is in force after the one before it",
        ),
        (
            "update dependency set alternative = 'another'",
            "dependency: the open version says",
        ),
        (
            "delete from checklist_item_version",
            "checklist_item: the open version says",
        ),
        (
            "alter table deal add constraint later check (version >= 0) not valid",
            "every constraint and index is in force",
        ),
    ];
    for (way, words) in ways {
        let test = TestDb::new().await;
        let mut db = PgConnection::connect(test.url()).await.unwrap();
        filled(&mut db).await;
        let pool = Database::connect(test.url(), &Options::default()).await.unwrap();
        let before = promise::account(&pool).await.unwrap();
        assert_eq!(before.broken, [], "before {way}");
        assert!(before.asked > 20);
        let broken = format!("set session_replication_role = replica; {way}");
        sqlx::raw_sql(AssertSqlSafe(broken))
            .execute(&mut db)
            .await
            .unwrap();
        let after = promise::account(&pool).await.unwrap();
        assert!(
            after
                .broken
                .iter()
                .any(|b| b.promise.contains(words) && b.rows == 1),
            "{way}: {:?}",
            after.broken
        );
    }
}

#[tokio::test]
async fn a_stored_file_is_never_changed() {
    let test = TestDb::new().await;
    let mut db = PgConnection::connect(test.url()).await.unwrap();
    filled(&mut db).await;
    for change in [
        "update file set file_name = 'x'",
        "delete from file_chunk",
        "truncate file_chunk",
        "update document set file_id = null, sha256 = null, byte_size = null",
    ] {
        let refused = sqlx::query(change).execute(&mut db).await.unwrap_err();
        let code = refused.as_database_error().and_then(|error| error.code());
        assert_eq!(code.as_deref(), Some("23001"), "{change}");
    }
}
