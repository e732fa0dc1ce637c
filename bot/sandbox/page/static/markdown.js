// Discord's Markdown, in blocks: code, headings, quotes, lists, subtext, paragraphs.

import { el } from "./dom.js";
import { inline } from "./inline.js";

const FENCE = /^```(?:([\w+#.-]+)\n)?\n?([\s\S]*?)\n?```[ \t]*\n?/;
const HEADING = /^(#{1,3}) +(.+)$/;
const SUBTEXT = /^-# +(.+)$/;
const QUOTE = /^> ?(.*)$/;
const QUOTE_REST = /^>>> ?/;
const ITEM = /^( *)([-*]|\d{1,9}\.) +(.*)$/;
const DEEPEST = 4;

// Headings in messages are all of one rank, below the page's own: people choose # by its size.
const RANK = 3;

export function markdown(text) {
  const blocks = [];
  let rest = text;
  while (rest) {
    const fence = FENCE.exec(rest);
    if (fence) {
      blocks.push(el("pre", { tabindex: 0 }, el("code", { "data-language": fence[1] }, fence[2])));
      rest = rest.slice(fence[0].length);
      continue;
    }
    const end = nextFence(rest);
    blocks.push(...lines(rest.slice(0, end).replace(/\n$/, "").split("\n"), 0));
    rest = rest.slice(end);
  }
  return blocks;
}

function nextFence(text) {
  let at = text.indexOf("```", 1);
  while (at > 0 && !FENCE.test(text.slice(at))) at = text.indexOf("```", at + 3);
  return at > 0 ? at : text.length;
}

function lines(all, depth) {
  const blocks = [];
  let index = 0;
  while (index < all.length) {
    const [block, used] = blockAt(all, index, depth);
    blocks.push(...block);
    index += used;
  }
  return blocks;
}

function blockAt(all, index, depth) {
  const line = all[index];
  const heading = HEADING.exec(line);
  if (heading) {
    return [[el("div", { role: "heading", "aria-level": RANK, class: `h h${heading[1].length}` }, inline(heading[2]))], 1];
  }
  const subtext = SUBTEXT.exec(line);
  if (subtext) return [[el("p", { class: "subtext" }, inline(subtext[1]))], 1];
  if (depth < DEEPEST && QUOTE_REST.test(line)) {
    const inside = all.slice(index).map((one, at) => (at ? one : one.replace(QUOTE_REST, "")));
    return [[el("blockquote", {}, lines(inside, depth + 1))], inside.length];
  }
  if (depth < DEEPEST && QUOTE.test(line)) {
    const inside = takeWhile(all, index, (one) => QUOTE.test(one)).map((one) => QUOTE.exec(one)[1]);
    return [[el("blockquote", {}, lines(inside, depth + 1))], inside.length];
  }
  if (ITEM.test(line)) {
    const items = sameList(takeWhile(all, index, (one) => ITEM.test(one)).map((one) => ITEM.exec(one)));
    return [[list(items, 0)], items.length];
  }
  return paragraph(all, index);
}

const isNumbered = (item) => /\d/.test(item[2]);

// Numbers after dots, or the other way round, are another list.
function sameList(items) {
  const end = items.findIndex((one) => one[1].length <= items[0][1].length && isNumbered(one) !== isNumbered(items[0]));
  return end < 0 ? items : items.slice(0, end);
}

function isPlain(line) {
  return !(HEADING.test(line) || SUBTEXT.test(line) || QUOTE.test(line) || ITEM.test(line));
}

function paragraph(all, index) {
  const taken = takeWhile(all, index, (one, at) => at === 0 || (isPlain(one) && one.trim() !== ""));
  if (taken[0].trim() === "") return [[], 1];
  return [[el("p", {}, inline(taken.join("\n")))], taken.length];
}

function takeWhile(all, from, test) {
  let to = from;
  while (to < all.length && test(all[to], to - from)) to += 1;
  return all.slice(from, to);
}

function list(items, depth) {
  const indent = items[0][1].length;
  const numbered = isNumbered(items[0]);
  const node = el(numbered ? "ol" : "ul", numbered ? { start: parseInt(items[0][2], 10) } : {});
  let index = 0;
  while (index < items.length) {
    const item = el("li", {}, inline(items[index][3]));
    const inner = takeWhile(items, index + 1, (one) => one[1].length > indent);
    if (inner.length && depth < DEEPEST) item.append(list(inner, depth + 1));
    else for (const one of inner) item.append(el("br"), ...inline(one[3]));
    node.append(item);
    index += 1 + inner.length;
  }
  return node;
}
