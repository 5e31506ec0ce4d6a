//! Random histories – forward, backward, skipping, on hold, passed, taken up again, voided, corrected in the past – and
//! what the board, the funnel, the flow and the difference say of them, against a slow and obvious count.

mod behind;

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike as _, FixedOffset, NaiveDate, TimeDelta, Utc};
use rand::{Rng, SeedableRng as _, rngs::StdRng};
use serde_json::{Value, json};

use crate::story::Story;

type At = DateTime<Utc>;
/// A place in the pipeline from 0, and a status.
type State = (usize, &'static str);

const STAGES: [&str; 7] = [
    "SOURCED",
    "SCREENING",
    "FIRST_MEETING",
    "DILIGENCE",
    "COMMITTEE",
    "TERM_SHEET",
    "CLOSING",
];

/// A row of a deal's history.
#[derive(Debug, Clone)]
struct Row {
    from: Option<State>,
    to: State,
    occurred: At,
    recorded: At,
    voided: Option<At>,
}

#[derive(Debug)]
struct Deal {
    id: String,
    title: String,
    rows: Vec<Row>,
}

impl Deal {
    /// The rows that were known and stood at an instant.
    fn standing(&self, at: At) -> Vec<&Row> {
        self.rows
            .iter()
            .filter(|row| row.recorded <= at && row.voided.is_none_or(|voided| voided > at))
            .collect()
    }
    fn state(&self, at: At) -> Option<State> {
        self.standing(at).last().map(|row| row.to)
    }
}

struct Fund {
    story: Story,
    random: StdRng,
    deals: Vec<Deal>,
}

impl Fund {
    fn now(&self) -> At {
        self.story.fund.workspace.app.now()
    }

    async fn open(&mut self) {
        let title = format!("Deal {}", self.deals.len());
        let startup = self.story.startup(&title, json!({})).await;
        let now = self.now();
        let days = self.random.random_range(0..40);
        let occurred = if self.random.random_bool(0.5) {
            now
        } else {
            now - TimeDelta::days(days)
        };
        let stage = if self.random.random_bool(0.8) {
            0
        } else {
            self.random.random_range(0..4)
        };
        let input = json!({ "title": title, "stage": STAGES[stage], "occurredAt": occurred });
        let id = self.story.deal(&startup, input).await;
        let row = Row {
            from: None,
            to: (stage, "ACTIVE"),
            occurred,
            recorded: now,
            voided: None,
        };
        self.deals.push(Deal {
            id,
            title,
            rows: vec![row],
        });
    }

    /// Moves a deal, by the rules of the domain: only an active one changes stage, INVESTED and LOST are final.
    async fn shift(&mut self, at: usize, occurred: Option<At>) {
        let now = self.now();
        let Some((stage, status)) = self.deals[at].state(now) else {
            return;
        };
        let dice = self.random.random_range(0..100);
        let to: State = match (status, dice) {
            ("INVESTED" | "LOST", _) => return,
            ("PASSED", _) | ("ON_HOLD", 0..60) => (stage, "ACTIVE"),
            ("ACTIVE", 0..65) => {
                let to = self.random.random_range(0..STAGES.len());
                if to == stage {
                    return;
                }
                (to, "ACTIVE")
            }
            ("ACTIVE", 65..75) => (stage, "ON_HOLD"),
            ("ON_HOLD", 60..85) | ("ACTIVE", 75..88) => (stage, "PASSED"),
            ("ON_HOLD", _) | (_, 88..94) => (stage, "LOST"),
            _ => (stage, "INVESTED"),
        };
        let occurred = occurred.unwrap_or(now);
        let mut input = json!({ "occurredAt": occurred, "overrideReason": "tried out" });
        if to.0 != stage {
            input["stage"] = json!(STAGES[to.0]);
        }
        if to.1 != status {
            input["status"] = json!(to.1);
        }
        if to.1 == "PASSED" {
            input["passReason"] = json!("MARKET");
        }
        self.story
            .moved(self.story.partner, &self.deals[at].id, input)
            .await;
        self.deals[at].rows.push(Row {
            from: Some((stage, status)),
            to,
            occurred,
            recorded: now,
            voided: None,
        });
    }

    /// Voids the last move that stands, and sometimes records it anew at an earlier time: a correction.
    async fn void(&mut self, at: usize) {
        let now = self.now();
        let Some(last) = self.deals[at].rows.iter().rposition(|row| row.voided.is_none()) else {
            return;
        };
        if last == 0 {
            return;
        }
        self.story.void(self.story.partner, &self.deals[at].id).await;
        self.deals[at].rows[last].voided = Some(now);
        if self.random.random_bool(0.5) {
            self.story.fund.workspace.pass(TimeDelta::minutes(1));
            let before = self.deals[at].standing(self.now()).last().map(|row| row.occurred);
            let before = before.unwrap();
            let span = (now - before).num_minutes().max(1);
            let occurred = before + TimeDelta::minutes(self.random.random_range(0..span));
            self.shift(at, Some(occurred)).await;
        }
    }

    async fn act(&mut self) {
        let hours = self.random.random_range(1..60);
        self.story.fund.workspace.pass(TimeDelta::hours(hours));
        if self.deals.len() < 3 || self.random.random_bool(0.15) {
            return self.open().await;
        }
        let at = self.random.random_range(0..self.deals.len());
        if self.random.random_bool(0.2) {
            self.void(at).await;
        } else {
            self.shift(at, None).await;
        }
    }

    async fn ask(&self, document: &str, variables: Value) -> Value {
        self.story.fund.run(self.story.analyst, document, variables).await
    }

    /// How many deals of each status stand in each stage.
    async fn compare_board(&self, at: At) {
        let document = "query($at: DateTime!, $of: [DealStatus!]) { pipeline(asOf: $at, filter: { statuses: $of }) { columns { stage { key } dealCount \
            deals(first: 200) { nodes { title } } } } }";
        for status in ["ACTIVE", "ON_HOLD", "INVESTED", "PASSED", "LOST"] {
            let told = self.ask(document, json!({ "at": at, "of": [status] })).await;
            for column in told["pipeline"]["columns"].as_array().unwrap() {
                let stage = STAGES
                    .iter()
                    .position(|key| column["stage"]["key"] == *key)
                    .unwrap();
                let mut expected: Vec<&str> = self
                    .deals
                    .iter()
                    .filter(|deal| deal.state(at) == Some((stage, status)))
                    .map(|deal| deal.title.as_str())
                    .collect();
                expected.sort_unstable();
                let mut titles: Vec<&str> = column["deals"]["nodes"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|node| node["title"].as_str().unwrap())
                    .collect();
                titles.sort_unstable();
                assert_eq!(titles, expected, "{status} in {} as of {at}", STAGES[stage]);
                assert_eq!(column["dealCount"], expected.len());
            }
        }
    }

    /// The cohort of a period, deal by deal and stage by stage.
    fn cohort(&self, from: At, to: At, at: At) -> Vec<[i64; 4]> {
        let mut counts = vec![[0; 4]; STAGES.len()];
        for deal in &self.deals {
            let rows = deal.standing(at);
            let (Some(opening), Some((_, status))) = (rows.first(), deal.state(at)) else {
                continue;
            };
            if opening.occurred < from || opening.occurred > to {
                continue;
            }
            let furthest = rows.iter().map(|row| row.to.0).max().unwrap();
            for (stage, count) in counts.iter_mut().enumerate() {
                let through = status == "INVESTED";
                let entered = through || stage <= furthest;
                let advanced = through || stage < furthest;
                let over = status == "PASSED" || status == "LOST";
                count[0] += i64::from(entered);
                count[1] += i64::from(advanced);
                count[2] += i64::from(entered && !advanced && over);
                count[3] += i64::from(entered && !advanced && !over);
            }
        }
        counts
    }

    /// The moves of a period, row by row and stage by stage; what is still there is told apart.
    fn activity(&self, from: At, to: At, at: At) -> Vec<[i64; 4]> {
        let mut counts = vec![[0; 4]; STAGES.len()];
        for deal in &self.deals {
            let rows = deal.standing(at);
            let Some((now, status)) = deal.state(at) else {
                continue;
            };
            let mut came = false;
            for row in rows
                .iter()
                .filter(|row| from <= row.occurred && row.occurred <= to)
            {
                let invested = row.to.1 == "INVESTED";
                for (stage, count) in counts.iter_mut().enumerate() {
                    // Stages left behind by coming from before the first one, or from the stage before.
                    let was_behind = row.from.is_none_or(|from| from.0 < stage);
                    let was_at_or_behind = row.from.is_none_or(|from| from.0 <= stage);
                    count[0] += i64::from(was_behind && (invested || row.to.0 >= stage));
                    count[1] += i64::from(was_at_or_behind && (invested || row.to.0 > stage));
                    let over = row.to.1 == "PASSED" || row.to.1 == "LOST";
                    count[2] += i64::from(over && row.to.0 == stage);
                }
                came |= row.to.0 == now && row.from.is_none_or(|from| from.0 < row.to.0);
            }
            if came && (status == "ACTIVE" || status == "ON_HOLD") {
                counts[now][3] += 1;
            }
        }
        counts
    }

    async fn compare_funnels(&self, from: At, to: At, at: At) {
        let document = "query($from: DateTime!, $to: DateTime!, $at: DateTime!) { \
            cohort: funnel(from: $from, to: $to, asOf: $at) { stages { entered advanced passed stillThere } } \
            activity: funnel(from: $from, to: $to, view: ACTIVITY, asOf: $at) { stages { entered advanced passed stillThere } } }";
        let told = self
            .ask(document, json!({ "from": from, "to": to, "at": at }))
            .await;
        for (view, expected) in [
            ("cohort", self.cohort(from, to, at)),
            ("activity", self.activity(from, to, at)),
        ] {
            let stages: Vec<[i64; 4]> = told[view]["stages"]
                .as_array()
                .unwrap()
                .iter()
                .map(|stage| {
                    ["entered", "advanced", "passed", "stillThere"].map(|name| stage[name].as_i64().unwrap())
                })
                .collect();
            assert_eq!(stages, expected, "{view} of {from} to {to} as of {at}");
        }
    }

    /// Openings, moves forward, ends and investments by Monday.
    async fn compare_flow(&self, at: At) {
        let (first, last) = (day("2025-01-01"), in_shanghai(at));
        let mut weeks: BTreeMap<NaiveDate, [i64; 4]> = BTreeMap::new();
        for row in self.deals.iter().flat_map(|deal| deal.standing(at)) {
            let on = in_shanghai(row.occurred);
            if on < first || on > last {
                continue;
            }
            let monday = on - TimeDelta::days(on.weekday().num_days_from_monday().into());
            let week = weeks.entry(monday).or_default();
            week[0] += i64::from(row.from.is_none());
            week[1] += i64::from(row.from.is_some_and(|from| from.0 < row.to.0));
            week[2] += i64::from(row.to.1 == "PASSED" || row.to.1 == "LOST");
            week[3] += i64::from(row.to.1 == "INVESTED");
        }
        weeks.retain(|_, counts| counts.iter().any(|count| *count > 0));
        let document = "query($from: Date!, $to: Date!, $at: DateTime!) { flow(from: $from, to: $to, asOf: $at) { start opened advanced passed invested } }";
        let told = self
            .ask(document, json!({ "from": first, "to": last, "at": at }))
            .await;
        let told: BTreeMap<NaiveDate, [i64; 4]> = told["flow"]
            .as_array()
            .unwrap()
            .iter()
            .map(|week| {
                let counts =
                    ["opened", "advanced", "passed", "invested"].map(|name| week[name].as_i64().unwrap());
                (day(week["start"].as_str().unwrap()), counts)
            })
            .filter(|(_, counts)| counts.iter().any(|count| *count > 0))
            .collect();
        assert_eq!(told, weeks, "flow as of {at}");
    }

    async fn compare_diff(&self, from: At, to: At) {
        let document = "query($from: DateTime!, $to: DateTime!) { pipelineDiff(from: $from, to: $to) { opened { title } \
            moved { deal { title } from { key } fromStatus to { key } toStatus } closed { deal { title } from { key } fromStatus to { key } toStatus } } }";
        let told = self.ask(document, json!({ "from": from, "to": to })).await["pipelineDiff"].clone();
        let (mut opened, mut moved, mut closed) = (Vec::new(), Vec::new(), Vec::new());
        for deal in &self.deals {
            match (deal.state(from), deal.state(to)) {
                (None, Some(_)) => opened.push(json!({ "title": deal.title })),
                (Some(before), Some(after)) if before != after => {
                    let one = json!({ "deal": { "title": deal.title }, "from": { "key": STAGES[before.0] }, "fromStatus": before.1,
                        "to": { "key": STAGES[after.0] }, "toStatus": after.1 });
                    if before.1 != after.1 && matches!(after.1, "INVESTED" | "PASSED" | "LOST") {
                        closed.push(one);
                    } else {
                        moved.push(one);
                    }
                }
                _ => {}
            }
        }
        for (list, mut expected) in [("opened", opened), ("moved", moved), ("closed", closed)] {
            let mut found = told[list].as_array().unwrap().clone();
            for rows in [&mut found, &mut expected] {
                rows.sort_by_key(ToString::to_string);
            }
            assert_eq!(found, expected, "{list} from {from} to {to}");
        }
    }
}

/// The day in the workspace's zone, which is eight hours ahead the year round.
fn in_shanghai(at: At) -> NaiveDate {
    at.with_timezone(&FixedOffset::east_opt(8 * 3_600).unwrap())
        .date_naive()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

async fn told(seed: u64) {
    let mut fund = Fund {
        story: Story::begins().await,
        random: StdRng::seed_from_u64(seed),
        deals: Vec::new(),
    };
    let begun = fund.now();
    let mut instants = vec![begun];
    for _ in 0..90 {
        fund.act().await;
        // Between two acts, so that what was recorded at an instant is not at its edge.
        instants.push(fund.now() + TimeDelta::minutes(30));
    }
    assert!(
        fund.deals
            .iter()
            .any(|deal| deal.rows.iter().any(|row| row.voided.is_some()))
    );
    fund.story.fund.workspace.pass(TimeDelta::hours(1));
    let last = instants.len() - 1;
    for n in 0..12 {
        let at = if n == 0 {
            instants[last]
        } else {
            instants[fund.random.random_range(0..=last)]
        };
        fund.compare_board(at).await;
        fund.compare_flow(at).await;
        let other = instants[fund.random.random_range(0..=last)];
        fund.compare_diff(other.min(at), other.max(at)).await;
        let mut ends = [0, 1].map(|_| begun + TimeDelta::hours(fund.random.random_range(-900..2_400)));
        ends.sort();
        fund.compare_funnels(ends[0], ends[1], at).await;
        if n < 4 {
            fund.compare_lists(ends[0], ends[1], at).await;
            fund.compare_flow_lists(ends[0], ends[1], at).await;
        }
    }
}

#[tokio::test]
async fn a_first_history_adds_up_as_a_slow_count_of_it_does() {
    told(20_250_301).await;
}

#[tokio::test]
async fn a_second_history_adds_up_as_a_slow_count_of_it_does() {
    told(7).await;
}

#[tokio::test]
async fn a_third_history_adds_up_as_a_slow_count_of_it_does() {
    told(1_984).await;
}
