// A document as it will appear, with the changes since the text in force marked in it.

import { isCritical, matched, stayed } from "./compare.js";
import { bytesOf } from "./hub.js";
import { element, entries, mark, ours, words } from "./marks.js";
import { day, languageName, named, say } from "./phrases.js";

// What blocks are made of (content/records/markdown/html.py). Anything else is no text of a hub's.
const ATTRIBUTES = {
  a: ["href"], aside: ["class", "role"], blockquote: [], br: [], code: [], em: [],
  figcaption: [], figure: [], img: ["alt", "src"], li: [], ol: ["start"], p: [], strong: [],
  table: [], tbody: [], td: ["class"], th: ["class", "scope"], thead: [], tr: [], ul: [],
};
const LINK = /^(https?:|mailto:)/;

export class Strange extends Error {}

// A block's HTML as nodes: nothing is loaded, and nothing runs.
function read(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  for (const one of parsed.querySelectorAll("head *, body *")) {
    const known = ATTRIBUTES[one.localName];
    if (!known || one.getAttributeNames().some((name) => !known.includes(name))) {
      throw new Strange(one.localName);
    }
  }
  const root = element("div");
  root.append(...parsed.body.childNodes);
  return root;
}

// `div` with the block in it, ready to be shown: pictures from hashed bytes, links in new tabs.
async function dressed(root, figures) {
  for (const link of root.querySelectorAll("a")) {
    // The secret of the page is in its memory: a link must not leave it.
    if (!LINK.test(link.getAttribute("href") ?? "")) throw new Strange("href");
    link.target = "_blank";
    link.rel = "noopener noreferrer";
  }
  for (const picture of root.querySelectorAll("img")) {
    const src = picture.getAttribute("src");
    const figure = figures.find((one) => one.url === src);
    if (!figure) throw new Strange(src);
    picture.removeAttribute("src");
    picture.src = await pictured(figure);
    picture.closest("figure")?.append(
      element("p", [ours(`${say("alt")} `, "label"), figure.alt], { class: "alt" }),
    );
  }
  return root;
}

const KINDS = { "<": "image/svg+xml", "\x89": "image/png", "\xff": "image/jpeg", R: "image/webp", G: "image/gif" };

async function pictured(figure) {
  const buffer = await bytesOf(figure.url, figure.sha256);
  const first = String.fromCharCode(new Uint8Array(buffer)[0]);
  return URL.createObjectURL(new Blob([buffer], { type: KINDS[first] ?? "image/png" }));
}

// What a block says beside its words, by what the page calls it.
const beside = (block, root) => ({
  links: [...root.querySelectorAll("a")].map((one) => one.getAttribute("href") ?? ""),
  cites: block.evidence,
  alt: [...root.querySelectorAll("img")].map((one) => one.getAttribute("alt")),
});

const label = (key, className = "label") => element("p", [ours(say(key), className)], { class: "mark" });

// One block; `was` is the block that it was, `counts` is told what it is now.
async function shown(block, was, moved, now, before, counts) {
  const root = read(block.html);
  const kinds = [];
  const notes = [];
  if (before && !was) kinds.push("new");
  if (was) {
    const old = read(was.html);
    const after = beside(block, root);
    for (const [name, listed] of Object.entries(beside(was, old))) {
      if (String(listed) !== String(after[name])) {
        notes.push(element("p", [ours(`${say(`beside-${name}`)} `, "label"),
          ...entries(after[name], listed).flatMap((one) => [one, " "])], { class: "alt" }));
      }
    }
    const told = mark(root, old);
    if (told.was !== told.now) {
      kinds.push("changed");
      if (isCritical(told.was, told.now, now.locale)) kinds.push("critical");
    } else if (notes.length || was.html !== block.html) {
      kinds.push("form");
    }
    if (moved) kinds.push("moved");
  }
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const body = [await dressed(root, now.figures), ...notes];
  return element("div", [...kinds.map((kind) => label(`block-${kind}`)), ...body],
    { class: ["block", ...kinds].join(" ") });
}

async function removed(block, before, counts) {
  counts.set("removed", (counts.get("removed") ?? 0) + 1);
  const root = await dressed(read(block.html), before.figures);
  return element("div", [label("block-removed"), root], { class: "block removed" });
}

// The blocks in the order of the new text; what went stands where it stood.
async function blocks(now, before, counts) {
  const was = before?.blocks ?? [];
  const match = matched(was, now.blocks);
  const kept = stayed(match.filter((place) => place !== undefined));
  const gone = was.map((_, place) => place).filter((place) => !match.includes(place));
  const made = [];
  for (const [place, block] of now.blocks.entries()) {
    const old = match[place];
    while (kept.has(old) && gone.length && gone[0] < old) {
      made.push(await removed(was[gone.shift()], before, counts));
    }
    const moved = old !== undefined && !kept.has(old);
    made.push(await shown(block, was[old], moved, now, before, counts));
  }
  for (const place of gone) made.push(await removed(was[place], before, counts));
  return made;
}

// What stands beside the text: name of the phrase, the value now, the value before.
function facts(now, before) {
  const listed = {
    audience: (one) => one.audience,
    authors: (one) => one.authors,
    children: (one) => one.children,
    disclaimer: (one) => one.disclaimer,
    attribution: (one) => `${one.attribution.text} · ${one.attribution.url}`,
    license: (one) => one.license,
    last_reviewed: (one) => day(one.last_reviewed),
    review_by: (one) => day(one.review_by),
    evidence: (one) => one.evidence.map((work) =>
      [work.title, named("evidence", work.type), work.url, work.registry].filter(Boolean).join(" · ")),
    figures: (one) => one.figures.map((figure) =>
      `${figure.file} · ${figure.credit} · ${figure.license}`),
  };
  const rows = [];
  for (const [name, value] of Object.entries(listed)) {
    const [after, was] = [value(now), before ? value(before) : null];
    if (!after.length && !was?.length) continue;
    const told = Array.isArray(after)
      ? [element("ul", entries(after, was ?? after).map((one) => element("li", [one])))]
      : words(after, was);
    const changed = was !== null && String(was) !== String(after);
    const title = changed ? [say(`fact-${name}`), " ", ours(say("block-changed"), "flag")] : say(`fact-${name}`);
    rows.push(element("dt", title), element("dd", told, { dir: "auto" }));
  }
  return element("dl", rows);
}

// The whole of a document; `before` is the one in force, null where there is none.
export async function article(now, before) {
  const counts = new Map();
  const summary = words(now.summary ?? "", before ? before.summary ?? "" : null);
  const body = element("article", [
    element("h4", words(now.title, before?.title ?? null)),
    element("p", summary, { class: "lead" }),
    ...(await blocks(now, before, counts)),
  ], { lang: now.locale, dir: "auto" });
  for (const name of ["title", "summary"]) {
    const [after, was] = [now[name] ?? "", before?.[name] ?? ""];
    if (before && after !== was) {
      counts.set("changed", (counts.get("changed") ?? 0) + 1);
      if (isCritical(was, after, now.locale)) counts.set("critical", 1 + (counts.get("critical") ?? 0));
    }
  }
  return { body, facts: facts(now, before), counts };
}

// The text alone, to be read beside its translation.
export async function plain(told) {
  const { body } = await article(told, null);
  return element("div", [
    element("p", [ours(languageName(told.locale), "label")], { class: "mark" }), body,
  ]);
}
