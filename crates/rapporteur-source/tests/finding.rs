//! What inputs lead to, on a real disk.

#![allow(clippy::unwrap_used, reason = "a test may stop at what it did not expect")]

use rapporteur_source::{Location, find, read};
use std::fs;
use std::path::Path;

fn write(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_string()
}

fn names(locations: &[Location]) -> Vec<String> {
    let name = |location: &Location| Path::new(location.as_str()).file_name().unwrap().to_str().unwrap().to_string();
    locations.iter().map(name).collect()
}

/// A folder with two articles, one of them deeper, a picture, a page and a hidden file.
fn pile() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "b.txt", "Karsk and Ostrava Minor resumed talks.");
    write(folder.path(), "deep/a.MD", "The envoy of Karsk left early.");
    write(folder.path(), "deep/plain", "No extension, still an article.");
    write(folder.path(), "photo.jpg", "not a picture, but named like one");
    write(folder.path(), ".hidden.txt", "nobody asked for this");
    folder
}

fn input(folder: &tempfile::TempDir, rest: &str) -> String {
    folder.path().join(rest).to_str().unwrap().to_string()
}

#[test]
fn a_folder_gives_its_text_files_in_order_and_reports_the_others() {
    let pile = pile();
    let (locations, skipped) = find(&[input(&pile, "")]);
    assert_eq!(names(&locations), ["b.txt", "a.MD", "plain"]);
    assert_eq!(skipped.len(), 1);
    assert!(skipped[0].location.ends_with("photo.jpg"));
    assert_eq!(skipped[0].reason, "not a text file by its extension");
    assert!(skipped[0].hint.as_ref().unwrap().contains(".txt"));
}

#[test]
fn a_named_file_is_taken_whatever_its_extension_and_each_file_comes_once() {
    let pile = pile();
    let (locations, skipped) = find(&[input(&pile, "photo.jpg"), input(&pile, ""), input(&pile, "deep/../b.txt")]);
    assert_eq!(names(&locations), ["b.txt", "a.MD", "plain", "photo.jpg"]);
    assert_eq!(skipped, []);
    assert!(!locations[0].as_str().contains(".."), "the shorter of two ways to a file is shown");
}

#[test]
fn the_order_of_inputs_does_not_matter() {
    let pile = pile();
    let mut inputs = vec![input(&pile, "deep"), input(&pile, "b.txt"), "-".to_string(), input(&pile, "missing")];
    let forward = find(&inputs);
    inputs.reverse();
    assert_eq!(find(&inputs), forward);
    assert_eq!(forward.0[0], Location::standard_input());
}

#[test]
fn patterns_match_files_and_do_not_cross_folders_unless_told_to() {
    let pile = pile();
    assert_eq!(names(&find(&[input(&pile, "*.txt")]).0), ["b.txt"]);
    assert_eq!(names(&find(&[input(&pile, "*.[mM][dD]")]).0), Vec::<String>::new());
    assert_eq!(names(&find(&[input(&pile, "**/*.MD")]).0), ["a.MD"]);
    assert_eq!(names(&find(&[input(&pile, "d*")]).0), ["a.MD", "plain"], "a folder that matches is searched");
    let (locations, skipped) = find(&[input(&pile, "*.rst")]);
    assert_eq!(locations, []);
    assert_eq!(skipped[0].reason, "nothing matches this pattern");
}

#[test]
fn a_file_whose_name_looks_like_a_pattern_is_that_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = write(folder.path(), "talks[1].txt", "The talks were short.");
    write(folder.path(), "talks1.txt", "The talks were long.");
    assert_eq!(names(&find(&[path]).0), ["talks[1].txt"]);
}

#[test]
fn what_leads_nowhere_is_reported_with_a_hint() {
    let folder = tempfile::tempdir().unwrap();
    let missing = input(&folder, "missing.txt");
    let (locations, skipped) = find(&[missing.clone(), input(&folder, ""), String::new()]);
    assert_eq!(locations, []);
    let reasons: Vec<&str> = skipped.iter().map(|s| s.reason.as_str()).collect();
    assert_eq!(reasons, ["no such file or folder", "no text files in this folder", "no such file or folder"]);
    assert!(skipped.iter().all(|s| s.hint.is_some()));
    let gone = read(&Location::file(missing)).unwrap_err();
    assert_eq!(gone.reason, "cannot be read: entity not found");
    assert!(gone.hint.is_some());
}

