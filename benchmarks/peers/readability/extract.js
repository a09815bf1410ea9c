// Articles of HTML pages by Mozilla's Readability on jsdom: one JSON object a page, then one with the CPU seconds of the
// work alone.
//   node extract.js PAGES...
const fs = require('fs');
const { JSDOM, VirtualConsole } = require('jsdom');
const { Readability } = require('@mozilla/readability');

function article(page) {
  const silent = new VirtualConsole();
  const dom = new JSDOM(page, { virtualConsole: silent });
  const found = new Readability(dom.window.document).parse() || {};
  dom.window.close();
  return {
    title: found.title || '',
    date: found.publishedTime || '',
    authors: found.byline || '',
    body: found.textContent || '',
  };
}

const pages = process.argv.slice(2).map((path) => [path, fs.readFileSync(path)]);
const started = process.cpuUsage();
const articles = pages.map(([, page]) => article(page));
const used = process.cpuUsage(started);
pages.forEach(([path], i) => console.log(JSON.stringify({ path, ...articles[i] })));
console.log(JSON.stringify({ seconds: (used.user + used.system) / 1e6, pages: pages.length }));
