// Asks the hub. The secret of the link goes along as a header, is kept in memory alone, and is sent
// to nobody else: what everybody may read is asked for without it.

import { hex, read, sha256 } from "./bytes.js";

const PRIVATE = "/v1/editing/";
//: Requests at a time.
const AT_ONCE = 6;
let secret = "";

// The hub said no; `code` tells why.
export class Refused extends Error {
  constructor(code, detail) {
    super(detail);
    this.code = code;
  }
}

// The bytes are not what their digest says. Nothing may be signed any more.
export class Tampered extends Error {}

// Takes the secret from behind the # and out of the address bar; whether there was one.
export function takeSecret() {
  secret = location.hash.slice(1);
  history.replaceState(null, "", location.pathname + location.search);
  // Somebody who opens a link in this very tab again means it.
  addEventListener("hashchange", () => location.reload());
  return secret !== "";
}

async function answered(path, more = {}) {
  const headers = { ...more.headers };
  if (path.startsWith(PRIVATE)) headers.Authorization = `Bearer ${secret}`;
  const answer = await fetch(path, {
    cache: "no-store", credentials: "omit", redirect: "error", ...more, headers,
  });
  if (answer.ok) return answer;
  const told = await answer.json().catch(() => ({}));
  throw new Refused(told.code ?? `http-${answer.status}`, told.detail ?? answer.statusText);
}

export const get = async (path) => (await answered(path)).json();

export const post = async (path, body) =>
  (await answered(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  })).json();

// The bytes at an address. Raises Tampered unless they have this digest.
export async function bytesOf(path, digest) {
  const buffer = await (await answered(path)).arrayBuffer();
  await requireDigest(buffer, digest);
  return buffer;
}

export async function requireDigest(buffer, digest) {
  if (hex(await sha256(buffer)) !== digest) throw new Tampered(digest);
}

export const documentOf = async (path, digest) => read(await bytesOf(path, digest));

// `work` for each, a few at a time.
export async function each(list, work) {
  const waiting = list.entries();
  const worker = async () => {
    for (const [place, one] of waiting) await work(one, place);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
