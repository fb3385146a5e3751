// What changed, word by word and block by block, as content/records/diff.py and word_diff.py tell
// it; here it is computed in the page, from the bytes that the page has hashed. Pure.

const SPACE = "[\\u00a0\\u202f]";
const SIGN_OF_A_WORD = "[\\p{L}\\p{M}\\p{N}_]";
const NUMBER = `\\p{Nd}+(?:(?:[.,:/'’]|${SPACE})\\p{Nd}+)*`;
const WORD = `(?:${NUMBER}${SIGN_OF_A_WORD}*|${SIGN_OF_A_WORD}+)`;
const JOINED = `${WORD}(?:[-‐‑–−/'’]${WORD})*`;
// Signs that change what the number behind them means.
const SIGN = `(?:(?<!${SIGN_OF_A_WORD})[-−+±]|[<>≤≥=]\\s?)(?=\\p{Nd})`;
const PER_CENT = "(?:[ \\u00a0\\u202f]?[%‰])?";
const PIECE = new RegExp(`(?:${SIGN})?${JOINED}${PER_CENT}|\\s+|.`, "gsu");
const NUMBERS = new RegExp(`(?:${SIGN})?${NUMBER}${PER_CENT}`, "gsu");
const NEGATIONS = {
  en: "no|not|never|none|nobody|nothing|neither|nor|without|cannot|\\p{L}+n['’]t",
  fr: "ne|n(?=['’])|pas|non|jamais|aucune?s?|sans|ni|rien",
  it: "non|no|mai|né|nessun[oa]?|senza|niente|nulla|neppure|nemmeno",
  de: "nicht|nichts|nein|nie|niemals|niemand|ohne|weder|kein(?:e|en|em|er|es)?",
};
// Cells of the table that finds the longest common part: larger texts are shown as exchanged.
const CELLS_MAX = 9_000_000;
// Between two paragraphs, entries or cells: no word goes over it.
export const EDGE = "\u2029";

// The text in the pieces that are never cut: 0.3%, 1,4, 4-5, 40 000, l’eau.
export const pieces = (text) => text.match(PIECE) ?? [];

// Whether a number or a negation differs: it turns a sentence round in few letters.
export function isCritical(was, now, locale) {
  const listed = (text) => (text.match(NUMBERS) ?? []).join(" ");
  if (listed(was) !== listed(now)) return true;
  const words = NEGATIONS[locale.split("-")[0]];
  if (!words) return false;
  const no = new RegExp(`(?<!${SIGN_OF_A_WORD})(?:${words})(?!${SIGN_OF_A_WORD})`, "giu");
  return (was.match(no) ?? []).length !== (now.match(no) ?? []).length;
}

// Steps that turn one list of pieces into another: [what, place in `was`, place in `now`], where
// what is "equal", "delete" or "insert". What went stands before what came in its place.
export function steps(was, now) {
  let start = 0;
  while (start < was.length && start < now.length && was[start] === now[start]) start += 1;
  let end = 0;
  while (
    end < was.length - start && end < now.length - start &&
    was[was.length - 1 - end] === now[now.length - 1 - end]
  ) end += 1;
  const found = Array.from({ length: start }, (_, place) => ["equal", place, place]);
  const middle = common(was.slice(start, was.length - end), now.slice(start, now.length - end));
  found.push(...middle.map(([what, old, young]) => [what, old + start, young + start]));
  for (let place = end; place > 0; place -= 1) {
    found.push(["equal", was.length - place, now.length - place]);
  }
  return phrased(found, now);
}

function common(was, now) {
  const width = now.length + 1;
  if (was.length * now.length > CELLS_MAX) {
    return [...was.map((_, i) => ["delete", i, 0]), ...now.map((_, j) => ["insert", was.length, j])];
  }
  const length = new Uint32Array((was.length + 1) * width);
  for (let i = was.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      length[i * width + j] = was[i] === now[j]
        ? length[(i + 1) * width + j + 1] + 1
        : Math.max(length[(i + 1) * width + j], length[i * width + j + 1]);
    }
  }
  const found = [];
  let i = 0;
  let j = 0;
  while (i < was.length || j < now.length) {
    if (i < was.length && j < now.length && was[i] === now[j]) {
      found.push(["equal", i++, j++]);
    } else if (
      j === now.length ||
      (i < was.length && length[(i + 1) * width + j] >= length[i * width + j + 1])
    ) {
      found.push(["delete", i++, j]);
    } else {
      found.push(["insert", i, j++]);
    }
  }
  return found;
}

// A space between two changes is no news, so a changed phrase is shown as one.
function phrased(found, now) {
  const told = [];
  let gone = [];
  let come = [];
  found.forEach((step, place) => {
    const [what, i, j] = step;
    const between = gone.length + come.length > 0 && place + 1 < found.length &&
      found[place + 1][0] !== "equal";
    if (what === "delete") gone.push(step);
    else if (what === "insert") come.push(step);
    else if (between && now[j] !== EDGE && !now[j].trim()) {
      gone.push(["delete", i, j]);
      come.push(["insert", i, j]);
    } else {
      told.push(...gone, ...come, step);
      gone = [];
      come = [];
    }
  });
  return [...told, ...gone, ...come];
}

// Each block of `now` with the place of the block of `was` that it shares the most units with.
export function matched(was, now) {
  const owner = new Map(was.flatMap((block, place) => block.units.map((unit) => [unit, place])));
  const taken = new Set();
  return now.map((block) => {
    const votes = new Map();
    for (const unit of block.units) {
      if (owner.has(unit)) votes.set(owner.get(unit), (votes.get(owner.get(unit)) ?? 0) + 1);
    }
    const found = [...votes].sort((one, other) => other[1] - one[1]).map(([place]) => place);
    // A table without a word has no units; it is found again by what it is.
    if (!block.units.length) {
      found.push(...was.flatMap((one, place) =>
        !one.units.length && one.markdown === block.markdown ? [place] : []));
    }
    const place = found.find((one) => !taken.has(one));
    if (place !== undefined) taken.add(place);
    return place;
  });
}

// The largest part of these places that rises: blocks that kept their order.
export function stayed(places) {
  const best = places.map(() => ({ length: 1, before: -1 }));
  let last = -1;
  places.forEach((place, i) => {
    for (let j = 0; j < i; j += 1) {
      if (places[j] < place && best[j].length >= best[i].length) {
        best[i] = { length: best[j].length + 1, before: j };
      }
    }
    if (last < 0 || best[i].length > best[last].length) last = i;
  });
  const kept = new Set();
  for (; last >= 0; last = best[last].before) kept.add(places[last]);
  return kept;
}
