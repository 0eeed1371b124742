/**
 * `node lab.js PROJECT`: every notebook in JupyterLab, in a fresh clone and in a folder of its own, in French and in
 * English, light and dark. Exit code 1 if anything is broken. Pictures of what was seen stay in PROJECT/.cache/lab.
 */

import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";

import { fail, launch } from "./chromium.js";
import { explore } from "./explorer.js";
import { Lab } from "./jupyter.js";
import { DESK, FAULTS, PLANTED, PLANTED_EXPLORER, plant, plantExplorer, writeDesk } from "./notebooks.js";

/** What a notebook is told beside its language, and a word that it then shows. */
const ASKED = new Map([
  ["02_adoption.ipynb", { written: /^countries = .*$/m, instead: 'countries = ["ES"]', shown: "Spain" }],
  [PLANTED, { written: /^countries = .*$/m, instead: 'countries = ["ES"]', shown: "Spain" }],
]);
const ANOTHER_FOLDER = "un autre dossier, another folder";
/** They are not the same when they are saved: their controls bear names drawn by lot. */
const EXPLORERS = ["explorer.ipynb", PLANTED_EXPLORER];

const WAYS_OUT = {
  run: "the notebook runs from top to bottom in a new kernel, in any folder",
  complaint: "nothing is told beside the outputs: mend what the program warns of",
  console: "an output brings nothing that the window cannot do",
  committed: "what is committed shows before anything is run: text/html whose pictures are images",
  plain: "bring text/html or text/markdown that Jupyter keeps",
  unseen: "a chart is an image whose address holds the drawing, no wider than the notebook",
  untold: "a picture tells its message to those who do not see it: alt",
  language: "say in the language of the parameters what is shown",
  parameter: "show again what the parameter changes",
  same: "let the same cells give the same file, once `nuage tidy` has gone over it",
  explorer: "what is shown follows from the controls, and the copied cell makes the same",
};

/** One notebook in one folder: what is done with it, and what it breaks. */
class Reading {
  constructor(lab, path, place) {
    Object.assign(this, { lab, path, place, findings: [] });
    this.name = basename(path);
    this.file = join(place.folder, path);
    this.committed = readFileSync(this.file, "utf8");
  }

  report(found) {
    this.findings.push(...found.map((finding) => ({ where: `${this.place.where}, ${this.path}`, ...finding })));
  }

  async open() {
    await this.lab.open(this.path);
    this.report((await this.lab.outputs()).filter(isUnseen).map(told("committed")));
  }

  /** Runs it, and looks at what it shows; `lang` is what its texts and charts must be in, if they are in one. */
  async run(lang) {
    await this.lab.run();
    this.report((await this.lab.cells()).flatMap(ran));
    const outputs = await this.lab.outputs();
    this.report(outputs.filter(({ shown, offered }) => shown === "text/plain" && offered > 1).map(told("plain")));
    this.report(outputs.filter(isUnseen).map(told("unseen")));
    this.report(outputs.filter(({ pictures }) => pictures.some(isUntold)).map(told("untold")));
    const foreign = ({ languages }) => lang && languages.some((each) => each !== lang);
    this.report(outputs.filter(foreign).map(told("language")));
  }

  async judge() {
    this.report(await this.lab.judge());
  }

  /** Writes other parameters into their cell, as an analyst does; returns what stood there. */
  async choose(lang) {
    const cells = await this.lab.cells();
    const place = cells.findIndex(({ metadata }) => metadata.tags?.includes("parameters"));
    const { written = /$^/, instead = "", shown } = ASKED.get(this.name) ?? {};
    const source = cells[place].source;
    await this.lab.write(place, source.replace(/^language = .*$/m, `language = "${lang}"`).replace(written, instead));
    return { place, source, shown };
  }

  async tell(shown) {
    const outputs = await this.lab.outputs();
    const isTold = outputs.some(({ markup }) => markup.includes(shown));
    if (shown && !isTold) this.report([{ rule: "parameter", told: `“${shown}” is nowhere shown` }]);
  }

  async save() {
    await this.lab.save();
    this.isSaved = true;
  }

  /** Whether the file that was saved, and tidied since, is the one that was there. */
  compare() {
    const [before, after] = [this.committed, readFileSync(this.file, "utf8")].map((text) => text.split("\n"));
    const line = after.find((each, at) => each !== before[at]);
    if (line !== undefined || before.length !== after.length) {
      this.report([{ rule: "same", told: `the first line that differs: ${line?.trim().slice(0, 200)}` }]);
    }
  }

  async close(picture) {
    await this.lab.show(picture);
    this.report(this.lab.complaints.map((message) => ({ rule: "console", told: message })));
    await this.lab.close();
  }
}

/** A chart is a picture, and a picture is drawn, from edge to edge within the notebook. */
const isUnseen = ({ isChart, pictures }) =>
  (isChart && !pictures.length) || pictures.some(({ width, isInside }) => !width || !isInside);
/** Jupyter calls a picture that nobody has named by what it is. */
const isUntold = ({ told }) => !told || told === "Image";
const told = (rule) => (output) => ({ rule, cell: output.cell, told: output.text.slice(0, 120) || "a picture" });

/** What went wrong in a cell that was run, or was not. */
function ran({ cell_type: kind, execution_count: count, outputs = [], source }, cell) {
  if (kind !== "code") return [];
  const failed = outputs.filter(({ output_type: type }) => type === "error");
  const complained = outputs.filter(({ name }) => name === "stderr");
  const rest = failed.length || count ? [] : [{ rule: "run", cell, told: `was not run: ${source.split("\n")[0]}` }];
  return [
    ...rest,
    ...failed.map(({ ename, evalue }) => ({ rule: "run", cell, told: `${ename}: ${evalue}` })),
    ...complained.map(({ text }) => ({ rule: "complaint", cell, told: [text].flat().join("") })),
  ];
}

