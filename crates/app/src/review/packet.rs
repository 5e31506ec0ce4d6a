//! Closing a meeting: everything as it stands is frozen, with a hash, and the minutes are written in both languages.
//! Minutes of a meeting that is not closed are written the same way, from what their reader sees.

use std::collections::{BTreeMap, HashMap};

use domain::{
    CapabilityId, DealId, EvidenceId, Language, ReviewId, StartupId, UserId,
    access::Demand,
    assessment::{self, Assessment, Inputs, shown},
    belief::OfModels,
    deal::{Deal, RevisitWhen, Stage},
    evidence::Evidence,
    review::{
        DecisionKind, MinutesDecision, MinutesHead, MinutesItem, MinutesTask, Review, ReviewStatus,
        SALT_BYTES, canonical, hex, item_sha256, joined, sealed,
    },
    startup::Startup,
    task::Task,
};
use futures::FutureExt;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use storage::{
    Reader,
    review::{PacketHead, PacketItem},
};

use super::{
    agenda::{Entry, Look},
    at_version,
    hold::{everything, is_run, seal, whole_agenda},
    is, locked,
    prepare::look_as,
    record,
};
use crate::{
    Caller, Error, Outcome,
    write::{Stop, Write},
};

/// Open and done tasks of a deal that are frozen with it.
const TASKS_KEPT: u32 = 200;

/// What was frozen of a meeting, as far as it is for its reader.
#[derive(Debug, Clone, PartialEq)]
pub struct Packet {
    /// The hash of the whole, over the head's canonical JSON.
    pub sha256: [u8; 32],
    /// The head: the meeting, and the hashes of all items.
    pub head: Value,
    /// The items in their order.
    pub items: Vec<PacketEntry>,
    minutes: [String; 2],
}

/// An item of a packet.
#[derive(Debug, Clone, PartialEq)]
pub struct PacketEntry {
    /// Its hash, which the head lists.
    pub sha256: [u8; 32],
    /// Its salt and what was frozen; None: it is not for the reader.
    pub open: Option<([u8; SALT_BYTES], Value)>,
    minutes: [String; 2],
}

fn place(language: Language) -> usize {
    match language {
        Language::En => 0,
        Language::Zh => 1,
    }
}

impl Packet {
    /// The packet as JSON: with it, a reader can compute the hashes again.
    pub fn json(&self) -> Value {
        let items: Vec<Value> = self
            .items
            .iter()
            .map(|item| match &item.open {
                Some((salt, body)) => json!({ "sha256": hex(&item.sha256), "salt": hex(salt), "body": body }),
                None => json!({ "sha256": hex(&item.sha256) }),
            })
            .collect();
        json!({ "sha256": hex(&self.sha256), "head": self.head, "items": items })
    }
    /// The minutes as they were written, in a language.
    pub fn minutes(&self, language: Language) -> String {
        let items: Vec<Option<String>> = self
            .items
            .iter()
            .map(|item| item.open.is_some().then(|| item.minutes[place(language)].clone()))
            .collect();
        joined(&self.minutes[place(language)], &items, language)
    }
}

