/** JupyterLab as an analyst has it: a server in a folder, a window, and what is done with a notebook there. */

import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import { AXE_IN_JUPYTER } from "./rules.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const ADDRESS = /http:\/\/127\.0\.0\.1:\d+\/lab\?token=\w+/;
const WINDOW = { width: 1280, height: 900 };
const PATIENCE = 120_000;
/** The application is laid open, for the window to be asked when a run has ended. */
const ALONE = ["--no-browser", "--ip=127.0.0.1", "--port=0", "--expose-app-in-browser"];
/** Jupyter would rather not be root, who has no choice here; nothing is fetched, and nobody is asked about news. */
const SETTINGS = ["--ServerApp.allow_root=True", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"];

/** A server of its own in a folder, with nobody's settings: they lie in a home that is new. */
async function serve(jupyter, folder, home, theme) {
  const settings = join(home, "settings/@jupyterlab/apputils-extension");
  mkdirSync(settings, { recursive: true });
  writeFileSync(join(settings, "notification.jupyterlab-settings"), '{"fetchNews": "false"}');
  writeFileSync(join(settings, "themes.jupyterlab-settings"), JSON.stringify({ theme: `JupyterLab ${theme}` }));
  const env = {
    ...process.env,
    HOME: home,
    IPYTHONDIR: join(home, "ipython"),
    JUPYTER_CONFIG_DIR: join(home, "config"),
    JUPYTER_DATA_DIR: join(home, "data"),
    JUPYTER_RUNTIME_DIR: join(home, "runtime"),
    JUPYTERLAB_SETTINGS_DIR: join(home, "settings"),
  };
  const server = spawn(jupyter, [...ALONE, ...SETTINGS], { cwd: folder, env });
  let told = "";
  const address = await new Promise((resolve, reject) => {
    server.stderr.on("data", (text) => {
      told += text;
      const found = ADDRESS.exec(told);
      if (found) resolve(new URL(found[0]));
    });
    server.on("exit", () => reject(new Error(`JupyterLab does not start:\n${told}`)));
    server.on("error", reject);
  });
  return { server, address };
}

/** JupyterLab hangs out of a body without height, and axe takes what hangs out to be hidden. */
const SEEN = "body { overflow: visible !important }";

/** In the window: what is known of the notebook before the analyst. */
const probes = {
  hasStarted: () => globalThis.jupyterapp?.shell.currentWidget,
  open: async (path) => {
    await globalThis.jupyterapp.commands.execute("docmanager:open", { path });
  },
  isReady: (path) => {
    const panel = globalThis.jupyterapp.shell.currentWidget;
    const isOpen = panel?.context?.path === path && panel.context.isReady;
    const isIdle = isOpen && panel.sessionContext?.session?.kernel?.status === "idle";
    return isIdle && panel.content.widgets.every((cell) => cell.isAttached && !cell.isPlaceholder());
  },
  /** From now on, the replies of the kernel are counted. */
  count: () => {
    const { kernel } = globalThis.jupyterapp.shell.currentWidget.sessionContext.session;
    const replies = (globalThis.replies = []);
    kernel.anyMessage.connect((_, { msg }) => {
      if (msg.header.msg_type === "execute_reply" && msg.content.execution_count) replies.push(msg.content.status);
    });
  },
  /** Whether all cells have run since, or one has failed. */
  hasRun: () => {
    const { content, sessionContext } = globalThis.jupyterapp.shell.currentWidget;
    const cells = [...content.model.sharedModel.cells].filter((cell) => cell.cell_type === "code");
    const isDone = globalThis.replies.length >= cells.length && cells.every((cell) => cell.execution_count);
    return (isDone || globalThis.replies.includes("error")) && sessionContext.session.kernel.status === "idle";
  },
  append: async (source) => {
    const { commands, shell } = globalThis.jupyterapp;
    const { content } = shell.currentWidget;
    content.activeCellIndex = content.widgets.length - 1;
    await commands.execute("notebook:insert-cell-below");
    content.activeCell.model.sharedModel.setSource(source);
    await commands.execute("notebook:run-cell");
  },
  /** Each cell as the notebook has it. */
  cells: () => {
    const { cells } = globalThis.jupyterapp.shell.currentWidget.content.model.sharedModel;
    return [...cells].map((cell) => cell.toJSON());
  },
  /** What stands below the cells: how each output is shown, in how many forms it came, its pictures and languages. */
  outputs: async () => {
    const { content } = globalThis.jupyterapp.shell.currentWidget;
    const edge = content.node.getBoundingClientRect();
    const picture = async (image) => {
      await image.decode().catch(() => undefined);
      const { left, right } = image.getBoundingClientRect();
      const isInside = left >= edge.left && right <= edge.right;
      return { width: image.naturalWidth, isInside, told: image.alt };
    };
    const output = async (cell, model, node) => ({
      cell,
      isChart: "image/svg+xml" in model.data,
      offered: Object.keys(model.data).length,
      shown: node?.dataset.mimeType,
      pictures: await Promise.all([...(node?.querySelectorAll("img") ?? [])].map(picture)),
      languages: [...(node?.children ?? [])].map((child) => child.lang).filter(Boolean),
      text: node?.innerText ?? "nothing is shown",
      markup: node?.innerHTML ?? "",
    });
    return Promise.all(
      content.widgets.flatMap(({ node, model }, place) => {
        const shown = node.querySelectorAll(".jp-OutputArea-output");
        return Array.from({ length: model.outputs?.length ?? 0 }, (_, at) =>
          output(place, model.outputs.get(at), shown[at]),
        );
      }),
    );
  },
  /** What axe has against the outputs; the markup of a frame is pandas’, that of errors Jupyter’s. */
  judge: async (rules) => {
    const parts = { include: [".jp-OutputArea-output"], exclude: ["table.dataframe", "[data-mime-type*=jupyter]"] };
    const { violations } = await globalThis.axe.run(parts, rules);
    const { widgets } = globalThis.jupyterapp.shell.currentWidget.content;
    const cell = ([selector]) => widgets.findIndex(({ node }) => node.contains(document.querySelector(selector)));
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, failureSummary }) => ({
        rule: id,
        cell: cell(target),
        told: `${help}: ${target.join(" ")}`,
        wayOut: failureSummary.replace(/\s+/g, " "),
      })),
    );
  },
  height: () => {
    const { widgets } = globalThis.jupyterapp.shell.currentWidget.content;
    return Math.ceil(widgets.reduce((sum, { node }) => sum + node.getBoundingClientRect().height, 200));
  },
  close: async () => {
    const panel = globalThis.jupyterapp.shell.currentWidget;
    await panel.sessionContext.shutdown();
    panel.dispose();
  },
  isSaved: () => !globalThis.jupyterapp.shell.currentWidget.context.model.dirty,
};

