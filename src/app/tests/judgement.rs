//! What the witness says of a key: whether what it sent was asked, seen and
//! consented to, and whether what it asks is about what was seen before.

use std::collections::HashSet;

use super::witness::{About, Frame, Met, Open, Witness, layer};
use super::witness_many::takes_back;
use crate::app::Layer;
use crate::app::newcomer::Kind;
use crate::domain::{Action, UserId};

impl Witness {
    /// What a key sent, or planned, was asked, seen, and consented to.
    pub(super) fn judge_consent(&mut self, met: &Met) {
        let sent = self.singles() - met.sent;
        let plans = self.console.plans.len() - met.plans;
        if sent + plans == 0 {
            return;
        }
        assert_eq!(sent + plans, 1, "one key did two things");
        let Open { about, drawn } = self.open.take().expect("a change without a question");
        let drawn = drawn.expect("a question that was never drawn was confirmed");
        let now = self.now();
        if met.typed {
            assert_eq!(met.name, "Enter");
            assert!(
                now - self.last_text >= 100,
                "Enter in the burst of the text"
            );
        } else {
            assert!(
                met.name == "y" || met.name == "Enter",
                "{} confirmed",
                met.name
            );
            assert!(now - drawn >= 250, "confirmed unseen");
            assert!(now - self.last_key >= 250, "confirmed in a burst");
        }
        if plans == 1 {
            let plan = self.console.plans.last().unwrap().clone();
            let About::Many(ids, Some(shown)) = about else {
                panic!("a plan after a question about {about:?}");
            };
            assert_eq!(met.layer, "dry run");
            assert_eq!(
                met.number,
                plan.users.len().to_string(),
                "another number was typed"
            );
            assert_eq!(
                shown,
                (plan.what.name(), plan.users.clone()),
                "another plan was shown"
            );
            assert!(plan.users.iter().all(|user| ids.contains(user)));
            return self.many.confirmed(&plan, ids);
        }
        let last = self
            .console
            .sent
            .iter()
            .rfind(|change| change.batch.is_none());
        let change = last.unwrap().clone();
        let steps = match about {
            About::One(person, steps) => {
                assert_eq!(met.layer, "dialog");
                assert_eq!(
                    *change.action.user().unwrap(),
                    person,
                    "somebody else was changed"
                );
                self.whose.insert(change.op, person);
                steps
            }
            About::Newcomer(action) => {
                assert_eq!(met.layer, "newcomer");
                action.into_iter().collect()
            }
            about => panic!("{change:?} after a question about {about:?}"),
        };
        assert_eq!(
            Some(&change.action),
            steps.first(),
            "something else was done"
        );
        self.rest.extend(steps);
        assert!(!self.console.has_dialog());
    }

    /// A question that a key opened is about what was seen before it.
    pub(super) fn judge_question(&mut self, met: &Met, meant: &Frame) {
        let here = Some(self.console.model.history.here());
        let about = match &self.console.model.layer {
            Layer::Dialog(dialog) => {
                let person = dialog.user();
                if let Some(op) = dialog.undoes() {
                    assert_eq!(self.whose.get(&op), Some(person), "undoes another's change");
                } else {
                    assert_eq!(meant.pane, here, "opened in a view that was not drawn");
                    assert_eq!(
                        meant.person.as_ref(),
                        Some(person),
                        "about somebody not seen"
                    );
                    judge_verb(dialog.action(), meant.state);
                }
                About::One(person.clone(), Vec::new())
            }
            Layer::DryRun(dry_run) => {
                let ids: HashSet<UserId> = dry_run.ids().iter().cloned().collect();
                match (met.layer, &self.open) {
                    ("offer", Some(open)) => {
                        assert_eq!(open.about, About::Left(ids.clone()));
                        let (now, drawn) = (self.now(), open.drawn.expect("an offer not drawn"));
                        assert_eq!(met.name, "y");
                        assert!(now - drawn >= 250 && now - self.last_key >= 250);
                    }
                    ("batch", _) => assert!(self.many.knows(&ids) && met.name == "r"),
                    _ if takes_back(dry_run) => assert!(self.many.knows(&ids)),
                    _ => {
                        assert_eq!(meant.pane, here, "opened in a view that was not drawn");
                        assert_eq!(ids, meant.marks, "about others than were marked");
                    }
                }
                About::Many(ids, None)
            }
            Layer::Newcomer(newcomer) => {
                if let Kind::Revocation(invitation) = newcomer.kind() {
                    assert_eq!(meant.pane, here, "opened in a view that was not drawn");
                    assert_eq!(meant.invitation.as_ref(), Some(&invitation.id));
                }
                About::Newcomer(None)
            }
            _ => return,
        };
        let undoes = matches!(&self.console.model.layer, Layer::Dialog(d) if d.undoes().is_some());
        self.count(format!("{} → {}", met.layer, layer(&self.console)));
        if undoes {
            self.count("undo");
        }
        self.ask(about);
    }
}

/// A verb is the one that fits what was seen.
fn judge_verb(action: Option<&Action>, state: Option<(bool, bool)>) {
    let Some((banned, locked)) = state else {
        return;
    };
    match action {
        Some(Action::Ban(_)) => assert!(!banned, "bans whom the frame showed banned"),
        Some(Action::Unban(_)) => assert!(banned, "unbans whom the frame showed unbanned"),
        Some(Action::Lock(_)) => assert!(!locked, "locks whom the frame showed locked"),
        Some(Action::Unlock(_)) => assert!(locked, "unlocks whom the frame showed unlocked"),
        _ => {}
    }
}
