// Marks in a text what came and what went: inside its own HTML, or as a line of plain words.

import { EDGE, pieces, steps } from "./compare.js";
import { language, say } from "./phrases.js";

const PARTS = "p, li, th, td, figcaption, aside, blockquote";

export function element(name, content = "", settings = {}) {
  const made = document.createElement(name);
  if (typeof content === "string") made.textContent = content;
  else made.append(...content);
  for (const [key, value] of Object.entries(settings)) made.setAttribute(key, value);
  return made;
}

// A word of the page's own inside a text of another language.
export const ours = (text, className) =>
  element("span", text, { class: className, lang: language, dir: "auto" });

function run(what, text) {
  if (what === "equal") return text;
  const [name, begin, end] = what === "insert"
    ? ["ins", say("inserted"), say("inserted-end")]
    : ["del", say("deleted"), say("deleted-end")];
  return element(name, [ours(` ${begin} `, "sr"), text.replaceAll(EDGE, " · "), ours(` ${end} `, "sr")]);
}

// Pieces with the text node that each stands in; EDGE, in no node, between two parts.
function flattened(root) {
  const found = [];
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let part = null;
  while (walk.nextNode()) {
    const node = walk.currentNode;
    const own = node.parentElement.closest(PARTS);
    if (found.length && own !== part) found.push({ text: EDGE, node: null });
    part = own;
    found.push(...pieces(node.data).map((text) => ({ text, node })));
  }
  return found;
}

// Marks `root` against what it was; returns both as plain text.
export function mark(root, before) {
  const was = flattened(before);
  const now = flattened(root);
  const runs = new Map();
  let gone = "";
  let last = null;
  const put = (node, what, text) => {
    if (!runs.has(node)) runs.set(node, []);
    const listed = runs.get(node);
    if (listed.at(-1)?.what === what) listed.at(-1).text += text;
    else listed.push({ what, text });
  };
  const settle = (node) => {
    if (gone && node) {
      put(node, "delete", gone);
      gone = "";
    }
  };
  for (const [what, i, j] of steps(was.map((one) => one.text), now.map((one) => one.text))) {
    if (what === "delete") {
      gone += was[i].text;
    } else if (now[j].node === null) {
      // What went at the end of a paragraph stays in it.
      settle(last);
    } else {
      settle(now[j].node);
      put(now[j].node, what, now[j].text);
      last = now[j].node;
    }
  }
  settle(last);
  for (const [node, listed] of runs) {
    if (listed.some((one) => one.what !== "equal")) {
      node.replaceWith(...listed.map((one) => run(one.what, one.text)));
    }
  }
  if (gone) root.prepend(run("delete", gone));
  const text = (list) => list.map((one) => one.text).join("");
  return { was: text(was), now: text(now) };
}

// The same for plain words; the words alone where there was nothing before.
export function words(now, was = null) {
  if (was === null || was === now) return [now];
  const [old, young] = [pieces(was), pieces(now)];
  return lines(old, young).map((one) => run(one.what, one.text));
}

function lines(was, now) {
  const found = [];
  for (const [what, i, j] of steps(was, now)) {
    const text = what === "delete" ? was[i] : now[j];
    if (found.at(-1)?.what === what) found.at(-1).text += text;
    else found.push({ what, text });
  }
  return found;
}

// A list, entry by entry: those that went, those that came, and those that stayed.
export const entries = (now, was) =>
  lines(was.map((one) => one + EDGE), now.map((one) => one + EDGE)).flatMap((one) =>
    one.text.split(EDGE).slice(0, -1).map((text) => run(one.what, text)));
