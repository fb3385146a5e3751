// One section of the hub on any page, verified in the reader's browser. See docs/members.md.
//
//   <script type="module" src="https://hub.example.org/clients/embed.js"></script>
//   <msif-section slug="ahsct-evidence" locale="fr" trust="SHA-256 of the first trust file"></msif-section>
//
// `hub` names another hub than the one this script came from, `heading` the level of its title (2), `deep` shows
// the sections below it too. What stands between the tags is shown until a text is verified, and where none is.
// Nothing is stored, no cookie is sent, and the page's address stays here: what somebody reads is their own affair.

import { document as accepted, readRegister, trustFile } from "./verify.mjs";

const HERE = new URL(import.meta.url).origin;
// Texts that one can follow, one after the other.
const LINKS_MAX = 4;

const WORDS = {
  en: {
    outdated: "The text that this is a translation of has changed since. This translation is being brought up to date.",
    "review-due": "This text is due for review.",
    withdrawn: "This text was withdrawn.",
    reviewed: "Last reviewed:",
    verified: "Verified: who approved this text",
  },
  fr: {
    outdated: "Le texte d’origine a changé depuis cette traduction, dont la mise à jour est en cours.",
    "review-due": "Ce texte doit être réexaminé.",
    withdrawn: "Ce texte a été retiré.",
    reviewed: "Dernier examen :",
    verified: "Vérifié : qui a approuvé ce texte",
  },
  it: {
    outdated: "Il testo originale è cambiato dopo questa traduzione, che è in corso di aggiornamento.",
    "review-due": "Questo testo deve essere riesaminato.",
    withdrawn: "Questo testo è stato ritirato.",
    reviewed: "Ultimo riesame:",
    verified: "Verificato: chi ha approvato questo testo",
  },
  de: {
    outdated: "Der Originaltext hat sich seit dieser Übersetzung geändert. Sie wird derzeit aktualisiert.",
    "review-due": "Für diesen Text steht eine Überprüfung an.",
    withdrawn: "Dieser Text wurde zurückgezogen.",
    reviewed: "Zuletzt überprüft:",
    verified: "Geprüft: wer diesen Text freigegeben hat",
  },
};
const wordsOf = (locale) => WORDS[locale.split("-")[0]] ?? WORDS.en;

class Withdrawn extends Error {}

// Each address once a page, however many sections it has.
const fetched = new Map();
const get = (url) => {
  if (!fetched.has(url)) fetched.set(url, fetch(url, { credentials: "omit", referrerPolicy: "no-referrer" }));
  return fetched.get(url).then((answer) => answer.clone());
};
async function ok(url) {
  const answer = await get(url);
  if (answer.status === 410) throw new Withdrawn((await answer.json()).detail);
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return answer;
}
const json = async (url) => (await ok(url)).json();

const bytesOf = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const inside = (text) => JSON.parse(new TextDecoder().decode(bytesOf(text)));
const now = () => new Date().toISOString().replace(/\.\d+/, "");

async function readTrust(hub, pin) {
  const pinned = new Uint8Array(await (await ok(`${hub}/v1/trust/1`)).arrayBuffer());
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", pinned));
  const found = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (found !== pin) throw new Error(`the first trust file of ${hub} is ${found}, not the one in \`trust\``);
  const newest = await json(`${hub}/v1/trust`);
  const { version } = newest.statement ? inside(newest.statement) : newest;
  const later = [];
  for (let number = 2; number <= version; number += 1) later.push(await json(`${hub}/v1/trust/${number}`));
  return trustFile(pinned, later, now());
}

