// CodeMirror's styles without a `style` element: as sheets that a script makes, which the content policy of the page
// lets through as it lets the script through. `style-mod` does so by itself only within a shadow root, so it is given
// something that looks like one and stands for the document.

import { StyleModule as Original } from "./node_modules/style-mod/src/style-mod.js";

const roots = new WeakMap();

function sheetsOf(root) {
  if (!root.head) return root;
  if (!roots.has(root)) {
    roots.set(root, {
      ownerDocument: root,
      get adoptedStyleSheets() { return root.adoptedStyleSheets; },
      set adoptedStyleSheets(sheets) { root.adoptedStyleSheets = sheets; },
    });
  }
  return roots.get(root);
}

export class StyleModule extends Original {
  static mount(root, modules, options) {
    return Original.mount(sheetsOf(root), modules, options);
  }
}
