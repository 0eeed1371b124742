/** The explorer's controls, used as an analyst does: what they show, and whether the copied cell makes the same. */

const quoted = (text) => `"${text.replace(/["\\]/g, "\\$&")}"`;

/** The message of the chart that is shown, once it is another than before. */
async function message(controls, before = "") {
  const image = controls.locator(`img:not([alt=${quoted(before)}])`).first();
  await image.waitFor();
  return image.getAttribute("alt");
}

/** Chooses the entry of a list that follows the one chosen. */
async function next(controls, label) {
  const list = controls.getByLabel(label, { exact: true });
  const index = await list.evaluate((element) => (element.selectedIndex + 1) % element.options.length);
  await list.selectOption({ index });
}

/**
 * What the explorer breaks.
 * @param {import("./jupyter.js").Lab} lab with the explorer open, and run
 */
export async function explore(lab) {
  const controls = lab.page.locator(".jp-OutputArea-output", { has: lab.page.locator(".widget-vbox") }).first();
  const french = await message(controls);
  await next(controls, "Langue");
  const english = await message(controls, french);
  await next(controls, "Chart");
  const chosen = await message(controls, english);

  await controls.getByRole("button", { name: "Copy as cell" }).click();
  const code = controls.getByLabel("The code of this view");
  await code.and(controls.locator(":not(:placeholder-shown)")).waitFor();
  await lab.append(await code.inputValue());
  const outputs = await lab.outputs();
  const copied = outputs.filter(({ cell }) => cell === outputs.at(-1).cell);
  const drawn = copied.flatMap(({ pictures }) => pictures).map(({ told }) => told);
  const told = [`shown: ${chosen}`, `drawn by the copied cell: ${drawn.join() || copied.at(-1).text}`];
  return drawn.includes(chosen) ? [] : [{ rule: "explorer", told: told.join("; ") }];
}
