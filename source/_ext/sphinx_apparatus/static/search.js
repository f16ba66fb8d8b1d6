/* The search of the site, for an edition: Sphinx finds, numbers count, what stands between quotation
   marks stands so on the page, what is asked for by its name comes first (K25, K ¶4, a lemma, a reading),
   and results stand in groups, each with its place and its words, from a file, too. */
"use strict";
(() => {
  if (typeof Search === "undefined" || !Search._performSearch) return;
  const say = (words, values = {}) =>
    (window.edWords?.[words] ?? words).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  const fold = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[’‘]/g, "'").replace(/["“”]/g, "").toLowerCase().replace(/\s+/g, " ");
  const make = (name, properties, ...children) => {
    const node = Object.assign(document.createElement(name), properties);
    node.append(...children);
    return node;
  };
  const root = document.documentElement.dataset.content_root ?? "";
  const FIRST = 8; // of a group; the others are folded

  // Sphinx leaves figures out of a query.
  const parse = Search._parseQuery;
  Search._parseQuery = (query) => {
    const parsed = parse(query);
    for (const word of splitQuery(query)) if (/^\d+$/.test(word)) for (const at of [1, 3]) parsed[at].add(word);
    return parsed;
  };

  const loaded = new Promise((done) => {
    window.edFound = done;
    document.head.append(make("script", { src: `${root}_static/ed-found.js`, onerror: () => done(null) }));
  });

  // How well a page is what was asked for: by its name, by what stands or should stand, by its title.
  const rank = (one, wanted) => {
    const title = fold(one.title).trim();
    if (title === wanted || title.split(": ")[0] === wanted) return 4;
    if (one.shown.length > 4 && [one.shown[4], one.shown[5]].some((words) => fold(words).trim() === wanted)) return 3;
    return wanted && title.includes(wanted) ? 2 : one.shown[0] ? 0 : 1;
  };

  const results = (query, data) => {
    const phrases = [...query.matchAll(/["“]([^"“”]+)["”]/g)].map((match) => fold(match[1]).trim()).filter(Boolean);
    const wanted = fold(query).trim();
    const { docnames, titles } = Search._index;
    const words = ([, said, , , lemma = "", reading = ""], title) => [title, lemma, reading, said].map(fold).join("\n");
    const of = (name) => data.pages[name] ?? [2, ""]; // a page that says nothing of itself is among the others
    const own = Object.values(data.pages).some((shown) => shown.length > 4);
    const found = new Map();
    const add = (name, title, anchor, score) => {
      const shown = of(name);
      if (found.has(name) && shown.length > 2) return;
      if (phrases.some((phrase) => !words(shown, title).includes(phrase))) return;
      const one = { name, title, anchor, score, shown };
      one.rank = rank(one, wanted);
      if (own && shown[0] === 1 && shown.length < 3 && (anchor || one.rank < 2)) return; // its paragraphs are found
      const key = shown.length > 2 ? name : name + anchor;
      if (!found.has(key)) found.set(key, one);
    };
    const parsed = Search._parseQuery(query.replace(/["“”]/g, " "));
    // The best come last.
    for (const [name, title, anchor, , score] of Search._performSearch(...parsed).reverse()) add(name, of(name).length > 2 ? titles[docnames.indexOf(name)] : title, anchor, score);
    // What is asked for by name, and what Sphinx holds for too common to be found.
    docnames.forEach((name, at) => {
      const shown = of(name);
      if (found.has(name)) return;
      const exact = rank({ title: titles[at], shown }, wanted) > 2;
      const literal = (phrases.length || !parsed[1].size) && (phrases.length ? phrases : [wanted]).every((phrase) => phrase && words(shown, titles[at]).includes(phrase));
      if (exact || literal) add(name, titles[at], "", 0);
    });
    return [...found.values()].sort((a, b) => b.rank - a.rank || b.score - a.score);
  };

  // Some words around the first that was asked for, with those marked.
  const snippet = (said, terms) => {
    let plain = "";
    const at = []; // of each folded letter, where it stands
    [...said.normalize("NFC")].reduce((place, letter) => {
      for (const one of letter === " " ? " " : fold(letter)) { plain += one; at.push(place); }
      return place + letter.length;
    }, 0);
    const spans = [];
    for (const term of terms) for (let from = plain.indexOf(term); from >= 0; from = plain.indexOf(term, from + 1)) {
      if (/[\p{L}\p{N}]/u.test(plain[from - 1] ?? "")) continue;
      let to = from + term.length;
      while (/\p{L}/u.test(plain[to] ?? "")) to += 1; // a stem stands for its words
      spans.push([at[from], at[to - 1] + 1]);
    }
    spans.sort((a, b) => a[0] - b[0]);
    const begin = spans.length ? Math.max(0, said.lastIndexOf(" ", Math.max(0, spans[0][0] - 60)) + 1) : 0;
    const cut = said.indexOf(" ", begin + 180);
    const end = cut < 0 ? said.length : cut;
    const parts = [begin ? "… " : ""];
    let place = begin;
    for (const [from, to] of spans) if (from >= place && to <= end) {
      parts.push(said.slice(place, from), make("mark", { textContent: said.slice(from, to) }));
      place = to;
    }
    return make("p", {}, ...parts, said.slice(place, end), end < said.length ? " …" : "");
  };

  const address = ({ name, anchor, shown }) => {
    if (shown[3]) return root + shown[3];
    if (DOCUMENTATION_OPTIONS.BUILDER === "dirhtml") return `${root}${name === "index" ? "" : `${name.replace(/\/index$/, "")}/`}${anchor}`;
    return `${root}${name}${DOCUMENTATION_OPTIONS.LINK_SUFFIX}${anchor}`;
  };
  const item = (one, terms) => {
    const [, said, place, , lemma, reading, kind] = one.shown;
    const link = make("a", { href: address(one) });
    if (kind === undefined) link.append(one.title);
    else {
      const id = one.name.split("/").pop();
      link.append(lemma || "‸", reading ? "] " : "", reading ? make("b", { className: "rdg", textContent: reading }) : "");
      return make("li", {}, link, " ", make("span", { className: "ed-at", textContent: `${id} · ${place} · ${kind}` }), snippet(said, terms));
    }
    return make("li", {}, link, " ", said ? snippet(said, terms) : "");
  };

  const query = Search.query;
  Search.query = async (asked) => {
    const data = await loaded;
    if (!data) return query(asked);
    const found = results(asked, data);
    const phrases = [...asked.matchAll(/["“]([^"“”]+)["”]/g)].map((match) => fold(match[1]).trim());
    const stems = [...Search._parseQuery(asked.replace(/["“][^"“”]*["”]/g, " "))[1]];
    const terms = [...phrases, ...stems.map(fold)];
    const groups = data.groups.map((title, at) => [title, found.filter((one) => one.shown[0] === at)]).filter(([, own]) => own.length);
    groups.sort((a, b) => b[1][0].rank - a[1][0].rank); // the group of what was asked for comes first
    const out = make("div", { className: "ed-results" }, ...groups.map(([title, own]) => {
      const listed = own.map((one) => item(one, terms));
      const more = listed.splice(FIRST);
      const list = (items) => make("ul", { role: "list" }, ...items);
      return make("section", {}, make("h3", {}, title, make("small", { textContent: own.length })), list(listed),
        ...(more.length ? [make("details", {}, make("summary", { textContent: say("{count} more", { count: more.length }) }), list(more))] : []));
    }));
    Search.output.replaceWith(out);
    Search.output = out;
    _finishSearch(found.length);
    // Who goes by keys goes on from the results, and hears them named; not behind all that stands before them.
    const title = document.querySelector("#search-results > h2");
    if (!title || document.activeElement !== document.body) return;
    title.tabIndex = -1;
    title.focus({ preventScroll: true });
  };
})();
