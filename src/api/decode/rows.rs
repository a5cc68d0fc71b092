//! Sessions, organizations, memberships and the instance.

use serde::Deserialize;
use serde::de::MapAccess;

use super::soft::Lenient;
use super::{Object, OnlyId, Soft, id, object};
use crate::domain::{
    Activity, Answer, IdentificationId, Instance, Membership, Organization, OrganizationId,
    PublicUser, Session, SessionId, SessionStatus, Timestamp, Untrusted, User,
};

type Text = Soft<Option<Untrusted>>;
type Time = Soft<Option<Timestamp>>;

/// `Session`
#[derive(Default, Deserialize)]
#[serde(default)]
struct WireSession {
    id: Text,
    user_id: Text,
    status: Text,
    actor: Soft<Actor>,
    latest_activity: Soft<Option<WireActivity>>,
    created_at: Time,
    last_active_at: Time,
    expire_at: Time,
}

/// `SessionActivityResponse`
#[derive(Default, Deserialize)]
#[serde(default)]
struct WireActivity {
    device_type: Text,
    browser_name: Text,
    browser_version: Text,
    ip_address: Text,
    city: Text,
    country: Text,
    is_mobile: Soft<bool>,
}

/// Whoever acts as the user. Only `null`, nothing and `false` mean nobody: an
/// impersonation must not go unseen because its actor looks odd.
#[derive(Default)]
struct Actor(Option<Untrusted>);

#[derive(Default, Deserialize)]
#[serde(default)]
struct WireActor {
    sub: Text,
}

impl Lenient for Actor {
    fn text(text: &str) -> Self {
        Self(Some(Untrusted::new(text)))
    }
    fn flag(flag: bool) -> Self {
        Self(flag.then(Untrusted::default))
    }
    fn map<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
        let actor = <Option<WireActor> as Lenient>::map(map)?;
        Ok(Self(Some(
            actor.and_then(|actor| actor.sub.0).unwrap_or_default(),
        )))
    }
}

/// `Organization`
#[derive(Default, Deserialize)]
#[serde(default)]
struct WireOrganization {
    id: Text,
    name: Text,
    slug: Text,
    members_count: Soft<Option<i64>>,
    created_at: Time,
}

/// `OrganizationMembership`
#[derive(Default, Deserialize)]
#[serde(default)]
struct WireMembership {
    id: Text,
    role: Text,
    organization: Soft<Option<WireOrganization>>,
    public_user_data: Soft<Option<WirePublicUser>>,
    created_at: Time,
}

/// `OrganizationMembershipPublicUserData`
#[derive(Default, Deserialize)]
#[serde(default)]
struct WirePublicUser {
    user_id: Text,
    first_name: Text,
    last_name: Text,
    identifier: Text,
    banned: Soft<bool>,
}

/// `Instance`
#[derive(Default, Deserialize)]
#[serde(default)]
struct WireInstance {
    id: Text,
    environment_type: Text,
    allowed_origins: Soft<Vec<Option<Untrusted>>>,
}

/// `EmailAddress` and `PhoneNumber`
#[derive(Default, Deserialize)]
#[serde(default)]
struct WireAddress {
    id: Text,
    email_address: Text,
    phone_number: Text,
}

impl Object for WireSession {}
impl Object for WireActivity {}
impl Object for WireActor {}
impl Object for WireOrganization {}
impl Object for WireMembership {}
impl Object for WirePublicUser {}
impl Object for WireInstance {}
impl Object for WireAddress {}

/// Reads a session.
pub fn session(text: &str) -> Result<Session, String> {
    let wire: WireSession = object(text)?;
    let activity = wire.latest_activity.0.unwrap_or_default();
    Ok(Session {
        id: id(wire.id.0.as_ref(), "id")?,
        user: id(wire.user_id.0.as_ref(), "user_id")?,
        status: SessionStatus::from_api(&wire.status.0.unwrap_or_default()),
        actor: wire.actor.0.0,
        activity: Activity {
            device: activity.device_type.0,
            browser: activity.browser_name.0,
            browser_version: activity.browser_version.0,
            ip: activity.ip_address.0,
            city: activity.city.0,
            country: activity.country.0,
            mobile: activity.is_mobile.0,
        },
        created: wire.created_at.0,
        last_active: wire.last_active_at.0,
        expires: wire.expire_at.0,
    })
}

