// Registers a passkey for whoever opened an invitation link. The secret stands behind the #, so that
// no server on the way, and no log, ever sees it in an address.

import { read64, write64 } from "./bytes.js";

const page = document.getElementById("page");
const status = document.getElementById("status");
const form = document.getElementById("form");
const button = document.getElementById("register");
const secret = location.hash.slice(1);

class Refused extends Error {}

async function ask(path, body) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ invitation: secret, ...body }),
    credentials: "omit",
  });
  const told = await answer.json();
  if (answer.ok) return told;
  const known = { "invitation-unknown": "unknown", "already-there": "known" }[told.code];
  throw new Refused(known ? page.dataset[known] : `${page.dataset.failed} ${told.detail}`);
}

function say(message) {
  status.textContent = message;
  status.className = message ? "error" : "";
}

// As PublicKeyCredential.parseCreationOptionsFromJSON and toJSON do, which not every phone has yet.
const asked = (options) => ({
  ...options,
  challenge: read64(options.challenge),
  user: { ...options.user, id: read64(options.user.id) },
  excludeCredentials: options.excludeCredentials.map((one) => ({ ...one, id: read64(one.id) })),
});
const sent = (made) => ({
  id: made.id,
  rawId: write64(made.rawId),
  type: made.type,
  response: {
    clientDataJSON: write64(made.response.clientDataJSON),
    attestationObject: write64(made.response.attestationObject),
  },
});

async function register(event) {
  event.preventDefault();
  button.disabled = true;
  say("");
  try {
    const { publicKey } = await ask("/v1/passkeys/options", {});
    const made = await navigator.credentials.create({ publicKey: asked(publicKey) });
    const label = form.elements.label.value;
    show(await ask("/v1/passkeys", { label, credential: sent(made) }));
  } catch (error) {
    if (error instanceof Refused) say(error.message);
    else if (error.name === "InvalidStateError") say(page.dataset.known);
    else if (error.name === "NotAllowedError") say(page.dataset.stopped);
    else say(`${page.dataset.failed} ${error.message}`);
  } finally {
    button.disabled = false;
  }
}

function show(registered) {
  form.hidden = true;
  document.getElementById("done").hidden = false;
  document.getElementById("fingerprint").textContent = registered.fingerprint;
  document.getElementById(registered.keys_left ? "second" : "last").hidden = false;
  document.getElementById("done-title").focus();
}

async function begin() {
  if (!secret) return say(page.dataset.noLink);
  if (!navigator.credentials?.create || !window.PublicKeyCredential) {
    return say(page.dataset.unsupported);
  }
  try {
    const { name } = await ask("/v1/passkeys/options", {});
    document.getElementById("name").textContent = name;
    form.hidden = false;
  } catch (error) {
    say(error instanceof Refused ? error.message : `${page.dataset.failed} ${error.message}`);
  }
}

form.addEventListener("submit", register);
begin();
