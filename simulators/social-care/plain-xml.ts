// XML of the plainest kind, as census files are: elements and text, without attributes. What could make a reader fetch, grow or
// run something (document types, entities, instructions, CDATA, comments) is refused, and so is what would have to be escaped.

/** An element with others in it, or with text. Text beside elements, which some files have, means nothing and is dropped. */
export interface XmlElement {
  readonly name: string;
  readonly elements: readonly XmlElement[];
  readonly text: string;
}

const DECLARATION = /^\uFEFF?<\?xml version="1\.0"(?: encoding="(?:utf-8|us-ascii)")?(?: standalone="yes")? ?\?>/i;
const PIECE = /<(\/?)([A-Za-z][A-Za-z0-9]*)\s*(\/?)>|([^<&]+)/y;
const DEEPEST = 16;
/** Characters; a large council's return has some 30 million. */
const LONGEST = 100_000_000;

interface Open {
  readonly name: string;
  readonly elements: XmlElement[];
  text: string;
}

/** Reads a document; a `SyntaxError` names the line on which it stops being plain, and repeats nothing of what stands there. */
export function readXml(source: string): XmlElement {
  if (source.length > LONGEST) throw new SyntaxError("The file is too large");
  const start = DECLARATION.exec(source)?.[0].length ?? 0;
  const top: Open = { name: "", elements: [], text: "" };
  const open: Open[] = [top];
  for (let at = start; at < source.length; at = PIECE.lastIndex) {
    PIECE.lastIndex = at;
    const [, closing, name = "", empty, text] = PIECE.exec(source) ?? stop("is not plain XML", source, at);
    const inner = open.at(-1) ?? top;
    if (text !== undefined) {
      if (inner === top && text.trim() !== "") stop("has text outside the document", source, at);
      inner.text += text;
    } else if (closing) {
      const parent = open.at(-2);
      if (empty || inner.name !== name || !parent) return stop("closes what is not open", source, at);
      open.pop();
      parent.elements.push(finished(inner));
    } else {
      if (inner === top && top.elements.length > 0) stop("begins a second document", source, at);
      if (open.length > DEEPEST) stop("is nested too deeply", source, at);
      if (empty) inner.elements.push({ name, elements: [], text: "" });
      else open.push({ name, elements: [], text: "" });
    }
  }
  const [document] = top.elements;
  if (!document || open.length > 1) throw new SyntaxError("The file ends before its document does");
  return document;
}

const finished = ({ name, elements, text }: Open): XmlElement => ({
  name,
  elements,
  text: elements.length > 0 ? "" : text.trim(),
});

function stop(what: string, source: string, at: number): never {
  throw new SyntaxError(`Line ${source.slice(0, at).split("\n").length} of the file ${what}`);
}

/** Writes a document, indented by two. */
export function writeXml(element: XmlElement): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${lines(element, "").join("\n")}\n`;
}

function lines({ name, elements, text }: XmlElement, indent: string): string[] {
  if (/[<>&]/.test(text)) throw new RangeError(`${name} cannot be written as plain XML`);
  if (elements.length === 0) return [`${indent}<${name}>${text}</${name}>`];
  const inner = elements.flatMap((one) => lines(one, `${indent}  `));
  return [`${indent}<${name}>`, ...inner, `${indent}</${name}>`];
}
