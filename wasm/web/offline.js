// Working without a connection: registers the service worker and says when everything is kept on the device.

import { el } from "./dom.js";

function workerAddress() {
  if (!window.trustedTypes) return "/sw.js";
  const policy = window.trustedTypes.createPolicy("byelaw-sw", {
    createScriptURL: (address) => {
      if (address !== "/sw.js") throw new TypeError("only the page's own service worker");
      return address;
    },
  });
  return policy.createScriptURL("/sw.js");
}

export async function keepOffline() {
  if (!("serviceWorker" in navigator)) return;
  const place = document.getElementById("offline");
  const alreadyKept = Boolean(navigator.serviceWorker.controller);
  try {
    await navigator.serviceWorker.register(workerAddress(), { type: "classic", updateViaCache: "none" });
    // A worker is active only once all files and packs have arrived.
    await navigator.serviceWorker.ready;
    place.textContent = "Ready to use without a connection.";
    place.dataset.ready = "yes";
  } catch {
    // With no connection the worker cannot be looked up again, but what it has kept still works.
    place.textContent = alreadyKept ? "Ready to use without a connection." : "This page needs a connection on this device.";
  }
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (!alreadyKept) return;
    place.replaceChildren("The rules have been updated. ", el("a", { href: "", "data-reload": "yes" }, "Load the newest rules"));
  });
}
