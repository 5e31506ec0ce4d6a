//! Every case that an independent program computed, written to a database and asked of the API.

use std::collections::BTreeMap;

use domain::{Role, StartupId};
use serde_json::{Value, json};
use test_support::{TestDb, TestWorkspace};
use uuid::Uuid;

use crate::fund::Fund;

const FILE: &str = include_str!("../../../domain/tests/golden/assessments.json");

const ASSESSMENT: &str = "query($id: ID!, $at: DateTime!) { startup(id: $id) { assessment(asOf: $at) { \
    demand proven claimedDemand hypeGap hypeShare conviction hasProof multiplier { value } \
    contributions { evidence { id note } } flags { flag } } } }";

/// The flags that the file lists.
const LISTED: [&str; 5] = [
    "NO_REAL_USERS",
    "SINGLE_PROVIDER",
    "REFUTED_CLAIM",
    "HYPE_GAP",
    "NO_RATE",
];

/// The rows of all cases: everything that they do not date is from long ago.
fn rows() -> String {
    format!(
        r#"
-- The cases are random: some dependencies end before they begin, some figures are recorded before their day, which
-- nobody can enter.
alter table dependency drop constraint dependency_check;
alter table evidence drop constraint evidence_check2;
create temporary table given as
  select n, ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid as startup, x->'input' as j
  from jsonb_array_elements($cases${FILE}$cases$::jsonb) with ordinality as c(x, n);
insert into startup (id, slug, name, name_sort, name_keys, search_text, technical_route, facts, created_at, recorded_at, version)
  select startup, 'case-' || n, 'Case ' || n, 'case ' || n, array['case' || n], 'case', j->'startup'->>'technical_route',
    jsonb_strip_nulls(jsonb_build_object('ownsTrainingData', j->'startup'->'owns_training_data', 'usageFlywheel', j->'startup'->'usage_flywheel')),
    '2000-01-01Z', '2000-01-01Z', 1 from given;
insert into startup_assessment (startup_id, day, rubric_version, formula_version, demand, claimed_demand, hype_gap, has_proof, has_verified_proof, flags)
  select startup, '2000-01-01', 1, 0, 0, 0, 0, false, false, '{{}}' from given;
create temporary table record as
  select n, startup, e, ('00000000-0000-7000-8001-' || lpad(to_hex(n * 1000 + row_number() over (partition by n order by e->>'id' collate "C")), 12, '0'))::uuid as id
  from given, jsonb_array_elements(j->'evidence') e;
create temporary table review as
  select record.id, record.e, r->>'to' as grade, (r->>'at')::timestamptz as at
  from given cross join lateral jsonb_array_elements(j->'reviews') r join record on record.n = given.n and record.e->>'id' = r->>'evidence';
create index on review (id);
insert into evidence (id, startup_id, origin_startup_id, kind, value, currency, revenue_basis, activity_window, horizon_days, sample_size,
    segment, observed_on, valid_until, entered_grade, grade, source, source_url, note, supersedes, recorded_at, retracted_at, retraction_reason)
  select id, startup, startup, e->>'kind', (e->>'value')::numeric, e->>'currency', e->>'revenue_basis', e->>'window',
    (e->>'horizon_days')::integer, (e->>'sample_size')::bigint, e->>'segment', (e->>'observed_on')::date, (e->>'valid_until')::date,
    e->>'grade', coalesce((select grade from review where review.id = record.id order by at desc limit 1), e->>'grade'), 'OTHER',
    'https://example.com', e->>'id', (select o.id from record o where o.n = record.n and o.e->>'id' = record.e->>'supersedes'),
    (e->>'recorded_at')::timestamptz, (e->>'retracted_at')::timestamptz, case when e->>'retracted_at' is not null then 'withdrawn' end
  from record;
insert into evidence_review (id, evidence_id, from_grade, to_grade, recorded_at, checked)
  select gen_random_uuid(), id, case grade when 'CLAIMED' then 'REFUTED' else 'CLAIMED' end, grade, at, 'looked' from review;
insert into provider (id, name, name_key, startup_id, origin_startup_id, recorded_at, version)
  select ('00000000-0000-7000-8002-' || lpad(to_hex(n * 2 + own), 12, '0'))::uuid, 'Provider ' || n || '.' || own, n || '.' || own,
    case own when 1 then startup end, case own when 1 then startup end, '2000-01-01Z', 1 from given, (values (0), (1)) x(own);
insert into dependency (id, startup_id, origin_startup_id, provider_id, mode, is_critical, alternative, since, until, recorded_at, version)
  select gen_random_uuid(), startup, startup,
    ('00000000-0000-7000-8002-' || lpad(to_hex(n * 2 + case when (d->>'external')::boolean then 0 else 1 end), 12, '0'))::uuid,
    d->>'mode', (d->>'critical')::boolean, d->>'alternative', (d->>'since')::date, (d->>'until')::date, '2000-01-01Z', 1
  from given, jsonb_array_elements(j->'dependencies') d;
insert into checklist_item (id, startup_id, origin_startup_id, key, state, recorded_at, version)
  select gen_random_uuid(), startup, startup, c.key, c.value, '2000-01-01Z', 1 from given, jsonb_each_text(j->'checklist') c;
"#
    )
}

