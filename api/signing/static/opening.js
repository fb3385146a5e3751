// How a page to sign opens: with the secret of its link, and bytes that were hashed here.

import { read, read64 } from "./bytes.js";
import { stop, tell } from "./decision.js";
import { get, requireDigest, takeSecret } from "./hub.js";
import { say } from "./phrases.js";
import { wordsOf } from "./words.js";

const found = (id) => document.getElementById(id);

// `show` is given what the hub tells at the path, and the thing itself, read from the hashed bytes.
export async function begin(path, digest, show) {
  if (!takeSecret()) return tell(say("no-link"));
  if (!window.PublicKeyCredential || !navigator.credentials?.get) return tell(say("unsupported"));
  try {
    const told = await get(path);
    const bytes = read64(told.body);
    await requireDigest(bytes, digest);
    await show(told, read(bytes));
  } catch (error) {
    stop(error);
  }
}

// Who signs, what it is, how far it is, and its six words.
export async function introduce(digest, person, what, state) {
  found("person").textContent = person;
  found("named").textContent = what;
  found("state").textContent = state;
  found("words").textContent = await wordsOf(digest);
  found("about").hidden = false;
  tell("");
}
