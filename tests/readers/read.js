// Read an RDF file with N3.js or jsonld.js and print its statements as N-Quads, one a line.
// Usage: node read.js FORMAT FILE, FORMAT being turtle, trig, nt, nq or jsonld.
import { readFileSync } from "node:fs";
import jsonld from "jsonld";
import { Parser, Writer } from "n3";

const MEDIA_TYPES = {
  nq: "application/n-quads",
  nt: "application/n-triples",
  trig: "application/trig",
  turtle: "text/turtle",
};
const [format, file] = process.argv.slice(2);
const text = readFileSync(file, "utf8");

if (format === "jsonld") {
  process.stdout.write(await jsonld.toRDF(JSON.parse(text), { format: "application/n-quads" }));
} else {
  const quads = new Parser({ format: MEDIA_TYPES[format] }).parse(text);
  const writer = new Writer({ format: "N-Quads" });
  writer.addQuads(quads);
  writer.end((error, result) => process.stdout.write(result));
}
