// Runs a command with TOUCHSTONE_URL, TOUCHSTONE_TOKEN and TOUCHSTONE_LINK set, starting a server for it unless one is
// named already.
//
//   TOUCHSTONE_URL    a server that runs (http://host:port), with TOUCHSTONE_TOKEN as a token and TOUCHSTONE_LINK as a
//                     sign-in link for it
//   TOUCHSTONE_BIN    else: the product's binary, started on a new data directory with the demonstration
//   TOUCHSTONE_PROBE  else: the transport's example server, whose token is "good"
import { execFile, spawn } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

const run = promisify(execFile);
const env = { ...process.env };
const READY_MS = 120_000;
/** A server has ten seconds for requests under way and then stops its Postgres. */
const STOP_MS = 60_000;

let child;
let dataDir;
let tests;

/** Starts a server and waits for its line `ready http://…`. */
async function start(command, args) {
  child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
  return await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${command} was not ready in ${READY_MS} ms`)), READY_MS);
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${command} ended with ${code} before it was ready`)));
    createInterface({ input: child.stdout }).on("line", (line) => {
      const ready = /^ready (http:\/\/\S+)/.exec(line);
      if (ready) {
        clearTimeout(timer);
        resolve(ready[1]);
      }
    });
  });
}

/** Stops the server, and nothing of it stays. A server that does not stop is a fault. */
async function cleanUp() {
  if (child) await stop();
  if (dataDir) await rm(dataDir, { recursive: true, force: true });
}

async function stop() {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGINT");
  const timer = setTimeout(() => {
    console.log(`not ok 1 - the server stops\n  error: it did not in ${STOP_MS / 1000} s after SIGINT\n  ...`);
    process.exitCode = 1;
    child.kill("SIGKILL");
  }, STOP_MS);
  await ended;
  clearTimeout(timer);
}

// What runs ends, and what was started is stopped in any case.
let isAsked = false;
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    isAsked = true;
    tests?.kill(signal);
  });
}

async function prepare() {
  if (!env.TOUCHSTONE_URL) {
    if (env.TOUCHSTONE_BIN) {
      dataDir = await mkdtemp(join(tmpdir(), "touchstone-suites-"));
      // As root, Postgres runs as another user, who must get through.
      await chmod(dataDir, 0o711);
      const data = ["--data-dir", dataDir];
      env.TOUCHSTONE_URL = await start(env.TOUCHSTONE_BIN, ["up", ...data, "--listen", "127.0.0.1:0"]);
      const email = "suites@example.com";
      await run(env.TOUCHSTONE_BIN, ["user", "add", email, "--name", "Suites", "--role", "PARTNER", ...data]);
      const created = await run(env.TOUCHSTONE_BIN, ["token", "create", "--user", email, "--scope", "READ,WRITE", ...data]);
      env.TOUCHSTONE_TOKEN = created.stdout.trim();
      // A link signs in once: each suite of pages has its own.
      const analyst = "analyst@example.com";
      await run(env.TOUCHSTONE_BIN, ["user", "add", analyst, "--name", "Analyst", "--role", "ANALYST", ...data]);
      const viewer = "viewer@example.com";
      await run(env.TOUCHSTONE_BIN, ["user", "add", viewer, "--name", "Viewer", "--role", "VIEWER", ...data]);
      for (const [name, ...users] of [
        ["TOUCHSTONE_LINK", email],
        ["TOUCHSTONE_WALK_LINK", email],
        ["TOUCHSTONE_CONVICTION_LINK", email],
        ["TOUCHSTONE_PIPELINE_LINK", email],
        ["TOUCHSTONE_ANALYTICS_LINK", email],
        ["TOUCHSTONE_WORK_LINK", email],
        ["TOUCHSTONE_LIVE_LINK", email],
        ["TOUCHSTONE_LIVE_ANALYST_LINK", analyst],
        ["TOUCHSTONE_LIVE_OWNER_LINK", "ren@touchstone.example"],
        ["TOUCHSTONE_ANALYST_LINK", analyst],
        ["TOUCHSTONE_PAST_LINK", analyst],
        ["TOUCHSTONE_ACTIVITY_LINK", email],
        ["TOUCHSTONE_HIDDEN_PARTNER_LINK", email],
        ["TOUCHSTONE_HIDDEN_ANALYST_LINK", analyst],
        ["TOUCHSTONE_VIEWER_LINK", viewer],
        // Of the demonstration: who leads its restricted deal.
        ["TOUCHSTONE_OWNER_LINK", "ren@touchstone.example"],
        ["TOUCHSTONE_ADMIN_LINK", "admin@touchstone.example"],
        ["TOUCHSTONE_SETTINGS_LINK", "admin@touchstone.example"],
        // Who holds its meetings, another partner, and a viewer.
        ["TOUCHSTONE_REVIEWS_LINK", "admin@touchstone.example"],
        ["TOUCHSTONE_SECOND_LINK", "qiao@touchstone.example"],
        ["TOUCHSTONE_READER_LINK", "vera@touchstone.example"],
        ["TOUCHSTONE_PRESENTER_LINK", "admin@touchstone.example"],
        ["TOUCHSTONE_MEMBER_LINKS", "qiao@touchstone.example", "ren@touchstone.example"],
        ["TOUCHSTONE_THESES_LINK", "admin@touchstone.example"],
        ["TOUCHSTONE_THESES_OWN_LINK", email],
        ["TOUCHSTONE_THESES_READER_LINK", "vera@touchstone.example"],
      ]) {
        const links = [];
        for (const user of users) links.push((await run(env.TOUCHSTONE_BIN, ["user", "link", user, "--url", env.TOUCHSTONE_URL, ...data])).stdout.trim());
        env[name] = links.join(" ");
      }
    } else if (env.TOUCHSTONE_PROBE) {
      env.TOUCHSTONE_PROBE_ONLY = "1";
      env.TOUCHSTONE_URL = await start(env.TOUCHSTONE_PROBE, ["127.0.0.1:0"]);
      env.TOUCHSTONE_TOKEN = "good";
    } else {
      console.error("Set TOUCHSTONE_URL (with TOUCHSTONE_TOKEN), TOUCHSTONE_BIN or TOUCHSTONE_PROBE.");
      process.exit(2);
    }
  }
}

try {
  await prepare();
  if (isAsked) throw new Error("it was asked to end");
  const [command, ...args] = process.argv.slice(2);
  tests = spawn(command, args, { stdio: "inherit", env });
  process.exitCode = await new Promise((resolve) => tests.once("exit", (code) => resolve(code ?? 1)));
} finally {
  await cleanUp();
}
