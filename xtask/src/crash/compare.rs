//! What was acknowledged against what the API tells.

use std::collections::{BTreeMap, HashMap};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::api::Api;
use super::ledger::Acknowledged;

/// How many records a page holds.
const PAGE: usize = 200;

/// What became of the promises.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Promises that hold.
    pub found: u64,
    /// Promises that do not, in words.
    pub lost: Vec<String>,
    /// What was done more than once, or by nobody, in words.
    pub doubled: Vec<String>,
}

/// What the API tells of everything.
#[derive(Debug, Default)]
pub struct Told {
    /// Name, version and one-liner by id.
    startups: HashMap<String, (String, i64, Option<String>)>,
    /// Startup and note by id.
    evidence: HashMap<String, (String, String)>,
    /// How many changes were recorded, by what was done.
    changes: BTreeMap<String, u64>,
}

impl Told {
    pub fn ask(api: &Api, url: &str) -> Result<Self> {
        let mut told = Self::default();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        for node in all(api, url, "startups", "id name version oneLiner")? {
            let version = node["version"].as_i64().unwrap_or_default();
            let one_liner = node["oneLiner"].as_str().map(str::to_owned);
            told.startups
                .insert(text(&node["id"]), (text(&node["name"]), version, one_liner));
        }
        for node in all(api, url, "evidence", "id note startup { id }")? {
            told.evidence.insert(
                text(&node["id"]),
                (text(&node["startup"]["id"]), text(&node["note"])),
            );
        }
        for node in all(api, url, "activity", "verb")? {
            *told.changes.entry(text(&node["verb"])).or_default() += 1;
        }
        Ok(told)
    }
}

/// Every node of a connection.
fn all(api: &Api, url: &str, connection: &str, fields: &str) -> Result<Vec<Value>> {
    let query = format!(
        "query($after: String) {{ all: {connection}(first: {PAGE}, after: $after) {{
            nodes {{ {fields} }} pageInfo {{ hasNextPage endCursor }} }} }}"
    );
    let mut nodes = Vec::new();
    let mut after = Value::Null;
    loop {
        let mut data = api.ask(url, &query, &json!({ "after": after }))?;
        let page = &mut data["all"];
        nodes.extend(
            page["nodes"]
                .as_array_mut()
                .map(std::mem::take)
                .with_context(|| format!("{connection} has no nodes"))?,
        );
        if page["pageInfo"]["hasNextPage"] != true {
            return Ok(nodes);
        }
        after = page["pageInfo"]["endCursor"].take();
    }
}

