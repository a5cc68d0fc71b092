//! The boxes for the key of metadata that everybody marked gets.

use tui_input::Input;

use crate::app::dialog::metadata;
use crate::domain::{Json, MetadataKind};

/// A key and its value.
#[derive(Clone, Debug)]
pub struct Patch {
    /// Of which metadata.
    pub kind: MetadataKind,
    /// The key, and its value.
    pub inputs: [Input; 2],
    /// Which of them has the keys.
    pub focus: usize,
    /// A word about the last key.
    pub note: Option<String>,
}

impl Patch {
    /// Empty boxes.
    pub(super) fn new(kind: MetadataKind) -> Self {
        Self {
            kind,
            inputs: Default::default(),
            focus: 0,
            note: None,
        }
    }

    /// What is sent for each.
    ///
    /// # Errors
    /// What is wrong with the boxes, in words.
    pub(super) fn patch(&self) -> Result<Json, String> {
        let [key, value] = &self.inputs;
        let path = metadata::path(key.value(), &Json::default())?;
        let value = metadata::value(value.value())?;
        Ok(self.kind.body(Json::nested(&path, value)))
    }
}
