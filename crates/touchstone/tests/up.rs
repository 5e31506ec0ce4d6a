//! `up` from outside: what it says, that it ends in order, and that what was committed outlives any end.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod outside;

use std::{
    io::{BufRead as _, BufReader, Read, Write},
    net::TcpStream,
    process::Stdio,
    thread,
    time::{Duration, Instant},
};

use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use outside::{Home, Running, create_startup, is_alive, names, program, try_ask, wait_for};
use serde_json::json;

/// A token of the first user, made by the command line beside the running program.
fn token(home: &Home) -> String {
    home.said_by(&[
        "token",
        "create",
        "--user",
        "admin@touchstone.example",
        "--scope",
        "READ,WRITE",
    ])
}

fn kill_hard(pid: i32) {
    kill(Pid::from_raw(pid), Signal::SIGKILL).unwrap();
}

#[test]
fn the_first_run_prints_a_link_and_later_ones_do_not() {
    let home = Home::new();
    let first = home.up();
    let url = first.url.clone();
    let (status, said) = first.stop();
    assert_eq!(status.code(), Some(0));
    assert_eq!(said.len(), 2, "{said:?}");
    assert_eq!(said[0], format!("ready {url}"));
    assert!(said[1].starts_with(&format!("{url}/login?link=")), "{said:?}");

    let again = home.up();
    let url = again.url.clone();
    let (status, said) = again.stop();
    assert_eq!(status.code(), Some(0));
    assert_eq!(said, [format!("ready {url}")]);
}

#[test]
fn an_up_that_nobody_listens_to_serves_all_the_same() {
    let home = Home::new();
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let mut command = home.command(&["up", "--no-demo", "--listen", &port.to_string()]);
    let mut child = command
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    wait_for("an answer, or the program's end", || {
        let ended = child.try_wait().unwrap();
        assert_eq!(ended, None, "it ended for want of a reader");
        TcpStream::connect(port).ok()
    });
    // It said its lines by now, or it would not have listened for long.
    thread::sleep(Duration::from_secs(1));
    assert_eq!(child.try_wait().unwrap(), None, "it ended for want of a reader");
    kill(Pid::from_raw(child.id() as i32), Signal::SIGTERM).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn the_first_run_with_the_demonstration_says_the_same() {
    let home = Home::new();
    let up = Running::start(home.command(&["up", "--listen", "127.0.0.1:0"]));
    let url = up.url.clone();
    assert!(!names(&url, &token(&home)).is_empty());
    let (status, said) = up.stop();
    assert_eq!(status.code(), Some(0));
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[1].starts_with(&format!("{url}/login?link=")), "{said:?}");
}

/// A visit of a page or the sending of a form, by whoever has the cookie: status, where it leads, and what it says.
fn visit(method: &str, address: &str, cookie: &str, form: &str) -> (u16, String, String, Option<String>) {
    let request = ureq::http::Request::builder()
        .method(method)
        .uri(address)
        .header("Cookie", cookie)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(form.to_owned())
        .unwrap();
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .timeout_global(Some(outside::PATIENCE))
        .build()
        .into();
    let mut answer = agent.run(request).unwrap();
    let header = |name: &str| {
        let value = answer.headers().get(name)?;
        Some(value.to_str().unwrap().to_owned())
    };
    let (place, set) = (header("location").unwrap_or_default(), header("set-cookie"));
    let said = answer.body_mut().read_to_string().unwrap();
    (answer.status().as_u16(), place, said, set)
}

/// Signs in by a link: the cookie.
fn sign_in(link: &str) -> String {
    let (login, secret) = link.split_once("?link=").unwrap();
    let (status, _, said, cookie) = visit("POST", login, "", &format!("link={secret}"));
    assert_eq!(status, 303, "{said}");
    cookie.unwrap().split(';').next().unwrap().to_owned()
}

