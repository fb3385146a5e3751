// Asks the browser for a passkey, puts what it answers into the form, and sends that.

import { read64, write64 } from "/signing/bytes.js";

// As PublicKeyCredential.parseRequestOptionsFromJSON and toJSON do, which not every phone has yet.
const asked = (options) => ({
  ...options,
  challenge: read64(options.challenge),
  allowCredentials: options.allowCredentials.map((one) => ({ ...one, id: read64(one.id) })),
});
const written = (bytes) => (bytes ? write64(bytes) : null);
const told = ({ id, rawId, type, response }) => ({
  id,
  rawId: write64(rawId),
  type,
  response: {
    clientDataJSON: write64(response.clientDataJSON),
    authenticatorData: write64(response.authenticatorData),
    signature: write64(response.signature),
    userHandle: written(response.userHandle),
  },
});

async function answerOf(form) {
  const answer = await fetch(form.dataset.options, { method: "POST" });
  if (!answer.ok || answer.redirected) throw new Error(answer.status);
  const publicKey = asked(await answer.json());
  return told(await navigator.credentials.get({ publicKey }));
}

function prepare(form) {
  const button = form.querySelector("[data-passkey]");
  const said = form.querySelector("[data-said]");
  const say = (words) => {
    said.textContent = words;
    said.hidden = !words;
  };
  if (!navigator.credentials?.get || !window.PublicKeyCredential) return say(form.dataset.unable);
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    say("");
    try {
      form.querySelector("[data-answer]").value = JSON.stringify(await answerOf(form));
      form.submit();
    } catch (error) {
      say(error.name === "NotAllowedError" ? form.dataset.stopped : form.dataset.failed);
      button.disabled = false;
    }
  });
}

document.querySelectorAll("form[data-options]").forEach(prepare);
