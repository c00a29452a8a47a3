// Passkeys: shows its buttons only where the browser can use them. Every page works without this file.
//
// An element with data-passkey ("make" or "show") stands in a form with a hidden input `passkey`. Pressed, its button
// asks data-options for what the browser needs, lets the browser make or show a passkey, puts the answer into the hidden
// input and sends the form.

const toBytes = (text) => {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
};

const toText = (buffer) => {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
};

const withBytes = (list) => (list ?? []).map((one) => ({ ...one, id: toBytes(one.id) }));

// What came as JSON, with bytes where the browser wants bytes.
const readOptions = (options) => ({
  ...options,
  challenge: toBytes(options.challenge),
  ...(options.user && { user: { ...options.user, id: toBytes(options.user.id) } }),
  ...(options.excludeCredentials && { excludeCredentials: withBytes(options.excludeCredentials) }),
  ...(options.allowCredentials && { allowCredentials: withBytes(options.allowCredentials) }),
});

const PARTS = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];

// The browser's answer as JSON, with text where it holds bytes.
const writeAnswer = (credential) => {
  const response = {};
  for (const part of PARTS) {
    if (credential.response[part]) response[part] = toText(credential.response[part]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: {},
  });
};

const askForOptions = async (address, form) => {
  const body = new FormData();
  for (const name of ["csrfmiddlewaretoken", "name"]) {
    const input = form.elements.namedItem(name);
    if (input) body.append(name, input.value);
  }
  const answer = await fetch(address, { method: "POST", body, credentials: "same-origin", redirect: "error" });
  const options = await answer.json();
  if (!answer.ok) throw new Error(options.error ?? "");
  return readOptions(options);
};

const usePasskey = async (place, form) => {
  const publicKey = await askForOptions(place.dataset.options, form);
  const credential =
    place.dataset.passkey === "make"
      ? await navigator.credentials.create({ publicKey })
      : await navigator.credentials.get({ publicKey });
  form.elements.namedItem("passkey").value = writeAnswer(credential);
  form.requestSubmit();
};

const prepare = (place) => {
  const form = place.closest("form");
  const button = place.querySelector("button");
  const line = place.querySelector("[data-passkey-says]");
  place.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    line.textContent = place.dataset.asking;
    try {
      await usePasskey(place, form);
      line.textContent = "";
    } catch (problem) {
      // The browser's own errors are DOMExceptions, in no words for people; ours carry the server's words.
      const ours = !(problem instanceof DOMException) && !(problem instanceof TypeError) && problem.message;
      line.textContent = ours || place.dataset.failed;
    } finally {
      button.disabled = false;
    }
  });
};

if (window.PublicKeyCredential && navigator.credentials) {
  for (const place of document.querySelectorAll("[data-passkey]")) prepare(place);
}
