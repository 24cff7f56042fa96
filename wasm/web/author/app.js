// The page for authors: where to begin, and the place to work. Which of the two is in the address.

import { el } from "../dom.js";
import { keepOffline } from "../offline.js";
import { kept } from "./draft.js";
import { opened } from "./sources.js";
import { startPage } from "./start.js";
import { applied, unpacked } from "./share.js";
import { workspace } from "./workspace.js";

const main = document.getElementById("main");
const before = document.getElementById("before");

async function show() {
  const query = new URLSearchParams(location.search);
  const from = query.has("pack") ? { kind: "published", name: query.get("pack") }
    : query.has("new") ? { kind: "template", name: "house-rules" }
    : query.has("own") ? { kind: "files", name: "own" }
    : null;
  const shared = location.hash.startsWith("#change=") ? location.hash.slice("#change=".length) : null;
  if (!from) return fill(await startPage());
  const base = await opened(from);
  const draft = kept(from);
  let changed = draft?.changed ?? {};
  let news = null;
  if (shared !== null) {
    const theirs = await applied(await unpacked(shared), base);
    const mine = Object.entries(changed);
    const same = mine.length === Object.keys(theirs).length && mine.every(([path, text]) => theirs[path] === text);
    if (mine.length > 0 && !same && !(await preferred(base))) {
      news = "The shared change was not opened. This is your own draft.";
    } else {
      changed = theirs;
      news = "You opened a change that somebody shared. It is your draft now; theirs stays as it is.";
    }
    // From here on the draft is what counts, also after a reload.
    history.replaceState(null, "", location.pathname + location.search);
  }
  const path = draft && typeof { ...base.files, ...changed }[draft.path] === "string" ? draft.path : null;
  fill(workspace({ from, base, changed, path, news }));
}

/** Somebody who has a draft of their own decides whether a shared change takes its place. */
function preferred(base) {
  return new Promise((resolve) => {
    fill({
      title: "Open the shared change?",
      back: true,
      content: [
        el("h1", { tabindex: "-1" }, "Open the shared change?"),
        el("p", {}, `You have a draft of your own of “${base.title}” on this device. There is room for one draft of each policy.`),
        el("div", { class: "actions" },
          el("button", { type: "button", class: "button", click: () => resolve(false) }, "Keep my draft"),
          el("button", { type: "button", class: "action", click: () => resolve(true) }, "Open the shared change and give up my draft")),
      ],
    });
  });
}

function fill({ content, title, back, ready }) {
  before.hidden = !back;
  before.replaceChildren(...(back ? [el("a", { class: "back", href: "/author" }, "Choose another policy")] : []));
  main.replaceChildren(...content.filter(Boolean));
  document.title = [title, "For authors"].filter(Boolean).join(" – ");
  ready?.();
}

function trouble(failure) {
  fill({
    title: "This could not be opened",
    back: true,
    content: [
      el("h1", { tabindex: "-1" }, "This could not be opened"),
      el("p", {}, failure instanceof Error ? failure.message : String(failure)),
      el("p", {}, "What you wrote earlier is still kept on this device."),
      el("div", { class: "actions" }, el("a", { class: "button", href: "/author" }, "Choose a policy")),
    ],
  });
}

// Another change in the address of this same page is another visit.
window.addEventListener("hashchange", () => { if (location.hash.startsWith("#change=")) location.reload(); });

show().catch(trouble);
keepOffline("author");
