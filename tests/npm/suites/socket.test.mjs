// graphql-transport-ws: the reference client, and the close codes as seen on the wire.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient } from "graphql-ws";
import WebSocket from "ws";
import { authorization, openSubscription, socketUrl } from "./server.mjs";

const client = (payload = { authorization }) =>
  createClient({ url: socketUrl, webSocketImpl: WebSocket, connectionParams: payload, retryAttempts: 0 });

test("the reference client runs a query", async () => {
  const connection = client();
  const results = [];
  for await (const result of connection.iterate({ query: "{ __typename }" })) results.push(result);
  assert.equal(results.length, 1);
  assert.equal(typeof results[0].data.__typename, "string");
  assert.equal(results[0].extensions.cost.complexity, 1);
  await connection.dispose();
});

test("the reference client subscribes and stops", async () => {
  const connection = client();
  const query = await openSubscription();
  const errors = [];
  const stop = connection.subscribe({ query }, { next() {}, error: (error) => errors.push(error), complete() {} });
  await new Promise((resolve) => setTimeout(resolve, 500));
  assert.deepEqual(errors, []);
  stop();
  const results = [];
  for await (const result of connection.iterate({ query: "{ __typename }" })) results.push(result);
  assert.equal(results.length, 1);
  await connection.dispose();
});

test("the reference client is told of a bad document", async () => {
  const connection = client();
  await assert.rejects(
    async () => {
      for await (const _ of connection.iterate({ query: "subscription { noSuchField }" }));
    },
    (errors) => errors[0].extensions.code === "BAD_USER_INPUT",
  );
  await connection.dispose();
});

test("the reference client is turned away with a bad token", async () => {
  const connection = client({ authorization: "Bearer no-such-token" });
  await assert.rejects(
    async () => {
      for await (const _ of connection.iterate({ query: "{ __typename }" }));
    },
    (close) => close.code === 4403,
  );
  await connection.dispose();
});

/** Opens a socket, sends the messages, and gives what was heard and the code it closed with. */
function talk(messages, { protocol = "graphql-transport-ws", until } = {}) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(socketUrl, protocol);
    const heard = [];
    const timer = setTimeout(() => reject(new Error(`still open after ${JSON.stringify(heard)}`)), 8000);
    socket.on("open", () => messages.forEach((message) => socket.send(typeof message === "string" ? message : JSON.stringify(message))));
    socket.on("message", (data) => {
      heard.push(JSON.parse(data));
      if (until?.(heard)) socket.close(1000);
    });
    socket.on("error", reject);
    socket.on("close", (code) => {
      clearTimeout(timer);
      resolve({ code, heard });
    });
  });
}

const init = { type: "connection_init", payload: { authorization } };
const subscribe = (id, query) => ({ type: "subscribe", id, payload: { query } });

test("close codes", async (t) => {
  const subscription = await openSubscription();
  const twice = subscription.slice(subscription.indexOf("{") + 1, subscription.lastIndexOf("}"));
  for (const [name, code, messages, options] of [
    ["a message that is no JSON", 4400, ["nonsense"]],
    ["an unknown type", 4400, [init, { type: "start" }]],
    ["a subscribe without id", 4400, [init, { type: "subscribe", payload: { query: "{ __typename }" } }]],
    ["a subscribe without query", 4400, [init, { type: "subscribe", id: "1", payload: {} }]],
    ["a subscribe before the init", 4401, [subscribe("1", "{ __typename }")]],
    ["a bad token", 4403, [{ type: "connection_init", payload: { authorization: "Bearer no-such-token" } }]],
    ["another subprotocol", 4406, [], { protocol: "graphql-ws" }],
    ["no init in time", 4408, []],
    ["the same id twice", 4409, [init, subscribe("1", subscription), subscribe("1", subscription)]],
    ["a second init", 4429, [init, init]],
  ]) {
    await t.test(`${name}: ${code}`, async (t) => {
      if (options?.protocol) {
        // The server picks none of the protocols offered, which this client takes for a failed handshake.
        const refused = await talk(messages, options).catch((error) => error);
        assert.ok(refused instanceof Error || refused.code === code);
        return;
      }
      assert.equal((await talk(messages, options)).code, code);
    });
  }

  await t.test("an operation's errors are a list, and no complete follows", async () => {
    const { heard } = await talk([init, subscribe("1", `subscription { a: ${twice.trim()} b: ${twice.trim()} }`), { type: "ping" }], {
      until: (heard) => heard.some(({ type }) => type === "pong") && heard.some(({ type }) => type === "error"),
    });
    const error = heard.find(({ type }) => type === "error");
    assert.equal(error.id, "1");
    assert.ok(Array.isArray(error.payload));
    assert.ok(heard.every(({ type }) => type !== "complete"));
  });

  await t.test("a ping is answered with its payload", async () => {
    const { heard } = await talk([{ type: "ping", payload: { n: 1 } }], { until: (heard) => heard.length > 0 });
    assert.deepEqual(heard, [{ type: "pong", payload: { n: 1 } }]);
  });
});
