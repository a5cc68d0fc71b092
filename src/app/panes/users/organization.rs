//! Organizations that a search names as people call them.

use super::UsersPane;
use crate::app::{Context, Part, People, Ticket};
use crate::domain::search::Query;
use crate::domain::{Answer, ApiError, Fetch, Lane, Organization, OrganizationId, Page, Row};

/// Organizations by what people call them.
#[derive(Debug, Default)]
pub(super) struct Organizations {
    pub known: Vec<(String, OrganizationId)>,
    /// The name that is being looked up.
    pub lookup: Option<(Ticket, String)>,
}

impl UsersPane {
    /// Looks up an organization that the text names.
    pub(super) fn look_up(&mut self, ctx: &mut Context, query: &Query) {
        let search = ctx.clock.users(query);
        let known = &self.finding.organizations;
        let unknown = search
            .organizations
            .iter()
            .find(|name| known.id(&name.text).is_none());
        let Some(name) = unknown.map(|name| name.text.clone()) else {
            return;
        };
        // Rows of an older text that came now would be taken for the answer.
        if self.list.give_up() {
            ctx.abort(self.id, Part::Rows);
            ctx.abort(self.id, Part::Tail);
        }
        let fetch = Fetch::Organizations {
            query: name.clone(),
            offset: 0,
            limit: 20,
        };
        let ticket = ctx.fetch(self.id, Part::Organization, Lane::Hands, fetch);
        self.finding.organizations.lookup = Some((ticket, name));
    }

    /// Takes the answer of such a look-up; says whether it was one.
    pub(super) fn settle_organization(
        &mut self,
        ctx: &mut Context,
        people: &People,
        ticket: Ticket,
        result: &Result<Answer, ApiError>,
    ) -> bool {
        let lookup = &mut self.finding.organizations.lookup;
        let Some((_, name)) = lookup.take_if(|(awaited, _)| *awaited == ticket) else {
            return false;
        };
        self.search.fail();
        match found_organization(result, &name) {
            Ok(id) => {
                self.finding.organizations.known.push((name, id));
                self.read(ctx, people, false);
            }
            // The text may not name it any more.
            Err(why) if self.names_organization(ctx, &name) => self.search.trouble = Some(why),
            Err(_) => {}
        }
        true
    }

    fn names_organization(&self, ctx: &Context, name: &str) -> bool {
        let query = self.search.query().ok();
        let search = query.map(|query| ctx.clock.users(query));
        let mut named = search.iter().flat_map(|search| &search.organizations);
        named.any(|organization| organization.text == name)
    }
}

/// The organization that a look-up found, or why it found none.
fn found_organization(
    result: &Result<Answer, ApiError>,
    name: &str,
) -> Result<OrganizationId, String> {
    let page = result.clone().map(Answer::into_organizations);
    let page = page.map_err(|error| format!("The organization was not found out: {error}"))?;
    let page = page.ok_or("Clerk's answer names no organizations.")?;
    choose(&page, name)
}

impl Organizations {
    pub fn id(&self, name: &str) -> Option<&OrganizationId> {
        let known = self.known.iter().find(|(known, _)| known == name);
        known.map(|(_, id)| id)
    }
}

/// The one organization that is called so: by its slug, its name, or as the only one found.
fn choose(page: &Page<Organization>, name: &str) -> Result<OrganizationId, String> {
    let found: Vec<&Organization> = page.rows.iter().filter_map(Row::read).collect();
    let is = |text: &str| text.to_lowercase() == name.to_lowercase();
    let by_slug = found
        .iter()
        .find(|o| o.slug.as_ref().is_some_and(|slug| is(slug.raw())));
    let named: Vec<_> = found.iter().filter(|o| is(o.name.raw())).collect();
    let by_slug = by_slug.or(match named.as_slice() {
        [one] => Some(one),
        _ => None,
    });
    match (by_slug, found.as_slice()) {
        (Some(one), _) | (None, [one]) => Ok(one.id.clone()),
        (None, []) => Err(format!(
            "There is no organization “{}”.",
            crate::app::text::cut(name, 40)
        )),
        (None, several) => {
            let some = several.iter().take(3).map(|o| {
                let slug = o.slug.as_ref().unwrap_or(&o.name);
                crate::app::text::cut(&slug.shown(), 24)
            });
            let some: Vec<String> = some.collect();
            Err(format!(
                "{} organizations are called so: {}. Which one?",
                several.len(),
                some.join(", ")
            ))
        }
    }
}