#[test]
fn whatever_goes_wrong_there_is_a_hint() {
    let pile = pile();
    let too_long = "x".repeat(5000);
    let inputs = ["b.txt/c", "b.txt/*", "missing/*", "[", &too_long].map(|rest| input(&pile, rest));
    let (locations, skipped) = find(&inputs);
    assert_eq!((locations.len(), skipped.len()), (0, inputs.len()), "{skipped:?}");
    for skipped in skipped {
        assert!(skipped.hint.is_some_and(|hint| !hint.is_empty()), "{}", skipped.reason);
    }
}

#[test]
fn an_input_given_twice_changes_nothing() {
    let pile = pile();
    write(pile.path(), "pictures/photo.jpg", "nothing to read in this folder");
    for rest in ["", "pictures", "deep", "d*", "**", "missing"] {
        let once = find(&[input(&pile, rest)]);
        assert_eq!(find(&[input(&pile, rest), input(&pile, rest)]), once, "{rest}");
    }
}

#[test]
fn folders_below_a_matched_folder_come_with_it() {
    let folder = tempfile::tempdir().unwrap();
    // Deep enough that a walk for each of them would be felt.
    let mut path = folder.path().to_path_buf();
    for _ in 0..400 {
        path.push("d");
    }
    fs::create_dir_all(&path).unwrap();
    let last = write(&path, "last.txt", "The talks went deep.");
    let middle = write(&folder.path().join("d/d/d"), "middle.jpg", "named like a picture");
    for pattern in ["**", "d/**", "**/d"] {
        let (locations, skipped) = find(&[input(&folder, pattern)]);
        let found: Vec<&str> = locations.iter().map(Location::as_str).collect();
        if pattern == "**/d" {
            assert_eq!(found, [&last], "a folder is searched by extension");
            assert_eq!(skipped[0].location, middle);
        } else {
            assert_eq!((found, skipped.len()), (vec![last.as_str(), middle.as_str()], 0), "{pattern}");
        }
    }
}

