// One touch: what somebody says of a digest, as a block, signed with their key.

import { read64, sha256, write64 } from "./bytes.js";

// A flat object of strings with its names in order: JSON.stringify writes it as RFC 8785 does.
export function blockOf(statement, signing, meaning, interests) {
  const said = {
    at: signing.now,
    interests,
    kind: "msif.signature/1",
    meaning,
    name: signing.name,
    person: signing.person,
    statement,
  };
  return new TextEncoder().encode(JSON.stringify(said));
}

// What the hub is sent: the block, and what the person's key says to its digest.
export async function signed(block, signing) {
  const credential = await navigator.credentials.get({
    publicKey: {
      challenge: await sha256(block),
      rpId: signing.rp_id,
      allowCredentials: signing.credentials.map((id) => ({ type: "public-key", id: read64(id) })),
      userVerification: "required",
    },
  });
  return { block: write64(block), credential: told(credential) };
}

// As PublicKeyCredential.toJSON does, which not every phone has yet.
function told(credential) {
  if (credential.toJSON) return credential.toJSON();
  const { clientDataJSON, authenticatorData, signature } = credential.response;
  return {
    id: credential.id,
    rawId: write64(credential.rawId),
    type: credential.type,
    response: {
      clientDataJSON: write64(clientDataJSON),
      authenticatorData: write64(authenticatorData),
      signature: write64(signature),
    },
    clientExtensionResults: {},
  };
}
