// The site's search for plain questions: a page need not have every word. Each word that it has counts by how rare the word is,
// and more in a title. Sphinx's own search finds nothing as soon as one word is on no page. See docs/_ext/search_formulas.py.
"use strict";

{
  const IN_TITLE = 5;
  const IN_HEADING = 2;
  const LEAST = 0.4; // of the weight of all words that are on any page
  const LISTS = new Set(["changelog", "reference/api"]); // which have nearly every word
  const IN_LIST = 0.5;

  const filesOf = (index, word) => {
    const found = Object.prototype.hasOwnProperty.call(index, word) ? index[word] : [];
    return Array.isArray(found) ? found : [found];
  };

  Search.performTermsSearch = (words, excluded) => {
    const { terms, titleterms, docnames, titles, filenames } = Search._index;
    const stemmer = new Stemmer();
    const titleWords = titles.map((title) => new Set(splitQuery(title.toLowerCase()).map((word) => stemmer.stemWord(word))));
    const scores = new Map();
    let all = 0;
    for (const word of words) {
      const inText = filesOf(terms, word);
      const inTitle = filesOf(titleterms, word);
      const files = new Set([...inText, ...inTitle]);
      if (files.size === 0) continue;
      const weight = Math.log(1 + docnames.length / files.size);
      all += weight;
      for (const file of files) {
        const its = scores.get(file) ?? { weight: 0, score: 0 };
        its.weight += weight;
        const place = titleWords[file].has(word) ? IN_TITLE : inTitle.includes(file) ? IN_HEADING : 1;
        its.score += weight * place * (LISTS.has(docnames[file]) ? IN_LIST : 1);
        scores.set(file, its);
      }
    }
    const left = new Set([...excluded].flatMap((word) => [...filesOf(terms, word), ...filesOf(titleterms, word)]));
    return [...scores]
      .filter(([file, its]) => !left.has(file) && its.weight >= LEAST * all)
      .map(([file, its]) => [docnames[file], titles[file], "", null, 5 * its.score, filenames[file], SearchResultKind.text]);
  };
}
