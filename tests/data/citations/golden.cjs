// Makes golden.json with citeproc-js: node golden.cjs ITEMS.json STYLES_FOLDER LOCALE.xml, citeproc from npm.
const fs = require("fs");
const CSL = require("citeproc");
const [items, folder, locale] = process.argv.slice(2);
const all = JSON.parse(fs.readFileSync(items, "utf8"));
const text = fs.readFileSync(locale, "utf8");
const names = ["chicago-notes-bibliography", "chicago-author-date", "modern-language-association", "apa",
  "harvard-cite-them-right", "iso690-author-date-en"];
const golden = {};
for (const name of names) {
  golden[name] = {};
  for (const item of all) {
    const sys = { retrieveLocale: () => text, retrieveItem: () => structuredClone(item) };
    const engine = new CSL.Engine(sys, fs.readFileSync(`${folder}/${name}.csl`, "utf8"), "en-US");
    engine.updateItems([item.id]);
    const [made] = engine.makeBibliography()[1];
    golden[name][item.id] = (made || "").replace(/<\/?div[^>]*>/g, "").trim();
  }
}
process.stdout.write(JSON.stringify(golden, null, 1) + "\n");
