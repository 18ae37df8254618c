// Lets the browser read a security key, and sends its answer with the form. A script is the only way.
const WHAT = { get: "key-challenge", create: "key-creation" };

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (each) =>
    each.charCodeAt(0),
  );

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const readable = (options) => {
  const each = options.publicKey;
  each.challenge = bytes(each.challenge);
  if (each.user) each.user.id = bytes(each.user.id);
  for (const list of [each.allowCredentials, each.excludeCredentials])
    for (const known of list ?? []) known.id = bytes(known.id);
  return options;
};

const sendable = (credential) => {
  const response = {};
  for (const name of [
    "attestationObject",
    "clientDataJSON",
    "authenticatorData",
    "signature",
    "userHandle",
  ])
    if (credential.response[name]) response[name] = text(credential.response[name]);
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
};

export function start(form) {
  const said = form.querySelector("[data-said]");
  const ours = said.textContent;
  form.addEventListener("submit", async (event) => {
    if (form.elements.credential.value) return;
    event.preventDefault();
    const what = form.dataset.securityKey;
    const options = JSON.parse(document.getElementById(WHAT[what]).textContent);
    try {
      const credential = await navigator.credentials[what](readable(options));
      form.elements.credential.value = JSON.stringify(sendable(credential));
      form.requestSubmit();
    } catch {
      said.textContent = ours;
    }
  });
}
