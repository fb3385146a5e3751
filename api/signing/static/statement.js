// The page of a statement: what it lists, read from bytes that were hashed here, and signed.

import { compareClocks, open, reason, refused, stop, tell } from "./decision.js";
import { documentOf, each, get, Refused, Tampered } from "./hub.js";
import { element } from "./marks.js";
import { begin, introduce } from "./opening.js";
import { day, languageName, moment, named, roleName, say } from "./phrases.js";
import { article, plain, Strange } from "./text.js";

const found = (id) => document.getElementById(id);
const digest = location.pathname.split("/").at(-1);
const path = `/v1/editing/statements/${digest}`;
const opened = new Set();
let items = [];

// A document by its digest, as people at work read it; or as everybody does, for a source text of a
// language that this person does not work in.
async function loaded(sha256) {
  try {
    return await documentOf(`/v1/editing/documents/${sha256}`, sha256);
  } catch (error) {
    const elsewhere = ["document-not-found", "role-missing"];
    if (!(error instanceof Refused) || !elsewhere.includes(error.code)) throw error;
    return documentOf(`/v1/content/${sha256}`, sha256);
  }
}

// The statement names this very text: no other one was put under its digest.
function requireSame(item, text) {
  const same = text.kind === "msif.section/1" && text.section === item.section &&
    text.locale === item.locale && text.version === item.version &&
    text.review_by === item.review_by && (text.translation_of?.sha256 ?? null) === item.source;
  if (!same) throw new Tampered(item.sha256);
}

// The text in force, null where there is none; and why not, where the hub does not give it.
async function inForce(item) {
  try {
    const told = await get(`/v1/sections/${item.section}/${item.locale}`);
    return { before: await documentOf(`/v1/content/${told.sha256}`, told.sha256) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const none = ["section-not-found", "translation-not-found", "withdrawn"];
    return { before: null, why: none.includes(error.code) ? "" : error.message };
  }
}

async function reviews(item) {
  const list = element("ul");
  try {
    const version = `${item.section}/${item.locale}/${item.version}`;
    const told = await get(`/v1/editing/sections/${version}`);
    const own = told.reviews.filter((one) => one.document === item.sha256);
    for (const one of own) {
      list.append(element("li", say("review", {
        kind: named("review", one.kind), verdict: named("verdict", one.verdict),
        person: one.name, organisation: one.organisation, interests: one.interests, day: day(one.at),
      }) + (one.comment ? ` ${say("review-comment", { comment: one.comment })}` : "")));
    }
    if (!own.length) list.append(element("li", say("reviews-none")));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    list.append(element("li", say("reviews-hidden")));
  }
  return list;
}

function compared(before, why, counts) {
  if (why) return say("compared-not", { detail: why });
  if (!before) return say("compared-new");
  const kinds = ["changed", "new", "removed", "moved", "form"];
  const told = kinds.filter((kind) => counts.get(kind))
    .map((kind) => say(`count-${kind}`, { n: counts.get(kind) }));
  return say("compared", { version: before.version, what: told.join(", ") || say("count-none") });
}

// Everything of one document, made when somebody opens it.
async function shown(item, text) {
  const { before, why } = await inForce(item);
  const told = await article(text, before);
  const kind = why ? "compared warning" : "compared";
  const parts = [element("p", compared(before, why, told.counts), { class: kind })];
  if (told.counts.get("critical")) parts.push(element("p", say("critical"), { class: "warning" }));
  const pages = element("div", [told.body], { class: "pages" });
  if (item.source) parts.push(besides(item, pages));
  parts.push(pages);
  for (const [title, body] of [["facts", told.facts], ["reviews", await reviews(item)]]) {
    parts.push(element("h4", say(title)), body);
  }
  parts.push(element("p", say("digest", { digest: item.sha256 }), { class: "digest" }));
  return parts;
}

function besides(item, pages) {
  const button = element("button", say("source-show"),
    { type: "button", class: "quiet", "aria-expanded": "false" });
  let source = null;
  button.addEventListener("click", async () => {
    try {
      if (!source) pages.append(source = await plain(await loaded(item.source)));
      else source.hidden = !source.hidden;
    } catch (error) {
      return failed(error, pages);
    }
    pages.classList.toggle("two", !source.hidden);
    button.setAttribute("aria-expanded", String(!source.hidden));
    button.textContent = say(source.hidden ? "source-show" : "source-hide");
  });
  return button;
}

function failed(error, place) {
  if (error instanceof Tampered || error instanceof Strange) stop(error);
  else place.append(element("p", reason(error), { class: "error" }));
}

function listed(item, text) {
  const body = element("div", "", { class: "body" });
  const made = element("details", [
    element("summary", [
      element("h3", text.title, { lang: text.locale, dir: "auto" }),
      element("span", [
        element("span", named("change", text.change.kind), { class: `flag ${text.change.kind}` }),
        " ", say("item", {
          section: item.section, language: languageName(item.locale), version: item.version,
        }),
      ], { class: "of" }),
      element("span", text.change.summary, { class: "of", lang: text.locale, dir: "auto" }),
    ]),
    body,
  ], { class: "document" });
  made.addEventListener("toggle", async () => {
    if (!made.open || opened.has(item.sha256)) return;
    opened.add(item.sha256);
    progress();
    body.append(element("p", say("loading")));
    try {
      const parts = await shown(item, text);
      body.replaceChildren(...parts);
    } catch (error) {
      body.replaceChildren();
      // Not read after all: whoever closes and opens it again sees it then.
      opened.delete(item.sha256);
      progress();
      failed(error, body);
    }
  });
  return made;
}

function progress() {
  const gaps = { read: opened.size, all: items.length, left: items.length - opened.size };
  found("progress").textContent = say("progress", gaps);
  found("bar").max = items.length;
  found("bar").value = opened.size;
  found("unread").hidden = gaps.left === 0;
  found("unread").textContent = say("unread", gaps);
}

function state(told) {
  const approvals = told.signatures.filter((one) => one.meaning === "approval").length;
  return say("count", { n: approvals, all: told.threshold, state: named("state", told.state) });
}

async function show(told, statement) {
  if (statement.kind !== "msif.sign-off/1") throw new Tampered(digest);
  items = statement.items;
  const { signing } = told;
  const what = say("statement", {
    name: statement.id, role: roleName(statement.role), time: moment(told.lapses_at),
  });
  await introduce(digest, signing.name, what, state(told));
  const texts = [];
  found("loading").hidden = false;
  await each(items, async (item, place) => {
    const text = await loaded(item.sha256);
    requireSame(item, text);
    texts[place] = text;
    found("loading").textContent = say("checking", {
      n: texts.filter(Boolean).length, all: items.length,
    });
  });
  found("loading").hidden = true;
  found("list").append(...items.map((item, place) => listed(item, texts[place])));
  found("documents").hidden = false;
  progress();
  compareClocks(signing.now);
  if (signing.obstacle) return tell(refused(signing.obstacle.code, signing.obstacle.detail));
  found("batch").textContent = say("batch", { n: items.length });
  open(path, digest, state);
}

found("marks").addEventListener("change", (event) => {
  found("list").classList.toggle("unmarked", !event.target.checked);
});
begin(path, digest, show);
