// Fetches what proves this text, and verifies it here, by the functions that member sites run.

const page = document.getElementById("check");
const words = page.dataset;
const { section, locale } = words;
// Texts that one can follow, one after the other: more is somebody's mistake.
const LINKS_MAX = 5;

class Unsupported extends Error {}
class Unreachable extends Error {}
class Newer extends Error {}

// What is served now is verified, not what this browser kept.
async function get(path) {
  const answer = await fetch(path, { cache: "no-store", credentials: "omit" }).catch(() => null);
  if (answer?.status === 503) {
    // The hub has found out itself that nobody signed what it has: that is a refusal.
    const { code } = await answer.json().catch(() => ({}));
    if (code === "not-signed-off") throw new Error(code);
  }
  if (!answer?.ok) throw new Unreachable(path);
  return answer;
}
const getJson = async (path) => (await get(path)).json();
const getBytes = async (path) => new Uint8Array(await (await get(path)).arrayBuffer());

const bytesOf = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const inside = (text) => JSON.parse(new TextDecoder().decode(bytesOf(text)));
async function digest(bytes) {
  const made = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(made, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const day = (stamp) =>
  new Intl.DateTimeFormat(words.dates, { dateStyle: "long", timeZone: "UTC" }).format(new Date(stamp));
const language = (tag) => new Intl.DisplayNames(words.dates, { type: "language" }).of(tag);
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

function tell(kind, ...parts) {
  const result = document.getElementById("result");
  result.hidden = false;
  result.className = `status ${kind}`;
  result.querySelector(".mark").textContent = { good: "✓", bad: "✕", warn: "!", busy: "…" }[kind];
  document.getElementById("summary").replaceChildren(...parts);
}

function step(text, ...more) {
  const line = document.createElement("li");
  line.append(text, ...more);
  const list = document.getElementById("steps");
  list.append(line);
  list.hidden = false;
}

async function readTrust(trustFile, now) {
  const newest = await getJson("/v1/trust");
  const { version } = newest.statement ? inside(newest.statement) : newest;
  const pinned = await getBytes("/v1/trust/1");
  document.getElementById("pin").textContent = await digest(pinned);
  document.getElementById("pinned").hidden = false;
  const later = [];
  for (let number = 2; number <= version; number += 1) later.push(await getJson(`/v1/trust/${number}`));
  return trustFile(pinned, later, now);
}

// The sign-offs of this text and of everything that it follows, nearest first. Where they are found is
// the hub's word; whether they are right is for `document` to say.
async function approvals(entry) {
  const found = [];
  let next = entry;
  while (next && found.length < LINKS_MAX) {
    const { sha256, sign_off: name } = next;
    const signed = await getJson(`/v1/sign-offs/${name}`);
    const told = inside(signed.statement);
    const item = told.items.find((one) => one.sha256 === sha256);
    found.push({ name, signed, told, item });
    if (!item?.source) break;
    next = found.length === 1 ? entry.source : await above(sha256, item.source);
  }
  return found;
}

async function above(sha256, source) {
  const { translation_of: named } = await getJson(`/v1/content/${sha256}`);
  const { versions } = await getJson(`/v1/sections/${section}/${named.locale}/versions`);
  return versions.find((one) => one.sha256 === source);
}

// Names of the people whose signature counts: each is left alone, and has to be enough for one.
async function signers(link, verified, trust) {
  const role = { ...trust.roles[link.told.role], threshold: 1 };
  const lowered = { ...trust, roles: { ...trust.roles, [link.told.role]: role } };
  const found = new Set();
  for (const one of link.signed.signatures) {
    const alone = verified.links.map((other) =>
      other.name === link.name ? { ...other.signed, signatures: [one] } : other.signed);
    const counts = await verified.by(alone, lowered).then(() => true, () => false);
    if (counts) found.add(inside(one.block).person);
  }
  return [...found].map((person) => trust.people[person].name);
}

async function tellApproval(link, verified, trust) {
  const id = link.told.id;
  if (trust.honours.includes(link.name)) return step(filled(words.honoured, { id }));
  const names = await signers(link, verified, trust);
  const needed = Math.max(1, trust.roles[link.told.role].threshold);
  const said = link === verified.links[0] ? words.approval : words.source;
  const values = { id, needed, have: names.length, language: language(link.item.locale) };
  return step(filled(said, { ...values, names: names.join(", ") }));
}

// A verifier refuses what it cannot verify; that a browser lacks an algorithm says nothing of the text.
async function requireSupport() {
  try {
    await crypto.subtle.generateKey({ name: "Ed25519" }, false, ["sign", "verify"]);
  } catch {
    throw new Unsupported();
  }
}

async function check() {
  await requireSupport();
  const { document: readDocument, readRegister, trustFile } = await import("/proof/verify.mjs")
    .catch(() => { throw new Unreachable(); });
  const now = `${new Date().toISOString().slice(0, 19)}Z`;

  const trust = await readTrust(trustFile, now);
  step(filled(words.trust, { version: trust.version, date: day(trust.expires) }));

  const place = new URLSearchParams({ section, locale });
  const [register] = await readRegister(await (await get(`/v1/register?${place}`)).text(), trust, now, {});
  const entry = register.entries.find((one) => one.section === section && one.locale === locale);
  if (!entry || entry.state === "withdrawn") {
    await readDocument(new Uint8Array(), section, locale, register, [], trust); // says why not
  }
  const state = page.getAttribute(`data-${entry.state}`) ?? "";
  step(filled(words.register, { version: entry.version, date: day(register.expires) }), " ", state);
  if (entry.sha256 !== words.sha256) throw new Newer();

  const body = await getBytes(`/v1/content/${entry.sha256}`);
  const links = await approvals(entry);
  const by = (signOffs, trusted) => readDocument(body, section, locale, register, signOffs, trusted);
  await by(links.map((one) => one.signed), trust);
  step(filled(words.bytes, { size: body.length }));
  for (const link of links) await tellApproval(link, { links, by }, trust);
}

function tellFailure(error) {
  if (error instanceof Unreachable) return tell("warn", words.failed);
  if (error instanceof Newer) return tell("warn", words.newer);
  if (error instanceof Unsupported) return tell("warn", words.unsupported);
  // What the hub says of the text counts no more, and would contradict this.
  document.getElementById("standing").hidden = true;
  const code = document.createElement("code");
  code.textContent = error.message;
  return tell("bad", words.refused, " ", words.code, " ", code);
}

document.getElementById("before").hidden = true;
tell("busy", words.working);
check().then(() => tell("good", words.verified), tellFailure);