// Of the text, of what it is a translation of, and so on. Whether they are right is for verify.mjs to say.
async function signOffs(hub, entry) {
  const found = [];
  let { sha256, sign_off: name } = entry;
  while (found.length < LINKS_MAX) {
    found.push(await json(`${hub}/v1/sign-offs/${name}`));
    const source = inside(found.at(-1).statement).items.find((one) => one.sha256 === sha256)?.source;
    if (!source) break;
    if (found.length === 1) name = entry.source.sign_off;
    else {
      const { translation_of: above } = await json(`${hub}/v1/content/${sha256}`);
      const { versions } = await json(`${hub}/v1/sections/${entry.section}/${above.locale}/versions`);
      name = versions.find((one) => one.sha256 === source).sign_off;
    }
    sha256 = source;
  }
  return found;
}

async function verified(hub, slug, locale, pin) {
  const told = await json(`${hub}/v1/sections/${slug}/${locale}`);
  const trust = await readTrust(hub, pin);
  const query = new URLSearchParams({ section: slug, locale: told.locale });
  const jws = await (await ok(`${hub}/v1/register?${query}`)).text();
  const [register] = await readRegister(jws, trust, now(), {});
  const entry = register.entries.find((one) => one.section === slug && one.locale === told.locale);
  if (!entry) throw new Error("the register does not have it");
  if (entry.state === "withdrawn") throw new Withdrawn("");
  const body = new Uint8Array(await (await ok(`${hub}/v1/content/${entry.sha256}`)).arrayBuffer());
  const text = await accepted(body, slug, told.locale, register, await signOffs(hub, entry), trust);
  return { text, state: entry.state, notice: told.demo_notice };
}

// The blocks of a document are of these elements alone. They are built one by one and never parsed as a page, so
// that nothing else can come in, and sites that require Trusted Types need no exception for us.
const ELEMENTS = new Set(
  "a br code em strong aside blockquote figcaption figure img li ol p ul table tbody td th thead tr".split(" "),
);
const ATTRIBUTES = new Set(["href", "class", "role", "alt", "src", "start", "scope"]);
const MARKUP = /<(\/?)([a-z]+)((?: [a-z]+="[^"<>]*")*)>|([^<]+)/gy;
const SIGNS = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: "\u00a0" };
const plain = (text) => text.replace(/&(amp|lt|gt|quot|nbsp);/g, (_, name) => SIGNS[name]);

function built(html, hub) {
  const top = document.createDocumentFragment();
  const open = [top];
  let end = 0;
  for (const [whole, closing, name, attributes, words] of html.matchAll(MARKUP)) {
    end += whole.length;
    if (words) open.at(-1).append(plain(words));
    else if (closing) {
      if (open.pop().localName !== name) throw new Error(`</${name}> is out of place`);
    } else {
      const made = element(name, attributes, hub);
      open.at(-1).append(made);
      if (name !== "br" && name !== "img") open.push(made);
    }
  }
  if (end !== html.length || open.length !== 1) throw new Error("the text has markup that is not known here");
  return top;
}

function element(name, attributes, hub) {
  if (!ELEMENTS.has(name)) throw new Error(`<${name}> is not known here`);
  const made = document.createElement(name);
  for (const [, key, value] of attributes.matchAll(/ ([a-z]+)="([^"]*)"/g)) {
    if (!ATTRIBUTES.has(key)) throw new Error(`${key} is not known here`);
    made.setAttribute(key, key === "href" || key === "src" ? address(plain(value), hub) : plain(value));
  }
  return made;
}

function address(value, hub) {
  const url = new URL(value, hub);
  return ["https:", "http:", "mailto:"].includes(url.protocol) ? url.href : "about:blank";
}

function made(name, words, attributes = {}) {
  const one = document.createElement(name);
  one.append(words);
  for (const [key, value] of Object.entries(attributes)) one.setAttribute(key, value);
  return one;
}

