// Runs every suite, in groups beside each other, since a browser mostly waits; the runs of a group come one after the other,
// each on a server of its own. What they say comes line by line; the counts of each stand at its end. Within a run the
// files go by name.
//
// A run in which no test ends for a while hangs: what of it still lives is listed and ended, as what hangs once in a hundred
// times must not keep a build machine busy until it gives up. A run that hangs or fails is done once more, as a failed test
// in Rust is: what failed the first time alone stands at the end as FLAKY, a fault to be found, and only the second counts.
//
//   TOUCHSTONE_PATIENCE_MS  how long a run may go without a test that ends; else five minutes
//   TOUCHSTONE_SUITES       these files alone, with blanks between them, in one run
import { execFileSync, spawn } from "node:child_process";
import { createInterface } from "node:readline";

const PATIENCE_MS = Number(process.env.TOUCHSTONE_PATIENCE_MS || 300_000);
/** How long what hung may take to end in order: longer than its server has, and the server's Postgres. */
const GRACE_MS = 90_000;

const pages = (...names) => names.map((name) => `pages/${name}.spec.mjs`);

const { TOUCHSTONE_SUITES } = process.env;
const GROUPS = TOUCHSTONE_SUITES ? [[{ files: TOUCHSTONE_SUITES.split(" ") }]] : [
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
    { files: ["suites/hanging.test.mjs", ...pages("startups", "work", "reviews")] },
  ],
];

/** Those that run now, each the leader of its own group of processes. */
const running = new Set();
let isAsked = false;

function end(leader, signal) {
  try {
    process.kill(leader, signal);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    isAsked = true;
    for (const leader of running) end(-leader, signal);
  });
}

/** The processes there are: their lines, and of each its parent and how it was called. */
function processes() {
  const columns = ["pid", "ppid", "stat", "etime", "args"].flatMap((column) => ["-o", `${column}=`]);
  const lines = execFileSync("ps", ["-ww", "-e", ...columns], { encoding: "utf8", maxBuffer: 1 << 26 }).split("\n");
  return lines.filter(Boolean).map((line) => {
    const [pid, parent, , , ...args] = line.trim().split(/\s+/);
    return { pid: Number(pid), parent: Number(parent), args: args.join(" "), line: line.slice(0, 200) };
  });
}

/** A process and all that came of it: in what state each is and how it was called, to see who of them hangs. */
function living(leader) {
  const all = processes();
  const found = new Set([leader]);
  const isNew = ({ pid, parent }) => found.has(parent) && !found.has(pid) && found.add(pid);
  while (all.some(isNew));
  return all.filter(({ pid }) => found.has(pid));
}

/** Ends those of these that are still there: a browser and a database lead groups of their own. */
function endAll(listed) {
  if (listed.length === 0) return;
  const now = new Map(processes().map(({ pid, args }) => [pid, args]));
  for (const { pid, args } of listed) if (now.get(pid) === args) end(pid, "SIGKILL");
}

/** One run: how it ended, which tests failed, and what the last test was if none ended after it for too long. */
function run({ files, env }) {
  const child = spawn("node", ["start.mjs", "node", "--test", "--test-reporter=tap", "--test-concurrency=1", ...files], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
    detached: true,
  });
  running.add(child.pid);
  const failed = new Map();
  const counts = [];
  let said;
  let last = "the beginning";
  let hungAfter;
  let listed = [];
  let grace;
  const watch = setTimeout(() => {
    hungAfter = last;
    try {
      listed = living(child.pid);
      for (const { line } of listed) console.log(`# hangs: ${line}`);
    } catch (error) {
      console.log(`# who hangs is not known: ${error.message}`);
    }
    end(-child.pid, "SIGTERM");
    grace = setTimeout(() => {
      end(-child.pid, "SIGKILL");
      endAll(listed);
    }, GRACE_MS);
  }, PATIENCE_MS);
  for (const [stream, out] of [[child.stdout, process.stdout], [child.stderr, process.stderr]]) {
    createInterface({ input: stream }).on("line", (line) => {
      if (stream === child.stderr) return void out.write(`${line}\n`);
      const test = /^\s*(not )?ok \d+ - (.*)/.exec(line);
      if (test && hungAfter === undefined) {
        said = test[1] ? [] : undefined;
        if (said) failed.set(test[2], said);
        last = line.trim();
        watch.refresh();
      }
      said?.push(line);
      if (line.trim() === "...") said = undefined;
      // Whether they count is known when the run has ended; what a run says that is being ended does not.
      if (/^# (?:pass|fail|cancelled|skipped|todo) \d+$/.test(line)) counts.push(line);
      else if (test?.[1] || hungAfter !== undefined) out.write(`# ${line}\n`);
      else out.write(`${line}\n`);
    });
  }
  return new Promise((resolve) => {
    const ended = (code) => {
      clearTimeout(watch);
      clearTimeout(grace);
      endAll(listed);
      running.delete(child.pid);
      resolve({ code: code ?? 1, failed, counts, hungAfter });
    };
    let closing;
    child.once("exit", (code) => {
      // Whoever of it outlives it keeps its pipes open, and would be waited for.
      closing = setTimeout(() => {
        end(-child.pid, "SIGKILL");
        child.stdout.destroy();
        child.stderr.destroy();
        ended(code);
      }, 5_000);
    });
    child.once("close", (code) => {
      clearTimeout(closing);
      ended(code);
    });
  });
}

/** What failed in a run that counts, and what did only in one that was done once more. */
const failures = new Set();
const flaky = new Set();

/** Says what failed in a run, in the lines that a reader of the end looks for. */
function tell({ failed }) {
  for (const [name, said] of failed) console.log([`not ok 1 - ${name}`, ...said.slice(1, 40)].join("\n"));
}

/** One run, and once more if it hung or failed. */
async function twice(one) {
  const what = `a run that ends: ${one.files.join(" ")}`;
  const done = async () => {
    const ended = await run(one);
    if (ended.hungAfter !== undefined)
      ended.failed.set(what, ["", `  error: no test ended for ${PATIENCE_MS / 1000} s after: ${ended.hungAfter}`, "  ..."]);
    return ended;
  };
  let ended = await done();
  if ((ended.code !== 0 || ended.hungAfter !== undefined) && !isAsked) {
    console.log(`# failed; it is done once more: ${one.files.join(" ")}`);
    tell(ended);
    for (const name of ended.failed.keys()) flaky.add(name);
    ended = await done();
  }
  tell(ended);
  for (const name of ended.failed.keys()) failures.add(name);
  for (const line of ended.counts) console.log(line);
  return ended.hungAfter === undefined ? ended.code : 1;
}

/** One after the other, all of them whatever came of the first. */
async function each(runs) {
  let failed = 0;
  for (const one of runs) if (!isAsked) failed = (await twice(one)) || failed;
  return failed;
}

const codes = await Promise.all(GROUPS.map(each));
// Tests of two runs may have one name.
for (const name of flaky) if (!failures.has(name)) console.log(`FLAKY [once more] ${name}`);
process.exitCode = isAsked ? 1 : (codes.find((code) => code !== 0) ?? 0);
