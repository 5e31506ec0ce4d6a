// The server under test, as start.mjs names it.
const base = process.env.TOUCHSTONE_URL;
if (!base) throw new Error("TOUCHSTONE_URL is not set: run through `npm test`");

export const token = process.env.TOUCHSTONE_TOKEN ?? "";
export const url = new URL("/graphql", base).href;
export const socketUrl = url.replace(/^http/, "ws");
export const authorization = `Bearer ${token}`;

/** A query over HTTP, for what a suite needs to know of the schema. */
export async function ask(query) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", authorization },
    body: JSON.stringify({ query }),
  });
  return response.json();
}

/** A subscription of this schema that needs no arguments. */
export async function openSubscription() {
  const { data } = await ask(`{
    __schema { subscriptionType { fields {
      name
      args { defaultValue type { kind } }
      type { kind ofType { kind } }
    } } }
  }`);
  const field = data.__schema.subscriptionType.fields.find(({ args }) =>
    args.every(({ type, defaultValue }) => type.kind !== "NON_NULL" || defaultValue !== null),
  );
  const kind = field.type.ofType?.kind ?? field.type.kind;
  return `subscription { ${field.name}${kind === "OBJECT" ? " { __typename }" : ""} }`;
}
