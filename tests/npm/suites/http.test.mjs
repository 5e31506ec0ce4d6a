// GraphQL over HTTP as its own audit suite sees it, with a token and without.
import assert from "node:assert/strict";
import { test } from "node:test";
import { serverAudits } from "graphql-http";
import { authorization, url } from "./server.mjs";

const withToken = (input, init = {}) => fetch(input, { ...init, headers: { ...init.headers, authorization } });

test("the suite has all of its audits", () => {
  assert.equal(serverAudits({ url }).length, 61);
});

for (const [who, fetchFn] of [
  ["with a token", withToken],
  ["without credentials", fetch],
]) {
  test(`graphql-http ${who}`, async (t) => {
    for (const audit of serverAudits({ url, fetchFn })) {
      await t.test(audit.name, async () => {
        const result = await audit.fn();
        assert.equal(result.status, "ok", result.reason);
      });
    }
  });
}
