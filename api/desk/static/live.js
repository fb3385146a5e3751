// Shows what is found while somebody types. Without this, the button of the form does.
const MILLISECONDS_STILL = 250;
const form = document.querySelector("form[data-live]");
const found = document.getElementById("found");
const said = document.getElementById("said");
let waiting;
let asked = new AbortController();

async function look() {
  asked.abort();
  asked = new AbortController();
  const address = new URL(form.action);
  address.search = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  try {
    const answer = await fetch(address, { signal: asked.signal, redirect: "error" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    found.replaceChildren(...page.getElementById("found").childNodes);
  } catch {
    // A later letter came, or nobody answers: what was found before stays, and the button too.
    return;
  }
  history.replaceState(null, "", address);
  // To be heard, a word has to come into an element that was there.
  said.textContent = found.querySelector("p")?.textContent ?? "";
}

form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(look, MILLISECONDS_STILL);
});
