// Runs every suite, in groups beside each other, since a browser mostly waits; the runs of a group come one after the other,
// each on a server of its own. What they say comes line by line; the counts of each stand at its end. Within a run the
// files go by name.
//
// A run in which no test ends for a while hangs: what of it still lives is listed and ended, and the run is done once more,
// as what hangs once in a hundred times must not keep a build machine busy until it gives up.
//
//   TOUCHSTONE_PATIENCE_MS  how long a run may go without a test that ends; else five minutes
import { execFileSync, spawn } from "node:child_process";
import { createInterface } from "node:readline";

const PATIENCE_MS = Number(process.env.TOUCHSTONE_PATIENCE_MS || 300_000);
/** How long what hung may take to end in order, its server and the server's Postgres too. */
const GRACE_MS = 20_000;

const pages = (...names) => names.map((name) => `pages/${name}.spec.mjs`);

const GROUPS = [
  [{
    files: ["suites/http", "suites/socket", "suites/explorer", "suites/readme"].map((name) => `${name}.test.mjs`).concat(
      pages("conviction", "pipeline", "analytics", "past", "live", "hidden", "activity"),
    ),
  }],
  [{ files: pages("walk") }],
  [
    // They leave the demonstration otherwise than the others look for it, and the last otherwise than it looks for it itself.
    { files: pages("meeting", "theses") },
    { files: pages("ninety"), env: { TOUCHSTONE_LANGUAGE: "en" } },
    { files: pages("ninety"), env: { TOUCHSTONE_LANGUAGE: "zh" } },
    { files: pages("startups", "work", "reviews") },
  ],
];

/** Those that run now, each the leader of its own group of processes. */
const running = new Set();

function end(leader, signal) {
  try {
    process.kill(-leader, signal);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => {
    for (const leader of running) end(leader, signal);
    process.exitCode = 1;
  });
}

/** A process and all that came of it: what each waits for and how it was called, to see who of them hangs. */
function living(leader) {
  const lines = execFileSync("ps", ["-ww", "-e", "-o", "pid=,ppid=,stat=,wchan:24=,etimes=,args="], { encoding: "utf8" }).split("\n");
  const found = new Set([leader]);
  const isNew = (line) => {
    const [pid, parent] = line.trim().split(/\s+/).map(Number);
    return found.has(parent) && !found.has(pid) && found.add(pid);
  };
  while (lines.some(isNew));
  return lines.filter((line) => found.has(Number.parseInt(line))).map((line) => line.slice(0, 200));
}

/** One run: how it ended, and what the last test was if none ended after it for too long. */
function run({ files, env }) {
  const child = spawn("node", ["start.mjs", "node", "--test", "--test-reporter=tap", "--test-concurrency=1", ...files], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
    detached: true,
  });
  running.add(child.pid);
  let last = "the beginning";
  let hungAfter;
  const watch = setTimeout(() => {
    hungAfter = last;
    try {
      for (const line of living(child.pid)) console.log(`# hangs: ${line}`);
    } catch (error) {
      console.log(`# who hangs is not known: ${error.message}`);
    }
    end(child.pid, "SIGTERM");
    setTimeout(() => end(child.pid, "SIGKILL"), GRACE_MS).unref();
  }, PATIENCE_MS);
  for (const [stream, out] of [[child.stdout, process.stdout], [child.stderr, process.stderr]]) {
    createInterface({ input: stream }).on("line", (line) => {
      if (/^\s*(?:not )?ok \d/.test(line)) {
        last = line.trim();
        watch.refresh();
      }
      out.write(`${line}\n`);
    });
  }
  return new Promise((resolve) => {
    const ended = (code) => {
      clearTimeout(watch);
      running.delete(child.pid);
      resolve({ code: code ?? 1, hungAfter });
    };
    let closing;
    // Whoever outlives it may keep its pipes open.
    child.once("exit", (code) => (closing = setTimeout(ended, 5_000, code)));
    child.once("close", (code) => {
      clearTimeout(closing);
      ended(code);
    });
  });
}

/** One run, and once more if it hung. The line of a failure is one that a reader of the end looks for. */
async function twice(one) {
  const first = await run(one);
  if (first.hungAfter === undefined) return first.code;
  console.log(`# hung after: ${first.hungAfter}; it is done once more: ${one.files.join(" ")}`);
  const second = await run(one);
  const name = `a run that ends: ${one.files.join(" ")}`;
  console.log(`not ok 1 - ${name}`);
  console.log(`  error: no test ended for ${PATIENCE_MS / 1000} s after: ${first.hungAfter}`);
  console.log("  ...");
  if (second.hungAfter !== undefined) return 1;
  if (second.code === 0) console.log(`FLAKY [once more] ${name}`);
  return second.code;
}

/** One after the other, all of them whatever came of the first. */
async function each(runs) {
  let failed = 0;
  for (const one of runs) failed = (await twice(one)) || failed;
  return failed;
}

const codes = await Promise.all(GROUPS.map(each));
process.exitCode ||= codes.find((code) => code !== 0) ?? 0;
