// Bytes, as hex and as base64url without padding, and their digest.

export const read64 = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));

export function write64(buffer) {
  let signs = "";
  for (const byte of new Uint8Array(buffer)) signs += String.fromCharCode(byte);
  return btoa(signs).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

export const sha256 = (buffer) => crypto.subtle.digest("SHA-256", buffer);

export const hex = (buffer) =>
  [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

// What was hashed, read: the only way in which a page of these gets at the text of a document.
export const read = (buffer) => JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(buffer));
