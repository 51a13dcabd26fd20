// Marks on a page: the words that the library found, looked up in the page's text and laid under it as boxes.
// The text itself is left as it is, so that selecting and copying work as if nothing were marked.

const ALONE = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}";
const WORD = new RegExp(`[${ALONE}]\\p{M}*|(?:(?![${ALONE}])[\\p{L}\\p{N}\\p{M}\\u00ad\\u200c\\u200d])+`, "gu");
const UNSEEN = /[\u00ad\u200b-\u200d\u2060\ufeff]/g;
const LINE_END = /^[-\u2010]?\s*\n\s*$/;

// Both sides come from one file, read by two programs: they differ in ligatures, composed letters and unseen signs.
export function fold(word) {
  return word.normalize("NFKD").replace(/\p{M}+/gu, "").replace(UNSEEN, "").toLowerCase();
}

export function words(text) {
  const found = [...text.matchAll(WORD)].map((match) => ({
    start: match.index, end: match.index + match[0].length, fold: fold(match[0]), soft: match[0].endsWith("\u00ad"), joined: "",
  }));
  for (let at = 0; at + 1 < found.length; at++) {
    const [one, two] = [found[at], found[at + 1]];
    const between = text.slice(one.end, two.start);
    if (LINE_END.test(between) && (one.soft || /[-\u2010]/.test(between))) one.joined = one.fold + two.fold;
  }
  return found;
}

// Forms, each as its folded words, by the first of them; the longest first.
function byFirst(forms) {
  const found = new Map();
  for (const form of forms) {
    const parts = words(form).map((word) => word.fold);
    if (!parts.length) continue;
    if (!found.has(parts[0])) found.set(parts[0], []);
    found.get(parts[0]).push(parts);
  }
  for (const list of found.values()) list.sort((a, b) => b.length - a.length);
  return found;
}

// How many words of the text a form takes from here on; 0 when it does not stand here.
function fits(text, at, parts) {
  let place = at;
  for (const part of parts) {
    if (text[place]?.fold === part) place += 1;
    else if (text[place]?.joined === part) place += 2;
    else return 0;
  }
  return place - at;
}

export function matches(text, forms) {
  const known = byFirst(forms);
  const found = words(text);
  const spans = [];
  for (let at = 0; at < found.length; ) {
    const one = found[at];
    const forms = [...(known.get(one.fold) ?? []), ...((one.joined && known.get(one.joined)) || [])];
    const taken = Math.max(0, ...forms.map((parts) => fits(found, at, parts)));
    if (taken) spans.push([one.start, found[at + taken - 1].end]);
    at += taken || 1;
  }
  return spans;
}

// The text of a page as drawn, and which node each part of it comes from.
function read(layer) {
  const walker = document.createTreeWalker(layer, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  const nodes = [];
  let text = "";
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.nodeName === "BR") text += "\n";
    if (node.nodeType !== Node.TEXT_NODE) continue;
    nodes.push({ node, start: text.length });
    text += node.data;
  }
  return { text, nodes };
}

function rectangles(nodes, start, end) {
  const found = [];
  for (const { node, start: first } of nodes) {
    const [from, to] = [Math.max(start - first, 0), Math.min(end - first, node.length)];
    if (from >= to) continue;
    const range = document.createRange();
    range.setStart(node, from);
    range.setEnd(node, to);
    found.push(...range.getClientRects());
  }
  return found.filter((box) => box.width && box.height);
}

// A layer with the marks of a page, each a group of boxes; in per cent, so that zooming leaves them in place.
export function layMarks(textLayer, forms) {
  const layer = document.createElement("div");
  layer.className = "marks";
  layer.setAttribute("aria-hidden", "true");
  const frame = textLayer.getBoundingClientRect();
  if (!forms.length || !frame.width) return { layer, marks: [] };
  const { text, nodes } = read(textLayer);
  const marks = matches(text, forms).map(([start, end], place) => rectangles(nodes, start, end).map((box) => {
    const part = document.createElement("i");
    part.dataset.place = place;
    part.style.left = `${(100 * (box.left - frame.left)) / frame.width}%`;
    part.style.top = `${(100 * (box.top - frame.top)) / frame.height}%`;
    part.style.width = `${(100 * box.width) / frame.width}%`;
    part.style.height = `${(100 * box.height) / frame.height}%`;
    layer.append(part);
    return part;
  }));
  return { layer, marks: marks.filter((boxes) => boxes.length) };
}
