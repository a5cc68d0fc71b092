//! Who else is on the same IP address.

use crate::app::act::{arrive, meant, search_now};
use crate::app::{Model, Person, Screen, Tone};
use crate::domain::search::{Query, Scope};
use crate::domain::{Row, Session};

/// Shows everybody read who is on the address of the session that is meant; of
/// a person, on that of their latest active session.
pub fn show(model: &mut Model) {
    let subject = meant(model);
    let session = match (subject.session, &subject.person) {
        (Some(session), _) => Some(session),
        (None, Some(person)) => latest(model, person),
        (None, None) => None,
    };
    let ip = session.as_ref().and_then(|s| s.activity.ip.as_ref());
    let Some(text) = ip.and_then(|ip| search_for(ip.raw())) else {
        let name = subject.person.map_or_else(String::new, |p| p.short_name());
        let text = if matches!(model.screen(), Screen::Sessions(_)) {
            "This session has no address to search for.".to_owned()
        } else {
            format!("{name} has no session with an address that was read. s reads them.")
        };
        return model.ctx.say(Tone::Plain, text);
    };
    model.history.go_to_root(1);
    if let Screen::Sessions(pane) = model.history.screen_mut() {
        pane.search.put(&text);
        pane.search.finish();
        if let Some(session) = &session {
            pane.list.go_to(session.id.as_str());
        }
    }
    search_now(model);
    arrive(model);
}

/// The latest active session of a person that has an address, as far as they were read.
fn latest(model: &Model, person: &Person) -> Option<Session> {
    let dossier = match model.screen() {
        Screen::Profile(pane) => Some(&pane.dossier),
        _ => model.recent.get(&person.id),
    };
    let sessions = dossier?.sessions.value()?.rows.iter().filter_map(Row::read);
    let on_ip = sessions.filter(|s| s.status.is_live() && s.activity.ip.is_some());
    on_ip.max_by_key(|session| session.last_active).cloned()
}

/// The search for an address, if it can be searched for.
fn search_for(ip: &str) -> Option<String> {
    let text = format!("ip:={ip}");
    let is_one = !ip.contains(char::is_whitespace);
    (is_one && Query::parse(&text, Scope::Sessions).is_ok()).then_some(text)
}
