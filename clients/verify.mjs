// Tells, without trusting the hub, whether a text was approved and is in force. See README.md.
//
//   const trust = await trustFile(pinned, later, now);                  // bytes you pinned; JSON of /v1/trust/2, 3, ...
//   const [register, newSeen] = await readRegister(jws, trust, now, seen); // keep it for the next time; {} at first
//   const text = await document(body, "risks", "fr", register, signOffs, trust); // JSON of /v1/sign-offs/..., a list
//
// What is returned holds. Whatever is wrong, or cannot be read, throws Refused with a code.

export class Refused extends Error {}

const need = (holds, code) => { if (!holds) throw new Refused(code); };
// Any other error is a refusal too, and its cause: a browser without Ed25519, say, has a NotSupportedError.
const refusing = (code, work) => work().catch((cause) => { throw cause instanceof Refused ? cause : new Refused(code, { cause }); });
const json = (bytes) => JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
const bytesOf = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const utf8 = (text) => new TextEncoder().encode(text);
const digest = async (bytes) => hex(await sha256(bytes));

// Of a time as 2026-11-23T09:00:00Z.
const seconds = (time) => { need(/^[-\d]{10}T[:\d]{8}Z$/.test(time) && Date.parse(time), "unreadable"); return Date.parse(time) / 1000; };

const HOW = { ES256: { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" }, Ed25519: { name: "Ed25519" } };

// Authenticators send the two numbers of ECDSA in DER; WebCrypto wants them as 64 bytes.
const numbers = (der) => [der.slice(4, 4 + der[3]), der.slice(6 + der[3])];
const raw = (der) => Uint8Array.from(numbers(der).flatMap((one) => [...new Uint8Array(32), ...one].slice(-32)));

async function requireSigned(key, signature, data) { // the key says how, never the message; another kind is not imported
  const publicKey = await crypto.subtle.importKey("spki", bytesOf(key.spki), HOW[key.alg], false, ["verify"]);
  const verified = crypto.subtle.verify(HOW[key.alg], publicKey, key.alg === "ES256" ? raw(signature) : signature, data);
  if (!(await verified)) throw new Error("signature");
}

async function approvedBy(one, statement, trust, people) {
  const [block, answer] = [bytesOf(one.block), one.credential.response];
  const [client, data] = [bytesOf(answer.clientDataJSON), bytesOf(answer.authenticatorData)];
  const [said, asked, party] = [json(block), json(client), await digest(utf8(trust.rp_id))];
  need(said.kind === "msif.signature/1" && asked.type === "webauthn.get" && people.includes(said.person), "other");
  need(said.statement === (await digest(statement)) && hex(bytesOf(asked.challenge)) === (await digest(block)), "challenge");
  need(trust.origins.includes(asked.origin) && asked.crossOrigin !== true, "origin");
  need(hex(data.slice(0, 32)) === party && (data[32] & 5) === 5, "user"); // there, and verified
  const signed = Uint8Array.from([...data, ...(await sha256(client))]);
  await requireSigned(trust.people[said.person].keys[one.credential.id], bytesOf(answer.signature), signed);
  return said.meaning === "approval" && said.person;
}

async function requireQuorum(statement, signatures, trust, name) {
  const [role, found] = [trust.roles[name], new Set()];
  const counted = signatures.map((one) => approvedBy(one, statement, trust, role.people));
  for (const one of await Promise.allSettled(counted)) if (one.value) found.add(one.value); // what cannot be read: nothing
  need(found.size >= Math.max(1, role.threshold), "quorum"); // people, not keys
}

export const trustFile = (pinned, later, now) => refusing("unreadable", async () => {
  let [body, trust] = [pinned, json(pinned)];
  need(trust.kind === "msif.trust/1" && trust.version === 1, "trust-kind");
  for (const envelope of later) {
    const [old, before] = [trust, await digest(body)];
    [body, trust] = [bytesOf(envelope.statement), json(bytesOf(envelope.statement))];
    need(trust.kind === "msif.trust/1" && trust.version === old.version + 1 && trust.previous === before, "order");
    for (const board of [old, trust]) await requireQuorum(body, envelope.signatures, board, "board");
  }
  need(seconds(now) < seconds(trust.expires), "trust-expired");
  return { ...trust, sha256: await digest(body) };
});

export const readRegister = (jws, trust, now, seen) => refusing("unreadable", async () => {
  const [head, payload, signature] = jws.split(".");
  const [{ kid, typ }, told, sent] = [json(bytesOf(head)), json(bytesOf(payload)), bytesOf(signature)];
  await refusing("register-key", async () => requireSigned(trust.registrars[kid], sent, utf8(`${head}.${payload}`)));
  need(typ === "msif-register+jws" && told.kind === "msif.register/1" && told.trust === trust.version, "register-trust");
  need(seconds(now) < seconds(told.expires), "register-expired");
  need(seconds(told.expires) - seconds(told.issued) <= 72 * 3600, "register-expires");
  need(seen.trust !== trust.version || told.seq >= seen.seq, "register-older");
  const there = told.entries.map((one) => [`${one.section}/${one.locale}`, one.version]);
  need(there.every(([place, version]) => version >= (seen.versions?.[place] ?? 0)), "version-older");
  return [told, { trust: trust.version, seq: told.seq, versions: { ...seen.versions, ...Object.fromEntries(there) } }];
});

// `named`: which sign-off has to be the one for this text, for its source and so on; null: any.
async function signedOff(sha, named, signOffs, trust) {
  const found = [];
  for (const one of named.length ? signOffs : []) {
    if (named[0] !== null && named[0] !== (await digest(bytesOf(one.statement)))) continue;
    for (const item of json(bytesOf(one.statement)).items) if (item.sha256 === sha) found.push([one, item]);
  }
  need(found.length, "not-signed-off");
  const [[one, item], statement] = [found[0], bytesOf(found[0][0].statement)];
  const [told, role] = [json(statement), item.source ? `language-reviewer:${item.locale}` : "board"];
  need(told.kind === "msif.sign-off/1" && ["board", role].includes(told.role), "role");
  if (!trust.honours.includes(await digest(statement))) {
    need(told.trust.version === trust.version && told.trust.sha256 === trust.sha256, "other-trust");
    await requireQuorum(statement, one.signatures, trust, told.role);
  }
  if (item.source) await signedOff(item.source, named.slice(1), signOffs, trust);
  return item;
}

export const document = (body, section, locale, register, signOffs, trust) => refusing("unreadable", async () => {
  const isHere = (one) => one.section === section && one.locale === locale;
  const here = register.entries.filter(isHere);
  need(here.length === 1, register.scope === "all" ? "not-in-force" : "unknown-here");
  const [entry, source] = [here[0], here[0].source ?? { sha256: null, sign_off: null }];
  need(["current", "outdated", "review-due"].includes(entry.state), "withdrawn");
  need((await digest(body)) === entry.sha256, "bytes-changed");
  const item = await signedOff(entry.sha256, [entry.sign_off, source.sign_off, null, null], signOffs, trust);
  const [text, fits] = [json(body), (one) => isHere(one) && one.version === entry.version];
  need(text.kind === "msif.section/1" && fits(text) && fits(item), "other-place");
  need((text.translation_of?.sha256 ?? null) === item.source && item.source === source.sha256, "other-source");
  return text;
});
