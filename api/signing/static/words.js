// Six words of a digest, to be compared by ear: its first 66 bits, eleven a word.

import { get } from "./hub.js";

const WORDS = 6;
const BITS = 11;

export async function wordsOf(digest) {
  const listed = await get("/signing/words.json");
  const bits = BigInt(`0x${digest}`) >> BigInt(256 - WORDS * BITS);
  return Array.from({ length: WORDS }, (_, place) => {
    const shift = BigInt(BITS * (WORDS - 1 - place));
    return listed[Number((bits >> shift) & BigInt(2 ** BITS - 1))];
  }).join(" ");
}