export class Lab {
  complaints = [];

  /**
   * @param {import("playwright-core").Browser} browser
   * @param {string} jupyter the program
   * @param {string} folder where it is started, and what it shows
   * @param {string} home where it keeps its own files
   * @param {"Light" | "Dark"} theme
   */
  static async start(browser, jupyter, folder, home, theme) {
    const lab = new Lab();
    Object.assign(lab, await serve(jupyter, folder, home, theme));
    const context = await browser.newContext({ viewport: WINDOW, reducedMotion: "reduce" });
    lab.page = await context.newPage();
    lab.page.setDefaultTimeout(PATIENCE);
    lab.page.on("pageerror", (error) => lab.complaints.push(error.message));
    await lab.page.goto(lab.address.href);
    await lab.page.waitForFunction(probes.hasStarted);
    return lab;
  }

  /** A notebook, opened as from the list of files. */
  async open(path) {
    this.complaints = [];
    await this.page.setViewportSize(WINDOW);
    await this.ask("open", path);
    await this.page.waitForFunction(probes.isReady, path);
  }

  ask(name, given) {
    return this.page.evaluate(probes[name], given);
  }

  /** Each cell, as the notebook has it. */
  cells() {
    return this.ask("cells");
  }

  /** What is shown below the cells. */
  outputs() {
    return this.ask("outputs");
  }

  async judge() {
    await this.unroll();
    await this.page.addStyleTag({ content: SEEN });
    await this.page.evaluate(axe);
    return this.ask("judge", AXE_IN_JUPYTER);
  }

  /** Makes the window as high as the notebook: what is out of sight is neither laid out nor judged. */
  async unroll() {
    await this.page.setViewportSize({ ...WINDOW, height: await this.ask("height") });
    await this.cell(0);
  }

  async show(file) {
    await this.page.screenshot({ path: file });
  }

  async choose(menu, entry) {
    await this.page.getByRole("menuitem", { name: menu, exact: true }).click();
    await this.page.getByRole("menuitem", { name: entry, exact: true }).click();
  }

  /** Runs all cells, to the last or to the one that fails. */
  async run() {
    await this.ask("count");
    await this.choose("Run", "Run All Cells");
    await this.page.waitForFunction(probes.hasRun);
  }

  /** The element of a cell, in sight. */
  async cell(place) {
    const handle = await this.page.evaluateHandle(async (at) => {
      const { content } = globalThis.jupyterapp.shell.currentWidget;
      await content.scrollToItem(at, "start");
      return content.widgets[at].node;
    }, place);
    return handle.asElement();
  }

  /** Writes a cell anew, with the keyboard. */
  async write(place, source) {
    const cell = await this.cell(place);
    await (await cell.$(".cm-content")).click();
    await this.page.keyboard.press("Control+a");
    await this.page.keyboard.insertText(source);
  }

  /** Runs a cell that is put below all others. */
  async append(source) {
    await this.ask("append", source);
  }

  async save() {
    await this.page.keyboard.press("Control+s");
    await this.page.waitForFunction(probes.isSaved);
  }

  /** Closes the notebook and ends its kernel. */
  close() {
    return this.ask("close");
  }

  stop() {
    this.server.removeAllListeners("exit");
    this.server.kill("SIGKILL");
  }
}
