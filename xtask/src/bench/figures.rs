//! What is measured of the pipeline: the board, the matrix and the funnel, as documents and in plain SQL.

/// The board: in each of its columns as many cards as make some 500 altogether.
pub const BOARD: &str = "{ pipeline { totalCount columns { stage { id key name nameZh limitDays } dealCount amount { low high currency } \
     deals(first: 72) { nodes { id title round status nextStep nextStepDue startup { id slug name layer } owner { id name } } } } } }";

/// The matrix of every sector.
pub const MATRIX: &str = "fragment C on CoverageCell { layer sector { slug } startups activeDeals proofShare medianConviction medianHypeGap assessed } \
     { coverage(depth: 2) { cells { ...C } total { ...C } } }";

/// The funnel of the deals opened in a span, with the days that they stood in each stage.
pub const FUNNEL: &str = "query($from: DateTime!, $to: DateTime!) { funnel(from: $from, to: $to) { opened invested passed \
     stages { stage { key } entered advanced passed stillThere conversion medianDays stays } } }";

/// Whether a deal `d` is there for the caller, who may see these restricted ones.
fn seen(restricted: &str) -> String {
    format!("d.hidden_at is null and (d.visibility = 'TEAM' or d.id = any({restricted}::uuid[]))")
}

/// What [`BOARD`] asks: counts and amounts of one pass over the deals, cards stage by stage along the index of each.
pub fn board(restricted: &str) -> String {
    let seen = seen(restricted);
    format!(
        "with x as materialized (select d.stage_id, d.amount_low, d.amount_high, d.amount_currency \
           from deal d join startup s on s.id = d.startup_id where s.hidden_at is null and d.status = 'ACTIVE' and {seen}), \
         n as (select stage_id, count(*) as deals from x group by stage_id), \
         a as (select stage_id, json_agg(json_build_object('low', trim_scale(low)::text, 'high', trim_scale(high)::text, 'currency', amount_currency) \
             order by amount_currency) as amounts \
           from (select stage_id, amount_currency, sum(amount_low) as low, sum(amount_high) as high from x \
             where amount_low is not null or amount_high is not null group by 1, 2) a group by stage_id) \
         select json_build_object('pipeline', json_build_object('totalCount', (select coalesce(sum(deals), 0) from n), 'columns', \
         (select json_agg(json_build_object('stage', json_build_object('id', st.id, 'key', st.key, 'name', st.name, 'nameZh', st.name_zh, 'limitDays', st.limit_days), \
           'dealCount', coalesce(n.deals, 0), 'amount', coalesce(a.amounts, '[]'), 'deals', json_build_object('nodes', cards.nodes)) order by st.position) \
         from stage st left join n on n.stage_id = st.id left join a on a.stage_id = st.id \
         cross join lateral (select coalesce(json_agg(json_build_object('id', c.id, 'title', c.title, 'round', c.round, 'status', c.status, \
             'nextStep', c.next_step, 'nextStepDue', c.next_step_due, 'startup', json_build_object('id', c.startup_id, 'slug', c.slug, 'name', c.name, 'layer', c.layer), \
             'owner', case when u.id is not null then json_build_object('id', u.id, 'name', u.name) end) order by c.entered_stage_at, c.id), '[]') as nodes \
           from (select d.id, d.title, d.round, d.status, d.next_step, d.next_step_due, d.startup_id, d.owner_id, d.entered_stage_at, s.slug, s.name, s.layer \
             from deal d join startup s on s.id = d.startup_id where s.hidden_at is null and d.status = 'ACTIVE' and d.stage_id = st.id and {seen} \
             order by d.entered_stage_at, d.id limit 72) c left join app_user u on u.id = c.owner_id) cards \
         where not st.is_retired)))"
    )
}

