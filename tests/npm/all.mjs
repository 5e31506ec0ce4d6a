// Runs every suite, in groups beside each other, since a browser mostly waits; the runs of a group come one after the other,
// each on a server of its own. What they say comes line by line; the counts of each stand at its end. Within a run the
// files go by name.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

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

function run({ files, env }) {
  const child = spawn("node", ["start.mjs", "node", "--test", "--test-reporter=tap", "--test-concurrency=1", ...files], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  for (const [stream, out] of [[child.stdout, process.stdout], [child.stderr, process.stderr]]) {
    createInterface({ input: stream }).on("line", (line) => out.write(`${line}\n`));
  }
  return new Promise((resolve) => child.once("close", (code) => resolve(code ?? 1)));
}

/** One after the other, all of them whatever came of the first. */
async function each(runs) {
  let failed = 0;
  for (const one of runs) failed = (await run(one)) || failed;
  return failed;
}

const codes = await Promise.all(GROUPS.map(each));
process.exitCode = codes.find((code) => code !== 0) ?? 0;