impl Caller {
    /// Closes a meeting that is still at `version`, and freezes it.
    pub async fn close_review(
        &self,
        id: ReviewId,
        version: i32,
        path: &str,
    ) -> Result<Outcome<ReviewId>, Error> {
        self.write("closeReview", path, Demand::ANALYST_WRITE, |w| {
            close(w, id, version).boxed()
        })
        .await
    }
    /// What was frozen of these meetings; of one that is not closed, nothing.
    pub async fn packets(&self, ids: &[ReviewId]) -> Result<HashMap<ReviewId, Packet>, Error> {
        let viewer = self.reader().await?;
        let unreadable = |e: serde_json::Error| Error::Internal(format!("a packet cannot be read back: {e}"));
        let mut found = HashMap::new();
        for (id, (head, items)) in storage::review::packets(&self.db, &viewer, ids).await? {
            let mut entries = Vec::new();
            for (item, is_seen) in items {
                let open = if is_seen {
                    Some((item.salt, serde_json::from_str(&item.body).map_err(unreadable)?))
                } else {
                    None
                };
                entries.push(PacketEntry {
                    sha256: item.sha256,
                    open,
                    minutes: [item.minutes_en, item.minutes_zh],
                });
            }
            let packet = Packet {
                sha256: head.sha256,
                head: serde_json::from_str(&head.head).map_err(unreadable)?,
                items: entries,
                minutes: [head.minutes_en, head.minutes_zh],
            };
            found.insert(id, packet);
        }
        Ok(found)
    }
    /// The minutes of a meeting in a language: as they were written when it was closed, or as they would be written now.
    pub async fn minutes(&self, review: &Review, language: Language) -> Result<String, Error> {
        if review.status == ReviewStatus::Closed {
            let found = self.packets(&[review.id]).await?.remove(&review.id);
            return Ok(found.map_or_else(String::new, |packet| packet.minutes(language)));
        }
        let viewer = self.reader().await?;
        let look = self.look(&viewer);
        let mut entries = look.agenda(review).await?;
        for entry in &mut entries {
            if entry.is_sealed {
                entry.ballots.clear();
            }
            if entry.has_conflict {
                entry.item.notes.clear();
            }
        }
        let written = look.written(review, &entries).await?;
        let items: Vec<Option<String>> = written
            .items
            .iter()
            .map(|(_, minutes)| Some(minutes[place(language)].clone()))
            .collect();
        Ok(joined(&written.head_minutes[place(language)], &items, language))
    }
}

/// A meeting as it is written down.
struct Written {
    head: Map<String, Value>,
    head_minutes: [String; 2],
    /// What is frozen of each item that was not dropped, and its minutes.
    items: Vec<(Value, [String; 2])>,
}

/// What items are written down with.
struct Known {
    names: HashMap<UserId, String>,
    startups: HashMap<StartupId, Startup>,
    inputs: HashMap<StartupId, Assessment>,
    evidence: HashMap<EvidenceId, Evidence>,
    tasks: HashMap<DealId, Vec<Task>>,
    stages: Vec<Stage>,
    /// What capabilities are that deals wait for.
    capabilities: HashMap<CapabilityId, String>,
    overrode: HashMap<DealId, Vec<domain::deal::DealChange>>,
}

