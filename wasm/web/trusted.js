// The only scripts that may be started as workers. Everything else that would be an address of a script is refused by the
// content policy of the page.

const OWN = ["/sw.js", "/author/worker.js"];

let policy = null;

/** The address of one of the page's own workers, as the browser accepts it. */
export function ownScript(address) {
  if (!OWN.includes(address)) throw new TypeError("only the page's own workers");
  if (!window.trustedTypes) return address;
  policy ??= window.trustedTypes.createPolicy("byelaw-sw", {
    createScriptURL: (wanted) => {
      if (!OWN.includes(wanted)) throw new TypeError("only the page's own workers");
      return wanted;
    },
  });
  return policy.createScriptURL(address);
}
