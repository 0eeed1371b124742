/** Notebooks that nobody commits: one full of faults, one whose explorer has one, one of all that the desk shows. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const PLANTED = "planted.ipynb";
export const PLANTED_EXPLORER = "planted_explorer.ipynb";
export const DESK = "desk.ipynb";

const PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
const DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9"/></svg>';
const WIDE = "max-width: none; width: 2000px";
const BLOCK = "application/vnd.etat-du-nuage+json";
const html = (markup) => `from IPython.display import HTML\n\nHTML(${JSON.stringify(markup)})`;
const shown = (bundle) => `from IPython.display import display\n\ndisplay(${JSON.stringify(bundle)}, raw=True)`;
const committed = (data) => [{ output_type: "display_data", metadata: {}, data }];

/** What is planted, the rule that must tell it, the cell, and the output that is committed with it. */
const CELLS = [
  ["a drawing that is shown only after a run", "committed", '""', committed({ "image/svg+xml": DRAWING })],
  ["a warning", "complaint", 'import sys\n\nprint("a warning", file=sys.stderr)'],
  ["a picture without a text", "untold", html(`<img src="${PIXEL}">`)],
  ["faint text", "color-contrast", html('<p style="color: #777; background: #888">faint</p>')],
  ["a picture that is broken", "unseen", html('<img alt="a picture" src="data:image/svg+xml,broken">')],
  ["a picture that is too wide", "unseen", html(`<img alt="a picture" style="${WIDE}" src="${PIXEL}">`)],
  ["what only a program can read", "plain", shown({ [BLOCK]: {}, "text/plain": "a chart" })],
  ["a text in French", "language", html('<p lang="fr">un texte</p>')],
  ["a cell that fails", "run", "1 / 0"],
];
/** What no cell shows: of the notebook as a whole, and of the explorer's. */
const BESIDE = [
  ["a script that fails", "console"],
  ["a parameter that changes nothing", "parameter"],
  ["another file", "same"],
  ["a copied cell that draws another chart", "explorer"],
];
const STALE = `from dataclasses import replace

from analysis.desk import Choice, controls

made = controls.shown
controls.shown = lambda choice: replace(made(choice), code=made(Choice()).code)`;
const FIRST = 2;

export const FAULTS = [
  ...CELLS.map(([what, rule], place) => ({ what, rule, cell: place + FIRST })),
  ...BESIDE.map(([what, rule]) => ({ what, rule, cell: undefined })),
];

const cell = (source, outputs = [], tags = []) => ({
  cell_type: "code",
  execution_count: null,
  id: `cell-${source.length}-${tags.length}`,
  metadata: { tags },
  outputs,
  source,
});

function write(file, cells) {
  const metadata = { kernelspec: { display_name: "Python 3", language: "python", name: "python3" } };
  writeFileSync(file, JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }));
}

/** Writes the faults into a folder: a check that does not see its own fault is no check. */
export function plant(folder) {
  write(join(folder, PLANTED), [
    cell('language = "fr"\ncountries = ["DE"]', [], ["parameters"]),
    cell(html("<script>throw Error()</script>")),
    ...CELLS.map(([, , source, outputs]) => cell(source, outputs)),
  ]);
}

/** Writes an explorer that copies the cell of its first view, whatever it shows. */
export function plantExplorer(folder) {
  write(join(folder, PLANTED_EXPLORER), [cell(STALE), cell("controls.explore()")]);
}

/** Writes the examples of docs/desk.md beside it, with every value shown, and each sort of thing once by itself. */
export function writeDesk(docs) {
  const blocks = readFileSync(join(docs, "desk.md"), "utf8").matchAll(/^```python\n(.*?)^```$/gms);
  const examples = [...blocks].map(([, code]) => code.trimEnd());
  const more = ["share", "found", "checked", "analysis.findings()[0]", 'analysis.chart("stated", table="funding")'];
  const sources = ['get_ipython().ast_node_interactivity = "all"', ...examples, ...more];
  write(join(docs, DESK), sources.map((source) => cell(source)));
}