/** As it is cloned: what is committed shows, a run says the same again, and gives the same file. */
async function asCloned(reading) {
  await reading.open();
  await reading.run(reading.path.startsWith("docs") ? undefined : "fr"); // those of the documentation are in both
  await reading.judge();
  if (EXPLORERS.includes(reading.name)) reading.report(await explore(reading.lab));
  else if (reading.name !== DESK) await reading.save();
}

/** From another folder: other parameters show something else, and those of before show the same as before. */
async function fromElsewhere(reading) {
  await reading.open();
  const { place, source, shown } = await reading.choose("en");
  await reading.run("en");
  await reading.judge();
  await reading.tell(shown);
  await reading.lab.write(place, source);
  await reading.run("fr");
  await reading.save();
}

async function readAll(lab, paths, place, way) {
  const readings = paths.map((path) => new Reading(lab, path, place));
  for (const reading of readings) {
    await way(reading);
    await reading.close(join(place.pictures, `${place.where}-${basename(reading.path, ".ipynb")}.png`));
  }
  const saved = readings.filter(({ isSaved }) => isSaved);
  execFileSync(place.nuage, ["tidy", ...saved.map(({ file }) => file)], { cwd: place.folder });
  saved.forEach((reading) => reading.compare());
  return readings.flatMap(({ findings }) => findings);
}

const notebooks = (folder, place) =>
  readdirSync(join(folder, place))
    .filter((name) => name.endsWith(".ipynb"))
    .map((name) => join(place, name));

/** A place of its own for each way: a clone with a new chapter, and a folder that holds its chapters and nothing else. */
function places(project) {
  const work = mkdtempSync(join(tmpdir(), "nuage-lab-"));
  const pictures = join(project, ".cache/lab");
  rmSync(pictures, { recursive: true, force: true });
  mkdirSync(pictures, { recursive: true });
  const [clone, elsewhere] = [join(work, "clone"), join(work, ANOTHER_FOLDER)];
  const nuage = join(project, ".venv/bin/nuage");
  execFileSync("git", ["clone", "--quiet", project, clone]);
  execFileSync(nuage, ["new", "chapter", "monday", "--table", "adoption"], { cwd: clone });
  cpSync(join(clone, "notebooks"), elsewhere, { recursive: true });
  plant(elsewhere);
  plantExplorer(join(clone, "docs"));
  writeDesk(join(clone, "docs"));
  const both = { pictures, nuage };
  return {
    work,
    cloned: { ...both, where: "cloned", folder: clone, theme: "Light" },
    moved: { ...both, where: "moved", folder: elsewhere, theme: "Dark" },
  };
}

function tell(findings) {
  for (const { where, rule, cell, told, wayOut } of findings) {
    const place = cell === undefined ? where : `${where}, cell ${cell + 1}`;
    console.log(`\n${place}\n  ${rule}: ${told}\n  way out: ${wayOut ?? WAYS_OUT[rule]}`);
  }
}

/** The planted faults of which nothing is told, where they were planted. */
function missed(findings) {
  return FAULTS.filter(({ rule, cell }) => !findings.some((each) => each.rule === rule && each.cell === cell));
}

/** What is found in both folders, read at the same time, each in a JupyterLab of its own. */
async function findings(browser, project, { work, cloned, moved }) {
  process.env.NUAGE_PROJECT = cloned.folder; // whose chapters the other folder holds
  const jupyter = join(project, ".venv/bin/jupyter-lab");
  const labs = [];
  const read = async (place, paths, way) => {
    const lab = await Lab.start(browser, jupyter, place.folder, join(work, `home of ${place.where}`), place.theme);
    labs.push(lab);
    return readAll(lab, paths, place, way);
  };
  try {
    const found = await Promise.all([
      read(cloned, [...notebooks(cloned.folder, "notebooks"), ...notebooks(cloned.folder, "docs")], asCloned),
      read(moved, notebooks(moved.folder, ""), fromElsewhere),
    ]);
    return found.flat();
  } finally {
    labs.forEach((lab) => lab.stop());
  }
}

async function main(project) {
  if (!existsSync(join(project, ".venv/lab"))) fail("no JupyterLab here: make .venv/lab");
  const folders = places(project);
  const browser = await launch();
  const found = await findings(browser, project, folders).finally(() => {
    rmSync(folders.work, { recursive: true, maxRetries: 9 }); // kernels may still be writing their last words
    return browser.close();
  });

  const isPlanted = ({ where }) => [PLANTED, PLANTED_EXPLORER].some((name) => where.endsWith(name));
  const own = found.filter((each) => !isPlanted(each));
  const unseen = missed(found.filter(isPlanted));
  tell(own);
  unseen.forEach(({ what, rule }) => console.log(`\nplanted, and not found: ${what} (${rule})`));
  console.log(`\nlooked at in ${Math.round(performance.now() / 1000)} s; pictures in ${folders.cloned.pictures}`);
  console.log(`${FAULTS.length - unseen.length} of ${FAULTS.length} planted faults found`);
  console.log(own.length ? `${own.length} findings` : "nothing broken");
  process.exitCode = own.length || unseen.length ? 1 : 0;
}

await main(resolve(process.argv[2] ?? "."));