#[test]
fn who_starts_with_data_of_their_own_stays_signed_in_and_finds_the_demonstration_again() {
    let home = Home::new();
    let first = ["up", "--listen", "127.0.0.1:0", "--demo-date", "2025-03-12"];
    let mut up = Running::start(home.command(&first));
    let url = up.url.clone();
    let cookie = sign_in(&up.next_line());
    let in_demo = token(&home);
    let all = names(&url, &in_demo);
    assert!(
        all.iter().any(|name| name == "Cubeforge") && all.len() > 75,
        "{all:?}"
    );
    let bar = "Start with my own data";
    let page = visit("GET", &format!("{url}/startups?lang=en"), &cookie, "").2;
    assert!(
        page.contains(bar) && page.contains("Start the demo anew"),
        "{page}"
    );

    let file = home.data().with_file_name("own.csv");
    std::fs::write(&file, "name\nAcme\n").unwrap();
    let file = file.to_str().unwrap();
    let import = ["import", file, "--source", "own"];
    let refused = home.command(&import).output().unwrap();
    assert_eq!(refused.status.code(), Some(1));
    let words = String::from_utf8(refused.stderr).unwrap();
    assert!(words.contains("--into-demo"), "{words}");
    home.said_by(&[&import[..], &["--into-demo", "--dry-run"]].concat());

    let ways = [
        ("nobody's", ""),
        ("an unknown session's", "touchstone_session=made-up"),
    ];
    for (whose, cookie) in ways {
        let (status, place, said, _) = visit("POST", &format!("{url}/demo/own"), cookie, "");
        assert!(
            status == 403 || place == "/login",
            "{whose}: {status} {place} {said}"
        );
    }
    let (status, place, said, _) = visit("POST", &format!("{url}/demo/own"), &cookie, "");
    assert_eq!((status, place.as_str()), (303, "/"), "{said}");
    let page = visit("GET", &format!("{url}/startups?lang=en"), &cookie, "").2;
    assert!(page.contains("No startups yet") && !page.contains(bar), "{page}");
    assert!(page.contains("First partner"), "still signed in");
    assert!(
        try_ask(&url, &in_demo, "{ viewer { id } }", &json!({})).is_err(),
        "of the other workspace"
    );
    let (status, ..) = visit("POST", &format!("{url}/demo/own"), &cookie, "");
    assert_eq!(status, 404, "there is no demonstration to leave any more");

    home.said_by(&import);
    let in_own = token(&home);
    assert_eq!(names(&url, &in_own), ["Acme"]);
    assert_eq!(up.stop().0.code(), Some(0));
    let again = home.command(&["up", "--listen", "127.0.0.1:0"]);
    let again = Running::start(again);
    assert_eq!(names(&again.url, &in_own), ["Acme"], "it goes on with one's own");
    let (_, said) = again.stop();
    assert_eq!(said.len(), 1, "{said:?}");

    let demo = Running::start(home.command(&["up", "--demo", "--listen", "127.0.0.1:0"]));
    assert!(
        names(&demo.url, &in_demo).contains(&"Cubeforge".to_owned()),
        "it is there as it was"
    );
    let (_, said) = demo.stop();
    assert!(said[1].contains("--demo-anew"), "an old one says so: {said:?}");
}

#[test]
fn a_demonstration_that_has_grown_old_is_begun_anew_from_its_bar() {
    let home = Home::new();
    let mut up =
        Running::start(home.command(&["up", "--listen", "127.0.0.1:0", "--demo-date", "2025-03-12"]));
    let url = up.url.clone();
    let cookie = sign_in(&up.next_line());
    let before = token(&home);
    create_startup(&url, &before, "Typed In Meanwhile");
    let (status, _, said, _) = visit("POST", &format!("{url}/demo/anew"), &cookie, "");
    assert_eq!(status, 303, "{said}");
    let page = visit("GET", &format!("{url}/startups?lang=en"), &cookie, "").2;
    assert!(
        page.contains("Demo workspace") && !page.contains("Start the demo anew"),
        "{page}"
    );
    let all = names(&url, &token(&home));
    assert!(all.contains(&"Cubeforge".to_owned()) && !all.contains(&"Typed In Meanwhile".to_owned()));
    assert_eq!(up.stop().0.code(), Some(0));
}

#[test]
fn a_demonstration_of_a_day_to_come_or_on_a_given_server_is_refused_in_words() {
    let home = Home::new();
    let to_come = home
        .command(&["up", "--demo-date", "2999-01-01"])
        .output()
        .unwrap();
    assert_eq!(to_come.status.code(), Some(1));
    let words = String::from_utf8(to_come.stderr).unwrap();
    assert!(words.contains("2999-01-01, which is to come"), "{words}");

    let database = test_support_url();
    let given = outside::program(&["up", "--demo"])
        .env("DATABASE_URL", database)
        .output()
        .unwrap();
    assert_eq!(given.status.code(), Some(1));
    let words = String::from_utf8(given.stderr).unwrap();
    assert!(words.contains("leave DATABASE_URL out"), "{words}");
}

