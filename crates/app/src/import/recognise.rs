//! Of which startup each row speaks: one that is here, one that an earlier row of the file speaks of, or a new one. Only
//! what identifies is held in memory, not the rows.

use std::collections::HashMap;

use domain::{
    StartupId, StartupTag,
    startup::{Candidate, ExternalId, Profile, Recognition, recognise_row},
};
use import::Said;
use sha2::{Digest as _, Sha256};
use storage::Transaction;

use super::merge::{Claims, Sectors, fresh};
use crate::{Clock, write::Stop};

/// Longer keys are kept as their hash: the index holds no more.
const KEY_LIMIT_BYTES: usize = 500;

/// Whom a row speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// Nobody: it is skipped or cannot be read.
    Nowhere,
    /// It may be any of these.
    Unclear(Box<[StartupId]>),
    /// This startup. `by_key`: its source knows it by the row's key; `again`: and said just this before.
    Of {
        startup: StartupId,
        by_key: bool,
        again: bool,
    },
}

/// The rows that speak of one startup.
#[derive(Debug, Clone)]
pub(super) struct Group {
    /// The first of them.
    pub(super) n: i32,
    /// Whether the startup is to be made.
    pub(super) new: bool,
    /// How many they are.
    pub(super) rows: u32,
    /// How many of them say just what they said before.
    pub(super) again: u32,
}

/// A row that could be read.
pub(super) struct Known<'a> {
    pub(super) row_no: i32,
    pub(super) said: &'a Said,
    pub(super) key: &'a str,
    pub(super) sha256: &'a [u8],
}

/// The hash of what a row says.
pub(super) fn hash(said: &Said) -> Result<Vec<u8>, Stop> {
    let json = serde_json::to_vec(said)
        .map_err(|e| crate::Error::Internal(format!("what a row says cannot be kept: {e}")))?;
    Ok(Sha256::digest(json).to_vec())
}

