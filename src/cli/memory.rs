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

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use rustix::process::{DumpableBehavior, dumpable_behavior, getrlimit};

    use super::*;

    #[test]
    fn the_memory_goes_to_no_disk_and_to_nobody() {
        keep_private();
        let limit = getrlimit(Resource::Core);
        assert_eq!((limit.current, limit.maximum), (Some(0), Some(0)));
        assert_eq!(dumpable_behavior(), Ok(DumpableBehavior::NotDumpable));
    }
}
