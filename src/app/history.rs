//! Where the person has been: a trail of views, as a browser keeps it.

use std::collections::HashMap;

use super::{PaneId, Screen};

/// The views on the trail; older ones are forgotten.
const LONGEST: usize = 50;

/// The views, and the trail through them.
#[derive(Debug)]
pub struct History {
    screens: HashMap<PaneId, Screen>,
    roots: [PaneId; 3],
    trail: Vec<PaneId>,
    at: usize,
}

impl History {
    /// The three views that are always there; the first is shown.
    pub(super) fn new(roots: [(PaneId, Screen); 3]) -> Self {
        let ids = [roots[0].0, roots[1].0, roots[2].0];
        Self {
            screens: roots.into_iter().collect(),
            roots: ids,
            trail: vec![ids[0]],
            at: 0,
        }
    }

    /// Which view is shown.
    pub fn here(&self) -> PaneId {
        self.trail[self.at]
    }

    /// The view that is shown.
    pub fn screen(&self) -> &Screen {
        &self.screens[&self.here()]
    }

    /// The view that is shown.
    ///
    /// # Panics
    /// Never: views on the trail are kept.
    pub(super) fn screen_mut(&mut self) -> &mut Screen {
        let here = self.here();
        self.screens
            .get_mut(&here)
            .expect("views on the trail are kept")
    }

    /// All views.
    pub fn screens(&self) -> impl Iterator<Item = &Screen> {
        self.screens.values()
    }

    /// All views.
    pub(super) fn screens_mut(&mut self) -> impl Iterator<Item = &mut Screen> {
        self.screens.values_mut()
    }

    /// The view before the one shown, that the names on the way are taken from.
    pub fn before(&self) -> Option<&Screen> {
        let at = self.at.checked_sub(1)?;
        self.screens.get(&self.trail[at])
    }

    /// The users view.
    pub(super) fn users_mut(&mut self) -> Option<&mut super::panes::users::UsersPane> {
        match self.screens.get_mut(&self.roots[0]) {
            Some(Screen::Users(pane)) => Some(pane),
            _ => None,
        }
    }

    /// Goes to one of the three views; says whether that is somewhere else.
    pub(super) fn go_to_root(&mut self, n: usize) -> bool {
        let root = self.roots[n];
        let elsewhere = self.here() != root;
        if elsewhere {
            self.push(root);
        }
        elsewhere
    }

    /// Goes to a new view.
    pub(super) fn open(&mut self, id: PaneId, screen: Screen) {
        self.screens.insert(id, screen);
        self.push(id);
    }

    fn push(&mut self, id: PaneId) {
        self.trail.truncate(self.at + 1);
        self.trail.push(id);
        if self.trail.len() > LONGEST {
            self.trail.remove(0);
        }
        self.at = self.trail.len() - 1;
        let Self {
            screens,
            roots,
            trail,
            ..
        } = self;
        screens.retain(|id, _| roots.contains(id) || trail.contains(id));
    }

    /// Whether there is a view before this one.
    pub const fn can_go_back(&self) -> bool {
        self.at > 0
    }

    /// Whether there is a view after this one.
    pub const fn can_go_forward(&self) -> bool {
        self.at + 1 < self.trail.len()
    }

    /// Goes back; says whether there was anywhere to go.
    pub(super) fn back(&mut self) -> bool {
        let can = self.can_go_back();
        self.at -= usize::from(can);
        can
    }

    /// Goes forward again; says whether there was anywhere to go.
    pub(super) fn forward(&mut self) -> bool {
        let can = self.can_go_forward();
        self.at += usize::from(can);
        can
    }

    /// Takes views out of the trail, such as the profile of somebody deleted.
    pub(super) fn drop_where(&mut self, gone: impl Fn(&Screen) -> bool) {
        let kept: Vec<(bool, PaneId)> = self
            .trail
            .iter()
            .enumerate()
            .filter(|(_, id)| !self.screens.get(id).is_some_and(&gone))
            .map(|(i, id)| (i <= self.at, *id))
            .collect();
        let before = kept.iter().filter(|(before, _)| *before).count();
        self.trail = kept.into_iter().map(|(_, id)| id).collect();
        if self.trail.is_empty() {
            self.trail.push(self.roots[0]);
        }
        self.at = before.saturating_sub(1);
        self.screens
            .retain(|id, _| self.roots.contains(id) || self.trail.contains(id));
    }
}