impl<R: Reader> Look<'_, R> {
    async fn written(&self, review: &Review, entries: &[Entry]) -> Result<Written, Error> {
        let entries: Vec<&Entry> = entries.iter().filter(|entry| entry.position > 0).collect();
        let known = self.known(review, &entries).await?;
        let name = |id: UserId| known.names.get(&id).cloned();
        let zone = self.app.workspace().time_zone;
        let when = review
            .starts_at
            .with_timezone(&zone)
            .format("%Y-%m-%d %H:%M")
            .to_string();
        let head = MinutesHead {
            title: review.title.clone(),
            kind: Some(review.kind),
            when,
            presenter: review.presenter_id.and_then(name),
            attendees: review.attendees.iter().copied().filter_map(name).collect(),
        };
        let people: BTreeMap<String, String> = review
            .attendees
            .iter()
            .filter_map(|id| Some((id.to_string(), known.names.get(id)?.clone())))
            .collect();
        let Value::Object(mut fields) = json!({
            "review": {
                "id": review.id, "kind": review.kind, "title": review.title, "startsAt": review.starts_at,
                "minutes": review.minutes, "rules": review.rules, "presenter": review.presenter_id,
                "attendees": review.attendees, "looksBackTo": review.looks_back_to, "startedAt": review.started_at,
            },
            "people": people,
        }) else {
            return Err(Error::Internal("a packet's head is no object".into()));
        };
        if review.status == ReviewStatus::Live {
            fields.insert("closedAt".to_owned(), json!(self.now));
        }
        let mut items = Vec::new();
        for entry in &entries {
            let minutes = [Language::En, Language::Zh].map(|language| known.minutes(entry, language));
            items.push((known.body(entry), minutes));
        }
        Ok(Written {
            head: fields,
            head_minutes: [Language::En, Language::Zh].map(|language| head.text(language)),
            items,
        })
    }

    async fn known(&self, review: &Review, entries: &[&Entry]) -> Result<Known, Error> {
        let deals: Vec<DealId> = entries.iter().map(|entry| entry.deal.id).collect();
        let mut startups: Vec<StartupId> = entries.iter().map(|entry| entry.deal.startup_id).collect();
        startups.sort_unstable();
        startups.dedup();
        let (_, yardstick) = self.app.yardstick(self.db).await?;
        let inputs: HashMap<StartupId, Assessment> = storage::assessment::histories(self.db, &startups)
            .await?
            .into_iter()
            .map(|(id, history)| {
                let inputs = Inputs::new(std::sync::Arc::clone(&yardstick), history);
                let at = crate::assessment::latest(&inputs, self.now);
                (id, assessment::assess(&inputs, at))
            })
            .collect();
        let told: Vec<EvidenceId> = inputs
            .values()
            .flat_map(|one| {
                one.standing()
                    .chain(one.overtaken.iter().map(|pair| pair.evidence))
            })
            .collect();
        let evidence = storage::evidence::by_ids(self.db, &told, None).await?;
        let tasks: HashMap<DealId, Vec<Task>> =
            storage::task::of_deals(self.db, self.viewer, &deals, None, TASKS_KEPT)
                .await?
                .into_values()
                .filter_map(|tasks| {
                    let deal = tasks.first()?.deal_id?;
                    let of_meeting = tasks
                        .into_iter()
                        .filter(|task| task.done_at.is_none() || task.review_id == Some(review.id))
                        .collect();
                    Some((deal, of_meeting))
                })
                .collect();
        let mut people: Vec<UserId> = review.attendees.clone();
        people.extend(
            entries
                .iter()
                .flat_map(|entry| entry.ballots.iter().map(|ballot| ballot.by)),
        );
        people.extend(entries.iter().flat_map(|entry| entry.recused.iter().copied()));
        people.extend(
            entries
                .iter()
                .filter_map(|entry| entry.decision.as_ref().and_then(|decision| decision.by)),
        );
        people.extend(entries.iter().filter_map(|entry| entry.deal.terms.owner_id));
        people.extend(tasks.values().flatten().filter_map(|task| task.who_id));
        people.extend(review.presenter_id);
        people.sort_unstable();
        people.dedup();
        let names = storage::access::users_by_ids(self.db, &people).await?;
        let awaited: Vec<CapabilityId> = entries.iter().filter_map(|entry| awaited(&entry.deal)).collect();
        let capabilities = storage::belief::by_ids::<OfModels>(self.db, &awaited, None).await?;
        Ok(Known {
            capabilities: capabilities
                .into_iter()
                .map(|capability| (capability.id, capability.profile.statement))
                .collect(),
            names: names.into_iter().map(|user| (user.id, user.name)).collect(),
            startups: storage::startup::by_ids(self.db, &startups, None)
                .await?
                .into_iter()
                .map(|startup| (startup.id, startup))
                .collect(),
            evidence: evidence.into_iter().map(|record| (record.id, record)).collect(),
            stages: storage::deal::stages(self.db, None).await?,
            overrode: storage::deal::overriding(self.db, self.viewer, &deals, None).await?,
            inputs,
            tasks,
        })
    }
}

