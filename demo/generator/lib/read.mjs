// Reads the hand-written data files: lines, `[section]` headings, `|`-separated fields.
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { basename, join } from "node:path";

const DATA = fileURLToPath(new URL("../data/", import.meta.url));

/** Lines that carry data, with their place for error messages. */
export function lines(file) {
  return readFileSync(join(DATA, file), "utf8")
    .split("\n")
    .map((text, i) => ({ text: text.trimEnd(), at: `${file}:${i + 1}` }))
    .filter(({ text }) => text.trim() !== "" && !text.startsWith("#"));
}

/** Data files of a folder as `{ name, file }`, in a fixed order. */
export function files(folder) {
  return readdirSync(join(DATA, folder))
    .filter((f) => f.endsWith(".txt"))
    .sort()
    .map((f) => ({ name: basename(f, ".txt"), file: `${folder}/${f}` }));
}

/** The heading in `[brackets]`, or null. */
export function section(text) {
  return /^\[(.+)\]$/.exec(text)?.[1] ?? null;
}

/** Splits a line at its bars into at least `min` and at most `max` trimmed fields. */
export function fields({ text, at }, min, max = min) {
  const parts = text.split(" | ").map((p) => p.trim());
  if (parts.length < min || parts.length > max) {
    throw new Error(`${at}: expected ${min} to ${max} fields, found ${parts.length}`);
  }
  return parts;
}

/** Words of a comma- or blank-separated field. */
export function words(text = "") {
  return text.split(/[\s,]+/).filter(Boolean);
}
