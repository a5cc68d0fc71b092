//! The memory of this process, which holds the key, is nobody else's.

use rustix::process::{Resource, Rlimit, setrlimit};

/// Sees to it that the system writes no picture of the memory to a disk when the
/// process crashes, and, where it can, that no other process reads the memory.
///
/// Where the system refuses, there is nothing that could be done about it.
pub fn keep_private() {
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    let _ = setrlimit(Resource::Core, none);
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        // The limit does not hold for a program that is handed the picture.
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}
