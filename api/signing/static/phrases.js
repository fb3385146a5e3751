// What the page says: in its template, in the reader's language, with gaps to be filled in.

const told = new Map();
for (const one of document.getElementById("phrases").content.children) {
  told.set(one.dataset.key, one.textContent);
}

export const language = document.documentElement.lang;

export function say(key, gaps = {}) {
  if (!told.has(key)) throw new Error(`There is no phrase ${key}.`);
  return told.get(key).replace(/\{(\w+)\}/g, (_, name) => gaps[name]);
}

// A word of the hub's in the reader's language; one that the page does not know stays as it is.
export const named = (group, word) => (told.has(`${group}-${word}`) ? say(`${group}-${word}`) : word);

export const moment = (stamp) =>
  new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" }).format(new Date(stamp));

export const day = (stamp) =>
  new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" }).format(new Date(stamp));

export const languageName = (tag) => new Intl.DisplayNames([language], { type: "language" }).of(tag);

// `board`, or `language-reviewer:fr`, as people call it.
export function roleName(role) {
  const [name, tag] = role.split(":");
  return tag ? say(`role-${name}`, { language: languageName(tag) }) : named("role", name);
}
