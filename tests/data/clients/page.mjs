// What other people's programs do with a page, for tests/edition/test_clients.py; esbuild makes a script of it.
import * as quote from 'dom-anchor-text-quote';
import { createTextQuoteSelectorMatcher } from '@apache-annotator/dom';
import { Readability } from '@mozilla/readability';

const anchors = {
  'dom-anchor-text-quote': async (root, selector, position) => quote.toRange(root, selector, { hint: position.start }),
  'apache-annotator': async (root, selector) => {
    for await (const range of createTextQuoteSelectorMatcher(selector)(root)) return range;
    return null;
  },
};

/** Where each text node of the text stands in the file of the text. */
function places(seed) {
  const found = new Map();
  let at = 0;
  for (const paragraph of document.querySelectorAll('.ed-tx')) {
    const nodes = [];
    let words = '';
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      if (walker.currentNode.parentElement.closest('[data-editorial]')) continue;
      nodes.push([walker.currentNode, words.length]);
      words += walker.currentNode.data;
    }
    at = seed.indexOf(words, at);
    for (const [node, offset] of nodes) found.set(node, at + offset);
    at += words.length;
  }
  return found;
}

/** The ids of the annotations that a library does not find again at their place. */
globalThis.lost = async (library, root, annotations, seed) => {
  const known = places(seed);
  const lost = [];
  for (const [id, selector, position] of annotations) {
    let range = null;
    try { range = await anchors[library](document.querySelector(root), selector, position); } catch { /* it says so by throwing */ }
    let [node, offset] = range ? [range.startContainer, range.startOffset] : [null, 0];
    if (node && node.nodeType !== Node.TEXT_NODE) {
      node = node.childNodes[offset];
      while (node && node.nodeType !== Node.TEXT_NODE) node = node.firstChild;
      offset = 0;
    }
    const start = Array.from(seed).slice(0, position.start).join('').length;
    if (!node || known.get(node) + offset !== start || range.toString() !== selector.exact) lost.push(id);
  }
  return lost;
};

/** What Firefox's reader view has. */
globalThis.readerView = () => new Readability(document.cloneNode(true)).parse().textContent;