impl Known {
    fn stage(&self, id: domain::StageId) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.id == id)
    }
    fn name(&self, id: Option<UserId>) -> Option<String> {
        id.and_then(|id| self.names.get(&id).cloned())
    }

    /// What is frozen of an item.
    fn body(&self, entry: &Entry) -> Value {
        let Deal {
            id,
            startup_id,
            terms,
            standing,
            opened_at,
            version,
            ..
        } = &entry.deal;
        let startup = self.startups.get(startup_id);
        let assessed = self.inputs.get(startup_id);
        let evidence: Vec<&Evidence> = assessed
            .into_iter()
            .flat_map(|one| {
                one.standing()
                    .chain(one.overtaken.iter().map(|pair| pair.evidence))
            })
            .filter_map(|id| self.evidence.get(&id))
            .collect();
        let reasons: Vec<Value> = entry
            .reasons
            .iter()
            .map(|reason| {
                json!({
                    "kind": reason.kind(), "en": reason.text(Language::En), "zh": reason.text(Language::Zh),
                    "evidence": reason.evidence(),
                })
            })
            .collect();
        let tally = entry.tally.as_ref().map(|tally| {
            json!({
                "yes": tally.yes, "no": tally.no, "abstain": tally.abstain, "quorum": tally.quorum,
                "outcome": tally.outcome, "en": tally.text(Language::En), "zh": tally.text(Language::Zh),
            })
        });
        let people: BTreeMap<String, &String> = entry
            .voters
            .iter()
            .chain(entry.ballots.iter().map(|ballot| &ballot.by))
            .chain(entry.recused.iter())
            .chain(terms.owner_id.iter())
            .chain(entry.decision.iter().filter_map(|decision| decision.by.as_ref()))
            .filter_map(|id| Some((id.to_string(), self.names.get(id)?)))
            .collect();
        canonical(&json!({
            "item": entry.item.id,
            "startup": startup.map(|startup| json!({ "id": startup.id, "slug": startup.slug, "profile": startup.profile })),
            "deal": {
                "id": id, "terms": terms, "standing": standing, "openedAt": opened_at, "version": version,
                "stage": self.stage(standing.stage_id).map(|stage| json!({ "key": stage.key, "name": stage.name, "nameZh": stage.name_zh })),
                "overrode": self.overrode.get(id).into_iter().flatten().collect::<Vec<_>>(),
            },
            "reasons": reasons,
            "assessment": assessed,
            "evidence": evidence.iter().map(|record| frozen(record)).collect::<Vec<_>>(),
            "minutes": entry.minutes,
            "notes": entry.item.notes,
            "voters": entry.voters,
            "recused": entry.recused,
            "votes": entry.ballots,
            "tally": tally,
            "decision": entry.decision,
            "tasks": self.tasks.get(id).map_or(&[][..], Vec::as_slice),
            "people": people,
        }))
    }

    /// The minutes of an item.
    fn minutes(&self, entry: &Entry, language: Language) -> String {
        let standing = &entry.deal.standing;
        let stage_name = |id| {
            self.stage(id).map(|stage| match language {
                Language::En => stage.name.clone(),
                Language::Zh => stage.name_zh.clone(),
            })
        };
        let assessed = self.inputs.get(&entry.deal.startup_id);
        let conviction = assessed.and_then(|one| {
            let conviction = shown::conviction(one.figures.conviction?).to_string();
            Some((conviction, shown::rounded(one.figures.demand, 3).to_string()))
        });
        let decision = entry.decision.as_ref().map(|decision| MinutesDecision {
            kind: decision.kind,
            stage: decision
                .stage_id
                .filter(|_| decision.kind == DecisionKind::Advance)
                .and_then(stage_name),
            pass_reason: decision.pass_reason,
            rationale: decision.rationale.clone(),
            by: self.name(decision.by),
            overrode: self
                .overrode
                .get(&entry.deal.id)
                .into_iter()
                .flatten()
                .filter(|change| Some(change.id) == decision.change_id)
                .flat_map(|change| {
                    change
                        .overrode
                        .iter()
                        .map(|condition| condition.name(language).to_owned())
                })
                .collect(),
            revisit_on: decision.revisit_on,
            revisit_when: entry
                .deal
                .terms
                .revisit_when
                .as_ref()
                .filter(|_| matches!(decision.kind, DecisionKind::Hold | DecisionKind::Pass))
                .map(|when| {
                    let named = awaited(&entry.deal).and_then(|id| self.capabilities.get(&id));
                    when.text(named.map(String::as_str), language)
                }),
        });
        let tasks = self.tasks.get(&entry.deal.id).map_or(&[][..], Vec::as_slice);
        let named = |has_vote: bool| {
            let of = entry
                .recused
                .iter()
                .filter(|id| entry.voters.contains(id) == has_vote);
            of.filter_map(|id| self.name(Some(*id))).collect()
        };
        MinutesItem {
            startup: self
                .startups
                .get(&entry.deal.startup_id)
                .map_or_else(String::new, |startup| startup.profile.name.clone()),
            deal: entry.deal.terms.title.clone(),
            standing: format!(
                "{} · {}",
                stage_name(standing.stage_id).unwrap_or_default(),
                standing.status.name(language)
            ),
            reasons: entry.reasons.iter().map(|reason| reason.text(language)).collect(),
            conviction,
            best_grade: assessed.and_then(|one| one.figures.best_grade),
            flags: assessed
                .into_iter()
                .flat_map(|one| one.flags.iter().map(|flag| flag.flag.name(language).to_owned()))
                .collect(),
            votes: entry
                .ballots
                .iter()
                .map(|ballot| {
                    let who = self.name(Some(ballot.by)).unwrap_or_default();
                    (who, ballot.vote, ballot.comment.clone())
                })
                .collect(),
            recused: named(false),
            declared_later: named(true),
            tally: entry.tally.as_ref().map(|tally| tally.text(language)),
            decision,
            tasks: tasks
                .iter()
                .map(|task| MinutesTask {
                    what: task.what.clone(),
                    who: self.name(task.who_id),
                    due: task.due,
                    is_done: task.done_at.is_some(),
                    is_condition: task.decision_id.is_some(),
                })
                .collect(),
            notes: entry.item.notes.clone(),
        }
        .text(language)
    }
}