/// What [`MATRIX`] asks.
pub fn matrix(restricted: &str) -> String {
    let seen = seen(restricted);
    let sums = "count(*) as startups, sum(z.deals)::bigint as deals, count(*) filter (where z.has_verified_proof) as verified, count(z.conviction) as assessed, \
         percentile_cont(0.5) within group (order by z.conviction) as conviction, \
         percentile_cont(0.5) within group (order by case when z.conviction is not null then z.hype_gap end) as gap";
    let cell = |layer: &str, sector: &str| {
        format!(
            "json_build_object('layer', {layer}, 'sector', {sector}, 'startups', c.startups, 'activeDeals', c.deals, \
             'proofShare', trim_scale(round(c.verified::numeric / nullif(c.startups, 0), 4))::text, 'medianConviction', trim_scale(round(c.conviction::numeric, 1))::text, \
             'medianHypeGap', trim_scale(round(c.gap::numeric, 4))::text, 'assessed', c.assessed)"
        )
    };
    let (one, all) = (
        cell(
            "c.layer",
            "case when t.slug is not null then json_build_object('slug', t.slug) end",
        ),
        cell("null", "null"),
    );
    format!(
        "with recursive up(id, above) as (select id, id from sector union all select u.id, s.parent_id from up u join sector s on s.id = u.above where s.parent_id is not null), \
         tree as (select id, slug, row_number() over (order by position, id) as place from sector), \
         x as materialized (select s.id, s.layer, s.sector_ids, a.has_verified_proof, a.conviction, a.hype_gap, coalesce(n.deals, 0) as deals \
           from startup s join startup_assessment a on a.startup_id = s.id left join (select d.startup_id, count(*) as deals from deal d \
           where d.status = 'ACTIVE' and {seen} group by 1) n on n.startup_id = s.id where s.hidden_at is null), \
         y as (select distinct x.id, u.above as sector from x cross join unnest(x.sector_ids) i join up u on u.id = i), \
         cells as (select z.layer, z.sector, {sums} from (select x.*, y.sector from x left join y on y.id = x.id) z group by 1, 2) \
         select json_build_object('coverage', json_build_object('cells', (select json_agg({one} order by t.place nulls last, c.layer is null, \
           array_position(array['MODEL', 'MIDDLEWARE', 'APP'], c.layer)) from cells c left join tree t on t.id = c.sector), \
         'total', (select {all} from (select {sums} from x z) c)))"
    )
}

/// What [`FUNNEL`] asks, where no deal came back to a stage that it had left, as none that is made up does.
pub fn funnel(restricted: &str, from: &str, to: &str) -> String {
    let seen = seen(restricted);
    format!(
        "with st as (select id, key, row_number() over (order by position) as place from stage where not is_retired), \
         d as materialized (select d.id, d.status from deal d join startup s on s.id = d.startup_id where s.hidden_at is null and {seen} \
           and d.opened_at between '{from}' and '{to}'), \
         c as materialized (select c.*, d.status from d join deal_change c on c.deal_id = d.id where c.voids is null \
           and not exists (select from deal_change v where v.voids = c.id)), \
         far as (select c.deal_id, c.status, max(st.place) as place from c join st on st.id = c.to_stage_id group by 1, 2), \
         n as (select c.to_stage_id, c.from_stage_id is distinct from c.to_stage_id as enters, c.occurred_at, lead(c.occurred_at) over w as next_at, \
           lead(c.to_stage_id) over w as next_stage, lead(c.to_status) over w as next_status from c window w as (partition by c.deal_id order by c.recorded_at, c.id)), \
         t as (select to_stage_id as stage, count(*) as stays, percentile_cont(0.5) within group (order by floor(extract(epoch from next_at - occurred_at) / 86400)) as median \
           from n where enters and (next_stage <> to_stage_id or next_status in ('INVESTED', 'PASSED', 'LOST')) group by 1) \
         select json_build_object('funnel', json_build_object('opened', (select count(*) from far), \
         'invested', (select count(*) from far where status = 'INVESTED'), 'passed', (select count(*) from far where status in ('PASSED', 'LOST')), \
         'stages', (select json_agg(json_build_object('stage', json_build_object('key', st.key), 'entered', e.entered, 'advanced', e.advanced, 'passed', e.passed, \
           'stillThere', e.there, 'conversion', trim_scale(round(e.advanced::numeric / nullif(e.entered, 0), 4))::text, \
           'medianDays', trim_scale(t.median::numeric)::text, 'stays', coalesce(t.stays, 0)) order by st.place) \
           from st cross join lateral (select count(*) filter (where far.status = 'INVESTED' or far.place >= st.place) as entered, \
             count(*) filter (where far.status = 'INVESTED' or far.place > st.place) as advanced, \
             count(*) filter (where far.place = st.place and far.status in ('PASSED', 'LOST')) as passed, \
             count(*) filter (where far.place = st.place and far.status in ('ACTIVE', 'ON_HOLD')) as there from far) e \
           left join t on t.stage = st.id)))"
    )
}