/// By which key its source knows a row again: its own id; else its name as found, where no other row of the file has it;
/// else all that it says.
pub(super) fn key(said: &Said, name_is_unique: impl Fn(&str) -> bool, sha256: &[u8]) -> String {
    let key = match (&said.external_id, &said.row_key) {
        (Some(id), _) => format!("id:{id}"),
        (None, Some(name)) if name_is_unique(name) => format!("name:{name}"),
        _ => format!("row:{}", hex(sha256)),
    };
    if key.len() <= KEY_LIMIT_BYTES {
        key
    } else {
        format!("sha256:{}", hex(&Sha256::digest(key.as_bytes())))
    }
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The file's startups so far, by what identifies them.
#[derive(Default)]
pub(super) struct Recognised {
    /// Of each row, by its number from 1.
    pub(super) places: Vec<Place>,
    pub(super) groups: HashMap<StartupId, Group>,
    candidates: Vec<Candidate>,
    of_startup: HashMap<StartupId, u32>,
    by_domain: HashMap<String, Vec<u32>>,
    by_name: HashMap<String, Vec<u32>>,
    by_external_id: HashMap<String, Vec<u32>>,
}

impl Recognised {
    /// A row that speaks of nobody.
    pub(super) fn nowhere(&mut self) {
        self.places.push(Place::Nowhere);
    }

    /// Finds out of whom the rows of a batch speak, `rows` by their places in it; the rest speaks of nobody.
    pub(super) async fn batch(
        &mut self,
        tx: &Transaction,
        clock: &Clock,
        source: &str,
        rows: &[Option<Known<'_>>],
        sectors: &Sectors,
    ) -> Result<(), Stop> {
        let keys = rows.iter().flatten().map(|row| row.key.to_owned()).collect();
        let before = storage::import::said_before(tx, source, keys, false).await?;
        let mut newcomers = HashMap::new();
        for row in rows.iter().flatten() {
            if before.get(row.key).is_some_and(|said| said.sha256 == row.sha256) {
                continue;
            }
            newcomers.insert(row.row_no, Newcomer::of(row.said, source, sectors));
        }
        let here = Here::read(tx, newcomers.values()).await?;
        for row in rows {
            let Some(row) = row else {
                self.nowhere();
                continue;
            };
            let known = before.get(row.key).map(|said| said.startup_id);
            let place = match (newcomers.remove(&row.row_no), known) {
                (None, Some(startup)) => self.join(startup, row.row_no, false, true, true, None),
                (None, None) => Place::Nowhere,
                (Some(newcomer), known) => {
                    let candidates = self.candidates(&here, &newcomer);
                    match recognise_row(&newcomer.profile, known, &newcomer.external_ids, &candidates) {
                        Recognition::Several(ids) => Place::Unclear(ids.into()),
                        Recognition::One(id) => {
                            let found = candidates.iter().find(|c| c.id == id).map(|c| (*c).clone());
                            let by_key = known == Some(id)
                                || found.as_ref().is_some_and(|c| {
                                    c.external_ids.iter().any(|x| newcomer.external_ids.contains(x))
                                });
                            self.join(id, row.row_no, false, by_key, false, Some((newcomer, found)))
                        }
                        Recognition::Nobody => {
                            let id = clock.new_id::<StartupTag>();
                            self.join(id, row.row_no, true, false, false, Some((newcomer, None)))
                        }
                    }
                }
            };
            self.places.push(place);
        }
        Ok(())
    }

    fn candidates<'a>(&'a self, here: &'a Here, newcomer: &Newcomer) -> Vec<&'a Candidate> {
        let mut found: Vec<&Candidate> = Vec::new();
        let mut of_file: Vec<u32> = Vec::new();
        for (index, keys) in [
            (&self.by_domain, &newcomer.domains),
            (&self.by_name, &newcomer.names),
        ] {
            of_file.extend(keys.iter().filter_map(|key| index.get(key)).flatten());
        }
        of_file.extend(
            newcomer
                .external_ids
                .iter()
                .filter_map(|x| self.by_external_id.get(&x.id))
                .flatten(),
        );
        of_file.sort_unstable();
        of_file.dedup();
        found.extend(of_file.iter().filter_map(|at| self.candidates.get(*at as usize)));
        // Of a startup that rows before speak of, what they say counts too.
        found.extend(here.of(newcomer).filter(|c| !self.of_startup.contains_key(&c.id)));
        for c in here.of(newcomer) {
            if let Some(at) = self.of_startup.get(&c.id)
                && !of_file.contains(at)
            {
                found.extend(self.candidates.get(*at as usize));
            }
        }
        found
    }

    fn join(
        &mut self,
        startup: StartupId,
        row_no: i32,
        new: bool,
        by_key: bool,
        again: bool,
        newcomer: Option<(Newcomer, Option<Candidate>)>,
    ) -> Place {
        let group = self.groups.entry(startup).or_insert(Group {
            n: row_no,
            new,
            rows: 0,
            again: 0,
        });
        group.rows += 1;
        group.again += u32::from(again);
        if let Some((newcomer, found)) = newcomer {
            self.learn(startup, newcomer, found);
        }
        Place::Of {
            startup,
            by_key,
            again,
        }
    }

    /// Adds what a row says to that by which its startup is recognised in later rows.
    fn learn(&mut self, startup: StartupId, newcomer: Newcomer, found: Option<Candidate>) {
        let Newcomer {
            profile,
            domains,
            names,
            external_ids,
        } = newcomer;
        let at = *self.of_startup.entry(startup).or_insert_with(|| {
            let at = u32::try_from(self.candidates.len()).unwrap_or(u32::MAX);
            self.candidates.push(found.unwrap_or_else(|| Candidate {
                id: startup,
                name: String::new(),
                country: profile.country.clone(),
                domains: Vec::new(),
                name_keys: Vec::new(),
                external_ids: Vec::new(),
            }));
            at
        });
        let Some(candidate) = self.candidates.get_mut(at as usize) else {
            return;
        };
        candidate.country = candidate.country.take().or(profile.country);
        let mut all = [
            (&mut self.by_domain, &mut candidate.domains, domains),
            (&mut self.by_name, &mut candidate.name_keys, names),
        ];
        for (index, of_candidate, keys) in &mut all {
            for key in keys.drain(..) {
                index_under(index, key.clone(), at);
                if !of_candidate.contains(&key) {
                    of_candidate.push(key);
                }
            }
        }
        for external_id in external_ids {
            index_under(&mut self.by_external_id, external_id.id.clone(), at);
            if !candidate.external_ids.contains(&external_id) {
                candidate.external_ids.push(external_id);
            }
        }
    }
}

fn index_under(index: &mut HashMap<String, Vec<u32>>, key: String, at: u32) {
    let places = index.entry(key).or_default();
    if !places.contains(&at) {
        places.push(at);
    }
}

/// By what a row is recognised.
pub(super) struct Newcomer {
    pub(super) profile: Profile,
    pub(super) domains: Vec<String>,
    pub(super) names: Vec<String>,
    pub(super) external_ids: Vec<ExternalId>,
}

impl Newcomer {
    pub(super) fn of(said: &Said, source: &str, sectors: &Sectors) -> Self {
        let full = fresh(said, &mut Claims::default(), sectors);
        let mut profile = Profile::named(full.name);
        profile.aliases = full.aliases;
        profile.domains = full.domains;
        profile.country = full.country;
        Self {
            domains: profile.identifying_domains(),
            names: profile.name_keys(),
            external_ids: external_ids(said, source),
            profile,
        }
    }
}

/// The key under which a source knows what a row speaks of.
pub(super) fn external_ids(said: &Said, source: &str) -> Vec<ExternalId> {
    said.external_id
        .iter()
        .map(|id| ExternalId {
            source: source.to_owned(),
            id: id.clone(),
        })
        .collect()
}

/// Those who are here and share something with newcomers.
pub(super) struct Here {
    candidates: Vec<Candidate>,
    by_domain: HashMap<String, Vec<u32>>,
    by_name: HashMap<String, Vec<u32>>,
    by_external_id: HashMap<ExternalId, Vec<u32>>,
}

impl Here {
    pub(super) async fn read(
        tx: &Transaction,
        newcomers: impl Iterator<Item = &Newcomer>,
    ) -> Result<Self, Stop> {
        let (mut domains, mut names, mut external_ids) = (Vec::new(), Vec::new(), Vec::new());
        for newcomer in newcomers {
            domains.extend(newcomer.domains.iter().cloned());
            names.extend(newcomer.names.iter().cloned());
            external_ids.extend(newcomer.external_ids.iter().cloned());
        }
        let candidates = if names.is_empty() && domains.is_empty() && external_ids.is_empty() {
            Vec::new()
        } else {
            storage::startup::candidates_by(tx, domains, names, &external_ids).await?
        };
        let mut here = Self {
            candidates,
            by_domain: HashMap::new(),
            by_name: HashMap::new(),
            by_external_id: HashMap::new(),
        };
        for (at, candidate) in (0..).zip(&here.candidates) {
            for domain in &candidate.domains {
                index_under(&mut here.by_domain, domain.clone(), at);
            }
            for name in &candidate.name_keys {
                index_under(&mut here.by_name, name.clone(), at);
            }
            for external_id in &candidate.external_ids {
                here.by_external_id
                    .entry(external_id.clone())
                    .or_default()
                    .push(at);
            }
        }
        Ok(here)
    }

    pub(super) fn of<'a>(&'a self, newcomer: &Newcomer) -> impl Iterator<Item = &'a Candidate> + use<'a> {
        let mut found: Vec<u32> = Vec::new();
        found.extend(
            newcomer
                .domains
                .iter()
                .filter_map(|d| self.by_domain.get(d))
                .flatten(),
        );
        found.extend(
            newcomer
                .names
                .iter()
                .filter_map(|n| self.by_name.get(n))
                .flatten(),
        );
        found.extend(
            newcomer
                .external_ids
                .iter()
                .filter_map(|x| self.by_external_id.get(x))
                .flatten(),
        );
        found.sort_unstable();
        found.dedup();
        found
            .into_iter()
            .filter_map(|at| self.candidates.get(at as usize))
    }
}
