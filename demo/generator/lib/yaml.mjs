// Writes objects as block YAML. Only what entity files need: maps, lists, strings, text blocks.

// What may stand without quotes: starts with a letter, a slash or a dollar, holds nothing that YAML reads as syntax.
const PLAIN = /^[\p{L}/$][^\x00-\x1f#:"`]*$|^[\p{L}/$](?:[^\x00-\x20#"`]|:(?=\S))*$/u;
const WORDS = /^(true|false|null|yes|no|on|off|y|n)$/i;

/** A multi-line string that is written as a literal block. */
export class Block {
  constructor(text) {
    this.text = text;
  }
}

export function documents(entities) {
  return entities.map((e) => map(e, 0)).join("---\n");
}

export function map(object, indent) {
  return Object.entries(object)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([key, value]) => `${" ".repeat(indent)}${scalar(key)}:${after(value, indent)}`)
    .join("");
}

function after(value, indent) {
  if (value instanceof Block) return ` |\n${shift(value.text, indent + 2)}`;
  if (Array.isArray(value)) {
    return value.length === 0 ? " []\n" : `\n${value.map((v) => item(v, indent + 2)).join("")}`;
  }
  if (typeof value === "object") {
    return Object.keys(value).length === 0 ? " {}\n" : `\n${map(value, indent + 2)}`;
  }
  return ` ${scalar(value)}\n`;
}

function item(value, indent) {
  const dash = `${" ".repeat(indent)}- `;
  if (typeof value === "object") return dash + map(value, indent + 2).slice(indent + 2);
  return `${dash}${scalar(value)}\n`;
}

export function scalar(value) {
  if (typeof value !== "string") return String(value);
  const plain = PLAIN.test(value) && !WORDS.test(value) && !/[:\s]$/.test(value);
  return plain ? value : JSON.stringify(value);
}

function shift(text, indent) {
  return text
    .trimEnd()
    .split("\n")
    .map((l) => (l === "" ? "\n" : `${" ".repeat(indent)}${l}\n`))
    .join("");
}
