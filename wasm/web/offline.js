// Working without a connection: registers the service worker and says when everything is kept on the device.

import { el } from "./dom.js";
import { ownScript } from "./trusted.js";

/** Asks the service worker to keep more than every page needs, and waits until it has. */
function kept(worker, what) {
  return new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener("message", ({ data }) => (data === "kept" ? resolve() : reject(new Error(data))), { once: true });
    port1.start();
    worker.postMessage({ keep: what }, [port2]);
  });
}

/** `more`: what this page needs and others do not, as the service worker calls it. */
export async function keepOffline(more) {
  if (!("serviceWorker" in navigator)) return;
  const place = document.getElementById("offline");
  const alreadyKept = Boolean(navigator.serviceWorker.controller);
  try {
    await navigator.serviceWorker.register(ownScript("/sw.js"), { type: "classic", updateViaCache: "none" });
    // A worker is active only once all files and packs have arrived.
    const { active } = await navigator.serviceWorker.ready;
    if (more) await kept(active, more);
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
