// Draws the states of data/facts/countries.csv from Natural Earth, and writes data/map/world.json.
//
// Run by `make map`. Each state has a shape, or a dot in its middle where it is too small for one.
// Natural Earth draws some states as parts of another (French Guiana as France); country-coder
// tells which state a part with none of its own belongs to. Every other border is Natural Earth's.
import { readFileSync, mkdirSync, writeFileSync } from "node:fs";
import { iso1A3Code } from "@rapideditor/country-coder";
import { geoArea, geoCentroid, geoEqualEarth, geoPath } from "d3-geo";
import { feature } from "topojson-client";
import { presimplify, quantile, simplify } from "topojson-simplify";

const WIDTH = 10000;
const NORTH = 84;
const SOUTH = -70; // Antarctica goes on below
const SMALL = 800; // square units under which a state is a dot; 100 are some 1,200 km²
const ISLET = 70; // square units under which a part of a shape is left out
const APART = 70; // units between the middles of two dots
const KEPT = 0.14; // the share of points that simplifying keeps

const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
const root = new URL("../../", import.meta.url);
const states = new Map(
  readFileSync(new URL("data/facts/countries.csv", root), "utf8")
    .split("\n").slice(1).filter(Boolean).map((line) => line.split(","))
    .map(([alpha3, , numeric]) => [numeric, alpha3]),
);

const projection = geoEqualEarth().rotate([-11, 0]).scale(1).translate([0, 0]);
const [[left], [right]] = [projection([-168.99, 0]), projection([-169.01, 0])];
projection.scale(WIDTH / (right - left));
const top = projection([11, NORTH])[1];
const height = Math.round(projection([11, SOUTH])[1] - top);
projection.translate([WIDTH / 2, -top]);
const whole = geoPath(projection);

function parts(topology) {
  const drawn = new Set(topology.objects.countries.geometries.map((one) => one.id));
  const lacking = new Set([...states].filter(([id]) => !drawn.has(id)).map(([, code]) => code));
  return feature(topology, topology.objects.countries).features.flatMap(({ id, geometry }) =>
    polygons(geometry).map((polygon) => {
      const told = iso1A3Code(geoCentroid(polygon), { level: "territory" });
      return [lacking.has(told) ? told : states.get(id), polygon];
    }));
}

function polygons({ type, coordinates }) {
  const each = type === "Polygon" ? [coordinates] : coordinates;
  return each.map((rings) => ({ type: "Polygon", coordinates: rings }));
}

function grouped(pairs) {
  const found = new Map();
  for (const [code, polygon] of pairs) found.set(code, [...(found.get(code) ?? []), polygon]);
  return found;
}

// A path of whole numbers, each point told from the one before.
class Steps {
  out = "";
  moveTo(x, y) { this.at = this.start = this.point(x, y); this.out += `M${this.at}`; this.isLine = false; }
  lineTo(x, y) {
    const to = this.point(x, y);
    const step = to.map((place, n) => place - this.at[n]);
    if (step[0] || step[1]) this.out += `${this.isLine ? " " : "l"}${step}`;
    this.isLine ||= step.some(Boolean);
    this.at = to;
  }
  closePath() { this.out += "z"; this.at = this.start; }
  point(x, y) { return [Math.round(x), Math.round(y)]; }
}

function drawn(found) {
  const clipped = geoPath(projection.clipExtent([[-10, -10], [WIDTH + 10, height + 10]]), new Steps());
  const large = found.filter((polygon) => whole.area(polygon) >= ISLET);
  for (const polygon of large.length ? large : found) clipped(polygon);
  projection.clipExtent(null);
  const path = clipped.context().out;
  return path.replaceAll(/M-?\d+,-?\d+z/g, "").replaceAll(/[, ]-/g, "-");
}

function middle(found) {
  const largest = found.reduce((one, other) => (geoArea(other) > geoArea(one) ? other : one));
  return projection(geoCentroid(largest));
}

function apart(dots) {
  const all = Object.values(dots);
  for (let turn = 0; turn < 200; turn++) {
    for (const one of all) {
      for (const other of all) {
        const [x, y] = [other[0] - one[0], other[1] - one[1]];
        const far = Math.hypot(x, y);
        if (one === other || far >= APART) continue;
        const by = (APART - far) / 2 / (far || 1);
        one[0] -= x * by; one[1] -= y * by; other[0] += x * by; other[1] += y * by;
      }
    }
  }
  return Object.fromEntries(Object.entries(dots).map(([code, at]) => [code, at.map(Math.round)]));
}

const medium = presimplify(read("node_modules/world-atlas/countries-50m.json"));
const shapes = grouped(parts(simplify(medium, quantile(medium, KEPT))));
const fine = grouped(parts(read("node_modules/world-atlas/countries-10m.json")));
const sorted = [...states.values()].sort();
const area = (code) => (shapes.get(code) ?? []).reduce((sum, one) => sum + whole.area(one), 0);
const small = sorted.filter((code) => area(code) < SMALL);
const large = sorted.filter((code) => area(code) >= SMALL);

const world = {
  source: "Natural Earth 4.1.0 (public domain)",
  width: WIDTH,
  height,
  land: drawn(shapes.get(undefined)),
  shapes: Object.fromEntries(large.map((code) => [code, drawn(shapes.get(code))])),
  dots: apart(Object.fromEntries(small.map((code) => [code, middle(fine.get(code))]))),
};
mkdirSync(new URL("data/map/", root), { recursive: true });
const text = JSON.stringify(world, null, 1).replaceAll(/\[\s+(\d+),\s+(\d+)\s+\]/g, "[$1, $2]");
writeFileSync(new URL("data/map/world.json", root), `${text}\n`);
