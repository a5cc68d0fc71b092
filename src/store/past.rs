//! What the trail tells of one person.

use std::collections::HashMap;

use memchr::memmem::Finder;

use super::{
    line::{Event, Line, Result as Ending},
    trail::{Author, Trail, TrailError},
};
use crate::domain::{BatchId, OpId, PastDeed, Untrusted, UserId};

/// At most so many changes are told, the newest.
const MOST: usize = 50;

impl Trail {
    /// What was done to somebody of this instance, the newest first, as far as
    /// anybody would read.
    ///
    /// # Errors
    /// [`TrailError`], where the trail cannot be read.
    pub fn about(&self, user: &UserId) -> Result<Vec<PastDeed>, TrailError> {
        let mut past = Past::default();
        // A trail may be long, and few of its lines name them: only those are read.
        let named = Finder::new(user.as_str());
        let visited = self.0.place.visit(|bytes| {
            if named.find(bytes).is_some()
                && let Some(line) = Line::from_json(bytes)
                && is_about(&line, user, &self.0.author)
            {
                past.tell(&line);
            }
        });
        visited.map_err(|error| self.failed(error))?;
        let newest = past.deeds.into_iter().rev();
        Ok(newest.take(MOST).collect())
    }
}

fn is_about(line: &Line, user: &UserId, author: &Author) -> bool {
    line.host == author.host
        && line.instance == author.instance
        && line.targets.iter().any(|target| target == user.as_str())
}

/// Intents and outcomes, joined as they come.
#[derive(Default)]
struct Past {
    deeds: Vec<PastDeed>,
    at: HashMap<OpId, usize>,
}

impl Past {
    fn tell(&mut self, line: &Line) {
        let Some(op) = OpId::parse(&line.op) else {
            return;
        };
        match &line.event {
            Event::Intent { reason, .. } => {
                let Some(at) = line.time() else { return };
                self.at.insert(op, self.deeds.len());
                self.deeds.push(PastDeed {
                    op,
                    batch: line.batch.as_deref().and_then(BatchId::parse),
                    at,
                    operator: Untrusted::new(&line.operator),
                    change: Untrusted::new(&line.change),
                    reason: reason.as_ref().map(Untrusted::new),
                    done: None,
                    trace_id: None,
                });
            }
            Event::Outcome {
                result,
                trace_id,
                done,
                ..
            } => {
                let deed = self.at.get(&op).and_then(|at| self.deeds.get_mut(*at));
                let Some(deed) = deed.filter(|_| *result != Ending::Again) else {
                    return;
                };
                deed.done = match result {
                    Ending::Done => Some(true),
                    Ending::Refused | Ending::NotSent => Some(false),
                    Ending::Unknown | Ending::Again => None,
                    Ending::ReadBack => *done,
                };
                if let Some(trace_id) = trace_id {
                    deed.trace_id = Some(Untrusted::new(trace_id));
                }
            }
        }
    }
}
