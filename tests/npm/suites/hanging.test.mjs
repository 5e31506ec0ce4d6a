// A run that hangs is ended and done once more, as one that fails is; one that is asked to end does.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

let dir;

before(async () => {
  dir = await mkdtemp(join(tmpdir(), "touchstone-hanging-"));
});

after(() => rm(dir, { recursive: true, force: true }));

/** Runs the suite that hangs; what was said, and how it ended. `onLine` hears every line. */
function suites(mark, env, onLine = () => {}) {
  const child = spawn("node", ["all.mjs"], {
    cwd: new URL("..", import.meta.url),
    // A server that is there already is not started.
    env: { ...process.env, TOUCHSTONE_SUITES: "suites/hanging/once.mjs", TOUCHSTONE_URL: "http://127.0.0.1:9", MARK: join(dir, mark), NODE_TEST_CONTEXT: undefined, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (part) => {
      said += part;
      onLine(said, child);
    });
  }
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, said })));
}

test("what hangs once is listed, ended and done again, and stands at the end as flaky", async () => {
  const { code, said } = await suites("once", { TOUCHSTONE_PATIENCE_MS: "20000", ONCE: "1" });
  assert.equal(code, 0, said);
  assert.match(said, /^# hangs: .*once\.mjs/m);
  assert.match(said, /^not ok 1 - a run that ends: suites\/hanging\/once\.mjs\n {2}error: no test ended for 20 s after: ok 1 - one that ends/m);
  assert.match(said, /^FLAKY \[once more\] a run that ends: /m);
  assert.deepEqual(said.match(/^# (?:pass|fail|cancelled) \d+/gm), ["# pass 2", "# fail 0", "# cancelled 0"], "the second run alone counts");
});

test("what hangs twice has failed", async () => {
  const { code, said } = await suites("never", { TOUCHSTONE_PATIENCE_MS: "20000" });
  assert.notEqual(code, 0);
  assert.match(said, /^not ok 1 - a run that ends: /m);
  assert.doesNotMatch(said, /^FLAKY/m);
  assert.equal(existsSync(join(dir, "never")), false);
});

test("what fails once is done again and stands at the end as flaky, and what fails twice has failed", async () => {
  const once = await suites("fails", { FAILS: "1", ONCE: "1" });
  assert.equal(once.code, 0, once.said);
  assert.match(once.said, /^not ok 1 - one that hangs\n[^]*? error: 'not this time'/m);
  assert.match(once.said, /^FLAKY \[once more\] one that hangs$/m);
  assert.deepEqual(once.said.match(/^# (?:pass|fail|cancelled) \d+/gm), ["# pass 2", "# fail 0", "# cancelled 0"]);
  const twice = await suites("fails again", { FAILS: "1" });
  assert.equal(twice.code, 1);
  assert.doesNotMatch(twice.said, /^FLAKY/m);
  assert.deepEqual(twice.said.match(/^# (?:pass|fail|cancelled) \d+/gm), ["# pass 1", "# fail 1", "# cancelled 0"], "the second alone counts");
});

test("asked to end, it does, and does nothing once more", async () => {
  let isAsked = false;
  const { code, said } = await suites("asked", {}, (heard, child) => {
    if (isAsked || !heard.includes("ok 1 - one that ends")) return;
    isAsked = true;
    child.kill("SIGTERM");
  });
  assert.equal(code, 1);
  assert.doesNotMatch(said, /once more/);
});
