//! The console's behaviour, told as a person would see it: keys and answers go
//! in, the state and the effects are looked at.

mod addresses;
mod boxes;
mod clock;
mod harness;
pub(super) mod world;

mod copies;
mod deeds;
mod dialogs;
mod earlier;
mod editor;
mod edits;
mod ends;
mod filter_form;
mod finding;
mod five_alices;
mod frames;
mod happenings;
mod history;
mod idle;
mod impersonate;
mod jumps;
pub(super) mod key_names;
mod keys;
mod load;
mod made_tokens;
mod mark_all;
mod marks;
mod menu;
mod metadata;
mod outcomes;
mod password;
mod pasted;
mod policy;
mod property;
mod quitting;
mod reads;
mod recalled;
mod search;
mod session_search;
mod sessions;
mod signin;
mod typed;
mod users;
mod withheld;
