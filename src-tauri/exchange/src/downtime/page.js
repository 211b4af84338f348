"use strict";
const envelope = JSON.parse(document.getElementById("envelope").textContent);
const said = document.getElementById("said");
const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
const bound = new TextEncoder().encode(envelope.form);

async function opened(passphrase) {
  const typed = new TextEncoder().encode(passphrase.normalize("NFC"));
  const secret = await crypto.subtle.importKey("raw", typed, "PBKDF2", false, ["deriveKey"]);
  const derivation = { name: "PBKDF2", hash: "SHA-256", salt: bytes(envelope.salt), iterations: envelope.rounds };
  const opener = await crypto.subtle.deriveKey(derivation, secret, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
  const decrypt = (key, nonce, sealed) => crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(nonce), additionalData: bound }, key, bytes(sealed));
  const raw = await decrypt(opener, envelope.wrap_nonce, envelope.wrapped);
  const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["decrypt"]);
  return new TextDecoder().decode(await decrypt(key, envelope.nonce, envelope.sealed));
}

document.getElementById("opening").addEventListener("submit", async (event) => {
  event.preventDefault();
  said.textContent = "Opening…";
  try {
    // What was sealed was written by Keepwell, which wrote every name as text; the seal shows that nobody changed it since.
    document.getElementById("pack").innerHTML = await opened(document.getElementById("passphrase").value);
    document.getElementById("print").addEventListener("click", () => print());
  } catch {
    said.textContent = "This passphrase does not open the pack, or the file was changed.";
  }
});
