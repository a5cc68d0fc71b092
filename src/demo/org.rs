//! Organizations and who belongs to them.

use super::cast::Part;
use super::dice::{Dice, id, mix, shuffle};
use super::maker::Maker;
use super::names::folded;
use super::sketch::DAY;
use serde_json::{Value, json};

/// Name, and how many members it has where there are enough people.
#[rustfmt::skip]
const NAMES: &[(&str, u32)] = &[
    ("Acme Research", 24), ("Beta", 9), ("Nordlicht Energie", 41), ("Quiet River Ltd", 12), ("株式会社くも", 33),
    ("Oficina Aberta", 7), ("Brightpath", 120), ("Żubr Software", 18), ("Ḥikma Publishing", 5), ("Tundra Labs", 3),
    ("Blå Bølge", 14), ("Ferrocarril Sur", 22), ("Kartoffelhaus", 6), ("Lumen & Sons", 11), ("Café Größenwahn", 4),
    ("Ocean Plastics Initiative", 63), ("Πλατεία", 8), ("Мост", 16), ("شركة النيل", 19), ("ירח בע״מ", 5),
    ("Second Breakfast", 2), ("Harbour Freight Data", 27), ("Monsoon Mills", 38), ("พริกแกง", 9), ("한강 소프트", 21),
    ("Delta Delta", 4), ("Igloo Insurance", 29), ("Jacaranda Health", 55), ("Kiln", 1), ("Lighthouse Legal", 13),
    ("Meridian Observatory of Applied Everything and Several Other Things Besides", 10), ("Nine Lives", 9),
    ("Orchard", 17), ("Paper Lantern", 6), ("Quorum", 3), ("Rooftop Bees", 8), ("\u{1b}[7mInverse\u{1b}[0m Inc", 4),
    ("Solstice", 31), ("Empty Rooms", 0), ("Umbra", 26),
];

#[derive(Clone, Debug)]
pub(super) struct Member {
    pub user: u32,
    pub admin: bool,
    pub created_at: i64,
}

#[derive(Clone, Debug)]
pub(super) struct Org {
    pub number: u32,
    pub id: String,
    pub name: String,
    pub slug: String,
    pub created_at: i64,
    pub created_by: Option<u32>,
    /// Newest first.
    pub members: Vec<Member>,
}

/// All of them, oldest first.
pub(super) fn all(maker: &Maker) -> Vec<Org> {
    (0..NAMES.len() as u32).map(|n| one(maker, n)).collect()
}

fn one(maker: &Maker, n: u32) -> Org {
    let (name, size) = NAMES[n as usize];
    let mut dice = Dice::new(maker.seed, "org", u64::from(n));
    let left = NAMES.len() as i64 - i64::from(n);
    let created_at = maker.now - left * 33 * DAY - dice.below(20 * DAY as u64) as i64;
    let users = u64::from(maker.users);
    let key = mix(maker.seed ^ u64::from(n));
    // A larger instance has larger organizations.
    let scale = (maker.users / 10_000).clamp(1, 40);
    let size = (size * scale).min(maker.users / 6);
    let mut members: Vec<Member> = (0..u64::from(size))
        .map(|m| {
            let user = shuffle(m, users, key) as u32;
            let joined = maker.sketch(user).created_at.max(created_at);
            Member {
                user,
                admin: m == 0 || dice.chance(9),
                created_at: joined + dice.below((maker.now - joined).max(1) as u64) as i64,
            }
        })
        .collect();
    place_alice(maker, n, &mut members);
    members.sort_by_key(|member| (std::cmp::Reverse(member.created_at), member.user));
    let slug = folded(name);
    let slug = if slug.is_empty() {
        format!("org-{n}")
    } else {
        format!("{slug}-{n}")
    };
    Org {
        number: n,
        id: id(maker.seed, "org", u64::from(n)),
        name: name.to_owned(),
        slug: if n == 0 {
            "acme-research".to_owned()
        } else {
            slug
        },
        created_at,
        created_by: members.iter().find(|m| m.admin).map(|m| m.user),
        members,
    }
}

/// Alice Chen is the only admin of the first and a member of the second.
fn place_alice(maker: &Maker, n: u32, members: &mut Vec<Member>) {
    let Some(alice) = maker.cast.index_of(Part::AliceChen).filter(|_| n < 2) else {
        return;
    };
    members.retain(|member| member.user != alice);
    if n == 0 {
        for member in members.iter_mut() {
            member.admin = false;
        }
    }
    members.push(Member {
        user: alice,
        admin: n == 0,
        created_at: maker.sketch(alice).created_at,
    });
}

impl Org {
    pub fn json(&self, maker: &Maker, count_members: bool) -> Value {
        let mut body = json!({
            "object": "organization",
            "id": self.id,
            "name": self.name,
            "slug": self.slug,
            "image_url": format!("https://img.clerk.com/{:016x}", mix(u64::from(self.number))),
            "has_image": false,
            "max_allowed_memberships": 0,
            "admin_delete_enabled": true,
            "public_metadata": { "region": if self.number.is_multiple_of(2) { "eu" } else { "us" } },
            "private_metadata": {},
            "created_by": self.created_by.map(|user| maker.user_id(user)).unwrap_or_default(),
            "created_at": self.created_at,
            "updated_at": self.created_at,
            "last_active_at": super::sketch::day(maker.now),
            "role_set_key": "role_set:default",
        });
        if count_members {
            body["members_count"] = self.members.len().into();
            body["pending_invitations_count"] = 0.into();
        }
        body
    }

    pub fn membership(&self, maker: &Maker, member: &Member, public_data: &Value) -> Value {
        let number = u64::from(self.number) << 32 | u64::from(member.user);
        let (role, role_name, permissions) = if member.admin {
            ("org:admin", "Admin", ADMIN_MAY)
        } else {
            ("org:member", "Member", MEMBER_MAY)
        };
        json!({
            "object": "organization_membership",
            "id": id(maker.seed, "orgmem", number),
            "role": role,
            "role_name": role_name,
            "permissions": permissions,
            "public_metadata": {},
            "private_metadata": {},
            "organization": self.json(maker, true),
            "public_user_data": public_data,
            "created_at": member.created_at,
            "updated_at": member.created_at,
        })
    }
}

const ADMIN_MAY: &[&str] = &[
    "org:sys_profile:manage",
    "org:sys_profile:delete",
    "org:sys_memberships:read",
    "org:sys_memberships:manage",
    "org:sys_domains:read",
    "org:sys_domains:manage",
];
const MEMBER_MAY: &[&str] = &["org:sys_memberships:read", "org:sys_domains:read"];
