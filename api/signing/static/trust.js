// The page of a trust file that waits: what it changes, from bytes that were hashed here, and signed.

import { hex, read, read64, sha256 } from "./bytes.js";
import { compareClocks, open, refused, tell } from "./decision.js";
import { requireDigest, Tampered } from "./hub.js";
import { element } from "./marks.js";
import { begin, introduce } from "./opening.js";
import { day, moment, named, roleName, say } from "./phrases.js";

const found = (id) => document.getElementById(id);
const digest = location.pathname.split("/").at(-1);
const path = `/v1/editing/trust/${digest}`;
//: Digits of a key that people compare by telephone.
const DIGITS = 16;

async function number(spki) {
  const raw = Uint8Array.from(atob(spki), (sign) => sign.charCodeAt(0));
  return hex(await sha256(raw)).slice(0, DIGITS).replace(/(.{4})(?=.)/g, "$1 ");
}

// The file that holds now, as bytes: the first is bare, each later one in an envelope.
async function holding(previous) {
  const answer = await fetch("/v1/trust", { cache: "no-store", credentials: "omit" });
  const buffer = await answer.arrayBuffer();
  const told = read(buffer);
  const bytes = told.kind ? buffer : read64(told.statement);
  await requireDigest(bytes, previous);
  return read(bytes);
}

async function keys(person) {
  const told = await Promise.all(Object.values(person.keys).map((key) => number(key.spki)));
  return told.sort();
}

// People who come, go, or are not what they were.
async function people(now, was) {
  const lines = [];
  for (const id of [...new Set([...Object.keys(now), ...Object.keys(was)])].sort()) {
    const [after, before] = [now[id], was[id]];
    if (JSON.stringify(after) === JSON.stringify(before)) continue;
    const one = after ?? before;
    const gaps = { name: one.name, organisation: one.organisation, person: id };
    const what = before ? (after ? "person-changed" : "person-gone") : "person-new";
    const [old, young] = [before ? await keys(before) : [], after ? await keys(after) : []];
    const listed = [
      ...young.filter((key) => !old.includes(key)).map((key) => say("key-new", { key })),
      ...old.filter((key) => !young.includes(key)).map((key) => say("key-gone", { key })),
      ...young.filter((key) => old.includes(key)).map((key) => say("key-same", { key })),
    ];
    if (before && after && before.name !== after.name) {
      listed.unshift(say("person-was", { name: before.name, organisation: before.organisation }));
    }
    lines.push([say(what, gaps), listed]);
  }
  return lines;
}

function roles(now, was, names) {
  const counted = (role) => role
    ? say("role-count", { n: role.threshold, all: role.people.length, people: role.people.map(names).join(", ") })
    : say("role-none");
  return [...new Set([...Object.keys(now), ...Object.keys(was)])].sort()
    .filter((role) => JSON.stringify(now[role]) !== JSON.stringify(was[role]))
    .map((role) => [say("role", { role: roleName(role) }), [
      say("before", { value: counted(was[role]) }), say("after", { value: counted(now[role]) }),
    ]]);
}

async function registrars(now, was) {
  const lines = [];
  for (const id of [...new Set([...Object.keys(now), ...Object.keys(was)])].sort()) {
    if (now[id]?.spki === was[id]?.spki && now[id]?.alg === was[id]?.alg) continue;
    if (was[id]) lines.push([say("registrar-gone", { id, key: await number(was[id].spki) }), []]);
    if (now[id]) lines.push([say("registrar-new", { id, key: await number(now[id].spki) }), []]);
  }
  return lines;
}

function honours(now, was) {
  const gone = was.filter((one) => !now.includes(one));
  const come = now.filter((one) => !was.includes(one));
  return [[say("honours", { n: now.length, come: come.length, gone: gone.length }),
    gone.map((one) => say("honour-gone", { digest: one.slice(0, 12) }))]];
}

function rest(now, was) {
  const lines = [];
  for (const name of ["rp_id", "origins", "log"]) {
    const [before, after] = [was[name], now[name]].map((one) =>
      one === null || one === undefined ? say("nothing") : typeof one === "string" ? one
        : Array.isArray(one) ? one.join(", ") : Object.values(one).join(" "));
    if (before !== after) {
      lines.push([say(`trust-${name}`), [say("before", { value: before }), say("after", { value: after })]]);
    }
  }
  lines.push([say("expires", { day: day(now.expires), before: day(was.expires) }), []]);
  return lines;
}

function section(title, lines) {
  const shown = lines.length ? lines : [[say("unchanged"), []]];
  return [element("h3", say(title)), element("ul", shown.map(([line, below]) => element("li", [
    line, ...(below.length ? [element("ul", below.map((one) => element("li", one)))] : []),
  ])))];
}

async function changes(now, was) {
  const names = (id) => (now.people[id] ?? was.people[id])?.name ?? id;
  return [
    ...section("people", await people(now.people, was.people)),
    ...section("roles", roles(now.roles, was.roles, names)),
    ...section("registrars", await registrars(now.registrars, was.registrars)),
    ...section("standing", honours(now.honours, was.honours)),
    ...section("rest", rest(now, was)),
  ];
}

const state = (told) => say("trust-count", {
  n: told.signatures.length, state: named("trust-state", told.state),
});

async function show(told, file) {
  if (file.kind !== "msif.trust/1") throw new Tampered(digest);
  const { signing } = told;
  const what = say("trust", { version: file.version, time: moment(file.created) });
  await introduce(digest, signing.name, what, state(told));
  if (signing.obstacle) return tell(refused(signing.obstacle.code, signing.obstacle.detail));
  found("changes-list").append(...(await changes(file, await holding(file.previous))));
  found("changes").hidden = false;
  compareClocks(signing.now);
  open(path, digest, state);
}

begin(path, digest, show);
