// A suite that hangs where the file that MARK names is not there yet, and leaves it there; for hanging.test.mjs.
import { existsSync, writeFileSync } from "node:fs";
import { test } from "node:test";

test("one that ends", () => {});
test("one that hangs", async () => {
  if (existsSync(process.env.MARK)) return;
  if (process.env.ONCE) writeFileSync(process.env.MARK, "");
  await new Promise((resolve) => setTimeout(resolve, 600_000));
});
