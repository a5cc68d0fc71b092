//! What the screens look like, word for word: the real model, the real views and
//! the real client, on a demo whose clock stands still and whose hand is moved
//! by the tests. And what the sources look like.
#![allow(clippy::unwrap_used)]

mod answers;
mod batch;
mod boxes;
mod changes;
mod desk;
mod dialogs;
mod editor;
mod every_dialog;
mod eyes;
#[path = "../common/frame.rs"]
mod frame;
mod guards;
mod hands;
mod hostile;
mod layers;
mod lists;
mod long_names;
mod marks;
mod newcomer;
mod picture;
mod profiles;
mod sessions;
mod source;
mod states;
mod strangers;
mod structure;
mod whole_dialogs;