/// The rates of a case in place of those of the one before: they are the workspace's. A server reads them anew when the
/// newest is another.
fn rates(number: usize, input: &Value) -> String {
    format!(
        "set session_replication_role = replica; delete from exchange_rate; set session_replication_role = origin; \
         insert into exchange_rate (id, currency, on_day, usd, recorded_at) select gen_random_uuid(), r->>'currency', (r->>'on')::date, \
         (r->>'usd')::numeric, timestamptz '2000-01-01Z' + {number} * interval '1 second' \
         from jsonb_array_elements($rates${}$rates$::jsonb) r where r->>'currency' <> 'USD'",
        input["rates"]
    )
}

fn startup(number: usize) -> StartupId {
    domain::typed(Uuid::from_u128(0x7000_8000_0000_0000_0000 + number as u128))
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::String(text) => text.parse().ok(),
        other => other.as_f64(),
    }
}

#[tokio::test]
async fn the_api_says_what_an_independent_program_computed_of_520_cases() {
    let cases: Vec<Value> = serde_json::from_str(FILE).unwrap();
    assert_eq!(cases.len(), 520);
    let database = TestDb::new().await;
    database.run(&rows()).await;
    let mut funds = BTreeMap::new();
    let mut wrong = Vec::new();
    let mut had_rates = json!([]);
    for (number_of_case, case) in (1..).zip(&cases) {
        let input = &case["input"];
        let zone = input["timezone"].as_str().unwrap();
        if !funds.contains_key(zone) {
            // Each zone is a server of its own on the one database.
            let workspace = TestWorkspace::on(database.clone(), "2026-01-01T00:00:00Z").await;
            let set = format!("update workspace set time_zone = '{zone}'");
            database.run(&set).await;
            drop(workspace);
            let fund = Fund::of(TestWorkspace::on(database.clone(), "2026-01-01T00:00:00Z").await);
            let name = format!("ann-{}", funds.len());
            let user = fund.user(&name, Role::Viewer).await;
            funds.insert(zone.to_owned(), (fund, user));
        }
        let (fund, user) = &funds[zone];
        if input["rates"] != had_rates {
            database.run(&rates(number_of_case, input)).await;
            had_rates = input["rates"].clone();
        }
        let id = startup(number_of_case);
        let variables = json!({ "id": id.to_string(), "at": input["as_of"] });
        let answer = fund.run(*user, ASSESSMENT, variables).await;
        let is = &answer["startup"]["assessment"];
        let should = &case["expected"];
        let mut standing: Vec<&str> = is["contributions"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["evidence"]["note"].as_str().unwrap())
            .collect();
        standing.sort_unstable();
        let mut flags: Vec<&str> = is["flags"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["flag"].as_str().unwrap())
            .filter(|flag| LISTED.contains(flag))
            .collect();
        flags.sort_unstable();
        let mut listed: Vec<&str> = should["flags"]
            .as_array()
            .unwrap()
            .iter()
            .map(|flag| flag.as_str().unwrap())
            .collect();
        listed.sort_unstable();
        let pairs = [
            ("demand", "demand"),
            ("proven", "proven"),
            ("claimedDemand", "claimed_demand"),
            ("hypeGap", "hype_gap"),
            ("hypeShare", "hype_share"),
            ("conviction", "conviction"),
        ];
        let agree = pairs
            .iter()
            .all(|(ours, theirs)| number(&is[ours]) == number(&should[theirs]))
            && number(&is["multiplier"]["value"]) == number(&should["multiplier"])
            && json!(standing) == should["standing"]
            && flags == listed;
        if !agree {
            wrong.push(format!("{}: {is} should be {should}", case["name"]));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
