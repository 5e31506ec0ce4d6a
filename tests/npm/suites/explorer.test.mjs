// A browser's GET of /graphql shows the explorer, from our own files and with the policy in force.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { browser, leftOut } from "../browser.mjs";
import { url } from "./server.mjs";

const run = promisify(execFile);

test("the explorer comes up with the query of its link", { skip: leftOut }, async () => {
  const profile = await mkdtemp(join(tmpdir(), "touchstone-explorer-"));
  try {
    const { stdout, stderr } = await run(
      browser,
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", `--user-data-dir=${profile}`, "--enable-logging=stderr",
        "--virtual-time-budget=10000", "--dump-dom", `${url}?query=${encodeURIComponent("{ __typename }")}`,
      ],
      { timeout: 60_000, maxBuffer: 64 * 1024 * 1024 },
    );
    assert.match(stdout, /graphiql-container/);
    assert.match(stdout, /__typename/);
    assert.doesNotMatch(stderr, /Content Security Policy|Refused to/);
  } finally {
    await rm(profile, { recursive: true, force: true });
  }
});
