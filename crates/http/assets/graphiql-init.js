// Starts GraphiQL on this page's own address: POST for queries and mutations, one WebSocket for each subscription.
"use strict";

(() => {
  const address = new URL("/graphql", location.href);
  const socketAddress = new URL(address);
  socketAddress.protocol = address.protocol === "https:" ? "wss:" : "ws:";

  // The operation that is about to run, as far as choosing the way to send it goes.
  const isSubscription = (documentAST, operationName) =>
    (documentAST?.definitions ?? []).some(
      (definition) =>
        definition.kind === "OperationDefinition" &&
        definition.operation === "subscription" &&
        (!operationName || definition.name?.value === operationName),
    );

  const post = async (request, headers) => {
    const response = await fetch(address, {
      method: "POST",
      credentials: "same-origin",
      headers: {
        ...headers,
        Accept: "application/graphql-response+json, application/json;q=0.9",
        "Content-Type": "application/json",
      },
      body: JSON.stringify(request),
    });
    return response.json();
  };

  // An async iterator over what a subscription tells, which GraphiQL shows as it comes and returns when stopped.
  const subscribe = (request, headers) => {
    const socket = new WebSocket(socketAddress, "graphql-transport-ws");
    const arrived = [];
    const waiting = [];
    let ended = false;
    const settle = () => {
      while (waiting.length && (arrived.length || ended)) {
        const { resolve, reject } = waiting.shift();
        if (!arrived.length) resolve({ done: true, value: undefined });
        else if (arrived[0] instanceof Error) reject(arrived.shift());
        else resolve({ done: false, value: arrived.shift() });
      }
    };
    const push = (value) => {
      arrived.push(value);
      settle();
    };
    const end = () => {
      ended = true;
      settle();
      socket.close(1000);
    };
    const say = (message) => socket.send(JSON.stringify(message));
    socket.onopen = () => say({ type: "connection_init", payload: { ...headers, language: navigator.language } });
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      switch (message.type) {
        case "connection_ack":
          say({ type: "subscribe", id: "1", payload: request });
          break;
        case "next":
          push(message.payload);
          break;
        case "error":
          push({ errors: message.payload });
          end();
          break;
        case "complete":
          end();
          break;
        case "ping":
          say({ type: "pong" });
          break;
      }
    };
    socket.onclose = ({ code, reason }) => {
      if (!ended) push(new Error(`The socket closed with ${code}${reason ? `: ${reason}` : ""}`));
      ended = true;
      settle();
    };
    return {
      [Symbol.asyncIterator]() {
        return this;
      },
      next: () =>
        new Promise((resolve, reject) => {
          waiting.push({ resolve, reject });
          settle();
        }),
      return: async () => {
        end();
        return { done: true, value: undefined };
      },
    };
  };

  const fetcher = (request, options = {}) =>
    isSubscription(options.documentAST, request.operationName)
      ? subscribe(request, options.headers)
      : post(request, options.headers);

  // A link may bring a query with it: /graphql?query=…&variables=…&operationName=…
  const given = new URLSearchParams(location.search);
  const root = ReactDOM.createRoot(document.getElementById("graphiql"));
  root.render(
    React.createElement(GraphiQL, {
      fetcher,
      query: given.get("query") ?? undefined,
      variables: given.get("variables") ?? undefined,
      operationName: given.get("operationName") ?? undefined,
      defaultQuery: "# Write a query here and press Ctrl+Enter.\n\n{\n  viewer {\n    __typename\n  }\n}\n",
      shouldPersistHeaders: false,
      isHeadersEditorEnabled: true,
    }),
  );
})();