/// Reads the session `asked`.
pub fn one_session(text: &str, asked: &SessionId) -> Result<Box<Session>, String> {
    let session = session(text)?;
    if session.id == *asked {
        Ok(Box::new(session))
    } else {
        Err("it is about another session".to_owned())
    }
}

/// Reads the text of the e-mail address or phone number `asked`.
pub fn address(text: &str, asked: &IdentificationId) -> Result<Untrusted, String> {
    let wire: WireAddress = object(text)?;
    if id(wire.id.0.as_ref(), "id")? != *asked {
        return Err("it is about another address".to_owned());
    }
    let text = wire.email_address.0.or(wire.phone_number.0);
    text.ok_or_else(|| "its text is missing".to_owned())
}

/// Reads the organization that has the id or slug `asked`.
pub fn one_organization(text: &str, asked: &str) -> Result<Box<Organization>, String> {
    let one = organization(text)?;
    let slug = one.slug.as_ref().map(Untrusted::raw);
    if one.id.as_str() == asked || slug.is_some_and(|slug| slug.eq_ignore_ascii_case(asked)) {
        Ok(Box::new(one))
    } else {
        Err("it is about another organization".to_owned())
    }
}

/// Reads an organization.
pub fn organization(text: &str) -> Result<Organization, String> {
    object::<WireOrganization>(text)?.read()
}

impl WireOrganization {
    fn read(self) -> Result<Organization, String> {
        Ok(Organization {
            id: id(self.id.0.as_ref(), "id")?,
            name: self.name.0.unwrap_or_default(),
            slug: self.slug.0,
            members: self.members_count.0.and_then(|n| u64::try_from(n).ok()),
            created: self.created_at.0,
        })
    }
}

/// Reads a membership; `asked` is the organization whose members were asked
/// for, which stands in where the row does not repeat it.
pub fn membership(text: &str, asked: Option<&OrganizationId>) -> Result<Membership, String> {
    let wire: WireMembership = object(text)?;
    let organization = match (wire.organization.0, asked) {
        (Some(organization), _) => organization
            .read()
            .map_err(|why| format!("its organization: {why}"))?,
        (None, Some(asked)) => Organization {
            id: asked.clone(),
            name: Untrusted::default(),
            slug: None,
            members: None,
            created: None,
        },
        (None, None) => return Err("its organization is missing".to_owned()),
    };
    Ok(Membership {
        id: wire.id.0.ok_or("its id is missing")?,
        role: wire.role.0.unwrap_or_default(),
        organization,
        user: wire.public_user_data.0.and_then(WirePublicUser::read),
        created: wire.created_at.0,
    })
}

impl WirePublicUser {
    fn read(self) -> Option<PublicUser> {
        Some(PublicUser {
            id: id(self.user_id.0.as_ref(), "user_id").ok()?,
            name: User::join_name(self.first_name.0.as_ref(), self.last_name.0.as_ref()),
            identifier: self.identifier.0,
            banned: self.banned.0,
        })
    }
}

/// Reads the instance.
pub fn instance(text: &str) -> Result<Instance, String> {
    let wire: WireInstance = object(text)?;
    Ok(Instance {
        id: wire.id.0.ok_or("its id is missing")?,
        environment: wire.environment_type.0,
        origins: wire.allowed_origins.0.into_iter().flatten().collect(),
    })
}

/// Reads the session that was revoked, or at least that it was that one.
pub fn revoked(text: &str, asked: &SessionId) -> Result<Answer, String> {
    let about = object::<OnlyId>(text)?.id.0.ok_or("its id is missing")?;
    if about.raw() != asked.as_str() {
        return Err("it is about another session".to_owned());
    }
    Ok(match session(text) {
        Ok(session) => Answer::Session(Box::new(session)),
        Err(_) => Answer::Revoked(asked.clone()),
    })
}