// A sheet of its own needs no permission for styles; `part` lets the site have its own.
const SHEET = new CSSStyleSheet();
SHEET.replaceSync(`
  :host { display: block; overflow-wrap: break-word; }
  table { border-collapse: collapse; } .wide { overflow-x: auto; }
  th, td { border: 1px solid; padding: 0.3em 0.6em; text-align: start; vertical-align: top; }
  img { max-width: 100%; height: auto; }
  [part=label] { border-inline-start: 0.25em solid; padding-inline-start: 0.75em; font-weight: bold; }
  [part=credit] { font-size: 0.875em; }
`);

export class MsifSection extends HTMLElement {
  static observedAttributes = ["slug", "locale", "hub", "trust", "heading", "deep"];
  #round = 0;

  constructor() {
    super();
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = [SHEET];
    this.shadowRoot.append(document.createElement("slot"));
  }

  connectedCallback() {
    this.#show();
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#show();
  }

  get #hub() {
    return new URL(this.getAttribute("hub") ?? HERE).origin;
  }

  async #show() {
    const round = ++this.#round;
    const [slug, locale] = [this.getAttribute("slug"), this.getAttribute("locale")];
    await null; // the attributes of an element that a script makes come one by one
    if (!slug || !locale || round !== this.#round) return;
    let parts;
    let outcome = "verified";
    try {
      parts = this.#parts(await verified(this.#hub, slug, locale, this.getAttribute("trust")));
    } catch (error) {
      outcome = error instanceof Withdrawn ? "withdrawn" : "refused";
      parts = this.#without(error, locale);
      if (outcome === "refused") console.error(`msif-section ${slug}/${locale}:`, error);
    }
    if (round !== this.#round) return;
    this.shadowRoot.replaceChildren(...parts);
    this.dataset.outcome = outcome;
    this.dispatchEvent(new CustomEvent(`msif-${outcome}`, { bubbles: true, composed: true }));
  }

  #parts({ text, state, notice }) {
    const words = wordsOf(text.locale);
    const level = Math.min(6, Math.max(1, Number(this.getAttribute("heading")) || 2));
    const article = made("article", "", { lang: text.locale, part: "text" });
    article.append(made(`h${level}`, text.title, { part: "title" }));
    if (state !== "current") article.append(made("p", words[state], { part: "label" }));
    for (const block of text.blocks) {
      const content = built(block.html, this.#hub);
      article.append(block.type === "table" ? made("div", content, { class: "wide", tabindex: "0" }) : content);
    }
    article.append(this.#credit(text, words, notice));
    return [article, ...this.#below(text, level)];
  }

  #credit(text, words, notice) {
    const credit = made("footer", "", { part: "credit" });
    const once = this.hasAttribute("below") ? [] : [notice, text.disclaimer];
    for (const line of once) if (line) credit.append(made("p", line));
    const day = new Intl.DateTimeFormat(text.locale, { dateStyle: "long", timeZone: "UTC" });
    const reviewed = `${words.reviewed} ${day.format(new Date(text.last_reviewed))}`;
    const by = made("a", text.attribution.text, { href: address(text.attribution.url, this.#hub) });
    const proof = `${this.#hub}/proof/${text.section}/${text.locale}`;
    const line = made("p", by);
    line.append(` · ${text.license} · ${reviewed} · `, made("a", words.verified, { href: proof, part: "proof" }));
    credit.append(line);
    return credit;
  }

  #below(text, level) {
    if (!this.hasAttribute("deep")) return [];
    return text.children.map((slug) => {
      const child = this.cloneNode(false);
      delete child.dataset.outcome;
      child.removeAttribute("id");
      child.setAttribute("below", "");
      child.setAttribute("slug", slug);
      child.setAttribute("heading", level + 1);
      return child;
    });
  }

  // Withdrawn: why, in the hub's words. Refused or out of reach: what the site put between the tags.
  #without(error, locale) {
    if (!(error instanceof Withdrawn)) return [document.createElement("slot")];
    const told = made("p", error.message || wordsOf(locale).withdrawn, { part: "label", role: "status" });
    return [told];
  }
}

customElements.define("msif-section", MsifSection);
