//! Files that somebody asked for.

use std::fs;

use super::*;

#[test]
fn a_saved_file_is_private_and_never_written_over() {
    let directory = tempfile::tempdir().unwrap();
    let trail = open(directory.path(), 1);
    let first = trail.save("user_1.json", "one").unwrap();
    let second = trail.save("user_1.json", "two").unwrap();
    let saved = directory.path().join("saved");
    assert_eq!(first.raw(), saved.join("user_1.json").to_str().unwrap());
    assert_eq!(second.raw(), saved.join("user_1-2.json").to_str().unwrap());
    assert_eq!(fs::read_to_string(first.raw()).unwrap(), "one");
    assert_eq!(fs::read_to_string(second.raw()).unwrap(), "two");
    assert_eq!((mode(&saved), mode(first.raw().as_ref())), (0o700, 0o600));
}

#[test]
fn a_file_stays_in_its_directory() {
    let directory = tempfile::tempdir().unwrap();
    let trail = open(directory.path(), 1);
    for name in ["../user_1.json", ".hidden", "a/b.json"] {
        assert!(trail.save(name, "x").is_err(), "{name}");
    }
    assert!(!directory.path().join("user_1.json").exists());
}

#[test]
fn in_memory_there_is_no_place_and_it_says_so() {
    let trail = Trail::in_memory(author());
    let error = trail.save("user_1.json", "x").unwrap_err();
    assert_eq!(
        error.to_string(),
        "There is no directory for it: --data-dir DIR names one."
    );
}

#[test]
fn a_directory_that_cannot_be_made_is_named() {
    let directory = tempfile::tempdir().unwrap();
    let trail = open(directory.path(), 1);
    fs::write(directory.path().join("saved"), "").unwrap();
    let error = trail.save("user_1.json", "x").unwrap_err().to_string();
    assert!(error.contains("saved cannot be written: "), "{error}");
}
