/** Opens one page in the browser under each condition, and collects what it breaks. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

import { AXE, AXE_OF_COLOURS } from "./rules.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const probe = ["probe.js", "meaning.js"]
  .map((name) => readFileSync(fileURLToPath(new URL(name, import.meta.url)), "utf8"))
  .join("\n");

const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 320, height: 640 };
/** What 1280 × 1024 leaves at 400 %: the least that a page must bear (WCAG 1.4.10). */
const ZOOMED = { width: 320, height: 256 };
/** A4 without the margins of the print style, at 96 px to the inch. */
const PAPER = { width: 642, height: 971 };

const LAYOUTS = [
  ["1280 px", DESKTOP],
  ["320 px", PHONE],
];

/** What a page tells of itself, for the whole edition to be compared. */
const TOLD = ["title", "language", "ids", "addresses", "navigation"];
/** What holds however a page is shown: the probe that tells it, and the rule. */
const SAID = [
  ["misspoken", "language"],
  ["unheaded", "table-headers"],
  ["hovered", "hover"],
];

/** What is looked at, in this order; a planted fault needs only the part that must find it. */
export const PARTS = ["looks", "paper", "keyboard", "scripts"];

/**
 * All that one page breaks.
 * @param {import("playwright-core").Browser} browser
 * @param {string} folder of the edition, absolute
 * @param {string} file within the folder
 * @param {string[]} parts those of PARTS that are wanted; loading the page is always one
 * @returns {Promise<{findings: object[], requests: number}>} and what the page tells of itself
 */
export async function visit(browser, folder, file, parts = PARTS) {
  const visited = new Visit(browser, folder, file);
  await visited.read();
  for (const part of parts) await visited[part]();
  await visited.page.context().close();
  return visited.result;
}

class Visit {
  constructor(browser, folder, file) {
    this.browser = browser;
    this.inside = `${pathToFileURL(folder).href}/`;
    this.address = pathToFileURL(`${folder}/${file}`).href;
    this.result = { findings: [] };
    this.requests = 0;
    this.condition = { scheme: "light", width: "1280 px" };
  }

  report(findings) {
    this.result.findings.push(...findings.map((finding) => ({ ...this.condition, ...finding })));
  }

  /** A window of its own, which reports what the page asks for and complains of. */
  async open(settings = {}) {
    const context = await this.browser.newContext({ viewport: DESKTOP, reducedMotion: "reduce", ...settings });
    await context.route("**/*", (route) => this.answer(route));
    this.page = await context.newPage();
    this.page.on("console", (message) => this.complain(message.type(), message.text()));
    this.page.on("pageerror", (error) => this.complain("error", error.message));
    await this.load();
  }

  async load() {
    await this.page.goto(this.address);
    await this.page.evaluate(probe);
    await this.ask("openDetails");
  }

  ask(name, ...given) {
    return this.page.evaluate(([called, values]) => globalThis.probe[called](...values), [name, given]);
  }

  answer(route) {
    const request = route.request();
    this.requests += 1;
    if (!request.url().startsWith(this.inside)) {
      this.report([{ rule: "request", node: request.resourceType(), told: request.url() }]);
      return route.abort();
    }
    if (!["document", "image", "media"].includes(request.resourceType())) {
      this.report([{ rule: "first-paint", node: request.resourceType(), told: request.url() }]);
    }
    return route.continue();
  }

  complain(type, text) {
    if (["error", "warning"].includes(type)) this.report([{ rule: "console", node: type, told: text }]);
  }

  async set(scheme, [width, viewport], media = "screen") {
    this.condition = { scheme, width };
    await this.page.emulateMedia({ colorScheme: scheme, media });
    await this.page.setViewportSize(viewport);
  }

  async read() {
    await this.open();
    this.result.requests = this.requests;
    this.lines = await this.ask("lines");
    for (const name of TOLD) this.result[name] = await this.ask(name);
    for (const [name, rule] of SAID) this.report(await this.ask(name, rule));
  }

  /** Each scheme at each width meets every rule that hangs on it. */
  async looks() {
    await this.page.evaluate(axe);
    await this.ask("layOutAll");
    for (const [scheme, rules] of [
      ["light", AXE],
      ["dark", AXE_OF_COLOURS],
    ]) {
      for (const layout of LAYOUTS) {
        await this.set(scheme, layout);
        this.report(await this.page.evaluate(judge, rules));
        this.report(await this.ask("faintEdges", "edge-contrast"));
      }
    }
    for (const layout of LAYOUTS) await this.layOut(layout);
  }

