// The README's one-liner for programs does what it says.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { promisify } from "node:util";
import { token, url } from "./server.mjs";

const run = promisify(execFile);

const skip = process.env.TOUCHSTONE_PROBE_ONLY ? "the example server has no startups" : false;

test("the README's curl command gets startups", { skip }, async () => {
  const readme = await readFile(new URL("../../../README.md", import.meta.url), "utf8");
  const [command] = /^ {4}curl (?:.*\\\n)*.*$/m.exec(readme) ?? assert.fail("there is no curl command in the README");
  const here = command.replace("http://127.0.0.1:7420/graphql", url);
  const { stdout } = await run("sh", ["-c", here], { env: { ...process.env, TOKEN: token } });
  const answer = JSON.parse(stdout);
  assert.equal(answer.errors, undefined, stdout);
  assert.equal(answer.data.startups.nodes.length, Math.min(5, answer.data.startups.totalCount));
});