/// Compares.
pub fn compare(acknowledged: &[Acknowledged], told: &Told) -> Verdict {
    let mut verdict = Verdict::default();
    let mut updates: HashMap<&str, Vec<(i64, &str)>> = HashMap::new();
    let mut known = std::collections::HashSet::new();
    let mut verbs: BTreeMap<&str, u64> = BTreeMap::new();
    for one in acknowledged {
        let (verb, holds) = match one {
            Acknowledged::Startup { id, name } => {
                known.insert(id.as_str());
                (
                    "createStartup",
                    told.startups.get(id).is_some_and(|(found, ..)| found == name),
                )
            }
            Acknowledged::Evidence { id, startup, note } => {
                known.insert(id.as_str());
                let holds = told
                    .evidence
                    .get(id)
                    .is_some_and(|found| (&found.0, &found.1) == (startup, note));
                ("recordEvidence", holds)
            }
            Acknowledged::Update {
                startup,
                version,
                one_liner,
            } => {
                updates.entry(startup).or_default().push((*version, one_liner));
                // Whether it is the last one, and shows, is asked below.
                (
                    "updateStartup",
                    told.startups
                        .get(startup)
                        .is_some_and(|(_, found, _)| found >= version),
                )
            }
        };
        *verbs.entry(verb).or_default() += 1;
        if holds {
            verdict.found += 1;
        } else {
            verdict.lost.push(format!("{one:?}"));
        }
    }
    for (id, (name, version, one_liner)) in &told.startups {
        if !known.contains(id.as_str()) {
            verdict
                .doubled
                .push(format!("startup {name} ({id}) was acknowledged to nobody"));
        }
        let made = updates.remove(id.as_str()).unwrap_or_default();
        let last = made.iter().max().map(|(_, words)| *words);
        if one_liner.as_deref() != last {
            verdict
                .lost
                .push(format!("startup {name} says {one_liner:?} instead of {last:?}"));
        }
        // A new startup is at version 1, and each update takes it one further.
        let expected = 1 + made.len() as i64;
        if *version > expected {
            verdict.doubled.push(format!(
                "startup {name} is at version {version} instead of {expected}"
            ));
        }
    }
    for (id, (_, note)) in &told.evidence {
        if !known.contains(id.as_str()) {
            verdict
                .doubled
                .push(format!("evidence {note} ({id}) was acknowledged to nobody"));
        }
    }
    for (verb, expected) in verbs {
        let found = told.changes.get(verb).copied().unwrap_or_default();
        if found < expected {
            verdict.lost.push(format!(
                "{expected} times {verb}, but {found} are in the activity"
            ));
        } else if found > expected {
            verdict.doubled.push(format!(
                "{expected} times {verb}, but {found} are in the activity"
            ));
        }
    }
    verdict
}

#[cfg(test)]
mod tests {
    use super::*;

    fn promises() -> Vec<Acknowledged> {
        vec![
            Acknowledged::Startup {
                id: "s".into(),
                name: "w00n00001".into(),
            },
            Acknowledged::Evidence {
                id: "e".into(),
                startup: "s".into(),
                note: "w00n00002".into(),
            },
            Acknowledged::Update {
                startup: "s".into(),
                version: 2,
                one_liner: "w00n00003".into(),
            },
        ]
    }

    fn kept() -> Told {
        Told {
            startups: [("s".into(), ("w00n00001".into(), 2, Some("w00n00003".into())))].into(),
            evidence: [("e".into(), ("s".into(), "w00n00002".into()))].into(),
            changes: ["createStartup", "recordEvidence", "updateStartup"]
                .map(|verb| (verb.to_owned(), 1))
                .into(),
        }
    }

    #[test]
    fn kept_promises_are_found() {
        let found = Verdict {
            found: 3,
            ..Verdict::default()
        };
        assert_eq!(compare(&promises(), &kept()), found);
    }

    #[test]
    fn what_is_missing_or_older_is_lost() {
        let broken: [fn(&mut Told); 5] = [
            |told| told.startups.clear(),
            |told| told.evidence.clear(),
            |told| told.startups.values_mut().for_each(|startup| startup.1 = 1),
            |told| told.startups.values_mut().for_each(|startup| startup.2 = None),
            |told| told.changes.clear(),
        ];
        for (n, change) in broken.iter().enumerate() {
            let mut told = kept();
            change(&mut told);
            assert!(!compare(&promises(), &told).lost.is_empty(), "case {n}");
        }
    }

    #[test]
    fn what_was_done_twice_is_doubled() {
        let broken: [fn(&mut Told); 4] = [
            |told| {
                told.startups.insert("s2".into(), ("w00n00001".into(), 1, None));
            },
            |told| {
                told.evidence
                    .insert("e2".into(), ("s".into(), "w00n00002".into()));
            },
            |told| told.startups.values_mut().for_each(|startup| startup.1 = 3),
            |told| told.changes.values_mut().for_each(|count| *count += 1),
        ];
        for (n, change) in broken.iter().enumerate() {
            let mut told = kept();
            change(&mut told);
            let verdict = compare(&promises(), &told);
            assert!(
                !verdict.doubled.is_empty() && verdict.lost.is_empty(),
                "case {n}: {verdict:?}"
            );
        }
    }
}