  async layOut(layout) {
    await this.set("light", layout);
    this.report(await this.ask("lost", "reflow"));
    this.report(await this.ask("overlaps", "text-overlap"));
    this.report(await this.ask("misplaced", "reading-order"));
    await this.ask("spaceText");
    this.report(await this.ask("lost", "text-spacing"));
    this.report(await this.ask("overlaps", "text-spacing"));
    await this.ask("unspaceText");
  }

  async paper() {
    await this.set("light", LAYOUTS[0]);
    await this.ask("rememberShown");
    await this.set("light", ["paper", PAPER], "print");
    this.report(await this.ask("hiddenOnPaper", "paper"));
    this.report(await this.ask("lost", "paper"));
  }

  async keyboard() {
    await this.walk("light", LAYOUTS[0]);
    await this.walk("dark", ["1280 px at 400 %", ZOOMED]);
  }

  /** From the top to the last stop with Tab alone. */
  async walk(scheme, layout) {
    await this.set(scheme, layout);
    await this.load();
    await this.skip();
    await this.load();
    this.report(await this.ask("lost", "reflow"));
    const stops = await this.ask("watchFocus");
    await this.pressTab(stops);
    const rules = { reach: "focus-reach", order: "focus-order", seen: "focus-seen", covered: "focus-covered" };
    this.report(await this.ask("judgeFocus", rules));
  }

  /** All at once: waiting for each to be drawn would take a minute on a page of a thousand links. */
  async pressTab(times) {
    const session = await this.page.context().newCDPSession(this.page);
    const key = { key: "Tab", code: "Tab", windowsVirtualKeyCode: 9 };
    const press = () => [
      session.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...key }),
      session.send("Input.dispatchKeyEvent", { type: "keyUp", ...key }),
    ];
    await Promise.all(Array.from({ length: times }, press).flat());
    await session.detach();
  }

  async skip() {
    const first = await this.ask("skipLink");
    if (!first) return;
    const fail = (told) => this.report([{ rule: "skip-link", node: first.node, told }]);
    if (!first.isSkipLink) return fail("the first stop does not lead to the main content");
    await this.page.keyboard.press("Tab");
    if (!(await this.ask("hasFocus", first.node))) return fail("Tab comes to something else before it");
    if (!(await this.ask("isInSight"))) fail("it is out of sight when it has the focus");
    await this.page.keyboard.press("Enter");
    await this.page.keyboard.press("Tab");
    if (!(await this.ask("isPastTheRest"))) fail("the next stop is not the first one of the main content");
  }

  /** Closes the window with scripts: the one without them is its own. A page that has none is the same in both. */
  async scripts() {
    if (!(await this.page.evaluate(() => document.scripts.length))) return;
    await this.page.context().close();
    await this.open({ javaScriptEnabled: false });
    this.condition = { scheme: "light", width: "no JavaScript" };
    const lines = new Set(await this.ask("lines"));
    const missing = this.lines.filter((line) => !lines.has(line));
    const told = (line) => `“${line}” needs a script`;
    this.report(missing.map((line) => ({ rule: "without-script", node: "text", told: told(line) })));
  }
}

/**
 * Runs in the page. Where axe cannot tell a contrast (drawings, what is scrolled out of sight), the probe measures it.
 * @param {object} rules which of axe's run
 */
async function judge(rules) {
  const settings = { ...rules, resultTypes: ["violations", "incomplete"] };
  const { violations, incomplete } = await globalThis.axe.run(document, settings);
  const each = (found) =>
    found.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, failureSummary }) => {
        const [, ...ways] = (failureSummary ?? "").split("\n").map((line) => line.trim());
        return { rule: id, node: target.join(" "), told: help, wayOut: ways.join("; ") };
      }),
    );
  const element = ({ node }) => document.querySelector(node);
  const isContrast = ({ rule }) => rule === "color-contrast";
  const isDrawn = (one) => isContrast(one) && element(one).closest("svg");
  const unsure = each(incomplete);
  const { faint, drawnTexts } = globalThis.probe;
  return [
    ...each(violations).filter((one) => !isDrawn(one)),
    ...unsure.filter((one) => !isContrast(one)),
    ...faint("contrast", unsure.filter((one) => isContrast(one) && !isDrawn(one)).map(element)),
    ...faint("chart-contrast", drawnTexts()),
  ];
}
