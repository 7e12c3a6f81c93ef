// See docs/_ext/search_formulas.py.
"use strict";

{
  const textOf = Search.htmlToText;
  Search.htmlToText = (html, anchor) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    for (const formula of page.querySelectorAll(".katex")) {
      formula.replaceWith(formula.querySelector("annotation")?.textContent ?? "");
    }
    return textOf(page.documentElement.outerHTML, anchor);
  };
}