/// The address of an empty, migrated database.
fn test_support_url() -> String {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(test_support::TestDb::new()).url().to_owned()
}

#[test]
fn a_second_up_learns_who_holds_the_directory_and_where_it_answers() {
    let home = Home::new();
    let first = home.up();
    let second = home.command(&["up", "--listen", "127.0.0.1:0"]).output().unwrap();
    assert_eq!(second.status.code(), Some(1));
    assert!(second.stdout.is_empty());
    let error = String::from_utf8(second.stderr).unwrap();
    for part in [
        format!("process {} has been using this data directory", first.pid()),
        format!("it answers at {}", first.url),
        home.data().canonicalize().unwrap().display().to_string(),
    ] {
        assert!(error.contains(&part), "{part} is missing in: {error}");
    }
}

#[test]
fn a_link_leads_to_the_server_that_runs_unless_told_otherwise() {
    let home = Home::new();
    let up = home.up();
    let link = ["user", "link", "admin@touchstone.example"];
    let said = home.said_by(&link);
    assert!(said.starts_with(&format!("{}/login?link=", up.url)), "{said}");
    let elsewhere = [&link[..], &["--url", "https://fund.example/"]].concat();
    let said = home.said_by(&elsewhere);
    assert!(said.starts_with("https://fund.example/login?link="), "{said}");
    assert_eq!(up.stop().0.code(), Some(0));
    let said = home.said_by(&link);
    assert!(said.starts_with("http://127.0.0.1:7420/login?link="), "{said}");
    assert_eq!(
        home.cluster_state(),
        "shut down",
        "a command stops what it started"
    );
}

#[test]
fn it_serves_and_stops_where_nobody_reads_what_it_says_any_more() {
    let home = Home::new();
    let mut command = program(&["up", "--no-demo", "--listen", "127.0.0.1:0"]);
    let mut child = command
        .arg("--data-dir")
        .arg(home.data())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let log = child.stderr.take().unwrap();
    let mut line = String::new();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    out.read_line(&mut line).unwrap();
    let url = line.trim().strip_prefix("ready ").unwrap().to_owned();
    drop((out, log));
    let token = token(&home);
    create_startup(&url, &token, "Unheard");
    assert_eq!(names(&url, &token), ["Unheard"]);
    kill(Pid::from_raw(child.id() as i32), Signal::SIGTERM).unwrap();
    let status = wait_for("the program's end", || child.try_wait().unwrap());
    assert_eq!(status.code(), Some(0));
    assert_eq!(home.cluster_state(), "shut down");
}

