// What somebody decides: their word, their interests, one touch, and what became of it.

import { blockOf, signed } from "./key.js";
import { get, post, Refused, Tampered } from "./hub.js";
import { moment, say } from "./phrases.js";
import { Strange } from "./text.js";

//: Seconds that a device's clock may be off before the page says so.
const OFF_MAX = 15 * 60;
const HOUR = 3_600_000;
const found = (id) => document.getElementById(id);
const form = found("decision");
let stopped = false;

// Why it did not work, in plain words. `code` of the hub, or the kind of the browser's error.
export function reason(error) {
  if (error instanceof Tampered) return say("tampered", { digest: error.message.slice(0, 12) });
  if (error instanceof Strange) return say("strange");
  if (error instanceof Refused) return refused(error.code, error.message);
  if (error.name === "NotAllowedError") return say("cancelled");
  if (error.name === "SecurityError") return say("other-address");
  if (error instanceof TypeError && /fetch|network|load/i.test(error.message)) return say("offline");
  return say("failed", { detail: error.message });
}

const KNOWN = {
  "token-unknown": "link-dead", "token-expired": "link-dead", "token-missing": "link-dead",
  "state-has-moved": "closed", "role-missing": "not-named", "scope-missing": "not-named",
  "four-eyes": "four-eyes", "already-there": "already", "trust-missing": "no-trust",
  "trust-broken": "no-trust", "signature-refused": "key-refused", "block-malformed": "too-late",
  "interests-missing": "interests-missing", "comment-missing": "reason-missing",
  "statement-not-found": "not-there", "trust-file-not-found": "not-there",
};

export const refused = (code, detail) =>
  code in KNOWN ? say(KNOWN[code]) : say("failed", { detail });

export function tell(message) {
  found("status").textContent = message;
  found("status").className = message ? "error" : "";
}

// From here on nothing can be signed on this page.
export function stop(error) {
  stopped = true;
  form.hidden = true;
  tell(`${reason(error)} ${say("stopped")}`);
  found("status").focus();
}

// Says so where the device's clock and the hub's are far apart.
export function compareClocks(now) {
  const off = Math.abs(Date.now() - new Date(now));
  found("clock").hidden = off <= OFF_MAX * 1000;
  found("clock").textContent = say("clock", { hours: Math.max(1, Math.round(off / HOUR)), time: moment(now) });
}

// Lets the person decide. `path` is of the thing, `show` says what became of it.
export function open(path, digest, show) {
  if (stopped) return;
  form.hidden = false;
  const none = found("none");
  none?.addEventListener("click", () => {
    form.elements.interests.value = none.dataset.text;
    form.elements.interests.focus();
  });
  for (const one of form.querySelectorAll("[name=meaning]")) {
    one.addEventListener("change", () => {
      const no = form.elements.meaning.value === "rejection";
      found("why").hidden = !no;
      form.elements.comment.required = no;
    });
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = found("sign");
    button.disabled = true;
    found("error").textContent = "";
    try {
      await sign(path, digest, show);
    } catch (error) {
      found("error").textContent = reason(error);
      found("error").focus();
    } finally {
      button.disabled = false;
    }
  });
}

async function sign(path, digest, show) {
  const { signing } = await get(path);
  if (signing.obstacle) throw new Refused(signing.obstacle.code, signing.obstacle.detail);
  compareClocks(signing.now);
  const meaning = form.elements.meaning.value;
  const block = blockOf(digest, signing, meaning, form.elements.interests.value.trim());
  const said = await signed(block, signing);
  if (stopped) return;
  const comment = meaning === "rejection" ? form.elements.comment.value.trim() : undefined;
  const told = await post(`${path}/signatures`, comment ? { ...said, comment } : said);
  form.hidden = true;
  found("done").hidden = false;
  found("record").textContent = say("record", {
    meaning: say(`meaning-${meaning}`), person: signing.name, time: moment(signing.now),
  });
  found("outcome").textContent = found("state").textContent = show(told);
  found("done-title").focus();
}
