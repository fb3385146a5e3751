// Tells, without trusting the hub, whether a text was approved and is in force. See README.md.
//
//   const trust = await trustFile(pinned, later, now);                  // bytes you pinned; JSON of /v1/trust/2, 3, ...
//   const [register, newSeen] = await readRegister(jws, trust, now, seen); // keep it for the next time; {} at first
//   const text = await document(body, "risks", "fr", register, signOffs, trust); // JSON of /v1/sign-offs/..., a list
//
// What is returned holds. Whatever is wrong throws: Refused with a code, or another error where it cannot be read.

export class Refused extends Error {}

const need = (holds, code) => { if (!holds) throw new Refused(code); };
const json = (bytes) => JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
const bytesOf = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const digest = async (bytes) => hex(await sha256(typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes));

const HOW = { ES256: { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" }, Ed25519: { name: "Ed25519" } };

// Authenticators send the two numbers of ECDSA in DER; WebCrypto wants them as 64 bytes.
const numbers = (der) => [der.slice(4, 4 + der[3]), der.slice(6 + der[3])];
const raw = (der) => Uint8Array.from(numbers(der).flatMap((one) => [...new Uint8Array(32), ...one].slice(-32)));

async function requireSigned(key, signature, data) { // the key says how, never the message
  const publicKey = await crypto.subtle.importKey("spki", bytesOf(key.spki), HOW[key.alg], false, ["verify"]);
  if (key.alg === "ES256") signature = raw(signature);
  need(await crypto.subtle.verify(HOW[key.alg], publicKey, signature, data), "signature");
}

async function approvedBy(one, statement, trust, people) {
  const [block, answer] = [bytesOf(one.block), one.credential.response];
  const [client, data] = [bytesOf(answer.clientDataJSON), bytesOf(answer.authenticatorData)];
  const [said, asked, party] = [json(block), json(client), await digest(trust.rp_id)];
  need(said.kind === "msif.signature/1" && said.meaning === "approval" && people.includes(said.person), "meaning");
  need(said.statement === (await digest(statement)), "other");
  need(asked.type === "webauthn.get" && hex(bytesOf(asked.challenge)) === (await digest(block)), "challenge");
  need(trust.origins.includes(asked.origin) && asked.crossOrigin !== true, "origin");
  need(hex(data.slice(0, 32)) === party && (data[32] & 5) === 5, "user"); // there, and verified
  const signed = Uint8Array.from([...data, ...(await sha256(client))]);
  await requireSigned(trust.people[said.person].keys[one.credential.id], bytesOf(answer.signature), signed);
  return said.person;
}

async function requireQuorum(statement, signatures, trust, name) {
  const [role, found] = [trust.roles[name], new Set()];
  const counted = signatures.map((one) => approvedBy(one, statement, trust, role.people));
  for (const one of await Promise.allSettled(counted)) if (one.value) found.add(one.value); // what cannot be read: nothing
  need(found.size >= Math.max(1, role.threshold), "quorum"); // people, not keys
}

export async function trustFile(pinned, later, now) {
  let [body, trust] = [pinned, json(pinned)];
  need(trust.kind === "msif.trust/1" && trust.version === 1, "trust-kind");
  for (const envelope of later) {
    const [old, before] = [trust, await digest(body)];
    [body, trust] = [bytesOf(envelope.statement), json(bytesOf(envelope.statement))];
    need(trust.kind === "msif.trust/1" && trust.version === old.version + 1 && trust.previous === before, "order");
    for (const board of [old, trust]) await requireQuorum(body, envelope.signatures, board, "board");
  }
  need(now < trust.expires, "trust-expired");
  return { ...trust, sha256: await digest(body) };
}

export async function readRegister(jws, trust, now, seen) {
  const [head, payload, signature] = jws.split(".");
  const [{ kid, typ }, told] = [json(bytesOf(head)), json(bytesOf(payload))];
  need(trust.registrars[kid] && typ === "msif-register+jws", "register-key");
  await requireSigned(trust.registrars[kid], bytesOf(signature), new TextEncoder().encode(`${head}.${payload}`));
  need(told.kind === "msif.register/1" && told.trust === trust.version, "register-trust");
  need(now < told.expires, "register-expired");
  need(seen.trust !== trust.version || told.seq >= seen.seq, "register-older");
  const there = told.entries.map((one) => [`${one.section}/${one.locale}`, one.version]);
  need(there.every(([place, version]) => version >= (seen.versions?.[place] ?? 0)), "version-older");
  return [told, { trust: trust.version, seq: told.seq, versions: { ...seen.versions, ...Object.fromEntries(there) } }];
}

async function signedOff(sha, signOffs, trust, depth = 4) {
  const listed = signOffs.map((one) => ({ ...json(bytesOf(one.statement)), one, bytes: bytesOf(one.statement) }));
  const found = listed.flatMap((told) => told.items.map((item) => [told, item])).find(([, item]) => item.sha256 === sha);
  need(found && depth, "not-signed-off");
  const [[told, item], role] = [found, found[1].source ? `language-reviewer:${found[1].locale}` : "board"];
  need(told.kind === "msif.sign-off/1" && ["board", role].includes(told.role), "role");
  if (!trust.honours.includes(await digest(told.bytes))) {
    need(told.trust.version === trust.version && told.trust.sha256 === trust.sha256, "other-trust");
    await requireQuorum(told.bytes, told.one.signatures, trust, told.role);
  }
  if (item.source) await signedOff(item.source, signOffs, trust, depth - 1);
  return item;
}

export async function document(body, section, locale, register, signOffs, trust) {
  const place = register.entries.filter((one) => one.section === section && one.locale === locale);
  need(place.length === 1, "not-in-force");
  need(["current", "outdated", "review-due"].includes(place[0].state), "withdrawn");
  need((await digest(body)) === place[0].sha256, "bytes-changed");
  const [text, item] = [json(body), await signedOff(place[0].sha256, signOffs, trust)];
  const named = ({ version, ...one }) => one.section === section && one.locale === locale && version === place[0].version;
  need(text.kind === "msif.section/1" && named(text) && named(item), "other-place");
  need((text.translation_of?.sha256 ?? null) === item.source, "other-source");
  return text;
}