#[cfg(unix)]
#[test]
fn pipes_are_taken_where_they_are_named_only() {
    let pile = pile();
    let pipe = input(&pile, "pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    std::os::unix::fs::symlink(&pipe, pile.path().join("link")).unwrap();
    for rest in ["", "*"] {
        let (locations, skipped) = find(&[input(&pile, rest)]);
        assert!(names(&locations).iter().all(|name| name != "pipe" && name != "link"), "{locations:?}");
        let irregular: Vec<_> = skipped.iter().filter(|skipped| skipped.reason == "not a regular file").collect();
        assert_eq!(irregular.len(), 1, "two ways to one pipe: {skipped:?}");
        assert!(irregular[0].hint.is_some());
    }
    assert_eq!(find(std::slice::from_ref(&pipe)), (vec![Location::file(&pipe)], vec![]));
    let (locations, skipped) = find(&[input(&pile, "deep"), pipe.clone(), input(&pile, "p*")]);
    assert_eq!(names(&locations), ["a.MD", "plain", "photo.jpg", "pipe"]);
    assert!(skipped.is_empty(), "{skipped:?}");
}

#[cfg(unix)]
#[test]
fn folders_that_cannot_be_entered_are_named_wherever_something_could_match_in_them() {
    use std::os::unix::fs::PermissionsExt;
    let pile = pile();
    let locked = input(&pile, "locked");
    fs::create_dir(&locked).unwrap();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read_dir(&locked).is_ok() {
        println!("skipped: folders_that_cannot_be_entered_… (nothing is locked for root)");
        return;
    }
    for (rest, is_named) in
        [("", true), ("**/*.txt", true), ("*/*.txt", true), ("l*", true), ("d*/*.txt", false), ("*.txt", false)]
    {
        let (_, skipped) = find(&[input(&pile, rest)]);
        let named = skipped.iter().find(|skipped| skipped.location == locked);
        assert_eq!(named.is_some(), is_named, "{rest}: {skipped:?}");
        if let Some(named) = named {
            assert_eq!(named.reason, "cannot be opened: permission denied");
            assert!(named.hint.as_ref().unwrap().contains("permissions"));
        }
    }
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_named_where_it_matches() {
    let pile = pile();
    std::os::unix::fs::symlink("missing.txt", pile.path().join("gone.txt")).unwrap();
    for (rest, is_named) in [("", true), ("*.txt", true), ("*.MD", false)] {
        let (_, skipped) = find(&[input(&pile, rest)]);
        assert_eq!(skipped.iter().any(|skipped| skipped.location.ends_with("gone.txt")), is_named, "{rest}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_not_utf8_are_read_and_told_apart() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir().unwrap();
    for name in [&b"bad\xff.txt"[..], b"bad\xfe.txt"] {
        fs::write(folder.path().join(OsStr::from_bytes(name)), "The talks were short.").unwrap();
    }
    let (locations, skipped) = find(&[folder.path()]);
    assert_eq!((locations.len(), skipped.len()), (2, 0));
    let [a, b] = [&locations[0], &locations[1]].map(|location| read(location).unwrap());
    assert_eq!((&a.location, &a.text_id), (&b.location, &b.text_id));
    assert_ne!(a.id, b.id);
    assert_eq!(find(&[locations[0].path().unwrap()]), (vec![locations[0].clone()], vec![]));
}

#[cfg(unix)]
#[test]
fn links_that_lead_in_a_circle_end() {
    let pile = pile();
    std::os::unix::fs::symlink(pile.path(), pile.path().join("deep/again")).unwrap();
    std::os::unix::fs::symlink(pile.path().join("b.txt"), pile.path().join("c.txt")).unwrap();
    let (locations, skipped) = find(&[input(&pile, "")]);
    assert_eq!(names(&locations), ["b.txt", "a.MD", "plain"], "a link to a file is that file");
    assert!(skipped.iter().any(|s| s.reason.contains("leads back")));
}

#[test]
fn a_location_is_read_into_an_article_named_after_its_file() {
    let pile = pile();
    let article = read(&Location::file(input(&pile, "b.txt"))).unwrap();
    assert_eq!(article.name, "b");
    assert_eq!(article.location, input(&pile, "b.txt"));
    assert_eq!(article.text, "Karsk and Ostrava Minor resumed talks.");
    let pure = rapporteur_source::article_from_bytes(&article.location, article.text.as_bytes()).unwrap();
    assert_eq!(article, pure, "the disk adds nothing");
}

#[test]
fn a_folder_gives_every_kind_that_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let kinds = [
        "a.CSV",
        "b.eml",
        "c.html",
        "d.json",
        "e.jsonl.gz",
        "f.mbox",
        "g.mhtml",
        "h.pdf",
        "i.rss",
        "j.tar.gz",
        "k.tgz",
        "l.warc.gz",
        "m.zip",
    ];
    for name in kinds {
        write(folder.path(), name, "x");
    }
    write(folder.path(), "n.docx", "x");
    let (locations, skipped) = find(&[folder.path()]);
    assert_eq!(names(&locations), kinds);
    assert_eq!(skipped.len(), 1);
    assert!(skipped[0].hint.as_ref().unwrap().contains(".jsonl"));
}

#[test]
fn what_a_browser_saves_beside_a_page_is_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "talks.html", "<p>Talks open.</p>");
    write(folder.path(), "talks_files/frame.html", "<p>advertisement</p>");
    write(folder.path(), "talks_files/deep/a.png", "x");
    write(folder.path(), "other_files/a.html", "<p>an article: there is no page of that name</p>");
    for input in [folder.path().to_path_buf(), folder.path().join("*")] {
        let (locations, skipped) = find(&[input]);
        assert_eq!(names(&locations), ["a.html", "talks.html"]);
        assert_eq!(skipped, []);
    }
    assert_eq!(names(&find(&[folder.path().join("talks_files")]).0), ["frame.html"], "who names the folder means it");
}