/// The capability that a deal waits for.
fn awaited(deal: &Deal) -> Option<CapabilityId> {
    match deal.terms.revisit_when {
        Some(RevisitWhen::Capability { id, .. }) => Some(id),
        _ => None,
    }
}

/// A record of the ledger as it is frozen. Which documents it rests on is told by the record to those who may see them.
fn frozen(record: &Evidence) -> Value {
    let mut said = domain::activity::whole(&record.observation);
    if let Some(fields) = said.as_object_mut() {
        fields.remove("documentIds");
    }
    json!({
        "id": record.id, "observation": said, "enteredGrade": record.entered_grade, "grade": record.grade,
        "supersedes": record.supersedes, "recordedAt": record.recorded_at,
    })
}

/// A new salt, out of the random parts of two new ids; in the demonstration it is the same every time, as its ids are.
fn salt(w: &Write) -> [u8; SALT_BYTES] {
    let new = || w.app.inner.clock.new_uuid();
    let hash = Sha256::new()
        .chain_update(new().as_bytes())
        .chain_update(new().as_bytes())
        .finalize();
    let mut salt = [0; SALT_BYTES];
    salt.copy_from_slice(&hash[..SALT_BYTES]);
    salt
}

async fn close(w: &mut Write, id: ReviewId, version: i32) -> Result<ReviewId, Stop> {
    let review = locked(w, "id", id).await?;
    at_version(review.version, version)?;
    is(&review, ReviewStatus::Live, "id")?;
    is_run(w, &review, "id")?;
    let mut open = whole_agenda(w, &review).await?;
    open.retain(|entry| entry.position > 0 && entry.item.votes_closed_at.is_none());
    seal(w, &open).await?;
    let entries = whole_agenda(w, &review).await?;
    let all = everything(w);
    let written = look_as(w, &all).written(&review, &entries).await?;
    let kept = entries.iter().filter(|entry| entry.position > 0);
    let mut items = Vec::new();
    for ((body, [minutes_en, minutes_zh]), entry) in written.items.into_iter().zip(kept) {
        let salt = salt(w);
        items.push(PacketItem {
            position: entry.position,
            deal: entry.deal.id,
            sha256: item_sha256(&salt, &body),
            body: body.to_string(),
            salt,
            minutes_en,
            minutes_zh,
        });
    }
    let hashes: Vec<[u8; 32]> = items.iter().map(|item| item.sha256).collect();
    let (head, sha256) = sealed(written.head, &hashes);
    let [minutes_en, minutes_zh] = written.head_minutes;
    let head = PacketHead {
        head: head.to_string(),
        sha256,
        minutes_en,
        minutes_zh,
    };
    storage::review::close(&w.tx, id, w.now, review.version + 1, &head, &items).await?;
    let before = json!({ "status": review.status });
    let after = json!({ "status": ReviewStatus::Closed, "closedAt": w.now, "packetSha256": hex(&sha256) });
    record(w, id, Some(before), after);
    Ok(id)
}
