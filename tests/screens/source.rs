//! Reading Rust well enough to see what a file uses: its code without comments,
//! texts and tests, and the paths in it.

/// The code of a file: comments and the insides of texts are blank, and an
/// inline test module with what follows it is cut off.
pub fn code(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let skipped = comment(rest).or_else(|| text(rest));
        if let Some(length) = skipped {
            out.push(' ');
            rest = &rest[length..];
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    match out.find("#[cfg(test)]\nmod ") {
        Some(at) if out[at..].lines().nth(1).is_some_and(|l| l.ends_with('{')) => {
            out.truncate(at);
        }
        _ => {}
    }
    out
}

/// The length of the comment that begins here.
fn comment(rest: &str) -> Option<usize> {
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    if rest.starts_with("/*") {
        return Some(rest.find("*/").map_or(rest.len(), |end| end + 2));
    }
    None
}

/// The length of the text or character that begins here.
fn text(rest: &str) -> Option<usize> {
    for (open, close) in [("r##\"", "\"##"), ("r#\"", "\"#"), ("r\"", "\"")] {
        if let Some(inner) = rest.strip_prefix(open) {
            let end = inner.find(close).unwrap_or(inner.len());
            return Some((open.len() + end + close.len()).min(rest.len()));
        }
    }
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let mut chars = rest.char_indices().skip(1).peekable();
    let mut length = 0;
    while let Some((at, c)) = chars.next() {
        length += 1;
        match c {
            '\\' => {
                chars.next();
            }
            _ if c == quote => return Some(at + 1),
            // A lifetime, not a character.
            _ if quote == '\'' && length > 1 && !rest[1..].starts_with('\\') => return None,
            _ => {}
        }
    }
    None
}

/// The modules that a file declares for tests only: `#[cfg(test)] mod name;`.
pub fn test_modules(source: &str) -> Vec<String> {
    let mut names = Vec::new();
    let code = code(source);
    for part in code.split("#[cfg(test)]").skip(1) {
        let declared = part.split("mod ").nth(1);
        let name = declared.and_then(|rest| rest.split_once(';'));
        if let Some((name, _)) = name.filter(|(name, _)| is_name(name)) {
            names.push(name.to_owned());
        }
    }
    names
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_of_name)
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Every path in some code, those of `use` with their braces resolved.
pub fn paths(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = code;
    while let Some(at) = rest.find(is_of_name) {
        rest = &rest[at..];
        let path_end = path_end(rest);
        let path = &rest[..path_end];
        rest = &rest[path_end..];
        if path == "use" {
            let end = rest.find(';').unwrap_or(rest.len());
            resolve("", &rest[..end], &mut found);
            rest = &rest[end..];
        } else if path.contains("::") {
            found.push(path.to_owned());
        }
    }
    found
}

/// Where the path ends that begins here.
fn path_end(rest: &str) -> usize {
    let mut end = 0;
    loop {
        end += rest[end..]
            .find(|c| !is_of_name(c))
            .unwrap_or(rest.len() - end);
        let goes_on = rest[end..]
            .strip_prefix("::")
            .is_some_and(|next| next.starts_with(is_of_name));
        if !goes_on {
            return end;
        }
        end += 2;
    }
}

/// The paths of what follows `use`: `a::{b, c::{d, e}}` is three.
fn resolve(before: &str, tree: &str, found: &mut Vec<String>) {
    let tree = tree.trim();
    let join = |path: &str| match (before, path) {
        (before, "") => before.to_owned(),
        ("", path) => path.to_owned(),
        (before, path) => format!("{before}::{path}"),
    };
    let Some((path, group)) = tree.split_once('{') else {
        let path = tree.split(" as ").next().unwrap_or_default();
        found.push(join(path.trim()));
        return;
    };
    let before = join(path.trim().trim_end_matches("::"));
    let group = group.rsplit_once('}').map_or(group, |(inside, _)| inside);
    let (mut open, mut start) = (0, 0);
    for (at, c) in group.char_indices().chain([(group.len(), ',')]) {
        match c {
            '{' => open += 1,
            '}' => open -= 1,
            ',' if open == 0 => {
                if !group[start..at].trim().is_empty() {
                    resolve(&before, &group[start..at], found);
                }
                start = (at + 1).min(group.len());
            }
            _ => {}
        }
    }
}

#[test]
fn groups_are_resolved() {
    let code = "use crate::{a::{b, c as d}, e};\nfn f() { std::fs::read(x); g::h }";
    let expected = [
        "crate::a::b",
        "crate::a::c",
        "crate::e",
        "std::fs::read",
        "g::h",
    ];
    assert_eq!(paths(code), expected);
}

#[test]
fn comments_and_texts_are_no_code() {
    let source = "a // b\nc /* d */ \"e \\\" f\" r#\"g\"# 'h' '\\'' &'i j";
    let left = code(source);
    let words: Vec<&str> = left.split_whitespace().collect();
    assert_eq!(words, ["a", "c", "&'i", "j"]);
}

#[test]
fn test_modules_are_known() {
    let source = "#[cfg(test)]\nmod fixtures;\n#[cfg(test)]\n#[expect(x)]\nmod tests;\nmod real;";
    assert_eq!(test_modules(source), ["fixtures", "tests"]);
}
