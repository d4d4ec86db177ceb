// Ask a SPARQL endpoint with Comunica and print its rows as JSON, one a line.
// Usage: node ask.js ENDPOINT QUERY
import { QueryEngine } from "@comunica/query-sparql";

const [endpoint, query] = process.argv.slice(2);
const sources = [{ type: "sparql", value: endpoint }];
const bindings = await new QueryEngine().queryBindings(query, { sources });
for (const row of await bindings.toArray()) {
  const cells = [...row].map(([variable, term]) => [variable.value, term.value]);
  console.log(JSON.stringify(Object.fromEntries(cells)));
}
