// The editor of translations: checks while somebody types, and keys. Everything works without it.
const form = document.querySelector("form.texts");
const fields = [...form.querySelectorAll("textarea[name=target]")];
const said = form.querySelector("[data-unsaved]");
const MILLISECONDS_STILL = 600;
const waiting = new Map();
const asked = new Map();
let sending = false;

const unitOf = (field) => field.id.slice(2);
const isTouched = () =>
  [...form.querySelectorAll("textarea, input[type=checkbox]")].some((one) =>
    one.type === "checkbox" ? one.checked !== one.defaultChecked : one.value !== one.defaultValue,
  );

// What the hub would say of a text; the last question counts.
async function check(field) {
  const unit = unitOf(field);
  const turn = (asked.get(unit) ?? 0) + 1;
  asked.set(unit, turn);
  try {
    const answer = await fetch(form.dataset.check, {
      method: "POST",
      body: new URLSearchParams({ unit, target: field.value }),
      redirect: "error",
    });
    if (answer.ok && asked.get(unit) === turn) {
      document.getElementById(`f-${unit}`).innerHTML = await answer.text();
    }
  } catch {
    // Nobody answers: the checks say it when the text is saved.
  }
}

function typed(field) {
  clearTimeout(waiting.get(field));
  waiting.set(field, setTimeout(check, MILLISECONDS_STILL, field));
  tell();
}

function tell() {
  if (said) said.textContent = isTouched() ? said.dataset.unsaved : "";
}

function move(from, step) {
  const field = fields[fields.indexOf(from) + step];
  if (!field) return;
  field.focus();
  field.closest("fieldset").scrollIntoView({ block: "nearest" });
}

function save(field) {
  const next = fields[fields.indexOf(field) + 1] ?? field;
  form.elements.at.value = unitOf(next);
  form.requestSubmit(form.querySelector(".saving button"));
}

form.addEventListener("input", (event) => {
  if (fields.includes(event.target)) typed(event.target);
  else tell();
});

form.addEventListener("keydown", (event) => {
  if (event.isComposing || !fields.includes(event.target)) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    save(event.target);
  } else if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    move(event.target, event.key === "ArrowDown" ? 1 : -1);
  }
});

for (const button of form.querySelectorAll("button.use")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const field = button.closest("fieldset").querySelector("textarea");
    field.value = button.dataset.words;
    field.focus();
    typed(field);
  });
}

form.addEventListener("submit", () => {
  sending = true;
});

window.addEventListener("pageshow", () => {
  sending = false;
});

window.addEventListener("beforeunload", (event) => {
  if (!sending && isTouched()) event.preventDefault();
});

// An address that names a text leaves the field of it to us: `autofocus` does not count there, and
// the browser goes to the text itself once the page is there.
window.addEventListener("load", () => {
  const named = document.getElementById(location.hash.slice(1));
  setTimeout(() => named?.querySelector("textarea")?.focus());
});
