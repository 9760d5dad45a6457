// Passkeys (WebAuthn). A form with data-passkey="create" or "get" asks the browser for a key and sends what it answers.
//
// data-options: what the server asks for, as JSON; data-options-from: the address that answers with it instead.
// Bytes travel as base64url. What went wrong is said in the form's [data-said-here], in the words of its data-said-….
(function () {
  "use strict";

  const isSupported = Boolean(window.PublicKeyCredential && navigator.credentials);

  function bytesOf(text) {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
  }

  function textOf(bytes) {
    const plain = String.fromCharCode(...new Uint8Array(bytes));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function withBytes(descriptors) {
    return (descriptors || []).map((one) => ({ ...one, id: bytesOf(one.id) }));
  }

  async function made(options) {
    const asked = { ...options, challenge: bytesOf(options.challenge) };
    asked.user = { ...options.user, id: bytesOf(options.user.id) };
    asked.excludeCredentials = withBytes(options.excludeCredentials);
    const key = await navigator.credentials.create({ publicKey: asked });
    return {
      attestationObject: textOf(key.response.attestationObject),
      key,
    };
  }

  async function shown(options) {
    const asked = { ...options, challenge: bytesOf(options.challenge) };
    asked.allowCredentials = withBytes(options.allowCredentials);
    const key = await navigator.credentials.get({ publicKey: asked });
    const { authenticatorData, signature, userHandle } = key.response;
    return {
      authenticatorData: textOf(authenticatorData),
      signature: textOf(signature),
      userHandle: userHandle ? textOf(userHandle) : null,
      key,
    };
  }

  async function answerOf(form) {
    let options = form.dataset.options ? JSON.parse(form.dataset.options) : null;
    if (!options) {
      const reply = await fetch(form.dataset.optionsFrom, { headers: { Accept: "application/json" } });
      options = await reply.json();
    }
    const ceremony = form.dataset.passkey === "create" ? made : shown;
    const { key, ...response } = await ceremony(options.publicKey);
    response.clientDataJSON = textOf(key.response.clientDataJSON);
    return JSON.stringify({
      id: key.id,
      rawId: textOf(key.rawId),
      type: key.type,
      response,
      clientExtensionResults: key.getClientExtensionResults(),
    });
  }

  function say(form, words) {
    form.querySelector("[data-said-here]").textContent = words;
  }

  document.querySelectorAll("[data-passkey]").forEach(function (form) {
    if (form.dataset.shownWhenSupported !== undefined) form.hidden = !isSupported;
    else if (!isSupported) say(form, form.dataset.saidUnsupported);
    form.addEventListener("submit", async function (event) {
      const field = form.elements.credential;
      if (field.value) return;
      event.preventDefault();
      if (!isSupported) return;
      say(form, "");
      try {
        field.value = await answerOf(form);
      } catch (trouble) {
        const isKnown = trouble.name === "InvalidStateError";
        say(form, isKnown ? form.dataset.saidKnown : form.dataset.saidCancelled);
        return;
      }
      form.submit();
    });
  });
})();