#[test]
fn asked_to_stop_it_finishes_a_request_under_way_and_stops_postgres() {
    let home = Home::new();
    let up = home.up();
    let token = token(&home);
    let body = json!({
        "query": "mutation { createStartup(input: { name: \"Last Minute\" }) { startup { id } userErrors { message } } }"
    })
    .to_string();
    let mut stream = TcpStream::connect(up.url.strip_prefix("http://").unwrap()).unwrap();
    stream.set_read_timeout(Some(outside::PATIENCE)).unwrap();
    let head = format!(
        "POST /graphql HTTP/1.1\r\nHost: touchstone\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let (first_half, rest) = body.split_at(20);
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(first_half.as_bytes()).unwrap();
    // The server has read the head by now or will: the request is under way while its body is not there yet.
    thread::sleep(Duration::from_millis(300));
    up.signal(Signal::SIGTERM);
    wait_for("the server's being about to stop", || {
        up.log().contains("requests under way are finished").then_some(())
    });
    thread::sleep(Duration::from_millis(200));
    assert!(
        TcpStream::connect(up.url.strip_prefix("http://").unwrap()).is_err(),
        "it takes no new connections"
    );
    stream.write_all(rest.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(
        answer.starts_with("HTTP/1.1 200 ") && answer.contains(r#""userErrors":[]"#),
        "{answer}"
    );
    assert_eq!(up.ended().0.code(), Some(0));
    assert_eq!(home.cluster_state(), "shut down");

    let again = home.up();
    assert_eq!(names(&again.url, &token), ["Last Minute"]);
}

#[test]
fn asked_to_stop_while_it_starts_it_leaves_no_postgres_behind() {
    let home = Home::new();
    assert_eq!(home.up().stop().0.code(), Some(0));
    let mut command = home.command(&["up", "--no-demo", "--listen", "127.0.0.1:0"]);
    let mut starting = command
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let pid_file = home.data().join("postgres/postmaster.pid");
    wait_for("Postgres' start", || pid_file.exists().then_some(()));
    kill(Pid::from_raw(starting.id() as i32), Signal::SIGTERM).unwrap();
    let status = wait_for("its end", || starting.try_wait().unwrap());
    assert_eq!(status.code(), Some(0));
    assert_eq!(home.cluster_state(), "shut down");
}

#[test]
fn after_a_kill_of_the_program_the_next_up_takes_its_postgres_over() {
    let home = Home::new();
    let up = home.up();
    let token = token(&home);
    create_startup(&up.url, &token, "Committed");
    let postmaster = home.postmaster();
    up.signal(Signal::SIGKILL);
    let (status, _) = up.ended();
    assert!(!status.success());
    assert!(is_alive(postmaster), "its Postgres goes on alone");

    let again = home.up();
    assert_eq!(home.postmaster(), postmaster, "it is adopted");
    assert_eq!(names(&again.url, &token), ["Committed"]);
    assert_eq!(again.stop().0.code(), Some(0));
    assert!(!is_alive(postmaster), "what is adopted is stopped, too");
    assert_eq!(home.cluster_state(), "shut down");
}

#[test]
fn after_a_kill_of_program_and_postgres_the_next_up_recovers() {
    let home = Home::new();
    let up = home.up();
    let token = token(&home);
    create_startup(&up.url, &token, "Committed");
    // The program first, so that it cannot start Postgres again by itself.
    up.signal(Signal::SIGKILL);
    kill_hard(home.postmaster());
    up.ended();
    assert_eq!(home.cluster_state(), "in production", "it did not end in order");
    let again = home.up();
    assert_eq!(names(&again.url, &token), ["Committed"]);
    assert_eq!(again.stop().0.code(), Some(0));
    assert_eq!(home.cluster_state(), "shut down");
}

#[test]
fn a_running_up_starts_its_postgres_again_when_it_is_killed() {
    let home = Home::new();
    let mut up = home.up();
    let token = token(&home);
    create_startup(&up.url, &token, "Before");
    let killed = home.postmaster();
    kill_hard(killed);
    let found = wait_for("its being back", || {
        try_ask(&up.url, &token, "{ startups { totalCount } }", &json!({})).ok()
    });
    assert_eq!(found["startups"]["totalCount"], 1);
    assert_ne!(home.postmaster(), killed);
    create_startup(&up.url, &token, "Later");
    assert!(up.is_running());
    assert!(up.log().contains("starting it again"), "{}", up.log());
    assert_eq!(up.stop().0.code(), Some(0));
    assert_eq!(home.cluster_state(), "shut down");
}

#[test]
fn an_up_whose_postgres_dies_again_and_again_gives_up_and_says_so() {
    let home = Home::new();
    let mut up = home.up();
    let mut last = 0;
    let deadline = Instant::now() + outside::PATIENCE;
    while up.is_running() {
        assert!(Instant::now() < deadline, "it goes on: {}", up.log());
        if let Some(pid) = std::fs::read_to_string(home.data().join("postgres/postmaster.pid"))
            .ok()
            .and_then(|text| text.lines().next()?.parse::<i32>().ok())
            .filter(|pid| *pid != last && is_alive(*pid) && *pid != up.pid())
        {
            kill_hard(pid);
            last = pid;
        }
        thread::sleep(Duration::from_millis(20));
    }
    let log = up.log();
    assert_eq!(up.ended().0.code(), Some(1));
    assert!(log.contains("error: the private Postgres"), "{log}");
}

#[test]
fn commands_beside_an_up_that_is_still_making_its_cluster_wait_for_it() {
    let home = Home::new();
    let mut command = home.command(&["up", "--no-demo", "--listen", "127.0.0.1:0"]);
    let upping = thread::spawn(move || {
        Running::start({
            command.env("TOUCHSTONE_LOG", "info");
            command
        })
    });
    wait_for("its lock", || {
        home.data().join("touchstone.lock").exists().then_some(())
    });
    thread::sleep(Duration::from_millis(50));
    let doctor = home.said_by(&["doctor"]);
    assert!(doctor.contains("private Postgres"), "{doctor}");
    let up = upping.join().unwrap();
    assert_eq!(up.stop().0.code(), Some(0));
}
