/* The search of the site, for an edition: numbers count, what is asked for by its name comes first
   (K25, K ¶4, a lemma, a reading), and each result says what it is. */
"use strict";
(() => {
  const say = (words) => window.edWords?.[words] ?? words;
  if (typeof Search === "undefined" || !Search._performSearch) return;
  const fold = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[’‘]/g, "'").replace(/["“”]/g, "").toLowerCase().replace(/\s+/g, " ").trim();

  // Sphinx leaves figures out of a query.
  const parse = Search._parseQuery;
  Search._parseQuery = (query) => {
    const parsed = parse(query);
    for (const word of splitQuery(query)) if (/^\d+$/.test(word)) for (const at of [1, 3]) parsed[at].add(word);
    return parsed;
  };

  const GROUPS = [[/^corrections\//, "annotation"], [/^passages\//, "passage"], [/^texts\//, "text"], [/^concordances\//, "list"], [/^tool\//, "the tool"]];
  const rank = ([name, title], wanted) => {
    const [id, ...rest] = fold(title).split(": ");
    const parts = rest.join(": ").split(/\] (?:recte )?/);
    if (fold(title) === wanted || id === wanted) return 4;
    if (parts.includes(wanted)) return 3;
    if (fold(title).includes(wanted)) return 2;
    return /^corrections\//.test(name) ? 1 : 0;
  };
  const perform = Search._performSearch;
  Search._performSearch = (query, ...rest) => {
    const wanted = fold(query);
    const { docnames, titles, filenames } = Search._index;
    const results = perform(query, ...rest).filter((one) => !(one[0].startsWith("texts/") && /^#[A-Z][A-Za-z]*(\d+|-p\d+)$/.test(one[2])));
    const there = new Set(results.map((one) => one[0]));
    docnames.forEach((name, at) => {
      const own = /^(corrections|passages)\//.test(name);
      if (own && !there.has(name) && wanted && rank([name, titles[at]], wanted) >= 3) results.push([name, titles[at], "", null, 0, filenames[at], "title"]);
    });
    for (const one of results) one[3] ??= GROUPS.filter(([folder]) => folder.test(one[0])).map(([, words]) => say(words))[0] ?? null;
    // The best come last. A note that is found only by its words stays behind pages found by their titles.
    return results.map((one, at) => [rank(one, wanted), one[4], at, one]).sort((a, b) => (a[0] > 1 || b[0] > 1 ? a[0] - b[0] : 0) || a[1] - b[1] || a[2] - b[2]).map((one) => one[3]);
  };
})();
