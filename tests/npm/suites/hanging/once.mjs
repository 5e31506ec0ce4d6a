// A suite that hangs, or fails if FAILS says so, where the file that MARK names is not there yet, and with ONCE leaves it
// there; for hanging.test.mjs.
import { existsSync, writeFileSync } from "node:fs";
import { test } from "node:test";

test("one that ends", () => {});
test("one that hangs", async () => {
  if (existsSync(process.env.MARK)) return;
  if (process.env.ONCE) writeFileSync(process.env.MARK, "");
  if (process.env.FAILS) throw new Error("not this time");
  await new Promise((resolve) => setTimeout(resolve, 600_000));
});
