//! However a folder is related, its tables are the same bytes: in one process, by plans here, and by plans on a cluster with
//! one, two and four executors, one of which is killed at work. Needs the language model.

#![allow(clippy::unwrap_used, reason = "in tests a panic is the message")]

use rapporteur_bulk::{Plan, Related, read, relate};
use rapporteur_cluster::engine::Engine;
use rapporteur_engine::Options;
use rapporteur_testkit::{model_folder, pile};
use std::collections::BTreeMap;
use std::fs;
use std::net::{TcpListener, TcpStream};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A folder of drawn articles, with what one process makes of it.
struct Folder {
    _kept: tempfile::TempDir,
    path: PathBuf,
    tables: BTreeMap<&'static str, Vec<u8>>,
    related: Related,
}

const TABLES: [&str; 3] = ["links", "origins", "passages"];

fn tables(folder: &Path) -> BTreeMap<&'static str, Vec<u8>> {
    TABLES.iter().map(|name| (*name, fs::read(folder.join(name).join("part-00000.parquet")).unwrap())).collect()
}

fn folder(test: &str, n_articles: usize) -> Option<Folder> {
    let options = Options { model: Some(model_folder(test)?), ..Options::default() };
    let kept = tempfile::tempdir().unwrap();
    let input = kept.path().join("drawn.jsonl");
    let furniture =
        "Sign up here for the evening letter of our desk in Karsk with all that matters on the river talks.";
    let lines: Vec<String> = pile(7, n_articles)
        .enumerate()
        .map(|(n, drawn)| {
            // Every third article is of a site that repeats a paragraph, in words that are more than ASCII.
            let text = if n % 3 == 0 { format!("{}\n\n“{furniture}”", drawn.text) } else { drawn.text };
            let outlet = if n % 3 == 0 { "Amber Línea" } else { "Karsk Post" };
            serde_json::json!({ "name": drawn.id, "outlet": outlet, "text": text }).to_string()
        })
        .collect();
    fs::write(&input, lines.join("\n")).unwrap();
    let path = kept.path().join("news");
    let plan = Plan { folder: path.clone(), n_partition: NonZeroUsize::new(100).unwrap() };
    read(&[(&input).into()], &plan, &options, &|_| {}).unwrap();
    let related = relate(&path, &options, &|_| {}).unwrap();
    let tables = tables(&path);
    assert!(related.n_links > 50, "{related:?}");
    Some(Folder { _kept: kept, path, tables, related })
}

impl Folder {
    fn assert_same(&self, related: Related) {
        assert_eq!(related, self.related);
        for (name, bytes) in tables(&self.path) {
            assert!(bytes == self.tables[name], "{name} differs");
        }
        assert!(!self.path.join("between-plans").exists());
    }

    /// Takes away what is to be made again.
    fn forget(&self) {
        TABLES.iter().for_each(|name| fs::remove_dir_all(self.path.join(name)).unwrap());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn plans_in_this_process_give_the_same_tables_with_the_model() {
    let Some(folder) = folder("plans_in_this_process_give_the_same_tables_with_the_model", 400) else { return };
    for n_threads in [1, 3] {
        folder.forget();
        let engine = Engine::Here { n_threads, max_bytes: 1 << 30 };
        folder.assert_same(rapporteur_cluster::relate(&folder.path, &engine, &|_| {}).await.unwrap());
    }
}

#[tokio::test]
async fn what_is_no_folder_is_told() {
    let nowhere = tempfile::tempdir().unwrap();
    let engine = Engine::Here { n_threads: 1, max_bytes: 1 << 30 };
    let told = |error: rapporteur_cluster::Error| error.to_string();
    let error = rapporteur_cluster::relate(nowhere.path(), &engine, &|_| {}).await.unwrap_err();
    assert!(told(error).contains("hint: name a folder that `rapporteur bulk` has made"));
}

/// Processes of a cluster on this machine.
struct Cluster {
    scheduler: Child,
    executors: Vec<Child>,
    port: u16,
    work: tempfile::TempDir,
}

/// Two ports that follow each other and are free.
fn free_ports() -> u16 {
    loop {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        if port < u16::MAX && TcpListener::bind(("127.0.0.1", port + 1)).is_ok() {
            return port;
        }
    }
}

fn process(arguments: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur-cluster"));
    command.args(arguments).stdout(Stdio::null()).stderr(Stdio::inherit()).spawn().unwrap()
}

fn wait_for(port: u16) {
    for _ in 0..600 {
        if TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("nobody listens at port {port}");
}

impl Cluster {
    fn start(n_executors: usize) -> Self {
        let (port, work) = (free_ports(), tempfile::tempdir().unwrap());
        let scheduler = process(&["scheduler", "--bind", &format!("127.0.0.1:{port}")]);
        wait_for(port);
        let mut cluster = Cluster { scheduler, executors: Vec::new(), port, work };
        for n in 0..n_executors {
            let own = free_ports();
            let folder = cluster.work.path().join(n.to_string());
            cluster.executors.push(process(&[
                "executor",
                "--scheduler",
                &format!("127.0.0.1:{port}"),
                "--bind",
                &format!("127.0.0.1:{own}"),
                "--host",
                "127.0.0.1",
                "--tasks",
                "2",
                "--work",
                folder.to_str().unwrap(),
            ]));
            wait_for(own);
        }
        cluster
    }

    fn engine(&self) -> Engine {
        Engine::Cluster { scheduler: format!("df://127.0.0.1:{}", self.port), n_partitions: 4 }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        for child in self.executors.iter_mut().chain([&mut self.scheduler]) {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn executors_give_the_same_tables_however_many_they_are_with_the_model() {
    let Some(folder) = folder("executors_give_the_same_tables_however_many_they_are_with_the_model", 300) else {
        return;
    };
    for n_executors in [1, 2, 4] {
        folder.forget();
        let cluster = Cluster::start(n_executors);
        folder.assert_same(rapporteur_cluster::relate(&folder.path, &cluster.engine(), &|_| {}).await.unwrap());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_executor_that_is_killed_takes_nothing_along_with_the_model() {
    let Some(folder) = folder("an_executor_that_is_killed_takes_nothing_along_with_the_model", 600) else { return };
    folder.forget();
    let mut cluster = Cluster::start(2);
    let engine = cluster.engine();
    let mut victim = cluster.executors.pop().unwrap();
    let path = folder.path.clone();
    let killer = std::thread::spawn(move || {
        // In the middle of the widest plan: when what comes before it is kept.
        let before = path.join("between-plans").join("candidates.parquet");
        while fs::metadata(&before).map_or(true, |file| file.len() == 0) {
            std::thread::sleep(Duration::from_millis(20));
        }
        std::thread::sleep(Duration::from_millis(300));
        victim.kill().unwrap();
        victim.wait().unwrap();
    });
    let related = rapporteur_cluster::relate(&folder.path, &engine, &|_| {}).await.unwrap();
    killer.join().unwrap();
    folder.assert_same(related);
}
