/**
 * `node check.js FOLDER`: every page of a built edition, or of the documentation's site, as readers meet it.
 * Exit code 1 if anything is broken.
 */

import { existsSync, realpathSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { resolve } from "node:path";

import { fail, launch } from "./chromium.js";
import { brokenLinks, invalid, isSite, pages } from "./files.js";
import { plant } from "./planted.js";
import { WAYS_OUT } from "./rules.js";
import { PARTS, visit } from "./visit.js";

/** Does the jobs, as many at a time as there are processors; the results are in the order of the jobs. */
async function inParallel(jobs) {
  const results = [];
  let next = 0;
  const worker = async () => {
    while (next < jobs.length) {
      const place = next++;
      results[place] = await jobs[place]();
    }
  };
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, worker));
  return results;
}

async function inspect(browser, folder, { file, standsFor = file, parts }) {
  const visited = await visit(browser, folder, file, parts).catch((error) => {
    throw new Error(`${file} could not be looked at to the end`, { cause: error });
  });
  return { ...visited, folder, file, standsFor, findings: [...(await invalid(folder, file)), ...visited.findings] };
}

/** The site's pages are of one make: of those, the keyboard walks through one in four, from the heaviest down. */
function partsOf(folder, place) {
  return isSite(folder) && place % 4 ? PARTS.filter((part) => part !== "keyboard") : PARTS;
}

/** Links that two lists have in common, and have in another order. */
function isTurned(places, others) {
  const shared = places.filter((place) => others.includes(place));
  const order = shared.map((place) => others.indexOf(place));
  return order.some((place, at) => place < order[at - 1]);
}

/** What sets a page apart from the others of its language: a title that is not its own, links in another order. */
function unlike({ title, language, navigation }, others) {
  const alike = others.filter((other) => other.language === language);
  const namesakes = alike.filter((other) => other.title === title);
  const turned = navigation.filter(({ name, places }) =>
    alike.some((other) => other.navigation.some((nav) => nav.name === name && isTurned(places, nav.places))),
  );
  return [
    ...namesakes.map(({ file }) => ({ rule: "title", node: "title", told: `“${title}” is the title of ${file} too` })),
    ...turned.map(({ name }) => ({ rule: "navigation", node: "nav", told: `“${name}” has another order elsewhere` })),
  ];
}

/** Adds what only all pages together tell: where the links lead, and how pages differ. */
function withOthers(results) {
  const own = results.filter(({ file, standsFor }) => file === standsFor);
  const ids = new Map(results.map((result) => [result.file, new Set(result.ids)]));
  return results.map((result) => {
    const others = own.filter(({ file }) => file !== result.standsFor);
    const broken = brokenLinks(result.folder, result.file, result.addresses, ids);
    return { ...result, findings: [...result.findings, ...broken, ...unlike(result, others)] };
  });
}

/** One entry for what is broken alike under several conditions. */
function merged(findings) {
  const entries = new Map();
  for (const { scheme, width, ...finding } of findings) {
    const key = `${finding.rule} ${finding.node}`;
    const entry = entries.get(key) ?? { ...finding, schemes: new Set(), widths: new Set() };
    if (scheme) entry.schemes.add(scheme);
    if (width) entry.widths.add(width);
    entries.set(key, entry);
  }
  return [...entries.values()];
}

function tell({ file, language, findings }) {
  for (const { rule, node, told, wayOut, schemes, widths } of merged(findings)) {
    const conditions = [language, [...schemes].join(" and "), [...widths].join(" and ")].filter(Boolean).join(", ");
    console.log(`\n${file} (${conditions})\n  ${rule}: ${node}\n  ${told}\n  way out: ${WAYS_OUT[rule] ?? wayOut}`);
  }
}

/**
 * The planted faults that were not found: the page has them, and the page they were put into has not. One that shows
 * under one condition must be found under that one and no other.
 */
function missed(faults, results, own) {
  const key = ({ rule, node, told }) => `${rule} ${node} ${told}`;
  return faults.filter(({ rule, only, standsFor }, place) => {
    const before = new Set(own.find(({ file }) => file === standsFor).findings.map(key));
    const found = results[place].findings.filter((each) => each.rule === rule && !before.has(key(each)));
    const isRight = ({ scheme, width }) => !only || (scheme === only[0] && width === only[1]);
    return !found.length || !found.every(isRight);
  });
}

function summary(results, seconds) {
  const most = Math.max(...results.map(({ requests }) => requests));
  const single = results.filter(({ requests }) => requests === 1).length;
  return `${results.length} pages in ${seconds} s: ${single} of them one request each, none more than ${most}`;
}

async function main(folder) {
  if (!existsSync(`${folder}/index.html`)) fail(`no pages in ${folder}: build an edition or the site, or name one`);
  const browser = await launch();
  const files = pages(folder);
  const planted = plant(folder, files);
  const jobs = [
    ...files.map((file, place) => () => inspect(browser, folder, { file, parts: partsOf(folder, place) })),
    ...planted.faults.map((fault) => () => inspect(browser, planted.folder, fault)),
  ];
  const all = await inParallel(jobs).then(withOthers).finally(() => rmSync(planted.folder, { recursive: true }));
  await browser.close();

  const [own, faulty] = [all.slice(0, files.length), all.slice(files.length)];
  own.sort((a, b) => (a.file < b.file ? -1 : 1)).forEach(tell);
  const unseen = missed(planted.faults, faulty, own);
  unseen.forEach(({ told, rule }) => console.log(`\nplanted, and not found: ${told} (${rule})`));
  console.log(`\n${summary(own, Math.round(performance.now() / 1000))}`);
  console.log(`${faulty.length - unseen.length} of ${faulty.length} planted faults found`);
  const broken = own.reduce((sum, { findings }) => sum + merged(findings).length, 0);
  console.log(broken ? `${broken} findings` : "nothing broken");
  process.exitCode = broken || unseen.length ? 1 : 0;
}

const named = process.argv[2] ?? "reports/latest";
await main(existsSync(named) ? realpathSync(named) : resolve(named));
