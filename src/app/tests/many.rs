//! Hands and eyes for changes of many at once.

use super::harness::Console;
use super::world::{id, person};
use crate::app::batch::Fate;
use crate::app::{Batch, DryRun, Layer, Msg};
use crate::domain::{Fetch, Policy, User, UserId};

pub fn crowd(n: usize) -> Vec<User> {
    (0..n).map(|n| person(n, &format!("Bot {n:03}"))).collect()
}

/// A console with so many people, all of them marked one by one.
pub fn marked(n: usize) -> Console {
    marked_as(crowd(n), Policy::default())
}

pub fn marked_as(people: Vec<User>, policy: Policy) -> Console {
    let n = people.len();
    let mut console = Console::start_as(people, (80, 24), policy);
    console.settle();
    for _ in 0..n {
        console.settle().press("Space");
    }
    console.settle().look();
    assert_eq!(console.model.marks.len(), n);
    console
}

impl Console {
    pub fn dry_run(&self) -> &DryRun {
        match &self.model.layer {
            Layer::DryRun(dry_run) => dry_run,
            other => panic!("no dry run, but {other:?}; toast: {}", self.toast()),
        }
    }

    pub fn batch(&self) -> &Batch {
        self.model.batch.as_ref().unwrap()
    }

    /// What the layer says, line by line.
    pub fn said(&self) -> String {
        let lines = match &self.model.layer {
            Layer::DryRun(dry_run) => dry_run.lines(&self.model.ctx),
            Layer::Batch(top) => self.batch().lines(*top),
            Layer::Resume(resume) => resume.lines(&self.model.ctx.clock),
            other => panic!("nothing is said by {other:?}; toast: {}", self.toast()),
        };
        let lines: Vec<String> = lines.iter().map(crate::app::document::Line::text).collect();
        lines.join("\n")
    }

    /// Types the number and consents.
    pub fn consents(&mut self, number: &str) -> &mut Self {
        self.type_text(number).look().press("Enter")
    }

    /// The plan that was asked for last is kept.
    pub fn keeps(&mut self) -> &mut Self {
        let batch = self.plans.last().unwrap().batch;
        self.feed(Msg::PlanKept {
            batch,
            result: Ok(()),
        });
        self
    }

    /// Everything sent is done, until nothing is sent any more.
    pub fn all_done(&mut self) -> &mut Self {
        while !self.changing.is_empty() {
            self.done();
        }
        self.settle()
    }

    /// The batch has started.
    pub fn begins(&mut self, key: &str, number: &str) -> &mut Self {
        self.press(key).settle().look().consents(number).keeps()
    }

    pub fn fate(&self, n: usize) -> Fate {
        self.batch().fate(&id(n)).unwrap().clone()
    }

    /// Everybody whom a change was ever sent for, in order.
    pub fn hit(&self) -> Vec<UserId> {
        let hit = self.sent.iter().flat_map(|change| change.action.users());
        hit.cloned().collect()
    }
}

pub fn read_many(fetch: &Fetch) -> bool {
    matches!(fetch, Fetch::WholeUsers(_))
}
