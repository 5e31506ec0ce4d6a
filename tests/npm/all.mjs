// Runs every suite, in groups beside each other, each on a server of its own, since a browser mostly waits. What they say
// comes line by line; the counts of each stand at its end. Within a group the files run by name, one after the other.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

const GROUPS = [
  ["suites/http", "suites/socket", "suites/explorer", "suites/readme"].map((name) => `${name}.test.mjs`).concat(
    ["startups", "conviction", "pipeline", "analytics", "past", "live", "work", "reviews", "activity", "hidden"].map((name) => `pages/${name}.spec.mjs`),
  ),
  ["pages/walk.spec.mjs"],
  // They leave the demonstration otherwise than the others look for it.
  ["pages/meeting.spec.mjs", "pages/theses.spec.mjs"],
];

function run(files) {
  const child = spawn("node", ["start.mjs", "node", "--test", "--test-concurrency=1", ...files], { stdio: ["ignore", "pipe", "pipe"] });
  for (const [stream, out] of [[child.stdout, process.stdout], [child.stderr, process.stderr]]) {
    createInterface({ input: stream }).on("line", (line) => out.write(`${line}\n`));
  }
  return new Promise((resolve) => child.once("close", (code) => resolve(code ?? 1)));
}

const codes = await Promise.all(GROUPS.map(run));
process.exitCode = codes.find((code) => code !== 0) ?? 0;
