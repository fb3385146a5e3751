// node run.mjs: every case against verify.mjs. Ends with 1 where one of them comes out otherwise.
import { readFileSync } from "node:fs";
import { document, readRegister, Refused, trustFile } from "../verify.mjs";

const { cases } = JSON.parse(readFileSync(new URL("cases.json", import.meta.url)));
const bytes = (text) => new Uint8Array(Buffer.from(text, "base64url"));

async function outcome(one) {
  try {
    const trust = await trustFile(bytes(one.pinned), one.later, one.now);
    const [register] = await readRegister(one.register, trust, one.now, one.seen);
    await document(bytes(one.document), one.section, one.locale, register, one.sign_offs, trust);
    return "accepted";
  } catch (error) {
    return error instanceof Refused ? error.message : `no Refused: ${error}`;
  }
}

let wrong = 0;
for (const one of cases) {
  const came = await outcome(one);
  if (came === one.expect) continue;
  wrong += 1;
  console.log(`${one.name}: ${came}, not ${one.expect}`);
}
console.log(`${cases.length} cases, ${wrong} wrong`);
process.exitCode = wrong ? 1 : 0;
