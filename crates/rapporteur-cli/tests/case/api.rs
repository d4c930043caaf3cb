//! The API over HTTP: it says what the commands say, as it is described, and tells what is wrong with a request.

use crate::desk::Desk;
use crate::schema::problems;
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Child;

/// A running server.
struct Server {
    process: Child,
    address: String,
}

/// The status that is due, the method, the address, headers, the body.
type Asked<'a> = (u16, &'a str, &'a str, Vec<(&'a str, &'a str)>, &'a str);

/// What it says to a request.
struct Said {
    status: u16,
    head: String,
    body: String,
}

impl Said {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

impl Server {
    fn start(desk: &Desk, case: &str) -> Server {
        let mut process = desk.start(&["serve", case, "--port", "0"]);
        let mut line = String::new();
        BufReader::new(process.stderr.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().trim_end_matches('/').rsplit('/').next().unwrap().to_string();
        Server { process, address }
    }

    fn get(&self, path: &str) -> Said {
        self.ask("GET", path, &[], "")
    }

    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Said {
        let mut request = format!("{method} /api/v1{path} HTTP/1.1\r\nConnection: close\r\n");
        if !headers.iter().any(|(name, _)| *name == "Host") {
            request.push_str(&format!("Host: {}\r\n", self.address));
        }
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        if !body.is_empty() {
            request.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        request.push_str(&format!("\r\n{body}"));
        let mut connection = TcpStream::connect(&self.address).unwrap();
        connection.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        connection.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        Said { status: head[9..12].parse().unwrap(), head: head.to_string(), body: body.to_string() }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn the_api_says_what_the_commands_say_with_the_model() {
    let Some(desk) = Desk::new("the_api_says_what_the_commands_say_with_the_model") else { return };
    desk.read_all("a.case");
    let demand = desk.found("a.case", "class:demand");
    let actor = desk.json(&["who", "a.case"])["answer"]["items"][0]["id"].as_str().unwrap().to_string();
    desk.run(&["correct", "a.case", "note", &actor, "a word"]);
    let server = Server::start(&desk, "a.case");
    let described = server.get("/openapi.json").json();

    let item = format!("/items/{demand}");
    let encoded = format!("/items/{}", demand.replace('/', "%2F"));
    let asked: Vec<(&str, &str, Vec<&str>)> = vec![
        ("/brief", "/brief", vec!["brief", "a.case"]),
        ("/actors", "/actors", vec!["who", "a.case"]),
        (
            "/actors",
            "/actors?who=karsk&kind=state&limit=2",
            vec!["who", "a.case", "karsk", "--kind", "state", "--limit", "2"],
        ),
        ("/positions", "/positions?limit=1000", vec!["positions", "a.case", "--limit", "1000"]),
        (
            "/positions",
            "/positions?who=karsk&offset=1",
            vec!["positions", "a.case", "--party", "karsk", "--offset", "1"],
        ),
        ("/timeline", "/timeline?limit=500", vec!["timeline", "a.case", "--limit", "500"]),
        (
            "/timeline",
            "/timeline?kind=happening&to=2031",
            vec!["timeline", "a.case", "--kind", "happening", "--to", "2031"],
        ),
        ("/tensions", "/tensions?limit=500", vec!["tensions", "a.case", "--limit", "500"]),
        ("/search", "/search?q=class%3Ademand", vec!["search", "a.case", "class:demand"]),
        ("/search", "/search?q=the+talks&limit=3", vec!["search", "a.case", "the talks", "--limit", "3"]),
        ("/items/{id}", &item, vec!["show", "a.case", &demand]),
        ("/items/{id}", &encoded, vec!["show", "a.case", &demand]),
        ("/items/{id}", "/items/halsk-observer", vec!["show", "a.case", "halsk-observer"]),
        ("/articles", "/articles", vec!["sources", "a.case"]),
        ("/changes", "/changes?since=0", vec!["changes", "a.case", "--since", "0"]),
        ("/runs", "/runs", vec!["runs", "a.case"]),
        ("/corrections", "/corrections", vec!["correct", "a.case", "list"]),
    ];
    let schema =
        |path: &str| &described["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
    for (path, address, mut command) in asked {
        let said = server.get(address);
        command.push("--json");
        assert_eq!(said.body, desk.run(&command).0, "{address}");
        assert_eq!(problems(&said.json(), schema(path), &described), [""; 0], "{address}");
        assert_eq!(said.header("content-type"), Some("application/json; charset=utf-8"));
        assert_eq!(said.header("x-content-type-options"), Some("nosniff"));
        assert!(
            said.header("content-security-policy").is_some() && said.header("access-control-allow-origin").is_none()
        );
    }

    let utterances = server.get("/utterances?kind=demand&limit=1000").json();
    assert_eq!(problems(&utterances, schema("/utterances"), &described), [""; 0]);
    assert!(utterances["answer"]["items"].as_array().unwrap().iter().all(|item| item["kind"] == "demand"));
    let rows = server.get("/sql?q=SELECT+class,+count(*)+AS+n,+NULL,+x'00ff',+0.5+FROM+utterance+GROUP+BY+1").json();
    assert_eq!(problems(&rows, schema("/sql"), &described), [""; 0]);
    assert_eq!(rows["answer"]["columns"][1], "n");
    let body = r#"{"q": "SELECT count(*) FROM article"}"#;
    let posted = server.ask("POST", "/sql", &[("Content-Type", "application/json")], body).json();
    assert_eq!(posted["answer"]["rows"][0][0], desk.json(&["brief", "a.case"])["answer"]["summary"]["n_articles"]);
}

#[test]
fn what_is_wrong_with_a_request_is_told_with_a_hint() {
    let desk = Desk::without_model();
    let server = Server::start(&desk, "empty.case");
    let described = server.get("/openapi.json").json();
    let json = ("Content-Type", "application/json");
    let asked: Vec<Asked> = vec![
        (400, "GET", "/actors?limit=all", vec![], ""),
        (400, "GET", "/actors?limit=1&limit=2", vec![], ""),
        (400, "GET", "/actors?colour=red", vec![], ""),
        (400, "GET", "/brief?x", vec![], ""),
        (400, "GET", "/timeline?from=yesterday", vec![], ""),
        (400, "GET", "/tensions?kind=weather", vec![], ""),
        (400, "GET", "/positions?who=%ff", vec![], ""),
        (400, "GET", "/items/%zz", vec![], ""),
        (400, "GET", "/search", vec![], ""),
        (422, "GET", "/search?q=sayer:Vale", vec![], ""),
        (404, "GET", "/items/nothing", vec![], ""),
        (404, "GET", "/items/", vec![], ""),
        (404, "GET", "/nothing", vec![], ""),
        (405, "DELETE", "/items/nothing", vec![], ""),
        (405, "POST", "/brief", vec![], "x"),
        (422, "GET", "/sql?q=DROP+TABLE+_article", vec![], ""),
        (422, "GET", "/sql?q=SELECT+*+FROM+_article", vec![], ""),
        (422, "GET", "/sql?q=SELECT+1;+SELECT+2", vec![], ""),
        (
            422,
            "GET",
            "/sql?q=WITH+RECURSIVE+c(n)+AS+(SELECT+1+UNION+ALL+SELECT+n%2B1+FROM+c)+SELECT+n+FROM+c",
            vec![],
            "",
        ),
        (415, "POST", "/sql", vec![("Content-Type", "text/plain")], r#"{"q": "SELECT 1"}"#),
        (400, "POST", "/sql", vec![json], r#"["SELECT 1"]"#),
        (400, "POST", "/sql", vec![json], r#"{"q": "SELECT 1", "x": 1}"#),
        (413, "POST", "/sql", vec![json, ("Content-Length", "1000000")], ""),
        (403, "GET", "/brief", vec![("Origin", "http://evil.example")], ""),
        (403, "GET", "/sql?q=SELECT+1", vec![("Sec-Fetch-Site", "cross-site")], ""),
        (403, "POST", "/sql", vec![json, ("Origin", "null")], r#"{"q": "SELECT 1"}"#),
        (421, "GET", "/brief", vec![("Host", "evil.example")], ""),
    ];
    for (status, method, address, headers, body) in asked {
        let said = server.ask(method, address, &headers, body);
        assert_eq!(said.status, status, "{method} {address} {headers:?}");
        let problem = said.json();
        assert_eq!(said.header("content-type"), Some("application/problem+json; charset=utf-8"));
        assert_eq!(problems(&problem, &described["components"]["schemas"]["Problem"], &described), [""; 0]);
        assert_eq!(problem["status"], status);
        assert!(!problem["hint"].as_str().unwrap().is_empty());
    }
    for (n_spaces, status) in [(19_992, 200), (19_993, 400)] {
        let body = format!("{{\"q\": \"SELECT 1{}\"}}", " ".repeat(n_spaces));
        assert_eq!(server.ask("POST", "/sql", &[json], &body).status, status);
    }
    // What a browser asks for the page that it shows, and what somebody types.
    let ours = format!("http://{}", server.address);
    assert_eq!(server.ask("GET", "/brief", &[("Origin", &ours), ("Sec-Fetch-Site", "same-origin")], "").status, 200);
    assert_eq!(server.ask("GET", "/brief", &[("Sec-Fetch-Site", "none")], "").status, 200);
}

#[test]
fn each_path_answers_to_the_methods_that_are_described() {
    let desk = Desk::without_model();
    let server = Server::start(&desk, "empty.case");
    let described = server.get("/openapi.json").json();
    for (path, operations) in described["paths"].as_object().unwrap() {
        let said = server.ask("DELETE", &path.replace("{id}", "x"), &[], "");
        let allowed: Vec<String> =
            said.header("allow").unwrap().split(',').map(|method| method.trim().to_lowercase()).collect();
        let mut described: Vec<&str> = operations.as_object().unwrap().keys().map(String::as_str).collect();
        described.push("head");
        assert_eq!(said.status, 405);
        assert!(described.iter().all(|method| allowed.iter().any(|one| one == method)), "{path}: {allowed:?}");
        assert_eq!(allowed.len(), described.len(), "{path}: {allowed:?}");
    }
}
