//! What the server saw beside what the audit trail says: one to one.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use clerk_tui::demo::Seen;
use clerk_tui::store::{Ending, Event, Line};

use crate::told;

/// What ids begin with; field names do not.
const KINDS: [&str; 4] = ["user_2", "sess_2", "idn_2", "eac_2"];

/// One attempt of the trail.
struct Attempt {
    change: String,
    op: String,
    /// Whoever and whatever it is about.
    ids: Vec<String>,
}

/// Compares the two, and prints what only one of them has.
pub fn agrees(data: &Path, writes: &[Seen]) -> bool {
    let mut attempts = attempts(data);
    let of_the_trail = attempts.len();
    let mut agree = true;
    for write in writes {
        if let Some(at) = attempts.iter().position(|attempt| attempt.fits(write)) {
            attempts.remove(at);
        } else {
            println!("not in the trail: {} {}", write.method, write.path);
            agree = false;
        }
    }
    for Attempt { change, op, ids } in &attempts {
        println!("the server did not see: {change} {op} {ids:?}");
    }
    println!("{} writes, {of_the_trail} in the trail", writes.len());
    let any = !writes.is_empty();
    told(
        "each write is in the trail",
        agree && attempts.is_empty() && any,
    )
}

/// Every attempt that the trail says was sent, in its order.
fn attempts(data: &Path) -> Vec<Attempt> {
    let trail = fs::read(data.join("audit.jsonl")).unwrap_or_default();
    let lines = trail
        .split(|byte| *byte == b'\n')
        .filter_map(Line::from_json);
    let (mut attempts, mut results) = (Vec::new(), BTreeMap::<String, u32>::new());
    for line in lines {
        let (sent, result) = match &line.event {
            Event::Intent { .. } => (true, "intended"),
            Event::Outcome { result, .. } => (*result == Ending::Again, result.word()),
        };
        *results.entry(result.to_owned()).or_default() += 1;
        if result == Ending::NotSent.word() {
            // The last attempt that was noted for it.
            let last = attempts
                .iter()
                .rposition(|known: &Attempt| known.op == line.op);
            attempts.remove(last.unwrap());
        }
        if sent {
            attempts.push(Attempt {
                change: line.change,
                op: line.op,
                ids: line.targets.into_iter().chain(line.parts).collect(),
            });
        }
    }
    println!("the trail: {results:?}");
    attempts
}

impl Attempt {
    /// Whether a request is what this attempt sent: the same deed, and about nobody
    /// else.
    fn fits(&self, write: &Seen) -> bool {
        let path: Vec<&str> = write.path.split('/').skip(1).collect();
        let is_deed = match (self.change.as_str(), write.method.as_str(), path.as_slice()) {
            ("ban" | "unban" | "lock" | "unlock", "POST", ["users", .., verb]) => {
                *verb == self.change
            }
            ("delete", "DELETE", ["users", _])
            | ("edit" | "set-password" | "set-primary", "PATCH", ["users", _])
            | ("distrust-password", "POST", ["users", _, "password", "set_compromised"])
            | ("trust-password", "POST", ["users", _, "password", "unset_compromised"])
            | ("remove-password", "POST", ["users", _, "remove_password"])
            | ("remove-factors", "DELETE", ["users", _, "mfa" | "totp" | "backup_code"])
            | ("remove-credential", "DELETE", ["users", _, _, _])
            | ("revoke", "POST", ["sessions", _, "revoke"]) => true,
            (change, method, ["email_addresses" | "phone_numbers", ..]) => {
                let verbs = ["add-address", "change-address", "remove-address"];
                let methods = ["POST", "PATCH", "DELETE"];
                verbs
                    .into_iter()
                    .zip(methods)
                    .any(|pair| pair == (change, method))
            }
            _ => false,
        };
        let text = format!("{} {}", write.path, write.body);
        let mut ids = text
            .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
            .filter(|word| KINDS.iter().any(|kind| word.starts_with(kind)));
        is_deed && ids.all(|id| self.ids.iter().any(|own| own == id))
    }
}
